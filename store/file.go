package store

import (
	"context"
	"errors"
	"hark/store/internal/files"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
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
		return nil, files.Unwritable(path, "cannot be found", err)
	}
	s := &Store{path: abs}
	info, err := files.Regular(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := files.MakeFolder(filepath.Dir(abs)); err != nil {
			return nil, files.Unwritable(abs, "needs a folder that cannot be made", err)
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
// at no moment there is half a notebook by that name. At the queue only one hark
// does so at a time.
func (s *Store) create() error {
	queue, err := files.OpenQueue(context.Background(), s.path)
	if err != nil {
		return err
	}
	defer func() { _ = queue.Close() }() // nothing was written to it
	info, err := files.Regular(s.path)
	if err == nil && info.Size() > 0 {
		return nil // another hark was faster
	}
	if err == nil && readStamp(queue).txid != 0 {
		return files.Emptied(s.path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fresh := s.path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a creation cut short
		return files.Unwritable(s.path, "cannot be made", err)
	}
	if err := fill(fresh); err != nil {
		_ = os.Remove(fresh) // the error that counts is the one before
		return files.Unwritable(s.path, "cannot be made", err)
	}
	if err := os.Rename(fresh, s.path); err != nil {
		return files.Unwritable(s.path, "cannot be made", err)
	}
	if err := files.SyncFolder(filepath.Dir(s.path)); err != nil {
		return files.Unwritable(s.path, "cannot be made to last", err)
	}
	return nil
}

// fill makes a new file with an empty notebook of today's schema in it.
func fill(path string) error {
	db, err := bbolt.Open(path, files.FileMode, &bbolt.Options{
		PageSize: pageSize,
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

// openData opens the file of the notebook, waits until it may be used, and checks it before bbolt
// does. The queue is released as soon as it can be; a private file has none, and comes with the stamp
// that was left of it. The stamp that is returned is that of the file as it is.
func openData(ctx context.Context, path string, how access, queue *os.File, left stamp) (*os.File, stamp, error) {
	f, err := files.OpenRegular(path, how == toWrite)
	if err != nil {
		return nil, stamp{}, err
	}
	if err := files.Lock(ctx, f, how == toWrite); err != nil {
		return nil, stamp{}, files.LockError(path, err)
	}
	if queue != nil {
		left = readStamp(queue)
		if how == toWrite && doubted(queue) {
			_ = f.Close() // nothing was written to it
			return nil, stamp{}, unsynced(path, nil)
		}
	}
	if err := files.HandOver(f, queue); err != nil {
		_ = f.Close() // the error that counts is the one before
		return nil, stamp{}, files.Unwritable(path, "cannot be locked", err)
	}
	now, err := checkHead(f, path, how, left)
	if err != nil {
		_ = f.Close() // likewise
		return nil, stamp{}, err
	}
	if queue != nil && now != left {
		now.leave(path)
	}
	return f, now, nil
}

// fillIn makes an unfinished file with an empty notebook in it.
func fillIn(f *files.Folder) (unfinished string, err error) {
	unfinished = files.NewName()
	if err := fill(f.Join(unfinished)); err != nil {
		f.Discard(unfinished)
		return "", files.Unwritable(f.Path, "has no room for a new notebook", err)
	}
	return unfinished, nil
}

// replaceFile puts another file in the place of a notebook, which nobody can use meanwhile. make gets
// the lock file and the notebook's file, nil for none, and returns an unfinished file of the folder,
// or "" to leave everything as it is.
func replaceFile(ctx context.Context, path string, in *files.Folder, make func(queue, old *os.File) (unfinished string, err error)) error {
	queue, err := files.OpenQueue(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = queue.Close() }() // nothing that must last was written to it
	old, err := files.OpenLocked(ctx, path, true)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	unfinished, err := make(queue, old)
	if old != nil {
		_ = old.Close() // Windows renames no file over one that is open; the queue keeps others away all the same
	}
	if err != nil || unfinished == "" {
		return err
	}
	stamp{}.leave(path)
	if err := in.Claim(unfinished, filepath.Base(path), true); err != nil {
		in.Discard(unfinished)
		return files.Unwritable(path, "could not be replaced, and is as it was", err)
	}
	trust(path)
	return nil
}
