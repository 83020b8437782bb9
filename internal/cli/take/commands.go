// Package take holds the commands that begin an interview or go on with one, on the screen or as
// plain lines, and those about the questions that it asks.
package take

import "hark/internal/cli/app"

// Commands are the commands of this package, in one run of hark.
type Commands struct{ *app.App }
