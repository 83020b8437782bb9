package interview

import (
	"fmt"
	"slices"
	"strings"
)

// solution returns solution number n. The error lists the existing numbers.
func (w *work) solution(n Number) (Solution, error) {
	const first = "/solve P text keeps one, once problem P is confirmed and weighed"
	if s, ok := w.iv.Solution(n); ok {
		return s, nil
	}
	all := make([]worded, len(w.iv.Solutions))
	for i, s := range w.iv.Solutions {
		all[i] = worded{s.Number, s.Text}
	}
	return Solution{}, noThing(n, ThingSolution, all, first)
}

// unlock returns the problems, with their proofs, when they can be solved now. Otherwise it saves
// the text as a thought and refuses; ok is then false.
func (w *work) unlock(numbers []Number, text, what string) (ids, proofs []ID, ok bool, err error) {
	if len(numbers) == 0 {
		return nil, nil, false, invalid("Which problem is it for?", "/solve P text, with P as shown beside the problem")
	}
	for _, n := range numbers {
		p, err := w.problem(n)
		if err != nil {
			return nil, nil, false, err
		}
		if slices.Contains(ids, p.ID) {
			continue
		}
		ids = append(ids, p.ID)
		for _, pb := range w.iv.Proofs(p) {
			proofs = append(proofs, pb.ID)
		}
	}
	gaps := w.iv.Lock(numbers...)
	if len(gaps) == 0 {
		return ids, proofs, true, nil
	}
	w.refuse(text, ids, &Error{Code: Refused, Message: "Too early for " + what, Missing: gaps})
	return nil, nil, false, nil
}

// refuse saves text that cannot be used now as a thought, and sets the refusal.
func (w *work) refuse(text string, problems []ID, why *Error) {
	w.step.Refused = why
	if strings.TrimSpace(text) == "" {
		return
	}
	b := w.line(Thought, text)
	b.TooEarly, b.For = true, problems
	w.create(kindLine, b)
	w.did(ThingLine, w.iv.nextNumber, "thought %s", w.iv.nextNumber)
	why.Line = w.iv.nextNumber
	why.Next = fmt.Sprintf("your text is kept as thought %s and comes back when it can be used", w.iv.nextNumber)
}

// refuseSaid saves text that a refusal would not let stand where it belongs. It is what they said and no
// thought of ours, and answers no question.
func (w *work) refuseSaid(text string) {
	b := w.line(Paraphrase, text)
	b.Question = 0
	w.create(kindLine, b)
	w.did(ThingLine, w.iv.nextNumber, "paraphrase %s", w.iv.nextNumber)
	w.step.Refused.Line = w.iv.nextNumber
	w.step.Refused.Next = fmt.Sprintf("what they said is kept as line %s", w.iv.nextNumber)
}

func (a Solve) apply(w *work) error {
	if err := checkText("A solution", a.Text); err != nil {
		return err
	}
	ids, proofs, ok, err := w.unlock(a.Problems, a.Text, "a solution")
	if err != nil || !ok {
		return err
	}
	b := solutionBody{Number: w.iv.nextSolution.Count(), Problems: ids, Proofs: proofs, Text: a.Text, At: w.st.Now}
	w.create(kindSolution, b)
	w.did(ThingSolution, w.iv.nextSolution, "solution %s", w.iv.nextSolution)
	return nil
}

func (a Advise) apply(w *work) error {
	if err := checkText("Advice", a.Text); err != nil {
		return err
	}
	ids, proofs, ok, err := w.unlock([]Number{a.Problem}, a.Text, "advice")
	if err != nil || !ok {
		return err
	}
	w.create(kindAdvice, adviceBody{Problem: ids[0], Proof: proofs[0], Text: a.Text, At: w.st.Now})
	n := w.iv.ProblemNumber(ids[0])
	w.did(ThingProblem, n, "advice on problem %s", n)
	return nil
}

func (a MustRespect) apply(w *work) error {
	if err := checkText("What to respect", a.Text); err != nil {
		return err
	}
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	w.create(kindRespect, respectBody{Problem: p.ID, Text: a.Text, At: w.st.Now})
	w.did(ThingProblem, p.Number, "what to respect for problem %s", p.Number)
	return nil
}

// editable returns a solution that can be changed now. For a held one it saves the text as a
// thought; ok is then false.
func (w *work) editable(number Number, texts ...string) (Solution, bool, error) {
	s, err := w.solution(number)
	if err != nil || !s.Held {
		return s, err == nil, err
	}
	var problems []Number
	var gone []Gap
	for _, id := range s.Problems {
		if p, ok := w.iv.ProblemByID(id); ok {
			problems = append(problems, p.Number)
		} else {
			gone = append(gone, Gap{Kind: GapGone, Text: "one of its problems was dropped (/undo brings it back)"})
		}
	}
	w.refuse(strings.TrimSpace(strings.Join(texts, "\n")), s.Problems, &Error{
		Code: Refused, Message: fmt.Sprintf("Solution %s is held", s.Number), Missing: append(w.iv.Lock(problems...), gone...),
		Next: "it comes back by itself once that is done",
	})
	return s, false, nil
}

func (a Share) apply(w *work) error {
	if a.Ours == nil && a.Theirs == nil {
		return invalid("Who does which part?", fmt.Sprintf("/share %s ours=… theirs=…", a.Solution))
	}
	var texts []string
	for _, part := range []*string{a.Ours, a.Theirs} {
		if part != nil {
			texts = append(texts, *part)
		}
	}
	s, ok, err := w.editable(a.Solution, texts...)
	if err != nil || !ok {
		return err
	}
	w.did(ThingSolution, s.Number, "shared out solution %s", s.Number)
	if a.Ours != nil {
		w.state(s.ID, FieldOurs, factBody{Text: strings.TrimSpace(*a.Ours)})
	}
	if a.Theirs != nil {
		w.state(s.ID, FieldTheirs, factBody{Text: strings.TrimSpace(*a.Theirs)})
	}
	return nil
}

func (a React) apply(w *work) error {
	if err := checkText("A reaction", a.Text); err != nil {
		return err
	}
	s, ok, err := w.editable(a.Solution)
	if err == nil && !ok {
		w.refuseSaid(a.Text)
	}
	if err != nil || !ok {
		return err
	}
	w.did(ThingSolution, s.Number, "reaction to solution %s", s.Number)
	id := belonging(kindReaction, s.ID)
	if it, ok := w.iv.doc.Item(id); ok && len(it.Live()) > 0 {
		return amend(w, id, kindReaction, func(b *reactionBody) { b.Text = a.Text }) // an earlier hark kept the decision there
	}
	w.put(id, kindReaction, reactionBody{Solution: s.ID, Text: a.Text})
	return nil
}

func (a Decide) apply(w *work) error {
	if a.Decision != Agreed && a.Decision != Declined {
		return invalid(fmt.Sprintf("%q is not a decision", a.Decision), fmt.Sprintf("/agree %s or /decline %s", a.Solution, a.Solution))
	}
	s, ok, err := w.editable(a.Solution)
	if err != nil || !ok {
		return err
	}
	w.state(s.ID, FieldDecision, factBody{Text: string(a.Decision)})
	w.did(ThingSolution, s.Number, "solution %s %s", s.Number, a.Decision)
	return nil
}

func (w *work) fixSolution(a Fix) error {
	if err := checkText("The correction", a.Text); err != nil {
		return err
	}
	s, ok, err := w.editable(a.Number, a.Text)
	if err != nil || !ok {
		return err
	}
	w.did(ThingSolution, s.Number, "corrected solution %s", s.Number)
	return amend(w, s.ID, kindSolution, func(b *solutionBody) { b.Text = a.Text })
}

func (a Carry) apply(w *work) error {
	department := w.st.department(a.Department)
	if err := checkName("A department", department); err != nil {
		return err
	}
	p, err := w.problem(a.Problem)
	if err != nil {
		return err
	}
	if p.Status != Confirmed {
		w.step.Refused = &Error{
			Code:    Refused,
			Message: fmt.Sprintf("Problem %s is not confirmed: nobody can answer for it yet", p.Number),
			Missing: w.iv.lockOf(p),
		}
		return nil
	}
	owner, err := w.called(a.Owner, Ours, false)
	if err != nil {
		return err
	}
	b := routeBody{Number: w.iv.nextNumber.Count(), Problem: p.ID, Department: department, Owner: owner.ID, Due: a.Due, At: w.st.Now}
	if proofs := w.iv.Proofs(p); len(proofs) > 0 {
		b.Proof = proofs[0].ID
	}
	w.create(kindRoute, b)
	w.did(ThingRoute, w.iv.nextNumber, "route %s: problem %s to %s", w.iv.nextNumber, p.Number, department)
	return nil
}

// department returns the usual department of that name or of that unambiguous prefix, otherwise the
// name itself.
func (st Stamp) department(name string) string {
	name = strings.TrimSpace(name)
	want := st.fold(name)
	var begin []string
	for _, d := range st.Departments {
		have := st.fold(d)
		if have == want {
			return d
		}
		if strings.HasPrefix(have, want) {
			begin = append(begin, d)
		}
	}
	if want != "" && len(begin) == 1 {
		return begin[0]
	}
	return name
}

func (a AnswerRoute) apply(w *work) error {
	if err := checkText("An answer", a.Text); err != nil {
		return err
	}
	r, ok := w.iv.Route(a.Number)
	if !ok {
		return w.iv.noNumber(a.Number, ThingRoute)
	}
	w.progress(progressBody{Of: r.ID, Step: stepAnswered, Text: a.Text})
	w.did(ThingRoute, r.Number, "%s answered route %s", r.Department, r.Number)
	return nil
}

func (w *work) progress(b progressBody) {
	b.At = w.st.Now
	w.put(belonging(kindProgress, b.Of, b.Step), kindProgress, b)
}

func (a Done) apply(w *work) error {
	if l, ok := w.iv.Line(a.Number); ok && l.Kind == FollowUp {
		if !l.AskedAt.IsZero() {
			return invalid(fmt.Sprintf("Follow-up %s was asked already", l.Number), "")
		}
		w.progress(progressBody{Of: l.ID, Step: stepDone})
		w.did(ThingLine, l.Number, "follow-up %s was asked", l.Number)
		return nil
	}
	p, ok := w.iv.Promise(a.Number)
	if !ok {
		return w.iv.noNumber(a.Number, ThingPromise)
	}
	if !p.Waits() {
		return invalid(fmt.Sprintf("Promise %s is done already", p.Number), "")
	}
	w.progress(progressBody{Of: p.ID, Step: stepDone})
	w.did(ThingPromise, p.Number, "promise %s is done", p.Number)
	return nil
}

func (a Told) apply(w *work) error {
	b := progressBody{Step: stepTold}
	var (
		is     Thing
		number Number
	)
	if p, ok := w.iv.Promise(a.Number); ok {
		is, number, b.Of, b.Promised = ThingPromise, p.Number, p.ID, p.Text
		if !p.Waits() {
			b.Text = outcomeDone
		}
	} else if r, ok := w.iv.Route(a.Number); ok {
		is, number, b.Of, b.Text = ThingRoute, r.Number, r.ID, r.Answer
	} else {
		return w.iv.noNumber(a.Number, ThingPromise)
	}
	if b.Text == "" {
		b.Open = true
		w.notice(NoticeHint, "What comes of %s %s is still to tell them", is, number)
	}
	w.progress(b)
	w.did(is, number, "told them of %s %s", is, number)
	return nil
}
