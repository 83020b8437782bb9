package interview_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hark/internal/document"
	"hark/internal/interchange"
	"hark/internal/interview"
)

// inDoubt returns what names the thing for which several values stand; false for a person.
func inDoubt(iv *interview.Interview) (what interview.Thing, n interview.Number, ok bool) {
	for _, p := range iv.Problems {
		if len(p.Concurrent) > 0 {
			return interview.ThingProblem, p.Number, true
		}
	}
	for _, s := range iv.Solutions {
		if len(s.Concurrent) > 0 {
			return interview.ThingSolution, s.Number, true
		}
	}
	for _, l := range iv.Lines {
		if len(l.Concurrent) > 0 {
			return interview.Numbered, l.Number, true
		}
	}
	for _, p := range iv.Promises {
		if len(p.Concurrent) > 0 {
			return interview.Numbered, p.Number, true
		}
	}
	for _, r := range iv.Routes {
		if len(r.Concurrent) > 0 {
			return interview.Numbered, r.Number, true
		}
	}
	return "", 0, len(iv.Concurrent) > 0
}

func shown(t *testing.T, iv *interview.Interview) string {
	t.Helper()
	b, err := json.Marshal(interchange.Shown(iv))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Whatever two windows set apart: one of the values can be picked, by its place or its version, and holds
// alone; undo brings both back, and what is picked that does not stand costs nothing.
func TestPick(t *testing.T) {
	for field, all := range settings() {
		for i, s := range all {
			t.Run(fmt.Sprintf("%s %d", field, i), func(t *testing.T) {
				merged := apart(t, negotiated(t).iv, s.mine, s.theirs)
				what, n, ok := inDoubt(merged)
				if !ok {
					return // of a person, whom Introduce and Rename settle
				}
				var pages []string
				for k, c := range s.of(merged) {
					pick := interview.Pick{What: what, Number: n, Field: field, Nth: k + 1}
					w := newWindow(t, merged, 4)
					step := w.step(pick)
					page := shown(t, step.After)
					if got := s.of(step.After); len(got) > 0 || !strings.Contains(page, c.Value) && c.Value != "nothing" && field != interview.FieldProblem {
						t.Errorf("%q is picked, and there stand %+v", c.Value, got)
					}
					pages = append(pages, page)
					byDot := newWindow(t, merged, 4).step(interview.Pick{What: what, Number: n, Field: field, Dot: c.Dot})
					if got := s.of(byDot.After); len(got) > 0 || step.Label != byDot.Label {
						t.Errorf("by its version: %+v, %q", got, byDot.Label)
					}
					back, err := interview.Revert(step.After, step.Change, false, step.Label, w.stamp())
					if err != nil {
						t.Fatal(err)
					}
					if got := whatStands(s.of(back.After), field); !slices.Equal(got, s.values) {
						t.Errorf("undone: %q, want %q", got, s.values)
					}
				}
				if pages[0] == pages[1] {
					t.Error("it makes no difference which is picked")
				}
				for _, wrong := range []interview.Pick{
					{What: what, Number: n, Field: field},
					{What: what, Number: n, Field: field, Nth: 3},
					{What: what, Number: n, Field: "nonsense", Nth: 1},
					{What: what, Number: n, Field: field, Dot: document.Dot{Incarnation: 9, Counter: 9}},
				} {
					var refusal *interview.Error
					if _, err := interview.Apply(merged, wrong, newWindow(t, merged, 4).stamp()); !errors.As(err, &refusal) || refusal.Next == "" {
						t.Errorf("%+v: %v", wrong, err)
					}
				}
			})
		}
	}
}

// What is answered to a pick without a value is what stands, and a line that can be typed.
func TestPickAnswersWithWhatStands(t *testing.T) {
	due := func(day int) interview.Fix {
		return interview.Fix{Number: 4, Due: &interview.Date{Year: 2026, Month: 12, Day: day}}
	}
	merged := apart(t, negotiated(t).iv, due(3), due(4))
	owned := apart(t, merged, interview.Fix{Number: 4, Owner: ptr("us")}, interview.Fix{Number: 4, Owner: ptr("Piet")})
	ended := apart(t, negotiated(t).iv, interview.SetOutcome{Outcome: interview.WorkedOut}, interview.SetOutcome{Outcome: interview.NoFit})
	for i, c := range []struct {
		iv         *interview.Interview
		pick       interview.Pick
		says, next string
	}{
		{merged, interview.Pick{Number: 4}, "For due there stand 1 “2026-12-03” (", "/pick 4 1 takes the first"},
		{merged, interview.Pick{Number: 4, Field: interview.FieldDue}, " and 2 “2026-12-04” (", "/pick 4 due 1 takes the first"},
		{owned, interview.Pick{Number: 4, Nth: 1}, "Several values stand for due, for owner", "say for which: /pick 4 due 1"},
		{ended, interview.Pick{}, "For outcome there stand 1 “worked-out” (", "/pick outcome 1 takes the first"},
		{ended, interview.Pick{Field: interview.FieldOutcome, Nth: 3}, " and 2 “no-fit” (", "/pick outcome 1 takes the first"},
		{ended, interview.Pick{Field: interview.FieldLeftOut, Nth: 1}, "There is nothing to pick", "hark show marks what has two"},
	} {
		var refusal *interview.Error
		if _, err := interview.Apply(c.iv, c.pick, newWindow(t, c.iv, 4).stamp()); !errors.As(err, &refusal) || !strings.Contains(refusal.Message, c.says) || refusal.Next != c.next {
			t.Errorf("%d: %v", i, err)
		}
	}
	both := interview.StandingToPick(owned.Promises[0].Concurrent, interview.Pick{Number: 4})
	if len(both) != 2 || !strings.HasSuffix(both[0], "; /pick 4 due 1 takes the first") || !strings.HasSuffix(both[1], "; /pick 4 owner 1 takes the first") {
		t.Errorf("what stands: %q", both)
	}
}
