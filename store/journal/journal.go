// Package journal stores what a notebook could not take in files next to it, until it can.
package journal

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
	"slices"
	"strings"
	"sync"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
	"hark/store/internal/files"
	"hark/store/internal/hook"
)

// Journal implements storage.Journal in a sibling folder of the notebook: one file for each opening
// that needed one, locked for as long as that opening lives. It holds no lock on the notebook and
// needs nothing of it, so it works while the notebook is in use, damaged or gone. It is safe for
// several goroutines.
type Journal struct {
	notebook string // its path
	folder   string
	hook     hook.Hook

	mu      sync.Mutex
	of      document.ID // of the notebook, zero when it is not known
	opening string      // what its files are known by, once it has had one
	newest  int64       // the time in the name of the last of them
	file    *os.File    // nil while there is nothing to keep
	size    int64       // of what was synced
}

// Suffix ends the name of a journal file, and of their folder.
const Suffix = ".journal"

// errInUse is why a journal file is left where it is: the process that it is of still runs, or
// another one is taking it up.
var errInUse = errors.New("the journal is in use")

// Open returns the journal of the notebook at path. It touches no file. The error wraps
// storage.ErrUnwritable when path cannot be found.
func Open(path string) (*Journal, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, files.Unwritable(path, "cannot be found", err)
	}
	return &Journal{notebook: abs, folder: Folder(abs)}, nil
}

// Folder is where the journals of a notebook lie: hark.journal for hark.db.
func Folder(notebook string) string { return strings.TrimSuffix(notebook, ".db") + Suffix }

// Of says which notebook the journal is for, by its ID, which its copies share. What is for another
// notebook waits until that is there again: the files of both lie in one folder when one took the
// place of the other.
func (j *Journal) Of(notebook document.ID) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.of = notebook
}

// Hooked returns the journal with its writes in the hands of a test.
func (j *Journal) Hooked(h hook.Hook) *Journal {
	return &Journal{notebook: j.notebook, folder: j.folder, hook: h}
}

// Path is the folder of the journal, for people to read.
func (j *Journal) Path() string { return j.folder }

// Append adds to the journal, in order, and returns once that is synced. After an error nothing of
// it counts: most likely it is not there, but a disk that failed to confirm may have it all the
// same.
func (j *Journal) Append(all ...interview.Pending) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	var b []byte
	for _, p := range all {
		b = appendFrame(b, codec.EncodePending(p))
	}
	if j.file == nil {
		if err := j.open(); err != nil {
			return unusable(j.folder, err)
		}
	}
	_, err := j.write(b, j.size)
	if err == nil {
		if err = j.sync(); err == nil {
			j.size += int64(len(b))
			return nil
		}
	}
	// What was synced before stays good. The rest is cut off, and what comes next goes into another
	// file: this one's disk, or its record of what is on it, cannot be relied on.
	cut := j.file.Truncate(j.size)
	_ = errors.Join(cut, j.file.Sync(), j.file.Close()) // the error that counts is the one before
	if j.size <= int64(len(header(j.of))) && cut == nil {
		_ = os.Remove(j.file.Name()) // it holds nothing
	}
	j.file = nil
	return unusable(j.folder, err)
}

func (j *Journal) write(b []byte, at int64) (int, error) {
	if j.hook.Append != nil {
		return j.hook.Append(j.file, b, at)
	}
	return j.file.WriteAt(b, at)
}

func (j *Journal) sync() error {
	if j.hook.Sync != nil {
		return j.hook.Sync(j.file)
	}
	return j.file.Sync()
}

// open makes the next file of this opening and locks it. Names tell the order in which files were
// made, and which opening made them: one opening's are taken up in that order, or the later ones
// would stand for the earlier.
func (j *Journal) open() error {
	if j.opening == "" {
		id, err := document.NewID(rand.Reader)
		if err != nil {
			return err
		}
		j.opening = id.String()
	}
	j.newest = max(j.newest+1, time.Now().UnixNano()) // whatever somebody does to the clock
	f, err := j.makeFile(fmt.Sprintf("%019d-%s%s", j.newest, j.opening, Suffix))
	if err != nil {
		return err
	}
	path := f.Name()
	locked, err := files.Flock(f, true, false)
	if err == nil && !locked {
		err = errors.New("another hark has taken it up already")
	}
	err = cmp.Or(err, f.Chmod(files.FileMode)) // whatever the umask
	if err == nil {
		j.file, j.size = f, 0
		_, err = j.write(header(j.of), 0)
	}
	if err = cmp.Or(err, f.Sync(), files.SyncFolder(j.folder)); err != nil {
		_ = errors.Join(f.Close(), os.Remove(path)) // the error that counts is the one before
		j.file = nil
		return err
	}
	j.size = int64(len(header(j.of)))
	return nil
}

// makeFile makes a file in the folder, which it makes unless it is there. Another process may find
// the folder empty and remove it just then.
func (j *Journal) makeFile(name string) (*os.File, error) {
	const most = 20
	for tries := 1; ; tries++ {
		var f *os.File
		in, err := files.MakeSibling(j.notebook, filepath.Base(j.folder))
		if err == nil {
			in.Close()
			f, err = os.OpenFile(filepath.Join(j.folder, name), os.O_RDWR|os.O_CREATE|os.O_EXCL|files.NoFollow, files.FileMode)
		}
		if !errors.Is(err, fs.ErrNotExist) || tries == most {
			return f, err
		}
	}
}

// IsOwn reports whether hark names journal files so.
func IsOwn(name string) bool {
	const digits = 19 // of the time
	at, opening, _ := strings.Cut(strings.TrimSuffix(name, Suffix), "-")
	_, err := document.ParseID(opening)
	return err == nil && strings.HasSuffix(name, Suffix) && len(at) == digits && strings.Trim(at, "0123456789") == ""
}

// openingOf returns the opening that made the file of that name.
func openingOf(name string) string {
	_, opening, _ := strings.Cut(strings.TrimSuffix(name, Suffix), "-")
	return opening
}

// unusable is the error for a folder of journals that cannot be used.
func unusable(folder string, err error) error {
	return files.Unwritable(folder, "cannot be kept beside the notebook", err)
}

// Clear removes all that this opening appended: it is in the notebook.
func (j *Journal) Clear() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	path := j.file.Name()
	_ = j.file.Close() // it was synced
	j.file = nil
	err := os.Remove(path)
	_ = os.Remove(j.folder) // unless others have something in it
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unusable(j.folder, err)
	}
	return nil
}

// Close ends this opening as a crash would: what it appended stays for others to take up.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	f := j.file
	j.file = nil
	return f.Close()
}

// Left hands over what each opening that has ended left in its journal, oldest first, and removes
// that journal once take has returned nil. When take returns that something has no place in the
// notebook, or when part of a journal is unreadable, the file is moved into the folder quarantine
// instead, and the error of Left, which wraps storage.ErrDamaged, names it. When take fails, the
// journal stays for another time and Left returns that error. One for another notebook stays as well.
//
// An end that was never synced is no damage: it was never acknowledged.
func (j *Journal) Left(ctx context.Context, take func([]interview.Pending) (misfits int, err error)) error {
	names, err := j.left()
	if err != nil || len(names) == 0 {
		return err
	}
	var troubles []error
	waits := map[string]bool{} // openings of which an earlier journal is not done with
	for _, name := range names {
		if err := ctx.Err(); errors.Is(err, context.Canceled) { // how long to wait is up to take
			return err
		}
		opening := openingOf(name)
		if waits[opening] {
			continue
		}
		trouble, err := j.takeUp(filepath.Join(j.folder, name), take)
		switch {
		case errors.Is(err, errInUse):
			waits[opening] = true
		case err != nil:
			return err
		}
		troubles = append(troubles, trouble)
	}
	_ = os.Remove(j.folder) // unless others have something in it
	return errors.Join(troubles...)
}

// left lists the files that may have been left, oldest first.
func (j *Journal) left() ([]string, error) {
	names, err := List(j.notebook)
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.DeleteFunc(names, func(name string) bool {
		return j.file != nil && filepath.Base(j.file.Name()) == name // its own
	}), err
}

// List names the journal files of a notebook, oldest first; none when there is no folder. A link in
// place of the folder is refused.
func List(notebook string) ([]string, error) {
	folder := Folder(notebook)
	info, err := os.Lstat(folder)
	if err == nil && !info.IsDir() {
		err = errors.New("it is not a folder")
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = os.ReadDir(folder) // in the order of names
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, unusable(folder, err)
	}
	var names []string
	for _, e := range entries {
		if IsOwn(e.Name()) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// takeUp hands over one journal file. The trouble is what to report once the file is done with; the
// error says that it is not, and is errInUse when another process has it.
func (j *Journal) takeUp(path string, take func([]interview.Pending) (int, error)) (trouble, err error) {
	f, err := files.OpenRegular(path, true)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // another process was faster
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	switch locked, err := files.Flock(f, true, false); {
	case err != nil:
		return nil, unusable(j.folder, err)
	case !locked:
		return nil, errInUse
	}
	if !files.StillThere(f, path) {
		return nil, nil // another process was faster
	}
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, unusable(j.folder, err)
	}
	of, pending, damage := parse(content)
	if j.isForAnother(of) {
		return nil, nil
	}
	misfits, err := take(pending)
	if err != nil {
		return nil, err
	}
	if damage == nil && misfits == 0 {
		_ = f.Close() // some systems remove no open file
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, unusable(j.folder, err)
		}
		return nil, nil
	}
	now, err := j.quarantine(f, path)
	if err != nil {
		return nil, err
	}
	if damage != nil {
		return fmt.Errorf("%w; all that could be read of it is in the notebook now, and the file is kept as %s", damage, files.Shown(now)), nil
	}
	return fmt.Errorf("%w: %d of the things kept beside it belong to interviews that it does not have; the file is kept as %s, and `hark doctor` takes it up once they are there",
		storage.ErrDamaged, misfits, files.Shown(now)), nil
}

// isForAnother reports whether something is for another notebook than this one.
func (j *Journal) isForAnother(of document.ID) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return !of.IsZero() && !j.of.IsZero() && of != j.of
}

// quarantine moves a journal file into quarantine and returns its new path.
func (j *Journal) quarantine(f *os.File, path string) (string, error) {
	in, err := files.MakeSibling(j.notebook, files.Quarantine)
	if err != nil {
		return "", err
	}
	defer in.Close()
	now := in.Join(filepath.Base(path))
	_ = f.Close() // some systems move no open file
	if err := os.Rename(path, now); err != nil {
		return "", files.Unwritable(path, "cannot be moved to "+files.Shown(in.Path), err)
	}
	return now, cmp.Or(files.SyncFolder(in.Path), files.SyncFolder(j.folder))
}
