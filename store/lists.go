package store

import (
	"cmp"
	"context"
	"iter"
	"strings"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/store/codec"
)

// Find returns the IDs that begin with prefix in their written form, in any case: at most limit of
// them, in the order of their bytes, and without erased interviews. The empty prefix begins all of
// them.
func (s *Store) Find(ctx context.Context, prefix string, limit int) ([]interview.ID, error) {
	prefix = strings.ToLower(prefix)
	if len(prefix) > document.IDLength {
		return nil, nil
	}
	// The letter a stands for zero bits, so this is the lowest ID that begins so.
	first, err := document.ParseID(prefix + strings.Repeat("a", document.IDLength-len(prefix)))
	if err != nil {
		return nil, nil //nolint:nilerror // what cannot be the beginning of an ID begins none
	}
	var ids []interview.ID
	err = s.View(ctx, func(t *Tx) error {
		for h, err := range t.Headers(first) {
			if err != nil || len(ids) == limit || !strings.HasPrefix(h.ID.String(), prefix) {
				return err
			}
			if !h.Erased {
				ids = append(ids, h.ID)
			}
		}
		return nil
	})
	return ids, err
}

// Erased returns the IDs of the interviews that were erased, in the order of their bytes.
func (s *Store) Erased(ctx context.Context) ([]interview.ID, error) {
	var ids []interview.ID
	err := s.View(ctx, func(t *Tx) error {
		for h, err := range t.Headers(interview.ID{}) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			if h.Erased {
				ids = append(ids, h.ID)
			}
		}
		return nil
	})
	return ids, err
}

// Summaries calls yield with the summary of every interview, newest first by StartedAt, discarded
// ones included, until yield returns false.
func (s *Store) Summaries(ctx context.Context, yield func(interview.Summary) bool) error {
	whole := func(interview.Summary) interview.Detail { return interview.Whole }
	return s.SummariesIn(ctx, whole, yield)
}

// SummariesIn is Summaries for a caller that does not need all of every summary: ask says how much
// of one, when its head is known. The lists of a summary that is not read whole are valid during
// the call of yield only.
func (s *Store) SummariesIn(ctx context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	return s.each(ctx, yield, func(t *Tx) iter.Seq2[interview.Summary, error] { return t.summaries(lentAsk(t, ask)) })
}

// OfCustomer calls yield with the summary of every interview with a customer, newest first by
// StartedAt, discarded ones included, until yield returns false. Names that plain.FoldName makes
// the same are of one customer.
func (s *Store) OfCustomer(ctx context.Context, customer string, yield func(interview.Summary) bool) error {
	return s.each(ctx, yield, func(t *Tx) iter.Seq2[interview.Summary, error] { return t.Search.OfCustomer(customer) })
}

// OfCustomers is SummariesIn for the interviews with the customers whose names begin with the given
// one, as plain.FoldName makes both.
func (s *Store) OfCustomers(ctx context.Context, beginning string, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	return s.each(ctx, yield, func(t *Tx) iter.Seq2[interview.Summary, error] {
		return t.Search.OfCustomers(beginning, lentAsk(t, ask))
	})
}

// each calls yield with the summaries that a transaction reads, until yield returns false.
func (s *Store) each(ctx context.Context, yield func(interview.Summary) bool, read func(*Tx) iter.Seq2[interview.Summary, error]) error {
	return s.View(ctx, func(t *Tx) error {
		for sum, err := range read(t) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			if !Lend(t, func() bool { return yield(sum) }) {
				return nil
			}
		}
		return nil
	})
}

// lentAsk is the caller's ask in a transaction.
func lentAsk(t *Tx, ask func(head interview.Summary) interview.Detail) func(interview.Summary) interview.Detail {
	return func(head interview.Summary) interview.Detail {
		return Lend(t, func() interview.Detail { return ask(head) })
	}
}

// summaries yields the summaries of all interviews, newest first.
func (t *Tx) summaries(ask func(head interview.Summary) interview.Detail) iter.Seq2[interview.Summary, error] {
	return func(yield func(interview.Summary, error) bool) {
		d := codec.NewDecoder(codec.Summary)
		for rec, err := range t.Summary.Backwards(nil) {
			var sum interview.Summary
			if err == nil {
				sum, err = d.SummaryIn(rec.Value, ask)
			}
			if !yield(sum, err) || err != nil {
				return
			}
		}
	}
}

// Log returns the records of an interview, newest first. The error wraps storage.ErrNotFound when
// there is no such interview.
func (s *Store) Log(ctx context.Context, id interview.ID) ([]interview.Record, error) {
	var all []interview.Record
	err := s.View(ctx, func(t *Tx) error {
		if _, err := t.existing(id); err != nil {
			return err
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

// existing returns the header of an interview, or an error that wraps storage.ErrNotFound.
func (t *Tx) existing(id interview.ID) (codec.Header, error) {
	h, found, err := t.Header(id)
	if err == nil && !found {
		err = NotFound(id)
	}
	return h, err
}
