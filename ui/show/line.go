package show

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
)

// Mark returns the sign in front of a line of a kind, two cells wide.
func Mark(kind interview.LineKind) string {
	switch kind {
	case interview.Observation:
		return "◦ "
	case interview.Strength:
		return "= "
	case interview.Thought:
		return "✎ "
	case interview.FollowUp:
		return "? "
	case interview.Unsettled:
		return "○ "
	case interview.Quote, interview.Paraphrase:
		return ""
	}
	return ""
}

// Said returns a line's text as it is shown: only quotes have quotation marks.
func Said(l interview.Line) string { return Mark(l.Kind) + plain.Terminal(l.Worded()) }

// KindStyle returns the style of a kind of line.
func KindStyle(kind interview.LineKind, s theme.Styles) theme.Style {
	switch kind {
	case interview.Quote:
		return s.Quote
	case interview.Thought:
		return s.Thought
	case interview.Observation:
		return s.Muted
	case interview.FollowUp, interview.Unsettled:
		return s.Warn
	case interview.Paraphrase, interview.Strength:
		return s.Text
	}
	return s.Text
}

// Line draws a line of the record: number, time, text, and who said it. What was corrected,
// recalled, or written concurrently follows on lines of its own.
func Line(l interview.Line, iv *interview.Interview, zone *time.Location, width int, s theme.Styles) []string {
	at, clock := iv.SaidAt(l)
	head := fmt.Sprintf("%3s  %s  ", l.Number, moment(at, clock, zone))
	indent := strings.Repeat(" ", plain.Width(head))
	who := plain.Terminal(iv.Name(l.Speaker))
	space := max(width-plain.Width(head), 8)
	if who != "" {
		who = plain.Truncate(who, max(space/4, 6), "…")
		space = max(space-plain.Width(who)-2, 8)
	}
	var out []string
	style := KindStyle(l.CountsAs(), s)
	for i, part := range plain.Wrap(Said(l), space) {
		if i > 0 {
			out = append(out, indent+style.Render(part))
			continue
		}
		first := s.Faint.Render(head) + style.Render(plain.Pad(part, space))
		if who != "" {
			first += "  " + s.Muted.Render(who)
		}
		out = append(out, first)
	}
	notes := lineNotes(l, iv)
	if on := OtherDay(iv, at, zone); on != "" {
		notes = append(notes, on)
	}
	for _, note := range notes {
		for _, part := range plain.Wrap(note, max(width-len(indent), 8)) {
			out = append(out, indent+s.Faint.Render(part))
		}
	}
	return out
}

// Standing returns the values that stand next to each other in a thing, with who wrote each and when.
func Standing(all []interview.Concurrent) []string {
	texts := interview.Standing(all)
	for i, text := range texts {
		texts[i] = "≠ " + plain.Terminal(text)
	}
	return texts
}

func lineNotes(l interview.Line, iv *interview.Interview) []string {
	var notes []string
	if p, ok := iv.ProblemByID(l.Problem); ok {
		notes = append(notes, fmt.Sprintf("shows problem %s", p.Number))
	}
	if iv.Held(l) {
		notes = append(notes, "held until solutions unlock")
	}
	if l.First != "" {
		notes = append(notes, "first written: "+plain.Terminal(l.First))
	}
	notes = append(notes, Standing(l.Concurrent)...)
	if recalled := iv.Recalled(l); recalled != "" {
		notes = append(notes, recalled)
	}
	if len(l.Themes) > 0 {
		notes = append(notes, plain.Terminal("#"+strings.Join(l.Themes, " #")))
	}
	return notes
}
