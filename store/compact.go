package store

import (
	"cmp"
	"context"
	"os"

	"go.etcd.io/bbolt"

	"hark/store/check"
	"hark/store/internal/files"
)

// Compact writes a private notebook into a new unfinished file that has nothing in it but its
// records.
func (s *Store) Compact(ctx context.Context, in *files.Folder) (unfinished string, err error) {
	unfinished, err = in.Put(func(*os.File) error { return nil })
	if err != nil {
		return "", files.Unwritable(in.Path, "has no room for a new notebook", err)
	}
	path := in.Join(unfinished)
	err = s.View(ctx, func(t *Tx) error {
		to, err := bbolt.Open(path, files.FileMode, &bbolt.Options{PageSize: check.PageSize, NoSync: true}) // until it gets a name
		if err != nil {
			return err
		}
		const most = 16 << 20 // bytes in one of the commits
		return cmp.Or(bbolt.Compact(to, t.db, most), to.Close())
	})
	if err == nil { // the new file numbers its own commits: see sameCommit
		err = Private(path).Update(ctx, func(t *Tx) error {
			t.Changed = true
			return nil
		})
	}
	if err != nil {
		in.Discard(unfinished)
		return "", err
	}
	return unfinished, nil
}
