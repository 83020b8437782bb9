package interview_test

import (
	"testing"

	"hark/internal/interview"
)

// An answer that only says that the words were theirs makes a quote of the wording, and of the line that
// was entered with it.
func TestNearlyOnlyTheMarks(t *testing.T) {
	m := start(t)
	m.do(interview.Introduce{Name: "Ana"}, interview.Raise{Text: "It breaks", Speaker: "Ana"},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Ana", Correction: "It breaks", Quoted: true})
	p, l := m.problem(1), m.iv.Lines[0]
	if !p.Quoted || !p.TypedAsQuote() || l.Kind != interview.Quote || len(p.Wordings) != 1 || p.Playbacks[0].Correction != "" {
		t.Errorf("the problem is %+v, its line %+v", p, l)
	}
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Ana", Correction: "It breaks"})
	if p := m.problem(1); !p.Quoted {
		t.Errorf("the same words without marks: %+v", p)
	}
}
