// Package lookback holds the commands that read what was said: one interview, all of them, and what
// they say together.
package lookback

import "hark/internal/cli/app"

// Commands are the commands of this package, in one run of hark.
type Commands struct{ *app.App }
