package interview_test

import (
	"testing"

	"hark/internal/interview"
)

// A card names one next step, and a no stays in sight until the wording changes.
func TestNextStep(t *testing.T) {
	text := func(s string) *string { return &s }
	rating := 4
	m := start(t)
	m.do(interview.Introduce{Name: "Piet"}, interview.Raise{Text: "the skip is full"})
	want := func(step string) {
		t.Helper()
		if got := m.problem(1).NextStep(); got != step {
			t.Errorf("next is %q, want %q", got, step)
		}
	}
	want("ask how often it comes up")
	m.do(interview.Weigh{Problem: 1, HowOften: text("every week")})
	want("ask how bad it is, from 1 to 5")
	m.do(interview.Weigh{Problem: 1, HowBad: &rating, Costs: text("a day")})
	want("ask who bears it")
	m.do(interview.PlayBack{Problem: 1, Answer: interview.No, By: "Piet"})
	want("what is it, then?")
	if by, no := m.problem(1).Denied(); !no || m.iv.Name(by.By) != "Piet" {
		t.Errorf("denied by %+v", by)
	}
	m.do(interview.Reword{Problem: 1, Text: "nobody empties the skip"}, interview.Weigh{Problem: 1, Bears: text("the yard")})
	want("play it back")
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Piet"})
	want("")
	m.do(interview.Raise{Text: "no parking"}, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Piet"})
	if got := m.problem(2).NextStep(); got != "ask how often, and how bad" {
		t.Errorf("a confirmed problem that is not weighed: %q", got)
	}
}
