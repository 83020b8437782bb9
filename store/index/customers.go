package index

import (
	"bytes"
	"fmt"
	"iter"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/store/codec"
)

// The index also lists the interviews of each customer, so that a question about one customer reads
// no other one's summaries. The list is made by the first write that finds none, and kept up with
// every write from then on.
//
// The mark says that the list is complete; it has no value. (In layout 1 it was the revision of the
// last write, for a hark that knew no list left it behind.)
//
//	c folded name, 0, start, interview ID   the interview is with that customer
//	e                                       the mark
const (
	keyCustomer     = 'c'
	keyCustomerMark = 'e'
)

// customerTail is the length of what follows the name and its zero byte in a key of the list: the
// key of the summary.
const customerTail = 8 + codec.IDSize

// customerKey is the key of an interview in the list, given the key of its summary; without that,
// the beginning of the keys of the customer.
func customerKey(customer string, summary []byte) []byte {
	return append(append(append([]byte{keyCustomer}, plain.FoldName(customer)...), 0), summary...)
}

func onlyHead(interview.Summary) interview.Detail { return interview.Head }

// Begin notes whether there is a list of customers.
func (x *Index) Begin() {
	mark, found, err := x.bucket().Find([]byte{keyCustomerMark})
	x.listed = !x.Lost && err == nil && found && len(mark.Value) == 0
}

// ListCustomers makes the list unless there is one.
func (x *Index) ListCustomers() error {
	if x.listed || x.Lost {
		return nil
	}
	if err := x.bucket().Clear([]byte{keyCustomer}); err != nil {
		return err
	}
	d := codec.NewDecoder(codec.Summary)
	for rec, err := range x.Buckets.Summary.Forwards(nil) {
		if err != nil {
			return err
		}
		s, err := d.SummaryIn(rec.Value, onlyHead)
		if err != nil {
			return err
		}
		if err := x.bucket().Put(customerKey(s.Customer, rec.Key), nil); err != nil {
			return err
		}
	}
	x.listed = true
	return x.bucket().Put([]byte{keyCustomerMark}, nil)
}

// List keeps up the list of customers before a summary is stored in place of the one that the
// header of its interview leads to.
func (x *Index) List(h codec.Header, s interview.Summary) error {
	if !x.listed {
		return nil
	}
	err := x.relist(codec.SummaryKey(h.Started, h.ID), customerKey(s.Customer, codec.SummaryKey(s.StartedAt.UnixMilli(), h.ID)))
	if codec.InIndex(err) {
		return x.Reset()
	}
	return err
}

// relist lists an interview under a key in place of the one that its stored summary leads to.
func (x *Index) relist(summary, key []byte) error {
	b, err := x.Buckets.Summary.Get(summary)
	if err != nil {
		return err
	}
	if b != nil {
		s, err := codec.NewDecoder(codec.Summary).SummaryIn(b, onlyHead)
		if err != nil {
			return err
		}
		before := customerKey(s.Customer, summary)
		if bytes.Equal(before, key) {
			return nil
		}
		if err := x.bucket().Remove(before); err != nil {
			return err
		}
	}
	return x.bucket().Put(key, nil)
}

// SameCustomer yields the summaries of all interviews with the customer of one, newest first.
func (x *Index) SameCustomer(h codec.Header) iter.Seq2[interview.Summary, error] {
	return func(yield func(interview.Summary, error) bool) {
		b, err := x.Buckets.Summary.Get(codec.SummaryKey(h.Started, h.ID))
		if err == nil && b == nil {
			err = codec.Damaged(codec.Summary, fmt.Sprintf("the record of interview %s is missing", h.ID))
		}
		var s interview.Summary
		if err == nil {
			s, err = codec.NewDecoder(codec.Summary).SummaryIn(b, onlyHead)
		}
		if err != nil {
			yield(s, err)
			return
		}
		x.OfCustomer(s.Customer)(yield)
	}
}

// OfCustomer yields the summaries of all interviews with a customer, newest first. Without a list
// that can be read, it goes through those of all customers.
func (x *Index) OfCustomer(customer string) iter.Seq2[interview.Summary, error] {
	return func(yield func(interview.Summary, error) bool) {
		all, err := x.listedOf(customer)
		if codec.InIndex(err) {
			x.seek(customer, yield)
			return
		}
		if err != nil {
			yield(interview.Summary{}, err)
			return
		}
		d := codec.NewDecoder(codec.Summary)
		for _, value := range all {
			s, err := d.Summary(value)
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// listedOf returns the stored summaries of a customer's interviews, newest first. The error is one
// of the index when there is no list to be had.
func (x *Index) listedOf(customer string) ([][]byte, error) {
	if !x.listed {
		return nil, damaged("the customers are not listed")
	}
	var all [][]byte
	prefix := customerKey(customer, nil)
	for rec, err := range x.bucket().Backwards(prefix) {
		if err != nil {
			return nil, err
		}
		if len(rec.Key) != len(prefix)+customerTail {
			continue // of a name with a zero byte in it
		}
		b, err := x.Buckets.Summary.Get(rec.Key[len(prefix):])
		if err != nil {
			return nil, err
		}
		if b == nil {
			return nil, damaged("an interview is listed that is not there")
		}
		all = append(all, b)
	}
	return all, nil
}

// seek goes through all summaries for those of a customer.
func (x *Index) seek(customer string, yield func(interview.Summary, error) bool) {
	want := plain.FoldName(customer)
	d := codec.NewDecoder(codec.Summary)
	for rec, err := range x.Buckets.Summary.Backwards(nil) {
		var s interview.Summary
		other := false
		if err == nil {
			s, err = d.SummaryIn(rec.Value, func(head interview.Summary) interview.Detail {
				if other = plain.FoldName(head.Customer) != want; other {
					return interview.Head
				}
				return interview.Whole
			})
		}
		if err == nil && other {
			continue
		}
		if !yield(s, err) || err != nil {
			return
		}
	}
}

// customer checks that an interview is listed under its customer, given its key in the list. A list
// that is not complete may be out of date.
func (v *verifier) customer(key []byte) error {
	if len(key) < 2+customerTail {
		return codec.BadKey(codec.Index)
	}
	v.customers++
	if !v.listed {
		return nil
	}
	summary := key[len(key)-customerTail:]
	b, err := v.Buckets.Summary.Get(summary)
	if err != nil || b == nil {
		return damaged("it lists an interview under a customer that is not there")
	}
	s, err := codec.NewDecoder(codec.Summary).SummaryIn(b, onlyHead)
	if err == nil && !bytes.Equal(customerKey(s.Customer, summary), key) {
		err = damaged(fmt.Sprintf("it lists interview %s under another customer", s.ID))
	}
	return err
}
