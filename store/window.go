package store

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/store/codec"
	"hark/store/internal/files"
)

// window is this opening of the notebook as others see it: a file next to the notebook that is
// locked for as long as the window lives. The system gives up the lock with the process, whatever
// ends it, and where the notebook was copied to nobody holds one. A process ID would say less:
// another process gets it, and in a container or on a shared disk it means nothing.
type window struct {
	mu   sync.Mutex
	id   document.ID
	file *os.File // nil until the window has a draft
	// taken are drafts of windows that are gone, and stand in this one's box.
	taken map[interview.ID][]codec.Draft
}

func windowPath(path string, id document.ID) string {
	return filepath.Join(filepath.Dir(path), files.Stem(path)+"-"+id.String()+files.WindowSuffix)
}

// Window is what tells this opening of the notebook from others.
func (s *Store) Window() document.ID {
	s.window.mu.Lock()
	defer s.window.mu.Unlock()
	if s.window.id.IsZero() {
		_, _ = rand.Read(s.window.id[:]) // it never fails
	}
	return s.window.id
}

// take notes which drafts of an interview this window took over when it last asked.
func (w *window) take(id interview.ID, taken []codec.Draft) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.taken == nil {
		w.taken = map[interview.ID][]codec.Draft{}
	}
	w.taken[id] = taken
}

func (w *window) tookOver(id interview.ID) []codec.Draft {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.taken[id]
}

// lives reports whether the window of a draft is still there. When that cannot be known, it is not:
// a draft that is offered twice costs less than one that is offered to nobody.
func (s *Store) lives(id document.ID) bool {
	f, err := files.OpenRegular(windowPath(s.path, id), false)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it holds nothing
	locked, err := files.Flock(f, false, false)
	return err == nil && !locked
}

// open makes the file of the window and locks it, if that was not done. Where it cannot be, others
// take the window for gone.
func (w *window) open(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	const most = 20
	name := windowPath(path, w.id)
	for tries := 0; w.file == nil && tries < most; tries++ {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|files.NoFollow, files.FileMode)
		if err != nil {
			return
		}
		// Another hark that sweeps may have found it before it was locked.
		if locked, err := files.Flock(f, true, false); err == nil && locked && files.StillThere(f, name) {
			_ = f.Chmod(files.FileMode) // whatever the umask; it holds nothing
			w.file = f
			w.sweep(path)
			return
		}
		_ = f.Close() // it holds nothing
	}
}

// sweep takes away the files of windows that ended in a crash.
func (w *window) sweep(path string) {
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return // it is tidying, and has another day
	}
	for _, e := range all {
		middle, _ := strings.CutPrefix(e.Name(), files.Stem(path)+"-")
		id, err := document.ParseID(strings.TrimSuffix(middle, files.WindowSuffix))
		name := windowPath(path, id)
		if err != nil || filepath.Base(name) != e.Name() {
			continue
		}
		f, err := files.OpenRegular(name, true)
		if err != nil {
			continue
		}
		locked, err := files.Flock(f, true, false)
		_ = f.Close() // it holds nothing, and some systems remove no open file
		if err == nil && locked {
			_ = os.Remove(name) // else it stays for another day
		}
	}
}

// close ends the window, which may begin again. Its drafts stay, for others.
func (w *window) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil {
		return
	}
	name := w.file.Name()
	_ = errors.Join(w.file.Close(), os.Remove(name)) // what stays is swept another day
	w.file = nil
}
