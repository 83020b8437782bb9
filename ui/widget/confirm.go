package widget

import (
	"time"

	"hark/internal/plain"
	"hark/ui/theme"
)

// graceTime is how long a dialog turns keys away. People who are typing when a dialog appears strike the next key
// within it; people who read the dialog first take longer.
const graceTime = 400 * time.Millisecond

// Grace keeps somebody who is typing from answering a dialog that has just appeared: keys count only after a
// short quiet spell. Every key that comes earlier is swallowed and starts the spell again.
type Grace struct {
	until time.Time
}

// NewGrace starts the quiet spell of a dialog that appears at the given time.
func NewGrace(now time.Time) Grace { return Grace{until: now.Add(graceTime)} }

// Swallow reports whether a key pressed at the given time still belongs to the typing and must be ignored.
func (g *Grace) Swallow(now time.Time) bool {
	if !now.Before(g.until) {
		return false
	}
	g.until = now.Add(graceTime)
	return true
}

// Choice is one answer to a [Confirm].
type Choice struct {
	Key   string // as tea.KeyPressMsg.String() writes it
	Label string // what it does, plain
}

// Confirm is a question over the screen that is answered with one key. It is kept by pointer.
type Confirm struct {
	title, text string
	choices     []Choice
	grace       Grace
}

// NewConfirm asks a question: a plain title, a plain text of any length, and the answers there are, the safe one
// last. now is the time when it appears.
func NewConfirm(title, text string, now time.Time, choices ...Choice) *Confirm {
	return &Confirm{title: title, text: text, choices: choices, grace: NewGrace(now)}
}

// Answer returns the choice that a key pressed at the given time makes. Keys that are no answer, and all keys
// within the grace period, make none.
func (c *Confirm) Answer(key string, now time.Time) (Choice, bool) {
	if c.grace.Swallow(now) {
		return Choice{}, false
	}
	for _, choice := range c.choices {
		if choice.Key == key {
			return choice, true
		}
	}
	return Choice{}, false
}

// View draws the dialog at most width cells wide, and as high as its text needs.
func (c *Confirm) View(width int, styles theme.Styles) Block {
	const widest = 64
	width = min(width, widest)
	inner := max(width-4, 1)
	lines := []string{""}
	for _, paragraph := range plain.TerminalLines(c.text) {
		for _, line := range plain.Wrap(paragraph, inner) {
			lines = append(lines, styles.Text.Render(line))
		}
	}
	lines = append(lines, "")
	lines = append(lines, c.answers(inner, styles)...)
	return Box(Frame{Title: c.title, Focused: true}, width, len(lines)+2, lines, styles)
}

// answers draws the choices on as few lines as hold them.
func (c *Confirm) answers(width int, styles theme.Styles) []string {
	const gap = "   "
	var lines []string
	line := ""
	for _, choice := range c.choices {
		answer := styles.Key.Render(choice.Key) + " " + styles.Text.Render(plain.Terminal(choice.Label))
		switch {
		case line == "":
			line = answer
		case Width(line)+len(gap)+Width(answer) <= width:
			line += gap + answer
		default:
			lines = append(lines, line)
			line = answer
		}
	}
	return append(lines, line)
}
