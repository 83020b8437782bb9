package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"hark/internal/notebook"
	"hark/internal/storage"
)

// What could not go into the notebook is kept beside it: see notebook.Settle.

// How long a command waits for a notebook in use before it leaves that to the
// next one: at its start, when somebody wants an answer, and at its end.
const (
	settleFirst = 250 * time.Millisecond
	settleLast  = 5 * time.Second
)

// takeUp moves what an earlier hark kept aside into the notebook, and waits so
// long for that. What stands in the way stops no command; it is said if it is more
// than another program at work.
func (a *app) takeUp(book *notebook.Notebook, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	s, err := book.Settle(ctx)
	if s.Stored > 0 {
		a.note("hark: %s that could not be written before: in the notebook now", count(s.Stored, "entry", "entries"))
	}
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		a.note("hark: %s", err)
	}
}

// takeUpBeside does that before something is done to the file of the notebook
// itself, if there is one, and returns how many journals still lie beside it: harks
// that are open have them, or the notebook cannot be written.
func (a *app) takeUpBeside(maintainer storage.Maintainer) (waiting int, err error) {
	waiting, err = maintainer.Waiting()
	if err != nil || waiting == 0 {
		return waiting, err
	}
	path, err := a.notebookPath()
	if err != nil {
		return waiting, err
	}
	if _, err := os.Lstat(path); err != nil {
		return waiting, nil //nolint:nilerror // none is made, and what waits goes into the one to come
	}
	if a.opened == nil {
		if _, err := a.openBook(); err != nil {
			return waiting, nil //nolint:nilerror // what waits stays where it is
		}
	}
	a.takeUp(a.opened, settleLast)
	return maintainer.Waiting()
}

// settle does at the end of a command what can be done for what was kept aside,
// and says what is left. It returns err, or, when that is nil, one that says that
// the notebook does not have everything.
func (a *app) settle(err error) error {
	if a.opened == nil || a.opened.Aside() == 0 {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), settleLast)
	defer cancel()
	s, why := a.opened.Settle(ctx)
	if s.Rescue != "" {
		a.note("hark: a copy of the notebook as it was is in %s", s.Rescue)
	}
	if s.Aside == 0 {
		return err
	}
	if errors.Is(why, context.DeadlineExceeded) {
		why = errors.New("another program has it in use")
	}
	a.note("hark: %s could not go into the notebook: %s. What was kept is in %s, and goes in by itself when hark is started again",
		count(s.Aside, "entry", "entries"), why, a.opened.AsidePath())
	if err == nil {
		return &saidError{exitNotebook}
	}
	return err
}

// notStored is what an answer says of something that is not in the notebook yet.
func notStored(r notebook.Result) string {
	if r.Aside == nil {
		return ""
	}
	if errors.Is(r.Aside, storage.ErrUnsynced) {
		return "(kept aside: the disk did not confirm)"
	}
	return "(kept aside)"
}
