package store

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"testing"

	"hark/internal/document"
)

// Several who share the pages find what one alone finds, whatever is wrong with
// them: a key out of order where one's part ends and the next one's begins, too.
func TestSharedLookFindsTheSame(t *testing.T) {
	s := fresh(t)
	err := s.update(context.Background(), func(t *transaction) error {
		for n := range 30 {
			doc := document.New(interviewID(n))
			var puts []document.Put
			var items []document.ID
			for i := range 120 {
				puts = append(puts, said(lineID(n, i), "line"))
				items = append(items, puts[i].Item)
			}
			if _, err := t.write(header{id: doc.ID()}, write(n, doc, writer(0), puts...), items); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sound := bytesOf(t, s.Path())
	f, err := os.OpenFile(s.Path(), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	put := func(file []byte, page int) {
		t.Helper()
		if _, err := f.WriteAt(file[page*pageSize:(page+1)*pageSize], int64(page)*pageSize); err != nil {
			t.Fatal(err)
		}
	}
	// look returns what one alone finds, and what several do, in the file with one
	// page of another.
	look := func(file []byte, page int) (alone, shared bool, tasks int) {
		t.Helper()
		put(file, page)
		defer put(sound, page)
		found := func(shared bool) (*sums, error) {
			h := &head{file: f, path: s.Path(), deep: true}
			if !h.meta() {
				t.Fatal("there is no meta page")
			}
			h.seen = allPages(h.pages)
			w := &walk{h: h, sums: newSums()}
			if !shared {
				return w.sums, w.tree(h.root, h.root, true, deepest)
			}
			w.help = &helpers{h: h}
			err := w.tree(h.root, h.root, true, deepest)
			tasks = len(w.help.tasks)
			return w.sums, w.help.finish(w.sums, err)
		}
		a, errA := found(false)
		b, errB := found(true)
		if (errA == nil) != (errB == nil) {
			t.Errorf("one alone says %v, several say %v", errA, errB)
		}
		if errA != nil {
			return false, errB == nil, tasks
		}
		x, y := a.agree(), b.agree()
		if (x == nil) != (y == nil) || x != nil && x.Error() != y.Error() {
			t.Errorf("one alone says %v, several say %v", x, y)
		}
		return x == nil, y == nil, tasks
	}
	if alone, shared, tasks := look(sound, 2); !alone || !shared || tasks < 2 {
		t.Fatalf("%d parts, and it is sound: %t and %t", tasks, alone, shared)
	}
	// The first and the last key of every page, one after the other, are made such
	// that they stand in the wrong order.
	wrong := 0
	for page := 2; page < pagesOf(sound); page++ {
		p := sound[page*pageSize : (page+1)*pageSize]
		all, ok := elements(p, uint16(p[8]))
		if !ok || len(all) == 0 || len(all[0].key) != 2*idSize || page%9 > 0 && p[8] == pageLeaf {
			continue
		}
		for i, to := range map[int]byte{0: 0, len(all) - 1: 0xff} {
			file := bytes.Clone(sound)
			at, _ := elementAt(file[page*pageSize:(page+1)*pageSize], uint16(p[8]), i)
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
		file, page := bytes.Clone(sound), 2+random.IntN(pagesOf(sound)-2)
		for range 1 + random.IntN(3) {
			file[page*pageSize+random.IntN(200)] = byte(random.IntN(256))
		}
		look(file, page)
	}
}
