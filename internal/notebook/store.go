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
// Errors wrap one of package interview's where one fits.
type Store interface {
	// Create writes a new interview. The ID must be new.
	Create(ctx context.Context, w interview.Write) (interview.Revision, error)
	// Change reads an interview, hands it to decide, and writes what decide
	// returns, all in one transaction. When decide fails, or returns a Write
	// with an empty Record.Change, nothing is written and the error is
	// returned. decide must not call the store: it would wait for itself. interview.ErrNotFound when there is no such interview.
	Change(ctx context.Context, id interview.ID, decide func(interview.Stored) (interview.Write, error)) (interview.Revision, error)
	// Read returns an interview as it stands. interview.ErrNotFound when there is none.
	Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error)
	// Revision returns the revision of an interview without reading it, or 0
	// when there is none.
	Revision(ctx context.Context, id interview.ID) (interview.Revision, error)
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
	Log(ctx context.Context, id interview.ID) ([]interview.Record, error)
	// Draft returns what was left in the capture box of an interview, "" for
	// nothing.
	Draft(ctx context.Context, id interview.ID) (string, error)
	// SetDraft keeps what is in the capture box; "" forgets it.
	SetDraft(ctx context.Context, id interview.ID, text string) error
	// Path says where the notebook lies, for people.
	Path() string
}
