package live

import (
	"context"
	"errors"

	"hark/ui/screen"
)

// errUntried: the app crashed before the action was written.
var errUntried = errors.New("a fault came before they were written")

// Rescue returns the text that is not committed, and a function that saves it as a draft. The root
// calls it after a crash, so it does nothing else.
func (m *Model) Rescue() screen.Rescue {
	m.left = true
	if m.iv == nil {
		return screen.Rescue{}
	}
	return screen.Rescue{Text: m.uncommittedLines(), Save: m.saveAsDraft}
}

// uncommittedLines returns what is not committed as lines that can be typed again, the text in the
// box included.
func (m *Model) uncommittedLines() []string {
	var lines []string
	for _, e := range m.queue {
		lines = append(lines, e.label())
	}
	if m.iv.RefusesNotes() {
		return lines
	}
	return append(lines, m.unentered()...)
}

// saveAsDraft saves the typed text as the draft. left holds the actions that have no text, or
// everything when the draft cannot be written.
func (m *Model) saveAsDraft() (saved bool, left []string, why error) {
	m.awaitWrite()
	text := m.unkept()
	if text != m.draft.stored || m.draft.writing || m.draft.unsure {
		err := m.env.Book.SetDraft(context.Background(), m.id, text)
		if err != nil && text != "" {
			return false, m.uncommittedLines(), err
		}
	}
	for _, e := range m.queue {
		if e.text == "" || text == "" {
			left = append(left, e.label())
		}
	}
	if why = m.unsaved; why == nil {
		why = errUntried
	}
	return text != "", left, why
}

// awaitWrite waits for the write under way: a committed line must not be in the draft as well. A
// write not begun is never begun, because its command may be lost in the crash.
func (m *Model) awaitWrite() {
	if !m.busy || len(m.queue) == 0 {
		return
	}
	m.draft.unsure = true
	if m.writing.begin() {
		return
	}
	err := <-m.writing.landed
	if err == nil {
		m.queue = m.queue[1:]
		return
	}
	m.unsaved = err
}
