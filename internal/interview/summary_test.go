package interview_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hark/internal/interview"
)

func TestSummariseProblems(t *testing.T) {
	m := start(t)
	m.do(
		interview.Introduce{Name: "Ben", Side: interview.Ours},
		interview.Raise{Text: "It breaks", Quoted: true, Speaker: "Ana", Themes: []string{"wear"}},
		interview.Add{Kind: interview.Quote, Text: "Every Friday", Speaker: "Lou"}, interview.Tie{Number: 2, Problem: 1},
		interview.Add{Kind: interview.Quote, Text: "We see that elsewhere", Speaker: "Ben"}, interview.Tie{Number: 3, Problem: 1},
		interview.Raise{Text: "It rusts", Quoted: true}, interview.Raise{Text: "It is late", Quoted: true},
		interview.Weigh{
			Problem: 1, HowOften: new("weekly"), HowBad: new(4), Costs: new("a day"), Bears: new("the shop"),
			Tried: new("glue"), Wants: new("peace"),
		},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Lou", Correction: "It breaks on Fridays"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"},
		interview.Join{Problem: 2, Into: 1}, interview.SetAside{Problem: 3, Reason: "the same as ever"},
	)
	want := []interview.ProblemSummary{
		{
			Number: 1, Statement: "It breaks on Fridays", Quoted: true, Status: interview.Confirmed,
			Themes: []string{"wear"}, Impact: interview.Impact{HowBad: 4, HowOften: "weekly", Costs: "a day", Bears: "the shop", Tried: "glue", Wants: "peace"},
			Corrected: true, Answer: interview.Yes, Evidence: 4,
			Quote: interview.QuoteSummary{Line: 1, Text: "It breaks", Speaker: "Ana"}, By: []string{"Ana", "Lou"},
		},
		{
			Number: 2, Statement: "It rusts", Quoted: true, Status: interview.Aside, Reason: "the same as problem 1", Joined: 1,
		},
		{
			Number: 3, Statement: "It is late", Quoted: true, Status: interview.Aside, Reason: "the same as ever",
			Evidence: 1, Quote: interview.QuoteSummary{Line: 5, Text: "It is late"},
		},
	}
	if diff := cmp.Diff(want, m.iv.Summarise().Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What was kept during the meeting is quoted rather than what was recalled, and what has a name to
// it rather than what has none.
func TestTheBestQuote(t *testing.T) {
	m := start(t)
	m.do(interview.End{}, interview.Raise{Text: "Recalled", Quoted: true, Speaker: "Ana"})
	if q := m.iv.Summarise().Problems[0].Quote; q.Text != "Recalled" {
		t.Errorf("with one that was recalled: %+v", q)
	}
	m.do(interview.Reopen{}, interview.Add{Kind: interview.Quote, Text: "By nobody"}, interview.Tie{Number: 2, Problem: 1})
	if q := m.iv.Summarise().Problems[0].Quote; q.Line != 2 || q.Text != "By nobody" || q.Speaker != "" {
		t.Errorf("with one during the meeting: %+v", q)
	}
	m.do(
		interview.Add{Kind: interview.Quote, Text: "By Ana", Speaker: "Ana"}, interview.Tie{Number: 3, Problem: 1},
		interview.Add{Kind: interview.Quote, Text: "By Lou", Speaker: "Lou"}, interview.Tie{Number: 4, Problem: 1},
		interview.Add{Kind: interview.Paraphrase, Text: "Told", Speaker: "Ana"}, interview.Tie{Number: 5, Problem: 1},
	)
	if q := m.iv.Summarise().Problems[0].Quote; q.Text != "By Ana" {
		t.Errorf("with several that have a name: %+v", q)
	}
}

func TestSummariseTheRest(t *testing.T) {
	m := start(t)
	m.do(
		interview.Introduce{Name: "Ben", Side: interview.Ours},
		interview.Raise{Text: "It breaks", Quoted: true, Speaker: "Ana"}, interview.Weigh{Problem: 1, HowBad: new(2)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"}, interview.AskLeftOut{},
		interview.Add{Kind: interview.Paraphrase, Text: "a", Speaker: "Ana", Themes: []string{"wear"}},
		interview.Add{Kind: interview.Observation, Text: "b", Themes: []string{"wear", "dust"}}, interview.Tie{Number: 3, Problem: 1},
		interview.Add{Kind: interview.Thought, Text: "c", Themes: []string{"wear"}},
		interview.Add{Kind: interview.FollowUp, Text: "d", Themes: []string{"wear"}},
		interview.Add{Kind: interview.Quote, Text: "e", Speaker: "Ben", Themes: []string{"wear"}},
		interview.Solve{Problems: []interview.Number{1}, Text: "A jig"}, interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Carry{Problem: 1, Department: "engineering"}, interview.Promises{Text: "Call"},
		interview.SetConsent{Notes: interview.NotesAllowed}, interview.Next{},
	)
	s := m.iv.Summarise()
	want := interview.Summary{
		Questions: 3, Asked: 1, // one more is for the seller alone
		Solutions: []interview.SolutionSummary{{Number: 1, Problems: []interview.Number{1}, Text: "A jig", Decision: interview.Agreed}},
		Tagged: []interview.LineSummary{
			{Number: 2, Kind: interview.Paraphrase, Text: "a", Speaker: "Ana", Themes: []string{"wear"}},
			{Number: 3, Kind: interview.Observation, Text: "b", Problem: 1, Themes: []string{"wear", "dust"}},
		},
	}
	got := interview.Summary{Questions: s.Questions, Asked: s.Asked, Solutions: s.Solutions, Tagged: s.Tagged}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if p, r := s.Promises[0].At, s.Routes[0].At; p.Equal(time.Time{}) || r.Equal(time.Time{}) {
		t.Errorf("the promise is of %v, the route of %v", p, r)
	}
}

// A problem is the customer's once somebody on their side said it or answered to it, or nobody knows who
// said it. A no says nothing of what it is.
func TestWhoseProblemItIs(t *testing.T) {
	raise := interview.Raise{Text: "They need a crane", Speaker: "Hy"}
	for _, tt := range []struct {
		name     string
		raised   []interview.Action
		oursOnly bool
		by       string
	}{
		{"ours said it", []interview.Action{raise, interview.Weigh{Problem: 1, HowBad: new(4)}}, true, ""},
		{"ours said it, and they said yes", []interview.Action{raise, interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"}}, false, "Ana"},
		{"ours said it, and they said no", []interview.Action{raise, interview.PlayBack{Problem: 1, Answer: interview.No, By: "Ana"}}, false, ""},
		{"it was seen", []interview.Action{
			interview.Add{Kind: interview.Observation, Text: "Two of them wait"}, interview.Raise{Line: 1},
		}, true, ""},
		{"a thought of ours", []interview.Action{interview.Add{Kind: interview.Thought, Text: "They wait"}, interview.Raise{Line: 1}}, true, ""},
		{"nobody was named", []interview.Action{interview.Raise{Text: "They wait"}}, false, ""},
		{"one said yes, after another's no", []interview.Action{
			interview.Raise{Text: "They wait", Speaker: "Ana"}, interview.PlayBack{Problem: 1, Answer: interview.No, By: "Piet"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"},
		}, false, "Ana"},
		{"one said no, then yes", []interview.Action{
			interview.Raise{Text: "They wait"}, interview.PlayBack{Problem: 1, Answer: interview.No, By: "Piet"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Piet"},
		}, false, "Piet"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := start(t)
			m.do(interview.Introduce{Name: "Hy", Side: interview.Ours}, interview.Introduce{Name: "Ana"}, interview.Introduce{Name: "Piet"})
			m.do(tt.raised...)
			p := m.iv.Summarise().Problems[0]
			if by := strings.Join(p.By, ", "); p.OursOnly != tt.oursOnly || by != tt.by {
				t.Errorf("ours only: %v, by %q", p.OursOnly, by)
			}
		})
	}
}

// Only what the customer said to a question about problems came up when asked.
func TestWhoseWordsCameUpWhenAsked(t *testing.T) {
	add := func(kind interview.LineKind, speaker string) []interview.Action {
		return []interview.Action{interview.Add{Kind: kind, Text: "They wait", Speaker: speaker}, interview.Raise{Line: 1}}
	}
	raise := func(speaker string) []interview.Action {
		return []interview.Action{interview.Raise{Text: "They wait", Speaker: speaker}}
	}
	for _, tt := range []struct {
		name   string
		raised []interview.Action
		want   interview.Raised
	}{
		{"theirs", raise("Ana"), interview.WhenAsked}, {"nobody's", raise(""), interview.WhenAsked}, {"ours", raise("Hy"), ""},
		{"a line of theirs", add(interview.Quote, "Ana"), interview.WhenAsked}, {"a line of ours", add(interview.Quote, "Hy"), ""},
		{"an observation", add(interview.Observation, ""), ""}, {"a thought", add(interview.Thought, ""), ""},
		{"a follow-up", add(interview.FollowUp, ""), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := start(t)
			m.do(interview.Introduce{Name: "Hy", Side: interview.Ours}, interview.Ask{Number: 3})
			m.do(tt.raised...)
			if got := m.problem(1).Raised; got != tt.want {
				t.Errorf("it came up %q, want %q", got, tt.want)
			}
		})
	}
}
