// Package index says which interviews have which words, so that a search need not read them all. It
// works in the buckets of a transaction and can be rebuilt from them.
package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"hark/internal/interview"
	"hark/store/codec"
	"hark/store/index/segment"
)

// The index is made of segments (package segment) of up to 4,096 interviews each. A line that is
// entered costs it nothing but the first time: then the interview is withdrawn from its segment and
// is scanned until it is in another one.
//
//	f interview ID      the interview is in no segment: scan it; when it started
//	p interview ID      the segment that it is in, and its place there
//	s segment           how many interviews the segment has
//	l segment run       so many of them, newest first: see listRun
//	d segment           the places in it that are no longer true
//	w segment word      a block of words, from that word on
//	v                   the number of the next segment
//
// The kinds c and e belong to the list of each customer's interviews: see customers.go.
const (
	keyFresh   = 'f'
	keyPlace   = 'p'
	keySegment = 's'
	keyListed  = 'l'
	keyDead    = 'd'
	keyWords   = 'w'
	keyNext    = 'v'
)

// formatFresh is the first byte of the value of an interview that is in no segment.
const formatFresh = 1

const (
	// leastSegment is how many interviews must be waiting before a segment is made of them, which
	// takes some 30 ms; scanning so many takes one.
	leastSegment = 128
	// hot is how many of those written last are left to be scanned, for they are likely to be
	// written again.
	hot = 16
	// mostBlocks is how many blocks of one segment are read for one word, some 250 KB. A beginning
	// that more words have would narrow nothing down.
	mostBlocks = 64
)

func key(kind byte, rest ...byte) []byte { return append([]byte{kind}, rest...) }

func segmentKey(kind byte, seg uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{kind}, seg)
}

func damaged(what string) error { return codec.Damaged(codec.Index, what) }

// Index is the index in one transaction.
type Index struct {
	// Buckets are those of the transaction, whose headers and texts the index goes by.
	Buckets *codec.Buckets
	// Lost says that the index is not what was written: searches go without it, and Reset rebuilds
	// it.
	Lost bool
	// Waiting says that an interview was written, and waits for a segment.
	Waiting bool
	// Rebuilt says that Reset was called.
	Rebuilt bool

	listed bool // the list of each customer's interviews is complete
}

func (x *Index) bucket() *codec.Bucket { return x.Buckets.Index }

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
		return place{}, damaged("a place has the wrong length")
	}
	return place{binary.BigEndian.Uint32(b), binary.BigEndian.Uint16(b[4:])}, nil
}

// Withdraw takes an interview that is being written out of its segment: from now on it is scanned.
// An index that cannot be read is rebuilt: it is a help, and no reason not to write.
func (x *Index) Withdraw(id interview.ID, started int64) error {
	err := x.withdraw(id, started)
	if codec.InIndex(err) {
		if err = x.Reset(); err == nil {
			err = x.withdraw(id, started)
		}
	}
	return err
}

// withdraw is Withdraw as long as the index can be read.
func (x *Index) withdraw(id interview.ID, started int64) error {
	x.Waiting = true
	fresh, placed := key(keyFresh, id[:]...), key(keyPlace, id[:]...)
	now := binary.AppendVarint([]byte{formatFresh}, started)
	if b, err := x.bucket().Get(fresh); err != nil || b != nil {
		return cmp.Or(err, x.bucket().Put(fresh, now))
	}
	b, err := x.bucket().Get(placed)
	if err != nil {
		return err
	}
	if b != nil {
		p, err := decodePlace(b)
		if err != nil {
			return err
		}
		if err := cmp.Or(x.markDead(p), x.bucket().Remove(placed)); err != nil {
			return err
		}
	}
	return x.bucket().Put(fresh, now)
}

// Reset forgets what the index knows: its words are sorted by the word, not by who said it. It is
// rebuilt over time, the list of customers by the next write. Nothing of it need be readable.
func (x *Index) Reset() error {
	if err := x.bucket().Empty(); err != nil {
		return err
	}
	x.Lost, x.Rebuilt, x.listed = false, true, false
	for h, err := range x.Buckets.Headers(interview.ID{}) {
		if err == nil && !h.Erased {
			err = x.withdraw(h.ID, h.Started)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Waits reports whether there is work for Gather: enough interviews wait, or the segments are not
// what this hark makes of them.
func (x *Index) Waits() bool {
	if x.bucket() == nil {
		return false
	}
	for _, err := range x.lists() {
		if err != nil {
			return true
		}
	}
	few, err := x.fewWait()
	return err != nil || !few
}

// markDead marks a place as no longer true.
func (x *Index) markDead(p place) error {
	dead := segmentKey(keyDead, p.segment)
	b, err := x.bucket().Get(dead)
	if err != nil {
		return err
	}
	return x.bucket().Put(dead, binary.BigEndian.AppendUint16(bytes.Clone(b), p.at))
}

// Candidate is an interview in which a search may find something.
type Candidate struct {
	ID      interview.ID
	Started int64 // in ms since 1970
}

// newer reports whether a candidate comes before another.
func (c Candidate) newer(than Candidate) bool { return c.newestFirst(than) < 0 }

// newestFirst compares candidates for sorting, as lists of interviews are sorted.
func (c Candidate) newestFirst(o Candidate) int {
	return cmp.Or(cmp.Compare(o.Started, c.Started), bytes.Compare(o.ID[:], c.ID[:]))
}

// dead returns the places of a segment that are no longer true.
func (x *Index) dead(seg uint32) ([]int, error) {
	b, err := x.bucket().Get(segmentKey(keyDead, seg))
	if err != nil {
		return nil, err
	}
	if len(b)%2 != 0 {
		return nil, damaged("a list of places is cut short")
	}
	var all []int
	for ; len(b) > 0; b = b[2:] {
		at := int(binary.BigEndian.Uint16(b))
		if at >= segment.Most {
			return nil, damaged("a place is outside its segment")
		}
		all = append(all, at)
	}
	return all, nil
}

// segmentList is the list of a segment's interviews. It lies in records of listRun interviews each,
// for a search mostly wants the newest few, and a record is checked, and comes into memory, as a
// whole.
type segmentList struct {
	x      *Index
	number uint32
	len    int
	run    int // the one that was read last, -1 for none
	b      []byte
}

const (
	listRun    = 128
	listedSize = 8 + codec.IDSize
)

func listKey(seg uint32, run int) []byte {
	return binary.BigEndian.AppendUint16(segmentKey(keyListed, seg), uint16(run))
}

// list reads the length of the list of a segment, from the record of that.
func (x *Index) list(rec codec.Record) (*segmentList, error) {
	n, size := binary.Uvarint(rec.Value)
	if len(rec.Key) != 5 || size != len(rec.Value) || n > segment.Most {
		return nil, damaged("how long a list of interviews is cannot be read")
	}
	return &segmentList{x: x, number: binary.BigEndian.Uint32(rec.Key[1:]), len: int(n), run: -1}, nil
}

// at returns an interview of the list.
func (l *segmentList) at(n int) (Candidate, error) {
	if n >= l.len {
		return Candidate{}, damaged("a place is outside its segment")
	}
	if run := n / listRun; run != l.run {
		b, err := l.x.bucket().Get(listKey(l.number, run))
		if err != nil {
			return Candidate{}, err
		}
		if len(b) != min(listRun, l.len-run*listRun)*listedSize {
			return Candidate{}, damaged("a list of interviews cannot be read")
		}
		l.run, l.b = run, b
	}
	b := l.b[n%listRun*listedSize:]
	return Candidate{interview.ID(b[8:listedSize]), int64(binary.BigEndian.Uint64(b))}, nil
}

// putList writes the list of a segment.
func (x *Index) putList(seg uint32, all []waiting) error {
	if err := x.bucket().Put(segmentKey(keySegment, seg), binary.AppendUvarint(nil, uint64(len(all)))); err != nil {
		return err
	}
	run := 0
	for some := range slices.Chunk(all, listRun) {
		var b []byte
		for _, w := range some {
			b = append(binary.BigEndian.AppendUint64(b, uint64(w.Started)), w.ID[:]...)
		}
		if err := x.bucket().Put(listKey(seg, run), b); err != nil {
			return err
		}
		run++
	}
	return nil
}
