package live

import (
	"context"
	"errors"

	"hark/ui/screen"
)

// errUntried is why something is not in the notebook that nobody got to write.
var errUntried = errors.New("a fault came before they were written")

// Rescue returns what is in no committed line, and what keeps it as a draft.
// Nothing else is tried: it is called when something has failed that must not.
func (m *Model) Rescue() screen.Rescue {
	m.left = true
	if m.iv == nil {
		return screen.Rescue{}
	}
	return screen.Rescue{Text: m.uncommittedLines(), Keep: m.saveAsDraft}
}

// uncommittedLines is what is in no committed line, as lines that can be typed again: as
// it is told on leaving, with what is being typed.
func (m *Model) uncommittedLines() []string {
	var lines []string
	for _, e := range m.queue {
		lines = append(lines, e.label())
	}
	if m.refused() {
		return lines
	}
	return append(lines, m.unentered()...)
}

// saveAsDraft keeps what was typed as a draft. What a key did and nobody wrote is left
// over, for the draft is text; so is everything when there can be no draft.
func (m *Model) saveAsDraft() (kept bool, left []string, why error) {
	m.awaitWrite()
	text := m.unkept()
	if text != m.draft.stored || m.draft.writing {
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

// awaitWrite waits for the write that is under way: what is in the notebook must not be
// in the draft as well. One that was not begun never is, for its command may have
// gone with the fault.
func (m *Model) awaitWrite() {
	if !m.busy || len(m.queue) == 0 || m.writing.begin() {
		return
	}
	err := <-m.writing.landed
	if err == nil {
		m.queue = m.queue[1:]
		return
	}
	m.unsaved = err
}
