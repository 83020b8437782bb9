package ui

import (
	"os"
	"time"
)

// readable reports false: a console sends keys, not bytes.
func readable(*os.File, time.Duration) bool { return false }
