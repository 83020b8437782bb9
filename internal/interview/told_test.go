package interview_test

import (
	"testing"

	"hark/internal/interview"
)

// Told names what was heard, whichever window it was said in: what another one knew at the same
// time is still to tell.
func TestToldNamesWhatWasHeard(t *testing.T) {
	route := func(iv *interview.Interview) (told bool, earlier interview.Telling) {
		r := iv.Routes[0]
		return !r.ToldAt.IsZero(), r.Earlier
	}
	promise := func(iv *interview.Interview) (told bool, earlier interview.Telling) {
		p := iv.Promises[0]
		return !p.ToldAt.IsZero(), p.Earlier
	}
	answer := func(text string) interview.Action { return interview.AnswerRoute{Number: 2, Text: text} }
	for name, c := range map[string]struct {
		before       []interview.Action
		mine, theirs interview.Action
		of           func(*interview.Interview) (bool, interview.Telling)
		told         bool
		heard        string
	}{
		"an answer that another window knew":          {nil, interview.Told{Number: 2}, answer("in March"), route, false, ""},
		"an outcome that another window knew":         {nil, interview.Told{Number: 3}, interview.Done{Number: 3}, promise, false, ""},
		"an answer, and another window has one more":  {[]interview.Action{answer("in March")}, interview.Told{Number: 2}, answer("in May"), route, false, "in March"},
		"an answer, and another window told it too":   {[]interview.Action{answer("in March")}, interview.Told{Number: 2}, interview.Told{Number: 2}, route, true, ""},
		"an answer, and another window says it again": {[]interview.Action{answer("in March")}, interview.Told{Number: 2}, answer("in March"), route, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t)
			m.do(interview.Raise{Text: "It breaks", Speaker: "Ana"}, interview.Weigh{Problem: 1, HowBad: new(4)},
				interview.PlayBack{Problem: 1, Answer: interview.Yes},
				interview.Carry{Problem: 1, Department: "engineering"}, interview.Promises{Text: "send the list"})
			m.do(c.before...)
			for _, pair := range [][2]interview.Action{{c.mine, c.theirs}, {c.theirs, c.mine}} {
				told, earlier := c.of(apart(t, m.iv, pair[0], pair[1]))
				if told != c.told || earlier.Of != c.heard || earlier.At.IsZero() != c.told {
					t.Errorf("told: %v, earlier %+v", told, earlier)
				}
			}
		})
	}
}

// Told of a promise is of the words that it had: corrected later, it is not told yet, and again with the first
// words back.
func TestToldOfAPromiseIsOfItsWords(t *testing.T) {
	m := start(t)
	m.do(interview.Promises{Text: "Hy sends 3 samples"}, interview.Done{Number: 1}, interview.Told{Number: 1})
	told := m.iv.Promises[0].ToldAt
	m.do(interview.Fix{Number: 1, Text: "Hy sends 30 samples"})
	p := m.iv.Promises[0]
	if told.IsZero() || !p.ToldAt.IsZero() || !p.Earlier.At.Equal(told) || p.State(interview.Date{}) != interview.StateDone {
		t.Errorf("told of 3 samples, the promise of 30 is %+v", p)
	}
	m.do(interview.Fix{Number: 1, Text: "Hy sends 3 samples"})
	if p := m.iv.Promises[0]; !p.ToldAt.Equal(told) || !p.Earlier.At.IsZero() {
		t.Errorf("with its first words it is %+v", p)
	}
	m.do(interview.Fix{Number: 1, Text: "Hy sends 30 samples"}, interview.Told{Number: 1})
	if p := m.iv.Promises[0]; p.ToldAt.IsZero() || !p.Earlier.At.IsZero() {
		t.Errorf("told again it is %+v", p)
	}
}
