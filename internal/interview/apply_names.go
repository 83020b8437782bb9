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
	return w.renamePerson(p, func(b *personBody) { b.Name = name })
}

// apply says that two people are one. What refers to either stays as it is, and undo makes two of them
// again. A yes to a playback counts only while the person who gave it is on the customer's side, so a
// person who said yes cannot be joined with one of ours.
func (a JoinPeople) apply(w *work) error {
	from, to, err := w.two(a)
	if err != nil {
		return err
	}
	if from.ID == to.ID {
		return invalid(from.Name+" is one person already", "")
	}
	if to.Side != Theirs && slices.Contains(w.mentions(from.ID), inAnswer) {
		return invalid(from.Name+" answered a playback, and "+to.Name+" is not on their side", fmt.Sprintf("/person %s, theirs puts %s on their side", to.Name, to.Name))
	}
	w.label("%s is %s", from.Name, to.Name)
	w.put(samePersonID(from.ID, to.ID), kindSame, samePersonBody{
		Person: from.ID, Into: to.ID, At: w.st.Now, Side: from.Side, Role: from.Role,
	})
	return nil
}

// two returns the two people to join. One name, of one of theirs and one who is not, means those two.
func (w *work) two(a JoinPeople) (from, to Person, err error) {
	if fit := w.named(a.Person); len(fit) == 2 && w.st.samePerson(a.Person, a.Into) && w.st.samePerson(fit[0].Name, fit[1].Name) {
		if from, to = fit[1], fit[0]; from.Side == Theirs {
			from, to = to, from
		}
		return from, to, nil
	}
	if from, err = w.known(a.Person); err == nil {
		to, err = w.known(a.Into)
	}
	return from, to, err
}

// inAnswer is the place of a mention in a playback.
const inAnswer = "an answer to a playback"

// mentions returns what refers to a person, such as "line 3", apart from the board of advisers.
func (w *work) mentions(person ID) []string {
	var in []string
	for _, l := range w.iv.Lines {
		if l.Speaker == person || w.iv.mayBe(l.ID, FieldSpeaker, person) {
			in = append(in, fmt.Sprintf("line %s", l.Number))
		}
	}
	for _, p := range w.iv.Promises {
		if p.Owner == person || p.Speaker == person || w.iv.mayBe(p.ID, FieldOwner, person) {
			in = append(in, fmt.Sprintf("promise %s", p.Number))
		}
	}
	for _, r := range w.iv.Routes {
		if r.Owner == person || w.iv.mayBe(r.ID, FieldOwner, person) {
			in = append(in, fmt.Sprintf("route %s", r.Number))
		}
	}
	for _, p := range w.iv.Problems {
		if slices.ContainsFunc(p.Playbacks, func(pb Playback) bool { return pb.By == person }) && !slices.Contains(in, inAnswer) {
			in = append(in, inAnswer)
		}
	}
	return in
}

// apply removes a person that nothing refers to. Words never lose their speaker.
func (a DropPerson) apply(w *work) error {
	p, err := w.known(a.Person)
	if err != nil {
		return err
	}
	if in := w.mentions(p.ID); len(in) > 0 {
		return invalid(fmt.Sprintf("%s is named in %s", p.Name, strings.Join(in, ", ")), fmt.Sprintf("/join %s with NAME hands that over, /fix N corrects one of them", p.Name))
	}
	w.label("dropped %s", p.Name)
	for _, id := range w.iv.itemsFor(p) {
		w.remove(belonging(kindAdviser, id))
		w.remove(id)
	}
	return nil
}
