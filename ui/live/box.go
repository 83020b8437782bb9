package live

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/widget"
)

// input hands a key or a paste to the capture box.
func (m *Model) input(msg tea.Msg) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		if lines := pastedLines(paste.Content); len(lines) > 1 {
			return m.askPasted(paste.Content, lines)
		}
	}
	empty := m.box.Value() == ""
	if !m.box.Update(msg, m.width-4) {
		return nil
	}
	if empty {
		m.reentered = 0 // it is another line
	}
	if m.note.tone != calm {
		m.note = note{}
	}
	if m.selecting {
		m.deselect()
	}
	m.menu.closed = false
	m.complete()
	return m.touched()
}

// enter adds what is in the box, whatever it is, and empties the box. While notes are refused the
// text is parked instead. An empty box takes a parked text back, or drops the unsettled line that
// it corrects.
func (m *Model) enter() tea.Cmd {
	text := m.box.Value()
	switch n := m.reentered; {
	case !capture.Blank(text):
	case n != 0:
		l, _ := m.iv.Line(n)
		m.ask(fmt.Sprintf("Drop %s", l.Number), m.textOf(n), "drop it", func(m *Model) tea.Cmd {
			m.emptyBox()
			return m.doQuietly(interview.Drop{Number: n})
		})
		return nil
	default:
		m.emptyBox()
		return m.touched()
	}
	in := m.context()
	typed, opens := m.parse(text)
	if opens != nil {
		cmd, why, ok := m.enterOpening(opens)
		if ok {
			return cmd
		}
		if why != "" {
			typed.Why = why
		}
	}
	if pick, is := typed.Action.(interview.Pick); is {
		if d := m.typedPick(pick); d != nil {
			return m.openTyped(func() tea.Cmd { m.open(d); return nil })
		}
	}
	typed.Settles = m.reentered
	action := interview.Action(typed)
	if interview.Reverts(typed.Action) {
		action = typed.Action
	}
	cmd, ok := m.do(action, text)
	if !ok {
		m.park()
		return cmd
	}
	m.emptyBox()
	switch typed.Action.(type) {
	case interview.End:
		m.askOutcome()
	case interview.SetOutcome:
		if m.iv.Ended() {
			m.askNext()
		}
	}
	if add, said := typed.Action.(interview.Add); said && add.Text == strings.TrimSpace(text) && m.note.text == "" {
		if command := in.Meant(text); command != "" {
			m.say(hint, "Kept as a line. As a command it is "+command)
		}
	}
	return tea.Batch(cmd, m.touched())
}

// read reads a line as the capture language reads it.
func (m *Model) read(line string) interview.Typed {
	typed, _ := m.parse(line)
	return typed
}

// parse is read, with what the line asks to be opened instead, nil for nothing.
func (m *Model) parse(line string) (interview.Typed, *capture.Opens) {
	action, err := m.context().Parse(line)
	var opens *capture.Opens
	switch {
	case errors.Is(err, capture.ErrEmpty):
		return interview.Typed{Text: line, Why: "Nothing stands behind the mark"}, nil
	case errors.As(err, &opens):
		return interview.Typed{Text: line, Why: err.Error()}, opens
	case err != nil:
		return interview.Typed{Text: line, Why: err.Error()}, nil
	}
	return interview.Typed{Text: line, Action: action}, nil
}

// context is what a line is typed into.
func (m *Model) context() capture.Context {
	in := capture.In(m.iv, m.env.Now().In(m.env.Zone))
	in.Met = func() []string { return m.earlier.Names() } // the method value would copy all of it
	return in
}

// parked is a text that waits until the box is free.
type parked struct {
	text    string
	settles interview.Number // lasting number of the unsettled line that it corrects, 0 for none
}

// park empties the box for another text. What stood there comes back with emptyBox, but for an
// unsettled line as it was stored.
func (m *Model) park() {
	if text := m.box.Value(); text != "" && !m.unchanged() {
		m.stash = append(m.stash, parked{text, m.reentered})
	}
	m.box.SetValue("")
	m.reentered = 0
}

// unchanged reports whether the box has an unsettled line as it was stored.
func (m *Model) unchanged() bool {
	l, ok := m.iv.Line(m.reentered)
	return ok && l.Text == m.box.Value()
}

// emptyBox clears the box, or restores the text that was parked last.
func (m *Model) emptyBox() {
	m.box.SetValue("")
	m.reentered = 0
	if n := len(m.stash); n > 0 {
		m.box.SetValue(m.stash[n-1].text)
		m.reentered = m.stash[n-1].settles
		m.stash = m.stash[:n-1]
	}
	m.complete()
	m.lists[recordPane].End()
}

// prefill puts the beginning of a command into the box, for a key that needs text. The text that
// was there is stashed and restored afterwards.
func (m *Model) prefill(text string) {
	m.close()
	m.deselect()
	m.park()
	m.box.SetValue(text)
	m.complete()
}

// drawBox draws the capture box; its title says what the line will be.
func (m *Model) drawBox(width int) (widget.Block, tea.Position) {
	s := m.env.Styles()
	label := m.context().Label(m.box.Value())
	frame := widget.Frame{Title: label.Label + m.understood(label.Kind), Right: label.Detail, Focused: m.dialog == nil}
	if m.armed {
		frame.Title, frame.Right = "one key", "any other letter types on"
	}
	if m.box.Value() == "" && (m.iv.Ended() || m.iv.Debrief) {
		frame.Title = "from memory: the meeting is over"
	}
	if len(m.stash) > 0 {
		frame.Foot = "what you were typing comes back after this"
	}
	body, at := m.box.View(width-4, s)
	return widget.Box(frame, width, body.Height()+2, body.Lines, s), at
}

// understood says whose promise the line in the box is and when it is due, or on which side
// somebody is, as it will be added; "" for other lines. It is worked out once for a text.
func (m *Model) understood(kind capture.Kind) string {
	if kind != capture.KindPromise && kind != capture.KindCommand {
		return ""
	}
	text := m.box.Value()
	if m.understands.text == text && m.understands.in == m.iv {
		return m.understands.says
	}
	m.understands = reading{text: text, in: m.iv}
	action := m.read(text).Action
	switch action.(type) {
	case interview.Promises, interview.Introduce:
	default:
		return ""
	}
	step, err := m.env.Book.Preview(m.iv, action, m.mode())
	if err != nil || step.Refused != nil {
		return ""
	}
	m.understands.says = plain.Terminal(m.says(action, step.After))
	return m.understands.says
}

// says describes what an action has made of an interview.
func (m *Model) says(action interview.Action, after *interview.Interview) string {
	if who, ok := action.(interview.Introduce); ok {
		if fit := after.Named(who.Name, plain.FoldName); len(fit) == 1 {
			return " · " + show.Joined(fit[0].Name, fit[0].Role, string(fit[0].Side)+fit[0].Doubt.String())
		}
		return ""
	}
	p := after.Promises[len(after.Promises)-1]
	says := " · " + show.Whose(p, after)
	if !p.Due.IsZero() {
		says += " · due " + show.DueDay(p.Due, m.env.Today())
	} else if doubt := show.Doubt(p.Doubt, m.env.Today()); doubt != "" {
		says += " · " + doubt
	}
	return says
}

// reading is what was understood of a text in the box.
type reading struct {
	text string
	in   *interview.Interview // as it was then
	says string
}

// completion holds the offers for the word being typed.
type completion struct {
	list   widget.Menu
	offers []string // replacement of the word, by item
	length int      // bytes of the word, before the cursor
	closed bool     // closed with esc, until the text changes
}

func (c *completion) open() bool { return len(c.offers) > 0 && !c.closed && c.list.Len() > 0 }

// complete computes the offers for the text before the cursor.
func (m *Model) complete() {
	m.menu.offers = nil
	if m.iv == nil {
		return
	}
	word := capture.Complete(m.box.BeforeCursor())
	var items []widget.MenuItem
	offer := func(mark, name, detail, also string) {
		items = append(items, widget.MenuItem{Title: mark + name, Words: also, Detail: detail})
		m.menu.offers = append(m.menu.offers, word.Insert(name))
	}
	switch word.Kind {
	case capture.CompleteCommand:
		for _, c := range capture.Commands() {
			if c.Group != capture.InShell {
				offer("/", c.Name, c.Does, "/"+strings.Join(c.Words(), " /"))
			}
		}
	case capture.CompletePerson:
		for _, p := range m.iv.People {
			offer("@", p.Name, roleOf(p.Role, p.Side), "")
		}
		for _, p := range m.elsewhere() {
			if !slices.ContainsFunc(m.iv.People, func(o interview.Person) bool { return plain.FoldName(o.Name) == plain.FoldName(p.Name) }) {
				offer("@", p.Name, roleOf(p.Role, p.Side)+" · met before", "")
			}
		}
	case capture.CompleteTheme:
		for _, t := range m.themes() {
			offer("#", t, "", "")
		}
	case capture.CompleteDepartment:
		for _, d := range m.departments() {
			offer("", d, "", "")
		}
	case capture.CompleteNothing:
	}
	m.menu.length = word.To - word.From
	m.menu.list.SetItems(items)
	query := word.Prefix
	if word.Kind == capture.CompleteCommand {
		query = "/" + query // the beginning of its name counts, or of a further word
	}
	m.menu.list.Filter(query)
	if m.menu.list.Len() == 1 {
		// A complete word leaves nothing to choose.
		if i, ok := m.menu.list.Selected(); ok && strings.TrimSpace(m.menu.offers[i]) == strings.TrimSpace(m.box.BeforeCursor()[word.From:]) {
			m.menu.offers = nil
		}
	}
}

func roleOf(role string, of interview.Side) string {
	side := string(of)
	if of == "" {
		side = "which side?"
	}
	if role == "" {
		return side
	}
	return role + ", " + side
}

// themes are the themes of this interview so far.
func (m *Model) themes() []string {
	var all []string
	for _, p := range m.iv.Problems {
		all = append(all, p.Themes...)
	}
	for _, l := range m.iv.Lines {
		all = append(all, l.Themes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// departments are those of the settings, and those that this interview already has routes to.
func (m *Model) departments() []string {
	all := slices.Clone(m.env.Departments)
	for _, r := range m.iv.Routes {
		if !slices.ContainsFunc(all, func(d string) bool { return strings.EqualFold(d, r.Department) }) {
			all = append(all, r.Department)
		}
	}
	return all
}

// accept replaces the word before the cursor by an offer.
func (m *Model) accept(i int) {
	if i >= len(m.menu.offers) {
		return
	}
	m.box.ReplaceBefore(m.menu.length, m.menu.offers[i])
	m.complete()
}

// overMenu draws the offers over the frame, just above the box.
func (m *Model) overMenu(frame widget.Block, box widget.Rect) widget.Block {
	if !m.menu.open() {
		return frame
	}
	rows := min(m.menu.list.Len(), 8)
	width := min(box.Width-4, 72)
	block := m.menu.list.View(width-4, rows, m.env.Styles())
	top := widget.Box(widget.Frame{Focused: true}, width, rows+2, block.Lines, m.env.Styles())
	m.menuRect = widget.Rect{X: 2, Y: box.Y - top.Height(), Width: width, Height: top.Height()}
	return widget.Overlay(frame, top, m.menuRect.X, m.menuRect.Y)
}
