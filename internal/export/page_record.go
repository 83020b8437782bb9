package export

import (
	"fmt"

	"hark/internal/interview"
)

// record writes the lines by stage and question. Follow-ups that are still to be asked have a
// section of their own.
func (w *writer) record() {
	stages := make([][]*interview.Line, len(w.iv.Playbook.Stages)+1)
	for n := range w.iv.Lines {
		l := &w.iv.Lines[n]
		if l.ToAsk() || !w.audience.shows(*l) {
			continue
		}
		i := 0 // before the first question
		if _, stage, ok := w.iv.Playbook.Question(l.Question); ok {
			i = stage + 1
		}
		stages[i] = append(stages[i], l)
	}
	w.section("The record", func() {
		for i, lines := range stages {
			if len(lines) > 0 {
				w.stage(i-1, lines)
			}
		}
	})
}

// stage writes the lines of the stage with the given index, -1 for those that answer no question.
func (w *writer) stage(i int, lines []*interview.Line) {
	if i >= 0 {
		w.add(subsection, span{oneLine, w.iv.Playbook.Stages[i].Name})
	} else {
		w.add(subsection, own("Apart from the questions"))
	}
	asked := 0
	for _, l := range lines {
		if q, _, ok := w.iv.Playbook.Question(l.Question); ok && l.Question != asked {
			asked = l.Question
			w.add(paragraph, span{saidText, q.Text})
		}
		w.line(*l)
	}
}

// line writes one line: its kind, its text, who said it, and whether it was recalled or corrected.
func (w *writer) line(l interview.Line) {
	sort, mark := saidText, ""
	switch l.CountsAs() {
	case interview.Quote:
		sort = quotedText
	case interview.Paraphrase, interview.Unsettled:
	case interview.FollowUp:
		if !l.ToAsk() {
			mark = "asked: "
		}
	case interview.Observation:
		mark = "seen: "
	case interview.Strength:
		mark = "valued: "
	case interview.Thought:
		mark = "own thought: "
		if numbers := w.iv.ProblemNumbers(l.For); len(numbers) > 0 {
			mark = fmt.Sprintf("own thought, for %s: ", enumerated("problem", numbers))
		}
	}
	spans := make([]span, 0, 8) // usually enough, and then not allocated on the heap
	if mark != "" {
		spans = append(spans, span{ownText, mark})
	}
	spans = attributed(append(spans, span{sort, l.Text}), w.audience.speaker(l.Speaker))
	if recalled := w.iv.Recalled(l); recalled != "" {
		spans = append(spans, own(" (%s)", recalled))
	}
	first := saidText
	if l.FirstQuoted {
		first = quotedText
	}
	spans = append(spans, corrections(span{first, l.First})...)
	spans = append(spans, w.stands(l.Concurrent, interview.Pick{Number: l.Number})...)
	if len(l.Themes) > 0 {
		spans = append(spans, own(" ("))
		spans = append(append(spans, themeSpans(w.audience.themes(l.Themes))...), own(")"))
	}
	w.put(block{kind: item, number: l.Number, at: w.clock(w.iv.SaidAt(l))}, spans...)
}

func (w *writer) followUps() {
	w.section("To ask next time", func() {
		for _, l := range w.iv.Lines {
			if l.ToAsk() {
				w.line(l)
			}
		}
	})
}

// toSettle lists for the seller what was typed and not understood, or is in doubt.
func (w *writer) toSettle() {
	if !w.audience.seller {
		return
	}
	w.section("To settle", func() {
		for _, o := range w.iv.ToSettle() {
			if o.Apart != nil && o.Thing != interview.Numbered {
				w.put(block{kind: item}, own("%s: ", o.Name()), span{saidText, o.Text}, own(" — "), span{ownText, o.Why})
				continue
			}
			w.put(block{kind: item, number: o.Number}, span{saidText, o.Text}, own(" — "), span{ownText, o.Why})
		}
	})
}

func (w *writer) notAsked() {
	w.section("Not asked", func() {
		for _, n := range w.iv.NotAsked() {
			q, _, _ := w.iv.Playbook.Question(n)
			w.put(block{kind: item, number: interview.Number(n)}, span{saidText, q.Text})
		}
	})
}
