// Package lookback holds the commands that read what was said: one interview, all of them, and what
// they say together.
package lookback

import (
	"hark/internal/cli/app"
	"hark/internal/interview"
)

// Commands are the commands of this package, in one run of hark.
type Commands struct {
	*app.App
	looked *looked
}

// looked is what a command over all interviews has read.
type looked struct{ all []interview.Summary }

// New returns the commands for one run of hark.
func New(a *app.App) Commands { return Commands{a, &looked{}} }
