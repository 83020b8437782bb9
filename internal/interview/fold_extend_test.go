package interview_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
)

// talk draws actions of which most are plain lines, as in a meeting.
func talk(t *rapid.T, i int) interview.Action {
	if rapid.IntRange(0, 3).Draw(t, "line or not") == 0 {
		return anyAction(t, i)
	}
	kinds := []interview.LineKind{interview.Quote, interview.Paraphrase, interview.Observation, interview.Thought, interview.FollowUp}
	return interview.Add{
		Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Text: fmt.Sprintf("text %d", i),
		Speaker: rapid.SampledFrom([]string{"", "Ana", "Ben"}).Draw(t, "who"),
		Themes:  rapid.SampledFrom([][]string{nil, {"scrap"}}).Draw(t, "themes"),
	}
}

// asWhole fails unless an interview is what its document folds to.
func asWhole(t *rapid.T, what string, iv *interview.Interview) {
	if diff := interview.Difference(interview.Fold(iv.Document()), iv.ForAll()); diff != "" {
		t.Fatalf("%s differs from the whole document folded (-whole +step by step):\n%s", what, diff)
	}
}

// Whatever is done, and whatever went on from where: folding step by step comes to the same as
// folding the document as a whole.
func TestStepByStepAsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMeeting(t)
		var others []*interview.Interview // what went on from an earlier moment
		for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
			before := m.iv
			if step, err := interview.Apply(before, talk(t, i), m.stamp()); err == nil {
				m.took(step)
				asWhole(t, "a step", m.iv)
			}
			if rapid.IntRange(0, 4).Draw(t, "beside") == 0 {
				if step, err := interview.Apply(before, talk(t, 1000+i), m.stamp()); err == nil {
					others = append(others, step.After)
				}
			}
			asWhole(t, "the moment before", before)
		}
		for _, iv := range others {
			asWhole(t, "what went on from an earlier moment", iv)
		}
	})
}

// What another window wrote is folded onto what this one has.
func TestRefoldAsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMeeting(t)
		here := m.iv
		for i := range rapid.IntRange(1, 12).Draw(t, "steps") {
			if step, err := interview.Apply(m.iv, talk(t, i), m.stamp()); err == nil {
				m.took(step)
			}
			if rapid.Bool().Draw(t, "look") {
				here = interview.Refold(m.iv.Document().Clone(), here)
				asWhole(t, "another window", here)
			}
		}
		// A third writes at the same time, with numbers that are taken.
		third := interview.Fold(here.Document())
		for i := range rapid.IntRange(0, 4).Draw(t, "beside") {
			stamp := m.stamp()
			stamp.Writer = document.Writer{Incarnation: 2}
			if step, err := interview.Apply(third, talk(t, 500+i), stamp); err == nil {
				third = step.After
			}
		}
		merged := document.Merge(m.iv.Document(), third.Document())
		both := interview.Refold(merged, m.iv)
		asWhole(t, "two windows", both)
		for i := range 3 {
			if step, err := interview.Apply(both, talk(t, 900+i), m.stamp()); err == nil {
				both = step.After
				asWhole(t, "a step after two windows", both)
			}
		}
	})
}

// A plain line costs about the same however many there are.
func TestPlainLinesShareTheArray(t *testing.T) {
	m := start(t)
	for i := range 200 {
		m.do(interview.Add{Kind: interview.Quote, Text: fmt.Sprint("line ", i)})
	}
	one := interview.Add{Kind: interview.Quote, Text: "one more"}
	first, second := m.do(one).After, interview.Fold(m.iv.Document())
	if cap(first.Lines) != len(first.Lines) {
		t.Errorf("%d lines with room for %d: who appends to them would write over the next line", len(first.Lines), cap(first.Lines))
	}
	if &first.Lines[0] == &second.Lines[0] {
		t.Error("two folds of a whole document share their lines")
	}
	next := m.do(one).After
	if &first.Lines[0] != &next.Lines[0] {
		t.Error("all lines were copied for one more")
	}
}

// A line with the words of a problem makes a quote of its wording at once, not with the next start.
func TestALineWithTheWordsOfAProblem(t *testing.T) {
	m := start(t)
	m.do(
		interview.Introduce{Name: "Lou"}, interview.Raise{Text: "It breaks"},
		interview.Add{Kind: interview.Quote, Text: "It breaks", Speaker: "Lou"},
	)
	if !m.iv.Problems[0].Quoted {
		t.Error("it is no quote")
	}
	if diff := interview.Difference(m.iv, interview.Fold(m.iv.Document())); diff != "" {
		t.Errorf("folded as a whole it differs:\n%s", diff)
	}
}
