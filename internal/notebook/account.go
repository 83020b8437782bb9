package notebook

import (
	"context"
	"io"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// Account is an interview that is entered as a whole, with times of its own; AddAll stores it. The
// rules are those of Begin and Apply, and so is the history, but people of earlier meetings are not
// looked up. An Account is for one goroutine; several accounts of one notebook may be entered at
// once.
type Account struct {
	notebook *Notebook
	iv       *interview.Interview
	newID    func() (interview.ID, error)
	records  []interview.Record
}

// Account begins an interview at the time at, with the given ID, which must be new. The IDs of its
// items are drawn from random. The error is an *interview.Error with code Invalid when the
// customer's name is not acceptable.
func (n *Notebook) Account(id interview.ID, b interview.Beginning, at time.Time, random io.Reader) (*Account, error) {
	a := &Account{notebook: n, newID: func() (interview.ID, error) { return document.NewID(random) }}
	step, err := interview.Begin(id, b, a.stamp(at, Live))
	if err != nil {
		return nil, err
	}
	a.take(step, at)
	return a, nil
}

// Apply does one action at the time at. An *interview.Error is the reason of a refusal; a text that
// the gate refused is in the account as a thought all the same. Undo and Redo are always refused.
func (a *Account) Apply(action interview.Action, at time.Time, mode Mode) error {
	step, err := interview.Apply(a.iv, action, a.stamp(at, mode))
	if err != nil {
		return err
	}
	a.take(step, at)
	if step.Refused != nil {
		return step.Refused
	}
	return nil
}

// Interview returns the interview as it stands. Later actions do not change it.
func (a *Account) Interview() *interview.Interview { return a.iv }

func (a *Account) stamp(at time.Time, mode Mode) interview.Stamp {
	return interview.Stamp{Now: at, Writer: a.notebook.writer(), Device: a.notebook.device, NewID: a.newID, Debrief: mode == Debrief, Fold: plain.FoldName}
}

func (a *Account) take(step *interview.Step, at time.Time) {
	if len(step.Change) == 0 {
		return
	}
	a.iv = step.After
	a.records = append(a.records, a.notebook.record(step, interview.Did, at))
}

// AddAll stores new interviews in one transaction: all of them, or none when it fails. The accounts
// must belong to this notebook, and must not be used afterwards.
func (n *Notebook) AddAll(ctx context.Context, accounts []*Account) error {
	all := make([]storage.Write, len(accounts))
	for i, a := range accounts {
		last := len(a.records) - 1
		all[i] = writeOf(a.iv, a.records[last], a.records[:last]...)
	}
	return n.store.CreateMany(ctx, all)
}
