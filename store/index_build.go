package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"hark/internal/interview"
	"hark/internal/search"
	"hark/store/index/segment"
)

// Index makes one more segment of the search index, when enough interviews wait
// for one, and reports whether it did: then there may be more to do. It takes
// some 0.2 s for each 1,000 interviews, during which writers wait only while the
// texts are copied, and again while the finished segment is put in its place.
func (s *Store) Index(ctx context.Context) (bool, error) {
	var (
		b       *batch
		damaged bool
	)
	err := s.view(ctx, func(t *transaction) (err error) {
		if b, err = t.gather(ctx); inIndex(err) {
			damaged, err = true, nil
		}
		return err
	})
	if err == nil && damaged {
		err = s.update(ctx, (*transaction).resetIndex)
		return err == nil, err
	}
	if err != nil || b == nil {
		return false, err
	}
	texts := make([][]byte, len(b.all))
	for i, w := range b.all {
		texts[i] = w.text
	}
	blocks := segment.Build(texts)
	if err := ctx.Err(); err != nil {
		return false, err
	}
	done := false
	err = s.update(ctx, func(t *transaction) (err error) {
		done, err = t.publish(b, blocks)
		if inIndex(err) {
			done, err = true, t.resetIndex()
		}
		return err
	})
	return done && err == nil, err
}

// indexAll makes the whole index of a file that is to take the notebook's place,
// before it does: nobody waits for it meanwhile, and the file is checked with it.
// It fails only when ctx ends. Without its index a notebook is as good; the next
// who writes to it makes that.
func (s *Store) indexAll(ctx context.Context) error {
	for more := true; more; {
		more, _ = s.Index(ctx)
	}
	return ctx.Err()
}

// waiting is an interview on its way into a segment.
type waiting struct {
	candidate
	revision interview.Revision // of the text
	text     []byte
}

// batch is what the next segment is made of.
type batch struct {
	all     []waiting
	number  uint32   // of the segment
	instead []uint32 // the segments that it takes the place of
}

// gather copies what the next segment is to be made of; nil when too few
// interviews wait. Segments that are no bigger than what waits are joined with
// it, so that there are few of them.
func (t *transaction) gather(ctx context.Context) (*batch, error) {
	number, err := t.nextSegment()
	if err != nil {
		return nil, err
	}
	b := &batch{number: number}
	for rec, err := range t.index.forwards([]byte{indexSegment}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		if _, err := t.list(rec); err != nil {
			return nil, err // one that cannot be read is made anew even if few wait
		}
	}
	if few, err := t.fewWait(); err != nil || few {
		return nil, err
	}
	if err := t.gatherFresh(ctx, b); err != nil || len(b.all) < leastSegment {
		return nil, err
	}
	for rec, err := range t.index.backwards([]byte{indexSegment}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		list, err := t.list(rec)
		if err != nil {
			return nil, err
		}
		if err := t.gatherSegment(list, b); err != nil {
			return nil, err
		}
	}
	for i := range b.all {
		text, err := t.text.get(b.all[i].id[:])
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		b.all[i].text = bytes.Clone(search.Folded(text))
	}
	slices.SortFunc(b.all, func(x, y waiting) int { return x.newestFirst(y.candidate) })
	return b, nil
}

// fewWait reports whether too few interviews wait for a segment.
func (t *transaction) fewWait() (bool, error) {
	waiting := 0
	for _, err := range t.index.forwards([]byte{indexFresh}) {
		if err != nil {
			return false, err
		}
		if waiting++; waiting >= leastSegment+hot {
			return false, nil
		}
	}
	return true, nil
}

// gatherFresh puts those that were written longest ago into the batch.
func (t *transaction) gatherFresh(ctx context.Context, b *batch) error {
	for rec, err := range t.index.forwards([]byte{indexFresh}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		if len(rec.key) != 1+idSize {
			return badKey(bucketIndex)
		}
		id := interview.ID(rec.key[1:])
		h, found, err := t.header(id)
		if err != nil {
			return err
		}
		if found && !h.erased {
			b.all = append(b.all, waiting{candidate: candidate{id, h.started}, revision: h.revision})
		}
	}
	slices.SortFunc(b.all, func(x, y waiting) int { return cmp.Compare(x.revision, y.revision) })
	b.all = b.all[:min(max(len(b.all)-hot, 0), segment.Most)]
	return nil
}

// gatherSegment puts the interviews of a segment into the batch if there is room
// for them and they are not more than are there already.
func (t *transaction) gatherSegment(list *segmentList, b *batch) error {
	dead, err := t.dead(list.number)
	if err != nil {
		return err
	}
	live := list.len - len(dead)
	if live > len(b.all) || live+len(b.all) > segment.Most {
		return nil
	}
	var alive segment.Set
	alive.Fill(list.len)
	for _, at := range dead {
		alive.Remove(at)
	}
	for n := alive.Next(0); n >= 0; n = alive.Next(n + 1) {
		c, err := list.at(n)
		if err != nil {
			return err
		}
		h, found, err := t.header(c.id)
		if err != nil {
			return err
		}
		if found && !h.erased {
			b.all = append(b.all, waiting{candidate: c, revision: h.revision})
		}
	}
	b.instead = append(b.instead, list.number)
	return nil
}

func (t *transaction) nextSegment() (uint32, error) {
	b, err := t.index.get([]byte{indexNext})
	if err != nil || b == nil {
		return 0, err
	}
	n, size := binary.Uvarint(b)
	if size != len(b) || n > 1<<31 {
		return 0, damaged(bucketIndex, "the number of the next segment cannot be read")
	}
	return uint32(n), nil
}

// publish puts a segment in its place. It reports false when another hark made
// one in the meantime. An interview that was written meanwhile stays as it is.
func (t *transaction) publish(b *batch, blocks []segment.Block) (bool, error) {
	number, err := t.nextSegment()
	if err != nil || number != b.number {
		return false, err
	}
	for _, old := range b.instead {
		if err := t.removeSegment(old); err != nil {
			return false, err
		}
	}
	var dead []byte
	for i, w := range b.all {
		h, found, err := t.header(w.id)
		if err != nil {
			return false, err
		}
		if !found || h.revision != w.revision {
			dead = binary.BigEndian.AppendUint16(dead, uint16(i))
			continue
		}
		err = cmp.Or(
			t.index.remove(indexKey(indexFresh, w.id[:]...)),
			t.index.put(indexKey(indexPlace, w.id[:]...), place{b.number, uint16(i)}.encode()),
		)
		if err != nil {
			return false, err
		}
	}
	if dead != nil {
		if err := t.index.put(segmentKey(indexDead, b.number), dead); err != nil {
			return false, err
		}
	}
	for _, block := range blocks {
		if err := t.index.put(append(segmentKey(indexWords, b.number), block.First...), block.Data); err != nil {
			return false, err
		}
	}
	err = cmp.Or(
		t.putList(b.number, b.all),
		t.index.put([]byte{indexNext}, binary.AppendUvarint(nil, uint64(b.number)+1)),
	)
	return err == nil, err
}

// removeSegment removes a segment, but not the places of its interviews.
func (t *transaction) removeSegment(seg uint32) error {
	keys := [][]byte{segmentKey(indexSegment, seg), segmentKey(indexDead, seg)}
	for _, sort := range []byte{indexListed, indexWords} {
		for rec, err := range t.index.forwards(segmentKey(sort, seg)) {
			if err != nil {
				return err
			}
			keys = append(keys, bytes.Clone(rec.key))
		}
	}
	for _, key := range keys {
		if err := t.index.remove(key); err != nil {
			return err
		}
	}
	return nil
}

// resetIndex forgets what the index knows: its words are sorted by the word, not
// by who said it. It is made anew over time. Nothing of it need be readable.
func (t *transaction) resetIndex() error {
	if err := t.tx.DeleteBucket([]byte(bucketIndex)); err != nil {
		return err
	}
	bucket, err := t.tx.CreateBucket([]byte(bucketIndex))
	if err != nil {
		return err
	}
	t.index.bucket, *t.index.total, t.changed, t.lost, t.listed = bucket, tally{}, true, false, false
	t.store.indexed.Store(true)
	for id := (interview.ID{}); ; {
		h, found, err := t.headerFrom(id)
		if err != nil || !found {
			return err
		}
		if !h.erased {
			if err := t.withdraw(h.id, h.started); err != nil {
				return err
			}
		}
		if id, found = following(h.id); !found {
			return nil
		}
	}
}
