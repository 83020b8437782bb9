package interview

import (
	"fmt"
	"strings"
)

// known returns the one person of the interview whose name matches.
func (w *work) known(name string) (Person, error) {
	fit := w.named(name)
	switch len(fit) {
	case 1:
		return fit[0], nil
	case 0:
		names := make([]string, len(w.iv.People))
		for i, p := range w.iv.People {
			names[i] = p.Name
		}
		if len(names) == 0 {
			return Person{}, notFound(fmt.Sprintf("Nobody is named %q here", name), "/person NAME, role names somebody")
		}
		return Person{}, notFound(fmt.Sprintf("Nobody is named %q here", name), "there is "+strings.Join(names, ", "))
	default:
		_, err := w.person(name) // its error lists the candidates
		return Person{}, err
	}
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
	if ourselves(name) {
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
	if to.Side == Ours && w.answered(from.ID) {
		return invalid(from.Name+" answered a playback, and "+to.Name+" is on our side", fmt.Sprintf("/person %s, theirs puts %s on their side", to.Name, to.Name))
	}
	w.label("%s is %s", from.Name, to.Name)
	if err := w.handOver(from.ID, to.ID); err != nil {
		return err
	}
	if from.AskedToAdvise && !to.AskedToAdvise {
		w.put(belonging(kindAdviser, to.ID), kindAdviser, adviserBody{Person: to.ID, Joins: from.Adviser, At: w.st.Now})
	}
	if from.AskedToAdvise {
		w.remove(belonging(kindAdviser, from.ID))
	}
	if from.Role != "" && to.Role == "" {
		if err := amend(w, to.ID, kindPerson, func(b *personBody) { b.Role = from.Role }); err != nil {
			return err
		}
	}
	w.remove(from.ID)
	return nil
}

// answered reports whether a person answered a playback.
func (w *work) answered(id ID) bool {
	for _, p := range w.iv.Problems {
		for _, b := range p.Playbacks {
			if b.By == id {
				return true
			}
		}
	}
	return false
}

// handOver replaces one person by another in every item that refers to them.
func (w *work) handOver(from, to ID) error {
	swap := func(id *ID) {
		if *id == from {
			*id = to
		}
	}
	for _, l := range w.iv.Lines {
		if l.Speaker == from {
			if err := amend(w, l.ID, kindLine, func(b *lineBody) { swap(&b.Speaker) }); err != nil {
				return err
			}
		}
	}
	for _, p := range w.iv.Promises {
		if p.Owner == from || p.Speaker == from {
			if err := amend(w, p.ID, kindPromise, func(b *promiseBody) { swap(&b.Owner); swap(&b.Speaker) }); err != nil {
				return err
			}
		}
	}
	for _, r := range w.iv.Routes {
		if r.Owner == from {
			if err := amend(w, r.ID, kindRoute, func(b *routeBody) { swap(&b.Owner) }); err != nil {
				return err
			}
		}
	}
	for _, p := range w.iv.Problems {
		for _, pb := range p.Playbacks {
			if pb.By == from {
				if err := amend(w, pb.ID, kindPlayback, func(b *playbackBody) { swap(&b.By) }); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// apply removes a person that nothing refers to. Words never lose their speaker.
func (a DropPerson) apply(w *work) error {
	p, err := w.known(a.Person)
	if err != nil {
		return err
	}
	var tells []string
	for _, l := range w.iv.Lines {
		if l.Speaker == p.ID {
			tells = append(tells, fmt.Sprintf("line %d", l.Number))
		}
	}
	for _, o := range w.iv.Promises {
		if o.Owner == p.ID || o.Speaker == p.ID {
			tells = append(tells, fmt.Sprintf("promise %d", o.Number))
		}
	}
	for _, r := range w.iv.Routes {
		if r.Owner == p.ID {
			tells = append(tells, fmt.Sprintf("route %d", r.Number))
		}
	}
	if w.answered(p.ID) {
		tells = append(tells, "an answer to a playback")
	}
	if len(tells) > 0 {
		return invalid(fmt.Sprintf("%s is named in %s", p.Name, strings.Join(tells, ", ")), fmt.Sprintf("/join %s with NAME hands that over, /fix N corrects one of them", p.Name))
	}
	w.label("dropped %s", p.Name)
	if p.AskedToAdvise {
		w.remove(belonging(kindAdviser, p.ID))
	}
	w.remove(p.ID)
	return nil
}
