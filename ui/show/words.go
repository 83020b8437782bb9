package show

import (
	"fmt"
	"slices"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Consent describes what the customer allows.
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

// Count returns a number of things: "1 promise", "2 promises".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Hang draws a typed text wrapped to width cells with a hanging indent: the styled head, indent
// cells wide, before its first line and blanks before the others.
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

// Choice draws an item of a list to choose from, in width cells, from lines that are two cells
// narrower. The selected one is marked with ▸ and highlighted.
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

// Unreadable draws in place of a screen why it could not be read, and what helps.
func Unreadable(what string, why error, help string, width, height int, s theme.Styles) widget.Block {
	lines := append([]string{""}, Hang("  ", 2, what+" cannot be read: "+why.Error(), width-2, s.Danger)...)
	return widget.NewBlock(width, height, append(lines, Hang("  ", 2, help, width-2, s.Text)...))
}

// Joined joins the parts that are not empty: "a · b".
func Joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// Status returns a problem's status in words.
func Status(status interview.Status) string { return strings.ReplaceAll(string(status), "-", " ") }
