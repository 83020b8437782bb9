package interview

import (
	"errors"
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

// ErrNewer means that a newer hark wrote the notebook.
var ErrNewer = errors.New("a newer hark wrote this notebook")
