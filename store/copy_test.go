package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
)

// A copy that has the first pages of one moment and all others of an earlier one is either found
// out or shows the later moment: never silently the earlier one.
func TestACopyOfTwoMoments(t *testing.T) {
	ctx := context.Background()
	f := newCorpus(t, fresh(t))
	f.add(3)
	lines := func(s storage.Store) int {
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
		f.Change(1, "said once more")
		files, held = append(files, bytesOf(t, f.S.Path())), append(held, lines(f.S))
	}
	found := 0
	for now := range files {
		for before := range now {
			const first = 2 * check.PageSize
			mixed := slices.Concat(files[now][:first], files[before][first:])
			mixed = append(mixed, make([]byte, max(0, len(files[now])-len(mixed)))...)
			path := filepath.Join(t.TempDir(), "hark.db")
			if err := os.WriteFile(path, mixed, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(path)
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
