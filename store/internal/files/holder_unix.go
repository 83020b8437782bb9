//go:build unix

package files

import (
	"errors"

	"golang.org/x/sys/unix"
)

// running reports whether there is a process with that number.
func running(pid int) bool { return !errors.Is(unix.Kill(pid, 0), unix.ESRCH) }
