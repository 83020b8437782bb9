// Package lookback holds the commands that read what was said: one interview, all of them, and what
// they say together.
package lookback

import (
	"hark/internal/cli/app"
)

// Commands are the commands of this package, in one run of hark.
type Commands struct {
	*app.App
	// own is what the command of this run shows for the seller alone.
	own *app.Own
}

// New returns the commands for one run of hark.
func New(a *app.App) Commands { return Commands{a, &app.Own{}} }
