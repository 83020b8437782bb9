package interview_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
)

// anyAction draws an action whose numbers are often right, and often not.
func anyAction(t *rapid.T, i int) interview.Action {
	n := func(name string) interview.Number { return interview.Number(rapid.IntRange(1, 3).Draw(t, name)) }
	text := fmt.Sprintf("text %d", i)
	names := []string{"", "Ana", "Ben", "Tom"}
	who, other := rapid.SampledFrom(names).Draw(t, "who"), rapid.SampledFrom(names).Draw(t, "other")
	answer := rapid.SampledFrom([]interview.Answer{interview.Yes, interview.Yes, interview.Nearly, interview.No}).Draw(t, "answer")
	correction := ""
	if answer == interview.Nearly {
		correction = text
	}
	quoted := rapid.Bool().Draw(t, "quoted")
	return rapid.SampledFrom([]interview.Action{
		interview.Add{Kind: interview.Quote, Text: text, Speaker: who},
		interview.Add{Kind: rapid.SampledFrom(interview.LineKinds()).Draw(t, "kind"), Text: text},
		interview.Raise{Text: text, Quoted: quoted, Speaker: who},
		interview.Raise{Line: n("line")},
		interview.Promises{Text: text, Owner: who},
		interview.Introduce{Name: "Tom", Side: rapid.SampledFrom([]interview.Side{interview.Ours, interview.Theirs}).Draw(t, "side")},
		interview.Introduce{Name: "Tom", Doubt: interview.SideDoubt{Words: "ourz", Reading: interview.Ours}},
		interview.Introduce{Name: other, Role: text},
		interview.JoinPeople{Person: who, Into: other},
		interview.Rename{Person: who, Name: other},
		interview.DropPerson{Person: who},
		interview.Promises{Text: text, Whose: interview.SideDoubt{Words: "sie"}},
		interview.Weigh{Problem: n("P"), HowBad: ptr(rapid.IntRange(0, 5).Draw(t, "bad"))},
		interview.PlayBack{Problem: n("P"), Answer: answer, By: who, Correction: correction, Quoted: quoted && correction != ""},
		interview.PlayBack{Problem: n("P"), Answer: interview.Nearly, By: who, Figures: interview.Weigh{HowBad: ptr(rapid.IntRange(0, 5).Draw(t, "corrected")), Costs: &text}},
		interview.PlayBack{Problem: n("P"), Answer: interview.Yes, By: who},
		interview.SetAside{Problem: n("P"), Reason: text},
		interview.TakeUp{Problem: n("P")},
		interview.Join{Problem: n("P"), Into: n("P2")},
		interview.AskLeftOut{Text: text, Quoted: quoted},
		interview.Solve{Problems: []interview.Number{n("P")}, Text: text},
		interview.Solve{Problems: []interview.Number{n("P"), n("P2")}, Text: text},
		interview.Advise{Problem: n("P"), Text: text},
		interview.MustRespect{Problem: n("P"), Text: text},
		interview.Share{Solution: n("S"), Ours: &text},
		interview.React{Solution: n("S"), Text: text},
		interview.Decide{Solution: n("S"), Decision: rapid.SampledFrom([]interview.Decision{interview.Agreed, interview.Declined}).Draw(t, "decision")},
		interview.Carry{Problem: n("P"), Department: "engineering"},
		interview.AnswerRoute{Number: n("N"), Text: text},
		interview.Done{Number: n("N")},
		interview.Told{Number: n("N")},
		interview.Reword{Problem: n("P"), Text: text, Quoted: quoted},
		interview.SetRaised{Problem: n("P"), Raised: rapid.SampledFrom([]interview.Raised{interview.Unprompted, interview.WhenAsked}).Draw(t, "raised")},
		interview.Tag{Problem: n("P"), Add: []string{"scrap"}},
		interview.Fix{Number: n("N"), Text: text},
		interview.Fix{What: interview.ThingSolution, Number: n("S"), Text: text},
		interview.Tie{Number: n("N"), Problem: n("P")},
		interview.Drop{Number: n("N")},
		interview.Drop{What: interview.ThingProblem, Number: n("P")},
		interview.Drop{What: interview.ThingSolution, Number: n("S")},
		interview.Next{},
		interview.SetConsent{Quotes: rapid.SampledFrom([]interview.Quoting{interview.QuoteByName, interview.QuoteByRole, interview.QuoteNone}).Draw(t, "quotes")},
		interview.SetAdviser{Name: "Ana", Joins: true},
		interview.SetOutcome{Outcome: rapid.SampledFrom([]interview.Outcome{interview.WorkedOut, interview.NoFit, interview.MoreToLearn}).Draw(t, "outcome")},
		interview.End{},
		interview.Reopen{},
	}).Draw(t, "action")
}

// anyMeeting begins at the beginning, or where the gate has just opened: random actions alone
// seldom get so far.
func anyMeeting(t *rapid.T) *meeting {
	if rapid.Bool().Draw(t, "unlocked") {
		return unlocked(t)
	}
	return start(t)
}

// confirmed reports whether problem id is confirmed and weighed in iv, worked out here from the
// playbacks and not from Status. While it has two concurrent wordings nobody said yes to what it
// says today.
func confirmed(iv *interview.Interview, id interview.ID) bool {
	p, ok := iv.ProblemByID(id)
	if !ok || p.Impact == (interview.Impact{}) || p.Status == interview.Aside || len(p.OtherWordings()) > 0 {
		return false
	}
	return slices.ContainsFunc(p.Playbacks, func(pb interview.Playback) bool {
		by, known := iv.Person(pb.By)
		return known && by.Side == interview.Theirs && !pb.NotTheirs && pb.Answer == interview.Yes && !pb.Withdrawn && pb.Said == p.Statement
	})
}

// invariants are what must hold of any interview at any moment.
func invariants(t *rapid.T, iv *interview.Interview) {
	for _, s := range iv.Solutions {
		all := !slices.ContainsFunc(s.Problems, func(id interview.ID) bool { return !confirmed(iv, id) })
		if s.Held == all {
			t.Fatalf("solution %s: held %v, though confirmed and weighed is %v", s.Number, s.Held, all)
		}
	}
	for _, a := range iv.Advice {
		if a.Held == confirmed(iv, a.Problem) {
			t.Fatalf("advice %q: held %v", a.Text, a.Held)
		}
	}
	if (len(iv.Gate.Missing) == 0) != iv.Gate.Open {
		t.Fatalf("gate open %v with missing %v", iv.Gate.Open, iv.Gate.Missing)
	}
	for _, p := range iv.Problems {
		if p.Quoted && !theirWords(iv, p) {
			t.Fatalf("problem %s is quoted, and nobody said %q: %+v", p.Number, p.Statement, p)
		}
	}
	people(t, iv)
	told := func(n interview.Number, settled, at time.Time, earlier interview.Telling) {
		if !at.IsZero() && (settled.IsZero() || !earlier.At.IsZero()) {
			t.Fatalf("%s: told at %v of what is of %v, and earlier of %+v", n, at, settled, earlier)
		}
	}
	for _, p := range iv.Promises {
		told(p.Number, p.DoneAt, p.ToldAt, p.Earlier)
	}
	for _, r := range iv.Routes {
		told(r.Number, r.AnsweredAt, r.ToldAt, r.Earlier)
	}
	seen := map[interview.Number]bool{}
	take := func(n interview.Number) {
		if seen[n] {
			t.Fatalf("number %s is there twice", n)
		}
		seen[n] = true
	}
	for _, l := range iv.Lines {
		take(l.Number)
	}
	for _, p := range iv.Promises {
		take(p.Number)
	}
	for _, r := range iv.Routes {
		take(r.Number)
	}
}

// people checks that everybody who is spoken of is there, and that nobody is there twice.
func people(t *rapid.T, iv *interview.Interview) {
	there := func(what string, id interview.ID) {
		if _, ok := iv.Person(id); !ok && !id.IsZero() {
			t.Fatalf("%s is of %s, who is not there", what, id)
		}
	}
	for _, l := range iv.Lines {
		there("a line", l.Speaker)
	}
	for _, p := range iv.Promises {
		there("a promise", p.Owner)
		there("a promise", p.Speaker)
	}
	for _, r := range iv.Routes {
		there("a route", r.Owner)
	}
	for _, p := range iv.Problems {
		for _, pb := range p.Playbacks {
			there("a playback", pb.By)
		}
	}
	type one struct {
		name string
		side interview.Side
	}
	twice := map[one]bool{}
	for _, p := range iv.People {
		who := one{strings.ToLower(p.Name), p.Side}
		if twice[who] {
			t.Fatalf("%s is there twice", p.Name)
		}
		twice[who] = true
	}
}

// theirWords reports whether the wording of today was typed as the customer's words, or they said
// yes to it, worked out here from the wordings, lines and playbacks.
func theirWords(iv *interview.Interview, p interview.Problem) bool {
	theirs := func(id interview.ID) bool {
		who, known := iv.Person(id)
		return !known || who.Side == interview.Theirs
	}
	typed := slices.ContainsFunc(p.Wordings, func(w interview.Wording) bool { return w.Text == p.Statement && w.Kind == interview.Quote })
	said := slices.ContainsFunc(iv.Lines, func(l interview.Line) bool {
		return l.Problem == p.ID && l.Kind == interview.Quote && (l.Text == p.Statement || l.First == p.Statement) && theirs(l.Speaker)
	})
	yes := slices.ContainsFunc(p.Playbacks, func(pb interview.Playback) bool {
		return pb.Answer == interview.Yes && !pb.Withdrawn && pb.Said == p.Statement && theirs(pb.By)
	})
	return typed || said || yes
}

// solved returns what only an open gate and open locks may add to.
func solved(iv *interview.Interview) map[interview.ID][]interview.ID {
	all := map[interview.ID][]interview.ID{}
	for _, s := range iv.Solutions {
		all[s.ID] = s.Problems
	}
	for _, a := range iv.Advice {
		all[a.ID] = []interview.ID{a.Problem}
	}
	return all
}

// everything is all bytes of all versions: where a kept text must be found.
func everything(iv *interview.Interview) string {
	var b strings.Builder
	for _, it := range iv.Document().Items() {
		for _, v := range it.Versions {
			b.Write(v.Body)
		}
	}
	return b.String()
}

// differs compares interviews by what people see, the gate but for its checklist left out if it
// does not matter.
func differs(a, b *interview.Interview, gate bool) string {
	x, y := interview.Bare(a), interview.Bare(b)
	if !gate {
		x.Gate, y.Gate = interview.Gate{Checks: x.Gate.Checks}, interview.Gate{Checks: y.Gate.Checks}
	}
	if reflect.DeepEqual(x, y) {
		return "" // as nearly always, and far quicker than what comes next
	}
	return cmp.Diff(x, y, cmpopts.IgnoreUnexported(interview.Interview{}), cmpopts.EquateEmpty())
}

// Whatever is done in whatever order, nothing gets past the gate, numbers stay unique, refused text
// is kept, the log folds to the document, and the document can be handed on: it is such as this
// hark takes from elsewhere.
func TestAnySequenceOfActions(t *testing.T) {
	opened, shut, wrote := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		m := anyMeeting(t)
		for i := range rapid.IntRange(5, 60).Draw(t, "steps") {
			before := m.iv
			a := anyAction(t, i)
			step, err := interview.Apply(m.iv, a, m.stamp())
			if err != nil {
				continue
			}
			m.took(step)
			invariants(t, m.iv)
			had := solved(before)
			for id, problems := range solved(m.iv) {
				if _, old := had[id]; old {
					continue
				}
				wrote++
				if !before.Gate.Open || slices.ContainsFunc(problems, func(p interview.ID) bool { return !confirmed(before, p) }) {
					t.Fatalf("%+v got past the gate", a)
				}
			}
			if step.Refused != nil && step.Refused.Line > 0 {
				l, ok := m.iv.Line(step.Refused.Line)
				kind := interview.Thought
				if _, theirs := a.(interview.React); theirs {
					kind = interview.Paraphrase
				}
				if !ok || !strings.HasPrefix(l.Text, "text ") || l.Kind != kind {
					t.Fatalf("%+v was refused and kept as %+v", a, l)
				}
			}
		}
		if m.iv.Gate.Open {
			opened++
		} else {
			shut++
		}
		folded := document.New(m.iv.ID)
		for _, e := range m.log {
			folded.Replay(e.change)
		}
		if d := differs(m.iv, interview.Fold(folded), true); d != "" {
			t.Fatalf("folding the log gives something else:\n%s", d)
		}
		if err := interview.Verify(m.iv.Document(), nil); err != nil {
			t.Fatalf("what was done here would be refused elsewhere: %v", err)
		}
	})
	if !testing.Short() && (opened == 0 || shut == 0 || wrote == 0) { // a short run is too short to say
		t.Fatalf("the gate was open %d times and shut %d times, and %d solutions were written: this proves nothing", opened, shut, wrote)
	}
}

// Undoing everything leaves the bare interview; redoing everything brings all of it back; and no
// text is gone from the document at any moment.
func TestUndoThenRedoLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMeeting(t)
		var done []entry
		states := []*interview.Interview{m.iv}
		for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
			step, err := interview.Apply(m.iv, anyAction(t, i), m.stamp())
			if err != nil || len(step.Change) == 0 || step.Move {
				continue
			}
			m.took(step)
			done = append(done, entry{step.Change, step.Label})
			states = append(states, m.iv)
		}
		full := m.iv
		for i := len(done) - 1; i >= 0; i-- {
			step, err := interview.Revert(m.iv, done[i].change, false, done[i].label, m.stamp())
			if err != nil {
				t.Fatalf("undoing %q: %v", done[i].label, err)
			}
			m.took(step)
			invariants(t, m.iv)
			if d := differs(states[i], m.iv, false); d != "" {
				t.Fatalf("undoing %q gave something else than before it:\n%s", done[i].label, d)
			}
		}
		for i, e := range done {
			step, err := interview.Revert(m.iv, e.change, true, e.label, m.stamp())
			if err != nil {
				t.Fatalf("redoing %q: %v", e.label, err)
			}
			m.took(step)
			invariants(t, m.iv)
			if d := differs(states[i+1], m.iv, false); d != "" {
				t.Fatalf("redoing %q gave something else:\n%s", e.label, d)
			}
		}
		if a, b := everything(full), everything(m.iv); len(b) < len(a) {
			t.Fatalf("%d bytes of text before, %d after", len(a), len(b))
		}
	})
}

// Two windows that work at the same time and merge keep the gate's promise and every word of both.
func TestMergedWindowsKeepTheGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMeeting(t)
		sides := []*interview.Interview{m.iv, m.iv}
		var stands [2]int // where each went last, 0 before
		counts := map[interview.ID]int{}
		for i := range rapid.IntRange(5, 50).Draw(t, "steps") {
			w := rapid.IntRange(0, 1).Draw(t, "window")
			st := m.stamp()
			st.Writer.Incarnation = document.Incarnation(w + 10)
			st.Writer.Author, st.Device = fmt.Sprintf("seller %d", w), document.Incarnation(w+20)
			step, err := interview.Apply(sides[w], anyAction(t, i), st)
			if err == nil {
				sides[w] = step.After
				if step.Move {
					stands[w] = step.After.Position
				}
			}
			if rapid.IntRange(0, 9).Draw(t, "merge") == 0 {
				sides[w] = interview.Fold(document.Merge(sides[w].Document(), sides[1-w].Document()))
				invariants(t, sides[w])
			}
			keepsNumbers(t, sides[w], counts)
			if at := sides[w].For(st.Writer.Author, st.Device).Position; stands[w] != 0 && at != stands[w] {
				t.Fatalf("seller %d went to %d and was moved to %d", w, stands[w], at)
			}
		}
		ab := interview.Fold(document.Merge(sides[0].Document(), sides[1].Document()))
		ba := interview.Fold(document.Merge(sides[1].Document(), sides[0].Document()))
		invariants(t, ab)
		keepsNumbers(t, ab, counts)
		if d := differs(ab, ba, true); d != "" {
			t.Fatalf("the two windows see different interviews:\n%s", d)
		}
	})
}
