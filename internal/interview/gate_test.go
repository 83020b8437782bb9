package interview_test

import (
	"strings"
	"testing"

	"hark/internal/interview"
)

func kinds(gaps []interview.Gap) string {
	var out []string
	for _, g := range gaps {
		out = append(out, string(g.Kind))
	}
	return strings.Join(out, " ")
}

// The gate waits for each of its conditions by name, and records the moment at which the last one
// is met.
func TestGateOpensStepByStep(t *testing.T) {
	m := start(t)
	want := func(missing string) {
		t.Helper()
		if got := kinds(m.iv.Gate.Missing); got != missing {
			t.Fatalf("missing %q, want %q", got, missing)
		}
		if open := missing == ""; m.iv.Gate.Open != open || m.iv.Gate.OpenedAt.IsZero() == open {
			t.Fatalf("open %v since %v, want open %v", m.iv.Gate.Open, m.iv.Gate.OpenedAt, open)
		}
	}
	want("raise left-out")
	m.do(interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana"})
	want("settle left-out")
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	want("weigh left-out")
	m.do(interview.Weigh{Problem: 1, HowOften: ptr("daily")})
	want("left-out")
	m.do(interview.Raise{Text: "Nobody knows which job is next"})
	want("settle left-out")
	m.do(interview.AskLeftOut{Text: "the paint shop"})
	want("settle")
	step := m.do(interview.SetAside{Problem: 2, Reason: "next year"})
	want("")
	if m.iv.Gate.OpenedAt != m.now {
		t.Errorf("opened at %v, want the moment of the last step, %v", m.iv.Gate.OpenedAt, m.now)
	}
	if len(step.Notices) == 0 || step.Notices[0].Kind != interview.NoticeOpened {
		t.Errorf("notices %+v, want the opening said", step.Notices)
	}
	opened := m.iv.Gate.OpenedAt
	m.do(interview.Raise{Text: "The paint peels"})
	if !m.iv.Gate.Open || m.iv.Gate.OpenedAt != opened {
		t.Error("a problem heard later shut the gate or moved its opening")
	}
}

func TestAllSetAsideDoesNotOpen(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It is cold"}, interview.SetAside{Problem: 1}, interview.AskLeftOut{})
	if m.iv.Gate.Open || kinds(m.iv.Gate.Missing) != "confirm" {
		t.Fatalf("gate %+v", m.iv.Gate)
	}
	m.do(interview.TakeUp{Problem: 1})
	if got := kinds(m.iv.Gate.Missing); got != "settle" {
		t.Fatalf("after taking it up: missing %q", got)
	}
}

func TestTooEarlyBecomesAThought(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana"})
	for _, a := range []interview.Action{
		interview.Solve{Problems: []interview.Number{1}, Text: "a jig for each station"},
		interview.Advise{Problem: 1, Text: "preheat the plates"},
	} {
		refusal := m.refused(a)
		if refusal.Code != interview.Refused || kinds(refusal.Missing) != "settle left-out" {
			t.Errorf("%T: %+v", a, refusal)
		}
		l, ok := m.iv.Line(refusal.Line)
		if !ok || l.Kind != interview.Thought || !l.TooEarly || len(l.For) != 1 || l.For[0] != m.problem(1).ID {
			t.Errorf("%T kept %+v", a, l)
		}
	}
	if len(m.iv.Solutions)+len(m.iv.Advice) != 0 {
		t.Fatal("something got past the gate")
	}
	if held := m.iv.HeldThoughts(); len(held) != 2 || held[0].Text != "a jig for each station" {
		t.Errorf("held thoughts: %+v", held)
	}
	m.fails(interview.Solve{Problems: []interview.Number{7}, Text: "x"}, interview.NotFound)
	m.fails(interview.Solve{Problems: []interview.Number{1}, Text: "  "}, interview.Invalid)
}

// A thought is held for as long as its problems are locked.
func TestHeldUntilUnlocked(t *testing.T) {
	m := unlocked(t)
	m.do(interview.Raise{Text: "Nobody knows which job is next"})
	number := m.refused(interview.Solve{Problems: []interview.Number{1, 2}, Text: "a board"}).Line
	held := func() bool {
		l, _ := m.iv.Line(number)
		return m.iv.Held(l)
	}
	if !held() {
		t.Error("not held while problem 2 is open")
	}
	m.do(interview.SetAside{Problem: 2})
	if held() {
		t.Error("held by a problem that was set aside")
	}
	m.do(interview.TakeUp{Problem: 2})
	if !held() {
		t.Error("not held while problem 2 is open again")
	}
	five := 5
	m.do(interview.Weigh{Problem: 2, HowBad: &five})
	m.do(interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ana"})
	if held() {
		t.Error("held though both are unlocked")
	}
	m.do(interview.End{})
	if held() {
		t.Error("held at the end")
	}
}

func TestEachProblemHasItsOwnLock(t *testing.T) {
	m := unlocked(t)
	m.do(interview.Solve{Problems: []interview.Number{1}, Text: "a jig"})
	m.do(interview.Raise{Text: "Nobody knows which job is next"})
	if refusal := m.refused(interview.Solve{Problems: []interview.Number{1, 2}, Text: "a board"}); kinds(refusal.Missing) != "settle" {
		t.Fatalf("missing %q", kinds(refusal.Missing))
	}
	m.do(interview.PlayBack{Problem: 2, Answer: interview.Yes})
	if refusal := m.refused(interview.Solve{Problems: []interview.Number{2}, Text: "a board"}); kinds(refusal.Missing) != "weigh" {
		t.Fatalf("missing %q", kinds(refusal.Missing))
	}
	m.do(interview.Weigh{Problem: 2, Bears: ptr("the night shift")}, interview.Solve{Problems: []interview.Number{1, 2}, Text: "a board"})
	if got := len(m.solution(2).Problems); got != 2 {
		t.Fatalf("solution 2 is for %d problems", got)
	}
}

func TestRewordingHoldsSolutions(t *testing.T) {
	m := unlocked(t)
	m.do(interview.Solve{Problems: []interview.Number{1}, Text: "a jig"}, interview.Advise{Problem: 1, Text: "preheat"})
	m.do(interview.Reword{Problem: 1, Text: "One weld in four is done twice"})
	if p := m.problem(1); p.Status != interview.Weighed || p.FirstHeard() != "One weld in five is done twice" || len(p.Playbacks) != 1 {
		t.Fatalf("after rewording: %+v", p)
	}
	if !m.solution(1).Held || !m.iv.Advice[0].Held {
		t.Fatal("the solution and the advice are not held")
	}
	refusal := m.refused(interview.React{Solution: 1, Text: "good"})
	if l, _ := m.iv.Line(refusal.Line); l.Text != "good" || l.Kind != interview.Paraphrase || l.Question != 0 {
		t.Errorf("the reaction typed on a held solution is kept as %+v, which is not what they said", l)
	}
	m.refused(interview.Share{Solution: 1, Ours: ptr("the jig")})
	m.refused(interview.Decide{Solution: 1, Decision: interview.Agreed})
	m.refused(interview.Fix{What: interview.ThingSolution, Number: 1, Text: "another jig"})
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	if m.solution(1).Held || m.iv.Advice[0].Held {
		t.Fatal("a yes to the new wording did not bring the solution back")
	}
	m.do(interview.React{Solution: 1, Text: "good"}, interview.Decide{Solution: 1, Decision: interview.Agreed})
	if s := m.solution(1); s.Reaction != "good" || s.Decision != interview.Agreed {
		t.Fatalf("solution %+v", s)
	}
}

func TestSettingAsideOrUnweighingHolds(t *testing.T) {
	m := unlocked(t)
	m.do(interview.Solve{Problems: []interview.Number{1}, Text: "a jig"}, interview.SetAside{Problem: 1})
	if !m.solution(1).Held {
		t.Error("not held though its problem was set aside")
	}
	m.do(interview.TakeUp{Problem: 1})
	if m.solution(1).Held {
		t.Error("still held")
	}
	m.do(interview.Weigh{Problem: 1, HowBad: ptr(0)})
	if !m.solution(1).Held {
		t.Error("not held though nothing of the impact is known any more")
	}
}

func TestPlaybackLoopsUntilTheYes(t *testing.T) {
	m := start(t)
	m.do(interview.Introduce{Name: "Ana"}, interview.Raise{Text: "It breaks"})
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Nearly, Correction: "It breaks on Fridays"})
	p := m.problem(1)
	if p.Status == interview.Confirmed || p.Statement != "It breaks on Fridays" || p.Playbacks[0].Said != "It breaks" {
		t.Fatalf("after nearly: %+v", p)
	}
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	if got := m.problem(1).Status; got != interview.Confirmed {
		t.Fatalf("after the yes: %s", got)
	}
	m.do(interview.PlayBack{Problem: 1, Answer: interview.No})
	if got := m.problem(1).Status; got == interview.Confirmed {
		t.Fatal("a later no to the same wording left it confirmed")
	}
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	if got := m.problem(1).Status; got != interview.Confirmed {
		t.Fatalf("after the second yes: %s", got)
	}
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, Correction: "and on Mondays"}, interview.Invalid)
	m.fails(interview.PlayBack{Problem: 1, Answer: "sure"}, interview.Invalid)
}

func TestOnlyTheirSideConfirms(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It breaks"})
	if e := m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.Refused); !strings.Contains(e.Error(), "by NAME") {
		t.Errorf("%v does not ask for the name", e)
	}
	m.do(interview.Introduce{Name: "Tom", Side: interview.Ours})
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Tom"}, interview.Refused)
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.Refused)
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"})
	if m.problem(1).Status != interview.Confirmed {
		t.Fatal("Ana's yes did not count")
	}
	m.do(interview.Introduce{Name: "Ben"})
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.Refused)
	m.do(interview.Introduce{Name: "Ana", Side: interview.Ours})
	if m.problem(1).Status == interview.Confirmed {
		t.Fatal("a yes counts although it came from our side")
	}
}

func TestUndoShutsTheGateAgain(t *testing.T) {
	m := unlocked(t)
	last := m.log[len(m.log)-1]
	step, err := interview.Revert(m.iv, last.change, false, last.label, m.stamp())
	if err != nil {
		t.Fatal(err)
	}
	if step.After.Gate.Open || kinds(step.After.Gate.Missing) != "left-out" {
		t.Fatalf("after the undo: %+v", step.After.Gate)
	}
	again, err := interview.Revert(step.After, last.change, true, last.label, m.stamp())
	if err != nil || !again.After.Gate.Open {
		t.Fatalf("after the redo: %v %+v", err, again.After.Gate)
	}
	if again.After.Gate.OpenedAt != m.iv.Gate.OpenedAt {
		t.Error("the redo moved the moment of opening")
	}
}

// A yes is to the words that were read out, not to those that another window has put in their place
// meanwhile.
func TestYesToOtherWordsIsRefused(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It breaks", Speaker: "Ana"}, interview.Reword{Problem: 1, Text: "It cracks"})
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, Said: "It breaks"}, interview.Refused)
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes, Said: "It cracks"})
	if m.problem(1).Status != interview.Confirmed {
		t.Fatal("a yes to today's words did not count")
	}
}

func TestWeOurselvesCannotConfirm(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It breaks"})
	for _, by := range []string{"me", "Us", "we", "I"} {
		m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, By: by}, interview.Refused)
	}
	m.fails(interview.Add{Kind: interview.Quote, Text: "x", Speaker: "me"}, interview.Invalid)
	if len(m.iv.People) != 0 {
		t.Fatalf("people: %+v", m.iv.People)
	}
}

// A correction back to words that once got a yes asks again all the same.
func TestCorrectionAsksAgain(t *testing.T) {
	m := start(t)
	m.do(
		interview.Raise{Text: "It breaks", Speaker: "Ana"}, interview.PlayBack{Problem: 1, Answer: interview.Yes},
		interview.Reword{Problem: 1, Text: "It cracks"},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, Correction: "It breaks"},
	)
	if got := m.problem(1).Status; got == interview.Confirmed {
		t.Fatal("confirmed without a yes to what was read out last")
	}
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes, Correction: "It breaks"})
	if p := m.problem(1); p.Status != interview.Confirmed || len(p.Wordings) != 3 {
		t.Fatalf("problem %+v", p)
	}
}

func TestHeldSolutionOfADroppedProblemSaysSo(t *testing.T) {
	m := unlocked(t)
	m.do(interview.Solve{Problems: []interview.Number{1}, Text: "a jig"}, interview.Drop{What: interview.ThingProblem, Number: 1})
	if refusal := m.refused(interview.React{Solution: 1, Text: "good"}); len(refusal.Missing) == 0 {
		t.Fatalf("a bare locked: %v", refusal)
	}
}
