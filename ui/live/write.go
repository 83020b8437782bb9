package live

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// entry is an action on its way into the notebook, with the text it came from.
type entry struct {
	action interview.Action
	text   string // "" when it was not typed
}

// written says what came of writing the first entry of the queue.
type written struct {
	of     *Model
	result notebook.Result
	err    error
}

// retry tries to write again after a failure.
type retry struct{ of *Model }

// retryAfter is how long to wait before a write is tried again.
const retryAfter = 2 * time.Second

// do shows what an action does and sends it on its way. It reports false when
// the action was refused and nothing was kept; then the reason is shown.
func (m *Model) do(action interview.Action, text string) (tea.Cmd, bool) {
	switch action.(type) {
	case interview.Undo, interview.Redo:
	default:
		step, err := m.env.Book.Preview(m.iv, action, m.mode())
		if err != nil {
			m.say(alarm, sentence(err))
			return nil, false
		}
		m.note = note{}
		m.hear(step.Notices)
		if step.Refused != nil {
			m.say(alarm, sentence(step.Refused))
		}
		if len(step.Change) == 0 {
			return nil, true
		}
		m.show(step.After)
	}
	m.queue = append(m.queue, entry{action, text})
	return m.write(), true
}

// hear shows the most important of some notices.
func (m *Model) hear(notices []interview.Notice) {
	for _, n := range notices {
		if m.note.text != "" && n.Kind != interview.NoticeOpened {
			continue
		}
		m.say(hint, n.Text)
		if n.Kind == interview.NoticeOpened {
			m.say(hint, n.Text+" — ctrl+g works it out together")
			return
		}
	}
}

// sentence is an error as a line on the screen.
func sentence(err error) string {
	var refusal *interview.Error
	if errors.As(err, &refusal) && len(refusal.Missing) > 0 {
		parts := make([]string, len(refusal.Missing))
		for i, g := range refusal.Missing {
			parts[i] = g.Text
		}
		s := refusal.Message + ". Still missing: " + strings.Join(parts, "; ")
		if refusal.Kept > 0 {
			s += fmt.Sprintf(". Your text is kept as thought %d", refusal.Kept)
		}
		return s
	}
	return err.Error()
}

// write writes the first entry of the queue, if none is being written.
func (m *Model) write() tea.Cmd {
	if m.busy || len(m.queue) == 0 {
		return nil
	}
	m.busy = true
	book, id, action, mode := m.env.Book, m.id, m.queue[0].action, m.mode()
	return func() tea.Msg {
		r, err := book.Apply(context.Background(), id, action, mode)
		return written{m, r, err}
	}
}

// written takes in what came of a write and goes on with the next.
func (m *Model) written(msg written) tea.Cmd {
	m.busy = false
	if len(m.queue) == 0 {
		return nil
	}
	done := m.queue[0]
	var refusal *interview.Error
	switch {
	case msg.err != nil && !errors.As(msg.err, &refusal):
		m.say(alarm, "Not saved yet: "+msg.err.Error()+". hark keeps trying")
		return tea.Tick(retryAfter, func(time.Time) tea.Msg { return retry{m} })
	case refusal != nil && msg.result.SavedAt.IsZero():
		m.say(alarm, sentence(refusal))
		m.giveBack(done.text)
	default:
		m.base = msg.result.View
		if !msg.result.SavedAt.IsZero() {
			m.saved = msg.result.SavedAt
		}
		switch done.action.(type) {
		case interview.Undo, interview.Redo:
			m.say(calm, msg.result.Label)
		}
	}
	m.queue = m.queue[1:]
	m.rebase()
	return m.write()
}

// giveBack puts text that could not be kept back into the box, unless something
// else is being typed there.
func (m *Model) giveBack(text string) {
	if text != "" && m.box.Value() == "" {
		m.box.SetValue(text)
	}
}

// rebase shows what is committed with what is still on its way.
func (m *Model) rebase() {
	iv := m.base.Interview
	for _, e := range m.queue {
		step, err := m.env.Book.Preview(iv, e.action, m.mode())
		if err == nil {
			iv = step.After
		}
	}
	m.show(iv)
}

// flush writes what is left of the queue in one go: the screen is being left.
func (m *Model) flush() tea.Cmd {
	rest := m.queue
	if m.busy && len(rest) > 0 {
		rest = rest[1:] // being written already
	}
	if len(rest) == 0 {
		return nil
	}
	book, id, mode := m.env.Book, m.id, m.mode()
	return func() tea.Msg {
		for _, e := range rest {
			if _, err := book.Apply(context.Background(), id, e.action, mode); err != nil {
				return nil
			}
		}
		return nil
	}
}

// draft is what is known of the capture box's draft in the notebook.
type draft struct {
	stored string // as last kept
	due    bool   // a timer is running
}

// draftDue says that it is time to keep what is in the box.
type draftDue struct{ of *Model }

// draftAfter is how soon what is in the box is kept: a crash costs less than a
// second of typing.
const draftAfter = 700 * time.Millisecond

// touched is called when the box changed.
func (m *Model) touched() tea.Cmd {
	if m.draft.due {
		return nil
	}
	m.draft.due = true
	return tea.Tick(draftAfter, func(time.Time) tea.Msg { return draftDue{m} })
}

func (m *Model) keepDraft(text string) tea.Cmd {
	if text == m.draft.stored {
		return nil
	}
	m.draft.stored = text
	book, id := m.env.Book, m.id
	return func() tea.Msg {
		// A draft that cannot be kept is no reason to stop typing; the line
		// itself will say so when it is entered.
		_ = book.SetDraft(context.Background(), id, text)
		return nil
	}
}
