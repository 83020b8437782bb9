// Package storetest opens notebooks and journals on a disk that fails as it is told, for tests.
package storetest

import (
	"os"
	"reflect"
	"sync"
	"unsafe"

	"go.etcd.io/bbolt"

	"hark/store"
	"hark/store/internal/hook"
	"hark/store/journal"
)

// Disk is asked before each write and each sync. Its functions may be nil, and are called by one
// goroutine at a time for each notebook or journal.
type Disk struct {
	// Write is asked about so many bytes at an offset of a file. It returns how many of them are
	// written, and the error that the write ends with; for no error all of them are.
	Write func(file string, size int, at int64) (written int, err error)
	// Sync is asked about a file. After an error nothing is synced; what was written may be on the
	// disk all the same.
	Sync func(file string) error
}

// Open is store.Open with the writes of all later transactions on this disk. That takes a look into
// bbolt, which has no way to do so itself.
func (d Disk) Open(path string) (*store.Store, error) {
	s, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	in := &inserted{disk: d}
	return s.Hooked(hook.Hook{Opened: in.opened, Committed: in.committed}), nil
}

// OpenUnsynced is store.Open for a notebook of which nothing is synced any more once it is open. It
// is for tests that are not about crashes.
func OpenUnsynced(path string) (*store.Store, error) {
	s, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	return s.Hooked(hook.Hook{Opened: func(db *bbolt.DB, _ *os.File) { db.NoSync = true }}), nil
}

// OpenJournal is journal.Open on this disk.
func (d Disk) OpenJournal(path string) (*journal.Journal, error) {
	j, err := journal.Open(path)
	if err != nil {
		return nil, err
	}
	return j.Hooked(hook.Hook{
		Append: func(f *os.File, b []byte, at int64) (int, error) { return d.write(f, b, at) },
		Sync:   d.sync,
	}), nil
}

func (d Disk) write(f *os.File, b []byte, at int64) (int, error) {
	if d.Write == nil {
		return f.WriteAt(b, at)
	}
	n, err := d.Write(f.Name(), len(b), at)
	if err == nil {
		return f.WriteAt(b, at)
	}
	if written, writeErr := f.WriteAt(b[:n], at); writeErr != nil {
		return written, writeErr
	}
	return n, err
}

func (d Disk) sync(f *os.File) error {
	if d.Sync != nil {
		if err := d.Sync(f.Name()); err != nil {
			return err
		}
	}
	return f.Sync()
}

// inserted stands between bbolt and the file of one notebook.
type inserted struct {
	disk Disk
	mu   sync.Mutex
	file *os.File // of the transaction under way
}

// opened takes the writes of a transaction over. bbolt syncs by itself what it wrote, which nothing
// can be put before; so it is told not to, and the two syncs of a commit are done here: before the
// meta page is written, and at the end.
func (in *inserted) opened(db *bbolt.DB, file *os.File) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.file = file
	db.NoSync = true
	const metaPages = 2
	metas := int64(metaPages * db.Info().PageSize)
	writeAt := func(b []byte, at int64) (int, error) {
		if at < metas {
			if err := in.disk.sync(file); err != nil {
				return 0, err
			}
		}
		return in.disk.write(file, b, at)
	}
	field := reflect.ValueOf(db).Elem().FieldByName("ops").FieldByName("writeAt")
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(reflect.ValueOf(writeAt))
}

func (in *inserted) committed(err error) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err != nil {
		return err
	}
	return in.disk.sync(in.file)
}
