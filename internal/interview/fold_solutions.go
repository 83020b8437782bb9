package interview

import (
	"slices"
	"time"
)

func (f *folder) solutions() {
	for _, b := range f.solved {
		if b.deleted {
			continue
		}
		v, r := b.value, f.reactions[b.id]
		decision, _ := f.fact(b.id, FieldDecision, f.decided[b.id])
		if len(f.iv.standingOf(b.id, FieldDecision)) > 0 {
			decision = factBody{}
		}
		s := Solution{
			ID: b.id, Number: f.numberOf[b.id], Problems: v.Problems, Text: v.Text, Ours: v.Ours,
			Theirs: v.Theirs, Reaction: r.Text, Decision: Decision(decision.Text), At: v.At, Proofs: v.Proofs,
			Held: !f.unlocked(v.Problems...), Concurrent: f.concurrentOf(b.id),
		}
		f.iv.Solutions = append(f.iv.Solutions, s)
	}
	slices.SortFunc(f.iv.Solutions, func(a, b Solution) int { return a.Number.Compare(b.Number) })
	for _, b := range f.respects {
		f.iv.Respects = append(f.iv.Respects, Respect{ID: b.id, Problem: b.value.Problem, Text: b.value.Text, At: b.value.At})
	}
	byTime(f.iv.Respects, func(r Respect) (time.Time, ID) { return r.At, r.ID })
	for _, b := range f.advice {
		f.iv.Advice = append(f.iv.Advice, Advice{
			ID: b.id, Problem: b.value.Problem, Text: b.value.Text, At: b.value.At,
			Held: !f.unlocked(b.value.Problem),
		})
	}
	byTime(f.iv.Advice, func(a Advice) (time.Time, ID) { return a.At, a.ID })
}

func (f *folder) promises() {
	for _, b := range f.promised {
		if b.deleted {
			continue
		}
		v := b.value
		p := Promise{
			ID: b.id, Number: f.numberOf[b.id], Text: v.Text, First: v.First, Owner: f.iv.one(v.Owner), Side: v.Side,
			Whose: v.Whose, Speaker: f.iv.one(v.Speaker), Due: v.Due, Doubt: v.Doubt, At: v.At,
			DoneAt: f.progress[progressKey{b.id, stepDone}].At, Concurrent: f.concurrentOf(b.id),
		}
		if doubt := f.iv.dayInDoubt(b.id); !doubt.IsZero() {
			p.Due, p.Doubt = Date{}, doubt
		}
		p.ToldAt, p.Earlier = f.told(b.id, outcomeDone, p.DoneAt)
		if of := f.progress[progressKey{b.id, stepTold}].Promised; of != "" && of != p.Text && !p.ToldAt.IsZero() {
			p.ToldAt, p.Earlier = time.Time{}, Telling{At: p.ToldAt} // they heard of another promise
		}
		if owner, known := f.iv.Person(p.Owner); known {
			p.Side = owner.Side
		}
		f.iv.Promises = append(f.iv.Promises, p)
	}
	slices.SortFunc(f.iv.Promises, func(a, b Promise) int { return a.Number.Compare(b.Number) })
	for _, b := range f.routes {
		if b.deleted {
			continue
		}
		v, answered := b.value, f.progress[progressKey{b.id, stepAnswered}]
		r := Route{
			ID: b.id, Number: f.numberOf[b.id], Problem: v.Problem, Department: v.Department,
			Owner: f.iv.one(v.Owner), Due: v.Due, Answer: answered.Text, AnsweredAt: answered.At,
			At: v.At, Concurrent: f.concurrentOf(b.id),
		}
		if !f.iv.dayInDoubt(b.id).IsZero() {
			r.Due = Date{}
		}
		r.ToldAt, r.Earlier = f.told(b.id, r.Answer, r.AnsweredAt)
		of, _ := f.iv.ProblemByID(v.Problem)
		r.Held = of.Status.holdsRoutes()
		f.iv.Routes = append(f.iv.Routes, r)
	}
	slices.SortFunc(f.iv.Routes, func(a, b Route) int { return a.Number.Compare(b.Number) })
}

// told returns when the customer was told of today's answer or outcome, which is of the given time
// (zero for none yet), and otherwise what they were told before. An earlier hark did not store of
// what they were told: then it is what stood there at that time.
func (f *folder) told(of ID, outcome string, since time.Time) (at time.Time, earlier Telling) {
	told, ok := f.progress[progressKey{of, stepTold}]
	current := told.Text == outcome || told.Text == "" && !told.Open && !told.At.Before(since)
	switch {
	case !ok:
		return at, earlier
	case current && !since.IsZero():
		return told.At, earlier
	case told.Text == outcomeDone && outcome == outcomeDone:
		return at, Telling{At: told.At}
	}
	return at, Telling{Of: told.Text, At: told.At}
}
