// Package store holds a notebook in one bbolt file.
//
// Nothing is held open between calls: every call opens the file, does one transaction and closes it
// again, so that several processes can use the same notebook. A queue in front of the file (a lock
// file next to it) makes them take turns. What a call returns was committed and synced before.
//
// Package codec has the layout of the buckets, index what searching goes by, check what is looked
// at before bbolt maps the file. Package repair, which goes by the exported parts of transactions
// here, mends what is damaged.
package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/check"
	"hark/store/internal/files"
	"hark/store/internal/hook"
)

// Store is a notebook in a file. It implements storage.Store and is safe for several goroutines;
// other Stores and other processes may use the same file.
//
// A function handed to a method runs inside the transaction. It must not call the Store, which
// would wait for itself, and should be quick, for writers wait for it.
//
// A context that ends while a call waits for its turn ends the wait: the call returns the context's
// error and has written nothing. From then on a write is carried through.
type Store struct {
	path    string
	private bool            // no other process knows of the file: it needs no queue, no copies, and no sync until it gets a name
	left    check.CleanMark // of a private file, which has no lock file to keep it in
	lost    bool            // the index was not what was written, when the notebook was opened
	seen    seen
	// outdated: see Outdated.
	outdated string

	daily       daily
	waits       atomic.Bool // there is work for Index
	rebuilt     atomic.Bool // the index was rebuilt, since the store was opened
	quarantined quarantined
	window      window
	last        atomic.Pointer[lastWritten]
	once        sync.Once // for machine
	machine     files.Machine
	device      atomic.Uint64 // see Device; 0 until it is known
	hook        hook.Hook

	abandoned atomic.Int32          // see files.Lock
	unsynced  atomic.Pointer[error] // why it is not written to any more: see distrust
}

// At returns the notebook at an absolute path. Nothing is opened yet, and it need not be there.
func At(path string) *Store { return &Store{path: path} }

// Private returns the notebook in a file that no other process knows of. Nothing is opened yet.
func Private(path string) *Store { return &Store{path: path, private: true} }

// errErased is returned for a write to an interview that was erased.
var errErased = fmt.Errorf("%w: %w", storage.ErrNotFound, storage.ErrErased)

// NotFound is the error for an interview that is not there.
func NotFound(id interview.ID) error { return fmt.Errorf("%w: %s", storage.ErrNotFound, id) }

// Path returns the absolute path of the notebook.
func (s *Store) Path() string { return s.path }

// IndexRebuilt reports whether the search index was rebuilt since the store was opened.
func (s *Store) IndexRebuilt() bool { return s.rebuilt.Load() }

// Create writes a new interview with all items of w.Document and returns its revision. It fails
// when there is already one with that ID, erased or not.
func (s *Store) Create(ctx context.Context, w storage.Write) (interview.Revision, error) {
	return s.create(ctx, func(*Tx) (storage.Write, error) { return w, nil })
}

// Begin is Create for an interview that begin makes in the transaction, under the incarnation of the
// notebook. When begin fails, nothing is written and the error is returned.
func (s *Store) Begin(ctx context.Context, begin func(document.Incarnation) (storage.Write, error)) (interview.Revision, error) {
	return s.create(ctx, func(t *Tx) (w storage.Write, err error) {
		incarnation := t.incarnation()
		w = Lend(t, func() (w storage.Write) {
			w, err = begin(incarnation)
			return w
		})
		if err != nil {
			t.returnLease()
		}
		return w, err
	})
}

// create is Create of what make returns.
func (s *Store) create(ctx context.Context, make func(*Tx) (storage.Write, error)) (interview.Revision, error) {
	var rev interview.Revision
	err := s.Update(ctx, func(t *Tx) error {
		w, err := make(t)
		if err == nil {
			rev, err = t.create(w)
		}
		return err
	})
	return rev, err
}

// Change reads an interview, hands it to decide, and writes what decide returns in the same
// transaction: of the items those that Record.Change names. It returns the revision of the
// interview after that. When decide returns an error, or a Write with an empty Record.Change,
// nothing is written. The error wraps storage.ErrNotFound when there is no such interview.
func (s *Store) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	var (
		rev  interview.Revision
		left *lastWritten
	)
	err := s.Update(ctx, func(t *Tx) error {
		doc, h, err := t.current(id)
		if err != nil {
			return err
		}
		rev = h.Revision
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
		h, _, err = t.Header(id)
		left = &lastWritten{w.Document, h}
		return err
	})
	if err != nil {
		return 0, err
	}
	if left != nil {
		left.doc = left.doc.Clone()
		s.last.Store(left)
	}
	return rev, nil
}

// Read returns an interview and its revision; one that was erased is an empty document that says
// so. The error wraps storage.ErrNotFound when there is no such interview.
func (s *Store) Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error) {
	all, err := s.ReadMany(ctx, []interview.ID{id}, false)
	if err != nil {
		return nil, 0, err
	}
	return all[0].Document, all[0].Revision, nil
}

// Latest returns the revision of the last write to any interview.
func (s *Store) Latest(ctx context.Context) (interview.Revision, error) {
	var rev interview.Revision
	err := s.View(ctx, func(t *Tx) error {
		rev = t.Totals.Revision
		return nil
	})
	return rev, err
}

// Revision returns the revision of an interview without reading it, or 0 when there is none.
func (s *Store) Revision(ctx context.Context, id interview.ID) (interview.Revision, error) {
	var rev interview.Revision
	err := s.View(ctx, func(t *Tx) error {
		h, _, err := t.Header(id)
		rev = h.Revision
		return err
	})
	return rev, err
}
