//go:build !unix || race

package trial

// LimitMemory does nothing on systems without such a limit, and with the race detector, which
// reserves unlimited address space.
func LimitMemory() error { return nil }
