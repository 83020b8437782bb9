package screen

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// Change is one thing that a screen did to an interview.
type Change struct {
	Interview interview.ID
	Number    int    // of the promise or route that it is about, 0 for none
	What      string // as a note says it: "Done: send the norm sheet"

	revision interview.Revision // the interview's when it was done
}

// Changes are what a screen did to interviews, the last one last, to be taken
// back one after the other. It is kept by pointer.
type Changes struct {
	book *notebook.Notebook
	done []Change
	busy bool
}

// Changed is what came of a change, or of taking the last one back. It is for
// the Changes that asked for it.
type Changed struct {
	to     *Changes
	change Change
	undone bool
	err    error
}

// Came is what to say of a Changed.
type Came struct {
	Text  string
	Alarm bool
	// Back is the change that was taken back; zero for none.
	Back Change
}

// errMovedOn says that taking a change back would take something else back.
var errMovedOn = errors.New("another window has changed this interview since; undo it there")

// NewChanges returns no changes yet, of interviews in a notebook.
func NewChanges(book *notebook.Notebook) *Changes { return &Changes{book: book} }

// Why says why nothing can be changed just now, "" when it can.
func (c *Changes) Why() string {
	if c.busy {
		return "the last change is being written"
	}
	return ""
}

// None reports whether there is nothing to take back.
func (c *Changes) None() bool { return len(c.done) == 0 }

// Do returns what does something to an interview, off the screen's thread.
func (c *Changes) Do(action interview.Action, change Change) tea.Cmd {
	c.busy = true
	return func() tea.Msg {
		r, err := c.book.Apply(context.Background(), change.Interview, action, notebook.Live)
		change.revision = r.Revision
		return Changed{to: c, change: change, err: err}
	}
}

// Undo returns what takes back the last thing that was done; nil when there is
// none.
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

// unchangedSince returns an error when something was done to the interview after
// the change, and not taken back: an undo would take that back instead.
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
		case r.Kind == interview.Moved, undone[r.Revision]:
		case r.Revision == change.revision:
			return nil
		default:
			return errMovedOn
		}
	}
	return errMovedOn
}

// Take takes in what came of a change. ok is false when it is for other Changes.
func (c *Changes) Take(msg Changed) (came Came, ok bool) {
	if msg.to != c {
		return Came{}, false
	}
	c.busy = false
	var refusal *interview.Error
	switch what := msg.change.What; {
	case msg.err == nil && msg.undone:
		c.done = c.done[:len(c.done)-1]
		return Came{Text: "Taken back: " + what, Back: msg.change}, true
	case msg.err == nil:
		c.done = append(c.done, msg.change)
		return Came{Text: what + " · u takes it back"}, true
	case msg.undone && (errors.Is(msg.err, errMovedOn) || errors.As(msg.err, &refusal)):
		c.done = c.done[:len(c.done)-1] // it will not work the next time either
		return Came{Text: what + ". That cannot be taken back: " + msg.err.Error(), Alarm: true}, true
	}
	return Came{Text: "That could not be done: " + msg.err.Error(), Alarm: true}, true
}
