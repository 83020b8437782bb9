//go:build unix

package ui

import "golang.org/x/sys/unix"

// hasShell reports whether a shell with job control runs hark, so that there is somewhere to go
// when it is suspended. What a terminal, a tmux window, ssh or a container runs itself is in the
// group of its session's leader. The kernel never stops such a group, and Bubble Tea, which waits
// until it is continued, would wait for ever with the terminal given away.
func hasShell() bool {
	session, err := unix.Getsid(0)
	return err == nil && session != unix.Getpgrp()
}
