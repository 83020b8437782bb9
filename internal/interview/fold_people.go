package interview

import (
	"slices"
	"strings"
	"time"

	"hark/internal/document"
)

// One person can stand in several items: two windows that named somebody made one each, and people
// are joined without anything that refers to them being rewritten, so that what is written about
// them at the same time elsewhere follows.

// nameOnSide is what makes two items one person without anybody saying so.
type nameOnSide struct {
	name string // see plainName
	side Side
}

// plainName returns a name in the form in which two items with the same one are one person.
func plainName(name string) string {
	name = strings.NewReplacer("’", "'", "ʼ", "'", "`", "'", "´", "'").Replace(strings.ToLower(name))
	return strings.Join(strings.Fields(name), " ")
}

// sideOf returns the side of one item, "" while it is in doubt.
func (f *folder) sideOf(b body[personBody]) Side {
	if !f.iv.sideInDoubt(b.id).IsZero() {
		return ""
	}
	return b.value.Side
}

func (f *folder) named(b body[personBody]) nameOnSide {
	return nameOnSide{plainName(b.value.Name), f.sideOf(b)}
}

// samePersonID returns the ID of the item that joins a person into another.
func samePersonID(person, into ID) ID { return belonging(kindSame, person, into.String()) }

// one returns the ID of the person for which an item of that ID stands.
func (iv *Interview) one(person ID) ID {
	if one, joined := iv.alias[person]; joined {
		return one
	}
	return person
}

// samePeople finds out which items are one person: those of one name on one side, and those that
// somebody joined. In alias one of them stands for all until people decides which.
func (f *folder) samePeople() {
	byTime(f.persons, func(b body[personBody]) (time.Time, ID) { return b.value.At, b.id })
	join := func(a, b ID) {
		if a, b = f.iv.one(a), f.iv.one(b); a == b {
			return
		}
		for id, one := range f.iv.alias {
			if one == b {
				f.iv.alias[id] = a
			}
		}
		set(&f.iv.alias, b, a)
	}
	first := map[nameOnSide]ID{}
	for _, b := range f.persons {
		who := f.named(b)
		if of, again := first[who]; again {
			join(of, b.id)
		} else if who.name != "" { // what was withheld has none
			first[who] = b.id
		}
	}
	for _, s := range f.same {
		join(s.Into, s.Person)
	}
}

// people makes a person of all items that are one. A dropped one counts while something refers to
// it: who dropped it did not know of that.
func (f *folder) people() {
	items := map[ID][]body[personBody]{}
	var order []ID
	var referred map[ID]bool
	for _, b := range f.persons {
		if b.deleted && referred == nil {
			referred = f.referred()
		}
		if b.deleted && (!referred[b.id] || b.value.Name == "") {
			continue
		}
		one := f.iv.one(b.id)
		if items[one] == nil {
			order = append(order, one)
		}
		items[one] = append(items[one], b)
	}
	alias := map[ID]ID{}
	for _, one := range order {
		all := items[one]
		p := f.person(f.standsForAll(all), all)
		f.iv.People = append(f.iv.People, p)
		for id, to := range f.iv.alias {
			if to == one {
				alias[id] = p.ID
			}
		}
		if alias[one] = p.ID; len(all) > 1 {
			for _, b := range all {
				set(&f.iv.itemsOf, p.ID, append(f.iv.itemsOf[p.ID], b.id))
			}
		}
	}
	f.iv.alias = nil
	for id, one := range alias {
		if id != one {
			set(&f.iv.alias, id, one)
		}
	}
	at := map[ID]time.Time{}
	for _, b := range f.persons {
		at[b.id] = b.value.At
	}
	byTime(f.iv.People, func(p Person) (time.Time, ID) { return at[p.ID], p.ID })
	for i := range f.iv.People {
		f.iv.People[i].Concurrent = f.concurrentOf(f.iv.People[i].ID)
	}
}

// standsForAll returns which of the items of one person stands for all: the earliest that nobody
// joined into another; where two were joined into each other apart, the earliest.
func (f *folder) standsForAll(all []body[personBody]) body[personBody] {
	var into []body[personBody]
	for _, b := range all {
		joined := slices.ContainsFunc(all, func(o body[personBody]) bool {
			return f.named(o) == f.named(b) && slices.ContainsFunc(f.same, func(s samePersonBody) bool { return s.Person == o.id })
		})
		if !joined {
			into = append(into, b)
		}
	}
	return append(into, all...)[0] // they are in order of time
}

// person returns the person whom all of these items are, of which one stands for all. What the
// items of its name and side say holds, and what the others say where those say nothing.
func (f *folder) person(one body[personBody], all []body[personBody]) Person {
	p := Person{ID: one.id, Name: one.value.Name, Role: one.value.Role, Side: one.value.Side, Doubt: one.value.Doubt}
	if doubt := f.iv.sideInDoubt(one.id); !doubt.IsZero() {
		p.Side, p.Doubt = "", doubt
	}
	var namesakes, others []body[personBody]
	p.Absent = true
	for _, b := range all {
		p.Absent = p.Absent && f.ownsAlone(b)
		if f.named(b) == f.named(one) {
			namesakes = append(namesakes, b)
			continue
		}
		others = append(others, b)
		if plainName(b.value.Name) != plainName(one.value.Name) && !slices.Contains(p.Also, b.value.Name) {
			p.Also = append(p.Also, b.value.Name)
		}
	}
	since := slices.DeleteFunc(slices.Clone(others), func(b body[personBody]) bool { return !f.setUnseen(b, one) })
	for _, of := range [][]body[personBody]{append(namesakes, since...), others} {
		if said := f.roles(of); len(all) > 1 && len(said) > 0 {
			stood := slices.DeleteFunc(slices.Clone(f.iv.standing[one.id]), func(s standing) bool { return s.field == FieldRole })
			set(&f.iv.standing, one.id, stood)
			f.stands(one.id, said)
			p.Role = said[len(said)-1].value.Text
			break
		}
	}
	if sides := f.sides(append(since, one)); len(sides) > 1 && p.Side != "" {
		f.stands(one.id, sides)
		p.Side, p.Doubt = "", f.iv.sideInDoubt(one.id)
	}
	for _, of := range [][]body[personBody]{namesakes, others} {
		if said := f.advising(of); len(said) > 0 {
			f.stands(one.id, said)
			// Somebody who may have said no is not asked.
			p.AskedToAdvise = true
			p.Adviser = !slices.ContainsFunc(said, func(s standing) bool { return s.value.Text == (&adviserBody{}).inWords() })
			break
		}
	}
	p.Absent = p.Absent && !p.AskedToAdvise
	return p
}

// setUnseen reports whether what an item says of somebody was set without seeing that they are the same
// as another: it was given another side or role than the one that a person of its name had when
// somebody joined them into another, and that other one has now; or nobody joined a person of its name
// into anybody, but two into a third apart.
func (f *folder) setUnseen(b, one body[personBody]) bool {
	seen := false
	for _, s := range f.same {
		joined, _ := find(f.persons, func(o body[personBody]) bool { return o.id == s.Person })
		if joined.value == nil || plainName(joined.value.Name) != plainName(b.value.Name) {
			continue
		}
		seen = true
		otherSide := f.sideOf(b) != s.Side && f.sideOf(b) != f.sideOf(one)
		if otherSide || b.value.Role != s.Role && b.value.Role != one.value.Role {
			return true
		}
	}
	return !seen
}

// sides returns the sides that items of one person give, one of each, the newest last.
func (f *folder) sides(of []body[personBody]) []standing {
	var said []standing
	add := func(one standing) {
		again := slices.ContainsFunc(said, func(s standing) bool { return s.value.Side == one.value.Side })
		if one.value.Side != "" && !again {
			said = append(said, one)
		}
	}
	for _, b := range of {
		it, ok := f.iv.doc.Item(factID(factBody{Of: b.id, Field: FieldSide}))
		if !ok {
			it, _ = f.iv.doc.Item(b.id)
		}
		for _, s := range f.iv.standingOf(b.id, FieldSide) {
			add(s)
		}
		add(standing{FieldSide, factBody{Side: f.sideOf(b)}, it.ID, it.Latest()})
	}
	slices.SortStableFunc(said, func(a, b standing) int { return a.version.Compare(b.version) })
	return said
}

// roles returns the roles that items of one person give, the newest last.
func (f *folder) roles(of []body[personBody]) []standing {
	var said []standing
	for _, b := range of {
		if stood := f.iv.standingOf(b.id, FieldRole); len(stood) > 0 {
			said = append(said, stood...)
			continue
		}
		it, ok := f.iv.doc.Item(factID(factBody{Of: b.id, Field: FieldRole}))
		if !ok {
			it, _ = f.iv.doc.Item(b.id)
		}
		said = append(said, standing{FieldRole, factBody{Text: b.value.Role}, it.ID, it.Latest()})
	}
	said = slices.DeleteFunc(said, func(s standing) bool { return s.value.isEmpty() })
	slices.SortStableFunc(said, func(a, b standing) int { return a.version.Compare(b.version) })
	return said
}

// advising returns what items of one person answered when they were asked to advise.
func (f *folder) advising(of []body[personBody]) []standing {
	var said []standing
	for _, a := range f.advisers {
		if !slices.ContainsFunc(of, func(b body[personBody]) bool { return b.id == a.value.Person }) {
			continue
		}
		versions := a.versions
		if len(versions) == 0 {
			it, _ := f.iv.doc.Item(a.id)
			versions = []stated[adviserBody]{{a.value, it.Latest()}}
		}
		for _, v := range versions {
			said = append(said, standing{FieldAdviser, factBody{Text: v.value.inWords()}, a.id, v.version})
		}
	}
	return said
}

// referred returns the people to whom something refers that is there.
func (f *folder) referred() map[ID]bool {
	is := map[ID]bool{}
	add := func(of ID, field Field, people ...ID) {
		for _, id := range people {
			is[id] = true
		}
		for _, s := range f.iv.standingOf(of, field) {
			is[s.value.Item] = true
		}
	}
	for _, b := range f.saids {
		if !b.deleted {
			add(b.id, FieldSpeaker, b.value.Speaker)
		}
	}
	for _, b := range f.promised {
		if !b.deleted {
			add(b.id, FieldOwner, b.value.Owner, b.value.Speaker)
		}
	}
	for _, b := range f.routes {
		if !b.deleted {
			add(b.id, FieldOwner, b.value.Owner)
		}
	}
	for _, b := range f.playbacks {
		if slices.ContainsFunc(f.raised, func(p body[problemBody]) bool { return p.id == b.value.Problem && !p.deleted }) {
			is[b.value.By] = true
		}
	}
	for _, b := range f.advisers {
		is[b.value.Person] = true
	}
	return is
}

// ownsAlone reports whether a person was added as the owner of a promise or a route and has done
// nothing else. The times of both items are then equal, for /person writes a time of its own, and
// the person has no role. Dropped items count too, so that dropping puts nobody into the room.
func (f *folder) ownsAlone(b body[personBody]) bool {
	if b.value.Role != "" {
		return false
	}
	owns := slices.ContainsFunc(f.routes, func(r body[routeBody]) bool {
		return r.value.Owner == b.id && r.value.At.Equal(b.value.At)
	})
	for _, p := range f.promised {
		if p.value.Speaker == b.id && !p.deleted {
			return false
		}
		owns = owns || p.value.Owner == b.id && p.value.At.Equal(b.value.At)
	}
	return owns && !slices.ContainsFunc(f.saids, func(l body[lineBody]) bool { return l.value.Speaker == b.id && !l.deleted }) &&
		!slices.ContainsFunc(f.playbacks, func(p body[playbackBody]) bool { return p.value.By == b.id })
}

// isTheirs reports whether an answer can count as one of their side: nobody is named, or the person
// is on it, and the very item that was named says so itself. To be joined with one of theirs makes
// no answer of one of ours count.
func (f *folder) isTheirs(by ID) bool {
	own, named := find(f.persons, func(b body[personBody]) bool { return b.id == by })
	return f.iv.mayBeTheirs(by) && (!named || f.sideOf(own) == Theirs)
}

// wasTheirs reports whether somebody is on their side, or was put down so or as in doubt.
func (f *folder) wasTheirs(by ID) bool {
	it, _ := f.iv.doc.Item(by)
	return f.isTheirs(by) || slices.ContainsFunc(it.Versions, func(v document.Version) bool {
		b, ok := readable[personBody](v.Body)
		return ok && b.Side != Ours
	})
}

// itemsFor returns the items of a person, in order of time.
func (iv *Interview) itemsFor(p Person) []ID {
	if all := iv.itemsOf[p.ID]; len(all) > 0 {
		return all
	}
	return []ID{p.ID}
}

// stateOfPerson sets one field of a person, in every item of theirs.
func (w *work) stateOfPerson(p Person, field Field, value factBody) {
	for _, id := range w.iv.itemsFor(p) {
		w.state(id, field, value)
	}
}

// renamePerson changes the name of a person in every item that has the present one.
func (w *work) renamePerson(p Person, change func(*personBody)) error {
	for _, id := range w.iv.itemsFor(p) {
		it, _ := w.iv.doc.Item(id)
		b, err := decode[personBody](it.Latest().Body)
		if err == nil && plainName(b.Name) == plainName(p.Name) {
			err = amend(w, id, kindPerson, change)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
