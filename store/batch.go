package store

import (
	"context"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
)

// tightly is how full the pages get that hold whole interviews.
const tightly = 0.9

// CreateMany writes new interviews, each as Create does, in one transaction: all of them, or none
// when it fails or ctx ends before the last is in place. That costs one sync instead of one each.
// What is to be written is held in memory until then, some 50 KB for an interview of an hour, so a
// caller hands over a few hundred at a time.
func (s *Store) CreateMany(ctx context.Context, all []storage.Write) error {
	return s.Update(ctx, func(t *Tx) error {
		// The pages of a whole interview are seldom written to again. Half empty, as bbolt leaves
		// them for what may come between, they take twice the space.
		t.Interviews.FillTightly(tightly)
		t.Log.FillTightly(tightly)
		for _, w := range all {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := t.create(w); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReadMany returns interviews and their revisions as they stand at one moment, each as Read does,
// and what Log returns if history says so. An error is about the first interview that is missing in
// the result. That costs one opening of the file instead of one each. All of them are in memory at
// once, and writers wait until the last is read, so a caller asks for some dozens at a time.
func (s *Store) ReadMany(ctx context.Context, ids []interview.ID, history bool) ([]storage.Copy, error) {
	all := make([]storage.Copy, 0, len(ids))
	err := s.View(ctx, func(t *Tx) error {
		d := codec.NewDecoder(codec.Interviews)
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			doc, h, err := t.loadWith(d, id)
			if err != nil {
				return err
			}
			one := storage.Copy{Document: doc, Revision: h.Revision}
			if history {
				for r, err := range t.history(id) {
					if err != nil {
						return err
					}
					one.Log = append(one.Log, r)
				}
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}
