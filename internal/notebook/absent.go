package notebook

import (
	"context"
	"fmt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Absent returns the store of a notebook whose file does not exist: an empty one that refuses every
// write. Commands that only read use it, so that reading creates no file. path is where the
// notebook would lie.
func Absent(path string) storage.Store { return absent(path) }

type absent string

func (n absent) refuse() error {
	return fmt.Errorf("%w: there is none in %s", storage.ErrUnwritable, string(n))
}

func (n absent) Create(context.Context, storage.Write) (interview.Revision, error) {
	return 0, n.refuse()
}

func (n absent) Begin(context.Context, func(document.Incarnation) (storage.Write, error)) (interview.Revision, error) {
	return 0, n.refuse()
}

func (n absent) CreateMany(context.Context, []storage.Write) error { return n.refuse() }

func (absent) Change(context.Context, interview.ID, func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	return 0, storage.ErrNotFound
}

func (absent) Read(context.Context, interview.ID) (*document.Document, interview.Revision, error) {
	return nil, 0, storage.ErrNotFound
}

func (absent) ReadMany(_ context.Context, ids []interview.ID, _ bool) ([]storage.Copy, error) {
	if len(ids) > 0 {
		return nil, storage.ErrNotFound
	}
	return nil, nil
}

func (absent) Revision(context.Context, interview.ID) (interview.Revision, error) { return 0, nil }

func (absent) Latest(context.Context) (interview.Revision, error) { return 0, nil }

func (absent) Find(context.Context, string, int) ([]interview.ID, error) { return nil, nil }

func (absent) Erased(context.Context) ([]interview.ID, error) { return nil, nil }

func (n absent) MarkErased(context.Context, []interview.ID) (int, []interview.ID, error) {
	return 0, nil, n.refuse()
}

func (absent) SummariesIn(context.Context, func(interview.Summary) interview.Detail, func(interview.Summary) bool) error {
	return nil
}

func (absent) OfCustomer(context.Context, string, func(interview.Summary) bool) error { return nil }

func (absent) OfCustomers(context.Context, string, func(interview.Summary) interview.Detail, func(interview.Summary) bool) error {
	return nil
}

func (absent) Candidates(context.Context, []string, func(interview.ID, []byte) bool) error {
	return nil
}

func (absent) Index(context.Context) (bool, error) { return false, nil }

func (absent) Log(context.Context, interview.ID) ([]interview.Record, error) {
	return nil, storage.ErrNotFound
}

func (absent) Device() document.Incarnation { return 0 }

func (absent) Window() document.ID { return document.ID{} }

func (absent) Draft(context.Context, interview.ID) (string, error) { return "", nil }

func (n absent) SetDraft(context.Context, interview.ID, string) error { return n.refuse() }

func (n absent) LeaveDraft(context.Context, interview.ID, document.ID, string) error {
	return n.refuse()
}

func (absent) Verify(context.Context) error { return nil }

func (n absent) Rescue(context.Context) (string, error) { return "", n.refuse() }

func (n absent) Path() string { return string(n) }

func (absent) ID() document.ID { return document.ID{} }

func (absent) Outdated() string { return "" }
