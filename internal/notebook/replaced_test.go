package notebook_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
)

// window is a desk of a process of its own on the notebook at path, with a journal.
func window(t testing.TB, path string) (*desk, *notebooktest.Journal) {
	t.Helper()
	d := deskAt(t, path)
	j, err := notebooktest.NewJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	d.book, err = notebook.New(notebook.Options{
		Store: d.store, Journal: j, Random: rand.Reader, Author: "me",
		Now: func() time.Time { d.now = d.now.Add(time.Second); return d.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, j
}

// putInPlace puts a copy of a file in the place of another, as cp does, or as mv does.
func putInPlace(t testing.TB, from, to string, move bool) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	at := to
	if move {
		at += ".part"
	}
	if err := os.WriteFile(at, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if move {
		if err := os.Rename(at, to); err != nil {
			t.Fatal(err)
		}
	}
}

// Under an open window an older file is put in the place of the notebook. What the window wrote
// before and after is there when hark is started again, and what others wrote once the newer file
// was imported.
func TestAnOlderFileUnderAnOpenWindow(t *testing.T) {
	for _, move := range []bool{false, true} {
		for _, begun := range []bool{false, true} { // after the older file
			for _, closes := range []bool{false, true} { // right after the file was put there
				t.Run(fmt.Sprint(move, begun, closes), func(t *testing.T) {
					dir := t.TempDir()
					path, older, newer := filepath.Join(dir, "hark.db"), filepath.Join(dir, "older.db"), filepath.Join(dir, "newer.db")
					other := deskAt(t, path)
					theirs := other.begin("Quay Foods")
					d, j := window(t, path)
					var id interview.ID
					if !begun {
						id = d.begin("Harbour Welding")
						d.do(id, quote("one"))
					}
					putInPlace(t, path, older, false)
					if begun {
						id = d.begin("Harbour Welding")
						d.do(id, quote("one"))
					}
					d.do(id, quote("two"), interview.Fix{Number: 1, Text: "one, put right"})
					other.do(theirs, quote("elsewhere"))
					putInPlace(t, path, newer, false)
					putInPlace(t, older, path, move)
					want := []string{"one, put right", "two"}
					if !closes {
						for _, text := range []string{"three", "four"} {
							if r := d.do(id, quote(text)); !errors.Is(r.Journalled, storage.ErrReplaced) {
								t.Fatalf("it is called saved: %v", r.Journalled)
							}
							want = append(want, text)
						}
						if err := d.book.SetDraft(context.Background(), id, "half a"); err != nil {
							t.Fatal(err)
						}
					}
					if err := d.book.PutBack(context.Background()); !errors.Is(err, storage.ErrReplaced) {
						t.Fatalf("at the end: error = %v, want ErrReplaced", err)
					}
					if err := j.Close(); err != nil {
						t.Fatal(err)
					}

					d, _ = window(t, path)
					for range 2 {
						if s, err := d.book.Settle(context.Background()); err != nil || s.Journalled > 0 {
							t.Fatalf("%+v, %v", s, err)
						}
					}
					if got := d.lines(id); !slices.Equal(got, want) {
						t.Errorf("it says %q, want %q", got, want)
					}
					if draft, err := d.book.Draft(context.Background(), id); err != nil || !closes && draft != "half a" {
						t.Errorf("in the box is %q, %v", draft, err)
					}
					got, err := d.take(deskAt(t, newer).export(true))
					if err != nil || len(got.Refused) > 0 {
						t.Fatalf("%+v, %v", got, err)
					}
					if got := d.lines(theirs); !slices.Equal(got, []string{"elsewhere"}) {
						t.Errorf("of what others wrote there is %q", got)
					}
					if got := d.lines(id); !slices.Equal(got, want) {
						t.Errorf("with the newer file it says %q, want %q", got, want)
					}
				})
			}
		}
	}
}

// Whatever windows do while older and newer files take the place of the notebook, and whenever they
// end: what was acknowledged is there once the files are brought together, no dot has two contents,
// and no file is refused.
func TestFilesInTheNotebooksPlace(t *testing.T) {
	folders := newFolders(t)
	rapid.Check(t, func(rt *rapid.T) {
		dir := folders()
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "hark.db")
		type open struct {
			*desk
			journal *notebooktest.Journal
		}
		start := func() open {
			d, j := window(t, path)
			if _, err := d.book.Settle(context.Background()); err != nil {
				rt.Fatal(err)
			}
			return open{d, j}
		}
		end := func(o open) {
			if err := o.book.PutBack(context.Background()); err != nil && !errors.Is(err, storage.ErrReplaced) {
				rt.Fatal(err)
			}
			if err := o.journal.Close(); err != nil {
				rt.Fatal(err)
			}
		}
		windows := []open{start(), start()}
		id := windows[0].begin("Harbour Welding")
		var copies []string
		keep := func() {
			to := filepath.Join(dir, fmt.Sprintf("copy-%d.db", len(copies)))
			putInPlace(t, path, to, false)
			copies = append(copies, to)
		}
		keep()
		lines := map[string]bool{} // that were acknowledged
		dots := map[document.Dot]bool{}
		take := func(r notebook.Result, err error) bool {
			var refused *interview.Error
			if err != nil && !errors.As(err, &refused) && !errors.Is(err, storage.ErrReplaced) {
				rt.Fatal(err)
			}
			if err != nil || r.Interview == nil {
				return false
			}
			for it := range r.Document().All() {
				for _, v := range it.Versions {
					dots[v.Dot] = true
				}
			}
			return true
		}
		changes := rapid.Bool().Draw(rt, "changes") // of lines
		for i := range rapid.IntRange(1, 15).Draw(rt, "steps") {
			n := rapid.IntRange(0, 1).Draw(rt, "window")
			w := windows[n]
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0, 1, 2, 3:
				text := fmt.Sprint("line ", i)
				if take(w.book.Apply(context.Background(), id, quote(text), notebook.Live)) {
					lines[text] = true
				}
			case 4, 5:
				does := action(rt)
				switch does.(type) {
				case interview.Fix, interview.Drop, interview.Undo, interview.Redo:
					if !changes {
						continue
					}
				}
				take(w.book.Apply(context.Background(), id, does, notebook.Live))
			case 6:
				keep()
			case 7:
				keep()
				putInPlace(t, rapid.SampledFrom(copies).Draw(rt, "file"), path, rapid.Bool().Draw(rt, "move"))
			case 8:
				end(w)
				windows[n] = start()
			case 9:
				_, _ = w.book.Settle(context.Background()) // may well fail
			}
		}
		for _, w := range windows {
			end(w)
		}
		last := start()
		contents := map[document.Dot]string{}
		for _, file := range append(copies, path) {
			d := deskAt(t, file)
			for _, it := range stands(t, d, id).Items() {
				for _, v := range it.Versions {
					if was, known := contents[v.Dot]; known && was != string(v.Body) {
						rt.Fatalf("%v says %q and %q", v.Dot, was, v.Body)
					}
					contents[v.Dot] = string(v.Body)
				}
			}
			if got, err := last.take(d.export(true)); err != nil || len(got.Refused) > 0 {
				rt.Fatalf("%s: %+v, %v", filepath.Base(file), got.Refused, err)
			}
		}
		said := stands(t, last.desk, id)
		for dot := range dots {
			if !said.Has(dot) {
				rt.Fatalf("%v was acknowledged, and was never seen", dot)
			}
		}
		got := last.lines(id)
		for text := range lines {
			if !changes && !slices.Contains(got, text) {
				rt.Fatalf("%q was acknowledged, and is not there", text)
			}
		}
	})
}
