//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package take

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// preserveTyped makes a terminal keep the line that is being typed when Ctrl+C is
// pressed; it would throw it away. The function that it returns puts the
// terminal back, and throws away what was typed and not entered, so that it
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
		return func() {} // it works as it is, without that
	}
	return func() {
		_ = unix.IoctlSetTermios(fd, setAndFlushTerminal, was) // nothing can be done about a terminal that is gone
	}
}
