package store

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
)

// Open returns the notebook at path, and makes it, with the folders it lies in, when there is none.
// It holds nothing open. A file that is there already keeps its permissions, and is never
// overwritten unless it is empty and, as far as its clean mark knows, always was.
//
// The error wraps storage.ErrUnwritable when path cannot be a notebook (no permission, a folder, a
// link), storage.ErrDamaged when the file there is not a notebook or no longer one, and
// interview.ErrNewer when a newer hark wrote it.
func Open(path string) (*Store, error) { return OpenContext(context.Background(), path) }

// OpenContext is Open until ctx ends; the error is that of ctx then, and the notebook as it was.
func OpenContext(ctx context.Context, path string) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, files.Unwritable(path, "cannot be found", err)
	}
	s := &Store{path: abs}
	there, err := check.There(ctx, abs)
	if err != nil {
		return nil, err
	}
	if !there {
		if err := files.MakeFolder(filepath.Dir(abs)); err != nil {
			return nil, files.Unwritable(abs, "needs a folder that cannot be made", err)
		}
		if err := s.make(ctx); err != nil {
			return nil, err
		}
	}
	_ = s.rewrite(ctx) // else the notebook can be read, and writing says why not
	if err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	if s.lost {
		// A write rebuilds the index; if nobody can write, a search goes without.
		_ = s.Update(ctx, func(*Tx) error { return nil })
	}
	return s, nil
}

// make makes an empty notebook under another name and renames it, so that at no moment there is
// half a notebook at path. The queue lets only one process do so at a time.
func (s *Store) make(ctx context.Context) error {
	queue, err := check.OpenQueue(ctx, s.path, true)
	if err != nil {
		return err
	}
	defer func() { _ = queue.Close() }() // nothing was written to it
	if there, err := check.There(ctx, s.path); err != nil || there {
		return err // another process was faster
	}
	in, err := files.OpenFolder(filepath.Dir(s.path))
	if err != nil {
		return err
	}
	defer in.Close()
	id, err := document.NewID(rand.Reader)
	if err != nil {
		return err
	}
	fresh, err := Fill(in, id)
	if err != nil {
		return err
	}
	if err := in.Claim(fresh, filepath.Base(s.path), true); err != nil {
		in.Discard(fresh)
		return files.Unwritable(s.path, "cannot be made", err)
	}
	position{Notebook: id}.leave(s.path) // there may be that of one that was there before
	return nil
}

// fill makes a new file with an empty notebook of today's schema in it, with the given ID or a new
// one for zero.
func fill(path string, id document.ID) error {
	db, err := bbolt.Open(path, files.FileMode, &bbolt.Options{
		PageSize: check.PageSize,
		OpenFile: func(path string, _ int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|files.NoFollow, mode)
			if err != nil {
				return nil, err
			}
			return f, f.Chmod(mode) // whatever the umask
		},
	})
	if err != nil {
		return err
	}
	t := &Tx{db: db, store: Private(path)}
	defer t.end(true)
	if t.tx, err = db.Begin(true); err != nil {
		return err
	}
	if err := t.upgrade(0, codec.SchemaVersion, step); err != nil {
		return err
	}
	if !id.IsZero() {
		if err := t.Meta.Put([]byte(codec.KeyNotebook), id[:]); err != nil {
			return err
		}
	}
	return t.commit()
}

// Fill makes an unfinished file with an empty notebook in it, of the given ID or a new one for zero.
func Fill(f *files.Folder, id document.ID) (unfinished string, err error) {
	unfinished = files.NewName()
	if err := fill(f.Join(unfinished), id); err != nil {
		f.Discard(unfinished)
		return "", files.Unwritable(f.Path, "has no room for a new notebook", err)
	}
	return unfinished, nil
}

// Replace puts another file in the place of a notebook, which nobody can use meanwhile. make gets
// the lock file and the notebook's file, nil for none, and returns an unfinished file of the
// folder, or "" to leave everything as it is.
func Replace(ctx context.Context, path string, in *files.Folder, make func(queue, old *os.File) (unfinished string, err error)) error {
	queue, err := check.OpenQueue(ctx, path, true)
	if err != nil {
		return err
	}
	defer func() { _ = queue.Close() }() // nothing that must last was written to it
	old, err := files.OpenLocked(ctx, path, true)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	defer files.NoteHolder(queue, path)()
	unfinished, err := make(queue, old)
	if old != nil {
		_ = old.Close() // Windows renames no file over one that is open; the queue keeps others away all the same
	}
	if err != nil || unfinished == "" {
		return err
	}
	check.CleanMark{}.Leave(path)
	position{}.leave(path) // what the file lacks is known to the caller
	if err := in.Claim(unfinished, filepath.Base(path), true); err != nil {
		in.Discard(unfinished)
		return files.Unwritable(path, "could not be replaced, and is as it was", err)
	}
	trust(path)
	return nil
}
