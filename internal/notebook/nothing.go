package notebook

import (
	"context"
	"fmt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Nothing returns the store of a notebook that is not there: it is empty, and
// takes nothing. Whoever only looks needs no more. path is where the
// notebook would lie.
func Nothing(path string) storage.Store { return nothing(path) }

type nothing string

func (n nothing) refuse() error {
	return fmt.Errorf("%w: there is none in %s", storage.ErrUnwritable, string(n))
}

func (n nothing) Create(context.Context, storage.Write) (interview.Revision, error) {
	return 0, n.refuse()
}

func (n nothing) CreateMany(context.Context, []storage.Write) error { return n.refuse() }

func (nothing) Change(context.Context, interview.ID, func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	return 0, storage.ErrNotFound
}

func (nothing) Read(context.Context, interview.ID) (*document.Document, interview.Revision, error) {
	return nil, 0, storage.ErrNotFound
}

func (nothing) ReadMany(_ context.Context, ids []interview.ID, _ bool) ([]storage.Copy, error) {
	if len(ids) > 0 {
		return nil, storage.ErrNotFound
	}
	return nil, nil
}

func (nothing) Revision(context.Context, interview.ID) (interview.Revision, error) { return 0, nil }

func (nothing) Latest(context.Context) (interview.Revision, error) { return 0, nil }

func (nothing) Find(context.Context, string, int) ([]interview.ID, error) { return nil, nil }

func (nothing) SummariesIn(context.Context, func(interview.Summary) interview.Detail, func(interview.Summary) bool) error {
	return nil
}

func (nothing) OfCustomer(context.Context, string, func(interview.Summary) bool) error { return nil }

func (nothing) Candidates(context.Context, []string, func(interview.ID, []byte) bool) error {
	return nil
}

func (nothing) Index(context.Context) (bool, error) { return false, nil }

func (nothing) Log(context.Context, interview.ID) ([]interview.Record, error) {
	return nil, storage.ErrNotFound
}

func (nothing) Window() document.ID { return document.ID{} }

func (nothing) Draft(context.Context, interview.ID) (string, error) { return "", nil }

func (n nothing) SetDraft(context.Context, interview.ID, string) error { return n.refuse() }

func (n nothing) LeaveDraft(context.Context, interview.ID, document.ID, string) error {
	return n.refuse()
}

func (nothing) Verify(context.Context) error { return nil }

func (n nothing) Rescue(context.Context) (string, error) { return "", n.refuse() }

func (n nothing) Path() string { return string(n) }
