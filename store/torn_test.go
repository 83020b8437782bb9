package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hark/internal/interview"
	"hark/internal/storage"
)

// A copy that has the first pages of one moment and all others of an earlier one
// is either found out or shows the later moment: never silently the earlier one.
func TestTornCopy(t *testing.T) {
	ctx := context.Background()
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(3)
	lines := func(s *Store) int {
		doc, _, err := s.Read(ctx, interviewID(1))
		if errors.Is(err, storage.ErrDamaged) {
			return -1
		}
		if err != nil {
			t.Fatal(err)
		}
		return doc.Len()
	}
	var files [][]byte
	var held []int
	for range 12 {
		f.change(1, "said once more")
		files, held = append(files, bytesOf(t, f.s.Path())), append(held, lines(f.s))
	}
	found := 0
	for now := range files {
		for before := range now {
			const first = 2 * pageSize
			torn := slices.Concat(files[now][:first], files[before][first:])
			torn = append(torn, make([]byte, max(0, len(files[now])-len(torn)))...)
			path := filepath.Join(t.TempDir(), "hark.db")
			if err := os.WriteFile(path, torn, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Open(path)
			if errors.Is(err, storage.ErrDamaged) {
				found++
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			switch n := lines(s); n {
			case -1:
				found++
			case held[now]:
			default:
				t.Errorf("the pages of moment %d with the first two of %d: it has %d lines where there were %d, and nothing was said", before, now, n, held[now])
			}
		}
	}
	if found == 0 {
		t.Error("no copy was found out")
	}
}
