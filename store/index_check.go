package store

import (
	"bytes"
	"fmt"

	"hark/internal/interview"
	"hark/store/index/segment"
)

// index checks that every interview is either scanned or at one true place in
// one segment. Which words are in a block is a matter of its checksum.
func (v *verifier) index() error {
	var (
		fresh  = map[interview.ID]bool{}
		placed = map[interview.ID]place{}
		lists  = map[uint32]*segmentList{}
		listed = 0 // interviews of customers
		bad    = func(what string) error { return damaged(bucketIndex, what) }
	)
	err := v.each(v.t.index, func(rec record) error {
		if len(rec.key) == 0 {
			return badKey(bucketIndex)
		}
		sort, rest := rec.key[0], rec.key[1:]
		switch sort {
		case indexFresh, indexPlace:
			if len(rest) != idSize {
				return badKey(bucketIndex)
			}
			id := interview.ID(rest)
			if h, ok := v.headers[id]; !ok || h.erased {
				return bad(fmt.Sprintf("it knows an interview %s that is not there", id))
			}
			if sort == indexFresh {
				fresh[id] = true
				return nil
			}
			p, err := decodePlace(rec.value)
			placed[id] = p
			return err
		case indexSegment:
			list, err := v.t.list(rec)
			if err == nil {
				lists[list.number] = list
			}
			return err
		case indexWords:
			var any segment.Set
			if _, err := segment.Find(rec.value, nil, &any); err != nil {
				return bad("a block of words cannot be read")
			}
			return nil
		case indexCustomer:
			listed++
			return v.customer(rest)
		case indexDead, indexNext, indexListed, indexCustomerMark:
			return nil
		}
		return badKey(bucketIndex)
	})
	if err != nil {
		return err
	}
	if v.t.listed && uint64(listed) != v.t.summary.total.count {
		v.fault(bad(fmt.Sprintf("it lists %d interviews of customers where there are %d", listed, v.t.summary.total.count)))
	}
	located := map[interview.ID]bool{}
	for _, list := range lists {
		v.segment(list, placed, located)
	}
	for id, h := range v.headers {
		_, in := placed[id]
		switch {
		case h.erased:
		case in == fresh[id]:
			v.fault(bad(fmt.Sprintf("interview %s is not in it, or twice", id)))
		case in != located[id]:
			v.fault(bad(fmt.Sprintf("interview %s is not at its place", id)))
		}
	}
	return nil
}

// customer checks that an interview is listed under its customer, given the key
// without its kind. A list that a hark without lists left behind may be out of date.
func (v *verifier) customer(key []byte) error {
	if len(key) < 1+customerTail {
		return badKey(bucketIndex)
	}
	if !v.t.listed {
		return nil
	}
	summary := key[len(key)-customerTail:]
	b, err := v.t.summary.get(summary)
	if err != nil || b == nil {
		return damaged(bucketIndex, "it lists an interview under a customer that is not there")
	}
	s, err := newDecoder(bucketSummary).summaryIn(b, onlyHead)
	if err == nil && !bytes.Equal(append(customerPrefix(s.Customer), summary...)[1:], key) {
		err = damaged(bucketIndex, fmt.Sprintf("it lists interview %s under another customer", s.ID))
	}
	return err
}

// segment checks that the list of a segment agrees with the places that interviews
// are known to have, and notes whose place it is.
func (v *verifier) segment(list *segmentList, placed map[interview.ID]place, located map[interview.ID]bool) {
	dead, err := v.t.dead(list.number)
	if err != nil {
		v.fault(err)
	}
	var gone segment.Set
	for _, at := range dead {
		gone.Add(at)
	}
	var before candidate
	for n := range list.len {
		c, err := list.at(n)
		if err != nil {
			v.fault(err)
			return
		}
		p, in := placed[c.id]
		here := in && p == (place{list.number, uint16(n)})
		switch {
		case n > 0 && !before.newer(c):
			v.fault(damaged(bucketIndex, "a list of interviews is out of order"))
		case here == gone.Has(n):
			v.fault(damaged(bucketIndex, fmt.Sprintf("the place of interview %s is not true", c.id)))
		case here:
			located[c.id] = true
		}
		before = c
	}
}
