// Package files opens, locks and names the files of a notebook: the data file, the lock file and
// the sibling folders. It knows nothing of what they hold.
package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hark/internal/plain"
	"hark/internal/storage"
)

// The permissions of what hark makes: a notebook is its owner's business alone.
const (
	FileMode   fs.FileMode = 0o600
	FolderMode fs.FileMode = 0o700
)

// Stem is the name of a notebook without its ending: hark for hark.db.
func Stem(path string) string { return strings.TrimSuffix(filepath.Base(path), ".db") }

// MakeFolder makes a folder, and those it lies in, for the owner alone. A folder that is there
// keeps its permissions.
func MakeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := MakeFolder(parent); err != nil {
			return err
		}
	}
	err := os.Mkdir(path, FolderMode)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process made it; using it will tell if not
	}
	if err != nil {
		return err
	}
	if err := os.Chmod(path, FolderMode); err != nil { // whatever the umask
		return err
	}
	return SyncFolder(parent)
}

// Regular returns what is known of the file at path. The error wraps fs.ErrNotExist when there is
// none, and storage.ErrUnwritable when it cannot be a notebook.
func Regular(path string) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Unwritable(path, "is not there", err)
	case err != nil:
		return nil, Unwritable(path, "cannot be opened", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, Unwritable(path, "is a link; give the name of the file itself", nil)
	case info.IsDir():
		return nil, Unwritable(path, "is a folder; give the name of a file in it", nil)
	case !info.Mode().IsRegular():
		return nil, Unwritable(path, "is not an ordinary file", nil)
	}
	return info, nil
}

// OpenRegular opens the file of a notebook and never makes one: a notebook that vanished while hark
// was running must not come back empty.
func OpenRegular(path string, write bool) (*os.File, error) {
	if _, err := Regular(path); err != nil { // opening a pipe would wait for ever
		return nil, err
	}
	how := os.O_RDONLY
	if write {
		how = os.O_RDWR
	}
	f, err := os.OpenFile(path, how|NoFollow, 0)
	if err != nil {
		return nil, Unwritable(path, "cannot be opened", err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = f.Close() // nothing was written to it
		return nil, Unwritable(path, "is not an ordinary file", err)
	}
	return f, nil
}

// StillThere reports whether an open file still has its name.
func StillThere(f *os.File, path string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	now, err := os.Lstat(path)
	return err == nil && os.SameFile(opened, now)
}

// Unwritable returns an error that wraps storage.ErrUnwritable and, when there is one, the cause.
func Unwritable(path, what string, cause error) error {
	if errors.Is(cause, storage.ErrUnwritable) {
		return cause
	}
	sentence := Shown(path) + " " + what
	if inPath, ok := errors.AsType[*fs.PathError](cause); ok {
		cause = inPath.Err // the sentence has the path
	}
	if cause == nil {
		return fmt.Errorf("%w: %s", storage.ErrUnwritable, sentence)
	}
	return fmt.Errorf("%w: %s: %w", storage.ErrUnwritable, sentence, cause)
}

// NotANotebook is the error for a file that is not a notebook. It wraps storage.ErrDamaged.
func NotANotebook(path string) error {
	return fmt.Errorf("%w: %s is not a notebook of hark, or no longer one", storage.ErrDamaged, Shown(path))
}

// foreignError is the error for a file that never was a notebook, as far as can be seen.
type foreignError struct{ path string }

// Error implements error.
func (e *foreignError) Error() string {
	return Shown(e.path) + " is not a notebook of hark, and was left as it is. Check the path; if it was one, nothing of that is left in it: " +
		"move it away, and `hark restore FILE` puts a backup in its place"
}

// Unwrap says that the notebook cannot be trusted.
func (e *foreignError) Unwrap() error { return storage.ErrDamaged }

// Foreign is the error for a file that has nothing of a notebook and never was one, as far as can be
// seen. It wraps storage.ErrDamaged.
func Foreign(path string) error { return &foreignError{path} }

// IsForeign reports whether an error is one of Foreign.
func IsForeign(err error) bool {
	_, is := errors.AsType[*foreignError](err)
	return is
}

// Emptied is the error for a notebook of which no byte is left. It wraps storage.ErrDamaged.
func Emptied(path string) error {
	return fmt.Errorf("%w: %s is empty though there was a notebook in it, so another program or the disk has lost what it held. "+
		"It was left as it is. `hark doctor` says what can be saved", storage.ErrDamaged, Shown(path))
}

// IsContext reports whether an error says that a context has ended.
func IsContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// Shown returns a path as it can be put into an error.
func Shown(path string) string { return plain.Terminal(path) }
