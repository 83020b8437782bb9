package capture_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// named returns the number that a text is.
func named(t *testing.T, text string) interview.Number {
	t.Helper()
	n, ok := interview.ParseNumber(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return n
}

// A number may have letters wherever one is typed. Text that only looks so stays text.
func TestNumbersWithLetters(t *testing.T) {
	is := func(text string) interview.Number { return named(t, text) }
	k3, q3 := is("3k"), is("3q")
	in := capture.Context{
		Problems: []interview.Problem{{Number: 1}, {Number: k3, Statement: "the skip is full"}, {Number: q3, Statement: "no parking"}},
		Lines:    []interview.Line{{Number: k3}},
	}
	themes := []string{"wear"}
	for line, want := range map[string]interview.Action{
		"/weigh 3k every week, 4":      interview.Weigh{Problem: k3, HowOften: new("every week"), HowBad: new(4)},
		"/weigh P3K how-bad=4":         interview.Weigh{Problem: k3, HowBad: new(4)},
		"/weigh problem 3k how-bad=4":  interview.Weigh{Problem: k3, HowBad: new(4)},
		"/weigh 2 3k a week":           interview.Weigh{Problem: 2, Costs: new("3k a week")},
		"/yes 3q":                      interview.PlayBack{Problem: q3, Answer: interview.Yes, Said: "no parking"},
		"/playback 3K. yes":            interview.PlayBack{Problem: k3, Answer: interview.Yes, Said: "the skip is full"},
		"/playback 3 yes":              interview.PlayBack{Problem: 3, Answer: interview.Yes},
		"/aside 3k: not now":           interview.SetAside{Problem: k3, Reason: "not now"},
		"/take-up 3q":                  interview.TakeUp{Problem: q3},
		"/join 3k with 3q":             interview.Join{Problem: k3, Into: q3},
		"/reword 3k it is full":        interview.Reword{Problem: k3, Text: "it is full"},
		"/reword 2 3k of them":         interview.Reword{Problem: 2, Text: "3k of them"},
		"/raised 3k asked":             interview.SetRaised{Problem: k3, Raised: interview.WhenAsked},
		"/theme 3k #wear":              interview.Tag{Problem: k3, Add: themes},
		"/tie 12ab to p3k":             interview.Tie{Number: is("12ab"), Problem: k3},
		"/untie #12ab":                 interview.Tie{Number: is("12ab")},
		"/fix 3k it was Tuesday":       interview.Fix{Number: k3, Text: "it was Tuesday"},
		"/fix 3 kilo of scrap":         interview.Fix{Number: 3, Text: "kilo of scrap"},
		"/fix p3k it is full":          interview.Fix{What: interview.ThingProblem, Number: k3, Text: "it is full"},
		"/fix s3k a jig":               interview.Fix{What: interview.ThingSolution, Number: k3, Text: "a jig"},
		"/drop 3k":                     interview.Drop{Number: k3},
		"/drop p3k":                    interview.Drop{What: interview.ThingProblem, Number: k3},
		"/pick 3k 2":                   interview.Pick{Number: k3, Nth: 2},
		"/pick p3k wording 2":          interview.Pick{What: interview.ThingProblem, Number: k3, Field: interview.FieldStatement, Nth: 2},
		"/pick solution 3k 2":          interview.Pick{What: interview.ThingSolution, Number: k3, Nth: 2},
		"/done 3k":                     interview.Done{Number: k3},
		"/told 3k":                     interview.Told{Number: k3},
		"/due 3k none":                 interview.Fix{Number: k3, Due: &interview.Date{}},
		"/route 3k engineering":        interview.Carry{Problem: k3, Department: "engineering"},
		"/answer 3k next week":         interview.AnswerRoute{Number: k3, Text: "next week"},
		"/respect 3k their shifts":     interview.MustRespect{Problem: k3, Text: "their shifts"},
		"/advise 3k a bigger one":      interview.Advise{Problem: k3, Text: "a bigger one"},
		"/share 3k ours=the jig":       interview.Share{Solution: k3, Ours: new("the jig")},
		"/react S3k good":              interview.React{Solution: k3, Text: "good"},
		"/agree 3k":                    interview.Decide{Solution: k3, Decision: interview.Agreed},
		"/decline 3k":                  interview.Decide{Solution: k3, Decision: interview.Declined},
		"/solve 3k a bigger skip":      interview.Solve{Problems: []interview.Number{k3}, Text: "a bigger skip"},
		"/solve 1,3k a bigger skip":    interview.Solve{Problems: []interview.Number{1, k3}, Text: "a bigger skip"},
		"/solve 1 and 3q: a bay":       interview.Solve{Problems: []interview.Number{1, q3}, Text: "a bay"},
		"/solve 1, p3x a bay":          interview.Solve{Problems: []interview.Number{1, is("3x")}, Text: "a bay"},
		"/solve 1 and 3d prints":       interview.Solve{Problems: []interview.Number{1}, Text: "and 3d prints"},
		"/solve 1: 3d prints":          interview.Solve{Problems: []interview.Number{1}, Text: "3d prints"},
		"/problem 3k #wear":            interview.Raise{Line: k3, Themes: themes},
		"/problem line 3x it is full":  interview.Raise{Line: is("3x"), Text: "it is full"},
		"/problem 3d prints break":     interview.Raise{Text: "3d prints break"},
		"/problem 3pm trucks are late": interview.Raise{Text: "3pm trucks are late"},
		"/ask 2":                       interview.Ask{Number: 2},
	} {
		action, err := in.Parse(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
		} else if d := cmp.Diff(want, action); d != "" {
			t.Errorf("%s:\n%s", line, d)
		}
	}
	for line, want := range map[string]string{
		"/ask 2k":      "“2k” is not the number of a question; type /ask 2k",
		"/done 3k9":    "“3k9” is not the number of a promise; type /done N",
		"/done 3kä":    "“3kä” is not the number of a promise; type /done N",
		"/weigh 3k-q":  "“3k-q” is not the number of a problem; type /weigh P how-often=… how-bad=1..5 costs=… bears=… tried=… wants=…",
		"/tie 3k more": "“more” is not the number of a problem; type /tie 3k P",
	} {
		if action, err := in.Parse(line); err == nil || err.Error() != want {
			t.Errorf("%s: %+v, %v; want %s", line, action, err, want)
		}
	}
}

// An answer typed on a screen goes to the wording that stands there. In a file there is no screen,
// and it goes to the one that is stored by then.
func TestAnAnswerGoesToTheWordingOnTheScreen(t *testing.T) {
	in := capture.Context{Problems: []interview.Problem{{Number: 1, Statement: "one in five"}}}
	for _, line := range []string{"/yes 1", "/nearly 1: one in six", "/no 1", "/playback 1 yes by Ana"} {
		for _, unseen := range []bool{false, true} {
			in.Unseen = unseen
			action, err := in.Parse(line)
			said := "one in five"
			if unseen {
				said = ""
			}
			if p, ok := action.(interview.PlayBack); err != nil || !ok || p.Said != said {
				t.Errorf("%s, unseen %v: %+v, %v", line, unseen, action, err)
			}
		}
	}
}
