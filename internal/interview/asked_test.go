package interview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
)

// guide has a question about everything that an act can answer, and some that only a line can.
func guide() interview.Playbook {
	stage := func(name string, mark interview.StageMark, questions ...string) interview.Stage {
		s := interview.Stage{Name: name, Mark: mark}
		for _, q := range questions {
			s.Questions = append(s.Questions, interview.Question{Text: q})
		}
		return s
	}
	return interview.Playbook{ID: "g", Name: "G", Stages: []interview.Stage{
		stage("Open", "", "May I take notes?", "May I quote you by name?", "How long do we have?"), // 1 to 3
		stage("Their world", "", "Walk me through an ordinary day.", "What is getting in your way?", // 4, 5
			"What have you already tried?"), // 6
		stage("What it costs", "", "How often does it come up?", "What does it cost you?", "Who feels it most?", // 7 to 9
			"On your own scale of one to five, how bad is it?", "What would you want instead?"), // 10, 11
		stage("Play it back", interview.MarkPlayback, "This is what I heard. What is off?", // 12
			"If nearly, what one change would make it right?", "What have I left out?", "Anything else?"), // 13 to 15
		stage("Work it out", interview.MarkSolution, "What would a good answer have to respect?", // 16
			"What part should stay in your hands?", "May I describe one way others have handled this?", // 17, 18
			"Would you advise us twice a year?", "What are the next steps?"), // 19, 20
	}}
}

func startGuide(t *testing.T, debrief bool) *meeting {
	m := start(t)
	step, err := interview.Begin(document.DerivedID("test"), interview.Beginning{Customer: "Mill", Playbook: guide(), Debrief: debrief}, m.stamp())
	if err != nil {
		t.Fatal(err)
	}
	m.took(step)
	return m
}

// A question is asked when a line of theirs or what was done answers it; moving to it is no asking.
func TestAsked(t *testing.T) {
	text := func(s string) *string { return &s }
	line := func(kind interview.LineKind, by string) interview.Action {
		return interview.Add{Kind: kind, Text: "something", Speaker: by}
	}
	confirmed := []interview.Action{
		interview.Introduce{Name: "Ana"}, interview.Raise{Text: "It breaks"}, interview.Weigh{Problem: 1, HowBad: new(4)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.AskLeftOut{},
	}
	solved := append(slices.Clone(confirmed), interview.Solve{Problems: []interview.Number{1}, Text: "a jig"})
	then := func(before []interview.Action, more ...interview.Action) []interview.Action {
		return append(slices.Clone(before), more...)
	}
	for name, c := range map[string]struct {
		done []interview.Action
		want []int
	}{
		"nothing":               {nil, nil},
		"moves":                 {[]interview.Action{interview.Next{}, interview.Next{}, interview.Ask{Number: 7}, interview.EnterStage{Name: "work"}}, nil},
		"a paraphrase":          {[]interview.Action{interview.Ask{Number: 4}, line(interview.Paraphrase, "")}, []int{4}},
		"a quote of theirs":     {[]interview.Action{interview.Ask{Number: 4}, line(interview.Quote, "Ana")}, []int{4}},
		"a strength":            {[]interview.Action{interview.Ask{Number: 4}, line(interview.Strength, "")}, []int{4}},
		"a problem":             {[]interview.Action{interview.Ask{Number: 5}, interview.Raise{Text: "It breaks"}}, []int{5}},
		"what we said":          {[]interview.Action{interview.Introduce{Name: "Jo", Side: interview.Ours}, interview.Ask{Number: 4}, line(interview.Quote, "Jo")}, nil},
		"a thought":             {[]interview.Action{interview.Ask{Number: 4}, line(interview.Thought, "")}, nil},
		"what was seen":         {[]interview.Action{interview.Ask{Number: 4}, line(interview.Observation, "")}, nil},
		"to ask later":          {[]interview.Action{interview.Ask{Number: 4}, line(interview.FollowUp, "")}, nil},
		"consent to notes":      {[]interview.Action{interview.SetConsent{Notes: interview.NotesAllowed}}, []int{1}},
		"consent to both":       {[]interview.Action{interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole}}, []int{1, 2}},
		"how often, and tried":  {[]interview.Action{interview.Raise{Text: "a"}, interview.Weigh{Problem: 1, HowOften: text("daily"), Tried: text("tape")}}, []int{6, 7}},
		"the rest of the scale": {[]interview.Action{interview.Raise{Text: "a"}, interview.Weigh{Problem: 1, Costs: text("a day"), Bears: text("the yard"), HowBad: new(3), Wants: text("peace")}}, []int{8, 9, 10, 11}},
		"cleared again":         {[]interview.Action{interview.Raise{Text: "a"}, interview.Weigh{Problem: 1, HowOften: text("daily")}, interview.Weigh{Problem: 1, HowOften: text("")}}, nil},
		"a no":                  {[]interview.Action{interview.Raise{Text: "a"}, interview.PlayBack{Problem: 1, Answer: interview.No}}, []int{12}},
		"a nearly":              {[]interview.Action{interview.Raise{Text: "a"}, interview.PlayBack{Problem: 1, Answer: interview.Nearly, Correction: "b"}}, []int{12, 13}},
		"confirmed, left out":   {confirmed, []int{10, 12, 14}},
		"what to respect":       {then(confirmed, interview.MustRespect{Problem: 1, Text: "their hands"}), []int{10, 12, 14, 16}},
		"a solution":            {solved, []int{10, 12, 14}},
		"who does what":         {then(solved, interview.Share{Solution: 1, Theirs: text("the trial")}), []int{10, 12, 14, 17}},
		"what they said to it":  {then(solved, interview.React{Solution: 1, Text: "good"}), []int{10, 12, 14, 18}},
		"an adviser":            {[]interview.Action{interview.SetAdviser{Name: "Ana"}}, []int{19}},
		"a promise":             {[]interview.Action{interview.Promises{Text: "call"}}, []int{20}},
	} {
		for _, debrief := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", debrief ", debrief), func(t *testing.T) {
				m := startGuide(t, debrief)
				m.do(c.done...)
				var got []int
				for n := 1; n <= m.iv.Playbook.Len(); n++ {
					if m.iv.Asked(n) {
						got = append(got, n)
					}
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("asked %v, want %v", got, c.want)
				}
				for _, n := range m.iv.NotAsked() {
					if slices.Contains(c.want, n) {
						t.Errorf("question %d is asked and not asked", n)
					}
				}
				if s := m.iv.Summarise(); s.Asked != len(c.want) {
					t.Errorf("the summary counts %d", s.Asked)
				}
			})
		}
	}
}

// The stage is that of the question gone to last, or of what was done since.
func TestStage(t *testing.T) {
	m := startGuide(t, false)
	at := func(want int) {
		t.Helper()
		if got := m.iv.Stage(); got != want {
			t.Errorf("in stage %d, want %d", got, want)
		}
	}
	at(0)
	m.do(interview.Ask{Number: 5}, interview.Introduce{Name: "Ana"}, interview.Raise{Text: "It breaks"})
	at(1)
	m.do(interview.Weigh{Problem: 1, HowBad: new(4)})
	at(2)
	m.do(interview.Next{})
	at(1)
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	at(3)
	m.do(interview.SetConsent{Notes: interview.NotesAllowed})
	at(0)
	m.do(interview.AskLeftOut{}, interview.Solve{Problems: []interview.Number{1}, Text: "a jig"})
	at(4)
	m.do(interview.Add{Kind: interview.Paraphrase, Text: "a line"})
	at(4)
}

// A problem came up when asked where a question about problems was at hand; else nothing is known,
// unless somebody says so.
func TestCameUp(t *testing.T) {
	raise := interview.Raise{Text: "It breaks"}
	for name, c := range map[string]struct {
		done []interview.Action
		want interview.Raised
	}{
		"before any question":               {[]interview.Action{raise}, ""},
		"after a Tab":                       {[]interview.Action{interview.Next{}, raise}, ""},
		"asked for an ordinary day":         {[]interview.Action{interview.Ask{Number: 4}, raise}, ""},
		"asked what is in the way":          {[]interview.Action{interview.Ask{Number: 5}, raise}, interview.WhenAsked},
		"while reading back":                {[]interview.Action{interview.Ask{Number: 12}, raise}, ""},
		"of a line that was asked for":      {[]interview.Action{interview.Ask{Number: 5}, interview.Add{Kind: interview.Quote, Text: "a"}, interview.Ask{Number: 7}, interview.Raise{Line: 1}}, interview.WhenAsked},
		"of a line from before":             {[]interview.Action{interview.Add{Kind: interview.Quote, Text: "a"}, interview.Ask{Number: 5}, interview.Raise{Line: 1}}, ""},
		"said to be unprompted":             {[]interview.Action{raise, interview.SetRaised{Problem: 1, Raised: interview.Unprompted}}, interview.Unprompted},
		"said to be unprompted, when asked": {[]interview.Action{interview.Ask{Number: 5}, raise, interview.SetRaised{Problem: 1, Raised: interview.Unprompted}}, interview.Unprompted},
		"said to be asked for":              {[]interview.Action{raise, interview.SetRaised{Problem: 1, Raised: interview.WhenAsked}}, interview.WhenAsked},
	} {
		t.Run(name, func(t *testing.T) {
			m := startGuide(t, false)
			m.do(c.done...)
			if got := m.problem(1).Raised; got != c.want {
				t.Errorf("came up %q, want %q", got, c.want)
			}
		})
	}
}

// An earlier hark stored that a problem was asked for whenever any question was at hand.
func TestCameUpInAnEarlierNotebook(t *testing.T) {
	m := startGuide(t, false)
	m.do(
		interview.Raise{Text: "by itself"}, interview.Ask{Number: 4}, interview.Raise{Text: "on an ordinary day"},
		interview.Ask{Number: 5}, interview.Raise{Text: "asked for"},
	)
	for _, c := range []struct {
		stored interview.Raised
		line   interview.Number
		want   interview.Raised
	}{
		{interview.Unprompted, 1, ""},
		{interview.WhenAsked, 1, interview.WhenAsked}, // only /raised can have said so
		{interview.WhenAsked, 2, ""},
		{interview.Unprompted, 2, interview.Unprompted},
		{interview.WhenAsked, 3, interview.WhenAsked},
		{interview.Unprompted, 3, interview.Unprompted},
		{"", 3, ""},
	} {
		if got := m.iv.CameUpBefore(c.stored, []interview.Number{c.line}); got != c.want {
			t.Errorf("stored as %q, of line %s: %q, want %q", c.stored, c.line, got, c.want)
		}
	}
	if got := m.iv.CameUpBefore(interview.Unprompted, nil); got != "" {
		t.Errorf("of no line: %q", got)
	}
}

// A nearly corrects figures in the same answer, and a yes corrects nothing.
func TestNearlyCorrectsFigures(t *testing.T) {
	m := startGuide(t, false)
	m.do(
		interview.Introduce{Name: "Ana"}, interview.Raise{Text: "It breaks"},
		interview.Weigh{Problem: 1, HowBad: new(5), Costs: new("a day")},
	)
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes, Figures: interview.Weigh{HowBad: new(3)}}, interview.Invalid)
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Nearly, Figures: interview.Weigh{HowBad: new(9)}}, interview.Invalid)
	m.do(interview.PlayBack{Problem: 1, Answer: interview.Yes})
	step := m.do(interview.PlayBack{Problem: 1, Answer: interview.Nearly, Figures: interview.Weigh{HowBad: new(3)}})
	p := m.problem(1)
	if p.Impact != (interview.Impact{HowBad: 3, Costs: "a day"}) || p.Status != interview.Weighed || len(p.Playbacks) != 2 {
		t.Errorf("the problem is %+v", p)
	}
	if n := len(step.Notices); n != 1 || !strings.Contains(step.Notices[0].Text, "only a yes to that counts") {
		t.Errorf("notices: %+v", step.Notices)
	}
}

// A no asks what it is, and a yes says of its own problem alone that it is not weighed.
func TestWhatAnAnswerAsks(t *testing.T) {
	for answer, want := range map[interview.Answer]string{
		interview.No:  "What is it, then? /reword 1 in their words, or /aside 1: why it is none",
		interview.Yes: "Problem 1 is confirmed, and not weighed yet: /impact 1 …",
	} {
		m := startGuide(t, false)
		m.do(interview.Introduce{Name: "Ana"}, interview.Raise{Text: "a"}, interview.Raise{Text: "b"})
		step := m.do(interview.PlayBack{Problem: 1, Answer: answer})
		if n := len(step.Notices); n != 1 || step.Notices[0].Text != want {
			t.Errorf("%s: %+v, want %q", answer, step.Notices, want)
		}
		if next := m.problem(2).NextStep(); next != "ask how often it comes up" {
			t.Errorf("%s: the other problem says %q", answer, next)
		}
	}
}
