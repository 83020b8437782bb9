//go:build unix

package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
)

// A file that takes the notebook's place is made so that searches are quick in it from the first,
// the first write to it makes no index, and it is no larger than it needs to be.
func TestARebuiltFileHasItsIndex(t *testing.T) {
	for name, do := range map[string]func(t *testing.T, path string) error{
		"mended": func(t *testing.T, path string) error {
			file := bytesOf(t, path)
			page, at := leafWith(t, file, codec.Interviews, "word5 every5")
			file[page*check.PageSize+at] ^= 1
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := maintainer(path).Mend(context.Background(), storage.WaySalvage)
			return err
		},
		"restored": func(t *testing.T, path string) error {
			backup := filepath.Join(t.TempDir(), "backup.db")
			if _, err := maintainer(path).Backup(context.Background(), backup, false); err != nil {
				return err
			}
			_, err := maintainer(path).Restore(context.Background(), backup)
			return err
		},
		"erased": func(_ *testing.T, path string) error {
			_, err := maintainer(path).Erase(context.Background(), []interview.ID{interviewID(7)}, false)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newCorpus(t, fresh(t))
			f.add(leastSegment + hot + 10)
			before := pagesOf(bytesOf(t, f.S.Path()))
			if err := do(t, f.S.Path()); err != nil {
				t.Fatal(err)
			}
			f.S = open(t, f.S.Path())
			if segments, scanned := f.Segments(); segments != 1 || scanned != hot {
				t.Errorf("%d segments, and %d interviews are scanned, want 1 and %d", segments, scanned, hot)
			}
			if err := f.S.Verify(context.Background()); err != nil {
				t.Error(err)
			}
			if now := pagesOf(bytesOf(t, f.S.Path())); name != "restored" && now > before {
				t.Errorf("it has %d pages, and had %d without an index", now, before)
			}
		})
	}
}

// What goes wrong with the index is no reason not to mend.
func TestAnIndexThatCannotBeMadeIsGoneWithout(t *testing.T) {
	f := newCorpus(t, fresh(t))
	f.add(leastSegment + hot + 10)
	ctx, cancel := context.WithCancel(context.Background())
	s := store.Private(f.S.Path())
	cancel()
	if err := s.IndexAll(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody wanted it to stop, and it says %v", err)
	}
	tamper(t, f.S.Path(), func(tx *bbolt.Tx) error { return tx.Bucket([]byte(codec.Text)).Put([]byte("x"), []byte("damaged")) })
	if err := s.IndexAll(context.Background()); err != nil {
		t.Errorf("error %v", err)
	}
}
