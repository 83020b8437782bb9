package insight_test

import (
	"slices"
	"strings"
	"testing"

	"hark/internal/insight"
	"hark/internal/interview"
)

func TestThemesByCustomersThenProblemsThenName(t *testing.T) {
	all := []interview.Summary{
		with(met("Acme", 1), said("a", "wear"), said("b", "dust"), said("c", "dust"), said("d", "apples")),
		with(met("ACME", 2), said("e", "dust")),
		with(met("Bolt", 3), said("f", "wear")),
	}
	themes := insight.Themes(all)
	if got := statements(themes, ofTheme); got != "wear | dust | apples" {
		t.Fatalf("themes: %s", got)
	}
	wear, dust := themes[0], themes[1]
	if got := statements(wear.Customers, itself); got != "Bolt | ACME" {
		t.Errorf("wear is at %s", got)
	}
	if got := statements(dust.Interviews, ofRef) + ": " + statements(dust.Problems, ofProblem); got != "ACME 2 | Acme 1: b | c | e" {
		t.Errorf("behind dust: %s", got)
	}
	if got := statements(dust.Quotes, ofQuote); got != "b | c | e" {
		t.Errorf("quotes: %s", got)
	}
}

// Each step of what makes a problem strong, against the one below it with all
// that comes after.
func TestStrongest(t *testing.T) {
	strong := []func(*interview.ProblemSummary){
		func(p *interview.ProblemSummary) { p.Raised = interview.Unprompted },
		func(p *interview.ProblemSummary) { p.Status = interview.Confirmed },
		func(p *interview.ProblemSummary) { p.HowBad = 5 },
		func(p *interview.ProblemSummary) { p.Evidence = 9 },
	}
	for i := range strong {
		one, other := said("one", "x"), said("other", "x")
		strong[i](&one)
		for _, less := range strong[i+1:] {
			less(&other)
		}
		theme := insight.Themes([]interview.Summary{with(met("Acme", 1), other, one)})[0]
		if theme.Strongest.Text != "one" {
			t.Errorf("step %d: the strongest is %q", i+1, theme.Strongest.Text)
		}
	}
	first := insight.Themes([]interview.Summary{with(met("Acme", 2), said("later", "x")), with(met("Acme", 1), said("first", "x"))})[0]
	if first.Strongest.Text != "first" {
		t.Errorf("of equals, %q", first.Strongest.Text)
	}
}

func TestQuotesOfATheme(t *testing.T) {
	s := with(met("Acme", 1), said("Said so", "x"), said("Nobody's words", "x"))
	s.Problems[1].Quote = interview.QuoteSummary{}
	s.Problems[1].Raised = interview.Unprompted
	s.People = []interview.PersonSummary{{Name: "Ana", Role: "foreman", Side: interview.Theirs}}
	s.Tagged = []interview.LineSummary{
		{Number: 7, Kind: interview.Quote, Text: "And this", Themes: []string{"x"}},
		{Number: 8, Kind: interview.Quote, Text: "Said so", Themes: []string{"x"}},
		{Number: 9, Kind: interview.Paraphrase, Text: "Told", Themes: []string{"x"}},
		{Number: 10, Kind: interview.Quote, Text: "Came with the problem", Problem: 1, Themes: []string{"y"}},
	}
	themes := insight.Themes([]interview.Summary{s})
	x, y := themes[0], themes[1]
	if got := statements(x.Quotes, ofQuote); got != "Said so | And this" {
		t.Errorf("quotes: %s", got)
	}
	if q := x.Strongest; q.Text != "Nobody's words" || q.Verbatim || q.Speaker != "" || q.Ref.Problem != 2 {
		t.Errorf("a statement without a quote: %+v", q)
	}
	if q := x.Quotes[0]; !q.Verbatim || q.Speaker != "Ana" || q.Role != "foreman" || q.Ref.Line != 1 || q.Ref.Quoting != interview.QuoteByName {
		t.Errorf("a quote: %+v", q)
	}
	if len(x.Lines) != 3 || y.Name != "y" || len(y.Lines) != 0 || statements(y.Problems, ofProblem) != "Said so" {
		t.Errorf("lines of x: %+v, behind y: %+v", x.Lines, y)
	}
}

func TestDissent(t *testing.T) {
	refused := said("They said no", "x")
	refused.Answer, refused.Denied = interview.No, true
	stronger := said("A stronger no, earlier", "x")
	stronger.Answer, stronger.Denied, stronger.HowBad = interview.No, true, 5
	lapsed := said("Reworded since", "x")
	lapsed.Answer = interview.No
	aside, refusedAside := said("Set aside", "x"), refused
	aside.Status, aside.Reason = interview.Aside, "we like it so"
	refusedAside.Status = interview.Aside
	spoke := met("Calm", 4)
	spoke.Tagged = []interview.LineSummary{{Number: 1, Kind: interview.Quote, Text: "Runs like a dream", Themes: []string{"x"}}}
	trouble := with(met("Acme", 1), said("It breaks", "x"))
	tests := []struct {
		name, want string
		all        []interview.Summary
	}{
		{"nothing", "", []interview.Summary{trouble}},
		{"what was set aside is no customer's no", "", []interview.Summary{trouble, with(met("Bolt", 2), aside)}},
		{"a quote without a problem is none", "", []interview.Summary{trouble, spoke}},
		{"a no", "They said no", []interview.Summary{with(trouble, refused), spoke, with(met("Bolt", 2), aside)}},
		{"the newest no, however weak", "They said no", []interview.Summary{with(trouble, stronger), with(met("Bolt", 3), refused)}},
		{"a no, set aside afterwards", "They said no", []interview.Summary{trouble, with(met("Bolt", 3), refusedAside)}},
		{"a no to an earlier wording", "", []interview.Summary{with(trouble, lapsed)}},
		{"nothing to speak against", "", []interview.Summary{spoke}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			theme := insight.Themes(tt.all)[0]
			if theme.Dissent.Text != tt.want || theme.Dissent.Refused != (tt.want == "They said no") {
				t.Errorf("dissent: %+v", theme.Dissent)
			}
		})
	}
}

// What was set aside counts for nothing, and the theme is still there.
func TestSetAsideAlone(t *testing.T) {
	aside := said("Set aside", "x")
	aside.Status = interview.Aside
	theme := insight.Themes([]interview.Summary{with(met("Acme", 1), aside)})[0]
	if len(theme.Customers)+len(theme.Problems)+len(theme.Quotes) != 0 || !theme.Strongest.IsZero() || len(theme.Interviews) != 1 {
		t.Errorf("%+v", theme)
	}
}

func TestHearings(t *testing.T) {
	tagged := met("Acme", 3)
	tagged.Tagged = []interview.LineSummary{{Number: 1, Kind: interview.Paraphrase, Text: "t", Themes: []string{"c", "a"}}}
	all := []interview.Summary{met("Acme", 4), with(met("Acme", 1), said("x", "a", "b"), said("y", "a")), with(met("Bolt", 2), said("z", "b")), tagged}
	got := statements(insight.Hearings(all), func(h insight.Hearing) string {
		return ofRef(h.Ref) + " " + statements(h.Themes, itself) + " new " + statements(h.New, itself)
	})
	if want := "Acme 1 a | b new a | b | Bolt 2 b new  | Acme 3 c | a new c | Acme 4  new "; got != want {
		t.Errorf("%s", got)
	}
}

func TestConfirmations(t *testing.T) {
	yes, corrected := said("yes"), said("nearly")
	yes.Status, corrected.Status, corrected.Corrected = interview.Confirmed, interview.Confirmed, true
	heard := said("heard")
	heard.Corrected = true
	all := []interview.Summary{with(met("Acme", 2), corrected, heard, yes), with(met("Acme", 3), heard), with(met("Bolt", 1), yes)}
	got := statements(insight.Confirmations(all), func(c insight.Confirmation) string {
		return ofRef(c.Ref) + " " + statements(c.AsHeard, ofProblem) + "/" + statements(c.Corrected, ofProblem)
	})
	if want := "Bolt 1 yes/ | Acme 2 yes/nearly"; got != want {
		t.Errorf("%s", got)
	}
}

func TestHowOften(t *testing.T) {
	for text, want := range map[string]insight.Often{
		"": insight.OftenUnknown, " \t": insight.OftenUnknown, "Every day": insight.Daily, "three times a week": insight.Weekly,
		"every Friday": insight.Weekly, "Fridays": insight.Weekly, "once a MONTH": insight.Monthly, "twice a year": insight.Rarely,
		"always": insight.Daily, "one weld in five": insight.OtherOften, "jede Woche": insight.OtherOften, "each shift": insight.Daily,
	} {
		if got := insight.HowOften(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
	for i, o := range slices.Sorted(slices.Values(insight.Oftens())) {
		if int(o) != i || o.String() == "" {
			t.Errorf("Oftens lacks %d, or it has no name", i)
		}
	}
}

func TestWeigh(t *testing.T) {
	weighed := func(text, often string, bad int) interview.ProblemSummary {
		p := said(text)
		p.HowOften, p.HowBad = often, bad
		return p
	}
	aside := weighed("aside", "daily", 5)
	aside.Status = interview.Aside
	w := insight.Weigh([]interview.Summary{
		with(met("Acme", 1), weighed("a", "daily", 5), weighed("b", "", 0), weighed("c", "weekly", 9), aside),
		with(met("Bolt", 2), weighed("d", "each day", 5)),
	})
	for _, c := range []struct {
		bad   int
		often insight.Often
		want  string
	}{{5, insight.Daily, "d | a"}, {0, insight.OftenUnknown, "b"}, {0, insight.Weekly, "c"}, {1, insight.Rarely, ""}} {
		if got := statements(w.At(c.bad, c.often), ofProblem); got != c.want {
			t.Errorf("at %d, %s: %q, want %q", c.bad, c.often, got, c.want)
		}
	}
}

// However a theme is spelled, it is one: as it was spelled last.
func TestSpellingsOfAThemeAreOne(t *testing.T) {
	all := []interview.Summary{
		with(met("Acme", 1), said("a", "größe")), with(met("Bolt", 2), said("b", "gro\u0308ße")), with(met("Cope", 3), said("c", "grösse")),
	}
	themes := insight.Themes(all)
	if got := statements(themes, ofTheme); got != "grösse" || len(themes[0].Customers) != 3 {
		t.Errorf("themes: %s, %v", got, themes[0].Customers)
	}
	if _, ok := insight.Put(all, "GRÖSSE", morning(1)); !ok {
		t.Error("no such theme is put to the advisers")
	}
	for i, h := range insight.Hearings(all) {
		if len(h.New) != max(0, 1-i) {
			t.Errorf("new in interview %d: %v", i+1, h.New)
		}
	}
}

// A problem that they said no to speaks against its theme alone, until one of them says yes; what only
// we said is nobody's problem.
func TestARefusedProblemIsAgainst(t *testing.T) {
	first, second := with(met("Acme", 1), said("It wears", "wear"), said("They need a crane", "crane")), with(met("Bolt", 2), said("It cracks", "wear"))
	first.Problems[0].Denied, first.Problems[1].OursOnly = true, true
	second.Problems[0].Denied, second.Problems[0].Status = true, interview.Confirmed
	themes := insight.Themes([]interview.Summary{first, second})
	if got := statements(themes, ofTheme); got != "wear" {
		t.Fatalf("themes: %s", got)
	}
	wear := themes[0]
	if got := strings.Join(wear.Customers, " | "); got != "Bolt" || wear.Strongest.Text != "It cracks" || statements(wear.Problems, ofProblem) != "It cracks" {
		t.Errorf("for it: %s, %+v, %+v", got, wear.Strongest, wear.Problems)
	}
	if got := statements(wear.Refused, ofProblem); got != "It wears" || wear.Dissent.Text != "It cracks" {
		t.Errorf("against it: %s, %+v", got, wear.Dissent)
	}
	w := insight.Weigh([]interview.Summary{first, second})
	if got := statements(w.At(0, insight.OftenUnknown), ofProblem); got != "It cracks" {
		t.Errorf("weighed: %s", got)
	}
}
