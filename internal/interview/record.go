package interview

import (
	"errors"
	"time"

	"hark/internal/document"
)

// Revision is the number of a write to a notebook. It is higher than that of all earlier writes.
type Revision uint64

// RecordKind is the origin of a record.
type RecordKind string

// The kinds of record.
const (
	Did    RecordKind = "do"   // an action
	Moved  RecordKind = "move" // a move between questions, which undo skips
	Undid  RecordKind = "undo"
	Redid  RecordKind = "redo"
	Merged RecordKind = "merge" // a change from elsewhere
)

// Record is one entry of an interview's log: one action, with what it put and what that replaced.
// The log is the history, the basis of undo, and what is synced later.
type Record struct {
	Revision Revision   `json:"revision"` // assigned when it is stored
	Kind     RecordKind `json:"kind"`
	// Of is the record that was undone or redone, 0 for other kinds.
	Of     Revision        `json:"of,omitempty"`
	Label  string          `json:"label"`
	At     time.Time       `json:"at"`
	Author string          `json:"author,omitempty"`
	Change document.Change `json:"change"`
}

// ErrNewer means that a newer hark wrote a notebook, or an interview, and this one cannot read it.
var ErrNewer = errors.New("a newer hark wrote this")
