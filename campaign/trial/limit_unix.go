//go:build unix && !race

package trial

import "syscall"

// LimitMemory limits the address space of this process to so many bytes. What
// does not fit makes it fall over.
func LimitMemory(bytes uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
