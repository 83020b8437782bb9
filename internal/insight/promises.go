package insight

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Promise is one promise of one interview. Ref.Line is its number.
type Promise struct {
	Ref Ref
	interview.PromiseSummary
	// ownerName is who made it, by the fullest name that is known.
	ownerName string
}

// Route is one route of one interview. Ref.Line is its number.
type Route struct {
	Ref Ref
	interview.RouteSummary
	// Statement is the problem's, as it is worded today, and Quoted says whether it stands in
	// quotation marks. Worded is it as it stands in a sentence.
	Statement, Worded string
	Quoted            bool
	// No is ProblemSummary.No of it.
	No string
	// Hold is Route.Hold of the interview.
	Hold string
	// ownerName is who answers for it, by the fullest name that is known.
	ownerName string
}

// PromiseIn returns a promise of an interview, with the owner's name as it stands there.
func PromiseIn(s *interview.Summary, p interview.PromiseSummary) Promise {
	ref := refTo(s)
	ref.Line = p.Number
	return Promise{Ref: ref, PromiseSummary: p}
}

// Since returns when the promise was made.
func (p Promise) Since() time.Time { return since(p.At, p.Ref) }

// Since returns when the problem was carried to the department.
func (r Route) Since() time.Time { return since(r.At, r.Ref) }

// since is when something was kept; the summary of an earlier hark does not say,
// and then it is when the interview began.
func since(at time.Time, ref Ref) time.Time {
	if at.IsZero() {
		return ref.Met
	}
	return at
}

// Promises returns all promises: the open ones first, those due first at the top, then those
// without a day, the oldest first; and after them those that are done, the last done first.
func Promises(all []interview.Summary) []Promise {
	var promises []Promise
	listed := live(all)
	owners := ownersOf(listed)
	for _, s := range listed {
		for _, p := range s.Promises {
			one := PromiseIn(s, p)
			one.ownerName = owners[whose(s, p.Side)].of(p.Owner)
			promises = append(promises, one)
		}
	}
	slices.SortFunc(promises, func(a, b Promise) int {
		return cmp.Or(
			cmp.Compare(dueRank(a), dueRank(b)), compareDays(a, b), a.Since().Compare(b.Since()), byNumber(a.Ref, b.Ref),
		)
	})
	return promises
}

// A crew are the people of one side: a customer's, or ours at all customers.
type crew struct {
	people  []interview.PersonSummary // each name once
	spelled map[string]string         // folded names as they were typed last
	in      namedIn
	full    map[string]string // see fullNames; made when it is asked for
}

// ownersOf returns the crews, by whose they are; the interviews come newest first.
func ownersOf(listed []*interview.Summary) map[string]*crew {
	crews := map[string]*crew{}
	join := func(s *interview.Summary, p interview.PersonSummary) {
		if p.Name == "" {
			return
		}
		key := whose(s, p.Side)
		c := crews[key]
		if c == nil {
			c = &crew{spelled: map[string]string{}, in: namedIn{}}
			crews[key] = c
		}
		name := plain.FoldName(p.Name)
		c.in.add(name, s.ID)
		if c.spelled[name] == "" {
			c.spelled[name] = p.Name
			c.people = append(c.people, p)
		}
	}
	for _, s := range listed {
		for _, p := range s.People {
			join(s, p)
		}
		for _, p := range s.Promises { // not all owners were in the room
			join(s, interview.PersonSummary{Name: p.Owner, Side: p.Side})
		}
		for _, r := range s.Routes {
			join(s, interview.PersonSummary{Name: r.Owner, Side: sideOf(s, r.Owner)})
		}
	}
	return crews
}

// whose is the folded name of the customer whose the people of a side are, "" for ours.
func whose(s *interview.Summary, side interview.Side) string {
	if side == interview.Ours {
		return ""
	}
	return plain.FoldName(s.Customer)
}

// sideOf returns the side of somebody who was named in an interview. The person who answers for a
// route is ours, unless they are known to be a customer's.
func sideOf(s *interview.Summary, name string) interview.Side {
	side := interview.Ours
	for _, p := range s.Promises { // who was not in the room is no person of it
		if plain.FoldName(p.Owner) == plain.FoldName(name) {
			side = p.Side
		}
	}
	for _, p := range s.People {
		if plain.FoldName(p.Name) != plain.FoldName(name) {
			continue
		}
		if side = p.Side; side == interview.Ours {
			break
		}
	}
	return side
}

// of returns the fullest name of somebody, as it was typed last; the name itself of a stranger.
func (c *crew) of(name string) string {
	if c == nil {
		return name
	}
	if c.full == nil {
		c.full = fullNames(c.people, c.in)
	}
	return cmp.Or(c.spelled[c.full[plain.FoldName(name)]], name)
}

// dueRank puts what is due before what has no day, and that before what is done.
func dueRank(p Promise) int {
	switch {
	case !p.Waits():
		return 2
	case p.Due.IsZero():
		return 1
	}
	return 0
}

// compareDays orders promises of one rank: when one was due no longer matters once it is done.
func compareDays(a, b Promise) int {
	if !a.Waits() {
		return b.DoneAt.Compare(a.DoneAt)
	}
	return a.Due.Time().Compare(b.Due.Time())
}

// byNumber orders what was kept at the same moment.
func byNumber(a, b Ref) int {
	return cmp.Or(bytes.Compare(a.Interview[:], b.Interview[:]), cmp.Compare(a.Line, b.Line))
}

// Routes returns all routes, oldest first.
func Routes(all []interview.Summary) []Route {
	var routes []Route
	listed := live(all)
	owners := ownersOf(listed)
	for _, s := range listed {
		for _, r := range s.Routes {
			ref := refTo(s)
			ref.Line, ref.Problem = r.Number, r.Problem
			one := Route{Ref: ref, RouteSummary: r, Hold: s.Hold(r), ownerName: owners[whose(s, sideOf(s, r.Owner))].of(r.Owner)}
			for _, p := range s.Problems {
				if p.Number == r.Problem {
					one.Statement, one.Worded, one.Quoted, one.No = p.Statement, p.Worded(), p.Quoted, p.No()
				}
			}
			routes = append(routes, one)
		}
	}
	slices.SortFunc(routes, func(a, b Route) int {
		return cmp.Or(a.Since().Compare(b.Since()), byNumber(a.Ref, b.Ref))
	})
	return routes
}

// Group is what belongs to one department or one person.
type Group[T any] struct {
	// Name is the department's or the person's; "" when nobody was named.
	Name string
	// Customer is whose the person is, "" for our own people and departments.
	Customer string
	Items    []T
}

// ByDepartment groups routes by department, whatever the case it was typed in:
// first the given departments in their order, though they have none, and then the
// others by name. In a group the routes keep their order.
func ByDepartment(routes []Route, departments []string) []Group[Route] {
	groups := grouping[Route]{}
	for _, d := range departments {
		groups.of(d, "")
	}
	first := len(groups.all)
	for _, r := range routes {
		groups.add(r.Department, "", r)
	}
	sortGroups(groups.all[first:])
	return groups.all
}

// RoutesByPerson groups routes by who answers for them, by name, and those that nobody does last.
// Ida and Ida Holm are one, as in PromisesByPerson. In a group the routes keep their order.
func RoutesByPerson(routes []Route) []Group[Route] {
	groups := grouping[Route]{}
	for _, r := range routes {
		groups.add(cmp.Or(r.ownerName, r.Owner), "", r)
	}
	sortGroups(groups.all)
	return groups.all
}

// PromisesByPerson groups promises by who made them: first our own people and
// then each customer's, by name, and on each side those of nobody in particular
// last. People of the same name at two customers are two, and Ana and Ana Ruiz at
// one customer are one, as in Customers. In a group the promises keep their order.
func PromisesByPerson(promises []Promise) []Group[Promise] {
	groups := grouping[Promise]{}
	for _, p := range promises {
		switch p.Side {
		case interview.Theirs:
			groups.add(cmp.Or(p.ownerName, p.Owner), p.Ref.Customer, p)
		case interview.Ours:
			groups.add(cmp.Or(p.ownerName, p.Owner), "", p)
		default: // in doubt
			groups.add(cmp.Or(p.ownerName, p.Owner, "whose?"), p.Ref.Customer, p)
		}
	}
	sortGroups(groups.all)
	return groups.all
}

// grouping puts things into groups by folded name and customer.
type grouping[T any] struct {
	all []Group[T]
	at  map[[2]string]int
}

// of returns the place of a group, which is made if need be.
func (g *grouping[T]) of(name, customer string) int {
	key := [2]string{plain.FoldName(name), plain.FoldName(customer)}
	i, known := g.at[key]
	if !known {
		i = len(g.all)
		if g.at == nil {
			g.at = map[[2]string]int{}
		}
		g.at[key] = i
		g.all = append(g.all, Group[T]{Name: strings.TrimSpace(name), Customer: customer})
	}
	return i
}

func (g *grouping[T]) add(name, customer string, item T) {
	i := g.of(name, customer)
	g.all[i].Items = append(g.all[i].Items, item)
}

func sortGroups[T any](groups []Group[T]) {
	slices.SortFunc(groups, func(a, b Group[T]) int {
		return cmp.Or(
			cmp.Compare(plain.FoldName(a.Customer), plain.FoldName(b.Customer)), cmp.Compare(last(a.Name == ""), last(b.Name == "")), cmp.Compare(plain.FoldName(a.Name), plain.FoldName(b.Name)),
		)
	})
}
