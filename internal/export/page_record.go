package export

import (
	"fmt"
	"time"

	"hark/internal/interview"
)

// record writes the lines as they were kept, by stage and under the question
// that they answer. What is still to be asked has a place of its own.
func (w *writer) record() {
	stages := make([][]*interview.Line, len(w.iv.Playbook.Stages)+1)
	recorded := false
	for n := range w.iv.Lines {
		l := &w.iv.Lines[n]
		if toAsk(*l) || !w.shown(*l) {
			continue
		}
		i := 0 // before the first question
		if _, stage, ok := w.iv.Playbook.Question(l.Question); ok {
			i = stage + 1
		}
		stages[i] = append(stages[i], l)
		recorded = true
	}
	if recorded {
		w.add(section, own("The record"))
	}
	for i, lines := range stages {
		if len(lines) > 0 {
			w.stage(i-1, lines)
		}
	}
}

// shown reports whether a line is written at all: thoughts only if they were
// asked for, quotes only if they may be.
func (w *writer) shown(l interview.Line) bool {
	return l.Kind != interview.Unsettled && (!l.Kind.Private() || w.opts.Thoughts) && w.voice.shown(l)
}

// stage writes the lines of one stage, -1 for those that answer no question.
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

// line writes one line of the record: what it is, what was said, by whom, and
// whether it was recalled or corrected.
func (w *writer) line(l interview.Line) {
	sort, mark := saidText, ""
	switch l.Kind {
	case interview.Quote:
		sort = quotedText
	case interview.Paraphrase, interview.Unsettled:
	case interview.FollowUp:
		if !toAsk(l) {
			mark = "asked: "
		}
	case interview.Observation:
		mark = "seen: "
	case interview.Thought:
		mark = "own thought: "
		if numbers := w.iv.ProblemNumbers(l.For); l.TooEarly && len(numbers) > 0 {
			mark = fmt.Sprintf("own thought, for %s: ", enumerated("problem", numbers))
		}
	}
	spans := make([]span, 0, 8) // mostly enough, and then it costs nothing
	if mark != "" {
		spans = append(spans, span{ownText, mark})
	}
	spans = append(spans, span{sort, l.Text})
	if who := w.voice.speaker(l.Speaker); who != "" {
		spans = append(spans, own(" — "), span{oneLine, who})
	}
	if l.Recalled {
		spans = append(spans, own(" (recalled%s)", later(l.RecalledAfter)))
	}
	spans = append(spans, corrections(sort, l.First, l.Concurrent)...)
	if len(l.Themes) > 0 {
		spans = append(spans, own(" ("))
		spans = append(append(spans, themeSpans(l.Themes)...), own(")"))
	}
	w.put(block{kind: item, number: l.Number, at: w.clock(l.At)}, spans...)
}

// later says how long after the meeting something was written down, in the unit
// that people would use.
func later(d time.Duration) string {
	const day = 24 * time.Hour
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		n := int(d / unit.of)
		switch {
		case n == 1:
			return ", 1 " + unit.name + " later"
		case n > 1:
			return fmt.Sprintf(", %d %ss later", n, unit.name)
		}
	}
	return ""
}

// toAsk reports whether a line is a follow-up that nobody has asked yet.
func toAsk(l interview.Line) bool { return l.Kind == interview.FollowUp && l.AskedAt.IsZero() }

func (w *writer) followUps() {
	begun := false
	for _, l := range w.iv.Lines {
		if !toAsk(l) {
			continue
		}
		if !begun {
			w.add(section, own("To ask next time"))
			begun = true
		}
		w.line(l)
	}
}

func (w *writer) notAsked() {
	numbers := w.iv.NotAsked()
	if len(numbers) > 0 {
		w.add(section, own("Not asked"))
	}
	for _, n := range numbers {
		q, _, _ := w.iv.Playbook.Question(n)
		w.put(block{kind: item, number: n}, span{saidText, q.Text})
	}
}
