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
	"hark/ui/screen"
)

// While the notebook cannot be written (another program holds it, the disk is full), actions go to
// a fsynced journal in the same folder. The screen says so, and retries until the journal is
// replayed into the notebook.

// settleAfter is the delay between two attempts to replay the journal; settlePatience is how long
// one attempt waits for its turn.
const (
	settleAfter    = 2 * time.Second
	settlePatience = 250 * time.Millisecond
)

// settleDue starts an attempt to replay the journal.
type settleDue struct{ screen.Addressed }

// settled is the result of that attempt.
type settled struct {
	screen.Addressed
	now notebook.Settled
	err error
}

// noteJournalled records whether an action went to the journal or to the notebook.
func (m *Model) noteJournalled(r notebook.Result) tea.Cmd {
	switch {
	case r.Journalled != nil:
		if !m.journalled {
			when := "by itself"
			if errors.Is(r.Journalled, storage.ErrReplaced) {
				when = "when hark is started again"
			}
			m.say(hint, "Kept aside: "+plain.Terminal(r.Journalled.Error())+". It is safe, and goes into the notebook "+when)
		}
		m.journalled = true
		return m.settleLater()
	case !r.SavedAt.IsZero():
		m.journalled = false // a commit means that the journal was replayed before it
	}
	return nil
}

func (m *Model) settleLater() tea.Cmd {
	if m.settling {
		return nil
	}
	m.settling = true
	return tea.Tick(settleAfter, func(time.Time) tea.Msg { return settleDue{screen.For(m)} })
}

// settle replays the journal into the notebook.
func (m *Model) settle() tea.Cmd {
	book := m.env.Book
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), settlePatience)
		defer cancel()
		now, err := book.Settle(ctx)
		return settled{screen.For(m), now, err}
	}
}

func (m *Model) settled(msg settled) tea.Cmd {
	m.settling = false
	if msg.now.Rescue != "" && m.rescue != msg.now.Rescue {
		m.rescue = msg.now.Rescue
		m.say(alarm, "The disk did not confirm a write. Lines are kept beside the notebook now; a copy of it is "+plain.Terminal(m.rescue))
	}
	if msg.now.Journalled > 0 || msg.err != nil && errors.Is(msg.err, storage.ErrUnsynced) {
		return m.settleLater()
	}
	if m.journalled {
		m.journalled, m.saved = false, m.env.Now()
		m.say(calm, "All that was kept aside is in the notebook now")
	}
	return nil
}

// unsavedScope lists the keys for lines that are neither committed nor journalled.
func (m *Model) unsavedScope() []keymap.Scope {
	if m.unsaved == nil {
		return nil
	}
	return []keymap.Scope{{Name: "Not saved", Bindings: []keymap.Binding{
		{Action: actCopy, Keys: []string{"f2"}, Short: "copy unsaved", Long: "Copy what is not saved to the clipboard", Rank: 1},
	}}}
}

// explainJournalled explains "journalled", which the header shows, for the help.
func (m *Model) explainJournalled() []keymap.Scope {
	if !m.journalled {
		return nil
	}
	return []keymap.Scope{{Name: "In the header", Bindings: []keymap.Binding{
		{Label: "kept aside", Long: "The notebook cannot be written now. Lines are kept in a file beside it, as safe, and go in by themselves"},
	}}}
}

// copyUnsaved copies what is not saved to the terminal's clipboard (OSC 52).
func (m *Model) copyUnsaved() tea.Cmd {
	var lines []string
	for _, e := range m.queue {
		lines = append(lines, plain.Terminal(e.label()))
	}
	m.say(hint, "Copied, where the terminal allows it. Leaving prints what is not saved, too")
	return tea.SetClipboard(strings.Join(lines, "\n"))
}

// savedState is what the header says about saving. alarming: the lines are not saved, or not in the
// notebook itself.
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
