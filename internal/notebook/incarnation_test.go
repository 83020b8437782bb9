package notebook_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
)

// deskAt is a desk of a process of its own on the notebook at path.
func deskAt(t testing.TB, path string) *desk {
	t.Helper()
	store, err := notebooktest.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	d.store = store
	d.book = d.open()
	return d
}

// copyNotebook copies a notebook with the lock file next to it over what is there, as cp does.
func copyNotebook(t testing.TB, from, to string) {
	t.Helper()
	for _, ext := range []string{".db", ".lock"} {
		b, err := os.ReadFile(from + ext)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+ext, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// An interview that forty processes write to has one entry in its version vector.
func TestOneIncarnationForAllProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	id := deskAt(t, path).begin("Harbour Welding")
	for i := range 40 {
		deskAt(t, path).do(id, quote(fmt.Sprint("line ", i)))
	}
	doc := stands(t, deskAt(t, path), id)
	if seen := doc.Seen(); len(seen) != 1 {
		t.Errorf("%d entries for %d lines", len(seen), len(interview.Fold(doc).Lines))
	}
}

// Copies of a notebook, and a notebook in whose place an older one was put, go on apart: what each
// of them writes is taken by every other, nothing is refused, and nothing is lost.
func TestCopiesRepeatNoDot(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, name, "hark")
	}
	first, second, older := at("first"), at("second"), at("older")
	id := deskAt(t, first+".db").begin("Harbour Welding")
	said := func(where, text string) []byte {
		d := deskAt(t, where+".db")
		d.do(id, quote(text))
		return d.export(true)
	}
	said(first, "before")
	copyNotebook(t, first, second)
	copyNotebook(t, first, older)
	open, journal := window(t, first+".db")
	open.do(id, quote("in a window"))

	files := [][]byte{said(first, "on the first"), said(second, "on the second")}
	copyNotebook(t, older, first)
	files = append(files, said(first, "after the older one was put back"))
	if r := open.do(id, quote("in the same window")); r.Journalled == nil {
		t.Error("it went into a file that is older than what the window has seen")
	}
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	open, _ = window(t, first+".db")
	if _, err := open.book.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	files = append(files, open.export(true))
	copyNotebook(t, first, second)
	files = append(files, said(second, "on a second copy"))

	d := deskAt(t, first+".db")
	for round := range 2 {
		for n, file := range files {
			got, err := d.take(file)
			if err != nil || len(got.Refused) > 0 {
				t.Fatalf("file %d: %v %v", n, err, got.Refused)
			}
			if round > 0 && got.Same != 1 {
				t.Errorf("file %d once more: %+v", n, got)
			}
		}
	}
	want := []string{
		"after the older one was put back", "before", "in a window", "in the same window", "on a second copy", "on the first", "on the second",
	}
	got := d.lines(id)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("together they say %q", got)
	}
}

// What is journalled while others have the notebook in use takes no dot that those give meanwhile.
func TestJournalledDotsAreOfTheirOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	here := deskAt(t, path)
	id := here.begin("Harbour Welding")
	here.do(id, quote("one"))
	j, err := notebooktest.NewJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	busy := errors.New("in use")
	window := deskAt(t, path)
	window.book, err = notebook.New(notebook.Options{Store: window.store, Journal: j, Random: rand.Reader, Author: "me", Now: func() time.Time { return window.now }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if got := window.lines(id); len(got) == 0 {
			t.Fatal("the window has not read it")
		}
		window.store.Fail(busy)
		for _, text := range []string{"journalled", "and one more"} {
			if r := window.do(id, quote(fmt.Sprint(text, i))); !errors.Is(r.Journalled, busy) {
				t.Fatalf("it is not in the journal: %v", r.Journalled)
			}
		}
		here.do(id, quote(fmt.Sprint("meanwhile", i)))
		window.store.Fail(nil)
		window.do(id, quote(fmt.Sprint("afterwards", i)))
	}
	want := []string{"one"}
	for i := range 3 {
		for _, text := range []string{"journalled", "and one more", "meanwhile", "afterwards"} {
			want = append(want, fmt.Sprint(text, i))
		}
	}
	got := here.lines(id)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("it says %q", got)
	}
}
