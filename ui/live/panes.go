package live

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// pane is one of the lists around the capture box.
type pane int

const (
	recordPane pane = iota
	problemsPane
	questionsPane
	panes // how many there are
)

// row is one item of the record: a line, a promise or a route.
type row struct {
	id     interview.ID
	number interview.Number
	draw   func(width int, s theme.Styles) []string
}

// fillPanes sets the items of the lists.
func (m *Model) fillPanes() {
	rows := m.rows()
	was, on := widget.Selected(&m.lists[recordPane], m.record)
	m.record = rows
	m.lists[recordPane].SetItems(len(rows), func(i, width int, selected bool) []string {
		return m.mark(rows[i].draw(max(width-2, 1), m.env.Styles()), selected && m.pane == recordPane, width)
	})
	problems := m.iv.Problems
	chosen, chose := widget.Selected(&m.lists[problemsPane], m.problems)
	m.problems = problems
	m.lists[problemsPane].SetItems(len(problems), func(i, width int, selected bool) []string {
		lines := m.mark(show.Problem(problems[i], m.iv, max(width-2, 1), m.env.Styles()), selected && m.pane == problemsPane, width)
		if m.spaced && i < len(problems)-1 {
			lines = append(lines, "")
		}
		return lines
	})
	if m.selecting { // what another window added may stand in front of it
		if on {
			hold(&m.lists[recordPane], rows, func(r row) bool { return r.id == was.id })
		}
		if chose {
			hold(&m.lists[problemsPane], problems, func(p interview.Problem) bool { return p.ID == chosen.ID })
		}
	}
	asks := m.asks()
	m.lists[questionsPane].SetItems(len(asks), func(i, width int, selected bool) []string {
		return m.mark(m.drawAsk(asks[i], max(width-2, 1)), selected && m.pane == questionsPane, width)
	})
}

// hold selects the item of a list that was selected before, if it is still there.
func hold[T any](list *widget.Scroller, items []T, was func(T) bool) {
	if i := slices.IndexFunc(items, was); i >= 0 && i != list.Selected() {
		list.Select(i)
	}
}

// mark puts the selection sign in front of an item, and highlights it while something is selected.
func (m *Model) mark(lines []string, selected bool, width int) []string {
	s := m.env.Styles()
	selected = selected && m.selecting
	for i, line := range lines {
		lead := "  "
		if selected && i == 0 {
			lead = s.Accent.Render("▸") + " "
		}
		lines[i] = lead + line
		if selected {
			lines[i] = s.Highlight(widget.Fit(lines[i], width))
		}
	}
	return lines
}

// rows returns the record's items by number.
func (m *Model) rows() []row {
	iv, zone, today := m.iv, m.env.Zone, m.env.Today()
	var rows []row
	for _, l := range iv.Lines {
		rows = append(rows, row{l.ID, l.Number, func(width int, s theme.Styles) []string { return show.Line(l, iv, zone, width, s) }})
	}
	for _, p := range iv.Promises {
		rows = append(rows, row{p.ID, p.Number, func(width int, s theme.Styles) []string {
			return append(show.Promise(p, iv, zone, today, width, s), standing(p.Concurrent, width, s)...)
		}})
	}
	for _, r := range iv.Routes {
		rows = append(rows, row{r.ID, r.Number, func(width int, s theme.Styles) []string { return drawRoute(r, iv, zone, today, width, s) }})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return a.number.Compare(b.number) })
	return rows
}

func drawRoute(r interview.Route, iv *interview.Interview, zone *time.Location, today interview.Date, width int, s theme.Styles) []string {
	lines, indent := show.Route(r, iv, zone, true, width, s)
	if due, late := show.Due(r.Due, today); due != "" && r.State(today).Waits() {
		style := s.Muted
		if late {
			style = s.Danger
		}
		lines = append(lines, strings.Repeat(" ", indent)+style.Render(due))
	}
	for _, text := range show.OnHold(r) {
		lines = append(lines, show.Hang(strings.Repeat(" ", indent), indent, text, width, s.Warn)...)
	}
	return append(lines, standing(r.Concurrent, width, s)...)
}

// standing draws the values that stand next to each other in a promise or a route.
func standing(all []interview.Concurrent, width int, s theme.Styles) []string {
	const indent = 14 // of their text
	var lines []string
	for _, text := range show.Standing(all) {
		lines = append(lines, show.Hang(strings.Repeat(" ", indent), indent, text, width, s.Warn)...)
	}
	return lines
}

// ask is one thing to ask: a question of the playbook, or an open follow-up.
type ask struct {
	question int
	followUp interview.Line
}

// asks returns the questions of the current stage, then the open follow-ups.
func (m *Model) asks() []ask {
	var all []ask
	for _, n := range m.stageQuestions() {
		all = append(all, ask{question: n})
	}
	for _, l := range m.iv.FollowUps() {
		all = append(all, ask{followUp: l})
	}
	return all
}

// selectedAsk returns the selected item of the questions pane.
func (m *Model) selectedAsk() (ask, bool) {
	return widget.Selected(&m.lists[questionsPane], m.asks())
}

func (m *Model) drawAsk(a ask, width int) []string {
	if a.question > 0 {
		return m.drawQuestion(a.question, width)
	}
	s := m.env.Styles()
	head := "  " + s.Warn.Render(plain.Pad("?", questionWidth-2))
	return show.Hang(head, questionWidth, a.followUp.Text, width, s.Warn)
}

// stageQuestions returns the numbers of the questions in the current stage.
func (m *Model) stageQuestions() []int {
	_, stage, ok := m.iv.Playbook.Question(m.iv.Current())
	if !ok {
		return nil
	}
	var numbers []int
	first := m.iv.Playbook.First(stage)
	for i := range m.iv.Playbook.Stages[stage].Questions {
		numbers = append(numbers, first+i)
	}
	return numbers
}

// questionName is a question's number as shown: Q7, so that it is not taken for a line's number.
func questionName(n int) string { return fmt.Sprintf("Q%d", n) }

// questionWidth is the indentation of a question's text, in cells.
const questionWidth = 6

// drawQuestion draws a question with its number and tick, and the current one with its probes.
func (m *Model) drawQuestion(n, width int) []string {
	s := m.env.Styles()
	q, _, _ := m.iv.Playbook.Question(n)
	current := n == m.iv.Current()
	glyph, style := "  ", s.Muted
	switch {
	case current:
		glyph, style = s.Accent.Render("▸ "), s.Title
	case m.iv.Asked(n):
		glyph, style = s.Confirmed.Render("✓ "), s.Faint
	}
	head := glyph + s.Faint.Render(plain.Pad(questionName(n), questionWidth-2))
	out := show.Hang(head, questionWidth, q.Text, width, style)
	if current {
		indent := strings.Repeat(" ", questionWidth)
		for _, probe := range q.Probes {
			out = append(out, show.Hang(indent+s.Faint.Render("· "), questionWidth+2, probe, width, s.Muted)...)
		}
	}
	return out
}

// gateLines draws the checklist of the gate.
func (m *Model) gateLines(width int) []string {
	s := m.env.Styles()
	g := m.iv.Gate
	if g.Open {
		lines := []string{s.Confirmed.Render("✓ ") + s.Text.Render("solutions are unlocked") + s.Faint.Render(" · ctrl+g")}
		if held := len(m.iv.HeldThoughts()); held > 0 {
			lines = append(lines, s.Muted.Render("  "+show.Count(held, "thought", "thoughts")+" held for this moment"))
		}
		return append(lines, m.solutionLines(width, s)...)
	}
	var lines []string
	for _, c := range g.Checks {
		detail := ""
		if c.ToGo > 0 && !c.Done {
			detail = fmt.Sprintf("%d to go", c.ToGo)
		}
		lines = append(lines, drawCheck(c, detail, width, s)...)
	}
	return lines
}

// solutionLines draws the newest solutions with what was decided, a line each.
func (m *Model) solutionLines(width int, s theme.Styles) []string {
	const most = 4
	var lines []string
	all := m.iv.Solutions
	if more := len(all) - most; more > 0 {
		lines, all = append(lines, s.Muted.Render(fmt.Sprintf("  %d more", more))), all[more:]
	}
	for _, sol := range all {
		head := fmt.Sprintf("★ %s ", sol.Number)
		text := s.Accent.Render(head) + s.Text.Render(plain.Terminal(sol.Text))
		lines = append(lines, widget.Pair(text, s.Muted.Render(standingOf(sol)), width))
	}
	return lines
}

// drawCheck draws one check. A text that does not fit on one line with its detail takes a second
// line.
func drawCheck(c interview.Check, detail string, width int, s theme.Styles) []string {
	space := max(width-2, 8)
	if detail == "" || plain.Width(c.Text)+2+plain.Width(detail) <= space {
		return []string{widget.Check(c.Done, c.Text, detail, width, s)}
	}
	parts := append(plain.Wrap(c.Text, space), "")
	return []string{
		widget.Check(c.Done, parts[0], "", width, s),
		"  " + widget.Pair(s.Text.Render(parts[1]), s.Muted.Render(detail), width-2),
	}
}

// selectedRow returns the number of the selected item of the record, or 0.
func (m *Model) selectedRow() interview.Number {
	selected, _ := widget.Selected(&m.lists[recordPane], m.record)
	return selected.number
}

// chosenProblem returns the problem that is selected, or that the selected line shows.
func (m *Model) chosenProblem() (interview.Problem, bool) {
	switch {
	case !m.selecting:
	case m.pane == problemsPane:
		return m.selectedProblem()
	default:
		if l, ok := m.iv.Line(m.selectedNow()); ok && !l.Problem.IsZero() {
			return m.iv.ProblemByID(l.Problem)
		}
	}
	return interview.Problem{}, false
}

// problemAtHand returns the problem that a command is about: the chosen one, else the next to
// settle, else the last one that was not set aside, else the last one.
func (m *Model) problemAtHand() (interview.Problem, bool) {
	if p, ok := m.chosenProblem(); ok {
		return p, true
	}
	if p, ok := m.firstUnsettled(func(interview.Problem) bool { return true }); ok {
		return p, true
	}
	for _, p := range slices.Backward(m.iv.Problems) {
		if p.Status != interview.Aside {
			return p, true
		}
	}
	if n := len(m.iv.Problems); n > 0 {
		return m.iv.Problems[n-1], true
	}
	return interview.Problem{}, false
}

// toWeigh returns the problem to weigh: the chosen one, else the one that the interview needs next.
func (m *Model) toWeigh() (interview.Problem, bool) {
	if p, ok := m.chosenProblem(); ok {
		return p, p.Status != interview.Aside
	}
	return m.iv.ToWeigh()
}

// toPlayBack returns the problem to play back: the chosen one, else the first that is weighed and
// waits for an answer, else the first that waits for one, else the last that was not set aside.
func (m *Model) toPlayBack() (interview.Problem, bool) {
	if p, ok := m.chosenProblem(); ok {
		return p, p.Status != interview.Aside
	}
	if p, ok := m.firstUnsettled(interview.Problem.Weighed); ok {
		return p, true
	}
	if p, ok := m.problemAtHand(); ok && p.Status != interview.Aside {
		return p, true
	}
	return interview.Problem{}, false
}

// selectedProblem returns the selected problem.
func (m *Model) selectedProblem() (interview.Problem, bool) {
	return widget.Selected(&m.lists[problemsPane], m.iv.Problems)
}
