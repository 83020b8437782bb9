package interview

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// person returns the participant of that name, the zero Person for "". An unknown name is added as
// a person: with role and side from earlier meetings, otherwise on the customer's side.
func (w *work) person(name string) (Person, error) {
	p, err := w.called(name, Theirs, true)
	if err != nil || !p.Absent || p.Role != "" {
		return p, err
	}
	earlier, ok := w.st.earlier(p.Name)
	if !ok || earlier.Role == "" {
		return p, nil
	}
	p.Role = earlier.Role
	w.stateOfPerson(p, FieldRole, factBody{Text: p.Role})
	return p, nil
}

// called returns the person of that name, the zero Person for "" and for words that name nobody of
// theirs. An unknown name is added as a
// person: with the data of earlier meetings, otherwise on the given side. Owning something does not
// put a person in the room, so an owner gets no role: see ownsAlone.
func (w *work) called(name string, side Side, inRoom bool) (Person, error) {
	name = strings.TrimSpace(name)
	if name == "" || themselves(name) {
		return Person{}, nil
	}
	if ourselves(name) {
		return Person{}, invalid(fmt.Sprintf("%q is nobody's name", name), "name the person, and say which side they are on: /person NAME, role, ours")
	}
	if err := checkName("A person", name); err != nil {
		return Person{}, err
	}
	fit := w.named(name)
	if len(fit) == 0 {
		earlier, ok := w.st.earlier(name)
		if !ok {
			w.notice(NoticePerson, "%s is new, %s", name, onSide(side, name))
			return w.newPerson(Person{Name: name, Side: side}), nil
		}
		if fit = w.named(earlier.Name); len(fit) == 0 { // otherwise they are here under another spelling
			w.notice(NoticePerson, "%s is known from an earlier meeting, %s", earlier.Name, onSide(earlier.Side, earlier.Name))
			p := Person{Name: earlier.Name, Side: earlier.Side, Doubt: unknownSide(earlier.Side)}
			if inRoom {
				p.Role = earlier.Role
			}
			return w.newPerson(p), nil
		}
	}
	if len(fit) == 1 {
		return fit[0], nil
	}
	return Person{}, ambiguous(name, fit)
}

// named returns the people that a name means, including those that this action added.
func (w *work) named(name string) []Person {
	return meantOf(slices.Concat(w.newPeople, w.iv.People), name, w.st.Fold)
}

// ambiguous answers a name that means several people. Two of one name are told apart by their sides.
func ambiguous(name string, fit []Person) error {
	names, next := namesOf(fit), ""
	for i, p := range fit {
		if !slices.ContainsFunc(fit, func(o Person) bool { return o.ID != p.ID && plainName(o.Name) == plainName(p.Name) }) {
			continue
		}
		side := string(p.Side)
		if side == "" {
			side = "side in doubt"
		}
		names[i] = fmt.Sprintf("%s (%s)", p.Name, side)
		next = fmt.Sprintf("/join %s with %s makes them one person", p.Name, p.Name)
	}
	if next == "" {
		next = `write the full name, in quotes if it has blanks: @"` + names[0] + `"`
	}
	return notFound(fmt.Sprintf("%q could be %s", name, strings.Join(names, " or ")), next)
}

// ourselves reports whether a name stands for us and not for a person.
func ourselves(name string) bool {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "me", "us", "we", "i":
		return true
	}
	return false
}

// themselves reports whether a name stands for the customer and not for a person.
func themselves(name string) bool {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "them", "they":
		return true
	}
	return false
}

// onSide says which side a person of that name is on, and how to change it.
func onSide(side Side, name string) string {
	switch side {
	case Ours:
		return "on our side"
	case "":
		return fmt.Sprintf("and nobody knows on which side (/person %s, ours or theirs)", name)
	case Theirs:
	}
	return fmt.Sprintf("on their side (/person %s, role, ours if not)", name)
}

// unknownSide is the doubt about somebody whose side an earlier meeting left open.
func unknownSide(side Side) SideDoubt {
	if side != "" {
		return SideDoubt{}
	}
	return SideDoubt{Words: "the earlier meeting"}
}

func (w *work) newPerson(p Person) Person {
	p.ID = w.create(kindPerson, personBody{Name: p.Name, Role: p.Role, Side: p.Side, Doubt: p.Doubt, At: w.st.Now})
	w.newPeople = append(w.newPeople, p)
	return p
}

func (a Introduce) apply(w *work) error {
	name := strings.TrimSpace(a.Name)
	if err := checkName("A person", name); err != nil {
		return err
	}
	if ourselves(name) || themselves(name) {
		return invalid(fmt.Sprintf("%q is nobody's name", name), "/person NAME, role")
	}
	if a.Side != "" && a.Side != Theirs && a.Side != Ours {
		return invalid(fmt.Sprintf("%q is not a side", a.Side), "a person is theirs or ours")
	}
	role := strings.TrimSpace(a.Role)
	w.label("person %s", name)
	doubt := a.Doubt
	if a.Side != "" {
		doubt = SideDoubt{}
	}
	if !doubt.IsZero() {
		w.notice(NoticeHint, "%s. /person %s, ours or theirs says it", doubt.why(name), name)
	}
	known, ok := find(w.iv.People, func(p Person) bool { return p.Side == a.Side && w.st.samePerson(p.Name, name) })
	if !ok {
		known, ok = find(w.iv.People, func(p Person) bool { return w.st.samePerson(p.Name, name) })
	}
	if joined, also := find(w.iv.People, func(p Person) bool {
		return slices.ContainsFunc(p.Also, func(o string) bool { return w.st.samePerson(o, name) })
	}); also && !ok {
		return invalid(fmt.Sprintf("%s is %s here: the two were joined", name, joined.Name),
			fmt.Sprintf("/person %s, … is about both; for somebody else who is called so give the full name", joined.Name))
	}
	if !ok {
		// The full name is known from earlier meetings, not only a part of it.
		earlier, met := w.st.earlier(name)
		if met = met && w.st.samePerson(earlier.Name, name); !met {
			earlier = PersonSummary{}
		}
		b := personBody{Name: name, Role: cmp.Or(role, earlier.Role), Side: a.Side, Doubt: doubt, At: w.st.Now}
		if b.Side == "" && doubt.IsZero() && met {
			b.Side, b.Doubt = earlier.Side, unknownSide(earlier.Side)
		} else if b.Side == "" && doubt.IsZero() {
			b.Side = Theirs
		}
		w.create(kindPerson, b)
		return nil
	}
	if role != "" {
		w.stateOfPerson(known, FieldRole, factBody{Text: role})
	}
	if a.Side != "" || !doubt.IsZero() {
		w.stateOfPerson(known, FieldSide, factBody{Side: a.Side, Whose: doubt})
	}
	if name == known.Name && !known.Absent {
		return nil
	}
	return w.renamePerson(known, func(b *personBody) {
		b.Name = name
		if known.Absent {
			b.At = w.st.Now // they are in the room as of now
		}
	})
}

func (a SetAdviser) apply(w *work) error {
	p, err := w.person(a.Name)
	if err != nil {
		return err
	}
	switch {
	case p.ID.IsZero():
		return invalid("Who is asked to advise?", "/adviser NAME yes")
	case p.Side == "":
		return w.whichSide(p)
	case p.Side == Ours:
		return invalid(p.Name+" is on our side; the board of advisers is the customers'", "")
	}
	w.label("adviser %s", p.Name)
	for _, id := range w.iv.itemsFor(p) {
		if _, asked := w.iv.doc.Item(belonging(kindAdviser, id)); asked || id == p.ID {
			w.put(belonging(kindAdviser, id), kindAdviser, adviserBody{Person: id, Joins: a.Joins, At: w.st.Now})
		}
	}
	return nil
}

// consentCommand begins the unsettled line of an answer about consent that is in doubt.
const consentCommand = "/consent "

// openConsent yields the answers about consent that are in doubt.
func (iv *Interview) openConsent() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, l := range iv.Lines {
			if l.Kind == Unsettled && strings.HasPrefix(l.Text, consentCommand) && !yield(l) {
				return
			}
		}
	}
}

// ConsentOpen reports whether an answer about consent is still to settle. Consent is the least of
// it until then.
func (iv *Interview) ConsentOpen() bool {
	for range iv.openConsent() {
		return true
	}
	return false
}

func (a SetConsent) apply(w *work) error {
	if among(a.Notes, NotesNotAsked, NotesAllowed, NotesRefused) != nil {
		return invalid(fmt.Sprintf("%q is not an answer to taking notes", a.Notes), "/consent yes or /consent no")
	}
	if among(a.Quotes, QuotingNotAsked, QuoteByName, QuoteByRole, QuoteNone) != nil {
		return invalid(fmt.Sprintf("%q is not a way to quote", a.Quotes), "quote by name, role, or none")
	}
	if a.Notes == NotesNotAsked && a.Quotes == QuotingNotAsked {
		return invalid("What did they allow?", "/consent yes|no [name|role|none]")
	}
	w.label("consent")
	now := Consent{Notes: cmp.Or(a.Notes, w.iv.Consent.Notes), Quotes: cmp.Or(a.Quotes, w.iv.Consent.Quotes)}
	w.put(single(kindConsent), kindConsent, now)
	refused := now.Notes == NotesRefused && !w.iv.Ended() && !w.iv.Debrief
	if a.Notes != NotesNotAsked && refused {
		w.notice(NoticeHint, "No notes from here on. /end, and write down afterwards what you recall, if they agree to that")
	}
	if a.Doubt == "" || refused { // after a refusal no word of theirs is kept
		if a.Quotes != QuotingNotAsked || refused {
			for l := range w.iv.openConsent() {
				w.remove(l.ID)
			}
		}
		return nil
	}
	w.notice(NoticeHint, "The least of that answer is noted, and the answer is to settle")
	_, err := w.unsettled(Typed{Text: consentCommand + a.Doubt}, "It can mean something else; a plain answer settles it, such as /consent yes role")
	w.label("consent")
	return err
}

func (a Ask) apply(w *work) error {
	n := w.iv.Playbook.Len()
	if a.Number < 1 || a.Number > n {
		return notFound(fmt.Sprintf("There is no question %d; this playbook has %d", a.Number, n), "")
	}
	w.step.Move = true
	w.label("went to question %d", a.Number)
	who, device := w.st.Writer.Author, w.st.Device
	w.put(positionID(who, device), kindPosition, positionBody{Question: a.Number, Author: who, Device: device})
	return nil
}

func (Next) apply(w *work) error {
	now := w.iv.Current()
	if now == 0 {
		return invalid("This playbook has no questions", "")
	}
	w.step.Move = true
	if now == w.iv.Playbook.Len() {
		w.label("stayed at question %d", now)
		w.notice(NoticeHint, "That was the last question")
		return nil
	}
	return Ask{now + 1}.apply(w)
}

func (a EnterStage) apply(w *work) error {
	i, fit := w.iv.Playbook.stageNamed(a.Name)
	if i < 0 {
		if len(fit) == 0 {
			for _, s := range w.iv.Playbook.Stages {
				fit = append(fit, s.Name)
			}
		}
		return notFound(fmt.Sprintf("No single stage is named %q", a.Name), "the stages are: "+strings.Join(fit, ", "))
	}
	number := w.iv.Playbook.First(i)
	if number == 0 {
		return invalid(fmt.Sprintf("Nothing is left to ask from %q on", w.iv.Playbook.Stages[i].Name), "")
	}
	return Ask{number}.apply(w)
}

func (a SetOutcome) apply(w *work) error {
	switch a.Outcome {
	case WorkedOut, NoFit, MoreToLearn:
	case NoOutcome:
		return invalid("How did it end?", "/outcome worked-out, no-fit or more-to-learn")
	default:
		return invalid(fmt.Sprintf("%q is not an outcome", a.Outcome), "/outcome worked-out, no-fit or more-to-learn")
	}
	w.label("outcome %s", a.Outcome)
	w.put(single(kindOutcome), kindOutcome, outcomeBody{Outcome: a.Outcome})
	return nil
}

func (End) apply(w *work) error {
	if w.iv.Ended() {
		return invalid("This interview has ended already", "/reopen to go on with it")
	}
	w.label("ended")
	b := endingBody{At: w.st.Now}
	if !w.iv.reopened.IsZero() {
		b.Open = w.iv.openSeconds(w.st.Now)
	}
	w.put(single(kindEnding), kindEnding, b)
	return nil
}

func (Reopen) apply(w *work) error {
	if !w.iv.Ended() {
		return invalid("This interview is open", "")
	}
	w.label("reopened")
	b := endingBody{At: w.iv.EndedAt, Reopened: w.st.Now, Open: w.iv.openSeconds(w.iv.EndedAt)}
	w.put(single(kindEnding), kindEnding, b)
	return nil
}

func (Discard) apply(w *work) error {
	if w.iv.Discarded {
		return invalid("This interview is deleted already", "/undo brings it back")
	}
	w.label("deleted the interview")
	w.remove(single(kindHeader))
	return nil
}
