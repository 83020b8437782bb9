package index

import (
	"fmt"

	"hark/internal/interview"
	"hark/store/codec"
	"hark/store/index/segment"
)

// Findings gathers what a check of the whole notebook finds.
type Findings interface {
	// Each calls fn with every sound record of a bucket, and notes the fault that it returns.
	Each(b *codec.Bucket, fn func(codec.Record) error) error
	// Fault notes a fault.
	Fault(err error)
}

// verifier checks the index.
type verifier struct {
	*Index
	Findings
	headers map[interview.ID]codec.Header
	fresh   map[interview.ID]bool
	placed  map[interview.ID]place // where an interview says that it is
	located map[interview.ID]bool  // whose place says so too
	lists   map[uint32]*segmentList

	customers uint64 // interviews in the list of customers
}

// Verify checks that every interview is either scanned or at one true place in one segment, given
// the headers of all. Which words are in a block is a matter of its checksum.
func (x *Index) Verify(headers map[interview.ID]codec.Header, f Findings) error {
	v := &verifier{
		Index: x, Findings: f, headers: headers,
		fresh: map[interview.ID]bool{}, placed: map[interview.ID]place{}, located: map[interview.ID]bool{},
		lists: map[uint32]*segmentList{},
	}
	if err := f.Each(x.bucket(), v.record); err != nil {
		return err
	}
	if all := x.Buckets.Summary.Total.Count; x.listed && v.customers != all {
		f.Fault(damaged(fmt.Sprintf("it lists %d interviews of customers where there are %d", v.customers, all)))
	}
	for _, list := range v.lists {
		v.segment(list)
	}
	for id, h := range headers {
		_, in := v.placed[id]
		switch {
		case h.Erased:
		case in == v.fresh[id]:
			f.Fault(damaged(fmt.Sprintf("interview %s is not in it, or twice", id)))
		case in != v.located[id]:
			f.Fault(damaged(fmt.Sprintf("interview %s is not at its place", id)))
		}
	}
	return nil
}

// record checks one record, and notes what it says.
func (v *verifier) record(rec codec.Record) error {
	if len(rec.Key) == 0 {
		return codec.BadKey(codec.Index)
	}
	switch kind := rec.Key[0]; kind {
	case keyFresh, keyPlace:
		id, err := freshID(rec.Key)
		if err != nil {
			return err
		}
		if h, ok := v.headers[id]; !ok || h.Erased {
			return damaged(fmt.Sprintf("it knows an interview %s that is not there", id))
		}
		if kind == keyFresh {
			v.fresh[id] = true
			return nil
		}
		v.placed[id], err = decodePlace(rec.Value)
		return err
	case keySegment:
		list, err := v.list(rec)
		if err == nil {
			v.lists[list.number] = list
		}
		return err
	case keyWords:
		var any segment.Set
		if _, err := segment.Find(rec.Value, nil, &any); err != nil {
			return damaged("a block of words cannot be read")
		}
		return nil
	case keyCustomer:
		return v.customer(rec.Key)
	case keyDead, keyNext, keyListed, keyCustomerMark:
		return nil
	}
	return codec.BadKey(codec.Index)
}

// segment checks that the list of a segment agrees with the places that interviews are known to
// have, and notes whose place it is.
func (v *verifier) segment(list *segmentList) {
	alive, _, err := v.alive(list)
	if err != nil {
		v.Fault(err)
	}
	var before Candidate
	for n := range list.len {
		c, err := list.at(n)
		if err != nil {
			v.Fault(err)
			return
		}
		p, in := v.placed[c.ID]
		here := in && p == (place{list.number, uint16(n)})
		switch {
		case n > 0 && !before.newer(c):
			v.Fault(damaged("a list of interviews is out of order"))
		case here != alive.Has(n):
			v.Fault(damaged(fmt.Sprintf("the place of interview %s is not true", c.ID)))
		case here:
			v.located[c.ID] = true
		}
		before = c
	}
}
