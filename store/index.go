package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/store/segment"
)

// The index says which interviews have which words, so that a search need not
// read them all. It is made of segments (package segment) of up to 4,096
// interviews each. A line that is kept costs it nothing but the first time: then
// the interview is taken out of its segment and is scanned until it is in
// another one. All of it can be made anew from the texts.
//
//	f interview ID      the interview is in no segment: scan it; when it started
//	p interview ID      the segment that it is in, and its place there
//	s segment           the segment's interviews, newest first
//	d segment           the places in it that are no longer true
//	w segment word      a block of words, from that word on
//	v                   the number of the next segment
const (
	indexFresh   = 'f'
	indexPlace   = 'p'
	indexSegment = 's'
	indexDead    = 'd'
	indexWords   = 'w'
	indexNext    = 'v'
)

const (
	// leastSegment is how many interviews must be waiting before a segment is
	// made of them; scanning so many takes a millisecond or two.
	leastSegment = 512
	// hot is how many of those written last are left to be scanned, for they are
	// likely to be written again.
	hot = 64
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
	fresh := indexKey(indexFresh, id[:]...)
	now := binary.AppendVarint([]byte{format}, started)
	if b, err := t.index.get(fresh); err != nil || b != nil {
		return firstError(err, t.index.put(fresh, now))
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
		if err := firstError(t.bury(p), t.index.remove(indexKey(indexPlace, id[:]...))); err != nil {
			return err
		}
	}
	return t.index.put(fresh, now)
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

// candidates are some interviews, of which mostly the newest few are wanted: a
// heap, for sorting ten thousand of them takes longer than all else of a search.
type candidates []candidate

// newestFirst yields the candidates in order, and each of them once. Afterwards
// they are in none.
func (all candidates) newestFirst() iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		for i := len(all)/2 - 1; i >= 0; i-- {
			all.sink(i)
		}
		var last candidate
		for first := true; len(all) > 0; first = false {
			c := all[0]
			all[0] = all[len(all)-1]
			all = all[:len(all)-1]
			all.sink(0)
			if !first && c == last {
				continue
			}
			last = c
			if !yield(c) {
				return
			}
		}
	}
}

// sink puts the candidate in place i below all that are newer.
func (all candidates) sink(i int) {
	for {
		newest := i
		for below := 2*i + 1; below <= 2*i+2 && below < len(all); below++ {
			if all[below].newer(all[newest]) {
				newest = below
			}
		}
		if newest == i {
			return
		}
		all[i], all[newest] = all[newest], all[i]
		i = newest
	}
}

// newer reports whether a candidate comes before another.
func (c candidate) newer(than candidate) bool {
	if c.started != than.started {
		return c.started > than.started
	}
	return bytes.Compare(c.id[:], than.id[:]) > 0
}

// Candidates calls yield with the text (interview.Write) of every interview that may hold
// all of some words or beginnings of words, newest first by its start, until
// yield returns false. The words are folded by plain.Fold; without any, every
// interview may. The text lies in the file itself: it is valid during the call
// and for the goroutine that is called only, and must not be written to.
//
// A text that holds all the words is never left out. One that does not can be
// among them.
func (s *Store) Candidates(ctx context.Context, words []string, yield func(id interview.ID, text []byte) bool) error {
	return s.view(ctx, func(t *transaction) error {
		all, err := t.candidates(ctx, indexed(words))
		if errors.Is(err, interview.ErrDamaged) {
			all, err = t.everyone(ctx) // the index is a help, not a need
		}
		if err != nil {
			return err
		}
		for c := range all.newestFirst() {
			text, err := t.text.get(c.id[:])
			if err := firstError(err, ctx.Err()); err != nil {
				return err
			}
			if text != nil && !lend(t, func() bool { return yield(c.id, text) }) {
				return nil
			}
		}
		return nil
	})
}

// indexed returns the words as they stand in the index: a phrase is several.
func indexed(words []string) [][]byte {
	var all [][]byte
	for _, w := range words {
		all = slices.AppendSeq(all, plain.Words([]byte(w)))
	}
	return all
}

// everyone returns all interviews.
func (t *transaction) everyone(ctx context.Context) (candidates, error) {
	var all candidates
	for rec, err := range t.summary.forwards(nil) {
		if err := firstError(err, ctx.Err()); err != nil {
			return nil, err
		}
		started, id, err := parseSummaryKey(rec.key)
		if err != nil {
			return nil, err
		}
		all = append(all, candidate{id, started})
	}
	return all, nil
}

func (t *transaction) candidates(ctx context.Context, words [][]byte) (candidates, error) {
	if len(words) == 0 || t.lost {
		return t.everyone(ctx)
	}
	all, err := t.fresh(ctx, words)
	if err != nil {
		return nil, err
	}
	for rec, err := range t.index.forwards([]byte{indexSegment}) {
		if err := firstError(err, ctx.Err()); err != nil {
			return nil, err
		}
		if all, err = t.inSegment(rec, words, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// fresh scans the interviews that are in no segment.
func (t *transaction) fresh(ctx context.Context, words [][]byte) ([]candidate, error) {
	var all []candidate
	for rec, err := range t.index.forwards([]byte{indexFresh}) {
		if err := firstError(err, ctx.Err()); err != nil {
			return nil, err
		}
		if len(rec.key) != 1+idSize {
			return nil, badKey(bucketIndex)
		}
		id := interview.ID(rec.key[1:])
		text, err := t.text.get(id[:])
		if err != nil {
			return nil, err
		}
		if text == nil || slices.ContainsFunc(words, func(w []byte) bool { return !bytes.Contains(text, w) }) {
			continue
		}
		started, size := binary.Varint(rec.value[min(1, len(rec.value)):])
		if size <= 0 {
			return nil, damaged(bucketIndex, "when an interview started cannot be read")
		}
		all = append(all, candidate{id, started})
	}
	return all, nil
}

// inSegment adds the candidates of a segment, given by its list of interviews.
func (t *transaction) inSegment(rec record, words [][]byte, all []candidate) ([]candidate, error) {
	list, err := decodeSegment(rec)
	if err != nil {
		return nil, err
	}
	var found segment.Set
	found.Fill(list.len())
	for _, w := range words {
		var with segment.Set
		narrow, err := t.with(list.number, w, &with)
		if err != nil {
			return nil, err
		}
		if narrow {
			found.And(&with)
		}
		if found.Empty() {
			return all, nil
		}
	}
	dead, err := t.dead(list.number)
	if err != nil {
		return nil, err
	}
	for _, at := range dead {
		found.Remove(at)
	}
	for n := found.Next(0); n >= 0; n = found.Next(n + 1) {
		all = append(all, list.at(n))
	}
	return all, nil
}

// with puts into found what has a word that begins so. It reports false when so
// many words do that it was not worth reading on.
func (t *transaction) with(seg uint32, word []byte, found *segment.Set) (narrow bool, err error) {
	prefix := segmentKey(indexWords, seg)
	read := 0
	for rec, err := range t.index.beside(prefix, append(bytes.Clone(prefix), segment.Key(word)...)) {
		if err != nil {
			return false, err
		}
		if read++; read > mostBlocks {
			return false, nil
		}
		more, err := segment.Find(rec.value, word, found)
		if err != nil {
			return false, damaged(bucketIndex, "a block of words cannot be read")
		}
		if !more {
			break
		}
	}
	return true, nil
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

// segmentList is the list of a segment's interviews, as it lies in the file.
type segmentList struct {
	number uint32
	b      []byte
}

const listedSize = 8 + idSize

func decodeSegment(rec record) (segmentList, error) {
	if len(rec.key) != 5 || len(rec.value)%listedSize != 0 || len(rec.value) > listedSize*segment.Most {
		return segmentList{}, damaged(bucketIndex, "a list of interviews cannot be read")
	}
	return segmentList{binary.BigEndian.Uint32(rec.key[1:]), rec.value}, nil
}

func (l segmentList) len() int { return len(l.b) / listedSize }

func (l segmentList) at(n int) candidate {
	b := l.b[n*listedSize:]
	return candidate{interview.ID(b[8:listedSize]), int64(binary.BigEndian.Uint64(b))}
}
