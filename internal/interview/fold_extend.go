package interview

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"sync/atomic"

	"hark/internal/document"
)

// mostAdded is the largest number of new items that extended checks one by one.
const mostAdded = 8

// extended folds a document that differs from iv's own only by new lines that come after all lines
// of iv and belong to no problem. The new items must be in among. For any other difference ok is
// false, and the document has to be folded as a whole.
//
// Without this, entering a meeting of n lines would take time quadratic in n.
func (iv *Interview) extended(doc *document.Document, among iter.Seq[document.Item]) (after *Interview, ok bool) {
	if iv.Newer || iv.unplaced {
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
		if b.deleted || numberOf(b.value.Number, "") < next.nextNumber || !b.value.Problem.IsZero() {
			return nil, false
		}
		if who, known := iv.Person(b.value.Speaker); who.Absent || !known && !b.value.Speaker.IsZero() {
			return nil, false // they have become a speaker, or are there again
		}
		if slices.ContainsFunc(iv.Problems, func(p Problem) bool { return p.Statement == b.value.Text || p.Statement == b.value.First }) {
			return nil, false // it can make a quote of the wording
		}
		next.nextNumber = numberOf(b.value.Number, "") + 1
	}
	for _, b := range f.saids {
		next.append(next.lineOf(b, numberOf(b.value.Number, "")))
	}
	return &next, true
}

// added returns the items that doc has and iv's own document does not. ok is false when anything
// else differs, or when there are more than mostAdded.
func (iv *Interview) added(doc *document.Document, among iter.Seq[document.Item]) (items []document.Item, ok bool) {
	more := doc.Len() - iv.doc.Len()
	if more < 1 || more > mostAdded || !slices.Equal(doc.Lacking(), iv.doc.Lacking()) {
		return nil, false
	}
	// Each version written since counts once. When their number equals that of the new items, each
	// of them made an item, and none changed an existing one.
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
	size := iv.doc.Size()
	for it := range among {
		if _, there := iv.doc.Item(it.ID); !there {
			items = append(items, it)
			size += len(it.Latest().Body)
			if len(items) == more {
				break
			}
		}
	}
	return items, len(items) == more && size == doc.Size() // else the content of a version arrived
}

// append adds a line at the end of an interview that nobody else has yet, but whose slices may be
// shared with the interview it was extended from.
func (iv *Interview) append(l Line) {
	n := len(iv.lines)
	// Two interviews may extend the same one, such as a preview and the step that is then written.
	// The first of them gets the spare capacity of the array, the other copies.
	if n == cap(iv.lines) || !iv.used.CompareAndSwap(int64(n), int64(n+1)) {
		iv.lines = slices.Grow(slices.Clip(iv.lines), n/2+8)
		iv.used = new(atomic.Int64)
		iv.used.Store(int64(n + 1))
	}
	iv.lines = append(iv.lines, l)
	iv.Lines = slices.Clip(iv.lines) // so that an append by the caller does not write into the shared array
	if iv.answers(l) && !iv.answered[l.Question] {
		iv.answered = maps.Clone(iv.answered)
		iv.answered[l.Question] = true
	}
}
