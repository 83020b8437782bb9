package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/internal/files"
	"hark/store/storetest"
)

// replacements are the ways in which something else comes to be in the place of a notebook. Each
// gets the notebook, and a copy of it from before what an opening saw last.
func replacements() map[string]func(t *testing.T, path, older string) {
	move := func(t *testing.T, from, to string) {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	return map[string]func(t *testing.T, path, older string){
		"cp": func(t *testing.T, path, older string) {
			if err := os.WriteFile(path, bytesOf(t, older), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"cp, as old as it was": func(t *testing.T, path, older string) {
			info, err := os.Stat(older)
			if err != nil {
				t.Fatal(err)
			}
			putBack(t, path, bytesOf(t, older), info)
		},
		"mv": func(t *testing.T, path, older string) { move(t, older, path) },
		"mv, with what lay next to it": func(t *testing.T, path, older string) {
			move(t, older, path)
			move(t, files.QueuePath(older), files.QueuePath(path))
		},
		"mv, and no lock file": func(t *testing.T, path, older string) {
			move(t, older, path)
			if err := os.Remove(files.QueuePath(path)); err != nil {
				t.Fatal(err)
			}
		},
		"part by part": func(t *testing.T, path, older string) {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			b := bytesOf(t, older)
			for at := 0; at < len(b); at += 1000 {
				if _, err := f.WriteAt(b[at:min(at+1000, len(b))], int64(at)); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(f.Truncate(int64(len(b))), f.Close()); err != nil {
				t.Fatal(err)
			}
		},
		"hark restore": func(t *testing.T, path, older string) {
			if _, err := maintainer(path).Restore(context.Background(), older); err != nil {
				t.Fatal(err)
			}
		},
		"one that went on elsewhere": func(t *testing.T, path, older string) {
			for range 9 { // more than were written here
				given(t, open(t, older), "elsewhere")
			}
			move(t, older, path)
		},
		"one that went on here": func(t *testing.T, path, older string) {
			move(t, older, path)
			for range 9 {
				given(t, open(t, path), "after it was put back")
			}
		},
		"another notebook": func(t *testing.T, path, _ string) {
			other := filepath.Join(t.TempDir(), "hark.db")
			begin(t, open(t, other), 0, 30)
			move(t, other, path)
		},
		"a new one": func(t *testing.T, path, _ string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			begin(t, open(t, path), 0, 30)
		},
	}
}

// An opening uses no file that lacks what it has seen, until one that has it is there again.
func TestReplaced(t *testing.T) {
	ctx := context.Background()
	for name, replace := range replacements() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			begin(t, open(t, path), 0, 1)
			older, newer := copied(t, path), ""
			reads, writes := open(t, path), open(t, path)
			given(t, writes, "kept")
			if _, err := reads.Latest(ctx); err != nil {
				t.Fatal(err)
			}
			newer = copied(t, path)
			replace(t, path, older)
			before := bytesOf(t, path)
			for _, s := range []*store.Store{reads, writes} {
				if _, err := s.Latest(ctx); !errors.Is(err, storage.ErrReplaced) || !errors.Is(err, storage.ErrUnwritable) {
					t.Errorf("reading: error = %v, want ErrReplaced", err)
				}
				if _, err := add(s, 0, writer(0), lineID(0, 7), "x"); !errors.Is(err, storage.ErrReplaced) {
					t.Errorf("writing: error = %v, want ErrReplaced", err)
				}
			}
			if !bytes.Equal(before, bytesOf(t, path)) {
				t.Error("it was written to")
			}
			given(t, open(t, path), "by another that has seen it")

			if err := os.Rename(newer, path); err != nil {
				t.Fatal(err)
			}
			given(t, writes, "once it is back")
			if _, err := reads.Latest(ctx); err != nil {
				t.Errorf("once it is back: %v", err)
			}
		})
	}
}

// The next opening says that the file lacks what hark wrote, until something is written to it. It
// does not say so of what hark itself restored.
func TestOutdated(t *testing.T) {
	for name, replace := range replacements() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			begin(t, open(t, path), 0, 1)
			older := copied(t, path)
			given(t, open(t, path), "kept")
			if said := open(t, path).Outdated(); said != "" {
				t.Errorf("it says %q", said)
			}
			replace(t, path, older)
			known := true
			switch name {
			case "hark restore", "mv, with what lay next to it", "mv, and no lock file", "one that went on here", "a new one":
				known = false
			}
			for range 2 {
				if said := open(t, path).Outdated(); (said != "") != known {
					t.Errorf("it says %q", said)
				}
			}
			given(t, open(t, path), "goes on")
			if said := open(t, path).Outdated(); said != "" {
				t.Errorf("once it was written to it says %q", said)
			}
		})
	}
}

// A file that has all that an opening has seen is as good as the one before it.
func TestGoesOn(t *testing.T) {
	ctx := context.Background()
	for name, happen := range map[string]func(t *testing.T, path string){
		"written to elsewhere": func(t *testing.T, path string) {
			other := copied(t, path)
			given(t, open(t, other), "elsewhere")
			if err := os.Rename(other, path); err != nil {
				t.Fatal(err)
			}
		},
		"the same put back": func(t *testing.T, path string) {
			if err := os.Rename(copied(t, path), path); err != nil {
				t.Fatal(err)
			}
		},
		"restored as it was": func(t *testing.T, path string) {
			if _, err := maintainer(path).Restore(ctx, copied(t, path)); err != nil {
				t.Fatal(err)
			}
		},
		"without its lock file": func(t *testing.T, path string) {
			if err := os.Remove(files.QueuePath(path)); err != nil {
				t.Fatal(err)
			}
		},
		"written to by harks that were killed": func(t *testing.T, path string) {
			lock, err := os.Stat(files.QueuePath(path))
			if err != nil {
				t.Fatal(err)
			}
			was := bytesOf(t, files.QueuePath(path))
			for range 5 {
				given(t, open(t, path), "a line")
				putBack(t, files.QueuePath(path), was, lock)
			}
		},
		"an interview erased": func(t *testing.T, path string) {
			begin(t, open(t, path), 1, 1)
			if _, err := maintainer(path).Erase(ctx, []interview.ID{interviewID(1)}, true); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			s := open(t, path)
			begin(t, s, 0, 1)
			given(t, s, "kept")
			happen(t, path)
			if said := open(t, path).Outdated(); said != "" {
				t.Errorf("it says %q", said)
			}
			if _, err := s.Latest(ctx); err != nil {
				t.Errorf("reading: %v", err)
			}
			given(t, s, "goes on")
			given(t, open(t, path), "and in another")
			if _, err := s.Latest(ctx); err != nil {
				t.Errorf("reading: %v", err)
			}
		})
	}
}

// What is written to a file while another takes its place is not called saved.
func TestReplacedWhileWriting(t *testing.T) {
	for name, replace := range replacements() {
		if name == "hark restore" || name == "one that went on here" || name == "a new one" {
			continue // hark itself waits for its turn
		}
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			begin(t, open(t, path), 0, 1)
			older := copied(t, path)
			given(t, open(t, path), "kept")
			done := false
			s, err := storetest.Disk{Sync: func(string) error {
				if !done { // the pages were written, and the meta page was not
					done = true
					replace(t, path, older)
				}
				return nil
			}}.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := add(s, 0, writer(0), lineID(0, 7), "x"); err == nil {
				t.Error("it is called saved")
			}
		})
	}
}
