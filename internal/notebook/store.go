package notebook

import (
	"context"
	"errors"
	"iter"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Store is what a notebook keeps its interviews in. It is safe for several
// goroutines, and several processes may have the same one in use: every method
// sees what others have committed.
//
// Errors wrap one of the sentinels below where one fits.
type Store interface {
	// Create writes a new interview. The ID must be new.
	Create(ctx context.Context, w Write) (Revision, error)
	// Change reads an interview, hands it to decide, and writes what decide
	// returns, all in one transaction. When decide fails, or returns a Write
	// with an empty Record.Change and no Draft, nothing is written and the
	// error is returned. ErrNotFound when there is no such interview.
	Change(ctx context.Context, id interview.ID, decide func(Stored) (Write, error)) (Revision, error)
	// Read returns an interview as it stands. ErrNotFound when there is none.
	Read(ctx context.Context, id interview.ID) (*document.Document, Revision, error)
	// Revision returns the revision of an interview without reading it, or 0
	// when there is none.
	Revision(ctx context.Context, id interview.ID) (Revision, error)
	// Find returns the IDs that begin so (in the written form, any case), at
	// most limit of them, discarded interviews included.
	Find(ctx context.Context, prefix string, limit int) ([]interview.ID, error)
	// Summaries calls yield with every interview, newest first by StartedAt,
	// discarded ones included, until yield returns false.
	Summaries(ctx context.Context, yield func(interview.Summary) bool) error
	// Texts calls yield with the folded text of every interview, in no
	// particular order, until yield returns false. The text is valid during
	// the call only.
	Texts(ctx context.Context, yield func(id interview.ID, folded []byte) bool) error
	// Log returns the records of an interview, newest first.
	Log(ctx context.Context, id interview.ID) ([]Record, error)
	// Draft returns what was left in the capture box of an interview, "" for
	// nothing. SetDraft keeps it; "" forgets it.
	Draft(ctx context.Context, id interview.ID) (string, error)
	SetDraft(ctx context.Context, id interview.ID, text string) error
	// Path says where the notebook lies, for people.
	Path() string
}

// Revision counts the writes to a notebook: a write has a higher one than all
// before it.
type Revision uint64

// Stored is an interview inside a writing transaction.
type Stored struct {
	Document *document.Document
	Revision Revision
	// Log gives the records newest first. It is valid during decide only; a
	// record that cannot be read ends it with an error.
	Log iter.Seq2[Record, error]
}

// Write is what one transaction changes in one interview.
type Write struct {
	// Document is the document after the change; the store takes from it the
	// items that Record.Change names, and the version vector.
	Document *document.Document
	Record   Record
	Summary  interview.Summary
	// Text is the folded text of the interview, for search.
	Text []byte
}

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

// Record is one entry of the log: one action, with what it put and what that
// replaced.
type Record struct {
	Revision Revision // given by the store
	Kind     RecordKind
	// Of is the record that was undone or redone, 0 for other kinds.
	Of     Revision
	Label  string
	At     time.Time
	Author string
	Change document.Change
}

// The errors that a store wraps.
var (
	// ErrNotFound: there is no such interview.
	ErrNotFound = errors.New("no such interview")
	// ErrDamaged: the notebook cannot be trusted.
	ErrDamaged = errors.New("the notebook is damaged")
	// ErrUnwritable: the notebook, or its folder, cannot be opened or written.
	ErrUnwritable = errors.New("the notebook cannot be written")
	// ErrNewer: a newer hark wrote the notebook.
	ErrNewer = errors.New("a newer hark wrote this notebook")
)
