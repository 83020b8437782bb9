package live

import (
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"hark/ui/keymap"
)

// The box has the keyboard. Esc arms one key, a dialog has the keys while it is open, and typed
// text that neither uses goes into the box.

// meantFor is how long after a dialog opened text still goes into the box: somebody who types on
// presses the next key within it (40 words a minute are 0.3 s a key); somebody who reads the dialog
// first takes longer.
const meantFor = 400 * time.Millisecond

// opening is when and how the dialog was opened.
type opening struct {
	at     time.Time
	letter string // the letter that opened it, "" when no letter did
}

// open shows a dialog.
func (m *Model) open(d dialog) {
	m.dialog = d
	m.opening.at = time.Now() // not the meeting's clock, which tests may set
	m.above = 0
	m.note = note{}
}

// fresh reports whether a dialog has just opened, so that keys were not meant for it.
func (m *Model) fresh() bool {
	return m.dialog != nil && time.Since(m.opening.at) < meantFor
}

// close closes the dialog; the text in the box is still there. The letter of the opening stays, for
// what the dialog's own key opens next.
func (m *Model) close() {
	m.dialog = nil
	m.opening.at = time.Time{}
}

// typed routes a key or a paste to the dialog or the box. Before the interview is read it is
// stored, because people start typing at once.
func (m *Model) typed(msg tea.Msg) tea.Cmd {
	if m.iv == nil {
		if m.failed == nil && len(m.typeahead) < mostTypeahead {
			m.typeahead = append(m.typeahead, msg)
		}
		return nil
	}
	letter, meta := afterEsc(msg)
	switch {
	case m.dialog != nil && m.fresh() && erases(msg):
		return m.typeOn(m.opening.letter, msg)
	case m.dialog != nil && meta:
		// A terminal that waits after esc sends esc and the next letter as one key.
		return tea.Batch(m.stop(), m.typed(letter))
	case m.dialog != nil && isText(msg) && m.fresh():
		return m.typeOn(m.opening.letter, msg)
	case m.dialog != nil && isText(msg) && !m.dialog.typing():
		chosen := ""
		if q, is := m.dialog.(*question); is {
			chosen = q.digits
		}
		return m.typeOn(chosen, msg)
	case m.dialog != nil:
		return m.dialog.update(m, msg)
	case m.armed && meta, meta && !m.wordKey(msg), meta && m.menu.open():
		m.menu.closed = true
		msg = letter
	}
	m.armed = false
	return m.input(msg)
}

// typeOn closes the dialog and types into the box: first what was pasted, and the keys that the
// dialog took if those were text too: the letter that opened it, or the digits that chose a row.
func (m *Model) typeOn(before string, msg tea.Msg) tea.Cmd {
	if q, ok := m.dialog.(*question); ok {
		m.box.Insert(q.pasted)
	}
	m.close()
	var first tea.Cmd
	if before != "" {
		first = m.input(textKey(before))
	}
	return tea.Batch(first, m.input(msg))
}

// stop runs esc in the dialog, which closes it.
func (m *Model) stop() tea.Cmd {
	d := m.dialog
	var cmd tea.Cmd
	if b, ok := keymap.Find("esc", d.scope(m)); ok {
		cmd = d.act(m, b.Action)
	}
	if m.dialog == d {
		m.close()
	}
	return cmd
}

// erases reports whether a key erases what was typed before it.
func erases(msg tea.Msg) bool {
	key, is := msg.(tea.KeyPressMsg)
	return is && key.Code == tea.KeyBackspace
}

// isText reports whether a message types something.
func isText(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return true
	case tea.KeyPressMsg:
		return msg.Text != ""
	}
	return false
}

// textKey is the key that types a text.
func textKey(text string) tea.KeyPressMsg {
	return tea.KeyPressMsg{Code: []rune(text)[0], Text: text}
}

// locks are the locks that some terminals report with every key.
const locks = tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock

// afterEsc returns the key without alt, when a message is a letter with alt: what a terminal sends
// for esc and a letter that come close together.
func afterEsc(msg tea.Msg) (letter tea.KeyPressMsg, ok bool) {
	key, is := msg.(tea.KeyPressMsg)
	if !is || key.Text != "" || key.Mod&^(tea.ModShift|locks) != tea.ModAlt || !unicode.IsPrint(key.Code) {
		return letter, false
	}
	text := string(key.Code)
	switch {
	case key.ShiftedCode != 0 && key.Mod&tea.ModShift != 0:
		text = string(key.ShiftedCode)
	case key.Mod&tea.ModShift != 0:
		text = strings.ToUpper(text)
	}
	return textKey(text), true
}

// wordKey reports whether a key moves or erases by words in the box as it stands. One that could do
// nothing there is a letter that came close after esc.
func (m *Model) wordKey(msg tea.Msg) bool {
	key, is := msg.(tea.KeyPressMsg)
	if !is {
		return false
	}
	before, all := m.box.BeforeCursor(), m.box.Value()
	switch key.String() {
	case "alt+b":
		return before != ""
	case "alt+d", "alt+f":
		return len(before) < len(all)
	}
	return false
}
