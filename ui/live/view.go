package live

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/widget"
)

// wide is the width from which the panes stand side by side.
const wide = 80

// View implements screen.Screen.
func (m *Model) View(width, height int) (widget.Block, *tea.Position) {
	m.width = width
	s := m.env.Styles()
	switch {
	case m.failed != nil:
		return widget.NewBlock(width, height, []string{"", " " + s.Danger.Render("This interview cannot be read: "+plain.Terminal(m.failed.Error())), " " + s.Text.Render("ctrl+q leaves; `hark doctor` says more.")}), nil
	case m.iv == nil:
		return widget.NewBlock(width, height, nil), nil
	}
	area := widget.Rect{Width: width, Height: height}
	boxRows := m.box.Height(width-4) + 2
	parts := area.Rows(widget.Fixed(2), widget.Share(1, 4), widget.Fixed(1), widget.Fixed(boxRows))
	head := widget.NewBlock(width, 2, []string{m.header(width), m.stageBar(width)})
	if m.dialog != nil {
		body, at := m.dialog.view(m, width, height-2)
		if at != nil {
			at.Y += 2
		}
		return widget.Stack(head, widget.NewBlock(width, height-2, body.Lines)), at
	}
	m.boxRect = parts[3]
	box, at := m.drawBox(width)
	frame := widget.Stack(head, m.drawPanes(parts[1]), m.noteLine(width, 1), box)
	frame = m.overNote(frame, parts[2])
	frame = m.overMenu(frame, parts[3])
	if m.moving {
		return frame, nil
	}
	return frame, &tea.Position{X: parts[3].X + 2 + at.X, Y: parts[3].Y + 1 + at.Y}
}

// header says who, with which playbook, when, how long, and what is saved.
func (m *Model) header(width int) string {
	s, iv := m.env.Styles(), m.iv
	left := " " + s.Title.Render(plain.Terminal(iv.Customer)) + s.Muted.Render(" · "+plain.Terminal(iv.Playbook.Name))
	now := m.env.Now()
	state := show.Clock(now, m.env.Zone) + " · "
	switch {
	case iv.Ended():
		state += "ended " + show.Clock(iv.EndedAt, m.env.Zone)
	case iv.Debrief:
		state += "debrief"
	default:
		state += show.Span(now.Sub(iv.StartedAt)) + " in"
	}
	saved := s.Muted.Render("saved " + m.saved.In(m.env.Zone).Format("15:04:05"))
	switch {
	case len(m.queue) > 0:
		saved = s.Warn.Render("saving…")
	case m.saved.IsZero():
		saved = s.Muted.Render("all saved")
	}
	right := s.Muted.Render(state+" · ") + saved + s.Muted.Render(" · "+consent(iv.Consent)) + " "
	return widget.Pair(left, right, width)
}

// consent says in a few words what the customer allows.
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

// stageBar draws the stages with the present one marked, around it as many as
// fit.
func (m *Model) stageBar(width int) string {
	s, stages := m.env.Styles(), m.iv.Playbook.Stages
	if len(stages) == 0 {
		return ""
	}
	_, now, _ := m.iv.Playbook.Question(m.iv.Current())
	names := make([]string, len(stages))
	for i, st := range stages {
		names[i] = plain.Terminal(st.Name)
		if st.Mark == interview.MarkSolution && !m.iv.Gate.Open {
			names[i] = "⊘ " + names[i]
		}
	}
	const join = " ── "
	from, to := now, now+1
	room := width - 4 - plain.Width(names[now])
	for grown := true; grown; {
		grown = false
		if to < len(names) && plain.Width(names[to])+plain.Width(join) <= room {
			room -= plain.Width(names[to]) + plain.Width(join)
			to++
			grown = true
		}
		if from > 0 && plain.Width(names[from-1])+plain.Width(join) <= room {
			from--
			room -= plain.Width(names[from]) + plain.Width(join)
			grown = true
		}
	}
	var b strings.Builder
	b.WriteString(" ")
	for i := from; i < to; i++ {
		if i > from {
			b.WriteString(s.Border.Render(join))
		}
		if i == now {
			b.WriteString(s.Accent.Render("● " + names[i]))
		} else {
			b.WriteString(s.Muted.Render(names[i]))
		}
	}
	return widget.Fit(b.String(), width)
}

// drawPanes draws the lists: side by side where there is room, else the one
// that has the keys with the question to ask above it.
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
	return widget.Beside(
		widget.Stack(
			m.drawList(questionsPane, "Ask", left[0]),
			m.drawList(recordPane, "What they said", left[1]),
		),
		widget.Stack(
			m.drawList(problemsPane, "Their problems", right[0]),
			widget.Box(widget.Frame{Title: title}, right[1].Width, right[1].Height, gate, m.env.Styles()),
		),
	)
}

// questionRows is how many rows there are to ask at a width.
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

// drawList draws one pane and remembers where.
func (m *Model) drawList(p pane, title string, area widget.Rect) widget.Block {
	m.places[p] = area
	inner := area.Inset(2, 1)
	list := &m.lists[p]
	list.Resize(inner.Width, inner.Height)
	if p == questionsPane && !(m.moving && m.pane == questionsPane) {
		m.revealCurrent()
	}
	frame := widget.Frame{Title: title, Focused: m.moving && m.pane == p}
	above, below := list.Hidden()
	if above > 0 || below > 0 {
		frame.Foot = fmt.Sprintf("↑%d ↓%d", above, below)
	}
	lines := list.View().Lines
	if p == problemsPane && len(m.iv.Problems) == 0 {
		lines = m.hintLines(inner.Width, "Nothing yet. Start a line with ! to keep a problem in their words.")
	}
	if p == recordPane && len(m.record) == 0 {
		lines = m.hintLines(inner.Width, "Type what you hear; enter keeps it. Start with \" for their very words.")
	}
	return widget.Box(frame, area.Width, area.Height, lines, m.env.Styles())
}

// revealCurrent brings the question being asked into view.
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

// noteLine is the first line of the note above the box.
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
	var out []string
	for i, part := range plain.Wrap(plain.Terminal(m.note.text), max(width-4, 8)) {
		lead := "  "
		if i == 0 {
			lead = sign
		}
		out = append(out, " "+style.Render(lead+part))
	}
	return out
}

// overNote lays a note of several lines over the panes, upwards from its line.
func (m *Model) overNote(frame widget.Block, line widget.Rect) widget.Block {
	lines := m.noteLines(line.Width)
	if len(lines) < 2 {
		return frame
	}
	lines = lines[:min(len(lines), 4)]
	return widget.Overlay(frame, widget.NewBlock(line.Width, len(lines), lines), 0, line.Y-len(lines)+1)
}
