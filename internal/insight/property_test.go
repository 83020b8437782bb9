package insight_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/insight"
	"hark/internal/interview"
)

// drawNotebook draws summaries of a few customers with a few themes, so that
// things coincide.
func drawNotebook(t *rapid.T) []interview.Summary {
	themes := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"wear", "dust", "cost", "late"}), 0, 3, rapid.ID)
	names := rapid.SampledFrom([]string{"Ana", "ana ", "Lou", "Kim"})
	sides := rapid.SampledFrom([]interview.Side{interview.Theirs, interview.Ours})
	words := rapid.SampledFrom([]string{"Welds crack", "welds crack!", "The dust of the welds", "Invoices are late", "…", "Late again, the crack"})
	var all []interview.Summary
	for day := range rapid.IntRange(0, 7).Draw(t, "interviews") {
		customer := rapid.SampledFrom([]string{"Acme", "ACME", "Bolt", " bolt", "Cog"}).Draw(t, "customer")
		s := met(customer, 1+rapid.IntRange(0, 3).Draw(t, "day"))
		s.ID[0] = byte(day)
		s.Discarded = rapid.IntRange(0, 9).Draw(t, "discarded") == 0
		for range rapid.IntRange(0, 4).Draw(t, "problems") {
			p := said(words.Draw(t, "statement"), themes.Draw(t, "themes")...)
			p.Status = rapid.SampledFrom([]interview.Status{interview.Heard, interview.Weighed, interview.Confirmed, interview.Aside}).Draw(t, "status")
			p.Answer = rapid.SampledFrom([]interview.Answer{"", interview.Yes, interview.Nearly, interview.No}).Draw(t, "answer")
			p.HowBad = rapid.IntRange(0, 6).Draw(t, "how bad")
			p.HowOften = rapid.SampledFrom([]string{"", "daily", "now and then"}).Draw(t, "how often")
			p.Corrected = rapid.Bool().Draw(t, "corrected")
			if p.Status == interview.Aside && rapid.Bool().Draw(t, "joined") {
				p.Joined = 1
			}
			p.By = rapid.SliceOfN(names, 0, 2).Draw(t, "by")
			s = with(s, p)
		}
		for n := range rapid.IntRange(0, 2).Draw(t, "tagged") {
			kind := rapid.SampledFrom([]interview.LineKind{interview.Quote, interview.Paraphrase}).Draw(t, "kind")
			s.Tagged = append(s.Tagged, interview.LineSummary{
				Number: interview.Number(40 + n), Kind: kind, Text: words.Draw(t, "text"), Speaker: names.Draw(t, "speaker"),
				Problem: interview.Number(rapid.IntRange(0, len(s.Problems)).Draw(t, "problem")), Themes: themes.Draw(t, "themes"),
			})
		}
		for n := range rapid.IntRange(0, 3).Draw(t, "promises") {
			p := interview.PromiseSummary{Number: interview.Number(50 + n), Text: "p", Owner: names.Draw(t, "owner"), Side: sides.Draw(t, "side")}
			if rapid.Bool().Draw(t, "due") {
				p.Due = nov(1 + rapid.IntRange(0, 3).Draw(t, "due day"))
			}
			if rapid.Bool().Draw(t, "done") {
				p.DoneAt = morning(9)
			}
			s.Promises = append(s.Promises, p)
			s.Routes = append(s.Routes, interview.RouteSummary{Number: interview.Number(60 + n), Problem: 1, Department: names.Draw(t, "department"), Due: p.Due})
		}
		for range rapid.IntRange(0, 2).Draw(t, "people") {
			asked := rapid.Bool().Draw(t, "asked")
			s.People = append(s.People, interview.PersonSummary{
				Name: names.Draw(t, "name"), Side: sides.Draw(t, "side"), AskedToAdvise: asked, Adviser: asked && rapid.Bool().Draw(t, "adviser"),
			})
		}
		s.Questions, s.Asked = 5, rapid.IntRange(0, 5).Draw(t, "asked")
		all = append(all, s)
	}
	return all
}

// everything is all that the package says of a notebook.
func everything(all []interview.Summary) []any {
	board, _ := insight.Put(all, "wear", morning(2))
	promises, routes := insight.Promises(all), insight.Routes(all)
	return []any{
		insight.Customers(all), insight.Themes(all), insight.Hearings(all), insight.Confirmations(all),
		*insight.Weigh(all), insight.Suggest(all, 0), insight.Advisers(all), board, promises, routes, insight.PromisesByPerson(promises),
		insight.RoutesByPerson(routes), insight.ByDepartment(routes, []string{"ana"}),
	}
}

// The order in which interviews come makes no difference, nor do discarded ones.
func TestTheOrderOfInterviewsMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawNotebook(t)
		shuffled := rapid.Permutation(all).Draw(t, "shuffled")
		listed := slices.DeleteFunc(slices.Clone(all), func(s interview.Summary) bool { return s.Discarded })
		want := everything(all)
		for name, other := range map[string][]interview.Summary{"shuffled": shuffled, "without the discarded": listed} {
			for i, got := range everything(other) {
				if !reflect.DeepEqual(want[i], got) {
					t.Fatalf("%s: part %d differs:\n%+v\n%+v", name, i, want[i], got)
				}
			}
		}
	})
}

// A figure is as large as what is behind it, and what is behind it is there.
func TestFiguresHaveSomethingBehindThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawNotebook(t)
		customers := insight.Customers(all)
		interviews := map[interview.ID]interview.Summary{}
		for _, s := range all {
			if !s.Discarded {
				interviews[s.ID] = s
			}
		}
		there := func(r insight.Ref) {
			s, ok := interviews[r.Interview]
			if !ok || s.Customer != r.Customer || !s.StartedAt.Equal(r.Met) || r.Problem.Count() > len(s.Problems) {
				t.Fatalf("nothing at %+v", r)
			}
		}
		met := 0
		for _, c := range customers {
			met += len(c.Interviews)
		}
		if met != len(interviews) {
			t.Fatalf("%d interviews with customers of %d", met, len(interviews))
		}
		seen := map[string]bool{}
		for i, theme := range insight.Themes(all) {
			if seen[theme.Name] {
				t.Fatalf("%s is there twice", theme.Name)
			}
			seen[theme.Name] = true
			if n := len(theme.Customers); n > len(theme.Interviews) || n > len(customers) || n > len(theme.Problems)+len(theme.Lines) {
				t.Fatalf("%s is at %d customers, in %d interviews, with %d problems", theme.Name, n, len(theme.Interviews), len(theme.Problems))
			}
			for _, r := range theme.Interviews {
				there(r)
			}
			for _, p := range slices.Concat(theme.Problems, theme.SetAside) {
				there(p.Ref)
				if !slices.Contains(p.Themes, theme.Name) {
					t.Fatalf("%+v is not about %s", p, theme.Name)
				}
			}
			for _, q := range append(theme.Quotes, theme.Strongest, theme.Dissent) {
				if !q.IsZero() {
					there(q.Ref)
				}
			}
			if i > 0 {
				seen[theme.Name] = true
			}
		}
		for _, h := range insight.Hearings(all) {
			there(h.Ref)
			for _, theme := range h.New {
				if !seen[theme] {
					t.Fatalf("%s came up in %+v and is no theme, or was new twice", theme, h.Ref)
				}
				delete(seen, theme)
			}
		}
		if len(seen) > 0 {
			t.Fatalf("never new: %v", seen)
		}
	})
}

// Two halves of a notebook taken together have the themes of both, each at no
// fewer customers than in either and at no more than in both.
func TestThemesOfTwoHalves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawNotebook(t)
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		count := func(half []interview.Summary) map[string]int {
			n := map[string]int{}
			for _, theme := range insight.Themes(half) {
				n[theme.Name+" customers"], n[theme.Name+" problems"] = len(theme.Customers), len(theme.Problems)
			}
			return n
		}
		a, b, both := count(all[:cut]), count(all[cut:]), count(all)
		for key, n := range both {
			if n < max(a[key], b[key]) || n > a[key]+b[key] || strings.HasSuffix(key, "problems") && n != a[key]+b[key] {
				t.Fatalf("%s: %d, in the halves %d and %d", key, n, a[key], b[key])
			}
		}
		for _, half := range []map[string]int{a, b} {
			for key := range half {
				if _, ok := both[key]; !ok {
					t.Fatalf("%s got lost", key)
				}
			}
		}
	})
}

// What is suggested is made of what is there, for problems without a theme alone.
func TestSuggestionsAreOfWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawNotebook(t)
		var themes []string
		for _, theme := range insight.Themes(all) {
			themes = append(themes, theme.Name)
		}
		if some := insight.Suggest(all, 1); !reflect.DeepEqual(some, insight.Suggest(all, 0)[:len(some)]) || len(some) > 1 {
			t.Fatalf("the first suggestion: %+v", some)
		}
		for _, s := range insight.Suggest(all, 0) {
			if len(s.Problem.Themes) > 0 || s.Problem.Status == interview.Aside || len(s.Themes) == 0 || len(s.Themes) > 3 {
				t.Fatalf("%+v", s)
			}
			for _, theme := range s.Themes {
				if theme.New == slices.Contains(themes, theme.Name) || len(theme.Words) == 0 {
					t.Fatalf("of %v: %+v", themes, theme)
				}
				for _, p := range theme.Like {
					if p.Ref == s.Problem.Ref || !theme.New && !slices.Contains(p.Themes, theme.Name) {
						t.Fatalf("%s is like %s by #%s", fmt.Sprint(p), s.Problem.Statement, theme.Name)
					}
				}
			}
		}
	})
}
