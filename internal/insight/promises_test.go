package insight_test

import (
	"fmt"
	"testing"

	"hark/internal/insight"
	"hark/internal/interview"
)

func TestPromisesDueFirst(t *testing.T) {
	early, late := met("Acme", 1), met("Bolt", 5)
	early.Promises = []interview.PromiseSummary{
		{Number: 1, Text: "no day"}, {Number: 2, Text: "done long ago", DoneAt: morning(2), Due: nov(1)}, {Number: 3, Text: "in time", Due: nov(20)},
		{Number: 4, Text: "younger, no day", At: morning(7)},
	}
	late.Promises = []interview.PromiseSummary{
		{Number: 1, Text: "late", Due: nov(3)}, {Number: 2, Text: "just done", DoneAt: morning(6), Due: nov(30)}, {Number: 3, Text: "no day later"},
	}
	got := statements(insight.Promises([]interview.Summary{late, early}), ofPromise)
	if want := "late | in time | no day | no day later | younger, no day | just done | done long ago"; got != want {
		t.Errorf("%s", got)
	}
}

func TestStates(t *testing.T) {
	today := nov(10)
	promise := func(due interview.Date, done, told bool) interview.State {
		p := insight.Promise{PromiseSummary: interview.PromiseSummary{Due: due}}
		if done {
			p.DoneAt = morning(9)
		}
		if told {
			p.ToldAt = morning(9)
		}
		return p.State(today)
	}
	for _, c := range []struct {
		name      string
		got, want interview.State
	}{
		{"no day", promise(interview.Date{}, false, false), interview.StateOpen},
		{"tomorrow", promise(nov(11), false, false), interview.StateOpen},
		{"today", promise(today, false, false), interview.StateDue},
		{"yesterday", promise(nov(9), false, false), interview.StateOverdue},
		{"told, and not done", promise(nov(9), false, true), interview.StateOverdue},
		{"done", promise(nov(9), true, false), interview.StateDone},
		{"done and told", promise(nov(9), true, true), interview.StateTold},
		{"route", insight.Route{RouteSummary: interview.RouteSummary{Due: nov(9)}}.State(today), interview.StateOverdue},
		{"answered", insight.Route{RouteSummary: interview.RouteSummary{Due: nov(9), AnsweredAt: morning(8)}}.State(today), interview.StateAnswered},
		{"answer told", insight.Route{RouteSummary: interview.RouteSummary{AnsweredAt: morning(8), ToldAt: morning(9)}}.State(today), interview.StateTold},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestRoutesByDepartment(t *testing.T) {
	s := with(met("Acme", 1), said("It breaks"))
	s.Routes = []interview.RouteSummary{
		{Number: 5, Problem: 1, Department: "Engineering ", Owner: "Ida", At: morning(3)},
		{Number: 6, Problem: 1, Department: "logistics", Owner: "ben"},
		{Number: 7, Problem: 9, Department: "engineering", Owner: "Ben", At: morning(2)},
	}
	routes := insight.Routes([]interview.Summary{s})
	if routes[0].Statement != "It breaks" || routes[1].Statement != "" {
		t.Errorf("statements: %+v", routes)
	}
	show := func(groups []insight.Group[insight.Route]) string {
		return statements(groups, func(g insight.Group[insight.Route]) string {
			return g.Name + ":" + statements(g.Items, func(r insight.Route) string { return r.Since().Format("2") })
		})
	}
	if got := show(insight.ByDepartment(routes, []string{"marketing", "engineering"})); got != "marketing: | engineering:2 | 3 | logistics:1" {
		t.Errorf("by department: %s", got)
	}
	routes = append(routes, insight.Route{})
	if got := show(insight.RoutesByPerson(routes)); got != "ben:1 | 2 | Ida:3 | :1" {
		t.Errorf("by person: %s", got)
	}
}

// Somebody who answers for routes as Tom Baker and as Tom is one person; on their side that goes
// for one customer, and where it could be either of two, nobody is joined.
func TestRoutesByPersonKnowsShortNames(t *testing.T) {
	ours := func(name string) interview.PersonSummary {
		return interview.PersonSummary{Name: name, Side: interview.Ours}
	}
	route := func(number interview.Number, owner string) interview.RouteSummary {
		return interview.RouteSummary{Number: number, Department: "engineering", Owner: owner}
	}
	first, second, other := met("Acme", 1), met("acme", 2), met("Bolt", 3)
	first.People = []interview.PersonSummary{person("Ana Ruiz"), ours("Tom Baker"), ours("Ben Ash"), ours("Ben Oak")}
	second.People = []interview.PersonSummary{person("ana"), ours("tom"), ours("Ben")}
	other.People = []interview.PersonSummary{ours("Tom"), person("Lou Ray")}
	first.Routes = []interview.RouteSummary{route(1, "Tom Baker"), route(2, "Ana Ruiz"), route(3, "Ben Ash")}
	second.Routes = []interview.RouteSummary{route(4, "tom"), route(5, "ana"), route(6, "Ben"), route(7, "")}
	other.Routes = []interview.RouteSummary{route(8, "Tom"), route(9, "Lou"), route(10, "Stranger")}
	got := statements(insight.RoutesByPerson(insight.Routes([]interview.Summary{first, second, other})), func(g insight.Group[insight.Route]) string {
		return g.Name + ":" + statements(g.Items, func(r insight.Route) string { return fmt.Sprint(r.Ref.Line) })
	})
	if want := "Ana Ruiz:2 | 5 | Ben:6 | Ben Ash:3 | Lou:9 | Stranger:10 | Tom Baker:1 | 4 | 8 | :7"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPromisesByPerson(t *testing.T) {
	acme, bolt := met("Acme", 1), met("Bolt", 2)
	acme.Promises = []interview.PromiseSummary{
		{Number: 1, Text: "a", Owner: "Ana", Side: interview.Theirs}, {Number: 2, Text: "b", Side: interview.Ours},
		{Number: 3, Text: "c", Side: interview.Theirs},
	}
	bolt.Promises = []interview.PromiseSummary{{Number: 1, Text: "d", Owner: "Ana", Side: interview.Theirs}, {Number: 2, Text: "e", Owner: "Ben", Side: interview.Ours}}
	got := statements(insight.PromisesByPerson(insight.Promises([]interview.Summary{acme, bolt})), func(g insight.Group[insight.Promise]) string {
		return g.Name + "@" + g.Customer + ":" + statements(g.Items, ofPromise)
	})
	if want := "Ben@:e | @:b | Ana@Acme:a | @Acme:c | Ana@Bolt:d"; got != want {
		t.Errorf("%s", got)
	}
}

// Somebody who is Ana Ruiz in one interview and Ana in the next made the promises of both, on their
// side as on ours; where it could be either of two, nobody is joined.
func TestPromisesByPersonKnowsShortNames(t *testing.T) {
	first, second, other := met("Acme", 1), met("acme", 2), met("Bolt", 3)
	ours := func(name string) interview.PersonSummary {
		return interview.PersonSummary{Name: name, Side: interview.Ours}
	}
	first.People = []interview.PersonSummary{person("Ana Ruiz"), person("Ben Ash"), person("Ben Oak"), ours("Mia Stone")}
	second.People = []interview.PersonSummary{person("ana"), person("Ben")}
	other.People = []interview.PersonSummary{person("Ana"), ours("Mia")}
	promise := func(text, owner string, side interview.Side) interview.PromiseSummary {
		return interview.PromiseSummary{Text: text, Owner: owner, Side: side}
	}
	first.Promises = []interview.PromiseSummary{
		promise("a", "Ana Ruiz", interview.Theirs), promise("b", "Ben Ash", interview.Theirs), promise("c", "Mia Stone", interview.Ours),
	}
	second.Promises = []interview.PromiseSummary{promise("d", "ana", interview.Theirs), promise("e", "Ben", interview.Theirs)}
	other.Promises = []interview.PromiseSummary{promise("f", "Ana", interview.Theirs), promise("g", "Mia", interview.Ours)}
	got := statements(insight.PromisesByPerson(insight.Promises([]interview.Summary{first, second, other})), func(g insight.Group[insight.Promise]) string {
		return g.Name + ":" + statements(g.Items, ofPromise)
	})
	if want := "Mia Stone:c | g | Ana Ruiz:a | d | Ben:e | Ben Ash:b | Ana:f"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Ana and Ana Ruiz who were in one room are two, at every meeting and in their promises.
func TestTwoOfOneRoomAreTwo(t *testing.T) {
	s, again := met("Acme", 1), met("Acme", 2)
	s.People = []interview.PersonSummary{
		{Name: "Ana", Role: "foreman", Side: interview.Theirs, Adviser: true, AskedToAdvise: true},
		{Name: "Ana Ruiz", Role: "director", Side: interview.Theirs, AskedToAdvise: true},
	}
	again.People = []interview.PersonSummary{person("ana")}
	s.Promises = []interview.PromiseSummary{
		{Number: 1, Text: "a", Owner: "Ana", Side: interview.Theirs}, {Number: 2, Text: "b", Owner: "Ana Ruiz", Side: interview.Theirs},
	}
	all := []interview.Summary{s, again}
	who := func(p insight.Person) string {
		return fmt.Sprint(p.Name, ", ", p.Role, ", ", p.Standing(), " ", len(p.Met))
	}
	if got, want := statements(insight.Customers(all)[0].People, who), "ana, foreman, an adviser 2 | Ana Ruiz, director, does not want to be asked again 1"; got != want {
		t.Errorf("people: %s, want %s", got, want)
	}
	if got := statements(insight.Advisers(all), insight.Adviser.Introduced); got != "ana, foreman, Acme" {
		t.Errorf("advisers: %s", got)
	}
	got := statements(insight.PromisesByPerson(insight.Promises(all)), func(g insight.Group[insight.Promise]) string {
		return g.Name + ":" + statements(g.Items, ofPromise)
	})
	if want := "ana:a | Ana Ruiz:b"; got != want {
		t.Errorf("promises: %s, want %s", got, want)
	}
}
