package store

import (
	"maps"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
)

// In a meeting one line after the other is written to the same interview, and to
// decode hundreds of items for each would take longer the longer the meeting is.
// So a Store keeps the interview that it wrote last. Its header tells whether it
// still stands so: that has the sum of the checksums of all items in it.

// known is an interview as this Store left it.
type known struct {
	doc *document.Document // nobody else has it
	h   header
}

// current is load for those who write. The document is theirs.
func (t *transaction) current(id interview.ID) (*document.Document, header, error) {
	k := t.store.known.Load()
	if k == nil || k.h.id != id || !t.store.known.CompareAndSwap(k, nil) {
		return t.load(id)
	}
	h, found, err := t.header(id)
	if err != nil || !found || !h.same(k.h) {
		return t.load(id)
	}
	return k.doc, h, nil
}

// same reports whether two headers are of the same state of an interview.
func (h header) same(o header) bool {
	return h.id == o.id && h.revision == o.revision && h.started == o.started && h.erased == o.erased &&
		h.items == o.items && maps.Equal(h.seen, o.seen) && slices.Equal(h.lacks, o.lacks)
}
