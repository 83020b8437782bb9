package live

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// headRows is the height of the header: one line for the interview, one for the stages.
const headRows = 2

// wide is the least width for panes in columns.
const wide = 80

// View implements screen.Screen.
func (m *Model) View(width, height int) (widget.Block, *tea.Position) {
	m.width = width
	m.spots, m.gateRect, m.menuRect = m.spots[:0], widget.Rect{}, widget.Rect{}
	s := m.env.Styles()
	switch {
	case m.failed != nil:
		return show.Unreadable("This interview", m.failed, "ctrl+q leaves; `hark doctor` says more.", width, height, s), nil
	case m.iv == nil:
		return widget.NewBlock(width, height, nil), nil
	}
	area := widget.Rect{Width: width, Height: height}
	boxRows := m.box.Height(width-4) + 2
	parts := area.Rows(widget.Fixed(headRows), widget.Share(1, 4), widget.Fixed(1), widget.Fixed(boxRows))
	head := widget.NewBlock(width, headRows, []string{m.header(width), m.stageBar(width)})
	if m.dialog != nil && !m.small() {
		return m.viewDialog(head, area, parts)
	}
	m.boxRect = parts[3]
	box, at := m.drawBox(width)
	frame := widget.Stack(head, m.drawPanes(parts[1]), m.noteLine(width), box)
	if m.dialog != nil {
		return m.overQuestion(frame, area, parts[3]), nil
	}
	frame = m.overMenu(frame, parts[3])
	return frame, &tea.Position{X: parts[3].X + 2 + at.X, Y: parts[3].Y + 1 + at.Y}
}

// columnsFrom is the width from which a dialog leaves the record in sight.
const columnsFrom = 100

// small reports whether the dialog is a question, which lies over the panes and leaves the box in
// sight.
func (m *Model) small() bool {
	_, is := m.dialog.(*question)
	return is
}

// viewDialog draws a dialog: next to the record and above the box where there is room, else over
// all but the header and the note.
func (m *Model) viewDialog(head widget.Block, area widget.Rect, parts []widget.Rect) (widget.Block, *tea.Position) {
	if area.Width < columnsFrom {
		m.dialogSpace = area.Width
		rows := area.Height - headRows - 1
		body, at := m.dialog.view(m, area.Width, rows)
		if at != nil {
			at.Y += headRows
		}
		return widget.Stack(head, widget.NewBlock(area.Width, rows, body.Lines), m.noteLine(area.Width)), at
	}
	m.boxRect = parts[3]
	columns := parts[1].Columns(widget.Share(2, 34), widget.Share(3, 60))
	m.places = [panes]widget.Rect{}
	record := m.drawList(recordPane, "What they said", columns[0])
	m.dialogSpace = columns[1].Width
	body, at := m.dialog.view(m, columns[1].Width, columns[1].Height)
	for i := range m.spots {
		m.spots[i].area.X += columns[1].X
	}
	if at != nil {
		at.X += columns[1].X
		at.Y += headRows
	}
	box, _ := m.drawBox(area.Width)
	middle := widget.Columns(record, widget.NewBlock(columns[1].Width, columns[1].Height, body.Lines))
	return widget.Stack(head, middle, m.noteLine(area.Width), box), at
}

// overQuestion draws a question over the panes, just above the box.
func (m *Model) overQuestion(frame widget.Block, area, box widget.Rect) widget.Block {
	m.dialogSpace = area.Width
	top, _ := m.dialog.view(m, area.Width, box.Y-headRows)
	x, y := (area.Width-dialogWidth(area.Width))/2, box.Y-top.Height()
	for i := range m.spots {
		m.spots[i].area.X += x
		m.spots[i].area.Y += y
	}
	return widget.Overlay(frame, top, x, y)
}

// header draws the customer and who is in the room, and on the right the time, what is saved, what
// they allow, and how much is to settle. Where there is little space the times go first, and then
// the people.
func (m *Model) header(width int) string {
	s := m.env.Styles()
	name, who := plain.Terminal(m.iv.Customer), m.whoIsHere()
	if who != "" {
		who = " · " + who
	}
	states := m.states(s)
	right := states[len(states)-1]
	for _, state := range states {
		if plain.Width(" "+name+who)+1+widget.Width(state) <= width {
			right = state
			break
		}
	}
	space := width - widget.Width(right) - 2
	name = plain.Truncate(name, max(space, 1), "…")
	who = plain.Truncate(who, max(space-plain.Width(name), 0), "…")
	return widget.Pair(" "+s.Title.Render(name)+s.Muted.Render(who), right, width)
}

// states is the right side of the header, in fewer and fewer words.
func (m *Model) states(s theme.Styles) []string {
	iv, now := m.iv, m.env.Now()
	stop := s.Muted.Render(" · ")
	allowed, open := consentWords(iv.Consent)
	if !open && iv.ConsentOpen() {
		allowed, open = allowed+"?", true
	}
	rest := asking(allowed, open, s)
	if n := len(m.iv.ToSettle()); n > 0 {
		rest += stop + s.Warn.Render(fmt.Sprintf("%d to settle", n))
	}
	rest += " "
	text, alarming := m.savedState()
	saved, short := asking(text, alarming, s)+stop+rest, s.Muted.Render("saved")+stop+rest
	if alarming {
		short = saved
	}
	clock := show.Clock(now, m.env.Zone)
	span := "since " + show.Day(iv.StartedAt, m.env.Zone)
	if running, known := iv.Running(now); known {
		span = show.Span(running) + " in"
	}
	switch {
	case iv.Ended() && iv.Debrief:
		span = "debrief, ended"
	case iv.Debrief:
		span = "debrief"
	case iv.Ended():
		span = "ended " + show.ClockAfter(iv.EndedAt, now, m.env.Zone)
	}
	states := []string{s.Muted.Render(clock+" · "+span+" · ") + saved, s.Muted.Render(clock+" · ") + short, short}
	if !alarming {
		states = append(states, rest)
	}
	return states
}

// asking draws a state in a colour that asks when something is to be done about it.
func asking(text string, open bool, s theme.Styles) string {
	if open {
		return s.Warn.Render(text)
	}
	return s.Muted.Render(text)
}

// whoIsHere names the people in the room, theirs first.
func (m *Model) whoIsHere() string {
	var names []string
	for _, p := range m.iv.InRoom(interview.Theirs) {
		name := plain.Terminal(p.Name)
		if p.Role != "" {
			name += " (" + plain.Terminal(p.Role) + ")"
		}
		names = append(names, name)
	}
	for _, p := range m.iv.InRoom(interview.Ours) {
		names = append(names, plain.Terminal(p.Name)+" (ours)")
	}
	for _, p := range m.iv.InRoom("") {
		names = append(names, plain.Terminal(p.Name)+" (which side?)")
	}
	return strings.Join(names, ", ")
}

// consentWords describes in a few words what the customer allows. open: something is still to be
// asked, or no notes may be taken.
func consentWords(c interview.Consent) (words string, open bool) {
	switch {
	case c.Notes == interview.NotesRefused:
		return "no notes!", true
	case c.Notes == interview.NotesNotAsked && c.Quotes == interview.QuotingNotAsked:
		return "consent?", true
	}
	switch c.Quotes {
	case interview.QuoteByName:
		return "quote by name", false
	case interview.QuoteByRole:
		return "quote by role", false
	case interview.QuoteNone:
		return "no quotes", false
	case interview.QuotingNotAsked:
		return "notes ok · quotes?", true
	}
	return "", false
}

// drawPanes draws the lists: in columns where they fit, else the focused one with the current
// question above it.
func (m *Model) drawPanes(area widget.Rect) widget.Block {
	m.places = [panes]widget.Rect{}
	if area.Width < wide {
		return m.drawNarrow(area)
	}
	columns := area.Columns(widget.Share(3, 44), widget.Share(2, 30))
	asks := min(max(area.Height*2/5, 5), m.questionRows(columns[0].Width-6)+2)
	left := columns[0].Rows(widget.Fixed(asks), widget.Share(1, 3))
	gate := m.gateLines(columns[1].Width - 4)
	right := columns[1].Rows(widget.Share(1, 3), widget.Fixed(len(gate)+2))
	title := "Before solutions unlock"
	if m.iv.Gate.Open {
		title = "Unlocked"
	}
	return widget.Columns(
		widget.Stack(
			m.drawList(questionsPane, "Ask", left[0]),
			m.drawList(recordPane, "What they said", left[1]),
		),
		widget.Stack(
			m.drawList(problemsPane, "Their problems", right[0]),
			m.drawGate(title, gate, right[1]),
		),
	)
}

// drawGate draws the checklist, highlighted for a moment after the gate opened.
func (m *Model) drawGate(title string, lines []string, area widget.Rect) widget.Block {
	m.gateRect = area
	frame := widget.Frame{Title: title, Focused: m.justOpened()}
	return widget.Box(frame, area.Width, area.Height, lines, m.env.Styles())
}

// questionRows returns the height of the questions pane's content at a width.
func (m *Model) questionRows(width int) int {
	rows := 0
	for _, a := range m.asks() {
		rows += len(m.drawAsk(a, width))
	}
	return max(rows, 1)
}

func (m *Model) drawNarrow(area widget.Rect) widget.Block {
	var top []string
	if n := m.iv.Current(); n > 0 && m.pane != questionsPane {
		top = m.drawQuestion(n, area.Width-2)
		top = top[:min(len(top), 3)]
		for i := range top {
			top[i] = " " + top[i]
		}
	}
	rows := area.Rows(widget.Fixed(len(top)), widget.Share(1, 3))
	titles := [panes]string{"What they said", "Their problems", "Ask"}
	return widget.Stack(widget.NewBlock(area.Width, len(top), top), m.drawList(m.pane, titles[m.pane], rows[1]))
}

// drawList draws one pane and records where, for the mouse.
func (m *Model) drawList(p pane, title string, area widget.Rect) widget.Block {
	m.places[p] = area
	inner := area.Inset(2, 1)
	list := &m.lists[p]
	const roomy = 4 // lines per problem, with a blank one
	if spaced := inner.Height >= roomy*len(m.iv.Problems); p == problemsPane && spaced != m.spaced {
		m.spaced = spaced
		m.fillPanes()
	}
	list.Resize(inner.Width, inner.Height)
	if p == questionsPane && !(m.selecting && m.pane == questionsPane) {
		m.revealCurrent()
	}
	frame := widget.Frame{Title: title, Focused: m.selecting && m.pane == p, Foot: list.More()}
	lines := list.View().Lines
	if p == problemsPane && len(m.iv.Problems) == 0 {
		lines = show.Hang("  ", 2, "Nothing yet. Start a line with ! to keep a problem in their words.", inner.Width, m.env.Styles().Faint)
	}
	if p == recordPane && len(m.record) == 0 {
		lines = show.Hang("  ", 2, "Type what you hear; enter keeps it. Start with \" for their very words.", inner.Width, m.env.Styles().Faint)
	}
	return widget.Box(frame, area.Width, area.Height, lines, m.env.Styles())
}

// revealCurrent scrolls to the current question.
func (m *Model) revealCurrent() {
	numbers := m.stageQuestions()
	for i, n := range numbers {
		if n == m.iv.Current() {
			m.lists[questionsPane].Select(i)
		}
	}
}

// noteLine draws the note above the box: one calm line at every size, cut where it has no more
// space.
func (m *Model) noteLine(width int) widget.Block {
	s := m.env.Styles()
	if m.note.text == "" {
		return widget.NewBlock(width, 1, nil)
	}
	style, sign := s.Muted, "  "
	switch m.note.tone {
	case calm:
	case hint:
		style, sign = s.Accent, "› "
	case alarm:
		style, sign = s.Danger, "! "
	}
	text := strings.Join(strings.Fields(plain.Terminal(m.note.text)), " ")
	if m.note.done {
		text += " · esc u takes it back"
	}
	return widget.NewBlock(width, 1, []string{" " + style.Render(plain.Truncate(sign+text, max(width-2, 8), "…"))})
}
