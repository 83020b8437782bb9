// Package tap intercepts the system calls by which a process changes files. It sees each call
// before the kernel carries it out, and can make it fail. It uses a seccomp filter that asks
// another process, so it works on the unchanged hark and bbolt and needs no privileges.
package tap

import (
	"errors"
	"syscall"
)

// ErrUnavailable is returned where processes cannot be tapped.
var ErrUnavailable = errors.New("processes can be tapped on Linux 5.19 and newer alone, on amd64 and arm64, and where seccomp is allowed")

// Op is the kind of a call.
type Op int

// The calls that change files or make changes safe.
const (
	Create   Op = iota // a new, empty file
	Write              // Data at Offset
	Truncate           // to Size bytes, longer or shorter
	Sync               // of a file, or of the names in a folder
	Rename             // from Path to To
	Remove             // of a file or folder
	Folder             // a new folder
	Say                // Data, on standard output; Path is empty
)

// String returns the name of the kind.
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

// Verdict is the decision about a call. The zero Verdict lets it through.
type Verdict struct {
	// Errno makes the call fail without being carried out.
	Errno syscall.Errno
	// Short, when not 0, limits a write to so many bytes.
	Short int
}
