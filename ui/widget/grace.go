package widget

import "time"

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
