package screen

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/ui/widget"
)

// Change is one action that a screen applied to an interview.
type Change struct {
	Interview interview.ID
	Number    interview.Number // of the promise or route it changed, 0 for none
	What      string           // for a note: "Done: send the norm sheet"

	revision interview.Revision // the interview's after it
}

// Changes are the changes of one screen, the last one last, which can be undone one by one. Use it
// by pointer.
type Changes struct {
	book *notebook.Notebook
	done []Change
	busy bool
}

// Changed is the result of a change, or of undoing the last one. It names the Changes that asked
// for it.
type Changed struct {
	to     *Changes
	change Change
	undone bool
	err    error
}

// errMovedOn: undoing the change would undo something else.
var errMovedOn = errors.New("another window has changed this interview since; undo it there")

// NewChanges returns an empty list of changes to interviews in a notebook.
func NewChanges(book *notebook.Notebook) *Changes { return &Changes{book: book} }

// Why returns why nothing can be changed now, "" when it can.
func (c *Changes) Why() string {
	if c.busy {
		return "the last change is being written"
	}
	return ""
}

// None reports whether there is nothing to undo.
func (c *Changes) None() bool { return len(c.done) == 0 }

// Do returns a command that applies an action to an interview.
func (c *Changes) Do(action interview.Action, change Change) tea.Cmd {
	c.busy = true
	return func() tea.Msg {
		r, err := c.book.Apply(context.Background(), change.Interview, action, notebook.Live)
		change.revision = r.Revision
		return Changed{to: c, change: change, err: err}
	}
}

// Undo returns a command that undoes the last change; nil when there is none.
func (c *Changes) Undo() tea.Cmd {
	if c.None() {
		return nil
	}
	c.busy = true
	last := c.done[len(c.done)-1]
	return func() tea.Msg {
		err := c.unchangedSince(last)
		if err == nil {
			_, err = c.book.Apply(context.Background(), last.Interview, interview.Undo{}, notebook.Live)
		}
		return Changed{to: c, change: last, undone: true, err: err}
	}
}

// unchangedSince returns an error when its author changed the interview after the change and that was
// not undone: an undo would take that back instead.
func (c *Changes) unchangedSince(change Change) error {
	log, err := c.book.Log(context.Background(), change.Interview)
	if err != nil {
		return err
	}
	undone := map[interview.Revision]bool{}
	for _, r := range log {
		switch {
		case r.Kind == interview.Undid:
			undone[r.Of] = true
		case r.Kind == interview.Moved, r.Kind == interview.Merged, undone[r.Revision], !c.book.Mine(r):
		case r.Revision == change.revision:
			return nil
		default:
			return errMovedOn
		}
	}
	return errMovedOn
}

// Take takes the result of a change, and returns the note that reports it and the change that was
// taken back, if any. ok is false for the result of other Changes.
func (c *Changes) Take(msg Changed) (note widget.Note, back Change, ok bool) {
	if msg.to != c {
		return widget.Note{}, Change{}, false
	}
	c.busy = false
	var refusal *interview.Error
	switch what := msg.change.What; {
	case msg.err == nil && msg.undone:
		c.done = c.done[:len(c.done)-1]
		return widget.Note{Text: "Taken back: " + what}, msg.change, true
	case msg.err == nil:
		c.done = append(c.done, msg.change)
		return widget.Note{Text: what + " · u takes it back"}, Change{}, true
	case msg.undone && (errors.Is(msg.err, errMovedOn) || errors.As(msg.err, &refusal)):
		c.done = c.done[:len(c.done)-1] // it would fail the next time too
		return widget.Note{Text: what + ". That cannot be taken back: " + msg.err.Error(), Alarm: true}, Change{}, true
	}
	return widget.Note{Text: "That could not be done: " + msg.err.Error(), Alarm: true}, Change{}, true
}
