package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hark/internal/storage"
	"hark/store/check"
	"hark/store/codec"
	"os"
	"strings"
	"testing"
)

// Pages that bbolt would follow for ever, or write over, are found without it. A writer finds what
// is wrong with the lists that it uses.
func TestTangledPages(t *testing.T) {
	s := fresh(t)
	for n := range 4 {
		begin(t, s, n, 40)
	}
	sound := bytesOf(t, s.Path())
	meta := metaOf(sound)
	order := binary.NativeEndian
	branch := uint64(0)
	for _, page := range tree(t, sound, codec.Interviews) {
		if order.Uint16(sound[page*check.PageSize+8:]) == pageBranch {
			branch = page
		}
	}
	free := order.Uint16(sound[meta.Freelist*check.PageSize+10:])
	if branch == 0 || free < 2 {
		t.Fatalf("no branch among the pages, or %d free ones", free)
	}
	at := func(file []byte, bucket string) []byte { return bucketAt(t, file, bucket) }
	below := branch*check.PageSize + pageHeader + 8
	tests := map[string]func(file []byte){
		"a page below itself":      func(f []byte) { order.PutUint64(f[below:], branch) },
		"two ways to a page":       func(f []byte) { order.PutUint64(f[below:], order.Uint64(f[below+pageElement:])) },
		"a page beyond the end":    func(f []byte) { order.PutUint64(f[below:], meta.Pages) },
		"a meta page":              func(f []byte) { order.PutUint64(f[below:], 1) },
		"the list of what is free": func(f []byte) { order.PutUint64(f[below:], meta.Freelist) },
		"keys out of order": func(f []byte) {
			order.PutUint32(f[below-8:], order.Uint32(f[below-8+pageElement:])+pageElement)
		},
		"no entries":              func(f []byte) { order.PutUint16(f[branch*check.PageSize+10:], 0) },
		"entries beyond the page": func(f []byte) { order.PutUint16(f[branch*check.PageSize+10:], 0xFFFF) },
		"a key beyond the page":   func(f []byte) { order.PutUint32(f[below-4:], 0xFFFFFFF0) },
		"running over the end":    func(f []byte) { order.PutUint32(f[branch*check.PageSize+12:], 0xFFFFFFF0) },
		"the number of another":   func(f []byte) { f[branch*check.PageSize]++ },
		"neither branch nor leaf": func(f []byte) { f[branch*check.PageSize+8] = 3 },
		"a page in use and free":  func(f []byte) { order.PutUint64(f[meta.Freelist*check.PageSize+pageHeader:], branch) },
		"a page free twice": func(f []byte) {
			copy(f[meta.Freelist*check.PageSize+pageHeader+8:], f[meta.Freelist*check.PageSize+pageHeader:][:8])
		},
		"too many free pages": func(f []byte) { order.PutUint16(f[meta.Freelist*check.PageSize+10:], 0xFFF0) },
		"far too many free pages": func(f []byte) {
			order.PutUint16(f[meta.Freelist*check.PageSize+10:], 0xFFFF)
			order.PutUint64(f[meta.Freelist*check.PageSize+pageHeader:], 1<<61)
		},
		"a long list of free pages": func(f []byte) { f[meta.Freelist*check.PageSize+14] = 1 },
		"no list of free pages":     func(f []byte) { f[meta.Freelist*check.PageSize+8] = pageLeaf },
		"a bucket beyond the end":   func(f []byte) { order.PutUint64(at(f, codec.Interviews), meta.Pages) },
		"a bucket in another":       func(f []byte) { copy(at(f, codec.Interviews), at(f, codec.Text)[:8]) },
		"a bucket that is a list":   func(f []byte) { order.PutUint64(at(f, codec.Interviews), meta.Root) },
		"a bucket that is nowhere":  func(f []byte) { order.PutUint64(at(f, codec.Interviews), 0) },
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			tangled := bytes.Clone(sound)
			do(tangled)
			if bytes.Equal(sound, tangled) {
				t.Fatal("nothing was changed")
			}
			if err := os.WriteFile(s.Path(), tangled, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(context.Background()); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("error = %v, want ErrDamaged", err)
			}
			if _, err := add(s, 1, writer(0), lineID(1, 0), "x"); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("writing: error = %v, want ErrDamaged", err)
			}
			if _, _, err := s.Read(context.Background(), interviewID(1)); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("reading: error = %v, want ErrDamaged", err)
			}
			if strings.Contains(name, "free page") {
				vouch(t, s.Path()) // a writer looks at the list that it uses all the same
				if _, err := add(s, 1, writer(0), lineID(1, 0), "x"); !errors.Is(err, storage.ErrDamaged) {
					t.Errorf("writing, vouched for: error = %v, want ErrDamaged", err)
				}
			}
			if !bytes.Equal(tangled, bytesOf(t, s.Path())) {
				t.Error("the file was changed")
			}
		})
	}
}
