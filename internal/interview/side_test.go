package interview_test

import (
	"slices"
	"strings"
	"testing"

	"hark/internal/interview"
)

func ourz() interview.Introduce {
	return interview.Introduce{Name: "Hy", Role: "seller", Doubt: interview.SideDoubt{Words: "ourz", Reading: interview.Ours}}
}

// A person whose side is in doubt is there, confirms nothing, and is listed until somebody says the
// side.
func TestSideInDoubt(t *testing.T) {
	m := start(t)
	m.do(ourz(), interview.Raise{Text: "the skip is full", Speaker: "Hy"}, interview.Weigh{Problem: 1, HowOften: ptr("daily")}, interview.AskLeftOut{})
	if p := m.iv.People[0]; p.Side != "" || p.Doubt.Words != "ourz" || p.Role != "seller" {
		t.Fatalf("the person is %+v", p)
	}
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Hy"}, interview.Refused)
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.Refused)
	m.fails(interview.SetAdviser{Name: "Hy", Joins: true}, interview.Refused)
	m.do(interview.Introduce{Name: "Hy", Role: "head of sales"}) // says nothing about the side
	if open := m.iv.ToSettle(); len(open) != 1 || open[0].Person != m.iv.People[0].ID || !strings.Contains(open[0].Why, "ourz") {
		t.Errorf("to settle: %+v", open)
	}
	if s := m.iv.Summarise(); s.People[0].Side != "" || s.Problems[0].By != nil || s.Problems[0].Quote.Text != "" {
		t.Errorf("the summary has them as the customer's: %+v, %+v", s.People, s.Problems)
	}
	m.do(interview.Introduce{Name: "Hy", Side: interview.Theirs}, interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Hy"})
	if !m.iv.Gate.Open || len(m.iv.ToSettle()) != 0 {
		t.Errorf("settled, the gate waits for %v, to settle is %v", m.iv.Gate.Missing, m.iv.ToSettle())
	}
	m.do(ourz())
	if m.problem(1).Status == interview.Confirmed {
		t.Error("a yes counts although nobody knows whose it is")
	}
}

// A yes is nobody's in particular while one of two people may be on either side.
func TestWhoConfirmsWithSomebodyInDoubt(t *testing.T) {
	m := start(t)
	m.do(ourz(), interview.Introduce{Name: "Ana"}, interview.Raise{Text: "the skip is full"})
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.Refused)
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"})
	m.fails(interview.JoinPeople{Person: "Ana", Into: "Hy"}, interview.Invalid)
}

// "Them" is nobody's name: no yes is theirs alone, and what they said or promised is nobody's in
// particular.
func TestThemIsNobody(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "the skip is full", Speaker: "them"}, interview.Promises{Text: "send the logs", Speaker: "them"})
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "them"}, interview.Refused)
	m.fails(interview.Introduce{Name: "them"}, interview.Invalid)
	if len(m.iv.People) != 0 || m.iv.Promises[0].Side != interview.Theirs {
		t.Errorf("the people are %+v, the promise is %s", m.iv.People, m.iv.Promises[0].Side)
	}
}

// What an earlier meeting left open is open in the next one.
func TestSideInDoubtSinceAnEarlierMeeting(t *testing.T) {
	for _, a := range []interview.Action{interview.Introduce{Name: "Hy"}, interview.Add{Kind: interview.Quote, Text: "late again", Speaker: "Hy"}} {
		m := start(t)
		st := m.stamp()
		st.Earlier = func(string) (interview.PersonSummary, bool) {
			return interview.PersonSummary{Name: "Hy", Role: "seller"}, true
		}
		step, err := interview.Apply(m.iv, a, st)
		if err != nil {
			t.Fatal(err)
		}
		if p := step.After.People[0]; p.Side != "" || p.Doubt.IsZero() || p.Role != "seller" {
			t.Errorf("%T: the person is %+v", a, p)
		}
	}
}

// A promise is on the side of its owner, whatever that turns out to be; while it is nobody's it is
// on neither side.
func TestSideOfPromise(t *testing.T) {
	m := start(t)
	m.do(ourz(), interview.Promises{Text: "send the list", Owner: "Hy"},
		interview.Promises{Text: "sie schicken die Liste", Whose: interview.SideDoubt{Words: "sie", Reading: interview.Theirs}})
	for _, p := range m.iv.Promises {
		if p.Side != "" {
			t.Errorf("%q is %s", p.Text, p.Side)
		}
	}
	if open := m.iv.ToSettle(); len(open) != 2 || open[1].Number != 2 || !strings.Contains(open[1].Why, "sie") {
		t.Errorf("to settle: %+v", open)
	}
	them := "them"
	m.do(interview.Introduce{Name: "Hy", Side: interview.Ours}, interview.Fix{Number: 2, Owner: &them})
	sides := []interview.Side{m.iv.Promises[0].Side, m.iv.Promises[1].Side}
	if want := []interview.Side{interview.Ours, interview.Theirs}; !slices.Equal(sides, want) || len(m.iv.ToSettle()) != 0 {
		t.Errorf("settled: %v, want %v; to settle %v", sides, want, m.iv.ToSettle())
	}
}
