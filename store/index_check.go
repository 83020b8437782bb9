package store

import (
	"fmt"

	"hark/internal/interview"
	"hark/store/segment"
)

// index checks that every interview is either scanned or at one true place in
// one segment. Which words are in a block is a matter of its checksum.
func (v *verifier) index() error {
	var (
		fresh  = map[interview.ID]bool{}
		placed = map[interview.ID]place{}
		lists  = map[uint32]segmentList{}
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
			list, err := decodeSegment(rec)
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
		case indexDead, indexNext:
			return nil
		}
		return badKey(bucketIndex)
	})
	if err != nil {
		return err
	}
	live := 0
	for number, list := range lists {
		dead, err := v.t.dead(number)
		if err != nil {
			v.fault(err)
		}
		live += list.len() - len(dead)
		for _, at := range dead {
			if at >= list.len() {
				continue
			}
			if p, in := placed[list.at(at).id]; in && p == (place{number, uint16(at)}) {
				v.fault(bad(fmt.Sprintf("the place of interview %s is no longer true", list.at(at).id)))
			}
		}
	}
	for id, h := range v.headers {
		p, in := placed[id]
		switch {
		case h.erased:
		case in == fresh[id]:
			v.fault(bad(fmt.Sprintf("interview %s is not in it, or twice", id)))
		case in && (int(p.at) >= lists[p.segment].len() || lists[p.segment].at(int(p.at)).id != id):
			v.fault(bad(fmt.Sprintf("interview %s is not at its place", id)))
		}
	}
	if live != len(placed) {
		v.fault(bad(fmt.Sprintf("there are %d interviews in it where %d have a place", live, len(placed))))
	}
	return nil
}
