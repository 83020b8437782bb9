package interview

import "hark/internal/document"

// Pending is an action, or a draft of the capture box, that could not be stored. It names no line
// by number, and each of its versions has a dot, so storing it is a merge: it may be stored twice,
// and what others wrote meanwhile stays.
type Pending struct {
	Interview ID
	// Record is the action. Its revision is assigned when it is stored. A draft has no change.
	Record Record
	// Begins is true when the record begins the interview.
	Begins bool
	// Of is the first dot of the record that was undone or redone, when that one had no revision
	// yet; otherwise it is zero and Record.Of counts.
	Of document.Dot
	// Draft is the text of the capture box, "" for none. It counts when Record has no change.
	Draft string
	// Window is whose capture box that was; zero where windows were not told apart yet.
	Window document.ID
	// State is the interview as an opening knew it when another file took the place of the notebook:
	// what of it that file lacks is put back. Record then says by whom and when, and has no change.
	State *document.Document
	// Doubted is true when the disk had failed to confirm a write by then: the whole notebook must
	// be checked before the next write to it.
	Doubted bool
}

// IsDraft reports whether p is a draft.
func (p Pending) IsDraft() bool { return p.State == nil && len(p.Record.Change) == 0 }

// IsAction reports whether p is an action: neither a draft nor what is put back.
func (p Pending) IsAction() bool { return len(p.Record.Change) > 0 }

// First is the dot of the first version that p puts; zero for what is no action.
func (p Pending) First() document.Dot {
	if !p.IsAction() {
		return document.Dot{}
	}
	return p.Record.Change[0].Version.Dot
}

// In reports whether a document has, or once had, the first version of p.
func (p Pending) In(doc *document.Document) bool { return p.IsAction() && doc.Has(p.First()) }
