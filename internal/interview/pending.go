package interview

import "hark/internal/document"

// Pending is something that was done while it could not be stored: a record
// with its change, or what was in the capture box. Nothing in it names a line by
// its number, and each version has its dot, so storing it is a merge: twice is
// as good as once, and what others wrote meanwhile stays.
type Pending struct {
	Interview ID
	// Record is what was done. Its revision is given when it is stored. It has
	// no change when this is a draft.
	Record Record
	// Begins says that the interview begins with this record.
	Begins bool
	// Of names the record that was undone or redone by its first dot, when that
	// one had no revision yet; else it is zero and Record.Of counts.
	Of document.Dot
	// Draft is what was in the capture box, "" for nothing. It counts when
	// Record has no change.
	Draft string
	// Window is whose capture box that was; zero where windows were not told
	// apart yet.
	Window document.ID
	// Doubted says that by then the disk had failed to confirm a write: all of
	// the notebook must be looked at before anything is written to it again.
	Doubted bool
}

// IsDraft reports whether p is what was in the capture box.
func (p Pending) IsDraft() bool { return len(p.Record.Change) == 0 }

// First is the dot of the first version that p puts; zero for a draft.
func (p Pending) First() document.Dot {
	if p.IsDraft() {
		return document.Dot{}
	}
	return p.Record.Change[0].Version.Dot
}

// In reports whether a document has, or once had, what p puts.
func (p Pending) In(doc *document.Document) bool { return doc.Has(p.First()) }
