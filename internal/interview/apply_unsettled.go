package interview

import (
	"errors"
	"strings"
)

// Typed is a line typed into a live box, with the action that it was parsed as. Nothing typed into
// a live box is refused: when Action is nil, or when the rules refuse it and save none of its text,
// the text is added as an unsettled line. The exception is refused consent to notes: nothing is
// added then.
type Typed struct {
	Text   string
	Action Action // nil when Text was not understood
	// Why says in one sentence why Text was not understood, for a nil Action.
	Why string
	// Settles is the number of the unsettled line that was put back into the box, 0 for none. That
	// line is removed when Action is done, and gets the new text when it is not.
	Settles Number
}

// apply does the action, or adds the text as an unsettled line. An error other than a refusal is
// returned unchanged.
func (t Typed) apply(w *work) error {
	err := error(invalid(t.Why, ""))
	if t.Action != nil {
		err = t.Action.apply(w)
	}
	refusal := w.step.Refused
	switch {
	case err != nil && !errors.As(err, &refusal):
		return err
	case err == nil && (refusal == nil || refusal.Line > 0):
		return w.settled(t.Settles)
	}
	if strings.TrimSpace(t.Text) == "" {
		return refusal
	}
	// The action may have put something before it was refused.
	w.puts, w.newPeople, w.step = nil, nil, &Step{}
	kept := *refusal
	number, err := w.unsettled(t, kept.Message)
	kept.Line = number
	w.step.Refused = &kept
	return err
}

// settled removes the unsettled line that was put back into the box. It may be gone already,
// dropped in another window.
func (w *work) settled(number Number) error {
	if l, ok := w.iv.Line(number); ok && l.Kind == Unsettled {
		w.remove(l.ID)
	}
	return nil
}

// unsettled adds an unsettled line and returns its number.
func (w *work) unsettled(t Typed, why string) (Number, error) {
	if err := checkText("A line", t.Text); err != nil {
		return 0, err
	}
	if l, ok := w.iv.Line(t.Settles); ok && l.Kind == Unsettled {
		w.did(ThingLine, l.Number, "unsettled %s", l.Number)
		return l.Number, amend(w, l.ID, kindLine, func(b *lineBody) {
			b.First, b.Text, b.Why = firstWording(b.First, b.Text, t.Text), t.Text, why
		})
	}
	b := w.line(Unsettled, t.Text)
	b.Why = why
	w.create(kindLine, b)
	w.did(ThingLine, w.iv.nextNumber, "unsettled %s", w.iv.nextNumber)
	return w.iv.nextNumber, nil
}
