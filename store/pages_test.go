package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"hark/store/check"
	"hark/store/codec"
)

// The offsets of what tests change in a bbolt file, and the kinds of page.
const (
	pageHeader   = 16
	pageElement  = 16
	pageBranch   = 1
	pageLeaf     = 2
	metaAt       = pageHeader // of the first meta page
	metaCommit   = metaAt + 48
	bucketHeader = 16
)

const pageSize = check.PageSize

// pagesOf is the number of pages in a file that its newest meta page knows of; none of a file
// without one.
func pagesOf(file []byte) int { return int(metaOf(file).Pages) }

// meta is what the newest meta page of a file says.
type meta struct {
	Page                  int
	Root, Freelist, Pages uint64
}

// metaOf reads the newest meta page of a file, whose checksums must be right.
func metaOf(file []byte) meta {
	order := binary.NativeEndian
	at := func(n int) []byte { return file[n*pageSize+pageHeader:] }
	n := 0
	if order.Uint64(at(1)[48:]) > order.Uint64(at(0)[48:]) {
		n = 1
	}
	return meta{n, order.Uint64(at(n)[16:]), order.Uint64(at(n)[32:]), order.Uint64(at(n)[40:])}
}

// element is an entry of a page.
type element struct{ Key, Value []byte }

// elements returns the entries of a page: of a branch, the page below as the value.
func elements(page []byte) (all []element) {
	order := binary.NativeEndian
	for i := range int(order.Uint16(page[10:])) {
		at := pageHeader + i*pageElement
		e := page[at:]
		if order.Uint16(page[8:]) == pageBranch {
			from, key := at+int(order.Uint32(e)), int(order.Uint32(e[4:]))
			all = append(all, element{page[from : from+key], e[8:16]})
			continue
		}
		from, key, value := at+int(order.Uint32(e[4:])), int(order.Uint32(e[8:])), int(order.Uint32(e[12:]))
		all = append(all, element{page[from : from+key], page[from+key : from+key+value]})
	}
	return all
}

// page returns a page of a file with those that it runs over to.
func page(file []byte, n uint64) []byte {
	over := uint64(binary.NativeEndian.Uint32(file[n*pageSize+12:]))
	return file[n*pageSize : (n+over+1)*pageSize]
}

// bucketAt returns what the list of buckets, which is one leaf, says of one: first its page.
func bucketAt(t testing.TB, file []byte, bucket string) []byte {
	t.Helper()
	for _, e := range elements(page(file, metaOf(file).Root)) {
		if string(e.Key) == bucket {
			return e.Value
		}
	}
	t.Fatalf("no bucket %s in the list", bucket)
	return nil
}

// tree returns the pages of a bucket that has pages of its own, as it stands.
func tree(t testing.TB, file []byte, bucket string) (pages []uint64) {
	t.Helper()
	pages = []uint64{binary.NativeEndian.Uint64(bucketAt(t, file, bucket))}
	for i := 0; i < len(pages); i++ {
		if p := page(file, pages[i]); binary.NativeEndian.Uint16(p[8:]) == pageBranch {
			for _, e := range elements(p) {
				pages = append(pages, binary.NativeEndian.Uint64(e.Value))
			}
		}
	}
	return pages
}

// leafWith returns the page of a bucket, as it stands, that holds some text, and where on it that
// is.
func leafWith(t testing.TB, file []byte, bucket, text string) (n, at int) {
	t.Helper()
	for _, n := range tree(t, file, bucket) {
		if at := bytes.Index(file[n*pageSize:(n+1)*pageSize], []byte(text)); at >= 0 {
			return int(n), at
		}
	}
	t.Fatalf("no page holds %q", text)
	return 0, 0
}

// tamper changes a notebook behind the store's back, and names its commit as hark would.
func tamper(t testing.TB, path string, do func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		key := []byte(codec.KeyTotals)
		meta := tx.Bucket([]byte(codec.Meta))
		stored := bytes.Clone(meta.Get(key))
		if err := do(tx); err != nil {
			return err
		}
		rec, err := (&codec.Checker{Name: codec.Meta}).Check(key, stored)
		if err != nil || !bytes.Equal(stored, meta.Get(key)) {
			return nil
		}
		totals, err := codec.DecodeTotals(rec.Value)
		if err != nil {
			return nil
		}
		totals.Commit = uint64(tx.ID())
		return meta.Put(key, forged(codec.Meta, key, totals.Encode()))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// forged returns a stored value with a right checksum.
func forged(bucket string, key, value []byte) []byte {
	return (&codec.Checker{Name: bucket}).Record(key, value).Stored()
}

// vouch leaves the clean mark of a notebook, as if a hark had just scanned every page of it.
func vouch(t testing.TB, path string) {
	t.Helper()
	empty := filepath.Join(t.TempDir(), "empty.db")
	db, err := bbolt.Open(empty, 0o600, &bbolt.Options{PageSize: pageSize})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	scanned, err := check.File(t.Context(), opened(t, empty), empty, check.ToRead, check.CleanMark{})
	if err != nil {
		t.Fatal(err)
	}
	scanned.LeaveCommit(opened(t, path), path)
}
