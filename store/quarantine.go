package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hark/internal/storage"
	"hark/store/internal/files"
	"io/fs"
	"os"
	"sync"
	"time"
)

// quarantined sees to it that a damaged notebook is kept as it is: the first one
// who comes upon the damage puts a copy of the file into quarantine. The error
// then says where that is and what to do next. Other errors pass.
func (s *Store) quarantined(ctx context.Context, err error) error {
	if s.private || !errors.Is(err, storage.ErrDamaged) {
		return err
	}
	path, copyErr := s.quarantine(context.WithoutCancel(ctx))
	switch {
	case copyErr != nil:
		return fmt.Errorf("%w. It was left as it is; there is no copy, for that failed: %w. `hark doctor` says what can be saved", err, copyErr)
	case path == "":
		return err // never was a notebook
	}
	return fmt.Errorf("%w. It was left as it is, and a copy is kept in %s. `hark doctor` says what can be saved", err, files.Shown(path))
}

// quarantine copies the file of the notebook into quarantine and returns the
// path of the copy; one with the same bytes that is there already will do. It
// returns "" when the file has nothing of a notebook.
func (s *Store) quarantine(ctx context.Context) (string, error) {
	queue, err := files.OpenQueue(ctx, s.path)
	if err != nil {
		return "", err
	}
	defer func() { _ = queue.Close() }() // nothing was written to it
	f, err := files.OpenLocked(ctx, s.path, false)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	s.kept.Lock()
	defer s.kept.Unlock()
	if k := &s.kept; k.path != "" && k.size == info.Size() && k.written.Equal(info.ModTime()) {
		return k.path, nil
	}
	path, err := keepCopy(ctx, f, s.path)
	s.kept.path, s.kept.size, s.kept.written = path, info.Size(), info.ModTime()
	return path, err
}

// kept remembers which damage was copied last, and where to: an app looks at its
// interview three times a second.
type kept struct {
	sync.Mutex
	path    string
	size    int64
	written time.Time
}

// keepCopy is quarantine with the file open and locked.
func keepCopy(ctx context.Context, f *os.File, path string) (string, error) {
	if !resembles(f) {
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

// findSame returns the path of a copy in a folder with the same bytes as f, "" for
// none.
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

// resembles reports whether a file is likely to have been a notebook: it has at
// least the mark of a meta page, or a page that says which one it is.
func resembles(f *os.File) bool {
	const looked = 64 // pages
	order := binary.NativeEndian
	var p [metaAt + metaSize]byte
	for n := range uint64(looked) {
		if _, err := f.ReadAt(p[:], int64(n)*pageSize); err != nil {
			return false // no more pages
		}
		sort := order.Uint16(p[8:])
		switch {
		case n < 2 && order.Uint32(p[metaAt:]) == metaMagic && order.Uint32(p[metaAt+8:]) == pageSize:
			return true
		case n >= 2 && order.Uint64(p[:]) == n && (sort == pageLeaf || sort == pageBranch || sort == pageFreelist):
			return true
		}
	}
	return false
}

// damagedCopies counts the copies in quarantine.
func damagedCopies(path string) (int, error) {
	in, err := files.OpenSibling(path, files.Quarantine)
	if in == nil {
		return 0, err
	}
	defer in.Close()
	all, err := in.Copies(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	return len(all), err
}
