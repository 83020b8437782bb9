package index

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"

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
	return x.of(named{plain.FoldName(customer), true}, whole)
}

// OfCustomers yields the summaries of all interviews with the customers whose folded names begin
// with the given one, newest first; ask says how much of one is read, when its head is known.
// Without a list that can be read, it goes through those of all customers. The lists of a summary
// that is not read whole are valid until the next one.
func (x *Index) OfCustomers(beginning string, ask func(head interview.Summary) interview.Detail) iter.Seq2[interview.Summary, error] {
	return x.of(named{plain.FoldName(beginning), false}, ask)
}

func whole(interview.Summary) interview.Detail { return interview.Whole }

// named is what a customer is called: a folded name, in full or its beginning.
type named struct {
	name string
	full bool
}

func (n named) fits(folded string) bool {
	return folded == n.name || !n.full && strings.HasPrefix(folded, n.name)
}

func (x *Index) of(n named, ask func(head interview.Summary) interview.Detail) iter.Seq2[interview.Summary, error] {
	return func(yield func(interview.Summary, error) bool) {
		all, err := x.listedOf(n)
		if codec.InIndex(err) {
			x.seek(n, ask, yield)
			return
		}
		if err != nil {
			yield(interview.Summary{}, err)
			return
		}
		d := codec.NewDecoder(codec.Summary)
		for _, value := range all {
			s, err := d.SummaryIn(value, ask)
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// listedOf returns the stored summaries of the interviews with the customers of a name, newest
// first. The error is one of the index when there is no list to be had.
func (x *Index) listedOf(n named) ([][]byte, error) {
	if !x.listed {
		return nil, damaged("the customers are not listed")
	}
	prefix := append([]byte{keyCustomer}, n.name...)
	if n.full {
		prefix = append(prefix, 0)
	}
	var keys [][]byte // of the summaries
	for rec, err := range x.bucket().Forwards(prefix) {
		if err != nil {
			return nil, err
		}
		if at := len(rec.Key) - customerTail; at > 1 && n.fits(string(rec.Key[1:at-1])) {
			keys = append(keys, rec.Key[at:])
		} // else it is of a name with a zero byte in it
	}
	slices.SortFunc(keys, func(a, b []byte) int { return bytes.Compare(b, a) })
	all := make([][]byte, len(keys))
	for i, key := range keys {
		b, err := x.Buckets.Summary.Get(key)
		if err != nil {
			return nil, err
		}
		if b == nil {
			return nil, damaged("an interview is listed that is not there")
		}
		all[i] = b
	}
	return all, nil
}

// seek goes through all summaries for those of the customers of a name.
func (x *Index) seek(n named, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary, error) bool) {
	d := codec.NewDecoder(codec.Summary)
	for rec, err := range x.Buckets.Summary.Backwards(nil) {
		var s interview.Summary
		other := false
		if err == nil {
			s, err = d.SummaryIn(rec.Value, func(head interview.Summary) interview.Detail {
				if other = !n.fits(plain.FoldName(head.Customer)); other {
					return interview.Head
				}
				return ask(head)
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
