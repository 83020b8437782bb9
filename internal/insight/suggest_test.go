package insight_test

import (
	"testing"

	"hark/internal/insight"
	"hark/internal/interview"
)

func suggested(all []interview.Summary) string {
	return statements(insight.Suggest(all, 0), func(s insight.Suggestion) string {
		return s.Problem.Statement + " → " + statements(s.Themes, func(t insight.SuggestedTheme) string {
			mark := "#"
			if t.New {
				mark = "new #"
			}
			return mark + t.Name + " by " + statements(t.Words, itself) + " as " + statements(t.Like, ofProblem)
		})
	})
}

func TestSuggest(t *testing.T) {
	aside := said("Welding twice costs a day")
	aside.Status = interview.Aside
	known := []interview.Summary{
		with(met("Acme", 1), said("One weld in five is welded twice", "rework"), said("The office loses invoices", "paper")),
		with(met("Bolt", 2), said("We paint every gate twice", "rework")),
	}
	tests := []struct {
		name, want string
		with       []interview.ProblemSummary
	}{
		{"two words", "Twice a day the welds crack → #rework by twice | welds as One weld in five is welded twice | We paint every gate twice",
			[]interview.ProblemSummary{said("Twice a day the welds crack")}},
		{"the theme's name", "Rework eats us → #rework by rework as ", []interview.ProblemSummary{said("Rework eats us")}},
		{"one word is not enough", "", []interview.ProblemSummary{said("The paint is dear")}},
		{"only stop words", "", []interview.ProblemSummary{said("There is always something about it every day")}},
		{"set aside", "", []interview.ProblemSummary{aside}},
		{"no words", "", []interview.ProblemSummary{said("…!")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := suggested(append(known, with(met("Cog", 3), tt.with...))); got != tt.want {
				t.Errorf("suggested: %s\nwant:      %s", got, tt.want)
			}
		})
	}
}

// Where no theme fits, a word that problems of other interviews share could be
// one, the same for all of them.
func TestSuggestANewTheme(t *testing.T) {
	got := suggested([]interview.Summary{
		with(met("Acme", 1), said("Deliveries come late"), said("The late shift waits")),
		with(met("Bolt", 2), said("The delivery stands at the gate")),
	})
	want := "The delivery stands at the gate → new #delivery by delivery as Deliveries come late | " +
		"Deliveries come late → new #delivery by deliveries as The delivery stands at the gate"
	if got != want {
		t.Errorf("suggested: %s\nwant:      %s", got, want)
	}
}

func TestAtMostThreeThemes(t *testing.T) {
	s := with(met("Acme", 1))
	for _, theme := range []string{"d", "c", "b", "a"} {
		s = with(s, said("One weld cracks", theme))
	}
	got := insight.Suggest([]interview.Summary{with(s, said("Welds crack"), said("Welds crack and a, b, c"))}, 0)
	for _, one := range got {
		names := statements(one.Themes, func(t insight.SuggestedTheme) string { return t.Name })
		if names != "" && names != "a | b | c" {
			t.Errorf("for %q: %s", one.Problem.Statement, names)
		}
	}
}

// Words that are used everywhere say nothing about one theme.
func TestWordsOfEveryThemeSuggestNone(t *testing.T) {
	s := with(met("Acme", 1))
	for _, theme := range []string{"a1", "a2", "a3"} {
		s = with(s, said("The night shift complains", theme))
	}
	if got := suggested([]interview.Summary{with(s, said("A night shift too few"))}); got != "" {
		t.Errorf("suggested: %s", got)
	}
}

func TestUntagged(t *testing.T) {
	aside, joined := said("aside"), said("joined")
	aside.Status, joined.Joined = interview.Aside, 1
	s := with(met("Acme", 1), said("b"), said("tagged", "x"), aside, joined, said("by its line"))
	s.Tagged = []interview.LineSummary{{Number: 1, Kind: interview.Quote, Text: "t", Problem: 5, Themes: []string{"y"}}}
	if got := statements(insight.Untagged([]interview.Summary{s, with(met("Acme", 2), said("a"))}), ofProblem); got != "a | b" {
		t.Errorf("untagged: %s", got)
	}
}
