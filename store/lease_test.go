package store_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hark/internal/document"
	"hark/internal/storage"
	"hark/store"
	"hark/store/internal/files"
	"hark/store/storetest"
)

// given is a store of its own process adding a line to the first interview; it returns the
// incarnation of the line.
func given(t testing.TB, s *store.Store, text string) (by document.Incarnation) {
	t.Helper()
	_, err := s.Change(context.Background(), interviewID(0), func(now storage.Stored) (storage.Write, error) {
		by = now.Incarnation
		w := document.Writer{Incarnation: by, Author: "Mia"}
		return write(0, now.Document, w, said(document.DerivedID("line", text), text)), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// put puts bytes in the place of a file, and gives it the time of the last write that it had then.
func putBack(t *testing.T, path string, b []byte, info os.FileInfo) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC|os.O_CREATE, 0o600) // as cp does: the file stays the same one
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Close(), os.Chtimes(path, info.ModTime(), info.ModTime())); err != nil {
		t.Fatal(err)
	}
}

// copied copies a notebook with what lies next to it, as cp -a does.
func copied(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(path))
	for from, to := range map[string]string{path: to, files.QueuePath(path): files.QueuePath(to)} {
		info, err := os.Stat(from)
		if err != nil {
			t.Fatal(err)
		}
		putBack(t, to, bytesOf(t, from), info)
	}
	return to
}

// Every process that writes to a notebook gives dots under one incarnation, whatever else they
// write or do not write after all.
func TestOneIncarnation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	var first document.Incarnation
	_, err := open(t, path).Begin(context.Background(), func(by document.Incarnation) (storage.Write, error) {
		first = by
		return write(0, document.New(interviewID(0)), document.Writer{Incarnation: by}, said(lineID(0, 0), "one")), nil
	})
	if err != nil || first == 0 {
		t.Fatalf("under %v: %v", first, err)
	}
	device := open(t, path).Device()
	for n := range 12 {
		s := open(t, path)
		if by := given(t, s, string(rune('a'+n))); by != first {
			t.Fatalf("line %d is written under another incarnation", n)
		}
		if s.Device() != device || device == 0 {
			t.Fatalf("line %d is written on another device", n)
		}
		switch n % 4 {
		case 0:
			if err := s.SetDraft(context.Background(), interviewID(0), "half a"); err != nil {
				t.Fatal(err)
			}
		case 1:
			begin(t, open(t, path), n, 1)
		case 2:
			no := errors.New("no")
			if _, err := s.Change(context.Background(), interviewID(0), func(storage.Stored) (storage.Write, error) { return storage.Write{}, no }); !errors.Is(err, no) {
				t.Fatal(err)
			}
			if _, err := s.Begin(context.Background(), func(document.Incarnation) (storage.Write, error) { return storage.Write{}, no }); !errors.Is(err, no) {
				t.Fatal(err)
			}
		case 3:
			if _, err := s.Change(context.Background(), interviewID(0), func(storage.Stored) (storage.Write, error) { return storage.Write{}, nil }); err != nil {
				t.Fatal(err)
			}
			mustVerify(t, open(t, path))
		}
	}
}

// Whatever happens to a notebook other than hark's own writes, the next write gives dots under an
// incarnation that was never used; and then it stays at that.
func TestAnotherIncarnation(t *testing.T) {
	ctx := context.Background()
	// Each gets a notebook, and what it and its lock file were one line ago.
	for name, happen := range map[string]func(t *testing.T, path string, db, lock []byte, was, wasLock os.FileInfo) string{
		"copied with its folder": func(t *testing.T, path string, _, _ []byte, _, _ os.FileInfo) string { return copied(t, path) },
		"copied and moved back": func(t *testing.T, path string, _, _ []byte, _, _ os.FileInfo) string {
			if err := os.Rename(copied(t, path), path); err != nil {
				t.Fatal(err)
			}
			return path
		},
		"an older file put back": func(t *testing.T, path string, db, _ []byte, was, _ os.FileInfo) string {
			putBack(t, path, db, was)
			return path
		},
		"an older folder put back": func(t *testing.T, path string, db, lock []byte, was, wasLock os.FileInfo) string {
			putBack(t, path, db, was)
			putBack(t, files.QueuePath(path), lock, wasLock)
			return path
		},
		"killed after the commit": func(t *testing.T, path string, _, lock []byte, _, wasLock os.FileInfo) string {
			putBack(t, files.QueuePath(path), lock, wasLock)
			return path
		},
		"the lock file lost": func(t *testing.T, path string, _, _ []byte, _, _ os.FileInfo) string {
			if err := os.Remove(files.QueuePath(path)); err != nil {
				t.Fatal(err)
			}
			return path
		},
		"a backup restored": func(t *testing.T, path string, db, _ []byte, was, _ os.FileInfo) string {
			backup := filepath.Join(t.TempDir(), "backup.db")
			putBack(t, backup, db, was)
			if _, err := maintainer(path).Restore(ctx, backup); err != nil {
				t.Fatal(err)
			}
			return path
		},
		"read and written elsewhere": func(t *testing.T, path string, _, _ []byte, _, _ os.FileInfo) string {
			other := copied(t, path)
			given(t, open(t, other), "elsewhere")
			info, err := os.Stat(other)
			if err != nil {
				t.Fatal(err)
			}
			putBack(t, path, bytesOf(t, other), info)
			return path
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			begin(t, open(t, path), 0, 1)
			used := []document.Incarnation{given(t, open(t, path), "a")}
			lock := files.QueuePath(path)
			db, locked := bytesOf(t, path), bytesOf(t, lock)
			was, err := os.Stat(path)
			wasLocked, lockErr := os.Stat(lock)
			if err := errors.Join(err, lockErr); err != nil {
				t.Fatal(err)
			}
			used = append(used, given(t, open(t, path), "b"))
			if used[0] != used[1] {
				t.Fatal("two lines are written under two incarnations")
			}
			now := happen(t, path, db, locked, was, wasLocked)
			next := given(t, open(t, now), "c")
			if slices.Contains(used, next) || next == 0 {
				t.Error("dots are given under an incarnation that another state of the file has used")
			}
			if again := given(t, open(t, now), "d"); again != next {
				t.Error("and then under one more")
			}
		})
	}
}

// A window that is open while an older file is put in the place of its notebook goes on under
// another incarnation as well.
func TestAnotherIncarnationInAnOpenWindow(t *testing.T) {
	s := fresh(t)
	begin(t, s, 0, 1)
	first := given(t, s, "a")
	lock := files.QueuePath(s.Path())
	db, locked := bytesOf(t, s.Path()), bytesOf(t, lock)
	was, err := os.Stat(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	if given(t, open(t, s.Path()), "b") != first {
		t.Fatal("two windows write under two incarnations")
	}
	putBack(t, s.Path(), db, was)
	putBack(t, lock, locked, was)
	if given(t, s, "c") == first {
		t.Error("dots are given again")
	}
}

// On another machine, and after this one has started again, no lease is good; the device is the same
// after a start.
func TestLeaseOfAMachine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	begin(t, open(t, path), 0, 1)
	used := map[document.Incarnation]bool{given(t, open(t, path), "first"): true}
	device := open(t, path).Device()
	here := files.ThisMachine()
	for _, m := range []files.Machine{
		{ID: here.ID, Boot: here.Boot + 1}, {ID: here.ID + 1, Boot: here.Boot + 2}, {ID: here.ID + 1, Boot: here.Boot + 3}, here,
	} {
		s := open(t, path)
		s.On(m)
		if got := s.Device() == device; got != (m.ID == here.ID && len(used) < 3) {
			t.Errorf("on %v the device is the same: %t", m, got)
		}
		by := given(t, s, string(rune('a'+len(used))))
		if used[by] {
			t.Errorf("on %v dots are given again", m)
		}
		used[by] = true
		again := open(t, path)
		again.On(m)
		if next := given(t, again, "again "+string(rune('a'+len(used)))); next != by || again.Device() != s.Device() {
			t.Errorf("on %v the next process is another device, or has another incarnation", m)
		}
	}
}

// The dots of a write that failed may be in the journal: nobody gives them again.
func TestLeaseOfAFailedWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	begin(t, open(t, path), 0, 1)
	first := given(t, open(t, path), "a")
	for _, part := range []string{"write", "later write"} {
		writes := 0
		s, err := storetest.Disk{Write: func(string, int, int64) (int, error) {
			if writes++; part == "write" || writes > 1 {
				return 0, io.ErrShortWrite
			}
			return 0, nil
		}}.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var by document.Incarnation
		_, err = s.Change(context.Background(), interviewID(0), func(now storage.Stored) (storage.Write, error) {
			by = now.Incarnation
			return write(0, now.Document, document.Writer{Incarnation: by}, said(lineID(0, 7), "b")), nil
		})
		if err == nil || by != first {
			t.Fatalf("%s: under %v: %v", part, by, err)
		}
		next := given(t, open(t, path), "c after "+part)
		if next == by {
			t.Errorf("%s: dots of the failed write are given again", part)
		}
		first = next
	}
}
