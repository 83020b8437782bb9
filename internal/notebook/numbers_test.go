package notebook_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
)

// Two windows whose store fails give two lines the same number. Both lines keep it when the store is
// back, and nothing that is typed afterwards moves them.
func TestTwoWindowsThatJournalKeepTheirNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	here := deskAt(t, path)
	id := here.begin("Harbour Welding")
	here.do(id, quote("one"))
	broken := errors.New("broken")
	var windows []*desk
	for i := range 2 {
		j, err := notebooktest.NewJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		w := deskAt(t, path)
		w.book, err = notebook.New(notebook.Options{Store: w.store, Journal: j, Random: rand.Reader, Author: "me", Now: func() time.Time { return w.now }})
		if err != nil {
			t.Fatal(err)
		}
		w.store.Fail(broken)
		r := w.do(id, quote(fmt.Sprint("window ", i)))
		if !errors.Is(r.Journalled, broken) || r.Lines[1].Number != 2 {
			t.Fatalf("window %d: journalled because of %v as %+v", i, r.Journalled, r.Lines)
		}
		windows = append(windows, w)
	}
	for _, w := range windows {
		w.store.Fail(nil)
		if _, err := w.book.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	numbers := func() map[string]interview.Number {
		view, err := here.book.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]interview.Number{}
		for _, l := range view.Lines {
			all[l.Text] = l.Number
		}
		return all
	}
	had := numbers()
	for i := range windows {
		if n := had[fmt.Sprint("window ", i)]; n.Count() != 2 || n.Letters() == "" {
			t.Errorf("window %d: number %s", i, n)
		}
	}
	for i, d := range []*desk{here, windows[0], windows[1], here} {
		text := fmt.Sprint("typed ", i)
		d.do(id, quote(text))
		had[text] = interview.Number(3 + i)
		now := numbers()
		for text, n := range had {
			if now[text] != n {
				t.Errorf("after line %d, %q has number %s, and had %s", i, text, now[text], n)
			}
		}
	}
}
