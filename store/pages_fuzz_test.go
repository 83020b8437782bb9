package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hark/internal/storage"
	"hark/store/check"
	"os"
	"path/filepath"
	"testing"
)

// FuzzCheck changes the bytes of a small notebook. Looking at its pages, and reading what can be
// read of a damaged file, are plain reads: whatever the file holds, they come to an end.
func FuzzCheck(f *testing.F) {
	base := filepath.Join(f.TempDir(), "hark.db")
	talk(f, base, 2, 12)
	sound := bytesOf(f, base)
	sound = sound[:pagesOf(sound)*check.PageSize]
	f.Add(uint32(0), []byte("x"), uint32(0))
	f.Add(uint32(check.PageSize+metaAt), []byte("\xff\xff\xff\xff\xff\xff\xff\xff"), uint32(0))
	for page := 2; page < pagesOf(sound); page++ {
		f.Add(uint32(page*check.PageSize), bytes.Repeat([]byte{0xff}, 32), uint32(0))
		f.Add(uint32(page*check.PageSize+8), []byte{pageBranch, 0, 0xff, 0xff, 0xff, 0xff, 0, 0}, uint32(page))
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
		if _, err := check.File(t.Context(), file, path, check.ToDoubt, check.CleanMark{}); err != nil && !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("error %v is of the wrong sort", err)
		}
		for e, err := range check.ReadPages(file, path).Entries(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			_ = len(e.Key) + len(e.Stored)
		}
	})
}
