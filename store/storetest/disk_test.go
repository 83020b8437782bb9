package storetest_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
	"hark/store/storetest"
)

// desk is a real notebook with a journal on a disk that can fail.
type desk struct {
	t       *testing.T
	path    string
	store   *store.Store
	journal *journal.Journal
	book    *notebook.Notebook
}

func sit(t *testing.T, path string, disk storetest.Disk) *desk {
	t.Helper()
	s, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	j, err := disk.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: s, Journal: j, Now: time.Now, Random: rand.Reader, Author: "me"})
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t, path, s, j, book}
}

func (d *desk) begin() interview.ID {
	d.t.Helper()
	r, err := d.book.Begin(context.Background(), interview.Beginning{Customer: "Harbour Welding"})
	if err != nil {
		d.t.Fatal(err)
	}
	return r.ID
}

func (d *desk) keep(id interview.ID, text string) (notebook.Result, error) {
	return d.book.Apply(context.Background(), id, interview.Add{Kind: interview.Quote, Text: text}, notebook.Live)
}

func (d *desk) lines(id interview.ID) string {
	d.t.Helper()
	doc, _, err := d.store.Read(context.Background(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	var all []string
	for _, l := range interview.Fold(doc).Lines {
		all = append(all, l.Text)
	}
	return strings.Join(all, ",")
}

// faulty is a disk with one thing wrong at a time.
type faulty struct {
	only  string // the end of the name of the file that it is wrong with, "" for all
	write func(size int, at int64) (int, error)
	sync  func() error
}

func (f *faulty) disk() storetest.Disk {
	return storetest.Disk{
		Write: func(file string, size int, at int64) (int, error) {
			if f.write == nil || !strings.HasSuffix(file, f.only) {
				return size, nil
			}
			return f.write(size, at)
		},
		Sync: func(file string) error {
			if f.sync == nil || !strings.HasSuffix(file, f.only) {
				return nil
			}
			return f.sync()
		},
	}
}

func full(int, int64) (int, error) {
	return 0, &fs.PathError{Op: "write", Path: "hark.db", Err: syscall.ENOSPC}
}

// A line and its draft cost one commit, which is two syncs.
func TestALineAndItsDraftAreOneCommit(t *testing.T) {
	ctx := context.Background()
	syncs := 0
	counted := &faulty{only: ".db", sync: func() error { syncs++; return nil }}
	d := sit(t, filepath.Join(t.TempDir(), "hark.db"), counted.disk())
	id := d.begin()
	for _, left := range []string{"", "and then"} {
		if err := d.book.SetDraft(ctx, id, "we weld twice"); err != nil {
			t.Fatal(err)
		}
		syncs = 0
		if _, err := d.book.Enter(ctx, id, interview.Add{Kind: interview.Quote, Text: "we weld twice"}, notebook.Live, left); err != nil {
			t.Fatal(err)
		}
		if got, err := d.book.Draft(ctx, id); err != nil || got != left || syncs != 2 {
			t.Errorf("the draft is %q, want %q, after %d syncs; %v", got, left, syncs, err)
		}
	}
}

func TestAFullDiskForTheNotebook(t *testing.T) {
	for name, write := range map[string]func(size int, at int64) (int, error){
		"full": full,
		"cut short": func(size int, _ int64) (int, error) {
			return size / 2, &fs.PathError{Op: "write", Path: "hark.db", Err: syscall.EIO}
		},
		"the meta page alone": func(size int, at int64) (int, error) {
			if at >= 2*4096 {
				return size, nil
			}
			return 20, &fs.PathError{Op: "write", Path: "hark.db", Err: syscall.EIO}
		},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := &faulty{only: ".db"}
			d := sit(t, filepath.Join(t.TempDir(), "hark.db"), wrong.disk())
			id := d.begin()
			if _, err := d.keep(id, "before"); err != nil {
				t.Fatal(err)
			}
			wrong.write = write
			for _, text := range []string{"one", "two"} {
				if r, err := d.keep(id, text); err != nil || !errors.Is(r.Journalled, storage.ErrUnwritable) {
					t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
				}
			}
			if got := d.lines(id); got != "before" {
				t.Fatalf("meanwhile %q", got)
			}
			wrong.write = nil
			if r, err := d.keep(id, "after"); err != nil || r.Journalled != nil {
				t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
			}
			if got := d.lines(id); got != "before,one,two,after" {
				t.Fatalf("afterwards %q", got)
			}
			if err := d.store.Verify(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
}

// After a failed sync nobody knows what is on the disk, the line that is to be seen included:
// nothing more is written, and a copy is made and named.
func TestAFailedSync(t *testing.T) {
	for name, fails := range map[string]int{"of the pages": 1, "of the meta page": 2} {
		t.Run(name, func(t *testing.T) {
			wrong := &faulty{only: ".db"}
			home := t.TempDir()
			d := sit(t, filepath.Join(home, "hark.db"), wrong.disk())
			id := d.begin()
			syncs := 0
			wrong.sync = func() error {
				if syncs++; syncs == fails {
					return syscall.EIO
				}
				return nil
			}
			r, err := d.keep(id, "one")
			if err != nil || !errors.Is(r.Journalled, storage.ErrUnsynced) {
				t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
			}
			before, err := os.ReadFile(d.path)
			if err != nil {
				t.Fatal(err)
			}
			if r, err = d.keep(id, "two"); err != nil || !errors.Is(r.Journalled, storage.ErrUnsynced) {
				t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
			}
			if now, err := os.ReadFile(d.path); err != nil || string(now) != string(before) {
				t.Errorf("it was written to again, %v", err)
			}
			s, err := d.book.Settle(context.Background())
			if !errors.Is(err, storage.ErrUnsynced) || s.Journalled != 2 || filepath.Dir(s.Rescue) != filepath.Join(home, "rescue") {
				t.Fatalf("settled as %+v, %v", s, err)
			}
			copied, err := store.Open(s.Rescue)
			if err != nil {
				t.Fatal(err)
			}
			if err := copied.Verify(context.Background()); err != nil {
				t.Errorf("the copy: %v", err)
			}

			// The next hark looks at all of it, and takes up what was journalled.
			if err := d.journal.Close(); err != nil {
				t.Fatal(err)
			}
			next := sit(t, d.path, storetest.Disk{})
			if _, err := next.book.Settle(context.Background()); err != nil {
				t.Fatal(err)
			}
			if got := next.lines(id); got != "one,two" {
				t.Fatalf("afterwards %q", got)
			}
		})
	}
}

// No other process may build on what is not on the disk: nobody writes to the notebook until the
// next hark has written all of it again.
func TestAllHarksLearnOfAFailedSync(t *testing.T) {
	wrong := &faulty{only: ".db"}
	d := sit(t, filepath.Join(t.TempDir(), "hark.db"), wrong.disk())
	other := sit(t, d.path, storetest.Disk{})
	id := d.begin()
	wrong.sync = func() error { return syscall.EIO }
	if _, err := d.keep(id, "one"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	doubted, err := os.Lstat(d.path)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := other.keep(id, "two"); err != nil || !errors.Is(r.Journalled, storage.ErrUnsynced) {
		t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
	}
	if now, err := os.ReadFile(d.path); err != nil || string(now) != string(before) {
		t.Errorf("it was written to again, %v", err)
	}
	if err := d.journal.Close(); err != nil {
		t.Fatal(err)
	}
	next := sit(t, d.path, storetest.Disk{})
	if now, err := os.Lstat(d.path); err != nil || os.SameFile(doubted, now) {
		t.Errorf("the same file is trusted again, %v", err)
	}
	if _, err := next.book.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r, err := other.keep(id, "three"); err != nil || r.Journalled != nil {
		t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
	}
	kept := strings.Split(next.lines(id), ",") // two lines had the same number
	if slices.Sort(kept); !slices.Equal(kept, []string{"one", "three", "two"}) {
		t.Fatalf("afterwards %q", kept)
	}
}

func TestNothingWorksAnyMore(t *testing.T) {
	wrong := &faulty{}
	d := sit(t, filepath.Join(t.TempDir(), "hark.db"), wrong.disk())
	id := d.begin()
	wrong.write = full
	r, err := d.keep(id, "one")
	if !errors.Is(err, storage.ErrUnwritable) || !r.SavedAt.IsZero() {
		t.Fatalf("saved at %v, error %v", r.SavedAt, err)
	}
	wrong.write = nil
	if _, err := d.keep(id, "one"); err != nil {
		t.Fatal(err)
	}
	if got := d.lines(id); got != "one" {
		t.Fatalf("afterwards %q", got)
	}
}

func TestADamagedNotebookKeepsNothingFromBeingKept(t *testing.T) {
	d := sit(t, filepath.Join(t.TempDir(), "hark.db"), storetest.Disk{})
	id := d.begin()
	good, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.path, []byte("not a notebook"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := d.keep(id, "one"); err != nil || !errors.Is(r.Journalled, storage.ErrDamaged) {
		t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
	}
	if err := os.WriteFile(d.path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := d.book.Settle(context.Background()); err != nil || s.Stored != 1 {
		t.Fatalf("settled as %+v, %v", s, err)
	}
	if got := d.lines(id); got != "one" {
		t.Fatalf("afterwards %q", got)
	}
}
