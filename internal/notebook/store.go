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
// Errors wrap one of package interview's where one fits. A context that ends
// while a write waits for its turn ends the wait: nothing was written then. Once
// begun, a write is carried through.
type Store interface {
	// Create writes a new interview. The ID must be new.
	Create(ctx context.Context, w interview.Write) (interview.Revision, error)
	// CreateMany writes new interviews in one transaction: all of them, or none
	// when it fails. The IDs must be new and different.
	CreateMany(ctx context.Context, all []interview.Write) error
	// Change reads an interview, hands it to decide, and writes what decide
	// returns, all in one transaction. When decide fails, or returns a Write
	// with an empty Record.Change, nothing is written and the error is
	// returned. decide must not call the store: it would wait for itself. interview.ErrNotFound when there is no such interview.
	Change(ctx context.Context, id interview.ID, decide func(interview.Stored) (interview.Write, error)) (interview.Revision, error)
	// Read returns an interview as it stands. interview.ErrNotFound when there is none.
	Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error)
	// ReadMany returns interviews as they stand at one moment, in the order in
	// which they are asked for, with their logs if history says so. An error is
	// about the first that is missing in what comes with it. All of them are in
	// memory at once, and writers wait meanwhile, so ask for some dozens.
	ReadMany(ctx context.Context, ids []interview.ID, history bool) ([]interview.Copy, error)
	// Revision returns the revision of an interview without reading it, or 0
	// when there is none.
	Revision(ctx context.Context, id interview.ID) (interview.Revision, error)
	// Latest returns a number that is another one after every write to any
	// interview, whoever made it.
	Latest(ctx context.Context) (interview.Revision, error)
	// Find returns the IDs that begin so (in the written form, any case), at
	// most limit of them, discarded interviews included.
	Find(ctx context.Context, prefix string, limit int) ([]interview.ID, error)
	// SummariesIn calls yield with every interview, newest first by StartedAt,
	// discarded ones included, until yield returns false. ask says how much of a
	// summary is to come, when its head is known; the lists of one that does not
	// come whole are valid during the call of yield only.
	SummariesIn(ctx context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error
	// Candidates calls yield with the text (interview.Write) of every interview
	// whose folded text may hold all of some words or beginnings of words, newest first, discarded
	// ones included, until yield returns false. No words at all leave none out.
	// The text is valid during the call only. Which interviews come that do not
	// hold the words is the store's affair.
	Candidates(ctx context.Context, words []string, yield func(id interview.ID, text []byte) bool) error
	// Index makes searching faster, if there is something to be done for it,
	// and reports whether there was: then there may be more.
	Index(ctx context.Context) (bool, error)
	// Log returns the records of an interview, newest first.
	Log(ctx context.Context, id interview.ID) ([]interview.Record, error)
	// Draft returns what was left in the capture box of an interview, "" for
	// nothing.
	Draft(ctx context.Context, id interview.ID) (string, error)
	// SetDraft keeps what is in the capture box; "" forgets it.
	SetDraft(ctx context.Context, id interview.ID, text string) error
	// Verify looks at everything that is kept; it returns nil when all is well,
	// and else an error that wraps interview.ErrDamaged.
	Verify(ctx context.Context) error
	// Rescue copies what can be read, as this process sees it, to a file of its
	// own, and returns where that is.
	Rescue(ctx context.Context) (path string, err error)
	// Path says where the notebook lies, for people.
	Path() string
}
