package store

import (
	"cmp"
	"context"
	"strings"

	"hark/internal/document"
	"hark/internal/interview"
)

// Find returns the IDs that begin with prefix in their written form, in any
// case: at most limit of them, in the order of their bytes, and without erased
// interviews. The empty prefix begins all of them.
func (s *Store) Find(ctx context.Context, prefix string, limit int) ([]interview.ID, error) {
	prefix = strings.ToLower(prefix)
	if len(prefix) > document.IDLength {
		return nil, nil
	}
	// The letter a stands for zero bits, so this is the lowest ID that begins so.
	next, err := document.ParseID(prefix + strings.Repeat("a", document.IDLength-len(prefix)))
	if err != nil {
		return nil, nil //nolint:nilerror // what cannot be the beginning of an ID begins none
	}
	var ids []interview.ID
	err = s.view(ctx, func(t *transaction) error {
		for len(ids) < limit {
			h, found, err := t.headerFrom(next)
			if err != nil || !found || !strings.HasPrefix(h.id.String(), prefix) {
				return err
			}
			if !h.erased {
				ids = append(ids, h.id)
			}
			if next, found = following(h.id); !found {
				return nil
			}
		}
		return nil
	})
	return ids, err
}

// Summaries calls yield with the summary of every interview, newest first by
// StartedAt, discarded ones included, until yield returns false.
func (s *Store) Summaries(ctx context.Context, yield func(interview.Summary) bool) error {
	whole := func(interview.Summary) interview.Detail { return interview.Whole }
	return s.SummariesIn(ctx, whole, yield)
}

// SummariesIn is Summaries for those who do not need all of every summary: ask says how much of one, when its head is known.
// The lists of a summary that does not come whole are valid during the call of yield only.
func (s *Store) SummariesIn(ctx context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	asked := func(t *transaction) func(interview.Summary) interview.Detail {
		return func(head interview.Summary) interview.Detail {
			return lend(t, func() interview.Detail { return ask(head) })
		}
	}
	return s.view(ctx, func(t *transaction) error {
		d, ask := newDecoder(bucketSummary), asked(t)
		for rec, err := range t.summary.backwards(nil) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			sum, err := d.summaryIn(rec.value, ask)
			if err != nil {
				return err
			}
			if !lend(t, func() bool { return yield(sum) }) {
				return nil
			}
		}
		return nil
	})
}

// Log returns the records of an interview, newest first. The error wraps
// storage.ErrNotFound when there is no such interview.
func (s *Store) Log(ctx context.Context, id interview.ID) ([]interview.Record, error) {
	var all []interview.Record
	err := s.view(ctx, func(t *transaction) error {
		if _, found, err := t.header(id); err != nil || !found {
			return cmp.Or(err, notFound(id))
		}
		for r, err := range t.history(id) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			all = append(all, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}
