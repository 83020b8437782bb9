package check

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"hark/internal/storage"
	"hark/store/codec"
	"hark/store/internal/files"
)

// A path can be mistyped, and the file there be anybody's. So before hark locks, copies or makes
// anything on behalf of a file, or changes its permissions, that file proves to be a notebook. The
// proof is its clean mark in the lock file, or a record of hark's, with the right checksum, wherever
// that lies in the file. The first costs a read. The second is for a notebook that was copied here
// without its lock file, and for what is left of one.

// There reports whether there is a notebook at path, or what is left of one. Where there is no file,
// or an empty one that never was a notebook, there is none yet. The error wraps
// storage.ErrUnwritable when what is there cannot be a notebook (a folder, a link, a pipe), cannot be
// read, or would have another program's file for its lock file; for a file that is none it wraps storage.ErrDamaged, and files.IsForeign knows it. It is
// that of ctx when that ends first. Files are only read.
func There(ctx context.Context, path string) (bool, error) {
	info, err := files.Regular(path)
	switch lock := files.CheckQueue(path); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return false, err
	case lock != nil:
		return false, lock
	case err != nil:
		return false, nil
	case Marked(path):
		return true, nil
	case info.Size() == 0:
		return false, nil
	}
	f, err := files.OpenRegular(path, false)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }() // it was only read
	switch holds, err := holdsRecord(ctx, f, path); {
	case err != nil:
		return false, err
	case !holds:
		return false, files.Foreign(path)
	}
	return true, nil
}

// holdsRecord reports whether a record of hark's can be found in a file.
func holdsRecord(ctx context.Context, f *os.File, path string) (bool, error) {
	if !Resembles(f) {
		return false, nil
	}
	counted := codec.Counted()
	buckets := append([]string{codec.Meta}, counted[:]...)
	for e, err := range ReadPages(f, path).Entries(ctx) {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return false, err
		}
		for _, name := range buckets {
			if _, err := (&codec.Checker{Name: name}).Check(e.Key, e.Stored); err == nil {
				return true, nil
			}
		}
	}
	return false, nil
}

// OpenQueue is files.OpenQueue for a notebook. It makes no lock file before there is one, unless one
// is about to be made: that is what begin says. Without a notebook the error wraps fs.ErrNotExist;
// errors of There pass.
func OpenQueue(ctx context.Context, path string, begin bool) (*os.File, error) {
	if Marked(path) { // the usual case, which costs no more than this
		return files.OpenQueue(ctx, path)
	}
	switch there, err := There(ctx, path); {
	case err != nil:
		return nil, err
	case !there && !begin:
		return nil, Nothing(path)
	}
	return files.OpenQueue(ctx, path)
}

// Nothing is the error for a path at which There finds no notebook. It wraps fs.ErrNotExist.
func Nothing(path string) error {
	if _, err := files.Regular(path); err != nil {
		return err
	}
	return &emptyError{path}
}

// emptyError is the error for a file without a byte, in which a notebook is still to be made.
type emptyError struct{ path string }

// Error implements error.
func (e *emptyError) Error() string {
	return files.Shown(e.path) + " is empty: there is no notebook in it yet"
}

// Unwrap says that there is no notebook.
func (e *emptyError) Unwrap() []error { return []error{storage.ErrUnwritable, fs.ErrNotExist} }
