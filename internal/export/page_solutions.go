package export

import (
	"fmt"
	"slices"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// workedOut writes the solutions, what they must respect, and the advice.
func (w *writer) workedOut() {
	w.section("Worked out together", func() {
		for _, s := range w.iv.Solutions {
			w.solution(s)
		}
		if len(w.respects()) > 0 {
			w.add(subsection, own("What a good answer must respect"))
		}
		for _, r := range w.respects() {
			w.add(item, span{ownText, w.about(r.Problem)}, span{saidText, r.Text})
		}
		if len(w.iv.Advice) > 0 {
			w.add(subsection, own("What we advised"))
		}
		for _, a := range w.iv.Advice {
			held := ""
			if a.Held {
				held = "(held) "
			}
			w.add(item, own("%s%s", w.about(a.Problem), held), span{saidText, a.Text})
		}
	})
}

// respects returns what a good answer must respect, as far as it may be shown.
func (w *writer) respects() []interview.Respect {
	return slices.DeleteFunc(slices.Clone(w.iv.Respects), func(r interview.Respect) bool { return !w.audience.respected(r.Text) })
}

// about returns the beginning of an item that belongs to a problem.
func (w *writer) about(problem interview.ID) string {
	if n := w.iv.ProblemNumber(problem); n != 0 {
		return fmt.Sprintf("For problem %s: ", n)
	}
	return ""
}

func (w *writer) solution(s interview.Solution) {
	heading := fmt.Sprintf("Solution %s", s.Number)
	switch s.Decided() {
	case interview.Agreed:
		heading += ": agreed"
	case interview.Declined:
		heading += ": declined"
	case interview.Undecided:
	}
	w.add(subsection, span{ownText, heading})
	w.add(paragraph, span{saidText, s.Text})
	if numbers := w.iv.ProblemNumbers(s.Problems); len(numbers) > 0 {
		w.add(item, own("For %s", enumerated("problem", numbers)))
	}
	w.facet("Stays in their hands", w.audience.withoutNames(s.Theirs))
	w.facet("Comes into ours", w.audience.withoutNames(s.Ours))
	w.facet("What they said to it", w.audience.reaction(s.Reaction))
	w.concurrent(s.Concurrent, interview.Pick{What: interview.ThingSolution, Number: s.Number})
	for _, id := range s.Problems {
		p, _ := w.iv.ProblemByID(id)
		if rated := interview.InDoubt(p.Concurrent, interview.FieldHowBad); len(rated) > 0 {
			w.add(item, append([]span{own("Problem %s: ", p.Number)}, w.stands(rated, interview.Pick{What: interview.ThingProblem, Number: p.Number})...)...)
		}
	}
	if s.Held {
		w.add(item, own("Held: not every problem it is for is confirmed and weighed as it is worded today"))
	}
}

// enumerated returns a noun with numbers: "problem 1", "problems 1, 2 and 4".
func enumerated(thing string, numbers []interview.Number) string {
	if len(numbers) > 1 {
		thing += "s"
	}
	return thing + " " + plain.List(mapped(numbers, interview.Number.String), "and")
}

// leftOut writes the answer to what has been left out.
func (w *writer) leftOut() {
	l := w.iv.LeftOut
	if !l.Asked {
		return
	}
	w.add(section, own("What was left out"))
	if l.Text == "" {
		w.add(paragraph, own("Asked what had been left out, they said: nothing."))
		return
	}
	w.answerLeftOut("Asked what had been left out, they said: ", "Asked what had been left out, they said: ")
}

// answerLeftOut writes the answer to what has been left out, behind one lead where it is a quote
// that may be shown and behind another where it is not.
func (w *writer) answerLeftOut(said, noted string) {
	switch l := w.iv.LeftOut; {
	case l.Text == "":
	case l.Quoted && w.audience.quotes:
		w.add(paragraph, own("%s", said), span{quotedText, l.Text})
	default:
		w.add(paragraph, own("%s", noted), span{saidText, l.Text})
	}
}

// Undated counts the promises that are written without a day because it is still to settle.
func Undated(iv *interview.Interview) int {
	n := 0
	for _, p := range iv.Promises {
		if !p.Doubt.IsZero() {
			n++
		}
	}
	return n
}

func (w *writer) promises() {
	w.section("Promises", func() {
		for _, p := range w.iv.Promises {
			spans := []span{{saidText, w.audience.withoutNames(p.Text)}, own(" — "), {oneLine, w.owner(p, "them", "us")}}
			kind, due := w.progress(p)
			spans = append(append(spans, due...), w.moment("told them", p.ToldAt)...)
			spans = append(spans, w.toldEarlier(p.Earlier)...)
			if p.ToTell() {
				spans = append(spans, own(", not told yet"))
			}
			spans = append(spans, corrections(span{saidText, w.audience.withoutNames(p.First)})...)
			spans = append(spans, w.stands(p.Concurrent, interview.Pick{Number: p.Number})...)
			w.put(block{kind: kind, number: p.Number}, spans...)
		}
	})
}

// owner returns who keeps a promise: a person, or one of the two sides as the given pronouns.
func (w *writer) owner(p interview.Promise, theirs, ours string) string {
	if interview.InDoubt(p.Concurrent, interview.FieldOwner) != nil {
		return "somebody"
	}
	switch who := w.audience.who(p.Owner); {
	case who != "":
		return who
	case p.Side == interview.Theirs:
		return theirs
	case p.Side == "":
		return "somebody"
	}
	return ours
}

// progress returns the kind of block for a promise, and when it is due and was done.
func (w *writer) progress(p interview.Promise) (blockKind, []span) {
	kind := todo
	if !p.Waits() {
		kind = done
	}
	return kind, append(w.due(p.Due), w.moment("done", p.DoneAt)...)
}

// due returns a due date behind a comma, nothing if there is none.
func (w *writer) due(d interview.Date) []span {
	if d.IsZero() {
		return nil
	}
	return []span{own(", due %s", d.Time().Format(dayLayout))}
}

// moment returns the day on which something happened behind a comma, nothing if it did not happen.
func (w *writer) moment(what string, t time.Time) []span {
	if t.IsZero() {
		return nil
	}
	return []span{own(", %s %s", what, w.day(t))}
}

// corrections returns the first wording of a corrected text, and its concurrent wordings.
func corrections(first span) []span {
	if first.text == "" {
		return nil
	}
	return []span{own(" (first kept as: "), first, own(")")}
}

// stands returns which values stand for the fields of which there are several, nothing for none, with
// who wrote them and when. of is as in standingTexts.
func (w *writer) stands(all []interview.Concurrent, of interview.Pick) []span {
	var spans []span
	for _, text := range w.standingTexts(all, of) {
		spans = append(spans, own(" (nobody has picked one yet — "), span{saidText, text}, own(")"))
	}
	return spans
}

// concurrent writes stands as items.
func (w *writer) concurrent(all []interview.Concurrent, of interview.Pick) {
	w.doubts(w.standingTexts(all, of))
}

// doubts writes texts of which values stand as items.
func (w *writer) doubts(texts []string) {
	for _, text := range texts {
		w.add(item, own("Nobody has picked one yet — "), span{saidText, text})
	}
}

// standingTexts returns which values stand. of names the thing, for the seller, who can pick one.
func (w *writer) standingTexts(all []interview.Concurrent, of interview.Pick) []string {
	if w.audience.seller {
		return interview.StandingToPick(w.shown(all), of)
	}
	return interview.Standing(w.shown(all))
}

// shown returns the values that stand as far as they may be shown, with times as the page has them.
func (w *writer) shown(all []interview.Concurrent) []interview.Concurrent {
	shown := w.audience.concurrent(all)
	for i := range shown {
		shown[i].At = shown[i].At.In(w.opts.zone())
	}
	return shown
}

func (w *writer) routes() {
	w.section("Carried to departments", func() {
		for _, r := range w.iv.Routes {
			var spans []span
			if n := w.iv.ProblemNumber(r.Problem); n != 0 {
				spans = append(spans, own("Problem %s to ", n))
			}
			spans = attributed(append(spans, span{oneLine, allOf(r.Concurrent, interview.FieldDepartment, r.Department)}), w.routeOwner(r))
			spans = append(spans, w.due(r.Due)...)
			switch state := r.State(interview.Date{}); {
			case state.Waits():
				spans = append(spans, own(", not answered yet"))
			case state == interview.StateAnswered:
				spans = append(append(spans, own(", answered %s, not told yet", w.day(r.AnsweredAt))), answerTo(r)...)
			default:
				spans = append(append(spans, own(", answered %s, told them %s", w.day(r.AnsweredAt), w.day(r.ToldAt))), answerTo(r)...)
			}
			if r.Held {
				spans = append(spans, own(" (%s)", r.Hold()))
			}
			w.put(block{kind: item, number: r.Number}, append(append(spans, w.toldEarlier(r.Earlier)...), w.stands(r.Concurrent, interview.Pick{Number: r.Number})...)...)
		}
	})
}

// answerTo returns the answer to a route behind a colon, nothing where several stand: these are in
// stands.
func answerTo(r interview.Route) []span {
	if interview.InDoubt(r.Concurrent, interview.FieldAnswer) != nil {
		return nil
	}
	return []span{own(": "), {saidText, r.Answer}}
}

// routeOwner returns who answers a route, "" for nobody and where several stand.
func (w *writer) routeOwner(r interview.Route) string {
	if interview.InDoubt(r.Concurrent, interview.FieldOwner) != nil {
		return ""
	}
	return w.audience.who(r.Owner)
}

// toldEarlier returns of what the customer was told before it stood as it does today, nothing if
// they were not told.
func (w *writer) toldEarlier(t interview.Telling) []span {
	switch {
	case t.At.IsZero():
		return nil
	case t.Of == "":
		return []span{own(" (they were told on %s how it stood then)", w.day(t.At))}
	}
	return []span{own(" (they were told on %s: ", w.day(t.At)), {saidText, t.Of}, own(")")}
}
