package store

import (
	"cmp"
	"context"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
	"hark/store/index"
)

// Candidates calls yield with the text (storage.Write) of every interview that may hold all of some
// words or beginnings of words, newest first by its start, until yield returns false. The words are
// folded by plain.Fold; without any, every interview may. The text lies in the file itself: it is
// valid during the call and for the goroutine that is called only, and must not be written to.
//
// A text that holds all the words is never left out. One that does not can be among them. The first
// candidates cost no more for all that could follow.
func (s *Store) Candidates(ctx context.Context, words []string, yield func(id interview.ID, text []byte) bool) error {
	return s.View(ctx, func(t *Tx) error {
		for c, err := range t.Search.Candidates(ctx, words) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			text, err := t.Text.Get(c.ID[:])
			if err != nil {
				return err
			}
			if text != nil && !Lend(t, func() bool { return yield(c.ID, text) }) {
				return nil
			}
		}
		return nil
	})
}

// Index makes one more segment of the search index, when enough interviews wait for one, and
// reports whether it did: then there may be more to do. It takes some 0.2 s for each 1,000
// interviews, during which writers wait only while the texts are copied, and again while the
// finished segment is put in its place.
func (s *Store) Index(ctx context.Context) (bool, error) {
	var (
		b       *index.Batch
		damaged bool
	)
	reset := func(t *Tx) error { return t.Search.Reset() }
	err := s.View(ctx, func(t *Tx) (err error) {
		b, err = t.Search.Gather(ctx)
		if damaged = codec.InIndex(err); damaged {
			return nil // no damage of the notebook
		}
		return err
	})
	if err == nil && damaged {
		err = s.Update(ctx, reset)
		return err == nil, err
	}
	if err != nil || b == nil {
		return false, err
	}
	b.Build()
	if err := ctx.Err(); err != nil {
		return false, err
	}
	done := false
	err = s.Update(ctx, func(t *Tx) (err error) {
		done, err = t.Search.Publish(b)
		if codec.InIndex(err) {
			done, err = true, reset(t)
		}
		return err
	})
	return done && err == nil, err
}

// IndexAll makes the whole index of a file that is to take the notebook's place, before it does:
// nobody waits for it meanwhile, and the file is checked with it. It fails only when ctx ends.
// Without its index a notebook is as good; the next write makes it.
func (s *Store) IndexAll(ctx context.Context) error {
	for more, n := true, 0; more && ctx.Err() == nil; n++ {
		storage.At(ctx, "made parts of the search index", n, 0)
		more, _ = s.Index(ctx)
	}
	return ctx.Err()
}
