// Package library is the home screen: the promises, due first, the interviews with a preview of the
// selected one, a search through everything said, and the form for a new interview.
package library

import (
	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui/screen"
	"hark/ui/widget"
)

// Model is the library.
type Model struct {
	env *screen.Env

	list    list // as last read
	loaded  bool
	failed  error // why the last read of the list failed
	request int   // number of the newest read of the list
	ticking bool  // a timer for the next read runs

	pane       pane
	interviews widget.Scroller
	promises   widget.Scroller
	preview    preview
	search     *searching // nil while not searching
	searches   int        // number of the newest search
	form       *form      // nil while no interview is being begun

	changes *screen.Changes // changes made here
	back    screen.Change   // the change that was undone, to be selected
	sort    order
	exports *screen.Exports
	away    bool // another screen is shown
	note    widget.Note

	places [panes]widget.Rect // where the panes were drawn, for the mouse
	inside widget.Rect        // the content of the text box
}

// pane is one of the lists.
type pane int

const (
	interviewsPane pane = iota
	promisesPane
	hitsPane
	panes // number of them
)

// New returns the library, which is read by Init.
func New(env *screen.Env) *Model {
	m := &Model{env: env, changes: screen.NewChanges(env.Book), exports: screen.NewExports(env)}
	m.preview.views = map[interview.ID]view{}
	return m
}

// Init implements screen.Screen. When the library is returned to, the old list stays until it has
// been read again.
func (m *Model) Init() tea.Cmd {
	m.away = false
	if m.loaded {
		return m.readList(0)
	}
	return m.readList(firstPage)
}

// Title implements screen.Screen.
func (m *Model) Title() string { return "" }

// Typing implements screen.Screen.
func (m *Model) Typing() bool {
	if m.form != nil {
		return m.form.field == customerField || m.form.field == endedField
	}
	return m.search != nil || m.exports.Asking()
}

// Resting reports whether no form, search or question is open: then letters without a binding are
// free.
func (m *Model) Resting() bool { return m.form == nil && m.search == nil && !m.exports.Asking() }

// Leave implements screen.Screen.
func (m *Model) Leave() tea.Cmd {
	m.away, m.form = true, nil
	m.exports.Stop()
	m.cancelSearch()
	return nil
}

// Update implements screen.Screen.
func (m *Model) Update(msg tea.Msg) tea.Cmd { return tea.Batch(m.update(msg), m.readPreview()) }

func (m *Model) update(msg tea.Msg) tea.Cmd {
	if !screen.IsFor(msg, m) {
		return nil
	}
	switch msg := msg.(type) {
	case listed:
		if msg.request == m.request {
			return m.take(msg)
		}
	case again:
		m.ticking = false
		if !m.away {
			return m.readList(0)
		}
	case previewed:
		m.preview.take(msg)
	case searchDue:
		if msg.request == m.searches && m.search != nil {
			return m.find()
		}
	case found:
		if msg.request == m.searches && m.search != nil {
			m.found(msg)
		}
	case offered:
		if msg.form == m.form {
			m.form.offer(msg)
		}
	case began:
		if msg.form == m.form {
			return m.began(msg)
		}
	case screen.Changed:
		if note, back, ok := m.changes.Take(msg); ok {
			m.note, m.back = note, back
			return m.readList(0)
		}
	case screen.Exported:
		if note, ok := m.exports.Take(msg); ok {
			m.note = note
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		return m.input(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	}
	return nil
}

// input passes a key or a paste to the text box that has the cursor.
func (m *Model) input(msg tea.Msg) tea.Cmd {
	switch {
	case m.form != nil:
		m.form.input(msg, m.list)
	case m.exports.Asking():
		m.exports.Input(msg)
	case m.search != nil:
		return m.searchInput(msg)
	}
	return nil
}
