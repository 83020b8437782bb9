package live

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
)

// The fields that weigh a problem, in their order.
const (
	howOften = iota
	howBad
	costs
	bears
	tried
	wants
)

// newWeighing returns the form that weighs a problem. Any of its fields may stay empty.
func newWeighing(p interview.Problem) *form {
	bad := ""
	if p.Impact.HowBad > 0 {
		bad = strconv.Itoa(p.Impact.HowBad)
	}
	i := p.Impact
	worst := newField("how bad", "On your own scale of 1 to 5, how bad is it?", bad, "1", "2", "3", "4", "5")
	worst.rating = true
	return &form{
		title: fmt.Sprintf("Weigh problem %s", p.Number), about: p.Worded(), keeps: true, steps: true,
		fields: []field{
			howOften: newField("how often", "How often does it come up?", i.HowOften, "every day", "every week", "every month", "now and then"),
			howBad:   worst,
			costs:    newField("what it costs", "What does it cost you in time, money or goodwill?", i.Costs),
			bears:    newField("who bears it", "Who feels it most?", i.Bears),
			tried:    newField("tried so far", "What have you already tried, and what came of it?", i.Tried),
			wants:    newField("wanted instead", "What would you want instead?", i.Wants),
		},
		save: func(m *Model, f *form) tea.Cmd { return m.weigh(p.ID, p.Number, f) },
	}
}

// weigh applies what changed. How bad it is must be a number; other text becomes a line to settle.
func (m *Model) weigh(problem interview.ID, number interview.Number, f *form) tea.Cmd {
	p, ok := m.iv.ProblemByID(problem)
	if !ok {
		m.say(hint, fmt.Sprintf("Problem %s was dropped in another window", number))
		return nil
	}
	a, doubt := m.figures(p, f)
	if a == (interview.Weigh{Problem: p.Lasting()}) {
		return doubt
	}
	note := m.note
	cmd := m.keepQuietly(a)
	if doubt != nil {
		m.note = note // it says what was not understood
	}
	return tea.Batch(doubt, cmd)
}

// figures returns what changed in a form that weighs a problem. doubt keeps what is no number of
// how bad it is as a line to settle; it is nil where there is nothing to keep.
func (m *Model) figures(p interview.Problem, f *form) (a interview.Weigh, doubt tea.Cmd) {
	a = interview.Weigh{
		Problem: p.Lasting(), HowOften: f.changed(howOften), Costs: f.changed(costs),
		Bears: f.changed(bears), Tried: f.changed(tried), Wants: f.changed(wants),
	}
	if text := f.changed(howBad); text != nil {
		if n, ok := capture.Rating(*text); ok {
			a.HowBad = &n // empty clears
		} else {
			doubt = m.doQuietly(interview.Typed{
				Text: fmt.Sprintf(`/impact %s how-bad="%s"`, p.Number, *text),
				Why:  "How bad it is goes by one number of theirs from 1 to 5",
			})
		}
	}
	return a, doubt
}
