package insight

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Customer is everything with one customer, whatever the case their name was typed in.
type Customer struct {
	Name       string              // as their newest interview spells it
	Interviews []interview.Summary // newest first, at least one
	People     []Person            // theirs first, by name
	// Troubles are their problems, those met with last first.
	Troubles []Trouble
	// Promises are all of them, both ways, in the order of Promises.
	Promises []Promise
	// Routes are all of them, oldest first.
	Routes []Route
}

// FirstMet returns when their first interview began.
func (c Customer) FirstMet() time.Time { return c.Interviews[len(c.Interviews)-1].StartedAt }

// LastMet returns when their newest interview began.
func (c Customer) LastMet() time.Time { return c.Interviews[0].StartedAt }

// OpenPromises returns the promises of one side that are not done; "" stands for those whose side
// is in doubt.
func (c Customer) OpenPromises(side interview.Side) []Promise {
	var open []Promise
	for _, p := range c.Promises {
		if p.Side == side && p.Waits() {
			open = append(open, p)
		}
	}
	return open
}

// Names returns the names of their people.
func (c Customer) Names() []string {
	names := make([]string, len(c.People))
	for i, p := range c.People {
		names[i] = p.Name
	}
	return names
}

// Standing counts the troubles that were neither set aside nor refused.
func (c Customer) Standing() int {
	n := 0
	for _, t := range c.Troubles {
		if t.Status != interview.Aside && !t.Refused() {
			n++
		}
	}
	return n
}

// Person is someone at a customer's, or of ours who met them.
type Person struct {
	Name string // the fullest that is known, as it was typed last
	Role string // the newest that is known
	Side interview.Side
	// Asked says whether anybody asked them to be asked again, and Adviser what they answered last.
	Asked, Adviser bool
	// Met are the interviews they took part in, newest first.
	Met []Ref

	names []string // all that they go by, folded
}

// Names returns all names that the person goes by: that in full, and the others as they are compared.
func (p Person) Names() []string { return append([]string{p.Name}, p.names...) }

// Standing says whose a person is, and whether they advise us: "ours", "an
// adviser", "does not want to be asked again"; "" for anybody else.
func (p Person) Standing() string {
	switch {
	case p.Side == interview.Ours:
		return "ours"
	case p.Adviser:
		return "an adviser"
	case p.Side == "":
		return "which side?"
	case p.Asked:
		return "does not want to be asked again"
	}
	return ""
}

// PersonCalled returns whom of some people a name means: see interview.Meant.
func PersonCalled(people []Person, name string) (Person, bool) {
	var names []string
	var of []int // whose they are
	for i, p := range people {
		for _, n := range append(p.names, p.Name) {
			names, of = append(names, n), append(of, i)
		}
	}
	who := -1
	for _, i := range interview.Meant(names, name, plain.FoldName) {
		if who >= 0 && who != of[i] {
			return Person{}, false
		}
		who = of[i]
	}
	if who < 0 {
		return Person{}, false
	}
	return people[who], true
}

// named reports whether a name is the person's.
func (p Person) named(name string) bool { return slices.Contains(p.names, plain.FoldName(name)) }

// Trouble is one problem through all interviews of a customer in which it was
// put in the same words.
type Trouble struct {
	// Problem is how it stands now: in the newest interview in which it came up.
	Problem
	// Mentions are all of them, oldest first; the last of them is Problem.
	Mentions []Problem
	// ConfirmedIn is the newest interview in which they said yes to it, and DeniedIn that in which a
	// no to it stands; zero for none.
	ConfirmedIn, DeniedIn Ref
	// Impact is what is known of it from any of them, the newest word on each facet.
	Impact interview.Impact
}

// Customers returns all customers, those met with last first.
func Customers(all []interview.Summary) []Customer {
	var customers []Customer
	at := map[string]int{}
	for _, s := range live(all) {
		name := plain.FoldName(s.Customer)
		i, known := at[name]
		if !known {
			i = len(customers)
			at[name] = i
			customers = append(customers, Customer{Name: s.Customer})
		}
		customers[i].Interviews = append(customers[i].Interviews, *s)
	}
	for i := range customers {
		c := &customers[i]
		c.People = peopleOf(c.Interviews)
		c.Troubles = troublesOf(c.Interviews)
		c.Promises = Promises(c.Interviews)
		c.Routes = Routes(c.Interviews)
	}
	return customers
}

// peopleOf joins people of the same name; the interviews come newest first.
func peopleOf(interviews []interview.Summary) []Person {
	var people []Person
	at, full := map[string]int{}, fullNames(everybody(interviews))
	for n := range interviews {
		s := &interviews[n]
		for _, p := range s.People {
			name := plain.FoldName(p.Name)
			key := full[name]
			i, known := at[key]
			if !known {
				i = len(people)
				at[key] = i
				people = append(people, Person{Name: p.Name, Side: p.Side})
			}
			who := &people[i]
			if !who.named(name) {
				who.names = append(who.names, name)
				if name == key {
					who.Name = p.Name
				}
			}
			who.Role, who.Side = cmp.Or(who.Role, p.Role), cmp.Or(who.Side, p.Side)
			if !who.Asked && p.AskedToAdvise {
				who.Asked, who.Adviser = true, p.Adviser
			}
			if n := len(who.Met); n == 0 || who.Met[n-1].Interview != s.ID {
				who.Met = append(who.Met, refTo(s))
			}
		}
	}
	slices.SortFunc(people, func(a, b Person) int {
		return cmp.Or(cmp.Compare(last(a.Side == interview.Ours), last(b.Side == interview.Ours)), cmp.Compare(plain.FoldName(a.Name), plain.FoldName(b.Name)))
	})
	return people
}

// everybody returns the people of all interviews, in their order, and where each name stands.
func everybody(interviews []interview.Summary) ([]interview.PersonSummary, namedIn) {
	var people []interview.PersonSummary
	in := namedIn{}
	for i := range interviews {
		s := &interviews[i]
		people = append(people, s.People...)
		for _, p := range s.People {
			in.add(plain.FoldName(p.Name), s.ID)
		}
	}
	return people, in
}

// namedIn holds the interviews in which each folded name stands.
type namedIn map[string][]interview.ID

// add adds a name; those of one interview come one after the other.
func (in namedIn) add(name string, id interview.ID) {
	if at := in[name]; len(at) == 0 || at[len(at)-1] != id {
		in[name] = append(at, id)
	}
}

// together reports whether two names stand in one interview: then they are two people.
func (in namedIn) together(a, b string) bool {
	of := make(map[interview.ID]bool, len(in[b]))
	for _, id := range in[b] {
		of[id] = true
	}
	return slices.ContainsFunc(in[a], func(id interview.ID) bool { return of[id] })
}

// fullNames returns the name that each of the folded names of some people stands for. Somebody who
// was met as Ana Ruiz is often typed as Ana the next time: a name stands for the one longer name on
// the same side that has all its words, and for itself where there is none or more than one, or where
// both stand in one interview together.
func fullNames(people []interview.PersonSummary, in namedIn) map[string]string {
	type known struct {
		name string
		side interview.Side
	}
	var all []known
	full := map[string]string{}
	for _, p := range people {
		name := plain.FoldName(p.Name)
		if _, there := full[name]; !there {
			full[name] = name
			all = append(all, known{name, p.Side})
		}
	}
	for _, short := range all {
		var fit []string
		for _, long := range all {
			if long.side == short.side && hasWords(long.name, short.name) {
				fit = append(fit, long.name)
			}
		}
		if len(fit) == 1 && !in.together(short.name, fit[0]) {
			full[short.name] = fit[0]
		}
	}
	return full
}

// hasWords reports whether a name has all the words of a shorter one.
func hasWords(long, short string) bool {
	words, want := strings.Fields(long), strings.Fields(short)
	return len(want) > 0 && len(words) > len(want) &&
		!slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(words, w) })
}

// troublesOf joins problems put in the same words; the interviews come newest first.
func troublesOf(interviews []interview.Summary) []Trouble {
	var troubles []Trouble
	at := map[string]int{}
	for i := range interviews {
		for _, p := range problemsOf(&interviews[i]) {
			words := sameWords(p.Statement)
			i, known := at[words]
			if !known {
				i = len(troubles)
				at[words] = i
				troubles = append(troubles, Trouble{Problem: p})
			}
			t := &troubles[i]
			t.Mentions = append(t.Mentions, p)
			if p.Status == interview.Confirmed && t.ConfirmedIn.Interview.IsZero() {
				t.ConfirmedIn = p.Ref
			}
			if p.Denied && t.DeniedIn.Interview.IsZero() {
				t.DeniedIn = p.Ref
			}
			t.Impact = newest(t.Impact, p.Impact)
		}
	}
	for i := range troubles {
		slices.Reverse(troubles[i].Mentions)
	}
	return troubles
}

// newest adds to an impact the facets that it does not have yet.
func newest(i, p interview.Impact) interview.Impact {
	return interview.Impact{
		HowOften: cmp.Or(i.HowOften, p.HowOften), HowBad: cmp.Or(i.HowBad, p.HowBad), Costs: cmp.Or(i.Costs, p.Costs),
		Bears: cmp.Or(i.Bears, p.Bears), Tried: cmp.Or(i.Tried, p.Tried), Wants: cmp.Or(i.Wants, p.Wants),
	}
}

// sameWords returns the words of a statement without regard to case, accents
// and punctuation; the whole of one that has no words.
func sameWords(statement string) string {
	folded := plain.Fold(statement)
	var key []byte
	for word := range plain.Words([]byte(folded)) {
		key = append(append(key, word...), ' ')
	}
	if len(key) == 0 {
		return folded
	}
	return string(key)
}
