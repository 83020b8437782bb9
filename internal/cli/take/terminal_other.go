//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package take

import "io"

// takeKeys does nothing here: the terminal handles the line being typed in its own way.
func takeKeys(io.Reader, *keyboard) (restore func(), handed bool) { return func() {}, false }
