package laptops

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// The events that set no field of an interview.
const (
	fieldDropped interview.Field = "dropped"
	fieldCalled  interview.Field = "called" // somebody has another name from then on, by joining or renaming
	fieldTheme   interview.Field = "theme:" // and the theme
)

// doing is an action that somebody takes at a window, with what it sets.
type doing struct {
	action interview.Action
	sets   []*event
	// of is the thing that the number in the action names on the screen; zero for none.
	of interview.ID
	// unsets says that the action can change any field, as undo does.
	unsets bool
}

// act lets somebody do something at a window, and notes what that sets.
func (r *round) act(ctx context.Context, l *laptop, w *window) error {
	if w.shown == nil {
		return r.look(ctx, w)
	}
	d := r.doing(w.shown)
	if d.action == nil {
		return nil
	}
	before, err := w.book.Open(ctx, r.id)
	if err != nil {
		return err
	}
	result, err := w.book.Apply(ctx, r.id, d.action, notebook.Live)
	if _, rule := errors.AsType[*interview.Error](err); rule {
		r.tally.Add("ruled out", 1)
		if result.Interview != nil {
			w.shown = result.Interview
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("%T: %w", d.action, err)
	}
	r.tally.Add("acted", 1)
	w.shown = result.Interview
	journalled := result.Journalled != nil
	if d.unsets {
		r.unset(l, w, journalled, before.Interview, result.Interview)
	}
	for _, e := range d.sets {
		if e.of.IsZero() { // it is new
			e.of = added(result, e)
		} else if stood, _ := standing(before.Interview, e.of, e.field); slices.Equal(slices.Compact(stood), []string{e.value}) {
			e.value = "" // undoing it shows nothing, so that it is not known for how long it stands
		}
		r.happened(l, w, result.Interview, journalled, e)
	}
	if !d.of.IsZero() && len(result.Touched) > 0 {
		if t := result.Touched[0]; named(result.Interview, t) != d.of && !d.unsets {
			r.broken(numberChanged, "%+v on %s was done to another thing than the screen showed", d.action, l.name)
		}
	}
	return r.check(ctx, l)
}

// added returns the thing that an action added, with what an event says of it.
func added(result notebook.Result, e *event) interview.ID {
	for _, t := range result.Touched {
		of := named(result.Interview, t)
		if stand, _ := standing(result.Interview, of, e.field); slices.Contains(stand, e.value) {
			return of
		}
	}
	return interview.ID{}
}

// unset notes everything that is no longer as it was.
func (r *round) unset(l *laptop, w *window, journalled bool, before, after *interview.Interview) {
	type place struct {
		of    interview.ID
		field interview.Field
	}
	changed := map[place]bool{}
	for e := range l.sees(w) {
		had, was := standing(before, e.of, e.field)
		has, is := standing(after, e.of, e.field)
		if was != is || strings.Join(had, "\n") != strings.Join(has, "\n") {
			changed[place{e.of, e.field}] = true
		}
		if was && !is {
			changed[place{e.of, fieldDropped}] = true
		}
	}
	for p := range changed {
		r.happened(l, w, after, journalled, &event{of: p.of, field: p.field})
	}
}

// text returns a text that nobody has typed before.
func (r *round) text() string {
	r.said++
	return fmt.Sprintf("said %d.", r.said)
}

// one returns one of several, false when there is none.
func one[T any](r *round, all []T) (one T, ok bool) {
	if len(all) == 0 {
		return one, false
	}
	return all[r.IntN(len(all))], true
}

func (r *round) name() string { n, _ := one(r, []string{"Ana", "Bob", "Cem", "", ""}); return n }

// doing returns what somebody does who sees an interview; no action when there is nothing to do it
// to.
func (r *round) doing(iv *interview.Interview) doing {
	text := r.text()
	switch r.IntN(13) {
	case 12:
		return r.pick(iv)
	case 0, 1:
		kind, _ := one(r, []interview.LineKind{interview.Quote, interview.Paraphrase, interview.Strength, interview.Thought, interview.FollowUp})
		return doing{action: interview.Add{Kind: kind, Text: text, Speaker: r.name()}, sets: []*event{{field: interview.FieldText, value: text}}}
	case 2:
		return doing{
			action: interview.Raise{Text: text, Quoted: r.IntN(2) == 0, Speaker: r.name(), Themes: []string{"rework"}},
			sets:   []*event{{field: interview.FieldStatement, value: text}},
		}
	case 3:
		return doing{action: interview.Promises{Text: text, Speaker: r.name(), Owner: r.name()}, sets: []*event{{field: interview.FieldText, value: text}}}
	case 4:
		return r.people(iv)
	case 5:
		return r.whole(iv)
	case 6:
		return r.line(iv, text)
	case 7:
		return r.promise(iv, text)
	case 8:
		return r.solution(iv, text)
	default:
		return r.problem(iv, text)
	}
}

// setting returns what makes a doing of an action that sets one field of a thing.
func setting(of interview.ID) func(interview.Action, interview.Field, string) doing {
	return func(a interview.Action, field interview.Field, value string) doing {
		return doing{action: a, of: of, sets: []*event{{of: of, field: field, value: value}}}
	}
}

// problem is about one of their problems.
func (r *round) problem(iv *interview.Interview, text string) doing {
	p, ok := one(r, iv.Problems)
	if !ok {
		return doing{}
	}
	set := setting(p.ID)
	rating := 1 + r.IntN(5)
	theme, _ := one(r, []string{"rework", "scrap", "night"})
	raised, _ := one(r, []interview.Raised{interview.Unprompted, interview.WhenAsked})
	switch r.IntN(14) {
	case 0, 1:
		return set(interview.Weigh{Problem: p.Number, HowBad: &rating}, interview.FieldHowBad, strconv.Itoa(rating))
	case 2:
		return set(interview.Weigh{Problem: p.Number, Costs: &text}, interview.FieldCosts, text)
	case 3:
		return set(interview.Tag{Problem: p.Number, Add: []string{theme}}, fieldTheme+interview.Field(theme), theme)
	case 4:
		return set(interview.Tag{Problem: p.Number, Remove: []string{theme}}, fieldTheme+interview.Field(theme), "")
	case 5:
		return set(interview.SetRaised{Problem: p.Number, Raised: raised}, interview.FieldRaised, string(raised))
	case 6:
		return set(interview.Reword{Problem: p.Number, Text: text, Quoted: r.IntN(2) == 0}, interview.FieldStatement, text)
	case 7:
		return doing{action: interview.SetAside{Problem: p.Number, Reason: text}, of: p.ID}
	case 8:
		return doing{action: interview.TakeUp{Problem: p.Number}, of: p.ID}
	case 9:
		return doing{action: interview.PlayBack{Problem: p.Number, Answer: interview.No, Said: p.Statement, By: r.name()}, of: p.ID}
	case 10:
		return doing{action: interview.AskLeftOut{Text: text}}
	}
	return doing{action: interview.PlayBack{Problem: p.Number, Answer: interview.Yes, Said: p.Statement, By: "Ana"}, of: p.ID}
}

// pick settles what stands for a field of a problem, a promise or the interview.
func (r *round) pick(iv *interview.Interview) doing {
	var all []doing
	picks := func(of interview.ID, what interview.Thing, n interview.Number, stood []interview.Concurrent) {
		for _, c := range stood {
			d := setting(of)(interview.Pick{What: what, Number: n, Field: c.Field, Dot: c.Dot}, c.Field, c.Value)
			switch c.Field { //nolint:exhaustive // of the others standing knows nothing, or who has another name by then
			case interview.FieldStatement, interview.FieldText, interview.FieldHowBad, interview.FieldCosts,
				interview.FieldRaised, interview.FieldDue, interview.FieldOutcome:
			default:
				d.sets[0].value = ""
			}
			all = append(all, d)
		}
	}
	for _, p := range iv.Problems {
		picks(p.ID, interview.ThingProblem, p.Number, p.Concurrent)
	}
	for _, p := range iv.Promises {
		picks(p.ID, interview.Numbered, p.Number, p.Concurrent)
	}
	picks(iv.ID, "", 0, iv.Concurrent)
	d, _ := one(r, all)
	return d
}

// line is about one of the lines.
func (r *round) line(iv *interview.Interview, text string) doing {
	x, ok := one(r, iv.Lines)
	if !ok {
		return doing{}
	}
	set := setting(x.ID)
	who, _ := one(r, []string{"Ana", "Cem"})
	switch r.IntN(6) {
	case 0, 1:
		return set(interview.Fix{Number: x.Number, Text: text}, interview.FieldText, text)
	case 2:
		return set(interview.Fix{Number: x.Number, Speaker: &who}, interview.FieldSpeaker, who)
	case 3:
		if x.Kind != interview.Unsettled {
			return doing{action: interview.Drop{Number: x.Number}, of: x.ID, unsets: true}
		}
	}
	if p, ok := one(r, iv.Problems); ok {
		return set(interview.Tie{Number: x.Number, Problem: p.Number}, interview.FieldProblem, p.ID.String())
	}
	return doing{}
}

// promise is about one of the promises or routes.
func (r *round) promise(iv *interview.Interview, text string) doing {
	day := interview.Date{Year: 2026, Month: 12, Day: 1 + r.IntN(28)}
	who, _ := one(r, []string{"Ana", "Cem"})
	if x, ok := one(r, iv.Routes); ok && r.IntN(2) == 0 {
		set := setting(x.ID)
		switch r.IntN(3) {
		case 0:
			return set(interview.AnswerRoute{Number: x.Number, Text: text}, interview.FieldAnswer, text)
		case 1:
			return doing{action: interview.Told{Number: x.Number}, of: x.ID}
		}
		return set(interview.Fix{Number: x.Number, Due: &day}, interview.FieldDue, day.String())
	}
	x, ok := one(r, iv.Promises)
	if !ok {
		return doing{}
	}
	set := setting(x.ID)
	switch r.IntN(5) {
	case 0:
		return set(interview.Fix{Number: x.Number, Text: text}, interview.FieldText, text)
	case 1:
		return set(interview.Fix{Number: x.Number, Owner: &who}, interview.FieldOwner, who)
	case 2:
		return doing{action: interview.Done{Number: x.Number}, of: x.ID}
	case 3:
		return doing{action: interview.Told{Number: x.Number}, of: x.ID}
	}
	return set(interview.Fix{Number: x.Number, Due: &day}, interview.FieldDue, day.String())
}

// solution is about one of the solutions, or a new one.
func (r *round) solution(iv *interview.Interview, text string) doing {
	x, ok := one(r, iv.Solutions)
	if !ok || r.IntN(3) == 0 {
		p, ok := one(r, iv.Problems)
		switch {
		case !ok:
			return doing{}
		case r.IntN(2) == 0:
			return doing{action: interview.Carry{Problem: p.Number, Department: "engineering"}}
		case !iv.Gate.Open || p.Status != interview.Confirmed: // it would be a thought
			return doing{action: interview.Solve{Problems: []interview.Number{p.Number}, Text: text}}
		}
		return doing{
			action: interview.Solve{Problems: []interview.Number{p.Number}, Text: text},
			sets:   []*event{{field: interview.FieldText, value: text}},
		}
	}
	set := setting(x.ID)
	decision, _ := one(r, []interview.Decision{interview.Agreed, interview.Declined})
	switch r.IntN(3) {
	case 0:
		return set(interview.React{Solution: x.Number, Text: text}, interview.FieldReaction, text)
	case 1:
		return set(interview.Share{Solution: x.Number, Ours: &text}, interview.FieldOurs, text)
	}
	return set(interview.Decide{Solution: x.Number, Decision: decision}, interview.FieldDecision, string(decision))
}

// people is about somebody.
func (r *round) people(iv *interview.Interview) doing {
	x, ok := one(r, iv.People)
	if !ok || r.IntN(4) == 0 {
		name, _ := one(r, []string{"Ana", "Bob", "Cem"})
		return doing{action: interview.Introduce{Name: name, Side: interview.Theirs}, unsets: true} // who may be there by now
	}
	for _, o := range iv.People {
		if o.ID != x.ID && strings.EqualFold(o.Name, x.Name) {
			return doing{} // one of two with one name: the action does not say which
		}
	}
	role, _ := one(r, []string{"foreman", "buyer", "owner"})
	side, _ := one(r, []interview.Side{interview.Theirs, interview.Ours})
	switch r.IntN(6) {
	case 0, 1:
		return doing{action: interview.Introduce{Name: x.Name, Role: role}, sets: []*event{{of: x.ID, field: interview.FieldRole, value: role}}}
	case 2:
		return doing{action: interview.SetAdviser{Name: x.Name, Joins: r.IntN(2) == 0}}
	case 3:
		if o, _ := one(r, iv.People); o.ID != x.ID {
			return doing{action: interview.JoinPeople{Person: x.Name, Into: o.Name}, unsets: true, sets: []*event{{of: iv.ID, field: fieldCalled}}}
		}
	case 4:
		return doing{action: interview.Rename{Person: x.Name, Name: x.Name + "a"}, unsets: true, sets: []*event{{of: iv.ID, field: fieldCalled}}}
	case 5:
		return doing{action: interview.DropPerson{Person: x.Name}, unsets: true}
	}
	if side != x.Side {
		return doing{action: interview.Introduce{Name: x.Name, Side: side}, sets: []*event{{of: x.ID, field: interview.FieldSide, value: string(side)}}}
	}
	return doing{}
}

// whole is about the interview itself.
func (r *round) whole(iv *interview.Interview) doing {
	outcome, _ := one(r, []interview.Outcome{interview.WorkedOut, interview.NoFit, interview.MoreToLearn})
	switch r.IntN(12) {
	case 0:
		return doing{action: interview.SetOutcome{Outcome: outcome}, sets: []*event{{of: iv.ID, field: interview.FieldOutcome, value: string(outcome)}}}
	case 1:
		return doing{action: interview.End{}}
	case 2:
		return doing{action: interview.Reopen{}}
	case 3, 4:
		return doing{action: interview.Next{}}
	case 5, 6, 7:
		return doing{action: interview.Undo{}, unsets: true}
	case 8:
		return doing{action: interview.Redo{}, unsets: true}
	case 9:
		return doing{action: interview.SetConsent{Quotes: interview.QuoteByRole}}
	case 10:
		if a, ok := one(r, iv.Problems); ok {
			if b, _ := one(r, iv.Problems); a.ID != b.ID {
				return doing{action: interview.Join{Problem: a.Number, Into: b.Number}, unsets: true}
			}
		}
	}
	return doing{action: interview.AskLeftOut{}}
}
