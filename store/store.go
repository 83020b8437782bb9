// Package store keeps a notebook in one bbolt file.
//
// Nothing is held open between calls: every call opens the file, does one
// transaction and closes it again, so that several harks can have the same
// notebook in use. A queue in front of the file (a lock file beside it) makes
// them take turns. What a call returns was committed and synced before.
//
// # Layout
//
//	meta        schema version, notebook ID, time of creation, totals
//	interviews  interview ID + item ID → the item's versions
//	            interview ID + 16 zero bytes → the header of the interview
//	log         interview ID + revision → what one write did
//	summary     time of the start + interview ID → what lists show
//	text        interview ID → folded text, for search
//	drafts      interview ID → what was left in the capture box of each window
//	index       which interviews have which words: see index.go
//
// The bucket names outbox and cursor are reserved for sending changes between
// notebooks. The buckets summary and text can be made anew from interviews, and index from text.
//
// Every record carries a checksum over its bucket, key and value, and for every
// bucket the number of records and the sum of their checksums are kept, so that
// a record that changed or vanished is noticed: see record.go.
package store

import (
	"context"
	"fmt"
	"sync/atomic"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/internal/hook"
)

// Store is a notebook in a file. It implements storage.Store and is safe for
// several goroutines; other Stores and other processes may use the same file.
//
// A function handed to a method runs inside the transaction. It must not call
// the Store, which would wait for itself, and should be quick, for writers wait
// for it.
//
// A context that ends while a call waits for its turn ends the wait: the call
// returns the context's error and has written nothing. From then on a write is
// carried through.
type Store struct {
	path    string
	private bool   // nobody else knows of the file: it needs no queue and no copies, and no sync until it gets a name
	left    stamp  // of such a file, as it was left here; it has no queue to keep it in
	mark    []byte // of the last time that the notebook was replaced, when it was opened
	lost    bool   // the index was not what was written, when the notebook was opened
	daily   daily
	waits   atomic.Bool // there is work for Index
	indexed atomic.Bool // the index was made anew, since the store was opened
	kept    kept
	window  window
	known   atomic.Pointer[known] // the interview that was changed last
	hook    hook.Hook

	abandoned atomic.Int32          // see files.Lock
	unsynced  atomic.Pointer[error] // why it is not written to any more: see distrust
}

// errErased is returned for a write to an interview that was erased.
var errErased = fmt.Errorf("%w: %w", storage.ErrNotFound, storage.ErrErased)

// Path returns the absolute path of the notebook.
func (s *Store) Path() string { return s.path }

// Create writes a new interview with all items of w.Document and returns its
// revision. It fails when there is already one with that ID, erased or not.
func (s *Store) Create(ctx context.Context, w storage.Write) (interview.Revision, error) {
	var rev interview.Revision
	err := s.update(ctx, func(t *transaction) (err error) {
		rev, err = t.create(w)
		return err
	})
	return rev, err
}

// Change reads an interview, hands it to decide, and writes what decide returns
// in the same transaction: of the items those that Record.Change names. It
// returns the revision of the interview after that. When decide returns an
// error, or a Write with an empty Record.Change, nothing is written. The error
// wraps storage.ErrNotFound when there is no such interview.
func (s *Store) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	var (
		rev  interview.Revision
		left *known
	)
	err := s.update(ctx, func(t *transaction) error {
		doc, h, err := t.current(id)
		if err != nil {
			return err
		}
		rev = h.revision
		w, err := t.decide(doc, h, decide)
		if err != nil || len(w.Record.Change) == 0 {
			return err
		}
		if w.Document == nil || w.Document.ID() != id {
			return fmt.Errorf("a change to interview %s came with another document", id)
		}
		var items []document.ID
		for _, r := range w.Record.Change {
			items = append(items, r.Item)
		}
		if rev, err = t.write(h, w, items); err != nil {
			return err
		}
		if w.Draft != nil {
			if err := t.setDraft(id, *w.Draft); err != nil {
				return err
			}
		}
		h, _, err = t.header(id)
		left = &known{w.Document, h}
		return err
	})
	if err != nil {
		return 0, err
	}
	if left != nil {
		left.doc = left.doc.Clone()
		s.known.Store(left)
	}
	return rev, nil
}

// Read returns an interview and its revision; one that was erased is an empty
// document that says so. The error wraps storage.ErrNotFound when there is no
// such interview.
func (s *Store) Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error) {
	var (
		doc *document.Document
		rev interview.Revision
	)
	err := s.view(ctx, func(t *transaction) error {
		d, h, err := t.load(id)
		doc, rev = d, h.revision
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return doc, rev, nil
}

// Latest returns the revision of the last write to any interview.
func (s *Store) Latest(ctx context.Context) (interview.Revision, error) {
	var rev interview.Revision
	err := s.view(ctx, func(t *transaction) error {
		rev = t.totals.revision
		return nil
	})
	return rev, err
}

// Revision returns the revision of an interview without reading it, or 0 when
// there is none.
func (s *Store) Revision(ctx context.Context, id interview.ID) (interview.Revision, error) {
	var rev interview.Revision
	err := s.view(ctx, func(t *transaction) error {
		h, _, err := t.header(id)
		rev = h.revision
		return err
	})
	return rev, err
}
