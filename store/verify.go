package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"hark/internal/interview"
)

// mostFaults is how many things found wrong are told one by one.
const mostFaults = 20

// Verify looks at every page of the notebook, then reads every record and checks
// it against its checksum, the counts, and the records it belongs to. It returns nil when all is well,
// and otherwise an error that wraps storage.ErrDamaged and says what was found,
// a line each; that of the index too, which the next hark to open the notebook makes
// anew. Writers wait while it runs, some 5 ms for 1,000 records.
func (s *Store) Verify(ctx context.Context) error {
	_, err := s.survey(ctx)
	return err
}

// survey is Verify, and tells what there is. It never changes the file.
func (s *Store) survey(ctx context.Context) (census, error) {
	var c census
	err := s.transact(ctx, toDoubt, (*transaction).enter, func(t *transaction) error {
		v := &verifier{ctx: ctx, t: t, headers: map[interview.ID]header{}}
		for _, check := range []func() error{v.metas, v.interviews, v.log, v.summaries, v.texts, v.drafts, v.index} {
			if err := check(); err != nil {
				return err
			}
		}
		c = v.census
		return v.result()
	})
	return c, err
}

// census is what there is in a notebook.
type census struct {
	interviews int       // that were not deleted
	newest     time.Time // when the last thing was written
}

// verifier gathers what is wrong with a notebook.
type verifier struct {
	ctx     context.Context
	t       *transaction
	headers map[interview.ID]header
	census  census
	faults  []error
	more    int // faults beyond mostFaults
}

func (v *verifier) fault(err error) {
	if len(v.faults) == mostFaults {
		v.more++
		return
	}
	v.faults = append(v.faults, err)
}

func (v *verifier) result() error {
	if v.more > 0 {
		v.faults = append(v.faults, fmt.Errorf("and %d more", v.more))
	}
	return errors.Join(v.faults...)
}

// each calls fn with every sound record of a bucket. A fault that it returns is
// noted.
func (v *verifier) each(r *records, fn func(record) error) error {
	var last []byte
	for rec, err := range r.forwards(nil) {
		if stop := v.ctx.Err(); stop != nil {
			return stop
		}
		if err != nil {
			v.fault(err)
			continue
		}
		if last != nil && bytes.Compare(last, rec.key) >= 0 {
			v.fault(damaged(r.name, "the records are out of order"))
		}
		last = rec.key
		// A record can be there and yet not be found.
		if _, found, err := r.look(rec.key); err != nil || !found {
			v.fault(damaged(r.name, "a record cannot be found by its key"))
		}
		if err := fn(rec); err != nil {
			v.fault(err)
		}
	}
	return nil
}

func (v *verifier) metas() error {
	for _, key := range []string{keyNotebook, keyCreated} {
		if value, err := v.t.meta.get([]byte(key)); err == nil && value == nil {
			v.fault(damaged(bucketMeta, fmt.Sprintf("%q is missing", key)))
		}
	}
	return v.each(v.t.meta, func(record) error { return nil })
}

// interviews checks headers and items, and notes the headers for the rest.
func (v *verifier) interviews() error {
	d := newDecoder(bucketInterviews)
	items := map[interview.ID]tally{}
	err := v.each(v.t.interviews, func(rec record) error {
		id, item, err := parseItemKey(rec.key)
		switch {
		case err != nil:
			return err
		case !item.IsZero():
			items[id] = items[id].plus(rec.tally())
			_, err := d.item(rec.value)
			return err
		}
		h, err := d.header(id, rec.value)
		v.headers[id] = h
		return err
	})
	for id, h := range v.headers {
		if items[id] != h.items {
			v.fault(wrongItems(h, items[id]))
		}
		delete(items, id)
	}
	for id := range items {
		v.fault(headless(id))
	}
	return err
}

// log checks the entries of the log: the newest of an interview is the one that
// its header tells of.
func (v *verifier) log() error {
	d := newDecoder(bucketLog)
	newest := map[interview.ID]interview.Revision{}
	err := v.each(v.t.log, func(rec record) error {
		r, err := d.logged(rec)
		if err == nil {
			if r.At.After(v.census.newest) {
				v.census.newest = r.At
			}
			newest[interview.ID(rec.key[:idSize])] = r.Revision
		}
		return err
	})
	for id, h := range v.headers {
		if h.erased {
			if newest[id] != 0 {
				v.fault(damaged(bucketLog, fmt.Sprintf("there is a history of interview %s, which was erased", id)))
			}
			delete(newest, id)
			continue
		}
		if newest[id] != h.revision || h.revision > v.t.totals.revision {
			v.fault(damaged(bucketLog, fmt.Sprintf("the history of interview %s does not end where the interview does", id)))
		}
		delete(newest, id)
	}
	for id := range newest {
		v.fault(damaged(bucketLog, fmt.Sprintf("there is a history of interview %s and no interview", id)))
	}
	return err
}

func (v *verifier) summaries() error {
	d := newDecoder(bucketSummary)
	return v.ofEach(v.t.summary, true, func(rec record) (interview.ID, error) {
		s, err := d.summary(rec.value)
		if err == nil && !s.Discarded {
			v.census.interviews++
		}
		if err == nil && !bytes.Equal(rec.key, summaryKey(v.headers[s.ID].started, s.ID)) {
			err = damaged(bucketSummary, fmt.Sprintf("the summary of interview %s is in the wrong place", s.ID))
		}
		return s.ID, err
	})
}

func (v *verifier) texts() error { return v.ofEach(v.t.text, true, idKey(bucketText)) }

func (v *verifier) drafts() error {
	return v.ofEach(v.t.drafts, false, func(rec record) (interview.ID, error) {
		if _, err := newDecoder(bucketDrafts).drafts(rec.value); err != nil {
			return interview.ID{}, err
		}
		return idKey(bucketDrafts)(rec)
	})
}

// ofEach checks a bucket that has a record for every interview that was not
// erased, or at most one. The given function tells which interview a record
// belongs to.
func (v *verifier) ofEach(r *records, all bool, of func(record) (interview.ID, error)) error {
	seen := map[interview.ID]bool{}
	err := v.each(r, func(rec record) error {
		id, err := of(rec)
		if err != nil {
			return err
		}
		seen[id] = true
		if h, ok := v.headers[id]; !ok || h.erased {
			return damaged(r.name, fmt.Sprintf("there is a record of interview %s and no interview", id))
		}
		return nil
	})
	for id, h := range v.headers {
		if all && !h.erased && !seen[id] {
			v.fault(damaged(r.name, fmt.Sprintf("the record of interview %s is missing", id)))
		}
	}
	return err
}

// idKey reads keys that are the ID of an interview.
func idKey(bucket string) func(record) (interview.ID, error) {
	return func(rec record) (interview.ID, error) {
		if len(rec.key) != idSize {
			return interview.ID{}, badKey(bucket)
		}
		return interview.ID(rec.key), nil
	}
}
