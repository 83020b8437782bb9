package files

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"hark/internal/storage"
)

// The sibling folders of a notebook.
const (
	Backups    = "backups"
	Quarantine = "quarantine"
	Rescue     = "rescue" // copies of a notebook whose disk failed to confirm a write
)

// Unfinished files have such names. One that a crash left is removed when it is a day old and the
// next is begun, or when something is erased.
const (
	UnfinishedPrefix = ".hark-"
	unfinishedSuffix = ".tmp"
	unfinishedAge    = 24 * time.Hour
)

// WindowSuffix ends the name of the file of an opening with a draft: hark-ID.window.
const WindowSuffix = ".window"

// The layouts of a time and of a day in the name of a file.
const (
	MomentLayout = "2006-01-02-150405"
	DayLayout    = "2006-01-02"
)

// errTaken means that there is a file by that name.
var errTaken = fmt.Errorf("there is a file by that name: %w", fs.ErrExist)

// Folder is a folder in which files appear whole or not at all, for their owner alone, and through
// no link.
type Folder struct {
	Root *os.Root
	Path string
}

// OpenFolder opens a folder that is there.
func OpenFolder(path string) (*Folder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, Unwritable(path, "cannot be used as a folder", err)
	}
	return &Folder{root, path}, nil
}

// MakeSibling opens a sibling folder of a notebook, and makes it when there is none. A link in its
// place is refused.
func MakeSibling(notebook, name string) (*Folder, error) {
	parent, err := OpenFolder(filepath.Dir(notebook))
	if err != nil {
		return nil, err
	}
	defer parent.Close()
	path := filepath.Join(parent.Path, name)
	err = parent.Root.Mkdir(name, FolderMode)
	switch {
	case err == nil:
		if err := errors.Join(parent.Root.Chmod(name, FolderMode), SyncFolder(parent.Path)); err != nil { // whatever the umask
			return nil, Unwritable(path, "cannot be made", err)
		}
	case !errors.Is(err, fs.ErrExist):
		return nil, Unwritable(path, "cannot be made", err)
	}
	switch info, err := parent.Root.Lstat(name); {
	case err != nil:
		return nil, Unwritable(path, "cannot be used", err)
	case !info.IsDir():
		return nil, Unwritable(path, "is a link or a file where hark needs a folder of its own; move it away", nil)
	}
	root, err := parent.Root.OpenRoot(name)
	if err != nil {
		return nil, Unwritable(path, "cannot be used", err)
	}
	return &Folder{root, path}, nil
}

// OpenSibling opens a sibling folder of a notebook. It returns nil when there is none.
func OpenSibling(notebook, name string) (*Folder, error) {
	info, err := os.Lstat(filepath.Join(filepath.Dir(notebook), name))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, nil //nolint:nilnil // no folder, and that is no error
	}
	return MakeSibling(notebook, name)
}

// Close closes the folder.
func (f *Folder) Close() { _ = f.Root.Close() } // nothing is written through it

// Join returns the path of a file in the folder.
func (f *Folder) Join(name string) string { return filepath.Join(f.Path, name) }

// NewName returns a name for an unfinished file that nobody else has.
func NewName() string { return UnfinishedPrefix + rand.Text() + unfinishedSuffix }

// Put makes an unfinished file, lets fill write to it, and syncs it. The caller claims a name for
// it, or discards it.
func (f *Folder) Put(fill func(*os.File) error) (unfinished string, err error) {
	f.Sweep(time.Now().Add(-unfinishedAge))
	unfinished = NewName()
	file, err := f.Root.OpenFile(unfinished, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
	if err != nil {
		return "", err
	}
	err = cmp.Or(file.Chmod(FileMode), fill(file)) // whatever the umask
	if err == nil {
		err = file.Sync()
	}
	if err = cmp.Or(err, file.Close()); err != nil {
		f.Discard(unfinished)
		return "", err
	}
	return unfinished, nil
}

// Copy is Put with the bytes of a file.
func (f *Folder) Copy(ctx context.Context, from *os.File) (unfinished string, err error) {
	return f.Put(func(to *os.File) error { return CopyAll(ctx, to, from) })
}

// CopyTo copies a file to the first free name of a row: base.db, base-2.db, … It returns the path
// of the copy.
func (f *Folder) CopyTo(ctx context.Context, base string, from *os.File) (path string, err error) {
	unfinished, err := f.Copy(ctx, from)
	if err != nil {
		return "", err
	}
	const most = 1000
	for n := 1; ; n++ {
		name := base + ".db"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.db", base, n)
		}
		err := f.Claim(unfinished, name, false)
		if err == nil {
			return f.Join(name), nil
		}
		if !errors.Is(err, fs.ErrExist) || n == most {
			f.Discard(unfinished)
			return "", err
		}
	}
}

// CopyAll copies all bytes of a file, until ctx ends.
func CopyAll(ctx context.Context, to io.Writer, from *os.File) error {
	size := int64(0)
	if info, err := from.Stat(); err == nil {
		size = info.Size()
	}
	_, err := io.Copy(Watched(ctx, to, size), io.NewSectionReader(from, 0, 1<<62))
	return err
}

// Watched returns a writer that tells the watch of ctx how much of size was written, and fails once
// ctx ends.
func Watched(ctx context.Context, to io.Writer, size int64) io.Writer {
	return &watched{ctx: ctx, to: to, size: size}
}

type watched struct {
	ctx        context.Context
	to         io.Writer
	done, size int64
}

// Write implements io.Writer.
func (w *watched) Write(p []byte) (int, error) {
	const mega = 1 << 20
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.to.Write(p)
	w.done += int64(n)
	storage.At(w.ctx, "copied MB", int(w.done/mega), int(w.size/mega))
	return n, err
}

// Discard removes an unfinished file.
func (f *Folder) Discard(unfinished string) {
	_ = f.Root.Remove(unfinished) // what stays is removed another day
}

// Claim syncs a finished file and renames it, in one step. Without force it replaces nothing: then
// the error wraps fs.ErrExist.
func (f *Folder) Claim(unfinished, name string, force bool) error {
	if err := f.sync(unfinished); err != nil {
		return err
	}
	switch info, err := f.Root.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not an ordinary file: %w", Shown(f.Join(name)), fs.ErrExist)
	case !force:
		return errTaken
	}
	if force {
		return cmp.Or(f.Root.Rename(unfinished, name), SyncFolder(f.Path))
	}
	switch err := f.Root.Link(unfinished, name); {
	case err == nil:
		f.Discard(unfinished)
	case errors.Is(err, fs.ErrExist):
		return errTaken
	default: // a file system without links; nobody else puts files here
		if err := f.Root.Rename(unfinished, name); err != nil {
			return err
		}
	}
	return SyncFolder(f.Path)
}

// sync syncs an unfinished file.
func (f *Folder) sync(unfinished string) error {
	file, err := f.Root.OpenFile(unfinished, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = file.Sync()
	_ = file.Close() // it was synced, or the error says so
	return err
}

// The beginnings of the names of copies, behind the notebook's own.
const (
	CopyUntil  = "-until-"  // a notebook that was replaced, and when
	CopyLayout = "-layout-" // a notebook that was migrated, and its layout before
)

// copyNamed matches the names of the copies of the notebooks with such a stem.
func copyNamed(stem string) *regexp.Regexp {
	return regexp.MustCompile(`^` + stem + `(` + CopyUntil + `|` + CopyLayout + `\d+-|-)\d{4}-\d\d-\d\d(-\d{6}(-\d+)?)?\.db$`)
}

// isUnfinished reports whether hark names unfinished files so.
func isUnfinished(name string) bool {
	middle, begins := strings.CutPrefix(name, UnfinishedPrefix)
	middle, ends := strings.CutSuffix(middle, unfinishedSuffix)
	return begins && ends && len(middle) == len(rand.Text()) && strings.Trim(middle, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// IsOwn reports whether hark names files in the sibling folders of notebooks so, journals apart.
func IsOwn(name string) bool { return isUnfinished(name) || copyNamed(`.+`).MatchString(name) }

// Copies returns the ordinary files in the folder that are named as copies of a notebook are, in
// the order of their names. (hark-work-2026-03-01.db is none of hark.db.)
func (f *Folder) Copies(notebook string) ([]fs.FileInfo, error) {
	named := copyNamed(regexp.QuoteMeta(Stem(notebook)))
	entries, err := fs.ReadDir(f.Root.FS(), ".")
	if err != nil {
		return nil, Unwritable(f.Path, "cannot be read", err)
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

// Days returns the daily backups of a notebook in the folder, in the order of their names.
func (f *Folder) Days(notebook string) ([]fs.FileInfo, error) {
	all, err := f.Copies(notebook)
	length := len(Stem(notebook) + "-" + DayLayout + ".db") // every other copy has a longer name
	return slices.DeleteFunc(all, func(info fs.FileInfo) bool { return len(info.Name()) != length }), err
}

// Sweep removes what a crash left unfinished: what was last written to before a moment, or all of
// it for the zero time.
func (f *Folder) Sweep(before time.Time) {
	entries, err := fs.ReadDir(f.Root.FS(), ".")
	if err != nil {
		return // it is tidying, and has another day
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !isUnfinished(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil && (before.IsZero() || info.ModTime().Before(before)) {
			f.Discard(e.Name())
		}
	}
}
