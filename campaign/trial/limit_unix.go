//go:build unix && !race

package trial

import "syscall"

// LimitMemory limits the address space of this process to so many bytes. A process that exceeds it
// crashes.
func LimitMemory(bytes uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
