// Package tap stands between a process and the kernel. It sees every call by which the process changes files, before the
// kernel does, and may have it fail.
//
// It uses the kernel's own means, a seccomp filter that asks another process, and so works on hark as it is: nothing in
// hark or in bbolt knows of it, and no privileges are needed.
package tap

import (
	"errors"
	"syscall"
)

// ErrUnavailable is returned where processes cannot be tapped.
var ErrUnavailable = errors.New("processes can be tapped on Linux 5.19 and newer alone, on amd64 and arm64, and where seccomp is allowed")

// Op is what a call does.
type Op int

// The calls that change files, or make changes last.
const (
	Create   Op = iota // a file that was not there, empty
	Write              // Data at Offset
	Truncate           // to Size bytes, longer or shorter
	Sync               // of a file, or of the names in a folder
	Rename             // from Path to To
	Remove             // of a file or folder
	Folder             // is made
	Say                // Data, on standard output; Path is empty
)

// String names what a call does.
func (op Op) String() string {
	return [...]string{"create", "write", "truncate", "sync", "rename", "remove", "make folder", "say"}[op]
}

// Call is one call that a process is about to make.
type Call struct {
	Op     Op
	Path   string // absolute
	To     string
	Offset int64
	Size   int64
	Data   []byte
}

// Verdict is what becomes of a call. The zero Verdict lets it through.
type Verdict struct {
	// Errno makes the call fail without being carried out.
	Errno syscall.Errno
	// Short, when not 0, lets only so many bytes of a write through.
	Short int
}
