package interview_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
)

// window is another window on an interview: what it writes has dots of its own.
type window struct {
	*meeting
	incarnation document.Incarnation
}

func newWindow(t rapid.TB, iv *interview.Interview, incarnation document.Incarnation) *window {
	m := start(t)
	m.iv, m.ids = iv, uint64(incarnation)*1000
	return &window{m, incarnation}
}

func (w *window) stamp() interview.Stamp {
	st := w.meeting.stamp()
	st.Writer.Incarnation = w.incarnation
	return st
}

func (w *window) step(a interview.Action) *interview.Step {
	w.t.Helper()
	step, err := interview.Apply(w.iv, a, w.stamp())
	if err != nil || step.Refused != nil {
		w.t.Fatalf("%T%+v: %v, %v", a, a, err, step)
	}
	return step
}

// apart lets two windows do something to the same interview without seeing each other, and merges
// the results.
func apart(t *testing.T, iv *interview.Interview, mine, theirs interview.Action) *interview.Interview {
	t.Helper()
	one, other := newWindow(t, iv, 2).step(mine), newWindow(t, iv, 3).step(theirs)
	return interview.Fold(document.Merge(one.After.Document(), other.After.Document()))
}

// Any action on an item that has two wordings, other than rewording it, leaves both there, and undo
// brings back what was.
func TestBothWordingsStayThroughOtherEdits(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "P"})
	base.do(interview.Add{Kind: interview.Quote, Text: "L"})
	for name, tc := range map[string]struct {
		mine, theirs, then interview.Action
		both               func(*interview.Interview) []string
	}{
		"a problem and its themes": {
			interview.Reword{Problem: 1, Text: "mine"}, interview.Reword{Problem: 1, Text: "theirs"},
			interview.Tag{Problem: 1, Add: []string{"rework"}},
			problemTexts,
		},
		"a problem and how it came up": {
			interview.Reword{Problem: 1, Text: "mine"}, interview.Reword{Problem: 1, Text: "theirs"},
			interview.SetRaised{Problem: 1, Raised: interview.WhenAsked},
			problemTexts,
		},
		"a line and its problem": {
			interview.Fix{Number: 2, Text: "mine"}, interview.Fix{Number: 2, Text: "theirs"},
			interview.Tie{Number: 2, Problem: 1},
			lineTexts,
		},
		"a line and a problem of its own": {
			interview.Fix{Number: 2, Text: "mine"}, interview.Fix{Number: 2, Text: "theirs"},
			interview.Raise{Line: 2, Text: "Q"},
			lineTexts,
		},
	} {
		t.Run(name, func(t *testing.T) {
			merged := apart(t, base.iv, tc.mine, tc.theirs)
			want := []string{"mine", "theirs"}
			if got := tc.both(merged); !slices.Equal(got, want) {
				t.Fatalf("merged: %q", got)
			}
			w := newWindow(t, merged, 4)
			step := w.step(tc.then)
			if got := tc.both(step.After); !slices.Equal(got, want) {
				t.Errorf("after %T: %q", tc.then, got)
			}
			back, err := interview.Revert(step.After, step.Change, false, step.Label, w.stamp())
			if err != nil {
				t.Fatal(err)
			}
			if got := tc.both(back.After); !slices.Equal(got, want) {
				t.Errorf("undone: %q", got)
			}
			again, err := interview.Revert(back.After, step.Change, true, step.Label, w.stamp())
			if err != nil {
				t.Fatal(err)
			}
			if got := tc.both(again.After); !slices.Equal(got, want) {
				t.Errorf("brought back: %q", got)
			}
		})
	}
}

func problemTexts(iv *interview.Interview) []string {
	all := append([]string{iv.Problems[0].Statement}, iv.Problems[0].OtherWordings()...)
	slices.Sort(all)
	return all
}

func lineTexts(iv *interview.Interview) []string {
	l, _ := iv.Line(2)
	all := append([]string{l.Text}, l.OtherWordings()...)
	slices.Sort(all)
	return all
}

// Of what an interview has once, both answers show.
func TestBothAnswersShow(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "P"})
	often := func(text string) interview.Weigh { return interview.Weigh{Problem: 1, HowOften: &text} }
	for name, tc := range map[string]struct {
		mine, theirs interview.Action
		shown        func(*interview.Interview) string
	}{
		"left out": {interview.AskLeftOut{Text: "mine"}, interview.AskLeftOut{Text: "theirs"}, func(iv *interview.Interview) string { return iv.LeftOut.Text }},
		"impact":   {often("mine"), often("theirs"), func(iv *interview.Interview) string { return iv.Problems[0].Impact.HowOften }},
		"aside": {
			interview.SetAside{Problem: 1, Reason: "mine"}, interview.SetAside{Problem: 1, Reason: "theirs"},
			func(iv *interview.Interview) string { return iv.Problems[0].Reason },
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := tc.shown(apart(t, base.iv, tc.mine, tc.theirs))
			if !strings.Contains(got, "mine") || !strings.Contains(got, "theirs") {
				t.Errorf("shown: %q", got)
			}
		})
	}
}

// A yes on one laptop and a no on another, to the same words, confirm nothing, whichever clock is ahead;
// what is answered by somebody who sees both holds. A yes that came after a no confirms, as ever.
func TestAYesAndANoApart(t *testing.T) {
	base := start(t)
	base.do(
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana"}, interview.Weigh{Problem: 1, HowBad: ptr(4)},
		interview.Introduce{Name: "Piet"}, interview.AskLeftOut{},
	)
	yes := interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"}
	status := func(iv *interview.Interview) interview.Status { return iv.Problems[0].Status }
	for _, other := range []interview.PlayBack{
		{Problem: 1, Answer: interview.No, By: "Ana"}, {Problem: 1, Answer: interview.No, By: "Piet"}, {Problem: 1, Answer: interview.Nearly, By: "Piet"},
	} {
		for _, merged := range []*interview.Interview{apart(t, base.iv, yes, other), apart(t, base.iv, other, yes)} {
			p := merged.Problems[0]
			if p.Status == interview.Confirmed {
				t.Errorf("%+v next to a yes: %s", other, p.Status)
			}
			if no := merged.No(p); other.Answer == interview.No && no != "no, said "+other.By {
				t.Errorf("the card says %q", no)
			}
			said := 0
			for _, pb := range p.Playbacks {
				if p.Against(pb) != "" {
					said++
				}
			}
			if said != 1 {
				t.Errorf("it does not say that the yes does not count: %+v", p.Playbacks)
			}
			if again := newWindow(t, merged, 4).step(yes).After; status(again) != interview.Confirmed {
				t.Errorf("a yes in sight of both: %s", status(again))
			}
		}
		after := newWindow(t, newWindow(t, base.iv, 2).step(other).After, 3).step(yes).After
		if status(after) != interview.Confirmed {
			t.Errorf("a yes after %+v: %s", other, status(after))
		}
	}
}

// Undo takes back what one wrote oneself, and leaves what others wrote without seeing it, with who and when.
func TestUndoLeavesWhatOthersWrote(t *testing.T) {
	weigh := func(n int) interview.Action { return interview.Weigh{Problem: 1, HowBad: &n} }
	line := func(text string) interview.Action { return interview.Fix{Number: 2, Text: text} }
	ratings := func(iv *interview.Interview) []string {
		return whatStands(iv.Problems[0].Concurrent, interview.FieldHowBad)
	}
	texts := func(iv *interview.Interview) []string {
		l, _ := iv.Line(2)
		return append(l.OtherWordings(), l.Text)
	}
	for name, tc := range map[string]struct {
		first, mine, theirs interview.Action
		of                  func(*interview.Interview) []string
		undone              []string
		back                bool // first is undone
	}{
		"a rating, the first undone": {first: weigh(1), back: true, mine: weigh(5), theirs: weigh(3), of: ratings},
		"the same text as before":    {first: line("theirs"), mine: line("mine"), theirs: line("theirs again"), of: texts, undone: []string{"theirs", "theirs again"}},
		"a rating, the first":        {mine: weigh(5), theirs: weigh(3), of: func(iv *interview.Interview) []string { return []string{strconv.Itoa(iv.Problems[0].Impact.HowBad)} }, undone: []string{"3"}},
		"a rating, the second":       {first: weigh(1), mine: weigh(5), theirs: weigh(3), of: ratings, undone: []string{"1", "3"}},
		"a text":                     {mine: line("mine"), theirs: line("theirs"), of: texts, undone: []string{"L", "theirs"}},
		"a drop of what is changed":  {mine: interview.Drop{Number: 2}, theirs: line("theirs"), of: texts, undone: []string{"theirs"}},
	} {
		t.Run(name, func(t *testing.T) {
			base := start(t)
			base.do(interview.Raise{Text: "P"}, interview.Add{Kind: interview.Quote, Text: "L"})
			if tc.first != nil {
				first, err := interview.Apply(base.iv, tc.first, base.stamp())
				if err != nil {
					t.Fatal(err)
				}
				base.iv = first.After
				if tc.back {
					base.iv = revert(t, base.iv, first, false, base.stamp())
				}
			}
			me, other := newWindow(t, base.iv, 2), newWindow(t, base.iv, 3)
			step := me.step(tc.mine)
			me.iv = interview.Fold(document.Merge(step.After.Document(), other.step(tc.theirs).After.Document()))
			both := tc.of(me.iv)
			undone := revert(t, me.iv, step, false, me.stamp())
			if got := tc.of(undone); !slices.Equal(slices.Sorted(slices.Values(got)), tc.undone) {
				t.Errorf("undone: %q, want %q", got, tc.undone)
			}
			if strings.HasPrefix(name, "a drop") {
				return
			}
			redone := revert(t, undone, step, true, me.stamp())
			if got := tc.of(redone); !slices.Equal(got, both) {
				t.Errorf("redone: %q, want %q", got, both)
			}
			if got := tc.of(revert(t, redone, step, false, me.stamp())); !slices.Equal(slices.Sorted(slices.Values(got)), tc.undone) {
				t.Errorf("undone again: %q, want %q", got, tc.undone)
			}
		})
	}
}

// revert undoes what a step did, or brings it back.
func revert(t *testing.T, iv *interview.Interview, step *interview.Step, again bool, st interview.Stamp) *interview.Interview {
	t.Helper()
	reverted, err := interview.Revert(iv, step.Change, again, step.Label, st)
	if err != nil {
		t.Fatal(err)
	}
	return reverted.After
}

// A pick that is undone brings both values back as their writers wrote them.
func TestUndoOfAPickKeepsWhoAndWhen(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "P"})
	rate := func(author string, n int, at time.Duration, incarnation document.Incarnation) *document.Document {
		w := newWindow(t, base.iv, incarnation)
		w.now = w.now.Add(at)
		st := w.stamp()
		st.Writer.Author = author
		step, err := interview.Apply(w.iv, interview.Weigh{Problem: 1, HowBad: &n}, st)
		if err != nil {
			t.Fatal(err)
		}
		return step.After.Document()
	}
	merged := interview.Fold(document.Merge(rate("Mia", 5, time.Minute, 2), rate("Jo", 3, 2*time.Minute, 3)))
	before := interview.Standing(merged.Problems[0].Concurrent)
	w := newWindow(t, merged, 4)
	w.now = w.now.Add(time.Hour)
	picked := w.step(interview.Pick{What: interview.ThingProblem, Number: 1, Nth: 1})
	if len(picked.After.Problems[0].Concurrent) != 0 {
		t.Fatalf("picked: %+v", picked.After.Problems[0].Concurrent)
	}
	undone, err := interview.Revert(picked.After, picked.Change, false, picked.Label, w.stamp())
	if err != nil {
		t.Fatal(err)
	}
	if got := interview.Standing(undone.After.Problems[0].Concurrent); !slices.Equal(got, before) {
		t.Errorf("%q, want %q", got, before)
	}
	if err := interview.Verify(undone.After.Document(), nil); err != nil {
		t.Error(err)
	}
}
