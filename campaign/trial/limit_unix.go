//go:build unix && !race

package trial

import "syscall"

// LimitMemory limits the address space of this process to 4 GB, of which a Go program reserves one.
// A process that exceeds it crashes.
func LimitMemory() error {
	const bytes = 4 << 30
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
