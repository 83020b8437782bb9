package interview

import (
	"fmt"
	"slices"
	"strings"
)

// problem returns problem number n. The error lists the existing numbers.
func (w *work) problem(n Number) (Problem, error) {
	if p, ok := w.iv.Problem(n); ok {
		return p, nil
	}
	all := make([]worded, len(w.iv.Problems))
	for i, p := range w.iv.Problems {
		all[i] = worded{p.Number, p.Statement}
	}
	return Problem{}, noThing(n, ThingProblem, all, "keep one with !text, in their words")
}

// noThing returns the error for a number that none of the things there are has. The error lists
// their numbers, or says how to add the first one.
func noThing(n Number, is Thing, all []worded, first string) error {
	if err := unclear(n, string(is)+"s", slices.Clone(all)); err != nil {
		return err
	}
	have := make([]string, len(all))
	for i, t := range all {
		have[i] = t.number.String()
	}
	next := "there is " + strings.Join(have, ", ")
	if len(all) == 0 {
		next = first
	}
	return notFound(fmt.Sprintf("There is no %s %s", is, n.shown()), next)
}

func (a Weigh) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	given, err := w.weigh(p, a)
	if err != nil {
		return err
	}
	if given == 0 {
		return invalid("Nothing to weigh it by", fmt.Sprintf("/impact %s how-often=… how-bad=1..5 costs=… bears=… tried=… wants=…", p.Number))
	}
	w.did(ThingProblem, p.Number, "weighed problem %s", p.Number)
	return nil
}

// weigh sets the facets of a problem that are given, and returns how many are.
func (w *work) weigh(p Problem, a Weigh) (given int, err error) {
	if a.HowBad != nil && (*a.HowBad < 0 || *a.HowBad > 5) {
		return 0, invalid(fmt.Sprintf("%d is not on the scale", *a.HowBad), "how bad is their own rating from 1 to 5")
	}
	texts := []struct {
		facet string
		value *string
	}{
		{facetHowOften, a.HowOften}, {facetCosts, a.Costs}, {facetBears, a.Bears}, {facetTried, a.Tried}, {facetWants, a.Wants},
	}
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
	return given, nil
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

// newWording changes the wording of a problem and keeps all earlier ones, including concurrent
// ones.
func (w *work) newWording(p Problem, text string, quoted bool) error {
	wordings := slices.Clone(p.Wordings)
	for _, other := range p.OtherWordings() {
		wordings = append(wordings, Wording{Text: other, At: w.st.Now, Kind: w.iv.typed.as[wordingOf{p.ID, other}]})
	}
	wordings = append(wordings, Wording{Text: text, At: w.st.Now, Kind: typedKind(quoted)})
	return amend(w, p.ID, kindProblem, func(b *problemBody) { b.Wordings = wordings })
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
	w.did(ThingProblem, p.Number, "reworded problem %s", p.Number)
	if text == p.Statement && len(p.OtherWordings()) == 0 {
		if kind := typedKind(a.Quoted); a.Quoted != p.Quoted && kind != w.iv.typed.as[wordingOf{p.ID, text}] {
			return w.retype(p, text, kind)
		}
		return invalid(fmt.Sprintf("Problem %s is worded so already", p.Number), "")
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
	return w.newWording(p, text, a.Quoted)
}

func (a SetAside) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	reason, aside := strings.TrimSpace(a.Reason), belonging(kindAside, p.ID)
	w.did(ThingProblem, p.Number, "set problem %s aside", p.Number)
	if reason == "" && p.Status == Aside { // set aside twice, it keeps the reason that it has
		return amend(w, aside, kindAside, func(b *asideBody) { b.At = w.st.Now })
	}
	w.put(aside, kindAside, asideBody{Problem: p.ID, Reason: reason, At: w.st.Now})
	return nil
}

func (a TakeUp) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if p.Status != Aside {
		return invalid(fmt.Sprintf("Problem %s was not set aside", p.Number), "")
	}
	w.did(ThingProblem, p.Number, "took problem %s up again", p.Number)
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
		return invalid("A problem cannot be joined with itself", fmt.Sprintf("/join %s with the number of another problem", p.Number))
	case into.Status == Aside:
		return invalid(fmt.Sprintf("Problem %s was set aside", into.Number), fmt.Sprintf("/take-up %s takes it up again", into.Number))
	}
	for _, l := range w.iv.Lines {
		if l.Shows(p.ID) {
			w.restate(l.ID, FieldProblem, factBody{Item: l.Problem}, func(v *factBody) {
				if v.Item == p.ID {
					v.Item = into.ID
				}
			})
		}
	}
	for _, t := range w.themes(into.Themes, p.Themes, nil)[len(into.Themes):] {
		w.theme(into.ID, t)
	}
	w.put(belonging(kindAside, p.ID), kindAside, asideBody{Problem: p.ID, Into: into.ID, At: w.st.Now})
	w.did(ThingProblem, into.Number, "joined problem %s with %s", p.Number, into.Number)
	return nil
}

func (a AskLeftOut) apply(w *work) error {
	text := strings.TrimSpace(a.Text)
	if strings.EqualFold(strings.TrimRight(text, ".! "), "nothing") {
		text = ""
	}
	w.label("asked what was left out")
	b := leftOutBody{Text: text, At: w.st.Now}
	if text != "" {
		b.Kind = typedKind(a.Quoted)
	}
	w.put(single(kindLeftOut), kindLeftOut, b)
	return w.err // any answer is taken
}

func (a SetRaised) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if a.Raised != Unprompted && a.Raised != WhenAsked {
		return invalid(fmt.Sprintf("%q is not how a problem comes up", a.Raised), fmt.Sprintf("/raised %s unprompted or asked", p.Number))
	}
	w.did(ThingProblem, p.Number, "problem %s came up %s", p.Number, a.Raised)
	w.state(p.ID, FieldRaised, factBody{Text: string(a.Raised)})
	return nil
}

func (a Tag) apply(w *work) error {
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if len(a.Add)+len(a.Remove) == 0 {
		return invalid("Which theme?", fmt.Sprintf("/theme %s #theme", p.Number))
	}
	w.did(ThingProblem, p.Number, "themes of problem %s", p.Number)
	for _, t := range w.themes(nil, a.Add, a.Remove) {
		w.theme(p.ID, t)
	}
	for _, t := range w.themes(append(slices.Clone(p.Themes), a.Remove...), nil, nil) {
		if slices.ContainsFunc(a.Remove, func(o string) bool { return w.st.same(Theme(o), t) }) {
			w.untheme(p.ID, t)
		}
	}
	return nil
}
