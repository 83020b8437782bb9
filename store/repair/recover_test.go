package repair

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
)

// What was withheld from an item when the page was written that was found, and arrived later, is in
// its history, or the other way round: nothing of it is lost.
func TestRecoverWithheld(t *testing.T) {
	id, item := document.DerivedID("interview", "x"), document.DerivedID("line", "x")
	whole := document.Version{Dot: document.Dot{Incarnation: 1, Counter: 1}, Clock: document.Clock{Wall: 1}, Kind: "line", Body: []byte(`{"number":1,"text":"a thought"}`)}
	held := whole
	held.Withheld, held.Body = true, []byte(`{"number":1}`)
	for name, v := range map[string][2]document.Version{"in the history": {held, whole}, "in the item": {whole, held}, "in both": {whole, whole}, "in neither": {held, held}} {
		stored, logged := v[0], v[1]
		r := &remains{
			items: map[document.ID][]document.Version{item: {stored}},
			log:   []interview.Record{{Change: document.Change{{Item: item, Version: held}}}, {Change: document.Change{{Item: item, Version: logged}}}},
		}
		want := whole
		if name == "in neither" {
			want = held
		}
		doc, _, _ := r.document(id, true)
		if it, _ := doc.Item(item); len(it.Versions) != 1 || !reflect.DeepEqual(it.Versions[0], want) {
			t.Errorf("content %s: %+v", name, it)
		}
	}
	at := address{codec.Interviews, string(codec.ItemKey(id, item))}
	a, b := codec.EncodeItem([]document.Version{whole}), codec.EncodeItem([]document.Version{held})
	if !newer(at, a, b) || newer(at, b, a) {
		t.Error("the page without the content passes for the newer one")
	}
}

// FuzzRecover changes the bytes of a small notebook. Recovering what can be read takes plain reads
// alone: whatever the file holds, they come to an end.
func FuzzRecover(f *testing.F) {
	base := filepath.Join(f.TempDir(), "hark.db")
	s, err := store.Open(base)
	if err != nil {
		f.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: s, Now: time.Now, Random: rand.NewChaCha8([32]byte{1}), Author: "Mia"})
	if err != nil {
		f.Fatal(err)
	}
	for range 2 {
		begun, err := book.Begin(context.Background(), interview.Beginning{Customer: "Harbour Welding"})
		for range 12 {
			if err == nil {
				_, err = book.Apply(context.Background(), begun.ID, interview.Add{Kind: interview.Quote, Text: "One weld in five"}, notebook.Live)
			}
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	sound, err := os.ReadFile(base)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte("x"), uint32(0))
	for page := 2; page < len(sound)/check.PageSize; page++ {
		f.Add(uint32(page*check.PageSize), bytes.Repeat([]byte{0xff}, 32), uint32(0))
		f.Add(uint32(page*check.PageSize+8), []byte{1, 0, 0xff, 0xff, 0xff, 0xff, 0, 0}, uint32(page))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, at uint32, with []byte, short uint32) {
		changed := bytes.Clone(sound)
		copy(changed[int(at)%len(changed):], with)
		changed = changed[:len(changed)-int(short)%len(changed)]
		path := filepath.Join(dir, fmt.Sprintf("%d.db", os.Getpid()))
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		r, err := recoverFile(context.Background(), file, path)
		if err != nil {
			t.Fatal(err)
		}
		for id, found := range r.interviews() {
			found.document(id, false)
		}
	})
}
