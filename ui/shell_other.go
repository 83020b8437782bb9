//go:build !unix

package ui

// hasShell reports whether hark can be suspended: nowhere but on Unix.
func hasShell() bool { return false }
