// Package hook is where tests reach into the writes of a notebook and of its journal. Only packages
// in store can name it, so hark itself offers no way in.
package hook

import (
	"os"

	"go.etcd.io/bbolt"
)

// Hook is called around what reaches the disk. What is nil is not called.
type Hook struct {
	// Opened is told of the file of a notebook once it is open, before a transaction begins.
	Opened func(db *bbolt.DB, file *os.File)
	// Committed is told of the end of a commit, and returns the error to go on with.
	Committed func(err error) error
	// Append writes b to a journal at an offset, and Sync syncs one, in place of the file's own
	// methods.
	Append func(file *os.File, b []byte, at int64) (int, error)
	Sync   func(file *os.File) error
}
