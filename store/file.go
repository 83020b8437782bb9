package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"hark/internal/plain"
	"hark/internal/storage"
)

// A notebook is its owner's business alone.
const (
	fileMode   fs.FileMode = 0o600
	folderMode fs.FileMode = 0o700
)

// Open returns the notebook at path, and makes it, with the folders it lies in,
// when there is none. It holds nothing open. A file that is there already keeps
// its permissions, and is never written over unless it is empty and, as far as
// the stamp beside it knows, always was.
//
// The error wraps storage.ErrUnwritable when path cannot be a notebook (no
// permission, a folder, a link), storage.ErrDamaged when the file there is not
// a notebook or no longer one, and interview.ErrNewer when a newer hark wrote it.
func Open(path string) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, unwritable(path, "cannot be found", err)
	}
	s := &Store{path: abs}
	info, err := regular(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := makeFolder(filepath.Dir(abs)); err != nil {
			return nil, unwritable(abs, "needs a folder that cannot be made", err)
		}
		err = s.create()
	case err == nil && info.Size() == 0:
		err = s.create()
	}
	if err != nil {
		return nil, err
	}
	_ = s.rewrite(context.Background()) // else the notebook can be read, and writing says why not
	if err := s.migrate(); err != nil {
		return nil, err
	}
	if s.lost {
		// Whoever writes makes the index anew; if nobody can, a search goes without.
		_ = s.update(context.Background(), func(*transaction) error { return nil })
	}
	return s, nil
}

// create makes an empty notebook beside its place and moves it there, so that
// at no moment there is half a notebook by that name. At the gate only one hark
// does so at a time.
func (s *Store) create() error {
	gate, err := openGate(context.Background(), s.path)
	if err != nil {
		return err
	}
	defer func() { _ = gate.Close() }() // nothing was written to it
	info, err := regular(s.path)
	if err == nil && info.Size() > 0 {
		return nil // another hark was faster
	}
	if err == nil && readStamp(gate).txid != 0 {
		return emptied(s.path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fresh := s.path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a creation cut short
		return unwritable(s.path, "cannot be made", err)
	}
	if err := fill(fresh); err != nil {
		_ = os.Remove(fresh) // the error that counts is the one before
		return unwritable(s.path, "cannot be made", err)
	}
	if err := os.Rename(fresh, s.path); err != nil {
		return unwritable(s.path, "cannot be made", err)
	}
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		return unwritable(s.path, "cannot be made to last", err)
	}
	return nil
}

// fill makes a new file with an empty notebook of today's schema in it.
func fill(path string) error {
	db, err := bbolt.Open(path, fileMode, &bbolt.Options{
		PageSize: pageSize,
		OpenFile: func(path string, _ int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|noFollow, mode)
			if err != nil {
				return nil, err
			}
			return f, f.Chmod(mode) // whatever the umask
		},
	})
	if err != nil {
		return err
	}
	t := &transaction{db: db, store: &Store{path: path, private: true}}
	defer t.end(true)
	if t.tx, err = db.Begin(true); err != nil {
		return err
	}
	if err := t.upgrade(0, schemaVersion, step); err != nil {
		return err
	}
	return t.commit(path)
}

// makeFolder makes a folder, and those it lies in, for the owner alone.
func makeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := makeFolder(parent); err != nil {
			return err
		}
	}
	err := os.Mkdir(path, folderMode)
	if errors.Is(err, fs.ErrExist) {
		return nil // another hark was faster; what comes next finds out if not
	}
	if err != nil {
		return err
	}
	if err := os.Chmod(path, folderMode); err != nil { // whatever the umask
		return err
	}
	return syncFolder(parent)
}

// regular looks at what lies at path. The error wraps fs.ErrNotExist when there
// is nothing, and storage.ErrUnwritable when it cannot be a notebook.
func regular(path string) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, unwritable(path, "is not there", err)
	case err != nil:
		return nil, unwritable(path, "cannot be opened", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, unwritable(path, "is a link; give the name of the file itself", nil)
	case info.IsDir():
		return nil, unwritable(path, "is a folder; give the name of a file in it", nil)
	case !info.Mode().IsRegular():
		return nil, unwritable(path, "is not an ordinary file", nil)
	}
	return info, nil
}

// openRegular opens the file of a notebook and never makes one: a notebook that
// vanished while hark was running must not come back empty.
func openRegular(path string, write bool) (*os.File, error) {
	if _, err := regular(path); err != nil { // opening a pipe would wait for ever
		return nil, err
	}
	how := os.O_RDONLY
	if write {
		how = os.O_RDWR
	}
	f, err := os.OpenFile(path, how|noFollow, 0)
	if err != nil {
		return nil, unwritable(path, "cannot be opened", err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = f.Close() // nothing was written to it
		return nil, unwritable(path, "is not an ordinary file", err)
	}
	return f, nil
}

// notOurs says that a file is not a notebook.
func notOurs(path string) error {
	return fmt.Errorf("%w: %s is not a notebook of hark, or no longer one", storage.ErrDamaged, shown(path))
}

// emptied says that of a notebook no byte is left.
func emptied(path string) error {
	return fmt.Errorf("%w: %s is empty though there was a notebook in it, so another program or the disk has lost what it held. "+
		"It was left as it is. `hark doctor` says what can be saved", storage.ErrDamaged, shown(path))
}

// unwritable returns an error that wraps storage.ErrUnwritable and, when there
// is one, the cause.
func unwritable(path, what string, cause error) error {
	if errors.Is(cause, storage.ErrUnwritable) {
		return cause
	}
	sentence := shown(path) + " " + what
	var inPath *fs.PathError
	if errors.As(cause, &inPath) {
		cause = inPath.Err // the path has been said
	}
	if cause == nil {
		return fmt.Errorf("%w: %s", storage.ErrUnwritable, sentence)
	}
	return fmt.Errorf("%w: %s: %w", storage.ErrUnwritable, sentence, cause)
}

// isContext reports whether an error says that a context has ended.
func isContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// shown returns a path as it can be put into an error.
func shown(path string) string { return plain.Terminal(path) }
