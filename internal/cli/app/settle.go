package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"hark/internal/notebook"
	"hark/internal/storage"
)

// What could not go into the notebook is in its journal: see notebook.Settle.

// How long a command waits for a notebook in use before it leaves the journal to the next one: at
// its start, when somebody wants an answer, and at its end.
const (
	settleFirst = 250 * time.Millisecond
	settleLast  = 5 * time.Second
)

// storeJournalled moves what an earlier hark has journalled into the notebook, and waits at most so
// long for that. A failure stops no command; it is said unless another program is at work.
func (a *App) storeJournalled(book *notebook.Notebook, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	s, err := book.Settle(ctx)
	if s.Stored > 0 {
		a.Note("hark: %s that could not be written before: in the notebook now", Count(s.Stored, "entry", "entries"))
	}
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		a.Note("hark: %s", err)
	}
}

// StoreWaiting stores what is journalled for the notebook, before something is done to its file,
// and returns how many journals are left: those of harks that are open, or all of them when the
// notebook cannot be written. Where there is no notebook none is made.
func (a *App) StoreWaiting(maintainer storage.Maintainer) (waiting int, err error) {
	waiting, err = maintainer.Waiting()
	if err != nil || waiting == 0 {
		return waiting, err
	}
	path, err := a.NotebookPath()
	if err != nil {
		return waiting, err
	}
	if _, err := os.Lstat(path); err != nil {
		return waiting, nil // none is made, and what waits goes into the one to come
	}
	if a.opened == nil {
		if _, err := a.openBook(); err != nil {
			return waiting, nil // what waits stays where it is
		}
	}
	a.storeJournalled(a.opened, settleLast)
	return maintainer.Waiting()
}

// Recover stores what lies in journals in quarantine, as far as the notebook that is there has a
// place for it, and says in sentences what is left there, and what waits for another notebook.
func (a *App) Recover(ctx context.Context) (said []string, err error) {
	path, err := a.NotebookPath()
	if err != nil || a.IsNowhere(path) {
		return nil, err
	}
	if there, err := a.Maintain(path).HasJournals(); err != nil || !there {
		return nil, err
	}
	if a.opened == nil {
		if _, err := a.openBook(); err != nil {
			return nil, nil //nolint:nilerror // what is wrong with the notebook was said
		}
	}
	stored, left, foreign, err := a.opened.Recover(ctx)
	if stored > 0 {
		said = append(said, fmt.Sprintf("%s that lay in quarantine: in the notebook now.", Count(stored, "entry", "entries")))
	}
	for _, j := range left {
		switch {
		case j.Foreign:
			said = append(said, fmt.Sprintf("The journal %s in quarantine is of another notebook; it goes in once `hark doctor` finds that one there.", j.Path))
		case j.Misfits > 0:
			said = append(said, fmt.Sprintf("The journal %s in quarantine has %s of interviews that this notebook does not have; they go in once `hark doctor` finds them there.",
				j.Path, Count(j.Misfits, "entry", "entries")))
		default:
			said = append(said, fmt.Sprintf("The journal %s in quarantine is damaged; all that can be read of it is in the notebook.", j.Path))
		}
	}
	for _, path := range foreign {
		said = append(said, fmt.Sprintf("The journal %s is of another notebook; it goes in by itself once that one is there.", path))
	}
	return said, err
}

// BringBack says what to do when another file was put in the place of the notebook.
const BringBack = "If there is a file that has it, `hark --db FILE export --all --format json --thoughts | hark import -` brings it back"

// settle stores at the end of a command what this run has journalled, and says what is left. It
// returns err, or, when that is nil, one that says that the notebook does not have everything.
func (a *App) settle(err error) error {
	if a.opened == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), settleLast)
	defer cancel()
	why := a.opened.PutBack(ctx)
	if why == nil && a.opened.Journalled() == 0 {
		return err
	}
	left := "What was written"
	if a.opened.Journalled() > 0 {
		var s notebook.Settled
		s, why = a.opened.Settle(ctx)
		if s.Rescue != "" {
			a.Note("hark: a copy of the notebook as it was is in %s", s.Rescue)
		}
		if s.Journalled == 0 {
			return err
		}
		left = Count(s.Journalled, "entry", "entries")
	}
	if errors.Is(why, context.DeadlineExceeded) {
		why = errors.New("another program has it in use")
	}
	when := "when hark is started again"
	if errors.Is(why, fs.ErrNotExist) {
		when = "once it is back"
	}
	a.Note("hark: %s could not go into the notebook: %s. What was kept is in %s, and goes in by itself %s", left, why, a.opened.JournalPath(), when)
	if errors.Is(why, storage.ErrReplaced) {
		a.Note("hark: what else was in the notebook is in neither. %s", BringBack)
	}
	if err == nil {
		return Said(ExitNotebook)
	}
	return err
}
