package insight_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/insight"
	"hark/internal/interview"
)

// mill is a customer met three times, once under another spelling.
func mill() []interview.Summary {
	first := with(met("mill  & sons", 1), said("Dust everywhere", "dust"), said("Late orders"))
	first.Problems[0].Status, first.Problems[0].HowOften, first.Problems[0].HowBad = interview.Confirmed, "daily", 2
	first.Problems[1].Status, first.Problems[1].Reason = interview.Aside, "settled in spring"
	first.People = []interview.PersonSummary{
		{Name: "Ben", Side: interview.Ours}, {Name: "Lou", Role: "miller", Side: interview.Theirs, Adviser: true, AskedToAdvise: true},
	}
	first.Promises = []interview.PromiseSummary{
		{Number: 3, Text: "Send the list", Side: interview.Ours, Due: nov(20)},
		{Number: 4, Text: "Count the bags", Owner: "Lou", Side: interview.Theirs},
	}
	second := with(met("Mill & Sons", 10), said("dust, everywhere!"), said("Nobody answers the phone"))
	second.Problems[0].HowBad = 4
	second.People = []interview.PersonSummary{person("LOU"), person("Ida")}
	second.Promises = []interview.PromiseSummary{{Number: 3, Text: "Done it", Side: interview.Ours, DoneAt: morning(11)}}
	second.Routes = []interview.RouteSummary{{Number: 5, Problem: 1, Department: "engineering"}}
	gone := with(met("Mill & Sons", 12), said("Discarded"))
	gone.Discarded = true
	return []interview.Summary{first, gone, second, met("Acme", 5)}
}

func TestCustomers(t *testing.T) {
	all := insight.Customers(mill())
	if got := statements(all, func(c insight.Customer) string { return c.Name }); got != "Mill & Sons | Acme" {
		t.Fatalf("customers: %s", got)
	}
	c := all[0]
	checks := map[string][2]string{
		"interviews": {statements(c.Interviews, ofSummary), "10 | 1"},
		"first met":  {c.FirstMet().String(), met("", 1).StartedAt.String()},
		"last met":   {c.LastMet().String(), met("", 10).StartedAt.String()},
		"people":     {statements(c.People, func(p insight.Person) string { return p.Name + " " + p.Role }), "Ida  | LOU miller | Ben "},
		"ours":       {statements(c.OpenPromises(interview.Ours), ofPromise), "Send the list"},
		"theirs":     {statements(c.OpenPromises(interview.Theirs), ofPromise), "Count the bags"},
		"promises":   {statements(c.Promises, ofPromise), "Send the list | Count the bags | Done it"},
		"routes":     {statements(c.Routes, ofRoute), "engineering"},
		"troubles":   {statements(c.Troubles, ofTrouble), "dust, everywhere! | Nobody answers the phone | Late orders"},
		"told":       {statements(c.AlreadyKnown(), ofTrouble), "dust, everywhere! | Late orders"},
	}
	for name, c := range checks {
		if c[0] != c[1] {
			t.Errorf("%s: %q, want %q", name, c[0], c[1])
		}
	}
	if lou := c.People[1]; !lou.Adviser || !lou.Asked || statements(lou.Met, ofRef) != "Mill & Sons 10 | mill  & sons 1" {
		t.Errorf("Lou: %+v", lou)
	}
}

// A problem put in the same words is one trouble: it stands as it did last, and
// what was told of it earlier is still known.
func TestTroublesOverTime(t *testing.T) {
	dust := insight.Customers(mill())[0].Troubles[0]
	if got := statements(dust.Mentions, func(p insight.Problem) string { return ofRef(p.Ref) }); got != "mill  & sons 1 | Mill & Sons 10" {
		t.Errorf("mentions: %s", got)
	}
	if dust.Status != interview.Heard || dust.ConfirmedIn.Met.Day() != 1 || dust.ConfirmedIn.Problem != 1 {
		t.Errorf("it is %s and was confirmed in %+v", dust.Status, dust.ConfirmedIn)
	}
	if diff := cmp.Diff([]string{"how often: daily", "how bad: 4 of 5"}, dust.Known()); diff != "" {
		t.Errorf("known (-want +got):\n%s", diff)
	}
}

func TestEverythingKnownIsSaid(t *testing.T) {
	known := insight.Trouble{Impact: interview.Impact{Costs: "a day", Bears: "the shop", Tried: "glue", Wants: "peace"}}.Known()
	want := []string{"what it costs: a day", "who bears it: the shop", "what they tried: glue", "what they want instead: peace"}
	if diff := cmp.Diff(want, known); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Problems that turned out to be the same as another one stand nowhere by
// themselves.
func TestJoinedProblemsStandNowhere(t *testing.T) {
	s := with(met("Mill", 1), said("Dust", "dust"), said("Fine dust", "dust"))
	s.Problems[1].Status, s.Problems[1].Reason, s.Problems[1].Joined = interview.Aside, "the same as problem 1", 1
	all := []interview.Summary{s}
	if got := statements(insight.Customers(all)[0].Troubles, ofTrouble); got != "Dust" {
		t.Errorf("troubles: %s", got)
	}
	if theme := insight.Themes(all)[0]; len(theme.SetAside) != 0 || !theme.Dissent.IsZero() || len(theme.Problems) != 1 {
		t.Errorf("theme: %+v", theme)
	}
}

func TestNamed(t *testing.T) {
	names := []string{"Acme", "Acme Tools", "Bäckerei Süß", "Bolt"}
	for name, want := range map[string]string{
		"acme": "Acme", "ACME  tools": "Acme Tools", "ac": "Acme | Acme Tools", "backerei": "Bäckerei Süß", "b": "Bäckerei Süß | Bolt",
		"x": "", "  ": "",
	} {
		if got := statements(insight.Named(names, itself, name), itself); got != want {
			t.Errorf("%q means %q, want %q", name, got, want)
		}
	}
}

// A part of a name stands for the person who has it, unless there are two of them or it is somebody
// on the other side.
func TestPeopleByAPartOfTheirName(t *testing.T) {
	first, second := met("Acme", 1), met("acme", 2)
	first.People = []interview.PersonSummary{
		{Name: "Ana  Ruiz", Role: "foreman", Side: interview.Theirs, Adviser: true, AskedToAdvise: true}, person("Lou Bell"), person("Lou Moss"),
		{Name: "Kim Park", Side: interview.Ours},
	}
	second.People = []interview.PersonSummary{person("ana"), person("Lou"), person("Kim"), person(" ")}
	second = with(second, said("It breaks", "wear"))
	second.Problems[0].By = []string{"ana"}
	all := []interview.Summary{first, second}
	got := statements(insight.Customers(all)[0].People, func(p insight.Person) string {
		return fmt.Sprintf("%q %d", p.Name, len(p.Met))
	})
	want := `" " 1 | "Ana  Ruiz" 2 | "Kim" 1 | "Lou" 1 | "Lou Bell" 1 | "Lou Moss" 1 | "Kim Park" 1`
	if got != want {
		t.Errorf("people: %s\nwant:   %s", got, want)
	}
	ana := insight.Advisers(all)[0]
	if ana.LastAsked().Day() != 2 || len(ana.Themes) != 1 || ana.Themes[0].Theme != "wear" {
		t.Errorf("Ana: %+v", ana)
	}
}

// A no is told like a yes, each with its day; what only we said, they have not told us.
func TestTroublesKnowTheNo(t *testing.T) {
	first := with(met("Acme", 19), said("The jigs are worn"), said("They need a crane"))
	first.Problems[0].Status, first.Problems[0].HowOften = interview.Confirmed, "weekly"
	first.Problems[1].OursOnly, first.Problems[1].HowBad = true, 4
	second := with(met("Acme", 25), said("the jigs are worn"))
	second.Problems[0].Denied = true
	c := insight.Customers([]interview.Summary{first, second})[0]
	if got := statements(c.AlreadyKnown(), ofTrouble); got != "the jigs are worn" || len(c.Troubles) != 1 || c.Standing() != 0 {
		t.Fatalf("told already: %s; %d of %d stand", got, c.Standing(), len(c.Troubles))
	}
	got := statements(c.Troubles[0].Answers(), func(a insight.Answered) string { return fmt.Sprint(a.Text, " ", a.Ref.Met.Day()) })
	if want := "they said yes to it 19 | they said no to it 25"; got != want {
		t.Errorf("answers: %s", got)
	}
}
