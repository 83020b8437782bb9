package notebooktest

import (
	"context"
	"errors"
	"sync"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Trouble is asked at each write, and says how it ends. landed says of a write
// that fails that it is done all the same, as when a disk does not confirm it.
type Trouble func() (landed bool, err error)

// Flaky is a store whose writes fail as they are told.
type Flaky struct {
	storage.Store

	mu    sync.Mutex
	wrong Trouble // nil for none
}

// Break makes writes fail from now on; nil ends that.
func (f *Flaky) Break(how Trouble) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wrong = how
}

func (f *Flaky) trouble() (landed bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.wrong == nil {
		return true, nil
	}
	return f.wrong()
}

// Create implements storage.Store.
func (f *Flaky) Create(ctx context.Context, w storage.Write) (interview.Revision, error) {
	landed, err := f.trouble()
	if err != nil && !landed {
		return 0, err
	}
	rev, createErr := f.Store.Create(ctx, w)
	if err == nil {
		err = createErr
	}
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// Change implements storage.Store.
func (f *Flaky) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	landed, err := f.trouble()
	if err != nil && !landed {
		return 0, err
	}
	rev, changeErr := f.Store.Change(ctx, id, decide)
	if changeErr != nil {
		return 0, changeErr
	}
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// SetDraft implements storage.Store.
func (f *Flaky) SetDraft(ctx context.Context, id interview.ID, text string) error {
	landed, err := f.trouble()
	if err != nil && !landed {
		return err
	}
	if setErr := f.Store.SetDraft(ctx, id, text); setErr != nil {
		return setErr
	}
	return err
}

// LeaveDraft implements storage.Store.
func (f *Flaky) LeaveDraft(ctx context.Context, id interview.ID, window document.ID, text string) error {
	landed, err := f.trouble()
	if err != nil && !landed {
		return err
	}
	return errors.Join(f.Store.LeaveDraft(ctx, id, window, text), err)
}
