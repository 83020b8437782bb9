package library

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// preview holds the selected interviews as they were read. One is read at a time: those passed by
// quickly are skipped.
type preview struct {
	views   map[interview.ID]view
	reading bool
}

// view is one interview as it was read.
type view struct {
	iv  *interview.Interview // nil when it could not be read
	err error
	old bool // to be read again
}

// previewed is the result of reading an interview.
type previewed struct {
	screen.Addressed
	id  interview.ID
	iv  *interview.Interview
	err error
}

// outdate drops all interviews but one, which is to be read again.
func (p *preview) outdate(id interview.ID) {
	cached, ok := p.views[id]
	clear(p.views)
	if ok {
		cached.old = true
		p.views[id] = cached
	}
}

func (p *preview) take(msg previewed) {
	p.reading = false
	p.views[msg.id] = view{iv: msg.iv, err: msg.err}
}

// readPreview reads the interview that the preview is to show, unless it was read.
func (m *Model) readPreview() tea.Cmd {
	id := m.wanted()
	seen, ok := m.preview.views[id]
	if id.IsZero() || m.preview.reading || ok && !seen.old {
		return nil
	}
	m.preview.reading = true
	book := m.env.Book
	return func() tea.Msg {
		v, err := book.Open(context.Background(), id)
		return previewed{Addressed: screen.For(m), id: id, iv: v.Interview, err: err}
	}
}

// wanted returns the interview that the preview is to show, or the zero ID.
func (m *Model) wanted() interview.ID {
	if m.search != nil {
		hit, _ := m.selectedHit()
		return hit.Interview
	}
	if m.pane == promisesPane {
		p, _ := m.selectedPromise()
		return p.interview
	}
	l, _ := m.selectedInterview()
	return l.id
}

// previewLines draws the selected interview, in at most height lines.
func (m *Model) previewLines(width, height int) []string {
	s := m.env.Styles()
	seen := m.preview.views[m.wanted()]
	switch {
	case seen.err != nil:
		return show.Hang("", 0, "This interview cannot be read: "+seen.err.Error(), width, s.Danger)
	case seen.iv == nil:
		return nil // not read yet
	}
	if hit, ok := m.selectedHit(); m.search != nil && ok {
		if lines := m.around(seen.iv, hit.Number, width, height); hit.Kind != "problem" && hit.Kind != "solution" && lines != nil {
			return lines
		}
	}
	return m.overview(seen.iv, width, height)
}

// overview draws the problems, the open promises and the last lines of an interview.
func (m *Model) overview(iv *interview.Interview, width, height int) []string {
	s := m.env.Styles()
	lines := m.when(iv, width)
	var problems, promises [][]string
	for _, p := range iv.Problems {
		problems = append(problems, show.Problem(p, iv, width, s))
	}
	for _, p := range iv.Promises {
		if p.Waits() {
			promises = append(promises, m.todo(p, width))
		}
	}
	// On a high screen some rows are reserved for the last lines.
	const forLines, high = 5, 14
	reserved := min(max(height-high, 0), forLines)
	lines = append(lines, part("Their problems", problems, height-len(lines)-reserved, s)...)
	lines = append(lines, part("Still to do", promises, height-len(lines)-reserved, s)...)
	return append(lines, m.saidLast(iv, height-len(lines)-2, width)...)
}

// saidLast draws the last lines of the record, at most height of them without the heading.
func (m *Model) saidLast(iv *interview.Interview, capacity, width int) []string {
	s := m.env.Styles()
	var said []string
	for _, l := range slices.Backward(iv.Lines) {
		line := m.said(l, iv, width, "   ")
		if len(said)+len(line) > capacity {
			break
		}
		said = append(line, said...)
	}
	if len(said) == 0 {
		return nil
	}
	return append([]string{"", s.Title.Render("Said last")}, said...)
}

// todo draws a promise on one line: its text, and when it is due.
func (m *Model) todo(p interview.Promise, width int) []string {
	s := m.env.Styles()
	return []string{widget.Pair(s.Muted.Render(" ☐ ")+s.Text.Render(plain.Terminal(p.Text)), m.due(p.Due), width)}
}

// fullLine is the least width for a line with number, time and speaker.
const fullLine = 60

// said draws a line of the record: in full if it is wide enough, else only what was said, indented.
func (m *Model) said(l interview.Line, iv *interview.Interview, width int, indent string) []string {
	s := m.env.Styles()
	if width >= fullLine {
		return show.Line(l, iv, m.env.Zone, width, s)
	}
	style := show.KindStyle(l.CountsAs(), s)
	lines := plain.Wrap(show.Said(l), max(width-len(indent), 8))
	for i := range lines {
		lines[i] = indent + style.Render(lines[i])
	}
	return lines
}

// when describes when an interview was, for how long, and how it ended.
func (m *Model) when(iv *interview.Interview, width int) []string {
	s := m.env.Styles()
	first := iv.MetAt().In(m.env.Zone).Format("Mon ") + show.Met(iv, m.env.Zone)
	if lasted, known := iv.Lasted(); known {
		first += " · " + show.Lasting(lasted)
	}
	parts := []string{plain.Terminal(iv.Playbook.Name), state(iv.Ended(), iv.Outcome)}
	if written := iv.WrittenDown(); written != "" {
		parts = append(parts, written)
	}
	return []string{
		s.Muted.Render(plain.Truncate(first, width, "…")),
		s.Muted.Render(plain.Truncate(strings.Join(parts, " · "), width, "…")),
	}
}

// part draws a heading and as many things below it as fit, and how many more there are.
func part(title string, things [][]string, capacity int, s theme.Styles) []string {
	if len(things) == 0 {
		return nil
	}
	lines := []string{"", s.Title.Render(title)}
	for i, thing := range things {
		last := 1 // the line for how many more
		if i == len(things)-1 {
			last = 0
		}
		if i > 0 && len(lines)+len(thing)+last > capacity {
			return append(lines, s.Faint.Render("   "+show.Count(len(things)-i, "more", "more")))
		}
		lines = append(lines, thing...)
	}
	return lines
}

// around draws the record around the thing with the given number; nil when there is none.
func (m *Model) around(iv *interview.Interview, number interview.Number, width, height int) []string {
	head := append(m.when(iv, width), "")
	height -= len(head)
	entries := m.entries(iv)
	at := slices.IndexFunc(entries, func(e entry) bool { return e.number == number })
	if at < 0 {
		return nil
	}
	draw := func(i int) []string {
		lit := i == at
		return show.Choice(entries[i].draw(max(width-2, 8), lit), lit, width, m.env.Styles())
	}
	lines := draw(at)
	for before, after := at-1, at+1; len(lines) <= height && (before >= 0 || after < len(entries)); before, after = before-1, after+1 {
		if before >= 0 {
			lines = append(draw(before), lines...)
		}
		if after < len(entries) {
			lines = append(lines, draw(after)...)
		}
	}
	return append(head, lines...)
}

// entry is a line or a promise of the record.
type entry struct {
	number interview.Number
	draw   func(width int, found bool) []string
}

// entries returns the lines and promises by number.
func (m *Model) entries(iv *interview.Interview) []entry {
	s := m.env.Styles()
	var all []entry
	for _, l := range iv.Lines {
		all = append(all, entry{l.Number, func(width int, found bool) []string {
			lines := m.said(l, iv, width, "")
			if who := iv.Name(l.Speaker); found && who != "" && width < fullLine {
				said := plain.Truncate(plain.Terminal(who), width/2, "…")
				if at, clock := iv.SaidAt(l); clock {
					said += ", " + show.ClockAfter(at, iv.MetAt(), m.env.Zone)
				}
				lines = append(lines, s.Muted.Render(said))
			}
			return lines
		}})
	}
	for _, p := range iv.Promises {
		all = append(all, entry{p.Number, func(width int, _ bool) []string {
			if width >= fullLine {
				return show.Promise(p, iv, m.env.Zone, m.env.Today(), width, s)
			}
			return show.Hang(s.Muted.Render("☐ "), 2, p.Text, width, s.Text)
		}})
	}
	slices.SortFunc(all, func(a, b entry) int { return a.number.Compare(b.number) })
	return all
}
