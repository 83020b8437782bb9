package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"hark/internal/storage"
	"hark/store/check"
	"hark/store/internal/files"
	"hark/store/internal/hook"
)

// Hooked returns the notebook with its writes in the hands of a test.
func (s *Store) Hooked(h hook.Hook) *Store {
	hooked := &Store{path: s.path, private: s.private, outdated: s.outdated, hook: h}
	hooked.seen.set(s.seen.last())
	return hooked
}

// unconfirmed reports whether a commit failed because the disk did not confirm it. A write that
// fails is another matter: what it was to change is not in force then. After a failed sync, though,
// the system may take for written what is not, and no later sync tells.
func unconfirmed(err error) bool {
	if err == nil {
		return false
	}
	if inPath, ok := errors.AsType[*fs.PathError](err); ok {
		return inPath.Op == "sync"
	}
	_, ofSync := errors.AsType[syscall.Errno](err)                     // of fdatasync, which bbolt calls by itself
	return ofSync || strings.HasPrefix(err.Error(), "file sync error") // bbolt passes on no more of it
}

// doubt stands behind the clean mark in the lock file while the disk has not confirmed all of the
// notebook. Like the mark it is not synced: when the power fails, what was not written is gone from
// memory too, and the scan of every page and the checksums find what is missing.
const doubt = "unsynced\n"

// distrust makes every later write of this Store fail as this one did, and those of all processes
// until the notebook was rewritten: see rewrite.
func (s *Store) distrust(cause error) error {
	err := unsyncedError(s.path, cause)
	s.unsynced.CompareAndSwap(nil, &err)
	if !s.private {
		if queue, err := os.OpenFile(files.QueuePath(s.path), os.O_WRONLY|files.NoFollow, 0); err == nil {
			_, _ = queue.WriteAt([]byte(doubt), check.MarkSize) // others go on without then, as after a power failure
			_ = queue.Close()                                   // likewise
		}
	}
	return err
}

// unsyncedError is why a notebook is not written to; the cause may be nil.
func unsyncedError(path string, cause error) error {
	err := fmt.Errorf("%w: %w when %s was saved, so hark does not write to it any more; start hark again once the disk is all right",
		storage.ErrUnwritable, storage.ErrUnsynced, files.Shown(path))
	if cause != nil {
		err = fmt.Errorf("%w: %w", err, cause)
	}
	return err
}

// Doubted reports whether the disk has not confirmed all of the notebook that a lock file belongs
// to.
func Doubted(queue *os.File) bool {
	var b [len(doubt)]byte
	_, err := queue.ReadAt(b[:], check.MarkSize)
	return err == nil && string(b[:]) == doubt
}

// trust ends the doubt, once another file, which the disk has confirmed, has taken the notebook's
// place. The caller has the queue.
func trust(path string) {
	if queue, err := os.OpenFile(files.QueuePath(path), os.O_WRONLY|files.NoFollow, 0); err == nil {
		_, _ = queue.WriteAt(make([]byte, len(doubt)), check.MarkSize) // else the next opening rewrites the notebook once more
		_ = queue.Close()                                              // likewise
	}
}

// rewrite puts a copy of a doubted notebook, which the disk confirms, in its place. Nothing less
// will do: of a sync that failed the system remembers nothing, and the next one says that all is
// well.
func (s *Store) rewrite(ctx context.Context) error {
	if queue, err := os.OpenFile(files.QueuePath(s.path), os.O_RDONLY|files.NoFollow, 0); err == nil {
		there := Doubted(queue)
		_ = queue.Close() // it was only read
		if !there {
			return nil
		}
	}
	in, err := files.OpenFolder(filepath.Dir(s.path))
	if err != nil {
		return err
	}
	defer in.Close()
	return Replace(ctx, s.path, in, func(queue, old *os.File) (string, error) {
		if old == nil || !Doubted(queue) {
			return "", nil // it went away, or another process was faster
		}
		return in.Copy(ctx, old)
	})
}

// Rescue copies the notebook, as this process sees it, into the sibling folder rescue, checks the
// copy, and returns its path.
func (s *Store) Rescue(ctx context.Context) (string, error) {
	in, err := files.MakeSibling(s.path, files.Rescue)
	if err != nil {
		return "", err
	}
	defer in.Close()
	c, err := s.backup(ctx, in, files.Stem(s.path)+"-"+time.Now().Format(files.MomentLayout)+".db", false)
	return c.Path, err
}
