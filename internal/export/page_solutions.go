package export

import (
	"fmt"
	"time"

	"hark/internal/interview"
)

// solving writes what was worked out: solutions, what they must respect, and
// advice.
func (w *writer) solving() {
	iv := w.iv
	if len(iv.Solutions)+len(iv.Respects)+len(iv.Advice) == 0 {
		return
	}
	w.add(section, own("Worked out together"))
	for _, s := range iv.Solutions {
		w.solution(s)
	}
	if len(iv.Respects) > 0 {
		w.add(subsection, own("What a good answer must respect"))
	}
	for _, r := range iv.Respects {
		w.add(item, own("%s", w.about(r.Problem)), span{saidText, r.Text})
	}
	if len(iv.Advice) > 0 {
		w.add(subsection, own("What we advised"))
	}
	for _, a := range iv.Advice {
		w.add(item, own("%s%s", w.about(a.Problem), held(a.Held)), span{saidText, a.Text})
	}
}

// about begins an item that belongs to a problem.
func (w *writer) about(problem interview.ID) string {
	if n := w.iv.ProblemNumber(problem); n != 0 {
		return fmt.Sprintf("For problem %d: ", n)
	}
	return ""
}

func held(is bool) string {
	if is {
		return "(held) "
	}
	return ""
}

func (w *writer) solution(s interview.Solution) {
	heading := fmt.Sprintf("Solution %d", s.Number)
	switch s.Decision {
	case interview.Agreed:
		heading += ": agreed"
	case interview.Declined:
		heading += ": declined"
	case interview.Undecided:
	}
	w.add(subsection, own("%s", heading))
	w.add(paragraph, span{saidText, s.Text})
	for _, other := range s.Concurrent {
		w.facet("Written beside it, and not joined yet", other)
	}
	if numbers := w.iv.ProblemNumbers(s.Problems); len(numbers) > 0 {
		w.add(item, own("For %s", enumerated("problem", numbers)))
	}
	w.facet("Stays in their hands", w.voice.withoutNames(s.Theirs))
	w.facet("Comes into ours", w.voice.withoutNames(s.Ours))
	w.facet("What they said to it", s.Reaction)
	if s.Held {
		w.add(item, own("Held: not every problem it is for is confirmed and weighed as it is worded today"))
	}
}

// enumerated names numbered things: "problem 1", "problems 1, 2 and 4".
func enumerated(thing string, numbers []int) string {
	text := thing
	if len(numbers) > 1 {
		text += "s"
	}
	for i, n := range numbers {
		switch {
		case i == 0:
			text += " "
		case i == len(numbers)-1:
			text += " and "
		default:
			text += ", "
		}
		text += fmt.Sprint(n)
	}
	return text
}

// leftOut writes what the customer said has been left out.
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
	w.add(paragraph, own("Asked what had been left out, they said: "), span{saidText, l.Text})
}

func (w *writer) promises() {
	if len(w.iv.Promises) > 0 {
		w.add(section, own("Promises"))
	}
	for _, p := range w.iv.Promises {
		kind := todo
		if !p.DoneAt.IsZero() {
			kind = done
		}
		spans := []span{{saidText, w.voice.withoutNames(p.Text)}, own(" — "), {oneLine, w.voice.owner(p.Owner, p.Side)}}
		spans = append(spans, w.due(p.Due)...)
		spans = append(spans, w.moment("done", p.DoneAt)...)
		spans = append(spans, w.moment("told them", p.ToldAt)...)
		if kind == done && p.ToldAt.IsZero() && p.Side == interview.Ours {
			spans = append(spans, own(", not told yet"))
		}
		spans = append(spans, corrections(saidText, w.voice.withoutNames(p.First), mapped(p.Concurrent, w.voice.withoutNames))...)
		w.put(block{kind: kind, number: p.Number}, spans...)
	}
}

// due says when something is due, in words behind others; nothing without a
// date.
func (w *writer) due(d interview.Date) []span {
	if d.IsZero() {
		return nil
	}
	return []span{own(", due %s", d.Time().Format(dayLayout))}
}

// moment says on which day something happened; nothing if it did not.
func (w *writer) moment(what string, t time.Time) []span {
	if t.IsZero() {
		return nil
	}
	return []span{own(", %s %s", what, w.day(t))}
}

// corrections tells the first wording of a text, and those written beside it.
func corrections(sort spanSort, first string, concurrent []string) []span {
	var spans []span
	if first != "" {
		spans = append(spans, own(" (first kept as: "), span{sort, first}, own(")"))
	}
	for _, other := range concurrent {
		spans = append(spans, own(" (written beside it: "), span{sort, other}, own(")"))
	}
	return spans
}

func (w *writer) routes() {
	if len(w.iv.Routes) > 0 {
		w.add(section, own("Carried to departments"))
	}
	for _, r := range w.iv.Routes {
		var spans []span
		if n := w.iv.ProblemNumber(r.Problem); n != 0 {
			spans = append(spans, own("Problem %d to ", n))
		}
		spans = append(spans, span{oneLine, r.Department})
		if who := w.voice.who(r.Owner); who != "" {
			spans = append(spans, own(" — "), span{oneLine, who})
		}
		spans = append(spans, w.due(r.Due)...)
		switch {
		case r.AnsweredAt.IsZero():
			spans = append(spans, own(", not answered yet"))
		case r.ToldAt.IsZero():
			spans = append(spans, own(", answered %s, not told yet: ", w.day(r.AnsweredAt)), span{saidText, r.Answer})
		default:
			spans = append(spans, own(", answered %s, told them %s: ", w.day(r.AnsweredAt), w.day(r.ToldAt)), span{saidText, r.Answer})
		}
		w.put(block{kind: item, number: r.Number}, spans...)
	}
}
