package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// The folders beside a notebook.
const (
	folderBackups    = "backups"
	folderQuarantine = "quarantine"
)

// Files that are not finished are called so; one that a crash left is taken away
// when it is a day old and the next is begun, or something is erased.
const (
	unfinishedPrefix = ".hark-"
	unfinishedSuffix = ".tmp"
	unfinishedAge    = 24 * time.Hour
)

// momentLayout is how a time stands in the name of a file.
const momentLayout = "2006-01-02-150405"

// errTaken says that there is a file by that name.
var errTaken = fmt.Errorf("there is a file by that name: %w", fs.ErrExist)

// stem is the name of a notebook without its ending: hark for hark.db.
func stem(path string) string { return strings.TrimSuffix(filepath.Base(path), ".db") }

// folder is a folder in which files are put whole or not at all, for their owner
// alone, and through no link.
type folder struct {
	root *os.Root
	path string
}

// openFolder opens a folder that is there.
func openFolder(path string) (*folder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, unwritable(path, "cannot be used as a folder", err)
	}
	return &folder{root, path}, nil
}

// openBeside opens a folder of hark's own beside a notebook, and makes it when
// there is none. A link in its place is refused.
func openBeside(notebook, name string) (*folder, error) {
	parent, err := openFolder(filepath.Dir(notebook))
	if err != nil {
		return nil, err
	}
	defer parent.close()
	path := filepath.Join(parent.path, name)
	err = parent.root.Mkdir(name, folderMode)
	switch {
	case err == nil:
		if err := errors.Join(parent.root.Chmod(name, folderMode), syncFolder(parent.path)); err != nil { // whatever the umask
			return nil, unwritable(path, "cannot be made", err)
		}
	case !errors.Is(err, fs.ErrExist):
		return nil, unwritable(path, "cannot be made", err)
	}
	switch info, err := parent.root.Lstat(name); {
	case err != nil:
		return nil, unwritable(path, "cannot be used", err)
	case !info.IsDir():
		return nil, unwritable(path, "is a link or a file where hark needs a folder of its own; move it away", nil)
	}
	root, err := parent.root.OpenRoot(name)
	if err != nil {
		return nil, unwritable(path, "cannot be used", err)
	}
	return &folder{root, path}, nil
}

// lookBeside opens a folder of hark's own beside a notebook if it is there; it
// returns nil when it is not.
func lookBeside(notebook, name string) (*folder, error) {
	info, err := os.Lstat(filepath.Join(filepath.Dir(notebook), name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, nil //nolint:nilnil // no folder, and that is no error
	}
	return openBeside(notebook, name)
}

func (f *folder) close() { _ = f.root.Close() } // nothing is written through it

// join returns the path of a file in the folder.
func (f *folder) join(name string) string { return filepath.Join(f.path, name) }

// put makes a file that is not finished, and lets fill write to it. The caller
// claims a name for it, or discards it.
func (f *folder) put(fill func(*os.File) error) (name string, err error) {
	f.sweep(time.Now().Add(-unfinishedAge))
	name = unfinishedPrefix + rand.Text() + unfinishedSuffix
	file, err := f.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return "", err
	}
	err = firstError(file.Chmod(fileMode), fill(file)) // whatever the umask
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		f.discard(name)
		return "", err
	}
	return name, nil
}

// copy is put with the bytes of a file.
func (f *folder) copy(ctx context.Context, from *os.File) (name string, err error) {
	return f.put(func(to *os.File) error { return copyAll(ctx, to, from) })
}

// fill makes a file that is not finished, with an empty notebook in it.
func (f *folder) fill() (name string, err error) {
	name = unfinishedPrefix + rand.Text() + unfinishedSuffix
	if err := fill(f.join(name)); err != nil {
		f.discard(name)
		return "", unwritable(f.path, "has no room for a new notebook", err)
	}
	return name, nil
}

// copyAll copies all bytes of a file.
func copyAll(ctx context.Context, to io.Writer, from io.ReaderAt) error {
	_, err := io.Copy(to, &untilEnd{ctx, io.NewSectionReader(from, 0, 1<<62)})
	return err
}

// untilEnd reads until its context ends.
type untilEnd struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (u *untilEnd) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// discard removes a file that is not finished, with what bbolt may have left
// beside it.
func (f *folder) discard(name string) {
	_ = f.root.Remove(name) // what stays is taken away another day
}

// claim syncs a finished file and gives it its name, in one step. Without force it
// takes the place of nothing: then the error wraps fs.ErrExist.
func (f *folder) claim(unfinished, name string, force bool) error {
	if err := f.sync(unfinished); err != nil {
		return err
	}
	switch info, err := f.root.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not an ordinary file: %w", shown(f.join(name)), fs.ErrExist)
	case !force:
		return errTaken
	}
	if force {
		return firstError(f.root.Rename(unfinished, name), syncFolder(f.path))
	}
	switch err := f.root.Link(unfinished, name); {
	case err == nil:
		f.discard(unfinished)
	case errors.Is(err, fs.ErrExist):
		return errTaken
	default: // a file system without links; nobody else puts files here
		if err := f.root.Rename(unfinished, name); err != nil {
			return err
		}
	}
	return syncFolder(f.path)
}

// sync makes what was written to a file that is not finished last.
func (f *folder) sync(unfinished string) error {
	file, err := f.root.OpenFile(unfinished, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = file.Sync()
	_ = file.Close() // it was synced, or the error says so
	return err
}

// claimNext is claim with the first free name of a row: base.db, base-2.db, …
func (f *folder) claimNext(unfinished, base string) (name string, err error) {
	for n := 1; ; n++ {
		name = base + ".db"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.db", base, n)
		}
		if err := f.claim(unfinished, name, false); err == nil || !errors.Is(err, fs.ErrExist) || n == 1000 {
			return name, err
		}
	}
}

// The beginnings of the names of copies, behind the notebook's own.
const (
	copyUntil  = "-until-"  // what was replaced, and when
	copyLayout = "-layout-" // what was brought up to date, and its layout
)

// files returns the ordinary files in the folder that are named as copies of a
// notebook are, in the order of their names. (hark-work-2026-03-01.db is none of
// hark.db.)
func (f *folder) files(notebook string) ([]fs.FileInfo, error) {
	named := regexp.MustCompile(`^` + regexp.QuoteMeta(stem(notebook)) +
		`(` + copyUntil + `|` + copyLayout + `\d+-|-)\d{4}-\d\d-\d\d(-\d{6}(-\d+)?)?\.db$`)
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, unwritable(f.path, "cannot be read", err)
	}
	var all []fs.FileInfo
	for _, e := range entries {
		if !e.Type().IsRegular() || !named.MatchString(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil { // else it went away
			all = append(all, info)
		}
	}
	return all, nil
}

// sweep takes away what a crash left unfinished: what was last written to before a
// moment, or all of it for the zero time.
func (f *folder) sweep(before time.Time) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return // it is tidying, and has another day
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), unfinishedPrefix) || !strings.HasSuffix(e.Name(), unfinishedSuffix) {
			continue
		}
		if info, err := e.Info(); err == nil && (before.IsZero() || info.ModTime().Before(before)) {
			f.discard(e.Name())
		}
	}
}
