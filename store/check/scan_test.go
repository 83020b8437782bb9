package check

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hark/internal/document"
	"hark/store/codec"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// Several who share the pages find what one alone finds, whatever is wrong with them: a key out of
// order where one's part ends and the next one's begins, too.
func TestASharedScanFindsTheSame(t *testing.T) {
	path := notebook(t)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages := int(ReadPages(opened(t, path), path).count)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	put := func(file []byte, page int) {
		t.Helper()
		if _, err := f.WriteAt(file[page*PageSize:(page+1)*PageSize], int64(page)*PageSize); err != nil {
			t.Fatal(err)
		}
	}
	// look returns what one alone finds, and what several do, in the file with one page of another.
	look := func(file []byte, page int) (alone, shared bool, tasks int) {
		t.Helper()
		put(file, page)
		defer put(sound, page)
		scan := func(help *workers) (wrong, err error) {
			p := ReadPages(f, path)
			p.seen = allPages(p.count)
			root := p.metas[p.newest].root
			s := &scanner{f: p, deep: true, found: newFound(), help: help}
			if help != nil {
				help.f = p
			}
			err = s.tree(root, root, true, deepest)
			if help != nil {
				tasks = len(help.tasks)
				err = help.finish(s.found, err)
			}
			if err != nil {
				return nil, err
			}
			return s.found.compare(), nil
		}
		x, errA := scan(nil)
		y, errB := scan(&workers{})
		if (errA == nil) != (errB == nil) {
			t.Errorf("one alone says %v, several say %v", errA, errB)
		}
		if errA != nil {
			return false, errB == nil, tasks
		}
		if (x == nil) != (y == nil) || x != nil && x.Error() != y.Error() {
			t.Errorf("one alone says %v, several say %v", x, y)
		}
		return x == nil, y == nil, tasks
	}
	if alone, shared, tasks := look(sound, 2); !alone || !shared || tasks < 2 {
		t.Fatalf("%d parts, and it is sound: %t and %t", tasks, alone, shared)
	}
	// The first and the last key of every page, one after the other, are made such that they stand
	// in the wrong order.
	wrong := 0
	for page := 2; page < pages; page++ {
		p := sound[page*PageSize : (page+1)*PageSize]
		kind := uint16(p[8])
		all := readable(p, kind)
		if len(all) == 0 || len(all[0].key) != 2*codec.IDSize || page%9 > 0 && kind == pageLeaf {
			continue
		}
		for i, to := range map[int]byte{0: 0, len(all) - 1: 0xff} {
			file := bytes.Clone(sound)
			at, _ := elementAt(file[page*PageSize:(page+1)*PageSize], kind, i)
			for n := range at.key {
				at.key[n] = to
			}
			if alone, _, _ := look(file, page); !alone {
				wrong++
			}
		}
	}
	if wrong < 20 {
		t.Errorf("only %d changes did harm", wrong)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		file, page := bytes.Clone(sound), 2+random.IntN(pages-2)
		for range 1 + random.IntN(3) {
			file[page*PageSize+random.IntN(200)] = byte(random.IntN(256))
		}
		look(file, page)
	}
}

// notebook makes a file with the buckets of a notebook, and 3,600 records in the first of them.
func notebook(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hark.db")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: PageSize})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		var totals codec.Totals
		put := func(bucket string, key, value []byte) codec.Tally {
			b, err := tx.CreateBucketIfNotExists([]byte(bucket))
			rec := (&codec.Checker{Name: bucket}).Record(key, value)
			if err = errors.Join(err, b.Put(key, rec.Stored())); err != nil {
				t.Fatal(err)
			}
			return rec.Tally()
		}
		for i, bucket := range codec.Counted() {
			totals.Tallies[i] = put(bucket, []byte("key"), []byte("value"))
		}
		for n := range 3600 {
			interview, item := document.DerivedID(fmt.Sprint(n%30)), document.DerivedID("item", fmt.Sprint(n))
			key := codec.ItemKey(interview, item)
			totals.Tallies[0] = totals.Tallies[0].Plus(put(codec.Interviews, key, bytes.Repeat([]byte{byte(n)}, 220)))
		}
		put(codec.Meta, []byte(codec.KeySchema), binary.AppendUvarint(nil, codec.SchemaVersion))
		put(codec.Meta, []byte(codec.KeyNotebook), []byte("notebook"))
		put(codec.Meta, []byte(codec.KeyCreated), []byte("created"))
		put(codec.Meta, []byte(codec.KeyTotals), totals.Encode())
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func opened(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}
