package widget

import "time"

// graceTime is how long a dialog ignores keys. Somebody who is typing as it opens presses the next
// key within it; somebody who reads it first takes longer.
const graceTime = 400 * time.Millisecond

// Grace protects a dialog that has just opened from keys meant for something else: keys count only
// after a short pause. Every earlier key is ignored and restarts the pause.
type Grace struct {
	until time.Time
}

// NewGrace starts the pause of a dialog that opens at the given time.
func NewGrace(now time.Time) Grace { return Grace{until: now.Add(graceTime)} }

// Swallow reports whether a key pressed at the given time must be ignored.
func (g *Grace) Swallow(now time.Time) bool {
	if !now.Before(g.until) {
		return false
	}
	g.until = now.Add(graceTime)
	return true
}
