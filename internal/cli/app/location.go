package app

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"hark/internal/config"
	"hark/internal/kept"
	"hark/internal/notebook"
	"hark/internal/storage"
)

// NotebookPath returns where the notebook is: --db, HARK_DB, the settings, or the data folder.
func (a *App) NotebookPath() (string, error) {
	if a.DB != "" {
		return a.DB, nil
	}
	set, err := a.Settings()
	if err != nil {
		return "", err
	}
	return set.NotebookPath()
}

// Book opens the notebook that is there, to add to it or to change it. Where there is none it makes
// none: a path that was named on the command line is a mistake then, and elsewhere it is as if the
// notebook were empty. From then on signals do not end the process.
func (a *App) Book() (*notebook.Notebook, error) {
	a.Heed()
	return a.BookToRead()
}

// BookToRead is Book for a command that only reads. Such a command can end anywhere, so signals end
// the process, and so does a reader of its output who has seen enough.
func (a *App) BookToRead() (*notebook.Notebook, error) {
	path, err := a.NotebookPath()
	if err != nil {
		return nil, err
	}
	if err := a.CheckPath(); err != nil {
		return nil, err
	}
	if !a.IsNowhere(path) {
		return a.openAndStore()
	}
	set, err := a.Settings()
	if err != nil {
		return nil, err
	}
	if a.isGone(path) {
		a.noteGone(path, "")
		return a.use(set, notebook.Absent(path), nil)
	}
	switch set.From["notebook"] {
	case config.FromEnvironment:
		a.Note("hark: there is no notebook at %s yet, where HARK_DB says that it is", path)
	case config.FromFile:
		a.Note("hark: there is no notebook at %s yet, where your settings say that it is", path)
	case config.FromDefault:
	}
	return a.use(set, notebook.Absent(path), nil)
}

// CheckPath returns an error when --db names a path without a notebook.
func (a *App) CheckPath() error {
	if a.DB == "" || !a.IsNowhere(a.DB) {
		return nil
	}
	if a.isGone(a.DB) {
		a.noteGone(a.DB, "")
	}
	return Usagef("There is no notebook at %s. Check the path; `hark` and `hark take --new CUSTOMER` begin a new one there, with the same --db", a.DB)
}

// CheckNotebook returns an error when a notebook that is to be made at a path, or put there, would take
// the place of something else that hark keeps.
func (a *App) CheckNotebook(path string) error {
	return a.CheckTarget(path, kept.Notebook, kept.Another, kept.Copy, kept.Sample)
}

// IsNowhere reports whether there is no notebook at a path. What is wrong with one, opening it says.
func (a *App) IsNowhere(path string) bool {
	there, err := a.Maintain(path).There(context.Background())
	return err == nil && !there
}

// isGone reports whether there is no notebook at a path, and what could not be written to the one
// that was there waits for it.
func (a *App) isGone(path string) bool {
	if !a.IsNowhere(path) {
		return false
	}
	waiting, err := a.Maintain(path).Waiting()
	return err == nil && waiting > 0
}

// noteGone says that the notebook is gone, and what waits for it.
func (a *App) noteGone(path, instead string) {
	a.Note("hark: the notebook %s is gone%s. What could not be written to it waits beside it, and goes in by itself once it is back", path, instead)
}

// BookToFill opens the notebook, and makes it when there is none. From then on signals do not end
// the process.
func (a *App) BookToFill() (*notebook.Notebook, error) {
	a.Heed()
	path, err := a.NotebookPath()
	if err != nil {
		return nil, err
	}
	if a.isGone(path) {
		a.noteGone(path, ", and a new one begins there")
	}
	return a.openAndStore()
}

// BookApart opens a notebook that is not the user's own. Nobody misses it, so it has neither
// backups nor a journal.
func (a *App) BookApart(path string) (*notebook.Notebook, error) {
	a.Heed()
	set, err := a.Settings()
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(path)
	if err != nil {
		return nil, err
	}
	return a.use(set, store, nil)
}

// openAndStore opens the notebook and stores what an earlier hark could not write to it.
func (a *App) openAndStore() (*notebook.Notebook, error) {
	book, err := a.openBook()
	if err != nil {
		return nil, err
	}
	a.storeJournalled(book, settleFirst)
	return book, nil
}

// openBook opens the notebook, and makes it when there is none.
func (a *App) openBook() (*notebook.Notebook, error) {
	set, err := a.Settings()
	if err != nil {
		return nil, err
	}
	path, err := a.NotebookPath()
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(path)
	if err != nil {
		return nil, err
	}
	var journal storage.Journal
	if a.OpenJournal != nil {
		if journal, err = a.OpenJournal(path); err != nil {
			return nil, err
		}
	}
	book, err := a.use(set, store, journal)
	if err != nil {
		return nil, err
	}
	if said := store.Outdated(); said != "" {
		a.Note("hark: %s. %s", said, BringBack)
	}
	for _, warning := range a.Maintain(path).LocationWarnings() {
		a.Note("hark: %s", warning)
	}
	if set.Backups {
		book.BackUpDaily()
	}
	return book, nil
}

// use makes a store the notebook of this run. A nil journal is none.
func (a *App) use(set *config.Loaded, store storage.Store, journal storage.Journal) (book *notebook.Notebook, err error) {
	a.opened, err = notebook.New(notebook.Options{
		Store: store, Journal: journal, Now: a.Now, Random: rand.Reader,
		Author: set.Author, Login: set.Login, NoNudge: !set.Nudge, Departments: set.Departments,
	})
	return a.opened, err
}

// openStore opens a store. When that takes long, since another process holds the notebook or an older
// hark made it, it says so, and it stops waiting when somebody asks hark to stop.
func (a *App) openStore(path string) (storage.Store, error) {
	const long = 1500 * time.Millisecond                                                  // after a wait for somebody was said
	if there, err := a.Maintain(path).There(context.Background()); err == nil && !there { // it is about to be made
		if err := a.CheckNotebook(path); err != nil {
			return nil, err
		}
	}
	type opening struct {
		store storage.Store
		err   error
	}
	unopened := Stopped("the notebook was not opened, and nothing was done")
	ctx, end := a.watched(context.Background())
	defer end()
	if a.hurry > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, a.hurry)
		defer stop()
	}
	done := make(chan opening, 1)
	go func() {
		store, err := a.OpenStore(ctx, path)
		done <- opening{store, err}
	}()
	waited := time.NewTimer(long)
	defer waited.Stop()
	for {
		select {
		case o := <-done:
			if errors.Is(o.err, context.Canceled) {
				return nil, unopened
			}
			return o.store, o.err
		case <-waited.C:
			if !a.waits.Load() && !a.status.shows() {
				a.NoteAside("hark: opening the notebook takes long: it is checked as a whole, or brought up to date; waiting…")
			}
		case <-a.Stopping():
			return nil, unopened
		}
	}
}
