package repair

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/store"
	"hark/store/check"
)

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
