package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"iter"

	"hark/internal/interview"
	"hark/internal/plain"
)

// The index also lists the interviews of each customer, so that whatever asks
// for one customer reads no other one's summaries. The list is made when it is
// first needed for a write, and kept up with every write from then on.
//
// The mark of the list is the revision of the last write that kept it up. A hark
// that knows no list leaves the mark behind: the list is then not used, and made
// again when a write needs it.
//
//	c folded name, 0, start, interview ID   the interview is with that customer
//	e                                       the mark
const (
	indexCustomer     = 'c'
	indexCustomerMark = 'e'
)

// customerTail is the length of what follows the name and its zero byte in a key
// of the list: the key of the summary.
const customerTail = 8 + idSize

func customerPrefix(customer string) []byte {
	return append(append([]byte{indexCustomer}, plain.FoldName(customer)...), 0)
}

func customerKey(customer string, started int64, id interview.ID) []byte {
	return append(customerPrefix(customer), summaryKey(started, id)...)
}

// readCustomerMark notes whether the list is as the last write left it.
func (t *transaction) readCustomerMark() {
	b, err := t.index.get([]byte{indexCustomerMark})
	rev, n := binary.Uvarint(b)
	t.listed = !t.lost && err == nil && n > 0 && n == len(b) && interview.Revision(rev) == t.totals.revision
}

// markCustomers renews the mark before a commit.
func (t *transaction) markCustomers() error {
	if !t.listed {
		return nil
	}
	key, now := []byte{indexCustomerMark}, binary.AppendUvarint(nil, uint64(t.totals.revision))
	if was, err := t.index.get(key); err != nil || bytes.Equal(was, now) {
		return err
	}
	return t.index.put(key, now)
}

// listCustomers makes the list anew.
func (t *transaction) listCustomers() error {
	if err := t.index.clear([]byte{indexCustomer}); err != nil {
		return err
	}
	d := newDecoder(bucketSummary)
	for rec, err := range t.summary.forwards(nil) {
		if err != nil {
			return err
		}
		s, err := d.summaryIn(rec.value, onlyHead)
		if err != nil {
			return err
		}
		key := append(customerPrefix(s.Customer), rec.key...)
		if err := t.index.put(key, nil); err != nil {
			return err
		}
	}
	t.listed = true
	return nil
}

func onlyHead(interview.Summary) interview.Detail { return interview.Head }

// putSummary stores the summary of an interview in place of the one it had, and
// keeps up the list of the customer's interviews. It sets when h started.
func (t *transaction) putSummary(h *header, s interview.Summary) error {
	was, started := summaryKey(h.started, h.id), s.StartedAt.UnixMilli()
	if t.listed {
		err := t.listAgain(was, customerKey(s.Customer, started, h.id))
		if inIndex(err) {
			err = t.resetIndex()
		}
		if err != nil {
			return err
		}
	}
	if started != h.started {
		if err := t.summary.remove(was); err != nil { // none there for a new one
			return err
		}
		h.started = started
	}
	return t.summary.put(summaryKey(started, h.id), encodeSummary(s))
}

// listAgain lists an interview under a key in place of the one that its stored
// summary leads to.
func (t *transaction) listAgain(summary, key []byte) error {
	b, err := t.summary.get(summary)
	if err != nil {
		return err
	}
	if b != nil {
		s, err := newDecoder(bucketSummary).summaryIn(b, onlyHead)
		if err != nil {
			return err
		}
		before := append(customerPrefix(s.Customer), summary...)
		if bytes.Equal(before, key) {
			return nil
		}
		if err := t.index.remove(before); err != nil {
			return err
		}
	}
	return t.index.put(key, nil)
}

// OfCustomer calls yield with the summary of every interview with a customer,
// newest first by StartedAt, discarded ones included, until yield returns false.
// Names that plain.FoldName makes the same are of one customer.
func (s *Store) OfCustomer(ctx context.Context, customer string, yield func(interview.Summary) bool) error {
	return s.view(ctx, func(t *transaction) error {
		for sum, err := range t.ofCustomer(customer) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			if !lend(t, func() bool { return yield(sum) }) {
				return nil
			}
		}
		return nil
	})
}

// sameCustomer yields the summaries of all interviews with the customer of one,
// newest first.
func (t *transaction) sameCustomer(h header) iter.Seq2[interview.Summary, error] {
	return func(yield func(interview.Summary, error) bool) {
		b, err := t.summary.get(summaryKey(h.started, h.id))
		if err == nil && b == nil {
			err = damaged(bucketSummary, "the record of interview "+h.id.String()+" is missing")
		}
		var s interview.Summary
		if err == nil {
			s, err = newDecoder(bucketSummary).summaryIn(b, onlyHead)
		}
		if err != nil {
			yield(s, err)
			return
		}
		t.ofCustomer(s.Customer)(yield)
	}
}

// ofCustomer yields the summaries of all interviews with a customer, newest
// first. Without a list that can be read, it goes through those of all customers.
func (t *transaction) ofCustomer(customer string) iter.Seq2[interview.Summary, error] {
	return func(yield func(interview.Summary, error) bool) {
		d := newDecoder(bucketSummary)
		all, err := t.listedOf(customer)
		if inIndex(err) {
			t.seek(d, customer, yield)
			return
		}
		if err != nil {
			yield(interview.Summary{}, err)
			return
		}
		for _, value := range all {
			s, err := d.summary(value)
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// listedOf returns the stored summaries of a customer's interviews, newest first.
// The error is one of the index when there is no list to be had.
func (t *transaction) listedOf(customer string) ([][]byte, error) {
	if !t.listed {
		if !t.tx.Writable() {
			return nil, damaged(bucketIndex, "the customers are not listed")
		}
		if err := t.listCustomers(); err != nil {
			return nil, err
		}
	}
	var all [][]byte
	prefix := customerPrefix(customer)
	for rec, err := range t.index.backwards(prefix) {
		if err != nil {
			return nil, err
		}
		if len(rec.key) != len(prefix)+customerTail {
			continue // of a name with a zero byte in it
		}
		b, err := t.summary.get(rec.key[len(prefix):])
		if err != nil {
			return nil, err
		}
		if b == nil {
			return nil, damaged(bucketIndex, "an interview is listed that is not there")
		}
		all = append(all, b)
	}
	return all, nil
}

// seek looks for a customer in all summaries.
func (t *transaction) seek(d *decoder, customer string, yield func(interview.Summary, error) bool) {
	want := plain.FoldName(customer)
	for rec, err := range t.summary.backwards(nil) {
		var s interview.Summary
		if err == nil {
			s, err = d.summaryIn(rec.value, func(head interview.Summary) interview.Detail {
				if plain.FoldName(head.Customer) == want {
					return interview.Whole
				}
				return interview.Head
			})
		}
		if err == nil && plain.FoldName(s.Customer) != want {
			continue
		}
		if !yield(s, err) || err != nil {
			return
		}
	}
}
