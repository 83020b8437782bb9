package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
	"hark/store/index/segment"
)

// Candidates calls yield with the text (storage.Write) of every interview that may hold
// all of some words or beginnings of words, newest first by its start, until
// yield returns false. The words are folded by plain.Fold; without any, every
// interview may. The text lies in the file itself: it is valid during the call
// and for the goroutine that is called only, and must not be written to.
//
// A text that holds all the words is never left out. One that does not can be
// among them. What comes first costs no more for all that could follow.
func (s *Store) Candidates(ctx context.Context, words []string, yield func(id interview.ID, text []byte) bool) error {
	return s.view(ctx, func(t *transaction) error {
		for c, err := range t.candidates(ctx, indexed(words)) {
			if err := cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			text, err := t.text.get(c.id[:])
			if err != nil {
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

// candidates yields the candidates, newest first and each once. Where the index
// fails, everyone is one from there on: it is a help, not a need.
func (t *transaction) candidates(ctx context.Context, words [][]byte) iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		var last candidate
		any := false
		if len(words) > 0 && !t.lost {
			failed := false
			for c, err := range t.byIndex(ctx, words) {
				if failed = errors.Is(err, storage.ErrDamaged); failed {
					break
				}
				if any && c == last && err == nil {
					continue
				}
				last, any = c, true
				if !yield(c, err) {
					return
				}
			}
			if !failed {
				return
			}
		}
		for c, err := range t.everyone() {
			if any && !last.newer(c) && err == nil {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// everyone yields all interviews, newest first.
func (t *transaction) everyone() iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		for rec, err := range t.summary.backwards(nil) {
			if err != nil {
				yield(candidate{}, err)
				return
			}
			started, id, err := parseSummaryKey(rec.key)
			if !yield(candidate{id, started}, err) || err != nil {
				return
			}
		}
	}
}

// found is where candidates come from: a segment, or what is in none.
type found struct {
	next candidate
	more func() (next candidate, ok bool, err error) // newest first
}

// byIndex yields what the index offers, newest first. What is in several places
// comes several times in a row.
func (t *transaction) byIndex(ctx context.Context, words [][]byte) iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		all, err := t.places(ctx, words)
		for err == nil && len(all) > 0 {
			newest := 0
			for i := range all {
				if all[i].next.newer(all[newest].next) {
					newest = i
				}
			}
			f := &all[newest]
			now, ok := f.next, false
			if f.next, ok, err = f.more(); err != nil {
				break
			}
			if !ok {
				all = slices.Delete(all, newest, newest+1)
			}
			if !yield(now, nil) {
				return
			}
		}
		if err != nil {
			yield(candidate{}, err)
		}
	}
}

// places returns every place that has candidates, at its first one.
func (t *transaction) places(ctx context.Context, words [][]byte) ([]found, error) {
	fresh, err := t.fresh(ctx, words)
	if err != nil {
		return nil, err
	}
	sources := []func() (candidate, bool, error){func() (c candidate, ok bool, err error) {
		if len(fresh) > 0 {
			c, fresh, ok = fresh[0], fresh[1:], true
		}
		return c, ok, nil
	}}
	for rec, err := range t.index.forwards([]byte{indexSegment}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		in, err := t.inSegment(rec, words)
		if err != nil {
			return nil, err
		}
		sources = append(sources, in)
	}
	var all []found
	for _, more := range sources {
		next, ok, err := more()
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, found{next, more})
		}
	}
	return all, nil
}

// fresh scans the interviews that are in no segment. The newest comes first.
func (t *transaction) fresh(ctx context.Context, words [][]byte) ([]candidate, error) {
	var all []candidate
	for rec, err := range t.index.forwards([]byte{indexFresh}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
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
	slices.SortFunc(all, candidate.newestFirst)
	return all, nil
}

// inSegment returns the candidates of a segment, one after the other, given by
// the record of how long its list is.
func (t *transaction) inSegment(rec record, words [][]byte) (func() (candidate, bool, error), error) {
	list, err := t.list(rec)
	if err != nil {
		return nil, err
	}
	var in segment.Set
	in.Fill(list.len)
	for _, w := range words {
		var with segment.Set
		narrow, err := t.with(list.number, w, &with)
		if err != nil {
			return nil, err
		}
		if narrow {
			in.And(&with)
		}
		if in.Empty() {
			break
		}
	}
	dead, err := t.dead(list.number)
	if err != nil {
		return nil, err
	}
	for _, at := range dead {
		in.Remove(at)
	}
	next := in.Next(0)
	return func() (candidate, bool, error) {
		if next < 0 {
			return candidate{}, false, nil
		}
		c, err := list.at(next)
		next = in.Next(next + 1)
		return c, true, err
	}, nil
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
