package interview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hark/internal/document"
)

// Pick settles a field for which several values stand: one of them holds from then on.
type Pick struct {
	What   Thing // as in Drop; the interview itself where Number is 0
	Number Number
	Field  Field // "" where one field alone has several values
	Nth    int   // which of them, from 1, in the order of Concurrent
	// Dot, when not zero, names the version with the value instead, for a screen that shows them: their
	// order changes when another one arrives.
	Dot document.Dot
}

func (a Pick) apply(w *work) error {
	of, thing, all, err := w.concurrentIn(&a)
	if err != nil {
		return err
	}
	var fields []Field
	for _, c := range all {
		if (a.Field == "" || a.Field == c.Field) && !slices.Contains(fields, c.Field) {
			fields = append(fields, c.Field)
		}
	}
	switch {
	case len(fields) == 0:
		return invalid("There is nothing to pick: one value stands", "hark show marks what has two")
	case len(fields) > 1 && a.Dot == (document.Dot{}):
		return invalid("Several values stand for "+strings.Join(wordsOf(fields), ", for "), fmt.Sprintf("say for which: %s 1", a.Command(fields[0])))
	}
	field := fields[0]
	if a.Dot != (document.Dot{}) {
		c, stands := find(all, func(c Concurrent) bool { return c.Dot == a.Dot && (a.Field == "" || c.Field == a.Field) })
		if !stands {
			return refused("That value does not stand any more", "look at what stands now")
		}
		return w.pick(a, of, thing, c)
	}
	if a.Number == 0 {
		a.Field = field
	}
	values := InDoubt(all, field)
	if a.Nth < 1 || a.Nth > len(values) {
		stand := make([]string, len(values))
		for i, c := range values {
			stand[i] = fmt.Sprintf("%d “%s” (%s)", i+1, cmp.Or(c.Value, "none"), c.Who())
		}
		return invalid(fmt.Sprintf("For %s there stand %s", field.Words(), strings.Join(stand, " and ")), a.Command(a.Field)+takesFirst)
	}
	return w.pick(a, of, thing, values[a.Nth-1])
}

// name returns the thing as a command names it: "3", "problem 2", "outcome".
func (a Pick) name() string {
	switch {
	case a.Number == 0:
		return a.Field.Typed()
	case a.What == ThingProblem, a.What == ThingSolution:
		return fmt.Sprintf("%s %s", a.What, a.Number)
	}
	return a.Number.String()
}

// mostShown is the length in bytes of the longest value that a label repeats.
const mostShown = 60

const takesFirst = " 1 takes the first"

// Command returns what picks a value of a field of the thing, but for which one: "/pick 3 due".
func (a Pick) Command(field Field) string {
	if a.Number == 0 {
		return "/pick " + field.Typed()
	}
	return strings.TrimRight("/pick "+a.name()+" "+field.Typed(), " ")
}

func wordsOf(fields []Field) []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.Words()
	}
	return all
}

// concurrentIn returns the thing that a Pick is about, and its values. The number becomes the one that is
// shown, which a lasting one is not.
func (w *work) concurrentIn(a *Pick) (of ID, is Thing, all []Concurrent, err error) {
	switch {
	case a.Number == 0:
		return ID{}, "", w.iv.Concurrent, nil
	case a.What == ThingProblem:
		p, err := w.problem(a.Number)
		a.Number = p.Number
		return p.ID, ThingProblem, p.Concurrent, err
	case a.What == ThingSolution:
		s, err := w.solution(a.Number)
		a.Number = s.Number
		return s.ID, ThingSolution, s.Concurrent, err
	}
	of, own, is := w.iv.numbered(a.Number)
	if is != Numbered {
		a.Number = own
	}
	switch is {
	case ThingLine:
		l, _ := w.iv.Line(a.Number)
		return of, is, l.Concurrent, nil
	case ThingPromise:
		p, _ := w.iv.Promise(a.Number)
		return of, is, p.Concurrent, nil
	case ThingRoute:
		r, _ := w.iv.Route(a.Number)
		return of, is, r.Concurrent, nil
	case Numbered, ThingProblem, ThingSolution:
	}
	return of, is, nil, w.iv.noNumber(a.Number, Numbered)
}

// pick sets a field to one of its values, as if it were typed again.
func (w *work) pick(a Pick, of ID, is Thing, c Concurrent) error {
	label := "picked"
	if a.Number != 0 {
		label += " for " + a.name()
	}
	label += ": " + c.Field.Words()
	switch value := cmp.Or(c.Value, "none"); {
	case c.Field == FieldText, c.Field == FieldStatement, c.Field == FieldAnswer: // shown behind the label
	case len(value) <= mostShown:
		label += ": " + value
	}
	err := w.setTo(a, of, is, c)
	w.step.Touched = nil
	if a.Number != 0 {
		w.touch(is, a.Number)
	}
	w.label("%s", label)
	return err
}

func (w *work) setTo(a Pick, of ID, is Thing, c Concurrent) error {
	it, _ := w.iv.doc.Item(c.Item)
	v, _ := find(it.Versions, func(v document.Version) bool { return v.Dot == c.Dot })
	s, _ := find(w.iv.standing[of], func(s standing) bool { return s.field == c.Field && s.version.Dot == c.Dot })
	switch c.Field { //nolint:exhaustive // the others hold more than a text or a word
	case FieldStatement:
		return Reword{Problem: a.Number, Text: c.Value, Quoted: w.iv.typed.as[wordingOf{of, c.Value}] == Quote}.apply(w)
	case FieldText:
		fix := Fix{What: is, Number: a.Number, Text: c.Value}
		if is != ThingSolution {
			fix.What = Numbered
		}
		return fix.apply(w)
	case FieldNotes:
		return SetConsent{Notes: Notes(c.Value)}.apply(w)
	case FieldQuotes:
		return SetConsent{Quotes: Quoting(c.Value)}.apply(w)
	default:
	}
	switch v.Kind {
	case kindFact, kindLine, kindProblem, kindPromise, kindRoute, kindSolution:
		w.state(of, c.Field, s.value)
	default: // a fact with an item of its own
		w.puts = append(w.puts, document.Put{Item: c.Item, Kind: v.Kind, Body: v.Body})
	}
	return nil
}

// StandingToPick is Standing with the command that settles each field: what names the thing.
func StandingToPick(all []Concurrent, what Pick) []string {
	out := Standing(all)
	n := 0
	for i, c := range all {
		if i == 0 || all[i-1].Field != c.Field {
			out[n] += "; " + what.Command(c.Field) + takesFirst
			n++
		}
	}
	return out
}
