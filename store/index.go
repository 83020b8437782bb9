package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"hark/internal/interview"
	"hark/store/index/segment"
)

// The index says which interviews have which words, so that a search need not
// read them all. It is made of segments (package segment) of up to 4,096
// interviews each. A line that is kept costs it nothing but the first time: then
// the interview is taken out of its segment and is scanned until it is in
// another one. All of it can be made anew from the texts.
//
//	f interview ID      the interview is in no segment: scan it; when it started
//	p interview ID      the segment that it is in, and its place there
//	s segment           how many interviews the segment has
//	l segment run       so many of them, newest first: see listRun
//	d segment           the places in it that are no longer true
//	w segment word      a block of words, from that word on
//	v                   the number of the next segment
//
// The kinds c and e belong to the list of each customer's interviews: see
// customers.go.
const (
	indexFresh   = 'f'
	indexPlace   = 'p'
	indexSegment = 's'
	indexListed  = 'l'
	indexDead    = 'd'
	indexWords   = 'w'
	indexNext    = 'v'
)

const (
	// leastSegment is how many interviews must be waiting before a segment is
	// made of them, which takes some 30 ms; scanning so many takes one.
	leastSegment = 128
	// hot is how many of those written last are left to be scanned, for they are
	// likely to be written again.
	hot = 16
	// mostBlocks is how many blocks of one segment are read for one word, some
	// 250 KB. A beginning that more words have would narrow nothing down.
	mostBlocks = 64
)

func indexKey(sort byte, rest ...byte) []byte { return append([]byte{sort}, rest...) }

func segmentKey(sort byte, seg uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{sort}, seg)
}

// place is where an interview is in the index.
type place struct {
	segment uint32
	at      uint16
}

const placeSize = 6

func (p place) encode() []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32(nil, p.segment), p.at)
}

func decodePlace(b []byte) (place, error) {
	if len(b) != placeSize {
		return place{}, damaged(bucketIndex, "a place has the wrong length")
	}
	return place{binary.BigEndian.Uint32(b), binary.BigEndian.Uint16(b[4:])}, nil
}

// unindex takes an interview that is being written out of the index: from now on
// it is scanned. An index that cannot be read is made anew: it is a help, and no
// reason not to write.
func (t *transaction) unindex(id interview.ID, started int64) error {
	err := t.withdraw(id, started)
	if inIndex(err) {
		if err = t.resetIndex(); err == nil {
			err = t.withdraw(id, started)
		}
	}
	return err
}

// withdraw is unindex as long as the index can be read.
func (t *transaction) withdraw(id interview.ID, started int64) error {
	t.unindexed = true
	fresh := indexKey(indexFresh, id[:]...)
	now := binary.AppendVarint([]byte{format}, started)
	if b, err := t.index.get(fresh); err != nil || b != nil {
		return cmp.Or(err, t.index.put(fresh, now))
	}
	b, err := t.index.get(indexKey(indexPlace, id[:]...))
	if err != nil {
		return err
	}
	if b != nil {
		p, err := decodePlace(b)
		if err != nil {
			return err
		}
		if err := cmp.Or(t.bury(p), t.index.remove(indexKey(indexPlace, id[:]...))); err != nil {
			return err
		}
	}
	return t.index.put(fresh, now)
}

// indexWaits reports whether there is work for Index: enough interviews wait, or
// the segments are not what this hark makes of them.
func (t *transaction) indexWaits() bool {
	if t.index == nil {
		return false
	}
	for rec, err := range t.index.forwards([]byte{indexSegment}) {
		if err == nil {
			_, err = t.list(rec)
		}
		if err != nil {
			return true
		}
	}
	few, err := t.fewWait()
	return err != nil || !few
}

// bury marks a place as no longer true.
func (t *transaction) bury(p place) error {
	key := segmentKey(indexDead, p.segment)
	b, err := t.index.get(key)
	if err != nil {
		return err
	}
	return t.index.put(key, binary.BigEndian.AppendUint16(bytes.Clone(b), p.at))
}

// candidate is an interview in which a search may find something.
type candidate struct {
	id      interview.ID
	started int64 // in ms since 1970
}

// newer reports whether a candidate comes before another.
func (c candidate) newer(than candidate) bool { return c.newestFirst(than) < 0 }

// newestFirst compares candidates for sorting, as lists of interviews are sorted.
func (c candidate) newestFirst(o candidate) int {
	return cmp.Or(cmp.Compare(o.started, c.started), bytes.Compare(o.id[:], c.id[:]))
}

// dead returns the places of a segment that are no longer true.
func (t *transaction) dead(seg uint32) ([]int, error) {
	b, err := t.index.get(segmentKey(indexDead, seg))
	if err != nil {
		return nil, err
	}
	if len(b)%2 != 0 {
		return nil, damaged(bucketIndex, "a list of places is cut short")
	}
	var all []int
	for ; len(b) > 0; b = b[2:] {
		at := int(binary.BigEndian.Uint16(b))
		if at >= segment.Most {
			return nil, damaged(bucketIndex, "a place is outside its segment")
		}
		all = append(all, at)
	}
	return all, nil
}

// segmentList is the list of a segment's interviews. It lies in records of
// listRun interviews each, for a search mostly wants the newest few, and a record
// is checked, and comes into memory, as a whole.
type segmentList struct {
	t      *transaction
	number uint32
	len    int
	run    int // the one that was read last, -1 for none
	b      []byte
}

const (
	listRun    = 128
	listedSize = 8 + idSize
)

func listKey(seg uint32, run int) []byte {
	return binary.BigEndian.AppendUint16(segmentKey(indexListed, seg), uint16(run))
}

// list reads how long the list of a segment is, from the record of that.
func (t *transaction) list(rec record) (*segmentList, error) {
	n, size := binary.Uvarint(rec.value)
	if len(rec.key) != 5 || size != len(rec.value) || n > segment.Most {
		return nil, damaged(bucketIndex, "how long a list of interviews is cannot be read")
	}
	return &segmentList{t: t, number: binary.BigEndian.Uint32(rec.key[1:]), len: int(n), run: -1}, nil
}

// at returns an interview of the list.
func (l *segmentList) at(n int) (candidate, error) {
	if n >= l.len {
		return candidate{}, damaged(bucketIndex, "a place is outside its segment")
	}
	if run := n / listRun; run != l.run {
		b, err := l.t.index.get(listKey(l.number, run))
		if err != nil {
			return candidate{}, err
		}
		if len(b) != min(listRun, l.len-run*listRun)*listedSize {
			return candidate{}, damaged(bucketIndex, "a list of interviews cannot be read")
		}
		l.run, l.b = run, b
	}
	b := l.b[n%listRun*listedSize:]
	return candidate{interview.ID(b[8:listedSize]), int64(binary.BigEndian.Uint64(b))}, nil
}

// putList writes the list of a segment.
func (t *transaction) putList(seg uint32, all []waiting) error {
	if err := t.index.put(segmentKey(indexSegment, seg), binary.AppendUvarint(nil, uint64(len(all)))); err != nil {
		return err
	}
	run := 0
	for some := range slices.Chunk(all, listRun) {
		var b []byte
		for _, w := range some {
			b = append(binary.BigEndian.AppendUint64(b, uint64(w.started)), w.id[:]...)
		}
		if err := t.index.put(listKey(seg, run), b); err != nil {
			return err
		}
		run++
	}
	return nil
}
