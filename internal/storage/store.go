package storage

import (
	"context"
	"iter"

	"hark/internal/document"
	"hark/internal/interview"
)

// BetweenDrafts separates texts that waited in one capture box, the one that stood in it last. It
// is U+001E, the record separator.
const BetweenDrafts = "\x1e"

// Store holds the interviews of a notebook. It is safe for several goroutines, and several
// processes may use the same one at once: every method sees what others have committed.
//
// Errors wrap one of this package's, or interview.ErrNewer, where one fits. A context that ends
// while a write waits for its turn ends the wait: nothing was written then. Once begun, a write is
// carried through.
type Store interface {
	// Create writes a new interview. The ID must be new.
	Create(ctx context.Context, w Write) (interview.Revision, error)
	// Begin is Create for an interview that begin makes inside the transaction, with dots of the given
	// incarnation (see Stored). When begin fails, nothing is written and the error is returned. begin
	// must not call the store.
	Begin(ctx context.Context, begin func(document.Incarnation) (Write, error)) (interview.Revision, error)
	// CreateMany writes new interviews in one transaction: all of them, or none when it fails. The
	// IDs must be new and different.
	CreateMany(ctx context.Context, all []Write) error
	// Change reads an interview, hands it to decide, and writes what decide returns, all in one
	// transaction. When decide fails, or returns a Write with an empty Record.Change, nothing is
	// written and the error is returned. decide must not call the store: it would wait for itself.
	// The error is ErrNotFound when there is no such interview.
	Change(ctx context.Context, id interview.ID, decide func(Stored) (Write, error)) (interview.Revision, error)
	// Read returns an interview as it stands, or ErrNotFound.
	Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error)
	// ReadMany returns interviews as they stand at one moment, in the order in which they are asked
	// for, with their logs if history says so. An error is about the first interview that is
	// missing in the result. All of them are in memory at once, and writers wait meanwhile, so a
	// caller asks for some dozens.
	ReadMany(ctx context.Context, ids []interview.ID, history bool) ([]Copy, error)
	// Revision returns the revision of an interview without reading it, or 0 when there is none.
	Revision(ctx context.Context, id interview.ID) (interview.Revision, error)
	// Latest returns a number that differs after every write to any interview, in this process or
	// another.
	Latest(ctx context.Context) (interview.Revision, error)
	// Find returns the IDs that begin with prefix (in the written form, any case), at most limit of
	// them, discarded interviews included.
	Find(ctx context.Context, prefix string, limit int) ([]interview.ID, error)
	// Erased returns the IDs of the interviews that were erased, in the order of their bytes.
	Erased(ctx context.Context) ([]interview.ID, error)
	// MarkErased marks interviews as erased that were never here, so that nothing of them comes in
	// later, and returns how many it marked. It returns those that are here, which stay as they are:
	// Maintainer.Erase erases them.
	MarkErased(ctx context.Context, ids []interview.ID) (marked int, here []interview.ID, err error)
	// SummariesIn calls yield with every interview, newest first by StartedAt, discarded ones
	// included, until yield returns false. ask receives the head of a summary and returns how much
	// of it is read; the lists of a summary that is not read whole are valid during the call of
	// yield only.
	SummariesIn(ctx context.Context, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error
	// OfCustomer calls yield with the summary of every interview with a customer, newest first by
	// StartedAt, discarded ones included, until yield returns false. Names that plain.FoldName
	// makes the same are names of one customer.
	OfCustomer(ctx context.Context, customer string, yield func(interview.Summary) bool) error
	// OfCustomers is SummariesIn for the interviews with the customers whose names begin with the
	// given one, as plain.FoldName makes both.
	OfCustomers(ctx context.Context, beginning string, ask func(head interview.Summary) interview.Detail, yield func(interview.Summary) bool) error
	// Candidates calls yield with the text (see Write) of every interview whose folded text may
	// hold all of some words or beginnings of words, newest first, discarded ones included, until
	// yield returns false. Without words it yields every interview. The text is valid during the
	// call only. The result may hold interviews without the words; how many is the store's affair.
	Candidates(ctx context.Context, words []string, yield func(id interview.ID, text []byte) bool) error
	// Index does one step of what makes searching faster, and reports whether there was one: then
	// there may be more.
	Index(ctx context.Context) (bool, error)
	// Log returns the records of an interview, newest first.
	Log(ctx context.Context, id interview.ID) ([]interview.Record, error)
	// Device tells the notebook, as a file on this machine, from others, and stays the same whichever
	// incarnation is given. It is 0 for a notebook that is not there.
	Device() document.Incarnation
	// Window is what tells this opening of the store from others. It has capture boxes of its own.
	Window() document.ID
	// Draft returns what is to stand in the capture box of an interview, "" for nothing: what this
	// window left there, and what windows left there that are gone, with BetweenDrafts between
	// them. The latter is this window's from then on.
	Draft(ctx context.Context, id interview.ID) (string, error)
	// SetDraft stores what is in the capture box in this window; "" removes it.
	SetDraft(ctx context.Context, id interview.ID, text string) error
	// LeaveDraft stores what another window had in the capture box when it ended; "" removes it.
	LeaveDraft(ctx context.Context, id interview.ID, window document.ID, text string) error
	// Verify checks the whole content. It returns nil when all is well, and else an error that
	// wraps ErrDamaged.
	Verify(ctx context.Context) error
	// Rescue copies what can be read, as this process sees it, to a file of its own, and returns
	// the path of that file.
	Rescue(ctx context.Context) (path string, err error)
	// Path is the location of the notebook, for people to read.
	Path() string
	// ID is the notebook's own, which its copies share; zero for a notebook that is not there.
	ID() document.ID
	// Outdated says in a sentence that the file of the notebook, as it was opened, lacks what hark has
	// written to it on this machine; "" when it does not, as far as that is known.
	Outdated() string
}

// Stored is an interview as a writing transaction sees it.
type Stored struct {
	Document *document.Document
	Revision interview.Revision
	// Incarnation is that of the notebook, for the dots of what decide returns: a Write with a
	// change, for no other may they be used.
	Incarnation document.Incarnation
	// Log gives the records newest first. It is valid during the transaction only; a record that
	// cannot be read ends it with an error.
	Log iter.Seq2[interview.Record, error]
	// SameCustomer gives the summaries of all interviews with the customer of this one, newest
	// first, this one and discarded ones among them. It is valid during the transaction only; a
	// summary that cannot be read ends it with an error.
	SameCustomer iter.Seq2[interview.Summary, error]
}

// Copy is an interview as one reading of several returns it.
type Copy struct {
	Document *document.Document
	Revision interview.Revision
	// Log holds the records, newest first; nil unless they were asked for.
	Log []interview.Record
}

// Write is what one transaction changes in one interview.
type Write struct {
	// Document is the document after the change: the source of the items that Record.Change names,
	// and of the version vector.
	Document *document.Document
	Record   interview.Record
	// Earlier are the records of what was done before Record, oldest first. Only a new interview
	// that is written with all of its history has any. They get new revisions, and Record.Of is
	// changed to those.
	Earlier []interview.Record
	Summary interview.Summary
	// Text is the folded text of the interview, for search. After a zero byte it may hold more, for
	// the searching side.
	Text []byte
	// Draft is what is in the capture box after the change, as SetDraft takes it; nil leaves the
	// draft as it is. Store.Change alone heeds it.
	Draft *string
}
