package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"hark/internal/storage"
	"hark/store"
	"hark/store/internal/files"
)

// A notebook in a folder where nothing may be written is read, says so, and stays as it is.
func TestReadInAReadOnlyFolder(t *testing.T) {
	for _, withLock := range []bool{false, true} {
		folder := t.TempDir()
		path := filepath.Join(folder, "hark.db")
		talk(t, path, 1, 3)
		if !withLock {
			if err := os.Remove(files.QueuePath(path)); err != nil {
				t.Fatal(err)
			}
		}
		for name, mode := range map[string]os.FileMode{filepath.Dir(folder): 0o755, path: 0o444, files.QueuePath(path): 0o444, folder: 0o555} {
			if err := os.Chmod(name, mode); err != nil && (withLock || !errors.Is(err, os.ErrNotExist)) {
				t.Fatal(err)
			}
		}
		t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) // else it cannot be removed
		done := make(chan struct{})
		go func() {
			defer close(done)
			runtime.LockOSThread() // which ends with the goroutine, and so does what holds for it
			const nobody = 65534
			if os.Geteuid() == 0 {
				if err := unix.Setfsuid(nobody); err != nil {
					t.Error(err)
					return
				}
			}
			s, err := store.Open(path)
			if err != nil {
				t.Errorf("with a lock file %t: %v", withLock, err)
				return
			}
			if rev, err := s.Latest(context.Background()); err != nil || rev == 0 {
				t.Errorf("with a lock file %t: revision %d, %v", withLock, rev, err)
			}
			if _, err := add(s, 1, writer(0), lineID(1, 90), "late"); !errors.Is(err, storage.ErrUnwritable) {
				t.Errorf("with a lock file %t: written: %v", withLock, err)
			}
		}()
		<-done
		if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) > 2 {
			t.Errorf("left behind: %q, %v", left, err)
		}
	}
	if os.Geteuid() != 0 {
		path := filepath.Join(t.TempDir(), "hark.db")
		talk(t, path, 1, 1)
		if err := os.Chmod(filepath.Dir(path), 0o555); err != nil {
			t.Fatal(err)
		}
		if notes := strings.Join(maintainer(path).LocationWarnings(), " "); !strings.Contains(notes, "without a lock file") {
			t.Errorf("it is not said: %q", notes)
		}
		_ = os.Chmod(filepath.Dir(path), 0o700) // else it cannot be removed
	}
}
