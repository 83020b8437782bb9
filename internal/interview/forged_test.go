package interview_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// body is the stored body of an item, as a forger changes it.
type body = map[string]any

// forged returns a document of which each version was changed.
func forged(t *testing.T, doc *document.Document, change func(v *document.Version, b body)) *document.Document {
	t.Helper()
	items := doc.Items()
	for i := range items {
		items[i].Versions = slices.Clone(items[i].Versions)
		for n := range items[i].Versions {
			v := &items[i].Versions[n]
			var b body
			err := json.Unmarshal(v.Body, &b)
			if err == nil {
				change(v, b)
				v.Body, err = json.Marshal(b)
			}
			if err == nil {
				v.Body, err = interview.CanonicalBody(v.Kind, v.Body)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return document.Restore(doc.ID(), items, doc.Seen(), doc.Lacking(), doc.Erased())
}

// without returns a document without the items of a kind.
func without(doc *document.Document, kind string) *document.Document {
	items := slices.DeleteFunc(doc.Items(), func(it document.Item) bool { return it.Latest().Kind == kind })
	return document.Restore(doc.ID(), items, doc.Seen(), doc.Lacking(), doc.Erased())
}

// agreed is a meeting with an agreed solution, advice and an answered route.
func agreed(t *testing.T) *meeting {
	t.Helper()
	m := unlocked(t)
	m.do(
		interview.Introduce{Name: "Ben", Side: interview.Ours}, interview.SetAdviser{Name: "Ana", Joins: true},
		interview.Solve{Problems: []interview.Number{1}, Text: "a jig"}, interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Advise{Problem: 1, Text: "measure first"}, interview.Carry{Problem: 1, Department: "engineering"},
	)
	m.do(interview.AnswerRoute{Number: m.iv.Routes[0].Number, Text: "in March"}, interview.Told{Number: m.iv.Routes[0].Number})
	return m
}

// Without a yes by somebody of theirs that counts nothing is agreed, whatever a document says.
func TestNothingIsAgreedWithoutAYes(t *testing.T) {
	m := agreed(t)
	whole := m.iv.Document()
	if s := m.solution(1); s.Decided() != interview.Agreed || m.iv.Advice[0].Held || m.iv.Routes[0].Held {
		t.Fatalf("the meeting agreed to nothing: %+v, %+v, %+v", s, m.iv.Advice, m.iv.Routes)
	}
	person := func(name string) string {
		who := m.iv.Named(name, interview.Stamp{}.Fold)
		if len(who) != 1 {
			t.Fatalf("there are %d people called %s", len(who), name)
		}
		return who[0].ID.String()
	}
	ana, ben := person("Ana"), person("Ben")
	yes := func(change func(v *document.Version, b body)) *document.Document {
		return forged(t, whole, func(v *document.Version, b body) {
			if v.Kind == "playback" {
				change(v, b)
			}
		})
	}
	set := func(field string, to any) *document.Document {
		return yes(func(_ *document.Version, b body) { b[field] = to })
	}
	early := m.iv.Problems[0].At.Add(-time.Minute)
	for name, doc := range map[string]*document.Document{
		"no playback":                        without(whole, "playback"),
		"a deleted playback":                 yes(func(v *document.Version, _ body) { v.Deleted = true }),
		"a no":                               set("answer", "no"),
		"a yes by our side":                  set("by", ben),
		"a yes by nobody":                    set("by", document.ID{}.String()),
		"a yes by somebody who is not there": set("by", document.DerivedID("nobody").String()),
		"a yes to words it never had":        set("said", "It rains in"),
		"a yes that was taken back":          set("withdrawn", true),
		"a yes to another problem":           set("problem", document.DerivedID("another").String()),
		"a yes from before the problem":      set("at", early),
		"a yes from long before, by the clock of its version": yes(func(v *document.Version, b body) {
			b["at"], v.Clock = early, document.Clock{Wall: early.UnixMilli(), Tick: 7}
		}),
		"a yes by one of theirs who is ours": forged(t, whole, func(v *document.Version, b body) {
			if v.Kind == "person" {
				b["side"] = "ours"
			}
		}),
		"one of ours joined with one of theirs": forged(t, whole, func(v *document.Version, b body) {
			switch v.Kind {
			case "playback":
				b["by"] = ben
			case "adviser":
				*v = document.Version{Dot: v.Dot, Clock: v.Clock, Kind: "same-person", Body: v.Body}
				b["person"], b["into"] = ben, ana
				delete(b, "joins")
			}
		}),
		"a problem that was not weighed": without(whole, "impact"),
		"nobody asked what was left out": without(whole, "left-out"),
		"a confirmed wording that was rewritten": forged(t, whole, func(v *document.Version, b body) {
			if v.Kind == "problem" {
				wordings, _ := b["wordings"].([]any)
				b["wordings"] = append(wordings, body{"text": "They want our jig", "at": m.now, "kind": "quote"})
			}
		}),
	} {
		iv := interview.Fold(doc)
		for _, s := range iv.Solutions {
			if !s.Held || s.Decided() != interview.Undecided {
				t.Errorf("%s: solution %s is %q, held %t", name, s.Number, s.Decided(), s.Held)
			}
		}
		for _, s := range iv.Summarise().Solutions {
			if s.Decided() != interview.Undecided {
				t.Errorf("%s: in a list solution %s is %q", name, s.Number, s.Decided())
			}
		}
		for _, a := range iv.Advice {
			if !a.Held {
				t.Errorf("%s: %q was advised", name, a.Text)
			}
		}
		confirmed := iv.Problems[0].Status == interview.Confirmed
		for _, r := range iv.Routes {
			if r.Held == confirmed || (iv.Summarise().Hold(iv.Summarise().Routes[0]) != "") != r.Held {
				t.Errorf("%s: the problem is %s, and the route held: %t", name, iv.Problems[0].Status, r.Held)
			}
		}
		if len(iv.Solutions)+len(iv.Advice)+len(iv.Routes) != 3 {
			t.Errorf("%s: something is gone", name)
		}
	}
}

// An opening on record opens nothing where the gate cannot have opened.
func TestAnOpeningThatCannotHaveBeen(t *testing.T) {
	m := unlocked(t)
	whole := m.iv.Document()
	m.do(interview.Raise{Text: "The drawings are old"}) // so that the gate is open because it was
	for name, doc := range map[string]*document.Document{
		"no yes":           without(m.iv.Document(), "playback"),
		"no impact":        without(m.iv.Document(), "impact"),
		"no word left out": without(m.iv.Document(), "left-out"),
		"a yes by our side": forged(t, m.iv.Document(), func(v *document.Version, b body) {
			if v.Kind == "person" {
				b["side"] = "ours"
			}
		}),
	} {
		if iv := interview.Fold(doc); iv.Gate.Open || !iv.Gate.OpenedAt.IsZero() {
			t.Errorf("%s: the gate opened at %v", name, iv.Gate.OpenedAt)
		}
	}
	if !m.iv.Gate.Open || !interview.Fold(whole).Gate.Open {
		t.Error("the gate of the honest meeting is shut")
	}
}

// A yes that came after an answer from a laptop whose clock is ahead counts, although its own time is
// before that.
func TestAYesUnderAClockThatWasSetBack(t *testing.T) {
	m := start(t)
	m.now = m.now.Add(24 * time.Hour)
	m.do(interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana"})
	m.now = m.now.Add(-48 * time.Hour)
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	if p := m.problem(1); p.Status != interview.Confirmed {
		t.Errorf("it is %s: %+v", p.Status, p.Playbacks)
	}
}

// The highest number that hark gives leaves numbers for what comes next.
func TestNumbersDoNotRunOut(t *testing.T) {
	m := start(t)
	m.do(interview.Add{Kind: interview.Quote, Text: "one"}, interview.Raise{Text: "P"})
	m.iv = interview.Fold(forged(t, m.iv.Document(), func(v *document.Version, b body) {
		if v.Kind == "line" && b["text"] == "one" || v.Kind == "problem" {
			b["number"] = 1_000_000
		}
	}))
	m.do(interview.Add{Kind: interview.Quote, Text: "two"}, interview.Add{Kind: interview.Quote, Text: "three"}, interview.Raise{Text: "Q"})
	numbers := map[interview.Number]string{}
	for _, l := range m.iv.Lines {
		if other, twice := numbers[l.Number]; twice {
			t.Errorf("%q and %q have the number %s", other, l.Text, l.Number)
		}
		numbers[l.Number] = l.Text
	}
	if numbers[1] != "two" || m.problem(1).Statement != "Q" {
		t.Errorf("the lines are %v", numbers)
	}
}
