package store_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// talk writes interviews with so many lines each into a notebook, as hark does, and returns their
// IDs. Every line has a word of its own, word0x1 for line 1 of interview 0. IDs are drawn from a
// seed, another one for each call on a notebook. They are not all that decides which page a record
// is on: bbolt writes buckets in the order of a map, so no test may count on a page by its number.
func talk(t testing.TB, path string, interviews, lines int) []interview.ID {
	t.Helper()
	ctx := context.Background()
	s := open(t, path)
	latest, err := s.Latest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.NewChaCha8([32]byte(fmt.Appendf(nil, "%032d", latest)))
	book, err := notebook.New(notebook.Options{Store: s, Now: time.Now, Random: random, Author: "Mia"})
	if err != nil {
		t.Fatal(err)
	}
	var ids []interview.ID
	for n := range interviews {
		begun, err := book.Begin(ctx, interview.Beginning{Customer: fmt.Sprintf("Harbour Welding %d", n)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, begun.ID)
		for i := range lines {
			if _, err := book.Apply(ctx, begun.ID, interview.Add{Kind: interview.Quote, Text: word(n, i) + strings.Repeat(" and more", 20)}, notebook.Live); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SetDraft(ctx, ids[0], "half a sen"); err != nil {
		t.Fatal(err)
	}
	s.CloseWindow()
	return ids
}

// word is the word of its own that a line of talk has.
func word(n, line int) string { return fmt.Sprintf("word%dx%d", n, line) }

// saidIn returns how many lines of talk are in a notebook, which must be sound.
func saidIn(t testing.TB, path string) int {
	t.Helper()
	s := open(t, path)
	if err := s.Verify(context.Background()); err != nil {
		t.Fatalf("the notebook is not sound: %v", err)
	}
	lines := 0
	for _, d := range mustRead(t, s).Documents {
		for _, it := range d.Items {
			if bytes.Contains(it.Latest().Body, []byte("word")) {
				lines++
			}
		}
	}
	return lines
}

// filesIn lists the files below a sibling folder of a notebook.
func filesIn(t testing.TB, path, name string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), name, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// put writes a file and returns its path.
func put(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// opened opens a file to read until the test ends.
func opened(t testing.TB, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// backUp makes the daily backup of a notebook.
func backUp(t testing.TB, path string) {
	t.Helper()
	if err := open(t, path).BackupDay(context.Background(), time.Now()); err != nil {
		t.Fatal(err)
	}
}
