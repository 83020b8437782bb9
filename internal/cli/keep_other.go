//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package cli

import "io"

// keepTyped does nothing here: what is being typed is the terminal's business.
func keepTyped(io.Reader) (restore func()) { return func() {} }
