package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"hark/internal/storage"
	"hark/store/check"
	"hark/store/internal/files"
)

// quarantine keeps a damaged notebook as it is: the first process that finds the damage puts a
// copy of the file into quarantine. The error then says where that is and what to do next. Other
// errors pass.
func (s *Store) quarantine(ctx context.Context, err error) error {
	if s.private || !errors.Is(err, storage.ErrDamaged) || files.IsForeign(err) {
		return err
	}
	path, copyErr := s.Quarantine(context.WithoutCancel(ctx))
	switch {
	case copyErr != nil:
		return fmt.Errorf("%w. It was left as it is; there is no copy, for that failed: %w. `hark doctor` says what can be saved", err, copyErr)
	case path == "":
		return err // never was a notebook
	}
	return fmt.Errorf("%w. It was left as it is, and a copy is kept in %s. `hark doctor` says what can be saved", err, files.Shown(path))
}

// Quarantine copies the file of the notebook into quarantine and returns the path of the copy; one
// with the same bytes that is there already will do. It returns "" when the file has nothing of a
// notebook.
func (s *Store) Quarantine(ctx context.Context) (string, error) {
	queue, err := check.OpenQueue(ctx, s.path, false)
	if err != nil {
		return "", err
	}
	defer func() { _ = queue.Close() }() // nothing was written to it
	f, err := files.OpenLocked(ctx, s.path, false)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	defer files.NoteHolder(queue, s.path)()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	q := &s.quarantined
	q.Lock()
	defer q.Unlock()
	if q.path != "" && q.size == info.Size() && q.written.Equal(info.ModTime()) {
		return q.path, nil
	}
	path, err := QuarantineFile(ctx, f, s.path)
	q.path, q.size, q.written = path, info.Size(), info.ModTime()
	return path, err
}

// quarantined remembers which damage was copied last, and where to: an app looks at its interview
// three times a second.
type quarantined struct {
	sync.Mutex
	path    string
	size    int64
	written time.Time
}

// QuarantineFile is Quarantine with the file of the notebook at path open and locked.
func QuarantineFile(ctx context.Context, f *os.File, path string) (string, error) {
	if !check.Resembles(f) {
		return "", nil
	}
	in, err := files.MakeSibling(path, files.Quarantine)
	if err != nil {
		return "", err
	}
	defer in.Close()
	there, err := findSame(ctx, in, f, path)
	if err != nil || there != "" {
		return there, err
	}
	copied, err := in.CopyTo(ctx, files.Stem(path)+"-"+time.Now().Format(files.MomentLayout), f)
	if err != nil {
		return "", files.Unwritable(in.Path, "cannot take a copy", err)
	}
	return copied, nil
}

// findSame returns the path of a copy in a folder with the same bytes as a file, "" for none.
func findSame(ctx context.Context, f *files.Folder, file *os.File, notebook string) (string, error) {
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	all, err := f.Copies(notebook)
	if err != nil {
		return "", err
	}
	var sum []byte
	for _, other := range all {
		if other.Size() != info.Size() {
			continue
		}
		if sum == nil {
			if sum, err = digest(ctx, file); err != nil {
				return "", err
			}
		}
		o, err := f.Root.Open(other.Name())
		if err != nil {
			continue // one more copy does no harm
		}
		theirs, err := digest(ctx, o)
		_ = o.Close() // it was only read
		if err == nil && string(theirs) == string(sum) {
			return f.Join(other.Name()), nil
		}
	}
	return "", nil
}

// digest returns the SHA-256 of a file.
func digest(ctx context.Context, f *os.File) ([]byte, error) {
	h := sha256.New()
	err := files.CopyAll(ctx, h, f)
	return h.Sum(nil), err
}
