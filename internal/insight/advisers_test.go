package insight_test

import (
	"testing"
	"time"

	"hark/internal/insight"
	"hark/internal/interview"
)

// advised are interviews with three advisers and some who are not.
func advised() []interview.Summary {
	first := with(met("Acme", 1), said("Welds crack", "wear", "cost"), said("Nobody counts"), said("Lou's own", "wear"))
	first.Problems[0].By, first.Problems[2].By, first.Problems[1].By = []string{"Ana"}, []string{"Lou"}, []string{"Lou", "ana"}
	first.People = []interview.PersonSummary{
		{Name: "Ana", Role: "foreman", Side: interview.Theirs, Adviser: true, AskedToAdvise: true},
		{Name: "Lou", Side: interview.Theirs, AskedToAdvise: true}, {Name: "Ben", Side: interview.Ours},
	}
	first.Routes = []interview.RouteSummary{
		{Number: 20, Problem: 1, Department: "engineering"}, {Number: 21, Problem: 1, Department: "leadership", AnsweredAt: morning(2), ToldAt: morning(2)},
		{Number: 22, Problem: 3, Department: "marketing"},
	}
	first.Solutions = []interview.SolutionSummary{{Number: 1, Problems: []interview.Number{1, 2}, Text: "A jig"}, {Number: 2, Problems: []interview.Number{3}, Text: "Other"}}
	first.Promises = []interview.PromiseSummary{
		{Number: 30, Text: "ours", Side: interview.Ours}, {Number: 31, Text: "theirs", Side: interview.Theirs},
		{Number: 32, Text: "done", Side: interview.Ours, DoneAt: morning(2)},
		{Number: 33, Text: "told", Side: interview.Ours, DoneAt: morning(2), ToldAt: morning(3)},
	}
	elsewhere := met("Acme", 3) // without Ana
	elsewhere.Promises = []interview.PromiseSummary{{Number: 1, Text: "not hers", Side: interview.Ours}}
	alone := with(met("Bolt", 2), said("It rusts", "wear"))
	alone.People = []interview.PersonSummary{{Name: "Eve", Side: interview.Theirs, Adviser: true, AskedToAdvise: true}, {Name: "Ben", Side: interview.Ours}}
	alone.Quotes = interview.QuoteNone
	left := met("Cog", 4)
	left.People = []interview.PersonSummary{{Name: "Kim", Side: interview.Theirs, AskedToAdvise: true}}
	joined := met("Cog", 1)
	joined.People = []interview.PersonSummary{{Name: "Kim", Side: interview.Theirs, Adviser: true, AskedToAdvise: true}}
	quiet := met("Dye", 5)
	quiet.People = []interview.PersonSummary{{Name: "Max", Side: interview.Theirs, Adviser: true, AskedToAdvise: true}, person("Ida")}
	return []interview.Summary{first, elsewhere, alone, left, joined, quiet}
}

func TestAdvisers(t *testing.T) {
	board := insight.Advisers(advised())
	if got := statements(board, ofAdviser); got != "Ana | Eve | Max" {
		t.Fatalf("advisers, who was not met for longest first: %s", got)
	}
	ana, eve := board[0], board[1]
	themes := func(a insight.Adviser) string {
		return statements(a.Themes, func(t insight.AdviserTheme) string {
			return "#" + t.Theme + " " + statements(t.Problems, func(f insight.Followed) string { return f.Statement })
		})
	}
	if got := themes(ana); got != "#cost Welds crack | #wear Welds crack | # Nobody counts" {
		t.Errorf("Ana told us: %s", got)
	}
	if got := themes(eve); got != "#wear It rusts" {
		t.Errorf("Eve, alone on her side, told us: %s", got)
	}
	if !ana.LastAsked().Equal(met("", 1).StartedAt) || ana.Role != "foreman" || ana.Customer != "Acme" {
		t.Errorf("Ana: %+v", ana)
	}
	crack := ana.Themes[0].Problems[0]
	if got := statements(crack.Routes, ofRoute); got != "engineering | leadership" || len(crack.Solutions) != 1 || crack.Solutions[0].Text != "A jig" {
		t.Errorf("done about it: %s, %+v", got, crack.Solutions)
	}
	if got := statements(ana.OwedPromises, ofPromise); got != "ours | done" {
		t.Errorf("promises owed: %s", got)
	}
	if got := statements(ana.OwedRoutes, ofRoute); got != "engineering" {
		t.Errorf("routes owed: %s", got)
	}
}

func TestPutToTheBoard(t *testing.T) {
	all := advised()
	later := met("Dye", 9)
	later.People = []interview.PersonSummary{person("max")}
	later.Tagged = []interview.LineSummary{{Number: 2, Kind: interview.Paraphrase, Text: "it wears", Speaker: "max", Themes: []string{"wear"}}}
	again := with(met("Acme", 8), said("WELDS crack.", "wear"), said("An aside", "wear"))
	again.Problems[1].Status = interview.Aside
	all = append(all, later, again)
	tests := []struct {
		name              string
		since             time.Time
		answered, waiting string
	}{
		{"at any time", time.Time{}, "Eve Bolt 2 | Ana Acme 1 | max Dye 9", ""},
		{"since it was put", morning(9), "max Dye 9", "Eve | Ana"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, ok := insight.Put(all, "wear", tt.since)
			if !ok {
				t.Fatal("there is no such theme")
			}
			answered := statements(b.Answered, func(r insight.Reply) string { return r.Adviser.Name + " " + ofRef(r.Refs[0]) })
			if waiting := statements(b.Waiting, ofAdviser); sorted(answered) != sorted(tt.answered) || sorted(waiting) != sorted(tt.waiting) {
				t.Errorf("answered: %s; waiting: %s", answered, waiting)
			}
			// Each wording once, and nobody's who is not to be quoted.
			if got := statements(b.Questions, ofProblem); got != "Welds crack | Lou's own" {
				t.Errorf("questions: %s", got)
			}
		})
	}
	if _, ok := insight.Put(all, "nothing", time.Time{}); ok {
		t.Error("a theme that is not there was put")
	}
}

// What we said, and what they said no to, is nothing that an adviser told us, though they were alone.
func TestAdvisersDidNotSayWhatWeSaid(t *testing.T) {
	s := with(met("Acme", 1), said("They need a crane", "crane"), said("The jigs are worn", "jigs"), said("They wait", "yard"))
	s.Problems[0].OursOnly, s.Problems[1].Denied = true, true
	s.People = []interview.PersonSummary{{Name: "Ana", Side: interview.Theirs, Adviser: true, AskedToAdvise: true}, {Name: "Hy", Side: interview.Ours}}
	ana := insight.Advisers([]interview.Summary{s})[0]
	if got := statements(ana.Themes, func(t insight.AdviserTheme) string { return t.Theme }); got != "yard" {
		t.Errorf("Ana told us of: %s", got)
	}
	if b, ok := insight.Put([]interview.Summary{s}, "jigs", time.Time{}); !ok || len(b.Questions)+len(b.Answered) != 0 || len(b.Waiting) != 1 {
		t.Errorf("put to the board: %v, %+v", ok, b)
	}
}
