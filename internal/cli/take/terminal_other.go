//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package take

import "io"

// preserveTyped does nothing here: what is being typed is the terminal's business.
func preserveTyped(io.Reader) (restore func()) { return func() {} }
