// Package files holds the commands that work on files: exports, imports, backups, the notebook's
// own file, sample notebooks and the settings.
package files

import "hark/internal/cli/app"

// Commands are the commands of this package, in one run of hark.
type Commands struct{ *app.App }
