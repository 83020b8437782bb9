package interview_test

import (
	"strings"
	"testing"

	"hark/internal/interview"
)

// What is typed into a live box is added whatever it is: done, or as an unsettled line.
func TestTyped(t *testing.T) {
	rating := 9
	for _, c := range []struct {
		name   string
		typed  interview.Typed
		kind   interview.LineKind // of the line that is added
		why    string             // in the refusal; "" for done
		before []interview.Action
	}{
		{"done", interview.Typed{Text: "x", Action: interview.Add{Kind: interview.Paraphrase, Text: "x"}}, interview.Paraphrase, "", nil},
		{"not understood", interview.Typed{Text: "/wiegh 2", Why: "“/wiegh” is no command"}, interview.Unsettled, "no command", nil},
		{"no such number", interview.Typed{Text: "/fix 40 y", Action: interview.Fix{Number: 40, Text: "y"}}, interview.Unsettled, "no number 40", nil},
		{"off the scale", interview.Typed{Text: "/weigh 1 9", Action: interview.Weigh{Problem: 1, HowBad: &rating}}, interview.Unsettled, "not on the scale",
			[]interview.Action{interview.Raise{Text: "the skip is full"}}},
		{"a route too early", interview.Typed{Text: "/route 1 it", Action: interview.Carry{Problem: 1, Department: "it"}}, interview.Unsettled, "not confirmed",
			[]interview.Action{interview.Raise{Text: "the skip is full"}}},
		{"a solution too early", interview.Typed{Text: "/solve 1 a crane", Action: interview.Solve{Problems: []interview.Number{1}, Text: "a crane"}}, interview.Thought, "Too early",
			[]interview.Action{interview.Raise{Text: "the skip is full"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := start(t)
			m.do(c.before...)
			step, err := interview.Apply(m.iv, c.typed, m.stamp())
			if err != nil {
				t.Fatal(err)
			}
			if (step.Refused == nil) != (c.why == "") || step.Refused != nil && !strings.Contains(step.Refused.Message, c.why) {
				t.Errorf("refused with %v, want %q", step.Refused, c.why)
			}
			lines := step.After.Lines
			l := lines[len(lines)-1]
			if l.Kind != c.kind {
				t.Errorf("the line is a %s, want a %s", l.Kind, c.kind)
			}
			if step.Refused != nil && step.Refused.Line != l.Number {
				t.Errorf("it says line %s, the line is %s", step.Refused.Line, l.Number)
			}
			if l.Kind == interview.Unsettled && (l.Text != c.typed.Text || l.Why == "") {
				t.Errorf("the unsettled line is %+v, want what was typed and why", l)
			}
		})
	}
}

// An unsettled line that was put back into the box goes once it is understood, and one undo brings
// it back; until then the next attempt replaces it, so that no attempt stands twice.
func TestSettling(t *testing.T) {
	m := start(t)
	m.refused(interview.Typed{Text: "/fxi 1 y", Why: "“/fxi” is no command"})
	m.refused(interview.Typed{Text: "/fixx 1 y", Why: "“/fixx” is no command", Settles: 1})
	if len(m.iv.Lines) != 1 || m.iv.Lines[0].Text != "/fixx 1 y" || m.iv.Lines[0].First != "/fxi 1 y" {
		t.Fatalf("the lines are %+v", m.iv.Lines)
	}
	if got := m.iv.ToSettle(); len(got) != 1 || got[0].Number != 1 {
		t.Fatalf("to settle: %+v", got)
	}
	step := m.do(interview.Typed{Text: "fix it", Action: interview.Add{Kind: interview.Paraphrase, Text: "fix it"}, Settles: 1})
	if len(m.iv.ToSettle()) != 0 || len(m.iv.Lines) != 1 || m.iv.Lines[0].Number != 2 {
		t.Fatalf("after settling: %+v", m.iv.Lines)
	}
	back, err := interview.Revert(m.iv, step.Change, false, step.Label, m.stamp())
	if err != nil || len(back.After.ToSettle()) != 1 || len(back.After.Lines) != 1 {
		t.Fatalf("undone: %+v, %v", back.After.Lines, err)
	}
}

// Refused notes stop the box: neither what is understood nor what is not is added.
func TestTypedWithoutConsent(t *testing.T) {
	m := start(t)
	m.do(interview.SetConsent{Notes: interview.NotesRefused})
	m.fails(interview.Typed{Text: "/wiegh 2", Why: "no command"}, interview.Refused)
	m.fails(interview.Typed{Text: "x", Action: interview.Add{Kind: interview.Quote, Text: "x"}}, interview.Refused)
	m.do(interview.Typed{Text: "/consent yes", Action: interview.SetConsent{Notes: interview.NotesAllowed}})
}

// Of a doubtful answer about consent the least is noted, and the words are to settle. No word of
// theirs is kept once notes are refused.
func TestConsentInDoubt(t *testing.T) {
	m := start(t)
	m.do(interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByName})
	m.do(interview.SetConsent{Quotes: interview.QuoteNone, Doubt: "but don't name us"})
	if got := m.iv.Consent; got.Notes != interview.NotesAllowed || got.Quotes != interview.QuoteNone {
		t.Errorf("the consent is %+v", got)
	}
	open := m.iv.ToSettle()
	if len(open) != 1 || open[0].Text != "/consent but don't name us" || open[0].Why == "" {
		t.Fatalf("to settle: %+v", open)
	}
	m.do(interview.Typed{Text: "/consent role", Action: interview.SetConsent{Quotes: interview.QuoteByRole}, Settles: open[0].Number})
	if len(m.iv.ToSettle()) != 0 || m.iv.Consent.Quotes != interview.QuoteByRole {
		t.Errorf("settled: %+v, %+v", m.iv.ToSettle(), m.iv.Consent)
	}
	m.do(interview.SetConsent{Quotes: interview.QuoteNone, Doubt: "rather not"})
	if !m.iv.ConsentOpen() {
		t.Error("the consent is not open")
	}
	m.do(interview.SetConsent{Quotes: interview.QuoteByRole}) // a plain answer settles it, however it is given
	if len(m.iv.ToSettle()) != 0 || m.iv.ConsentOpen() {
		t.Errorf("to settle: %+v", m.iv.ToSettle())
	}
	m.do(interview.SetConsent{Notes: interview.NotesRefused, Doubt: "no notes, they said"})
	if len(m.iv.Lines) != 0 {
		t.Errorf("kept after a refusal: %+v", m.iv.Lines)
	}
}

// What is corrected is corrected in its own field.
func TestFixFields(t *testing.T) {
	m := start(t)
	m.do(interview.Introduce{Name: "Ana"}, interview.Introduce{Name: "Piet"},
		interview.Add{Kind: interview.Paraphrase, Text: "late again", Speaker: "Ana"},
		interview.Promises{Text: "send the list", Owner: "Piet"})
	quote, piet, us, due := interview.Quote, "Piet", "us", interview.Date{Year: 2026, Month: 12, Day: 4}
	m.do(interview.Fix{Number: 1, Kind: &quote, Speaker: &piet})
	if l := m.iv.Lines[0]; l.Kind != quote || m.iv.Name(l.Speaker) != "Piet" || l.Text != "late again" || l.First != "" {
		t.Errorf("the line is %+v", l)
	}
	m.do(interview.Fix{Number: 2, Owner: &us, Due: &due})
	if p := m.iv.Promises[0]; p.Side != interview.Ours || !p.Owner.IsZero() || p.Due != due || p.Text != "send the list" {
		t.Errorf("the promise is %+v", p)
	}
	m.fails(interview.Fix{Number: 1, Due: &due}, interview.Invalid)
	ana := "Ana"
	m.do(interview.Fix{Number: 2, Speaker: &ana, Text: "send both lists due friday", Owed: &interview.Owed{Text: "send both lists", Due: interview.Date{Year: 2026, Month: 12, Day: 11}}})
	if p := m.iv.Promises[0]; m.iv.Name(p.Owner) != "Ana" || p.Side != interview.Theirs || p.Text != "send both lists" || p.Due.Day != 11 {
		t.Errorf("the promise is %+v", p)
	}
}

// People are renamed, joined and dropped, and no word loses who said it.
func TestPeopleAreCorrected(t *testing.T) {
	m := start(t)
	m.do(interview.Introduce{Name: "Ana", Role: "foreman"},
		interview.Add{Kind: interview.Quote, Text: "late again", Speaker: "Anna"},
		interview.Raise{Text: "the skip is full", Speaker: "Anna"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Anna"},
		interview.Introduce{Name: "Hy", Side: interview.Ours})
	m.fails(interview.DropPerson{Person: "Anna"}, interview.Invalid)
	m.fails(interview.Rename{Person: "Anna", Name: "ana"}, interview.Invalid)
	m.fails(interview.JoinPeople{Person: "Anna", Into: "Hy"}, interview.Invalid)
	m.do(interview.JoinPeople{Person: "Anna", Into: "Ana"})
	if m.iv.Name(m.iv.Lines[0].Speaker) != "Ana" || m.problem(1).Status != interview.Confirmed || len(m.iv.People) != 2 {
		t.Errorf("joined: %+v, problem %s", m.iv.People, m.problem(1).Status)
	}
	m.do(interview.Rename{Person: "Ana", Name: "Ana Ruiz"}, interview.DropPerson{Person: "Hy"})
	if len(m.iv.People) != 1 || m.iv.People[0].Name != "Ana Ruiz" || m.iv.People[0].Role != "foreman" {
		t.Errorf("the people are %+v", m.iv.People)
	}
}
