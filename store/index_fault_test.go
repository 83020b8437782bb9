package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/internal/files"
)

// A fault in the index is no damage of the notebook: a search goes on without it,
// writing makes it anew, and so does a checkup, which says so.
func TestAFaultInTheIndex(t *testing.T) {
	ctx := context.Background()
	base := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	base.add(3*listRun + hot)
	base.index()
	base.change(5, "changed")
	sound := bytesOf(t, base.s.Path())
	const in77 = 77 // an interview that is in the segment
	id := interviewID(in77)
	keys := map[string][]byte{
		"a block of words":        append(segmentKey(indexWords, 0), "common"...),
		"the length of a list":    segmentKey(indexSegment, 0),
		"the list of a segment":   listKey(0, 0),
		"a later part of a list":  listKey(0, 2),
		"the places given up":     segmentKey(indexDead, 0),
		"a place":                 indexKey(indexPlace, id[:]...),
		"the number of the next":  {indexNext},
		"an interview to be read": indexKey(indexFresh, interviewIDBytes(5)...),
	}
	for name, key := range keys {
		for _, vouched := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, vouched %t", name, vouched), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "hark.db")
				f := &shelf{t: t, texts: slices.Clone(base.texts), numbers: base.numbers}
				begin := func() {
					t.Helper()
					if err := os.WriteFile(path, sound, 0o600); err != nil {
						t.Fatal(err)
					}
					f.s = open(t, path)
					if err := os.WriteFile(path, spoilt(t, f.s, sound, key), 0o600); err != nil {
						t.Fatal(err)
					}
					if vouched { // then nobody looks at it before it is used
						vouch(t, path)
					}
				}

				// Whoever has it open goes on.
				begin()
				f.finds("common")
				f.finds("word77", "every7")
				if err := f.s.Verify(ctx); !errors.Is(err, storage.ErrDamaged) || !inIndex(err) {
					t.Errorf("Verify() = %v, want a fault in the index", err)
				}
				f.finds("every3")
				f.change(in77, "changed as well")
				f.finds("changed")
				f.index()
				f.checkAll()

				// A checkup puts it right.
				begin()
				f.texts = slices.Clone(base.texts)
				c, err := f.maintainer(path).Check(ctx)
				if err != nil || len(c.Damage)+len(c.Remedies) > 0 || c.Previous != "" || c.Interviews != len(f.texts) {
					t.Fatalf("%+v, %v", c, err)
				}
				if len(c.Mended) != 1 || !strings.Contains(c.Mended[0], "index") {
					t.Errorf("what was mended: %q", c.Mended)
				}
				f.s = open(t, path)
				f.checkAll()
				if n, _ := f.segments(); n != 1 {
					t.Errorf("%d segments, want 1", n)
				}

				// A copy of it is as good as it is.
				begin()
				to := filepath.Join(t.TempDir(), "copy.db")
				if _, err := f.s.Backup(ctx, to, false); err != nil {
					t.Fatal(err)
				}
				if _, err := f.maintainer(path).Restore(ctx, to); err != nil {
					t.Fatal(err)
				}
				f.s = open(t, path)
				f.checkAll()
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

// finds asks for words, and misses none that holds them; that others come with
// them is what going without an index means. They come newest first, each once.
func (f *shelf) finds(words ...string) {
	f.t.Helper()
	missing := map[int]bool{}
	for i, text := range f.texts {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(" "+text, " "+w) }) {
			missing[i] = true
		}
	}
	before := len(f.texts)
	err := f.s.Candidates(context.Background(), words, func(id interview.ID, folded []byte) bool {
		i := f.numbers[id]
		if i >= before {
			f.t.Errorf("%q: interview %d came after %d", words, i, before)
		}
		before = i
		if string(folded) == f.texts[i] {
			delete(missing, i)
		}
		return true
	})
	if err != nil || len(missing) > 0 {
		f.t.Errorf("%q: %d are missing, %v", words, len(missing), err)
	}
}

// maintainer returns a maintainer of a notebook that holds the shelf.
func (f *shelf) maintainer(path string) *Maintainer {
	m := NewMaintainer(path, time.Now)
	m.derive = f.derive
	return m
}

// derive makes of an interview on the shelf what was written with it.
func (f *shelf) derive(doc *document.Document) (interview.Summary, []byte) {
	i := f.numbers[doc.ID()]
	return summary(i, doc.Len()), []byte(f.texts[i])
}

// spoilt returns a notebook's file with a byte of a record in its index changed,
// wherever the record lies.
func spoilt(t *testing.T, s *Store, file, key []byte) []byte {
	t.Helper()
	var stored []byte
	err := s.view(context.Background(), func(tx *transaction) error {
		rec, found, err := tx.index.first(key)
		if !found {
			t.Fatalf("there is no record %q", key)
		}
		stored = bytes.Join([][]byte{rec.key, rec.value, binary.BigEndian.AppendUint64(nil, rec.sum)}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	file = bytes.Clone(file)
	last, spoiled := len(stored)-sumSize-1, 0
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
