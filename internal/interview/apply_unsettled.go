package interview

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
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

// ToSettle is one thing for the writer to settle.
type ToSettle struct {
	Number Number // 0 for a person, who has none
	Thing  Thing
	Person ID // whose side is in doubt, zero for none
	Text   string
	Why    string // one sentence that says what is in doubt
}

// why says in one sentence, without its full stop, that nobody knows on which side somebody is; ""
// for no doubt.
func (d SideDoubt) why(name string) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("“%s” does not say on which side %s is", d.Words, name)
}

// ToSettle returns the things to settle: the people whose side is in doubt, then the others by
// number.
func (iv *Interview) ToSettle() []ToSettle {
	var open []ToSettle
	for i := range iv.Lines { // by index: it is asked with each frame, and a line is large
		if l := &iv.Lines[i]; l.Kind == Unsettled {
			open = append(open, ToSettle{Number: l.Number, Thing: ThingLine, Text: l.Text, Why: l.Why})
		}
	}
	for _, p := range iv.People {
		if !p.Doubt.IsZero() {
			open = append(open, ToSettle{Person: p.ID, Text: p.Name, Why: cmp.Or(apart(p.Concurrent, FieldSide), p.Doubt.why(p.Name))})
		}
	}
	for _, p := range iv.Promises {
		if !p.Whose.IsZero() {
			why := fmt.Sprintf("“%s” does not say whose promise it is", p.Whose.Words)
			open = append(open, ToSettle{Number: p.Number, Thing: ThingPromise, Text: p.Text, Why: cmp.Or(apart(p.Concurrent, FieldOwner), why)})
		}
		if !p.Doubt.IsZero() {
			open = append(open, ToSettle{Number: p.Number, Thing: ThingPromise, Text: p.Text, Why: cmp.Or(apart(p.Concurrent, FieldDue), p.Doubt.why())})
		}
	}
	slices.SortStableFunc(open, func(a, b ToSettle) int { return a.Number.Compare(b.Number) })
	return open
}

// apart says that two windows set a field apart, "" where one value stands.
func apart(all []Concurrent, field Field) string {
	stood := InDoubt(all, field)
	if len(stood) == 0 {
		return ""
	}
	return "It was set to several values apart, " + strings.Join(Standing(stood), " ")
}
