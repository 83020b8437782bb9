package interview

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"sync/atomic"

	"hark/internal/document"
)

// mostAdded is how many items more than before are looked at one by one.
const mostAdded = 8

// extended folds a document that has nothing more than iv's own but lines behind
// all that iv has, and which belong to no problem. ok is false when there is
// more to it, and it must be folded as a whole. What is new is among the given
// items.
//
// Folding a meeting of a thousand lines anew at each of them makes entering it
// quadratic; this is what a plain line costs instead.
func (iv *Interview) extended(doc *document.Document, among iter.Seq[document.Item]) (after *Interview, ok bool) {
	if iv.Newer || iv.renumbered {
		return nil, false
	}
	added, ok := iv.added(doc, among)
	if !ok {
		return nil, false
	}
	f := &folder{iv: &Interview{bodies: map[document.Dot]any{}}}
	for _, it := range added {
		if it.Latest().Kind != kindLine || len(it.Versions) != 1 {
			return nil, false
		}
		f.take(it)
	}
	if f.iv.Newer || len(f.saids) != len(added) {
		return nil, false
	}
	slices.SortFunc(f.saids, func(a, b body[lineBody]) int { return cmp.Compare(a.value.Number, b.value.Number) })
	next := *iv
	next.doc = doc
	for _, b := range f.saids {
		if b.deleted || b.value.Number < next.nextNumber || !b.value.Problem.IsZero() {
			return nil, false
		}
		if who, _ := iv.Person(b.value.Speaker); who.Absent {
			return nil, false // not any longer
		}
		next.nextNumber = b.value.Number + 1
	}
	for _, b := range f.saids {
		next.append(next.lineOf(b, b.value.Number))
	}
	return &next, true
}

// added returns the items that doc has and iv's own document does not. ok is
// false when anything else changed between them, or there are many.
func (iv *Interview) added(doc *document.Document, among iter.Seq[document.Item]) (items []document.Item, ok bool) {
	more := doc.Len() - iv.doc.Len()
	if more < 1 || more > mostAdded || !slices.Equal(doc.Lacking(), iv.doc.Lacking()) {
		return nil, false
	}
	// Each version that was written since counts once. When there are as many of
	// them as new items, each made an item, and none is left to change another.
	written, had := uint64(0), iv.doc.Seen()
	for incarnation, n := range doc.Seen() {
		if n < had[incarnation] {
			return nil, false
		}
		written += n - had[incarnation]
		delete(had, incarnation)
	}
	if written != uint64(more) || len(had) > 0 {
		return nil, false
	}
	for it := range among {
		if _, there := iv.doc.Item(it.ID); !there {
			items = append(items, it)
			if len(items) == more {
				break
			}
		}
	}
	return items, len(items) == more
}

// append adds a line behind all others to an interview that nobody else has yet,
// though what is in it belongs to the one that it went on from, too.
func (iv *Interview) append(l Line) {
	n := len(iv.lines)
	// Two interviews may go on from the same one, as a preview and what is then
	// written: the array belongs to the one that comes first, the other copies.
	if n == cap(iv.lines) || !iv.used.CompareAndSwap(int64(n), int64(n+1)) {
		iv.lines = slices.Grow(slices.Clip(iv.lines), n/2+8)
		iv.used = new(atomic.Int64)
		iv.used.Store(int64(n + 1))
	}
	iv.lines = append(iv.lines, l)
	iv.Lines = slices.Clip(iv.lines) // so that nobody appends to what is shared
	if l.Question > 0 && !iv.asked[l.Question] {
		iv.asked = maps.Clone(iv.asked)
		iv.asks(l.Question)
	}
}

// asks notes that question n was asked, if there is one.
func (iv *Interview) asks(n int) {
	if _, _, ok := iv.Playbook.Question(n); ok {
		iv.asked[n] = true
	}
}
