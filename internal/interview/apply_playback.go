package interview

import (
	"cmp"
	"fmt"
	"strings"
)

func (a PlayBack) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	a.Problem = p.Number
	if err := checkPlayback(a, p); err != nil {
		return err
	}
	by, err := w.answerer(a)
	if err != nil {
		return err
	}
	correction := strings.TrimSpace(a.Correction)
	if correction == p.Statement {
		correction = ""
		if a.Quoted && !p.TypedAsQuote() {
			if err := w.retype(p, p.Statement, Quote); err != nil {
				return err
			}
		}
	}
	if a.Answer != Yes {
		w.withdraw(p, p.Statement)
	}
	if correction != "" {
		// A yes to these words from before does not count: only a yes to what is read out from now
		// on does.
		w.withdraw(p, correction)
	}
	var after []ID
	if a.Answer == Yes {
		after = []ID{} // it says so where it came after none
		for _, pb := range p.Playbacks {
			if pb.Answer != Yes && pb.Said == p.Statement {
				after = append(after, pb.ID)
			}
		}
	}
	w.create(kindPlayback, playbackBody{
		Problem: p.ID, Said: p.Statement, Answer: a.Answer, Correction: correction, By: by.ID, At: w.st.Now, After: after,
	})
	figures, err := w.weigh(p, a.Figures)
	if err != nil {
		return err
	}
	w.did(ThingProblem, a.Problem, "playback of problem %s: %s", a.Problem, a.Answer)
	switch {
	case correction != "":
		if err := w.newWording(p, correction, a.Quoted); err != nil {
			return err
		}
		w.notice(NoticeHint, "Read the new wording back to them: only a yes to it counts")
	case figures > 0:
		w.notice(NoticeHint, "Read it back to them with what they corrected: only a yes to that counts")
	case a.Answer == No:
		w.notice(NoticeHint, "What is it, then? /reword %s in their words, or /aside %s: why it is none", a.Problem, a.Problem)
	case a.Answer == Nearly:
		w.notice(NoticeHint, "What one change would make it right? /playback %s nearly: the corrected wording", a.Problem)
	case a.Answer == Yes && !p.Weighed():
		w.notice(NoticeHint, "Problem %s is confirmed, and not weighed yet: /impact %s …", a.Problem, a.Problem)
	}
	return nil
}

func checkPlayback(a PlayBack, p Problem) error {
	n := a.Problem
	switch a.Answer {
	case Yes, Nearly, No:
	default:
		return invalid(fmt.Sprintf("%q is not an answer to a playback", a.Answer), fmt.Sprintf("/playback %s yes, nearly or no", n))
	}
	correction := strings.TrimSpace(a.Correction)
	switch {
	case a.Said != "" && a.Said != p.Statement:
		return refused(fmt.Sprintf("Problem %s now says “%s”, which nobody has read out", n, p.Statement), "read that to them, and ask again")
	case p.Status == Aside:
		return invalid(fmt.Sprintf("Problem %s was set aside", n), fmt.Sprintf("/take-up %s takes it up again", n))
	case len(p.OtherWordings()) > 0:
		return invalid(fmt.Sprintf("Problem %s has two wordings beside each other", n), fmt.Sprintf("pick or join them with /reword %s, then read that back", n))
	case a.Answer == Yes && correction != "" && correction != p.Statement:
		return invalid("A yes with a correction is a nearly", fmt.Sprintf("/playback %s nearly: %s", n, correction))
	case a.Answer == Yes && a.Figures != (Weigh{Problem: a.Figures.Problem}):
		return invalid("A yes with a correction is a nearly", fmt.Sprintf("/playback %s nearly: how-bad=… or what else they corrected", n))
	}
	return nil
}

// Answerer returns who will probably answer the playback of a problem, for a screen that shows the
// name before anything is recorded: the only one of theirs in the room, else the last one to
// answer, else the one who spoke of that problem. ok is false where nothing says it; then somebody
// has to be asked.
func (iv *Interview) Answerer(p Problem) (who Person, ok bool) {
	theirs := iv.InRoom(Theirs)
	if len(theirs) == 1 {
		return theirs[0], true
	}
	here := func(id ID) bool {
		who, ok = find(theirs, func(o Person) bool { return o.ID == id })
		return ok
	}
	var last Playback
	for _, o := range iv.Problems {
		for _, b := range o.Playbacks {
			if !b.By.IsZero() && !b.At.Before(last.At) {
				last = b
			}
		}
	}
	if here(last.By) {
		return who, true
	}
	for _, n := range p.Evidence {
		if l, there := iv.Line(n); there && here(l.Speaker) {
			return who, true
		}
	}
	return Person{}, false
}

// answerer returns the person who answered. Only a person on the customer's side can confirm. When
// nobody is named and exactly one of them is in the room, it is that one.
func (w *work) answerer(a PlayBack) (Person, error) {
	if ourselves(a.By) {
		return Person{}, refused("Only the customer can answer a playback", fmt.Sprintf("name who said it: /playback %s %s by NAME", a.Problem, a.Answer))
	}
	if strings.TrimSpace(a.By) != "" && !themselves(a.By) {
		p, err := w.person(a.By)
		if err != nil {
			return Person{}, err
		}
		if p.Side == "" {
			return Person{}, w.whichSide(p)
		}
		if p.Side == Ours {
			return Person{}, refused(p.Name+" is on our side, and only the customer can answer a playback", fmt.Sprintf("name who said it: /playback %s %s by NAME", a.Problem, a.Answer))
		}
		return p, nil
	}
	theirs := append(w.iv.InRoom(Theirs), w.iv.InRoom("")...)
	switch {
	case len(theirs) == 1 && theirs[0].Side == Theirs:
		return theirs[0], nil
	case len(theirs) == 1 && a.Answer == Yes:
		return Person{}, w.whichSide(theirs[0])
	case a.Answer != Yes:
		return Person{}, nil
	case len(theirs) == 0:
		return Person{}, refused("Nobody on their side is named yet, and only they can confirm", fmt.Sprintf("ask for the name: /playback %s yes by NAME", a.Problem))
	}
	names := namesOf(theirs)
	return Person{}, refused("Who of them said yes: "+strings.Join(names, " or ")+"?", fmt.Sprintf("/playback %s yes by %s", a.Problem, names[0]))
}

// whichSide refuses what only the customer's side can do for a person whose side is in doubt.
func (w *work) whichSide(p Person) error {
	return &Error{
		Code:    Refused,
		Message: cmp.Or(apart(p.Concurrent, FieldSide), p.Doubt.why(p.Name)) + ", and only the customer can do that",
		Next:    fmt.Sprintf("say it first: /person %s, ours or theirs", p.Name),
	}
}

// withdraw marks every earlier yes to a wording as taken back. The yes itself stays on record.
func (w *work) withdraw(p Problem, wording string) {
	for _, pb := range p.Playbacks {
		if pb.Answer != Yes || pb.Withdrawn || pb.Said != wording {
			continue
		}
		err := amend(w, pb.ID, kindPlayback, func(b *playbackBody) { b.Withdrawn = true })
		if err != nil && w.err == nil {
			w.err = err
		}
	}
}
