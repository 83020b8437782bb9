package cli

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"

	"hark/internal/config"
	"hark/internal/notebook"
)

// book opens the notebook that is there, to look into it or to go on with it.
// Where there is none it makes none: a place that was named on the command line
// is a mistake then, and anywhere else it is as if the notebook were empty. From
// then on signals do not end the process.
func (a *app) book() (*notebook.Notebook, error) {
	a.heed()
	return a.bookToRead()
}

// bookToRead is book for what only reads. It can end anywhere, so that signals
// end the process, as do readers who have seen enough.
func (a *app) bookToRead() (*notebook.Notebook, error) {
	path, err := a.notebookPath()
	if err != nil {
		return nil, err
	}
	if err := a.mistaken(); err != nil {
		return nil, err
	}
	if !a.isNowhere(path) {
		return a.takenUp()
	}
	set, err := a.settings()
	if err != nil {
		return nil, err
	}
	switch set.From["notebook"] {
	case config.FromEnvironment:
		a.note("hark: there is no notebook at %s yet, where HARK_DB says that it is", path)
	case config.FromFile:
		a.note("hark: there is no notebook at %s yet, where your settings say that it is", path)
	case config.FromDefault:
	}
	a.opened, err = notebook.New(notebook.Options{Store: notebook.Nothing(path), Now: a.env.Now, Random: rand.Reader, Author: set.Author})
	return a.opened, err
}

// mistaken returns an error when --db names a place without a notebook.
func (a *app) mistaken() error {
	if a.db == "" || !a.isNowhere(a.db) {
		return nil
	}
	return usagef("There is no notebook at %s. Check the path; `hark` and `hark take --new CUSTOMER` begin a new one there, with the same --db", a.db)
}

// isNowhere reports whether there is no notebook in a place, nor anything beside
// it that waits to go into it.
func (a *app) isNowhere(path string) bool {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return false // what else is wrong with it, opening it says
	}
	waiting, err := a.env.Maintain(path).Waiting()
	return err == nil && waiting == 0
}

// bookToFill opens the notebook, and makes it when there is none. From then on
// signals do not end the process.
func (a *app) bookToFill() (*notebook.Notebook, error) {
	a.heed()
	return a.takenUp()
}

// takenUp opens the notebook and takes up what an earlier hark could not write.
func (a *app) takenUp() (*notebook.Notebook, error) {
	book, err := a.openBook()
	if err != nil {
		return nil, err
	}
	a.takeUp(book, settleFirst)
	return book, nil
}
