package interview_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

func TestSentencesToReadAloud(t *testing.T) {
	p := interview.Problem{Statement: "Why is it always Friday?", Quoted: true, Impact: interview.Impact{
		HowOften: "every week", HowBad: 4, Costs: "a day. ", Wants: "no rework!",
	}}
	want := []string{
		"You said: “Why is it always Friday?”",
		"It comes up every week.",
		"What it costs you: a day.",
		"On your own scale, that is a 4 out of 5.",
		"What you want instead: no rework!",
		"Is that a fair statement of it: yes, no, or nearly?",
	}
	if diff := cmp.Diff(want, p.Sentences()); diff != "" {
		t.Error(diff)
	}
	p.Quoted = false
	if got, want := p.Sentences()[0], "As we understood it: Why is it always Friday?"; got != want {
		t.Errorf("of a paraphrase %q, want %q", got, want)
	}
}
