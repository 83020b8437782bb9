package interview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ToSettle is one thing for the writer to settle.
type ToSettle struct {
	Number Number // 0 for a person and for the interview itself, which have none
	Thing  Thing
	Person ID     // whose side is in doubt, zero for none
	Apart  *Apart // what stands for it apart, where that is all there is to settle
	Text   string
	Why    string // one sentence that says what is in doubt
}

// Name returns what the thing is called: "3", "problem 2", "the interview"; "" for a person.
func (t ToSettle) Name() string {
	switch {
	case t.Apart != nil:
		return t.Apart.Name()
	case t.Number != 0:
		return t.Number.String()
	}
	return ""
}

// why says in one sentence, without its full stop, that nobody knows on which side somebody is; ""
// for no doubt.
func (d SideDoubt) why(name string) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("“%s” does not say on which side %s is", d.Words, name)
}

// Shown returns the thing as it is listed, with what it is called in front.
func (t ToSettle) Shown() string { return strings.TrimLeft(t.Name()+"  "+t.Text, " ") }

// ToSettle returns the things to settle: the people whose side is in doubt, the others by number, and
// then those for which several values stand.
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
	listed := open
	for _, of := range iv.AllApart() {
		if of.What != Numbered || of.Number == 0 || !slices.ContainsFunc(listed, func(o ToSettle) bool { return o.Number == of.Number }) {
			open = append(open, ToSettle{Number: of.Number, Thing: of.What, Apart: &of, Text: of.Text, Why: strings.Join(Standing(of.Standing), "; ")})
		}
	}
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

// Apart is a thing for whose fields several values stand, or the interview itself, without a number.
type Apart struct {
	ID       ID
	What     Thing // as in Pick
	Number   Number
	Lasting  Number // see Line.Lasting
	Text     string
	Standing []Concurrent
}

// Apart returns the thing with an ID; ok is false when one value stands for each of its fields. The zero
// ID is that of the interview itself.
func (iv *Interview) Apart(id ID) (of Apart, ok bool) {
	if id.IsZero() {
		return Apart{Text: iv.Customer, Standing: iv.Concurrent}, len(iv.Concurrent) > 0
	}
	for i := range iv.Lines { // by index: it is asked with each frame, and a line is large
		if l := &iv.Lines[i]; l.ID == id {
			return Apart{id, Numbered, l.Number, l.Lasting(), l.Worded(), l.Concurrent}, len(l.Concurrent) > 0
		}
	}
	for _, p := range iv.Promises {
		if p.ID == id {
			return Apart{id, Numbered, p.Number, p.Lasting(), p.Text, p.Concurrent}, len(p.Concurrent) > 0
		}
	}
	for _, r := range iv.Routes {
		if r.ID == id {
			return Apart{id, Numbered, r.Number, r.Lasting(), r.Department, r.Concurrent}, len(r.Concurrent) > 0
		}
	}
	for _, s := range iv.Solutions {
		if s.ID == id {
			return Apart{id, ThingSolution, s.Number, s.Lasting(), s.Text, s.Concurrent}, len(s.Concurrent) > 0
		}
	}
	p, _ := iv.ProblemByID(id)
	return Apart{id, ThingProblem, p.Number, p.Lasting(), p.Worded(), p.Concurrent}, len(p.Concurrent) > 0
}

// AllApart returns what several values stand for: the interview, its problems and solutions, and what is
// in the record.
func (iv *Interview) AllApart() []Apart {
	var all []Apart
	add := func(id ID, standing []Concurrent) {
		if len(standing) > 0 {
			of, _ := iv.Apart(id)
			all = append(all, of)
		}
	}
	add(ID{}, iv.Concurrent)
	for _, p := range iv.Problems {
		add(p.ID, p.Concurrent)
	}
	for _, s := range iv.Solutions {
		add(s.ID, s.Concurrent)
	}
	for i := range iv.Lines {
		add(iv.Lines[i].ID, iv.Lines[i].Concurrent)
	}
	for _, p := range iv.Promises {
		add(p.ID, p.Concurrent)
	}
	for _, r := range iv.Routes {
		add(r.ID, r.Concurrent)
	}
	return all
}

// Name returns what the thing is called: "3", "problem 2", "the interview".
func (t Apart) Name() string {
	switch {
	case t.Number == 0:
		return "the interview"
	case t.What == Numbered:
		return t.Number.String()
	}
	return fmt.Sprintf("%s %s", t.What, t.Number)
}

// Fields returns the fields for which several values stand, in the order of their names.
func (t Apart) Fields() []Field {
	var all []Field
	for _, c := range t.Standing {
		if !slices.Contains(all, c.Field) {
			all = append(all, c.Field)
		}
	}
	return all
}
