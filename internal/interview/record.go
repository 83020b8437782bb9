package interview

import (
	"errors"
	"iter"
	"time"

	"hark/internal/document"
)

// Revision counts the writes to a notebook: a write has a higher one than all
// before it.
type Revision uint64

// RecordKind says how a record came about.
type RecordKind string

// The kinds of record.
const (
	Did    RecordKind = "do"   // an action
	Moved  RecordKind = "move" // an action that undo passes over
	Undid  RecordKind = "undo"
	Redid  RecordKind = "redo"
	Merged RecordKind = "merge" // something that came from elsewhere
)

// Record is one entry of an interview's log: one action, with what it put and
// what that replaced. The log is history and undo, and what is synced later.
type Record struct {
	Revision Revision // given when it is stored
	Kind     RecordKind
	// Of is the record that was undone or redone, 0 for other kinds.
	Of     Revision
	Label  string
	At     time.Time
	Author string
	Change document.Change
}

// Stored is an interview as a writing transaction sees it.
type Stored struct {
	Document *document.Document
	Revision Revision
	// Log gives the records newest first. It is valid during the transaction
	// only; a record that cannot be read ends it with an error.
	Log iter.Seq2[Record, error]
}

// Copy is an interview as it was read, for whoever reads many.
type Copy struct {
	Document *document.Document
	Revision Revision
	// Log are its records, newest first; nil unless they were asked for.
	Log []Record
}

// Write is what one transaction changes in one interview.
type Write struct {
	// Document is the document after the change: where the items that
	// Record.Change names are taken from, and the version vector.
	Document *document.Document
	Record   Record
	// Earlier are the records of what was done before Record, oldest first. Only
	// a new interview that is written with all of its history has any. They are
	// given new revisions, and what Of says is changed to those.
	Earlier []Record
	Summary Summary
	// Text is the folded text of the interview, for search. Behind a zero byte
	// there may be more, for whoever searches.
	Text []byte
}

// The errors that whatever keeps interviews wraps.
var (
	// ErrNotFound: there is no such interview.
	ErrNotFound = errors.New("no such interview")
	// ErrErased: the interview was erased, and nothing of it is to be kept. It
	// comes with ErrNotFound.
	ErrErased = errors.New("it was erased")
	// ErrDamaged: the notebook cannot be trusted.
	ErrDamaged = errors.New("the notebook is damaged")
	// ErrUnwritable: the notebook, or its folder, cannot be opened or written.
	ErrUnwritable = errors.New("the notebook cannot be written")
	// ErrUnsynced: the disk did not confirm a write, so nobody knows what is on
	// it, and the notebook is not written to any more. It comes with ErrUnwritable.
	ErrUnsynced = errors.New("the disk did not confirm a write")
	// ErrNewer: a newer hark wrote the notebook.
	ErrNewer = errors.New("a newer hark wrote this notebook")
)
