// Package promises is the screen of promises and routes: by department or by person, the oldest or
// the first due at the top, to be ticked off.
package promises

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/show"
)

// Model is the board of promises and routes, by department or by person.
type Model struct {
	*page.Board
	byPerson bool
	all      bool // also what is done and told
}

// The actions of the screen, in addition to those of every board.
const (
	actArrange keymap.Action = "promises.arrange"
	actAll     keymap.Action = "promises.all"
)

// New returns the screen, which is read by Init.
func New(env *screen.Env) *Model {
	m := &Model{}
	m.Board = page.NewBoard(env, m.query)
	return m
}

// owed is the grouped promises and routes, all or only the open ones.
type owed struct {
	ours, theirs         []insight.Promise
	inDoubt              []insight.Promise // whose they are is to settle
	departments          []insight.Group[insight.Route]
	people               []person
	open, late, untold   int // promises of ours
	waiting              int // routes without an answer
	routes, promisesMade int
}

// person holds the promises and routes of one person.
type person struct {
	name, customer string
	promises       []insight.Promise
	routes         []insight.Route
}

// query computes both arrangements, of all and of what is open.
func (m *Model) query(all []interview.Summary) func() page.Sheet {
	promises, routes := insight.Promises(all), insight.Routes(all)
	today := m.Env.Today()
	whole := m.sort(promises, routes, today)
	var openPromises []insight.Promise
	for _, p := range promises {
		if state := p.State(today); state != interview.StateTold && (state != interview.StateDone || p.Side == interview.Ours) {
			openPromises = append(openPromises, p)
		}
	}
	var openRoutes []insight.Route
	for _, r := range routes {
		if r.State(today) != interview.StateTold {
			openRoutes = append(openRoutes, r)
		}
	}
	open := m.sort(openPromises, openRoutes, today)
	return func() page.Sheet {
		shown := open
		if m.all {
			shown = whole
		}
		sheet := m.sheet(shown)
		if !m.all && whole.routes+whole.promisesMade > 0 {
			sheet.Empty = "Everything that was promised or carried further is done, and they were told.\nv shows it."
		}
		return sheet
	}
}

// sort groups promises and routes.
func (m *Model) sort(promises []insight.Promise, routes []insight.Route, today interview.Date) owed {
	o := owed{departments: insight.ByDepartment(routes, m.Env.Departments), routes: len(routes), promisesMade: len(promises)}
	for _, p := range promises {
		switch p.Side {
		case interview.Theirs:
			o.theirs = append(o.theirs, p)
			continue
		case interview.Ours:
			o.ours = append(o.ours, p)
		default:
			o.inDoubt = append(o.inDoubt, p)
			continue
		}
		state := p.State(today)
		if state.Waits() {
			o.open++
		}
		if state == interview.StateOverdue {
			o.late++
		}
		if state == interview.StateDone {
			o.untold++
		}
	}
	for _, r := range routes {
		if r.State(today).Waits() {
			o.waiting++
		}
	}
	o.people = byPerson(promises, routes)
	return o
}

// byPerson joins promises and routes by owner: our own people first, then what has no owner, then
// the customers' people.
func byPerson(promises []insight.Promise, routes []insight.Route) []person {
	answers := map[string][]insight.Route{}
	for _, g := range insight.RoutesByPerson(routes) {
		answers[plain.Fold(g.Name)] = g.Items
	}
	var ours, theirs []person
	for _, g := range insight.PromisesByPerson(promises) {
		if p := (person{name: g.Name, customer: g.Customer, promises: g.Items}); p.promises[0].Side == interview.Theirs {
			theirs = append(theirs, p)
		} else {
			p.routes = answers[plain.Fold(g.Name)]
			delete(answers, plain.Fold(g.Name))
			ours = append(ours, p)
		}
	}
	for _, g := range insight.RoutesByPerson(routes) {
		if left, ok := answers[plain.Fold(g.Name)]; ok {
			ours = append(ours, person{name: g.Name, routes: left})
		}
	}
	slices.SortStableFunc(ours, func(a, b person) int {
		if (a.name == "") != (b.name == "") {
			return cmp.Compare(b.name, a.name) // "" last
		}
		return cmp.Compare(plain.Fold(a.name), plain.Fold(b.name))
	})
	return append(ours, theirs...)
}

// sheet lays out the current arrangement.
func (m *Model) sheet(o owed) page.Sheet {
	sheet := page.Sheet{
		Head: "Promises and routes", Title: "Who owes what", Right: "by department",
		Detail: show.Joined(count(o.late, "late", "late"), count(o.open, "to keep", "to keep"), count(o.untold, "to tell of", "to tell of"), count(o.waiting, "to be answered", "to be answered")),
		Empty:  "Nothing is promised or carried further.\n+ in an interview keeps a promise, as in: +send the norm sheet @us due friday.\n/route P DEPARTMENT carries a confirmed problem to the people who can mend it.",
	}
	if m.byPerson {
		sheet.Right = "by person"
		for _, p := range o.people {
			sheet.Sections = append(sheet.Sections, m.ofPerson(p))
		}
		return sheet
	}
	for _, g := range o.departments {
		section := page.List(g.Name, g.Items, func(r insight.Route) page.Item {
			return page.Route(m.Env, r, "route", r.Owner, r.Ref.Customer)
		})
		section.Detail = show.Count(len(g.Items), "problem", "problems")
		sheet.Sections = append(sheet.Sections, section)
	}
	sheet.Sections = append(sheet.Sections, m.promised("What we promised", o.ours), m.promised("What they promised", o.theirs), m.promised("Promised, and whose is to settle", o.inDoubt))
	return sheet
}

// promised is the section of the promises of one side.
func (m *Model) promised(title string, promises []insight.Promise) page.Section {
	section := page.List(title, promises, func(p insight.Promise) page.Item {
		return page.Promise(m.Env, p, "promise", show.Owner(p.Owner, p.Side), p.Ref.Customer)
	})
	section.Detail = show.Count(len(promises), "promise", "promises")
	return section
}

// ofPerson is the section of one person.
func (m *Model) ofPerson(p person) page.Section {
	section := page.Section{Title: p.name, Short: fmt.Sprint(len(p.promises) + len(p.routes))}
	switch {
	case p.name == "" && p.customer == "" && len(p.promises) == 0:
		section.Title = "Nobody in particular"
	case p.name == "" && p.customer == "":
		section.Title = "Us"
	case p.name == "":
		section.Title = p.customer
	case p.customer != "":
		section.Title += ", " + p.customer
	}
	section.Detail = show.Joined(count(len(p.promises), "promise", "promises"), count(len(p.routes), "problem", "problems"))
	for _, r := range p.routes {
		section.Items = append(section.Items, page.Route(m.Env, r, "route", r.Department, r.Ref.Customer))
	}
	for _, one := range p.promises {
		customer := one.Ref.Customer
		if p.customer != "" {
			customer = ""
		}
		section.Items = append(section.Items, page.Promise(m.Env, one, "promise", customer))
	}
	return section
}

// count returns a number of things, "" for none.
func count(n int, one, many string) string {
	if n == 0 {
		return ""
	}
	return show.Count(n, one, many)
}

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	scopes := m.Board.Scopes()
	if m.Typing() {
		return scopes
	}
	arrange, all, long := "by person", "all", "What is done and told too"
	if m.byPerson {
		arrange = "by department"
	}
	if m.all {
		all, long = "open ones", "Only what is still open"
	}
	return append(scopes, keymap.Scope{Name: "Promises and routes", Bindings: []keymap.Binding{
		{Action: actArrange, Keys: []string{"t"}, Short: arrange, Long: "By department, or by person", Rank: 2},
		{Action: actAll, Keys: []string{"v"}, Short: all, Long: long, Rank: 2},
	}})
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	switch action {
	case actArrange:
		m.byPerson = !m.byPerson
		m.Refill()
	case actAll:
		m.all = !m.all
		m.Refill()
	default:
		return m.Board.Act(action)
	}
	return nil
}

var _ screen.Screen = (*Model)(nil)
