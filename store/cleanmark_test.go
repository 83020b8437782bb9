package store_test

import (
	"context"
	"encoding/binary"
	"hark/store/check"
	"hark/store/codec"
	"hark/store/internal/files"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// A clean mark saves a scan of every page as long as the file is as it was left.
func TestCleanMarks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	talk(t, path, 1, 20)
	look := func() (vouched bool) {
		queue := opened(t, files.QueuePath(path))
		left := check.ReadMark(queue)
		now, err := check.File(context.Background(), opened(t, path), path, check.ToRead, left)
		if err != nil {
			t.Fatal(err)
		}
		return now == left
	}
	if !look() {
		t.Error("a hark that finished well is not trusted")
	}
	tests := map[string]func() error{
		"written to": func() error { return os.WriteFile(path, bytesOf(t, path), 0o600) },
		"lengthened": func() error { return os.Truncate(path, int64(len(bytesOf(t, path))+check.PageSize)) },
		"by another bbolt": func() error {
			tamper(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(codec.Drafts)).SetSequence(7) })
			return nil
		},
		"no mark": func() error { return os.Truncate(files.QueuePath(path), 0) },
		"half a mark": func() error {
			return os.WriteFile(files.QueuePath(path), bytesOf(t, files.QueuePath(path))[:20], 0o600)
		},
		"another day": func() error {
			mark := bytesOf(t, files.QueuePath(path))
			mark[4*8]-- // the day
			sum := fnv.New64a()
			_, _ = sum.Write(mark[:5*8])
			binary.LittleEndian.PutUint64(mark[5*8:], sum.Sum64())
			return os.WriteFile(files.QueuePath(path), mark, 0o600)
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			if err := change(); err != nil {
				t.Fatal(err)
			}
			if look() {
				t.Error("the file is trusted")
			}
			if _, err := open(t, path).Revision(context.Background(), interviewID(0)); err != nil {
				t.Fatal(err)
			}
			if !look() {
				t.Error("after a scan of every page it is not trusted")
			}
		})
	}
}
