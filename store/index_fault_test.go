package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hark/internal/storage"
	"hark/store"
	"hark/store/codec"
	"hark/store/internal/files"
)

// A fault in the index is no damage of the notebook: a search goes on without it, a write rebuilds
// it, and so does a checkup, which says so.
func TestAFaultInTheIndex(t *testing.T) {
	ctx := context.Background()
	base := newCorpus(t, fresh(t))
	base.add(3*128 + hot)
	base.Index()
	base.Change(5, "changed")
	sound := bytesOf(t, base.S.Path())
	const in77 = 77 // an interview that is in the segment
	id := interviewID(in77)
	keys := map[string][]byte{
		"a block of words":        []byte("w\x00\x00\x00\x00common"),
		"the length of a list":    []byte("s\x00\x00\x00\x00"),
		"the list of a segment":   []byte("l\x00\x00\x00\x00\x00\x00"),
		"a later part of a list":  []byte("l\x00\x00\x00\x00\x00\x02"),
		"the places given up":     []byte("d\x00\x00\x00\x00"),
		"a place":                 append([]byte("p"), id[:]...),
		"the number of the next":  []byte("v"),
		"an interview to be read": append([]byte("f"), interviewIDBytes(5)...),
	}
	for name, key := range keys {
		for _, vouched := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, vouched %t", name, vouched), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "hark.db")
				f := &corpus{T: t, Texts: slices.Clone(base.Texts), Numbers: base.Numbers}
				begin := func() {
					t.Helper()
					if err := os.WriteFile(path, sound, 0o600); err != nil {
						t.Fatal(err)
					}
					f.S = withoutSync(open(t, path))
					if err := os.WriteFile(path, spoilt(t, path, sound, key), 0o600); err != nil {
						t.Fatal(err)
					}
					if vouched { // then nobody looks at it before it is used
						vouch(t, path)
					}
				}

				// A process that has it open goes on.
				begin()
				f.Finds("common")
				f.Finds("word77", "every7")
				if err := f.S.Verify(ctx); !errors.Is(err, storage.ErrDamaged) || !codec.InIndex(err) {
					t.Errorf("Verify() = %v, want a fault in the index", err)
				}
				f.Finds("every3")
				f.Change(in77, "changed as well")
				f.Finds("changed")
				f.Index()
				f.CheckAll()

				// A checkup puts it right.
				begin()
				f.Texts = slices.Clone(base.Texts)
				c, err := f.maintainer(path).Check(ctx)
				if err != nil || len(c.Damage)+len(c.Remedies) > 0 || c.Previous != "" || c.Interviews != len(f.Texts) {
					t.Fatalf("%+v, %v", c, err)
				}
				if len(c.Mended) != 1 || !strings.Contains(c.Mended[0], "index") {
					t.Errorf("what was mended: %q", c.Mended)
				}
				f.S = open(t, path)
				f.CheckAll()
				if n, _ := f.Segments(); n != 1 {
					t.Errorf("%d segments, want 1", n)
				}

				// A copy of it is as good as it is.
				begin()
				to := filepath.Join(t.TempDir(), "copy.db")
				if _, err := maintainer(path).Backup(ctx, to, false); err != nil {
					t.Fatal(err)
				}
				if _, err := f.maintainer(path).Restore(ctx, to); err != nil {
					t.Fatal(err)
				}
				f.S = open(t, path)
				f.CheckAll()
				if kept := filesIn(t, path, files.Quarantine); len(kept) > 0 {
					t.Errorf("it was kept as damaged: %q", kept)
				}
			})
		}
	}
}

// interviewIDBytes is interviewID as it stands in a key.
func interviewIDBytes(n int) []byte {
	id := interviewID(n)
	return id[:]
}

// spoilt returns a notebook's file with a byte of a record in its index changed, wherever the
// record lies.
func spoilt(t *testing.T, path string, file, key []byte) []byte {
	t.Helper()
	var stored []byte
	err := open(t, path).View(context.Background(), func(tx *store.Tx) error {
		rec, found, err := tx.Index.First(key)
		if !found {
			t.Fatalf("there is no record %q", key)
		}
		stored = bytes.Join([][]byte{rec.Key, rec.Stored()}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	file = bytes.Clone(file)
	last, spoiled := len(stored)-8-1, 0 // before the checksum
	for at := 0; ; spoiled++ {
		n := bytes.Index(file[at:], stored)
		if n < 0 {
			break
		}
		at += n
		file[at+last] ^= 4
	}
	if spoiled == 0 {
		t.Fatalf("the record %q lies nowhere", key)
	}
	return file
}
