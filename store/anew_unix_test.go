//go:build unix

package store

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
)

// A file that takes the notebook's place is made so that searches are quick in it
// from the first, and writes as small as they were.
func TestAFileMadeAnewHasItsIndex(t *testing.T) {
	for name, do := range map[string]func(t *testing.T, path string) error{
		"mended": func(t *testing.T, path string) error {
			file := bytesOf(t, path)
			page, at := leafWith(t, file, path, bucketInterviews, "word5 every5")
			file[page*pageSize+at] ^= 1
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := keeper(path).Mend(context.Background(), interview.WaySalvage)
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
			if free, all := freePages(t, f.s.Path()); name != "restored" && free > all/5 {
				t.Errorf("%d of %d pages are free", free, all)
			}
		})
	}
}

// freePages returns how many pages of a notebook are free, and how many there are.
func freePages(t *testing.T, path string) (free, all uint64) {
	t.Helper()
	h := &head{file: opened(t, path), path: path}
	if !h.meta() {
		t.Fatal("there is no meta page")
	}
	p, _, _, err := h.read(h.freelist)
	if err != nil {
		t.Fatal(err)
	}
	return uint64(binary.NativeEndian.Uint16(p[10:])), h.pages
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
