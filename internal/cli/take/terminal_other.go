//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package take

import "io"

// preserveTyped does nothing here: the terminal handles the line being typed in its own way.
func preserveTyped(io.Reader) (restore func()) { return func() {} }
