//go:build unix

package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
	"hark/internal/storage"
)

// A file that takes the notebook's place is made so that searches are quick in it
// from the first, the first write to it makes no index, and it is no larger than
// it needs to be.
func TestAFileMadeAnewHasItsIndex(t *testing.T) {
	for name, do := range map[string]func(t *testing.T, path string) error{
		"mended": func(t *testing.T, path string) error {
			file := bytesOf(t, path)
			page, at := leafWith(t, file, path, bucketInterviews, "word5 every5")
			file[page*pageSize+at] ^= 1
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := keeper(path).Mend(context.Background(), storage.WaySalvage)
			return err
		},
		"restored": func(t *testing.T, path string) error {
			backup := filepath.Join(t.TempDir(), "backup.db")
			if _, err := keeper(path).Backup(context.Background(), backup, false); err != nil {
				return err
			}
			_, err := keeper(path).Restore(context.Background(), backup)
			return err
		},
		"erased": func(_ *testing.T, path string) error {
			_, err := keeper(path).Erase(context.Background(), []interview.ID{interviewID(7)}, false)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
			f.add(leastSegment + hot + 10)
			before := pagesIn(t, f.s.Path())
			if err := do(t, f.s.Path()); err != nil {
				t.Fatal(err)
			}
			f.s = open(t, f.s.Path())
			if segments, scanned := f.segments(); segments != 1 || scanned != hot {
				t.Errorf("%d segments, and %d interviews are scanned, want 1 and %d", segments, scanned, hot)
			}
			if err := f.s.Verify(context.Background()); err != nil {
				t.Error(err)
			}
			if now := pagesIn(t, f.s.Path()); name != "restored" && now > before {
				t.Errorf("it has %d pages, and had %d without an index", now, before)
			}
		})
	}
}

// pagesIn returns how many pages a notebook has, free ones included.
func pagesIn(t *testing.T, path string) uint64 {
	t.Helper()
	h := &head{file: opened(t, path), path: path}
	if !h.meta() {
		t.Fatal("there is no meta page")
	}
	return h.pages
}

// What goes wrong with the index is no reason not to mend.
func TestAnIndexThatCannotBeMadeIsGoneWithout(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot + 10)
	ctx, cancel := context.WithCancel(context.Background())
	s := &Store{path: f.s.Path(), private: true}
	cancel()
	if err := s.indexAll(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody wanted it to stop, and it says %v", err)
	}
	tamper(t, f.s.Path(), func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketText)).Put([]byte("x"), []byte("damaged")) })
	if err := s.indexAll(context.Background()); err != nil {
		t.Errorf("error %v", err)
	}
}
