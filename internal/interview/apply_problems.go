package interview

import (
	"fmt"
	"slices"
	"strings"
)

// problem returns problem number n. The error lists the existing numbers.
func (w *work) problem(n int) (Problem, error) {
	return byNumber(w.iv.Problems, n, func(p Problem) int { return p.Number }, ThingProblem, "keep one with !text, in their words")
}

// byNumber returns the thing with number n. The error lists the existing numbers, or says how to
// add the first thing.
func byNumber[T any](all []T, n int, number func(T) int, is Thing, first string) (T, error) {
	have := make([]string, len(all))
	for i, t := range all {
		if number(t) == n {
			return t, nil
		}
		have[i] = fmt.Sprint(number(t))
	}
	next := "there is " + strings.Join(have, ", ")
	if len(all) == 0 {
		next = first
	}
	var none T
	return none, notFound(fmt.Sprintf("There is no %s %d", is, n), next)
}

func (a Weigh) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if a.HowBad != nil && (*a.HowBad < 0 || *a.HowBad > 5) {
		return invalid(fmt.Sprintf("%d is not on the scale", *a.HowBad), "how bad is their own rating from 1 to 5")
	}
	texts := []struct {
		facet string
		value *string
	}{
		{facetHowOften, a.HowOften}, {facetCosts, a.Costs}, {facetBears, a.Bears}, {facetTried, a.Tried}, {facetWants, a.Wants},
	}
	given := 0
	for _, t := range texts {
		if t.value == nil {
			continue
		}
		given++
		w.facet(impactBody{Problem: p.ID, Facet: t.facet, Text: strings.TrimSpace(*t.value)})
	}
	if a.HowBad != nil {
		given++
		w.facet(impactBody{Problem: p.ID, Facet: facetHowBad, Rating: *a.HowBad})
	}
	if given == 0 {
		return invalid("Nothing to weigh it by", fmt.Sprintf("/impact %d how-often=… how-bad=1..5 costs=… bears=… tried=… wants=…", a.Problem))
	}
	w.did(ThingProblem, a.Problem, "weighed problem %d", a.Problem)
	return nil
}

// facet sets one facet of an impact, or removes it when it is empty.
func (w *work) facet(b impactBody) {
	id := belonging(kindImpact, b.Problem, b.Facet)
	if b.Text == "" && b.Rating == 0 {
		w.remove(id)
		return
	}
	w.put(id, kindImpact, b)
}

func (a PlayBack) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
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
	}
	if a.Answer != Yes {
		w.withdraw(p, p.Statement)
	}
	if correction != "" {
		// A yes to these words from before does not count: only a yes to what is read out from now
		// on does.
		w.withdraw(p, correction)
	}
	w.create(kindPlayback, playbackBody{
		Problem: p.ID, Said: p.Statement, Answer: a.Answer, Correction: correction, By: by.ID, At: w.st.Now,
	})
	w.did(ThingProblem, a.Problem, "playback of problem %d: %s", a.Problem, a.Answer)
	switch {
	case correction != "":
		if err := w.newWording(p, correction); err != nil {
			return err
		}
		w.notice(NoticeHint, "Read the new wording back to them: only a yes to it counts")
	case a.Answer == Nearly:
		w.notice(NoticeHint, "What one change would make it right? /playback %d nearly: the corrected wording", a.Problem)
	case a.Answer == Yes && !p.Weighed():
		w.notice(NoticeHint, "Confirmed. It is not weighed yet: /impact %d …", a.Problem)
	}
	return nil
}

func checkPlayback(a PlayBack, p Problem) error {
	n := a.Problem
	switch a.Answer {
	case Yes, Nearly, No:
	default:
		return invalid(fmt.Sprintf("%q is not an answer to a playback", a.Answer), fmt.Sprintf("/playback %d yes, nearly or no", n))
	}
	correction := strings.TrimSpace(a.Correction)
	switch {
	case a.Said != "" && a.Said != p.Statement:
		return refused(fmt.Sprintf("Problem %d was put in other words meanwhile, which nobody has read out", n), "read today's wording back to them")
	case p.Status == Aside:
		return invalid(fmt.Sprintf("Problem %d was set aside", n), fmt.Sprintf("/take-up %d takes it up again", n))
	case len(p.Concurrent) > 0:
		return invalid(fmt.Sprintf("Problem %d has two wordings beside each other", n), fmt.Sprintf("pick or join them with /reword %d, then read that back", n))
	case a.Answer == Yes && correction != "" && correction != p.Statement:
		return invalid("A yes with a correction is a nearly", fmt.Sprintf("/playback %d nearly: %s", n, correction))
	}
	return nil
}

// answerer returns the person who answered. Only a person on the customer's side can confirm. When
// nobody is named and exactly one of them is known, it is that one.
func (w *work) answerer(a PlayBack) (Person, error) {
	if ourselves(a.By) {
		return Person{}, refused("Only the customer can answer a playback", fmt.Sprintf("name who said it: /playback %d %s by NAME", a.Problem, a.Answer))
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
			return Person{}, refused(p.Name+" is on our side, and only the customer can answer a playback", fmt.Sprintf("name who said it: /playback %d %s by NAME", a.Problem, a.Answer))
		}
		return p, nil
	}
	theirs := append(w.iv.OnSide(Theirs), w.iv.OnSide("")...)
	switch {
	case len(theirs) == 1 && theirs[0].Side == Theirs:
		return theirs[0], nil
	case len(theirs) == 1 && a.Answer == Yes:
		return Person{}, w.whichSide(theirs[0])
	case a.Answer != Yes:
		return Person{}, nil
	case len(theirs) == 0:
		return Person{}, refused("Nobody on their side is named yet, and only they can confirm", fmt.Sprintf("ask for the name: /playback %d yes by NAME", a.Problem))
	}
	names := namesOf(theirs)
	return Person{}, refused("Who of them said yes: "+strings.Join(names, " or ")+"?", fmt.Sprintf("/playback %d yes by %s", a.Problem, names[0]))
}

// whichSide refuses what only the customer's side can do for a person whose side is in doubt.
func (w *work) whichSide(p Person) error {
	return &Error{
		Code:    Refused,
		Message: p.Doubt.Why(p.Name) + ", and only the customer can do that",
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

// newWording changes the wording of a problem and keeps all earlier ones, including concurrent
// ones.
func (w *work) newWording(p Problem, text string) error {
	b, err := stored[problemBody](w, p.ID)
	if err != nil {
		return err
	}
	b.Number = p.Number
	wordings := slices.Clone(b.Wordings)
	for _, other := range p.Concurrent {
		wordings = append(wordings, Wording{Text: other, At: w.st.Now})
	}
	b.Wordings = append(wordings, Wording{Text: text, At: w.st.Now})
	w.put(p.ID, kindProblem, b)
	return nil
}

func (a Reword) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(a.Text)
	if err := checkText("The new wording", text); err != nil {
		return err
	}
	w.did(ThingProblem, a.Problem, "reworded problem %d", a.Problem)
	if text == p.Statement && len(p.Concurrent) == 0 {
		return invalid(fmt.Sprintf("Problem %d is worded so already", a.Problem), "")
	}
	if p.Status == Confirmed {
		held := 0
		for _, s := range w.iv.Solutions {
			if slices.Contains(s.Problems, p.ID) && !s.Held {
				held++
			}
		}
		w.notice(NoticeHint, "The yes was to the old wording: play the new one back")
		if held > 0 {
			w.notice(NoticeHint, "%s held until then", count(held, "solution is", "solutions are"))
		}
	}
	return w.newWording(p, text)
}

func (a SetAside) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	w.did(ThingProblem, a.Problem, "set problem %d aside", a.Problem)
	w.put(belonging(kindAside, p.ID), kindAside, asideBody{Problem: p.ID, Reason: strings.TrimSpace(a.Reason), At: w.st.Now})
	return nil
}

func (a TakeUp) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if p.Status != Aside {
		return invalid(fmt.Sprintf("Problem %d was not set aside", a.Problem), "")
	}
	w.did(ThingProblem, a.Problem, "took problem %d up again", a.Problem)
	w.remove(belonging(kindAside, p.ID))
	return nil
}

func (a Join) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	into, err := w.problem(a.Into)
	switch {
	case err != nil:
		return err
	case p.ID == into.ID:
		return invalid("A problem cannot be joined with itself", fmt.Sprintf("/join %d with the number of another problem", a.Problem))
	case into.Status == Aside:
		return invalid(fmt.Sprintf("Problem %d was set aside", a.Into), fmt.Sprintf("/take-up %d takes it up again", a.Into))
	}
	for _, l := range w.iv.Lines {
		if l.Problem != p.ID {
			continue
		}
		if err := amend(w, l.ID, kindLine, func(b *lineBody) { b.Problem = into.ID }); err != nil {
			return err
		}
	}
	if all := w.themes(into.Themes, p.Themes, nil); len(all) > len(into.Themes) {
		if err := amend(w, into.ID, kindProblem, func(b *problemBody) { b.Themes = all }); err != nil {
			return err
		}
	}
	w.put(belonging(kindAside, p.ID), kindAside, asideBody{Problem: p.ID, Reason: fmt.Sprintf(joined, a.Into), At: w.st.Now})
	w.did(ThingProblem, a.Into, "joined problem %d with %d", a.Problem, a.Into)
	return nil
}

func (a AskLeftOut) apply(w *work) error {
	text := strings.TrimSpace(a.Text)
	if strings.EqualFold(strings.TrimRight(text, ".! "), "nothing") {
		text = ""
	}
	w.label("asked what was left out")
	w.put(single(kindLeftOut), kindLeftOut, leftOutBody{Text: text, At: w.st.Now})
	return w.err // any answer is taken
}

func (a SetRaised) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if a.Raised != Unprompted && a.Raised != WhenAsked {
		return invalid(fmt.Sprintf("%q is not how a problem comes up", a.Raised), fmt.Sprintf("/raised %d unprompted or asked", a.Problem))
	}
	w.did(ThingProblem, a.Problem, "problem %d came up %s", a.Problem, a.Raised)
	return amend(w, p.ID, kindProblem, func(b *problemBody) { b.Raised = a.Raised })
}

func (a Tag) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if len(a.Add)+len(a.Remove) == 0 {
		return invalid("Which theme?", fmt.Sprintf("/theme %d #theme", a.Problem))
	}
	w.did(ThingProblem, a.Problem, "themes of problem %d", a.Problem)
	return amend(w, p.ID, kindProblem, func(b *problemBody) { b.Themes = w.themes(b.Themes, a.Add, a.Remove) })
}
