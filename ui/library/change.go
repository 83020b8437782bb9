package library

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// change is one thing that was done to an interview from here.
type change struct {
	interview interview.ID
	promise   int                // its number, 0 when it was not about one
	what      string             // as the note says it: "Harbour Welding is deleted"
	revision  interview.Revision // the interview's when it was done
}

// changed is what came of a change, or of taking the last one back.
type changed struct {
	to     *Model
	change change
	undone bool
	err    error
}

// errMovedOn says that taking a change back would take something else back.
var errMovedOn = errors.New("another window has changed this interview since; undo it there")

// do does something to an interview, off the screen's thread.
func (m *Model) do(action interview.Action, c change) tea.Cmd {
	m.busy = true
	book := m.env.Book
	return func() tea.Msg {
		r, err := book.Apply(context.Background(), c.interview, action, notebook.Live)
		c.revision = r.Revision
		return changed{to: m, change: c, err: err}
	}
}

// undo takes back the last thing that was done here.
func (m *Model) undo() tea.Cmd {
	if len(m.changes) == 0 {
		return nil
	}
	m.busy = true
	book, last := m.env.Book, m.changes[len(m.changes)-1]
	return func() tea.Msg {
		err := unchangedSince(book, last)
		if err == nil {
			_, err = book.Apply(context.Background(), last.interview, interview.Undo{}, notebook.Live)
		}
		return changed{to: m, change: last, undone: true, err: err}
	}
}

// unchangedSince returns an error when something was done to the interview after
// the change: an undo would take that back instead.
func unchangedSince(book *notebook.Notebook, c change) error {
	log, err := book.Log(context.Background(), c.interview)
	if err != nil {
		return err
	}
	for _, r := range log {
		switch {
		case r.Revision == c.revision:
			return nil
		case r.Kind != interview.Moved:
			return errMovedOn
		}
	}
	return errMovedOn
}

// changed says what came of a change and reads the list anew.
func (m *Model) changed(msg changed) tea.Cmd {
	m.busy = false
	var refusal *interview.Error
	switch {
	case msg.err == nil && msg.undone:
		m.changes = m.changes[:len(m.changes)-1]
		m.back = msg.change
		m.say("Taken back: " + msg.change.what)
	case msg.err == nil:
		m.changes = append(m.changes, msg.change)
		m.say(msg.change.what + " · u takes it back")
	case msg.undone && (errors.Is(msg.err, errMovedOn) || errors.As(msg.err, &refusal)):
		m.changes = m.changes[:len(m.changes)-1] // it will not work the next time either
		m.alarm(msg.change.what + ". That cannot be taken back: " + msg.err.Error())
	default:
		m.alarm("That could not be done: " + msg.err.Error())
	}
	return m.list(0)
}
