package storetest

import (
	"errors"
	"iter"

	"go.etcd.io/bbolt"

	"hark/store/check"
)

// Database makes a bbolt database that is not a notebook, with such buckets, each with the same
// records.
func Database(path string, buckets []string, records iter.Seq2[[]byte, []byte]) error {
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{PageSize: check.PageSize, NoSync: true})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			b, err := tx.CreateBucket([]byte(name))
			if err != nil {
				return err
			}
			for key, value := range records {
				if err := b.Put(key, value); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return errors.Join(err, db.Close())
}
