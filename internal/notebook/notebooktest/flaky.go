// Package notebooktest has a store and a journal that fail as they are told, for tests of what is
// built on a notebook.
package notebooktest

import (
	"cmp"
	"context"
	"path/filepath"
	"sync"
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/journal"
	"hark/store/storetest"
)

// Trouble is asked at each write, and says how it ends. landed says of a write that fails that it
// is done all the same, as when a disk does not confirm it.
type Trouble func() (landed bool, err error)

// breakable fails as it is told. The zero value does not fail.
type breakable struct {
	mu    sync.Mutex
	wrong Trouble // nil for none
}

// Break makes writes fail from now on; nil ends that.
func (b *breakable) Break(how Trouble) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wrong = how
}

// Fail makes writes fail with err from now on; nil ends that.
func (b *breakable) Fail(err error) {
	b.Break(func() (landed bool, _ error) { return err == nil, err })
}

// write does a write, or fails as it was told.
func (b *breakable) write(do func() error) error {
	landed, err := true, error(nil)
	b.mu.Lock()
	wrong := b.wrong
	b.mu.Unlock()
	if wrong != nil { // it may take its time, or panic
		landed, err = wrong()
	}
	if err != nil && !landed {
		return err
	}
	return cmp.Or(do(), err)
}

// Journal is a journal that fails as it is told.
type Journal struct {
	*journal.Journal
	breakable
}

// NewJournal returns a journal of the notebook at path, of one opening. Close ends the opening as a
// crash would.
func NewJournal(path string) (*Journal, error) {
	j, err := journal.Open(path)
	return &Journal{Journal: j}, err
}

// Append implements storage.Journal.
func (j *Journal) Append(all ...interview.Pending) error {
	return j.write(func() error { return j.Journal.Append(all...) })
}

// Flaky is a store whose writes fail as they are told.
type Flaky struct {
	storage.Store
	breakable
}

// New returns a new notebook in a folder of the test's own. It syncs nothing, so that it is fast.
func New(t testing.TB) *Flaky {
	t.Helper()
	f, err := Open(filepath.Join(t.TempDir(), "hark.db"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Open is New for the notebook at path.
func Open(path string) (*Flaky, error) {
	s, err := storetest.OpenUnsynced(path)
	return &Flaky{Store: s}, err
}

// Create implements storage.Store.
func (f *Flaky) Create(ctx context.Context, w storage.Write) (rev interview.Revision, err error) {
	err = f.write(func() error {
		rev, err = f.Store.Create(ctx, w)
		return err
	})
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// Begin implements storage.Store.
func (f *Flaky) Begin(ctx context.Context, begin func(document.Incarnation) (storage.Write, error)) (rev interview.Revision, err error) {
	err = f.write(func() error {
		rev, err = f.Store.Begin(ctx, begin)
		return err
	})
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// CreateMany implements storage.Store.
func (f *Flaky) CreateMany(ctx context.Context, all []storage.Write) error {
	return f.write(func() error { return f.Store.CreateMany(ctx, all) })
}

// MarkErased implements storage.Store.
func (f *Flaky) MarkErased(ctx context.Context, ids []interview.ID) (marked int, here []interview.ID, err error) {
	err = f.write(func() error {
		marked, here, err = f.Store.MarkErased(ctx, ids)
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	return marked, here, nil
}

// Change implements storage.Store.
func (f *Flaky) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (rev interview.Revision, err error) {
	err = f.write(func() error {
		rev, err = f.Store.Change(ctx, id, decide)
		return err
	})
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// SetDraft implements storage.Store.
func (f *Flaky) SetDraft(ctx context.Context, id interview.ID, text string) error {
	return f.write(func() error { return f.Store.SetDraft(ctx, id, text) })
}

// LeaveDraft implements storage.Store.
func (f *Flaky) LeaveDraft(ctx context.Context, id interview.ID, window document.ID, text string) error {
	return f.write(func() error { return f.Store.LeaveDraft(ctx, id, window, text) })
}
