package live

import (
	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
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
		return widget.NewBlock(width, height, []string{"", " " + s.Danger.Render("This interview cannot be read: "+plain.Terminal(m.failed.Error())), " " + s.Text.Render("ctrl+q leaves; `hark doctor` says more.")}), nil
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
	frame := widget.Stack(head, m.drawPanes(parts[1]), m.noteLine(width, 1), box)
	frame = m.overNote(frame, parts[2])
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
// all but the header.
func (m *Model) viewDialog(head widget.Block, area widget.Rect, parts []widget.Rect) (widget.Block, *tea.Position) {
	if area.Width < columnsFrom {
		m.dialogSpace = area.Width
		body, at := m.dialog.view(m, area.Width, area.Height-headRows)
		if at != nil {
			at.Y += headRows
		}
		return widget.Stack(head, widget.NewBlock(area.Width, area.Height-headRows, body.Lines)), at
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
	return widget.Stack(head, middle, m.noteLine(area.Width, 1), box), at
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

// header shows the customer, the playbook, the time, the duration and what is saved.
func (m *Model) header(width int) string {
	s, iv := m.env.Styles(), m.iv
	left := " " + s.Title.Render(plain.Terminal(iv.Customer)) + s.Muted.Render(" · "+plain.Terminal(iv.Playbook.Name))
	now := m.env.Now()
	state := ""
	if width >= wide {
		state = show.Clock(now, m.env.Zone) + " · "
	}
	switch {
	case iv.Ended():
		state += "ended " + show.Clock(iv.EndedAt, m.env.Zone)
	case iv.Debrief:
		state += "debrief"
	default:
		state += show.Span(now.Sub(iv.StartedAt)) + " in"
	}
	text, alarming := m.savedState()
	saved := s.Muted.Render(text)
	if alarming {
		saved = s.Warn.Render(text)
	}
	right := s.Muted.Render(state+" · ") + saved + s.Muted.Render(" · "+consent(iv.Consent)) + " "
	return widget.Pair(left, right, width)
}

// consent describes in a few words what the customer allows.
func consent(c interview.Consent) string {
	switch {
	case c.Notes == interview.NotesRefused:
		return "no notes!"
	case c.Notes == interview.NotesNotAsked && c.Quotes == interview.QuotingNotAsked:
		return "consent?"
	}
	switch c.Quotes {
	case interview.QuoteByName:
		return "quote by name"
	case interview.QuoteByRole:
		return "quote by role"
	case interview.QuoteNone:
		return "no quotes"
	case interview.QuotingNotAsked:
		return "notes ok · quotes?"
	}
	return ""
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
		lines = m.hintLines(inner.Width, "Nothing yet. Start a line with ! to keep a problem in their words.")
	}
	if p == recordPane && len(m.record) == 0 {
		lines = m.hintLines(inner.Width, "Type what you hear; enter keeps it. Start with \" for their very words.")
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

func (m *Model) hintLines(width int, text string) []string {
	var out []string
	for _, part := range plain.Wrap(text, max(width-2, 8)) {
		out = append(out, "  "+m.env.Styles().Faint.Render(part))
	}
	return out
}

// noteLine draws the first rows of the note above the box.
func (m *Model) noteLine(width, rows int) widget.Block {
	lines := m.noteLines(width)
	return widget.NewBlock(width, rows, lines[:min(len(lines), rows)])
}

func (m *Model) noteLines(width int) []string {
	s := m.env.Styles()
	if m.note.text == "" {
		return nil
	}
	style, sign := s.Muted, "  "
	switch m.note.tone {
	case calm:
	case hint:
		style, sign = s.Accent, "› "
	case alarm:
		style, sign = s.Danger, "! "
	}
	text := plain.Terminal(m.note.text)
	switch {
	case !m.note.done || m.dialog != nil: // dialogs have no key for undo
	default:
		text += " · esc u takes it back"
	}
	var out []string
	for i, part := range plain.Wrap(text, max(width-4, 8)) {
		lead := "  "
		if i == 0 {
			lead = sign
		}
		out = append(out, " "+style.Render(lead+part))
	}
	return out
}

// overNote draws a note of several lines over the panes, ending at its line.
func (m *Model) overNote(frame widget.Block, line widget.Rect) widget.Block {
	lines := m.noteLines(line.Width)
	if len(lines) < 2 {
		return frame
	}
	lines = lines[:min(len(lines), 4)]
	return widget.Overlay(frame, widget.NewBlock(line.Width, len(lines), lines), 0, line.Y-len(lines)+1)
}
