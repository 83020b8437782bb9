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

// A no of somebody who turned out to be one of us is none of the customer's.
func TestANoOfOurs(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "the skip is full", Speaker: "Ana"}, interview.PlayBack{Problem: 1, Answer: interview.No, By: "Zoe"})
	if _, no := m.problem(1).Denied(); !no || !m.iv.Summarise().Problems[0].Denied {
		t.Fatal("their no does not count")
	}
	m.do(interview.Introduce{Name: "Zoe", Side: interview.Ours})
	if _, no := m.problem(1).Denied(); no || m.iv.Summarise().Problems[0].Denied {
		t.Error("ours counts")
	}
}

// What is weighed next is never a problem that was set aside.
func TestToWeigh(t *testing.T) {
	bad := 3
	raise := func(text string) interview.Action { return interview.Raise{Text: text} }
	weigh := func(n interview.Number) interview.Action { return interview.Weigh{Problem: n, HowBad: &bad} }
	yes := func(n interview.Number) interview.Action {
		return interview.PlayBack{Problem: n, Answer: interview.Yes, By: "Ana"}
	}
	line := interview.Add{Kind: interview.Paraphrase, Text: "a line about nothing"}
	for name, c := range map[string]struct {
		done []interview.Action
		want interview.Number // 0 for none
	}{
		"no problem":                   {nil, 0},
		"the one just named":           {[]interview.Action{raise("a"), raise("b")}, 2},
		"the first that is not":        {[]interview.Action{raise("a"), raise("b"), line}, 1},
		"the one that the gate misses": {[]interview.Action{raise("a"), raise("b"), weigh(1), interview.SetAside{Problem: 1}, yes(2), line}, 2},
		"none that was set aside":      {[]interview.Action{raise("a"), raise("b"), interview.SetAside{Problem: 1}, weigh(2), yes(2), line}, 2},
		"the next to settle":           {[]interview.Action{raise("a"), raise("b"), weigh(1), yes(1), weigh(2), line}, 2},
		"all were set aside":           {[]interview.Action{raise("a"), weigh(1), interview.SetAside{Problem: 1}}, 0},
		"just named and set aside":     {[]interview.Action{raise("a"), raise("b"), interview.SetAside{Problem: 2}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t)
			m.do(c.done...)
			if p, ok := m.iv.ToWeigh(); p.Number != c.want || ok != (c.want > 0) {
				t.Errorf("problem %s, %v, want %s", p.Number, ok, c.want)
			}
		})
	}
}

// Who answers is somebody who plainly does, or nobody.
func TestAnswerer(t *testing.T) {
	const ana, piet = "Ana", "Piet"
	raise := func(text, by string) interview.Action { return interview.Raise{Text: text, Speaker: by} }
	no := func(n interview.Number, by string) interview.Action {
		return interview.PlayBack{Problem: n, Answer: interview.No, By: by}
	}
	here := func(names ...string) (all []interview.Action) {
		for _, name := range names {
			all = append(all, interview.Introduce{Name: name})
		}
		return all
	}
	ours := interview.Introduce{Name: "Jo", Side: interview.Ours}
	for name, c := range map[string]struct {
		done []interview.Action
		want string
		// typed is who stands in the record after /playback 1 yes without a name, "" where hark
		// asks.
		typed string
	}{
		"nobody is named": {[]interview.Action{raise("a", "")}, "", ""},
		"one of theirs":   {append(here(ana), raise("a", "")), ana, ana},
		"one of theirs, and one who only owns a promise": {append(here(ana), raise("a", ""), interview.Promises{Text: "send it", Owner: piet}), ana, ana},
		"only somebody who was not in the room":          {[]interview.Action{raise("a", ""), interview.Promises{Text: "send it", Owner: piet}}, "", ""},
		"two, and nothing says who":                      {append(here(ana, piet), raise("a", "")), "", ""},
		"two, and one of us spoke":                       {append(here(ana, piet), ours, raise("a", "Jo")), "", ""},
		"the one who spoke of it":                        {append(here(ana, piet), raise("a", piet)), piet, ""},
		"the last one to answer":                         {append(here(ana, piet), raise("a", ana), raise("b", ana), no(2, piet)), piet, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t)
			m.do(c.done...)
			who, ok := m.iv.Answerer(m.problem(1))
			if who.Name != c.want || ok != (c.want != "") {
				t.Errorf("%q answers, %v, want %q", who.Name, ok, c.want)
			}
			step, err := interview.Apply(m.iv, interview.PlayBack{Problem: 1, Answer: interview.Yes}, m.stamp())
			if c.typed == "" {
				if err == nil {
					t.Fatalf("a yes without a name was taken: %+v", step.After.Problems[0].Playbacks)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if by := step.After.Name(step.After.Problems[0].Playbacks[0].By); by != c.typed {
				t.Errorf("the yes is by %q, want %q", by, c.typed)
			}
		})
	}
}

// A no stands until the same person says something else: somebody else's yes confirms the problem, and
// the no is not forgotten.
func TestWhoseNoStands(t *testing.T) {
	playback := func(answer interview.Answer, by string) interview.Action {
		return interview.PlayBack{Problem: 1, Answer: answer, By: by}
	}
	for _, tt := range []struct {
		name      string
		played    []interview.Action
		deniedBy  string
		confirmed bool
	}{
		{"one says no, another yes", []interview.Action{playback(interview.No, "Piet"), playback(interview.Yes, "Ana")}, "Piet", true},
		{"the same says yes later", []interview.Action{playback(interview.No, "Piet"), playback(interview.Yes, "Piet")}, "", true},
		{"one says yes, another no", []interview.Action{playback(interview.Yes, "Ana"), playback(interview.No, "Piet")}, "Piet", false},
		{"nobody knows who said no", []interview.Action{playback(interview.No, ""), playback(interview.Yes, "Ana")}, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := start(t)
			m.do(interview.Introduce{Name: "Ana"}, interview.Introduce{Name: "Piet"}, interview.Raise{Text: "the jigs are worn"})
			m.do(tt.played...)
			p, s := m.problem(1), m.iv.Summarise().Problems[0]
			no, denied := p.Denied()
			if got := m.iv.Name(no.By); got != tt.deniedBy || denied != (tt.deniedBy != "") || s.Denied != denied {
				t.Errorf("denied by %q, in the summary %v", got, s.Denied)
			}
			if (p.Status == interview.Confirmed) != tt.confirmed || s.Refused() == tt.confirmed {
				t.Errorf("it is %s, refused %v", p.Status, s.Refused())
			}
			if step := p.NextStep(); tt.confirmed == (step == "what is it, then?") {
				t.Errorf("next is %q", step)
			}
		})
	}
}
