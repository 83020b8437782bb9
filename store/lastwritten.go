package store

import (
	"maps"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/store/codec"
)

// In a meeting one line after the other is written to the same interview, and decoding hundreds of
// items for each would take longer the longer the meeting is. So a Store keeps the interview that
// it wrote last. The stored header tells whether it still stands so: that has the sum of the
// checksums of all items in it.

// lastWritten is an interview as this Store left it.
type lastWritten struct {
	doc *document.Document // nobody else has it
	h   codec.Header
}

// current is Load for writers. The document is theirs.
func (t *Tx) current(id interview.ID) (*document.Document, codec.Header, error) {
	last := t.store.last.Load()
	if last == nil || last.h.ID != id || !t.store.last.CompareAndSwap(last, nil) {
		return t.Load(id)
	}
	h, found, err := t.Header(id)
	if err != nil || !found || !same(h, last.h) {
		return t.Load(id)
	}
	return last.doc, h, nil
}

// same reports whether two headers are of the same state of an interview.
func same(a, b codec.Header) bool {
	return a.ID == b.ID && a.Revision == b.Revision && a.Started == b.Started && a.Erased == b.Erased &&
		a.Items == b.Items && maps.Equal(a.Seen, b.Seen) && slices.Equal(a.Lacks, b.Lacks)
}
