package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"hark/internal/config"
	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// NeedScreen refuses a command that shows the screens where they cannot be shown, and says how to
// do the same in plain lines.
func (a *App) NeedScreen(inPlainLines string) error {
	switch {
	case !a.StdinIsTerminal || !a.StdoutIsTerminal:
		return Usagef("The app needs a terminal, and this is none; in plain lines: %s", inPlainLines)
	case a.Getenv("TERM") == "dumb":
		return Usagef("The app needs a terminal that can place text (TERM is dumb); in plain lines: %s", inPlainLines)
	}
	return nil
}

// OpenApp shows the screens at an interview, or at the library for none, with a notice on it.
func (a *App) OpenApp(ctx context.Context, book *notebook.Notebook, id interview.ID, notice string) error {
	set, err := a.Settings()
	if err != nil {
		return err
	}
	return a.RunApp(ctx, Request{
		Book: book, Playbooks: a.Library(), Interview: id, Settings: set.Settings, Notice: notice,
		Faults: config.Faults(a.Getenv),
		Export: func(ctx context.Context, id interview.ID, folder string) (string, error) {
			return a.exportInto(ctx, book, id, folder)
		},
	})
}

// exportInto writes one interview as Markdown into a folder, and returns where, and what went out
// otherwise than it stands. An error is a sentence.
func (a *App) exportInto(ctx context.Context, book *notebook.Notebook, id interview.ID, folder string) (string, error) {
	folder, err := config.Expand(folder, a.Getenv)
	if err != nil {
		return "", err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", err
	}
	view, err := book.Open(ctx, id)
	if err != nil {
		return "", err
	}
	place, err := a.MakePlace(folder)
	if err != nil {
		return "", err
	}
	defer place.Close()
	opts := export.Options{Location: a.Zone}
	if opts.Known, err = NewKnown(book).In(ctx, view.Interview); err != nil {
		return "", err
	}
	page := export.NewPage(view.Interview, opts)
	name := plain.FileName(view.Customer, id.Short(), ".md")
	path := filepath.Join(folder, name)
	err = place.Put(name, false, Content(page.Markdown()))
	if errors.Is(err, ErrThere) {
		return "", fmt.Errorf("%s is there already, so it was left alone; name another folder", path)
	}
	var still ReadOver
	still.Add(view.Customer, page.Still())
	for _, toRead := range still.sentences() {
		path += "; " + toRead
	}
	if n := export.Undated(view.Interview); n > 0 {
		path += "; " + undated(n)
	}
	return path, err
}
