package notebook

import (
	"context"

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

// aliases while others move over
type (
	Revision   = interview.Revision
	Stored     = interview.Stored
	Write      = interview.Write
	Record     = interview.Record
	RecordKind = interview.RecordKind
)

const (
	Did    = interview.Did
	Moved  = interview.Moved
	Undid  = interview.Undid
	Redid  = interview.Redid
	Merged = interview.Merged
)

var (
	ErrNotFound   = interview.ErrNotFound
	ErrDamaged    = interview.ErrDamaged
	ErrUnwritable = interview.ErrUnwritable
	ErrNewer      = interview.ErrNewer
)
