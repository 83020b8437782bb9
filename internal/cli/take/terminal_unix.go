//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package take

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// preserveTyped sets a terminal to preserve the line being typed when Ctrl+C is pressed, where it
// would discard it. restore sets it back, and discards what was typed and not entered, so that it
// does not end up in the shell.
func preserveTyped(in io.Reader) (restore func()) {
	f, ok := in.(*os.File)
	if !ok {
		return func() {}
	}
	fd := int(f.Fd())
	was, err := unix.IoctlGetTermios(fd, getTerminal)
	if err != nil {
		return func() {} // not a terminal
	}
	changed := *was
	changed.Lflag |= unix.NOFLSH
	if err := unix.IoctlSetTermios(fd, setTerminal, &changed); err != nil {
		return func() {} // it works without that
	}
	return func() {
		_ = unix.IoctlSetTermios(fd, setAndFlushTerminal, was) // the terminal may be gone
	}
}
