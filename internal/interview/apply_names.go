package interview

import (
	"fmt"
	"slices"
	"strings"
)

// known returns the one person of the interview whose name matches.
func (w *work) known(name string) (Person, error) {
	if fit := w.named(name); len(fit) == 1 {
		return fit[0], nil
	} else if len(fit) > 1 {
		_, err := w.person(name) // its error lists the candidates
		return Person{}, err
	}
	next := "there is " + strings.Join(namesOf(w.iv.People), ", ")
	if len(w.iv.People) == 0 {
		next = "/person NAME, role names somebody"
	}
	return Person{}, notFound(fmt.Sprintf("Nobody is named %q here", name), next)
}

func (a Rename) apply(w *work) error {
	p, err := w.known(a.Person)
	if err != nil {
		return err
	}
	name := strings.TrimSpace(a.Name)
	if err := checkName("A person", name); err != nil {
		return err
	}
	if ourselves(name) || themselves(name) {
		return invalid(fmt.Sprintf("%q is nobody's name", name), "")
	}
	for _, o := range w.iv.People {
		if o.ID != p.ID && w.st.samePerson(o.Name, name) {
			return invalid(o.Name+" is in the room already", fmt.Sprintf("/join %s with %s makes them one person", p.Name, o.Name))
		}
	}
	w.label("%s is now %s", p.Name, name)
	return amend(w, p.ID, kindPerson, func(b *personBody) { b.Name = name })
}

// apply moves everything that refers to one person to another. A yes to a playback counts only
// while the person who gave it is on the customer's side, so a person who said yes cannot be joined
// with one of ours.
func (a JoinPeople) apply(w *work) error {
	from, err := w.known(a.Person)
	if err != nil {
		return err
	}
	to, err := w.known(a.Into)
	if err != nil {
		return err
	}
	if from.ID == to.ID {
		return invalid(from.Name+" is one person already", "")
	}
	mentions := w.mentions(from.ID)
	if to.Side != Theirs && slices.ContainsFunc(mentions, func(m mention) bool { return m.in == inAnswer }) {
		return invalid(from.Name+" answered a playback, and "+to.Name+" is not on their side", fmt.Sprintf("/person %s, theirs puts %s on their side", to.Name, to.Name))
	}
	w.label("%s is %s", from.Name, to.Name)
	for _, m := range mentions {
		err := m.amend(func(id *ID) {
			if *id == from.ID {
				*id = to.ID
			}
		})
		if err != nil {
			return err
		}
	}
	if from.AskedToAdvise && !to.AskedToAdvise {
		w.put(belonging(kindAdviser, to.ID), kindAdviser, adviserBody{Person: to.ID, Joins: from.Adviser, At: w.st.Now})
	}
	if from.AskedToAdvise {
		w.remove(belonging(kindAdviser, from.ID))
	}
	if from.Role != "" && to.Role == "" {
		w.state(to.ID, FieldRole, factBody{Text: from.Role})
	}
	w.remove(from.ID)
	return nil
}

// mention is one thing in an interview that refers to a person.
type mention struct {
	in string // "line 3"
	// amend changes the references to people in it.
	amend func(change func(*ID)) error
}

// inAnswer is the place of a mention in a playback.
const inAnswer = "an answer to a playback"

// mentions returns what refers to a person, apart from the board of advisers.
func (w *work) mentions(person ID) []mention {
	var all []mention
	for _, l := range w.iv.Lines {
		if l.Speaker == person || w.iv.mayBe(l.ID, FieldSpeaker, person) {
			all = append(all, mention{fmt.Sprintf("line %s", l.Number), func(change func(*ID)) error {
				w.restate(l.ID, FieldSpeaker, factBody{Item: l.Speaker}, func(v *factBody) { change(&v.Item) })
				return nil
			}})
		}
	}
	for _, p := range w.iv.Promises {
		if p.Owner == person || p.Speaker == person || w.iv.mayBe(p.ID, FieldOwner, person) {
			all = append(all, mention{fmt.Sprintf("promise %s", p.Number), func(change func(*ID)) error {
				w.restate(p.ID, FieldOwner, ownedBy(p.Owner, p.Side, p.Whose), func(v *factBody) { change(&v.Item) })
				return amend(w, p.ID, kindPromise, func(b *promiseBody) { change(&b.Owner); change(&b.Speaker) })
			}})
		}
	}
	for _, r := range w.iv.Routes {
		if r.Owner == person || w.iv.mayBe(r.ID, FieldOwner, person) {
			all = append(all, mention{fmt.Sprintf("route %s", r.Number), func(change func(*ID)) error {
				w.restate(r.ID, FieldOwner, factBody{Item: r.Owner}, func(v *factBody) { change(&v.Item) })
				return nil
			}})
		}
	}
	for _, p := range w.iv.Problems {
		for _, pb := range p.Playbacks {
			if pb.By == person {
				all = append(all, mention{inAnswer, func(change func(*ID)) error {
					return amend(w, pb.ID, kindPlayback, func(b *playbackBody) { change(&b.By) })
				}})
			}
		}
	}
	return all
}

// apply removes a person that nothing refers to. Words never lose their speaker.
func (a DropPerson) apply(w *work) error {
	p, err := w.known(a.Person)
	if err != nil {
		return err
	}
	var in []string
	for _, m := range w.mentions(p.ID) {
		in = append(in, m.in)
	}
	if len(in) > 0 {
		in = slices.Compact(in) // several answers are named once
		return invalid(fmt.Sprintf("%s is named in %s", p.Name, strings.Join(in, ", ")), fmt.Sprintf("/join %s with NAME hands that over, /fix N corrects one of them", p.Name))
	}
	w.label("dropped %s", p.Name)
	if p.AskedToAdvise {
		w.remove(belonging(kindAdviser, p.ID))
	}
	w.remove(p.ID)
	return nil
}
