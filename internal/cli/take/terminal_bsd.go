//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package take

import "golang.org/x/sys/unix"

const (
	getTerminal         = unix.TIOCGETA
	setTerminal         = unix.TIOCSETA
	setAndFlushTerminal = unix.TIOCSETAF
)
