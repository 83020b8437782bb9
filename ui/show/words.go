package show

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

// ShortDay returns the day of t in at most eight cells, as lists show it:
// "today", "20 Nov", and "Nov 2025" for another year than that of now.
func ShortDay(t, now time.Time, zone *time.Location) string {
	t, now = t.In(zone), now.In(zone)
	switch {
	case interview.DateOf(t) == interview.DateOf(now):
		return "today"
	case t.Year() == now.Year():
		return t.Format("2 Jan")
	default:
		return t.Format("Jan 2006")
	}
}

// Lasting says how long something took, for reading: "48 min", "1 h 05".
func Lasting(d time.Duration) string {
	m := int(max(d, 0) / time.Minute)
	if m < 60 {
		return fmt.Sprintf("%d min", m)
	}
	return fmt.Sprintf("%d h %02d", m/60, m%60)
}

// Consent says in words what the customer allows.
func Consent(c interview.Consent) string {
	if c == (interview.Consent{}) {
		return "consent not asked"
	}
	notes := map[interview.Notes]string{
		interview.NotesAllowed: "notes allowed", interview.NotesRefused: "no notes", interview.NotesNotAsked: "notes not asked",
	}[c.Notes]
	quotes := map[interview.Quoting]string{
		interview.QuoteByName: "quote by name", interview.QuoteByRole: "quote by role",
		interview.QuoteNone: "no quotes", interview.QuotingNotAsked: "quoting not asked",
	}[c.Quotes]
	return notes + ", " + quotes
}

// Count writes a number of things: "1 promise", "2 promises".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Hang draws a text that a person typed, wrapped to width cells: the styled
// head, indent cells wide, before its first line and blanks before the others.
func Hang(head string, indent int, text string, width int, style theme.Style) []string {
	parts := plain.Wrap(plain.Terminal(text), max(width-indent, 8))
	for i, part := range parts {
		parts[i] = strings.Repeat(" ", indent) + style.Render(part)
		if i == 0 {
			parts[i] = head + style.Render(part)
		}
	}
	return parts
}

// Choice draws an item of a list to choose from, in width cells: lines that are
// two cells narrower, after the sign ▸ and lit up when it is the one selected.
func Choice(lines []string, selected bool, width int, s theme.Styles) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		switch {
		case !selected:
			out[i] = "  " + line
		case i == 0:
			out[i] = s.Highlight(widget.Fit(s.Accent.Render("▸")+" "+line, width))
		default:
			out[i] = s.Highlight(widget.Fit("  "+line, width))
		}
	}
	return out
}

// OverNote lays a note over the last line of a frame, and upwards when it takes
// several: what came of a key, or, as an alarm, why nothing did. The text need
// not be safe; without one the frame is returned as it is.
func OverNote(frame widget.Block, text string, alarm bool, s theme.Styles) widget.Block {
	if text == "" {
		return frame
	}
	const most = 4
	style, sign := s.Accent, "› "
	if alarm {
		style, sign = s.Danger, "! "
	}
	lines := Hang(" "+style.Render(sign), 3, text, frame.Width-1, style)
	lines = lines[:min(len(lines), most)]
	return widget.Overlay(frame, widget.NewBlock(frame.Width, len(lines), lines), 0, frame.Height()-len(lines))
}

// Joined joins what is not "" with dots.
func Joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// Status returns a problem's status in words.
func Status(status interview.Status) string { return strings.ReplaceAll(string(status), "-", " ") }
