package live

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/internal/storage"
	"hark/ui/keymap"
)

// While the notebook cannot be written (another program has it, the disk is
// full) what is entered is kept in a journal beside it. The screen says so, and
// sees to it that all of it goes into the notebook once that is possible.

// settleAfter is how long to wait before that is tried again, and settlePatience
// how long one try waits for its turn.
const (
	settleAfter    = 2 * time.Second
	settlePatience = 250 * time.Millisecond
)

// settleDue says that it is time to try.
type settleDue struct{ of *Model }

// settled says what came of it.
type settled struct {
	of  *Model
	now notebook.Settled
	err error
}

// keptAside takes note of where a result was kept.
func (m *Model) noteJournalled(r notebook.Result) tea.Cmd {
	switch {
	case r.Aside != nil:
		if !m.journalled {
			m.say(hint, "Kept aside: "+plain.Terminal(r.Aside.Error())+". It is safe, and goes into the notebook by itself")
		}
		m.journalled = true
		return m.settleLater()
	case !r.SavedAt.IsZero():
		m.journalled = false // it goes first
	}
	return nil
}

func (m *Model) settleLater() tea.Cmd {
	if m.settling {
		return nil
	}
	m.settling = true
	return tea.Tick(settleAfter, func(time.Time) tea.Msg { return settleDue{m} })
}

// settle moves what was kept aside into the notebook.
func (m *Model) settle() tea.Cmd {
	book := m.env.Book
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), settlePatience)
		defer cancel()
		now, err := book.Settle(ctx)
		return settled{m, now, err}
	}
}

func (m *Model) settled(msg settled) tea.Cmd {
	m.settling = false
	if msg.now.Rescue != "" && m.rescue != msg.now.Rescue {
		m.rescue = msg.now.Rescue
		m.say(alarm, "The disk did not confirm a write. Lines are kept beside the notebook now; a copy of it is "+plain.Terminal(m.rescue))
	}
	if msg.now.Aside > 0 || msg.err != nil && errors.Is(msg.err, storage.ErrUnsynced) {
		return m.settleLater()
	}
	if m.journalled {
		m.journalled, m.saved = false, m.env.Now()
		m.say(calm, "All that was kept aside is in the notebook now")
	}
	return nil
}

// unsavedScope is what can be done about lines that are nowhere yet.
func (m *Model) unsavedScope() []keymap.Scope {
	if m.unsaved == nil {
		return nil
	}
	return []keymap.Scope{{Name: "Not saved", Bindings: []keymap.Binding{
		{Action: actCopy, Keys: []string{"f2"}, Short: "copy unsaved", Long: "Copy what is not saved to the clipboard", Rank: 1},
	}}}
}

// explainJournalled says for the help what the header means by "kept aside".
func (m *Model) explainJournalled() []keymap.Scope {
	if !m.journalled {
		return nil
	}
	return []keymap.Scope{{Name: "In the header", Bindings: []keymap.Binding{
		{Label: "kept aside", Long: "The notebook cannot be written now. Lines are kept in a file beside it, as safe, and go in by themselves"},
	}}}
}

// copyUnsaved hands what is not saved to the terminal's clipboard.
func (m *Model) copyUnsaved() tea.Cmd {
	var lines []string
	for _, e := range m.queue {
		lines = append(lines, plain.Terminal(e.label()))
	}
	m.say(hint, "Copied, where the terminal allows it. Leaving prints what is not saved, too")
	return tea.SetClipboard(strings.Join(lines, "\n"))
}

// savedState says for the header whether what was entered is safe. alarming says
// that it is not, or not where it belongs.
func (m *Model) savedState() (text string, alarming bool) {
	switch at := m.saved.In(m.env.Zone).Format("15:04:05"); {
	case m.unsaved != nil:
		return "not saved yet", true
	case len(m.queue) > 0:
		return "saving…", true
	case m.journalled:
		return "kept aside " + at, true
	case m.saved.IsZero():
		return "all saved", false
	default:
		return "saved " + at, false
	}
}
