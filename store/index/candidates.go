package index

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"hark/internal/plain"
	"hark/internal/storage"
	"hark/store/codec"
	"hark/store/index/segment"
)

// Candidates yields the interviews whose text may hold all of some words or beginnings of words,
// newest first and each once. The words are folded by plain.Fold; without any, every interview may.
// Where the index fails, every interview is a candidate from there on: it is a help, not a need.
func (x *Index) Candidates(ctx context.Context, words []string) iter.Seq2[Candidate, error] {
	var split [][]byte // a phrase is several words
	for _, w := range words {
		split = slices.AppendSeq(split, plain.Words([]byte(w)))
	}
	return func(yield func(Candidate, error) bool) {
		var last Candidate
		any := false
		if len(split) > 0 && !x.Lost {
			failed := false
			for c, err := range x.byIndex(ctx, split) {
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
		for c, err := range x.everyone() {
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
func (x *Index) everyone() iter.Seq2[Candidate, error] {
	return func(yield func(Candidate, error) bool) {
		for rec, err := range x.Buckets.Summary.Backwards(nil) {
			var c Candidate
			if err == nil {
				c.Started, c.ID, err = codec.ParseSummaryKey(rec.Key)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// source is where candidates come from: a segment, or what is in none.
type source struct {
	next Candidate
	more func() (next Candidate, ok bool, err error) // newest first
}

// byIndex yields what the index offers, newest first. What is in several places comes several times
// in a row.
func (x *Index) byIndex(ctx context.Context, words [][]byte) iter.Seq2[Candidate, error] {
	return func(yield func(Candidate, error) bool) {
		all, err := x.sources(ctx, words)
		for err == nil && len(all) > 0 {
			newest := 0
			for i := range all {
				if all[i].next.newer(all[newest].next) {
					newest = i
				}
			}
			s := &all[newest]
			now, ok := s.next, false
			if s.next, ok, err = s.more(); err != nil {
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
			yield(Candidate{}, err)
		}
	}
}

// sources returns every source that has candidates, at its first one.
func (x *Index) sources(ctx context.Context, words [][]byte) ([]source, error) {
	fresh, err := x.fresh(ctx, words)
	if err != nil {
		return nil, err
	}
	all := []source{{more: func() (c Candidate, ok bool, err error) {
		if len(fresh) > 0 {
			c, fresh, ok = fresh[0], fresh[1:], true
		}
		return c, ok, nil
	}}}
	for list, err := range x.lists() {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		more, err := x.inSegment(list, words)
		if err != nil {
			return nil, err
		}
		all = append(all, source{more: more})
	}
	begun := all[:0]
	for _, s := range all {
		next, ok, err := s.more()
		if err != nil {
			return nil, err
		}
		if ok {
			begun = append(begun, source{next, s.more})
		}
	}
	return begun, nil
}

// fresh scans the interviews that are in no segment. The newest comes first.
func (x *Index) fresh(ctx context.Context, words [][]byte) ([]Candidate, error) {
	var all []Candidate
	for rec, err := range x.bucket().Forwards([]byte{keyFresh}) {
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		id, err := freshID(rec.Key)
		if err != nil {
			return nil, err
		}
		text, err := x.Buckets.Text.Get(id[:])
		if err != nil {
			return nil, err
		}
		if text == nil || slices.ContainsFunc(words, func(w []byte) bool { return !bytes.Contains(text, w) }) {
			continue
		}
		started, size := binary.Varint(rec.Value[min(1, len(rec.Value)):])
		if size <= 0 {
			return nil, damaged("when an interview started cannot be read")
		}
		all = append(all, Candidate{id, started})
	}
	slices.SortFunc(all, Candidate.newestFirst)
	return all, nil
}

// inSegment returns the candidates of a segment, one after the other.
func (x *Index) inSegment(list *segmentList, words [][]byte) (func() (Candidate, bool, error), error) {
	in, _, err := x.alive(list)
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		if in.Empty() {
			break
		}
		var with segment.Set
		narrow, err := x.with(list.number, w, &with)
		if err != nil {
			return nil, err
		}
		if narrow {
			in.And(&with)
		}
	}
	next := in.Next(0)
	return func() (Candidate, bool, error) {
		if next < 0 {
			return Candidate{}, false, nil
		}
		c, err := list.at(next)
		next = in.Next(next + 1)
		return c, true, err
	}, nil
}

// with puts into found what has a word that begins so. It reports false when so many words do that
// reading on was not worth it.
func (x *Index) with(seg uint32, word []byte, found *segment.Set) (narrow bool, err error) {
	prefix := segmentKey(keyWords, seg)
	read := 0
	for rec, err := range x.bucket().Around(prefix, append(bytes.Clone(prefix), segment.Key(word)...)) {
		if err != nil {
			return false, err
		}
		if read++; read > mostBlocks {
			return false, nil
		}
		more, err := segment.Find(rec.Value, word, found)
		if err != nil {
			return false, damaged("a block of words cannot be read")
		}
		if !more {
			break
		}
	}
	return true, nil
}
