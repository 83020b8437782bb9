package index

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"slices"

	"hark/internal/interview"
	"hark/internal/search"
	"hark/store/codec"
	"hark/store/index/segment"
)

// waiting is an interview on its way into a segment.
type waiting struct {
	Candidate
	revision interview.Revision // of the text
	text     []byte
}

// Batch is what the next segment is made of.
type Batch struct {
	all     []waiting
	blocks  []segment.Block // once Build has returned
	number  uint32          // of the segment
	instead []uint32        // the segments that it replaces
}

// Build makes the words of the segment, some 0.2 s for each 1,000 interviews. It needs no
// transaction.
func (b *Batch) Build() {
	texts := make([][]byte, len(b.all))
	for i, w := range b.all {
		texts[i] = w.text
	}
	b.blocks = segment.Build(texts)
}

// lists yields the lists of all segments.
func (x *Index) lists() iter.Seq2[*segmentList, error] {
	return func(yield func(*segmentList, error) bool) {
		for rec, err := range x.bucket().Forwards([]byte{keySegment}) {
			var list *segmentList
			if err == nil {
				list, err = x.list(rec)
			}
			if !yield(list, err) {
				return
			}
		}
	}
}

// Gather copies what the next segment is to be made of; nil when too few interviews wait. Segments
// that are no bigger than what waits are joined with it, so that there are few of them.
func (x *Index) Gather(ctx context.Context) (*Batch, error) {
	number, err := x.nextSegment()
	if err != nil {
		return nil, err
	}
	b := &Batch{number: number}
	var lists []*segmentList
	for list, err := range x.lists() { // one that cannot be read is rebuilt even if few wait
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	if few, err := x.fewWait(); err != nil || few {
		return nil, err
	}
	if err := x.gatherFresh(ctx, b); err != nil || len(b.all) < leastSegment {
		return nil, err
	}
	for _, list := range slices.Backward(lists) {
		if err := cmp.Or(ctx.Err(), x.gatherSegment(list, b)); err != nil {
			return nil, err
		}
	}
	for i := range b.all {
		text, err := x.Buckets.Text.Get(b.all[i].ID[:])
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		b.all[i].text = bytes.Clone(search.Folded(text))
	}
	slices.SortFunc(b.all, func(x, y waiting) int { return x.newestFirst(y.Candidate) })
	return b, nil
}

// fewWait reports whether too few interviews wait for a segment.
func (x *Index) fewWait() (bool, error) {
	waiting := 0
	for _, err := range x.bucket().Forwards([]byte{keyFresh}) {
		if err != nil {
			return false, err
		}
		if waiting++; waiting >= leastSegment+hot {
			return false, nil
		}
	}
	return true, nil
}

// freshID reads the key of an interview that is in no segment.
func freshID(key []byte) (interview.ID, error) {
	if len(key) != 1+codec.IDSize {
		return interview.ID{}, codec.BadKey(codec.Index)
	}
	return interview.ID(key[1:]), nil
}

// gatherFresh puts those that were written longest ago into the batch.
func (x *Index) gatherFresh(ctx context.Context, b *Batch) error {
	for rec, err := range x.bucket().Forwards([]byte{keyFresh}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		id, err := freshID(rec.Key)
		if err != nil {
			return err
		}
		if err := x.gather(id, b); err != nil {
			return err
		}
	}
	slices.SortFunc(b.all, func(x, y waiting) int { return cmp.Compare(x.revision, y.revision) })
	b.all = b.all[:min(max(len(b.all)-hot, 0), segment.Most)]
	return nil
}

// gather puts an interview into the batch, unless it is gone.
func (x *Index) gather(id interview.ID, b *Batch) error {
	h, found, err := x.Buckets.Header(id)
	if err == nil && found && !h.Erased {
		b.all = append(b.all, waiting{Candidate: Candidate{id, h.Started}, revision: h.Revision})
	}
	return err
}

// gatherSegment puts the interviews of a segment into the batch if there is capacity for them and
// they are not more than are there already.
func (x *Index) gatherSegment(list *segmentList, b *Batch) error {
	alive, live, err := x.alive(list)
	if err != nil || live > len(b.all) || live+len(b.all) > segment.Most {
		return err
	}
	for n := alive.Next(0); n >= 0; n = alive.Next(n + 1) {
		c, err := list.at(n)
		if err != nil {
			return err
		}
		if err := x.gather(c.ID, b); err != nil {
			return err
		}
	}
	b.instead = append(b.instead, list.number)
	return nil
}

// alive returns the places of a segment that are still true, and their number.
func (x *Index) alive(list *segmentList) (alive segment.Set, count int, err error) {
	dead, err := x.dead(list.number)
	alive.Fill(list.len)
	for _, at := range dead {
		alive.Remove(at)
	}
	return alive, list.len - len(dead), err
}

func (x *Index) nextSegment() (uint32, error) {
	b, err := x.bucket().Get([]byte{keyNext})
	if err != nil || b == nil {
		return 0, err
	}
	n, size := binary.Uvarint(b)
	if size != len(b) || n > 1<<31 {
		return 0, damaged("the number of the next segment cannot be read")
	}
	return uint32(n), nil
}

// Publish puts a segment that was built in its place. It reports false when another process made
// one in the meantime. An interview that was written meanwhile stays as it is.
func (x *Index) Publish(b *Batch) (bool, error) {
	number, err := x.nextSegment()
	if err != nil || number != b.number {
		return false, err
	}
	for _, old := range b.instead {
		if err := x.removeSegment(old); err != nil {
			return false, err
		}
	}
	var dead []byte
	for i, w := range b.all {
		h, found, err := x.Buckets.Header(w.ID)
		if err != nil {
			return false, err
		}
		if !found || h.Revision != w.revision {
			dead = binary.BigEndian.AppendUint16(dead, uint16(i))
			continue
		}
		err = cmp.Or(
			x.bucket().Remove(key(keyFresh, w.ID[:]...)),
			x.bucket().Put(key(keyPlace, w.ID[:]...), place{b.number, uint16(i)}.encode()),
		)
		if err != nil {
			return false, err
		}
	}
	if dead != nil {
		if err := x.bucket().Put(segmentKey(keyDead, b.number), dead); err != nil {
			return false, err
		}
	}
	for _, block := range b.blocks {
		if err := x.bucket().Put(append(segmentKey(keyWords, b.number), block.First...), block.Data); err != nil {
			return false, err
		}
	}
	err = cmp.Or(
		x.putList(b.number, b.all),
		x.bucket().Put([]byte{keyNext}, binary.AppendUvarint(nil, uint64(b.number)+1)),
	)
	return err == nil, err
}

// removeSegment removes a segment, but not the places of its interviews.
func (x *Index) removeSegment(seg uint32) error {
	for _, kind := range []byte{keySegment, keyDead, keyListed, keyWords} {
		if err := x.bucket().Clear(segmentKey(kind, seg)); err != nil {
			return err
		}
	}
	return nil
}
