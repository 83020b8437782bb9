package interview_test

import (
	"testing"

	"hark/internal/interview"
)

// A line that is corrected in quotation marks is a quote, without them, and one that was none is no
// quote of the wording that was made with it.
func TestCorrectedInMarks(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It breaks"}, interview.Add{Kind: interview.Quote, Text: "On Fridays"}, interview.Add{Kind: interview.Thought, Text: "Why?"})
	for n := interview.Number(1); n <= 3; n++ {
		m.do(interview.Fix{Number: n, Text: `"as it was said`, Said: "as it was said"})
	}
	for n, want := range []interview.Line{
		{Kind: interview.Quote, Text: "as it was said", First: "It breaks"},
		{Kind: interview.Quote, Text: "as it was said", First: "On Fridays", FirstQuoted: true},
		{Kind: interview.Thought, Text: `"as it was said`, First: "Why?"},
	} {
		if l := m.iv.Lines[n]; l.Kind != want.Kind || l.Text != want.Text || l.First != want.First || l.FirstQuoted != want.FirstQuoted {
			t.Errorf("line %d is %+v", n+1, l)
		}
	}
	if p := m.problem(1); p.Quoted || p.TypedAsQuote() {
		t.Errorf("the problem is %+v", p)
	}
	m.do(interview.Add{Kind: interview.Paraphrase, Text: "the lamp"}, interview.Fix{Number: 4, Text: `"the lamp`, Said: "the lamp"},
		interview.Fix{Number: 4, Text: "the lamps"})
	if l := m.iv.Lines[3]; l.Kind != interview.Quote || l.First != "the lamp" || !l.FirstQuoted {
		t.Errorf("after the marks alone, the line is %+v", l)
	}
}

// An answer that only says that the words were theirs makes a quote of the wording, and of the line
// that was entered with it.
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
