package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
)

// mostFaults is how many faults are named one by one.
const mostFaults = 20

// Census is what there is in a notebook.
type Census struct {
	Interviews int       // that were not deleted
	Newest     time.Time // of the last write
}

// Records reads every record of a notebook and checks it against its checksum, the counts, and the
// records that it belongs to. It gathers the faults instead of stopping at the first.
type Records struct {
	Headers map[interview.ID]codec.Header // of all interviews, once Check has returned
	Census  Census

	ctx    context.Context
	b      *codec.Buckets
	totals *codec.Totals
	read   int
	faults []error
	more   int // faults beyond mostFaults
}

// NewRecords begins the check of the buckets of a transaction, which totals tell of.
func NewRecords(ctx context.Context, b *codec.Buckets, totals *codec.Totals) *Records {
	return &Records{Headers: map[interview.ID]codec.Header{}, ctx: ctx, b: b, totals: totals}
}

// Check checks all buckets but the index. The error is that of the context; Result has what was
// found.
func (r *Records) Check() error {
	for _, check := range []func() error{r.meta, r.interviews, r.log, r.summaries, r.texts, r.drafts} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// Fault notes a fault.
func (r *Records) Fault(err error) {
	if len(r.faults) == mostFaults {
		r.more++
		return
	}
	r.faults = append(r.faults, err)
}

// Result returns nil when no fault was found, and else an error that wraps storage.ErrDamaged and
// has a line for each.
func (r *Records) Result() error {
	if r.more > 0 {
		r.faults = append(r.faults, fmt.Errorf("and %d more", r.more))
	}
	return errors.Join(r.faults...)
}

// Each calls fn with every sound record of a bucket, and notes the fault that it returns. The error
// is that of the context.
func (r *Records) Each(b *codec.Bucket, fn func(codec.Record) error) error {
	var last []byte
	for rec, err := range b.Forwards(nil) {
		if stop := r.ctx.Err(); stop != nil {
			return stop
		}
		r.passed()
		if err != nil {
			r.Fault(err)
			continue
		}
		if last != nil && bytes.Compare(last, rec.Key) >= 0 {
			r.Fault(codec.Damaged(b.Name, "the records are out of order"))
		}
		last = rec.Key
		// A record can be there and yet not be found.
		if _, found, err := b.Find(rec.Key); err != nil || !found {
			r.Fault(codec.Damaged(b.Name, "a record cannot be found by its key"))
		}
		if err := fn(rec); err != nil {
			r.Fault(err)
		}
	}
	return nil
}

// passed notes that a record was read, and tells the watch.
func (r *Records) passed() {
	const every = 256
	if r.read++; r.read%every != 0 {
		return
	}
	total := 0
	if r.totals != nil {
		for _, t := range r.totals.Tallies {
			total += int(t.Count)
		}
	}
	storage.At(r.ctx, "checked records", r.read, total)
}

func (r *Records) meta() error {
	for _, key := range []string{codec.KeyNotebook, codec.KeyCreated} {
		if value, err := r.b.Meta.Get([]byte(key)); err == nil && value == nil {
			r.Fault(codec.Damaged(codec.Meta, fmt.Sprintf("%q is missing", key)))
		}
	}
	return r.Each(r.b.Meta, func(codec.Record) error { return nil })
}

// interviews checks headers and items, and notes the headers for the rest.
func (r *Records) interviews() error {
	d := codec.NewDecoder(codec.Interviews)
	items := map[interview.ID]codec.Tally{}
	err := r.Each(r.b.Interviews, func(rec codec.Record) error {
		id, item, err := codec.ParseItemKey(rec.Key)
		switch {
		case err != nil:
			return err
		case !item.IsZero():
			items[id] = items[id].Plus(rec.Tally())
			_, err := d.Item(rec.Value)
			return err
		}
		h, err := d.Header(id, rec.Value)
		r.Headers[id] = h
		return err
	})
	for id, h := range r.Headers {
		if items[id] != h.Items {
			r.Fault(codec.WrongItems(h, items[id]))
		}
		delete(items, id)
	}
	for id := range items {
		r.Fault(codec.Headless(id))
	}
	return err
}

// log checks the entries of the log: the newest of an interview is the one that its header names.
func (r *Records) log() error {
	d := codec.NewDecoder(codec.Log)
	newest := map[interview.ID]interview.Revision{}
	err := r.Each(r.b.Log, func(rec codec.Record) error {
		entry, err := d.LogRecord(rec)
		if err == nil {
			if entry.At.After(r.Census.Newest) {
				r.Census.Newest = entry.At
			}
			newest[interview.ID(rec.Key[:codec.IDSize])] = entry.Revision
		}
		return err
	})
	for id, h := range r.Headers {
		switch {
		case h.Erased && newest[id] != 0:
			r.Fault(codec.Damaged(codec.Log, fmt.Sprintf("there is a history of interview %s, which was erased", id)))
		case !h.Erased && (newest[id] != h.Revision || h.Revision > r.totals.Revision):
			r.Fault(codec.Damaged(codec.Log, fmt.Sprintf("the history of interview %s does not end where the interview does", id)))
		}
		delete(newest, id)
	}
	for id := range newest {
		r.Fault(codec.Damaged(codec.Log, fmt.Sprintf("there is a history of interview %s and no interview", id)))
	}
	return err
}

func (r *Records) summaries() error {
	d := codec.NewDecoder(codec.Summary)
	return r.ofEach(r.b.Summary, true, func(rec codec.Record) (interview.ID, error) {
		s, err := d.Summary(rec.Value)
		if err == nil && !s.Discarded {
			r.Census.Interviews++
		}
		if err == nil && !bytes.Equal(rec.Key, codec.SummaryKey(r.Headers[s.ID].Started, s.ID)) {
			err = codec.Damaged(codec.Summary, fmt.Sprintf("the summary of interview %s is in the wrong place", s.ID))
		}
		return s.ID, err
	})
}

func (r *Records) texts() error { return r.ofEach(r.b.Text, true, idKey(codec.Text)) }

func (r *Records) drafts() error {
	d := codec.NewDecoder(codec.Drafts)
	return r.ofEach(r.b.Drafts, false, func(rec codec.Record) (interview.ID, error) {
		if _, err := d.Drafts(rec.Value); err != nil {
			return interview.ID{}, err
		}
		return idKey(codec.Drafts)(rec)
	})
}

// ofEach checks a bucket that has a record for every interview that was not erased, or at most one.
// of returns the interview that a record belongs to.
func (r *Records) ofEach(b *codec.Bucket, all bool, of func(codec.Record) (interview.ID, error)) error {
	seen := map[interview.ID]bool{}
	err := r.Each(b, func(rec codec.Record) error {
		id, err := of(rec)
		if err != nil {
			return err
		}
		seen[id] = true
		if h, ok := r.Headers[id]; !ok || h.Erased {
			return codec.Damaged(b.Name, fmt.Sprintf("there is a record of interview %s and no interview", id))
		}
		return nil
	})
	for id, h := range r.Headers {
		if all && !h.Erased && !seen[id] {
			r.Fault(codec.Damaged(b.Name, fmt.Sprintf("the record of interview %s is missing", id)))
		}
	}
	return err
}

// idKey reads keys that are the ID of an interview.
func idKey(bucket string) func(codec.Record) (interview.ID, error) {
	return func(rec codec.Record) (interview.ID, error) {
		if len(rec.Key) != codec.IDSize {
			return interview.ID{}, codec.BadKey(bucket)
		}
		return interview.ID(rec.Key), nil
	}
}
