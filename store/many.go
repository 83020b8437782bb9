package store

import (
	"context"
	"errors"
	"fmt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// tightly is how full the pages get that hold whole interviews.
const tightly = 0.9

// CreateMany writes new interviews, each as Create does, in one transaction:
// all of them, or none when it fails or ctx ends before the last is in place.
// That costs one sync instead of one each. What is to be written is held in
// memory until then, some 50 KB for an interview of an hour, so hand over a few
// hundred at a time.
func (s *Store) CreateMany(ctx context.Context, all []storage.Write) error {
	return s.update(ctx, func(t *transaction) error {
		// The pages of a whole interview are seldom written to again. Half empty, as
		// bbolt leaves them for what may come between, they take twice the room.
		t.interviews.bucket.FillPercent, t.log.bucket.FillPercent = tightly, tightly
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

// ReadMany returns interviews and their revisions as they stand at one moment,
// each as Read does, and what Log returns if history says so. An error is about
// the first interview that is missing in what comes with it. That costs one
// opening of the file instead of one each. All of them are in memory at once, and
// writers wait until the last is read, so ask for some dozens at a time.
func (s *Store) ReadMany(ctx context.Context, ids []interview.ID, history bool) ([]storage.Copy, error) {
	all := make([]storage.Copy, 0, len(ids))
	err := s.view(ctx, func(t *transaction) error {
		d := newDecoder(bucketInterviews)
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			doc, h, err := t.loadWith(d, id)
			if err != nil {
				return err
			}
			one := storage.Copy{Document: doc, Revision: h.revision}
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

// create writes a new interview with all items of its document and all of its
// history, and returns its revision.
func (t *transaction) create(w storage.Write) (interview.Revision, error) {
	if w.Document == nil {
		return 0, errors.New("a new interview needs a document")
	}
	id := w.Document.ID()
	_, found, err := t.header(id)
	if err != nil {
		return 0, err
	}
	if found {
		return 0, fmt.Errorf("there is already an interview %s", id)
	}
	given := map[interview.Revision]interview.Revision{} // here, to what they had elsewhere
	for _, r := range w.Earlier {
		t.totals.revision++
		given[r.Revision] = t.totals.revision
		if r.Of != 0 {
			r.Of = given[r.Of]
		}
		if err := t.log.put(logKey(id, t.totals.revision), encodeRecord(r)); err != nil {
			return 0, err
		}
	}
	if w.Record.Of != 0 {
		w.Record.Of = given[w.Record.Of]
	}
	items := make([]document.ID, 0, w.Document.Len())
	for _, it := range w.Document.Items() {
		items = append(items, it.ID)
	}
	return t.write(header{id: id}, w, items)
}
