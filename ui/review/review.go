// Package review is the screen to read a past interview: its problems with their wordings, what was
// promised and worked out, the record by stage or by time, and what was not asked.
package review

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/widget"
)

// Model is the review of one interview.
type Model struct {
	env *screen.Env
	id  interview.ID

	view   notebook.View // as last read or changed; its interview is nil until then
	failed error         // why it cannot be read
	watch  context.CancelFunc

	items  [sections][]page.Item
	page   page.Page
	byTime bool // the record by time instead of by stage

	busy    bool           // an action is being written
	box     *widget.Prompt // a line of the capture language; nil while nothing is typed
	exports *screen.Exports
	note    widget.Note
}

// New returns the review of an interview, which is read by Init. It opens at the thing with the
// given number, or at the top when that is 0.
func New(env *screen.Env, id interview.ID, thing interview.Thing, number interview.Number) *Model {
	m := &Model{env: env, id: id, exports: screen.NewExports(env)}
	if number != 0 {
		m.goTo(thing, number)
	}
	return m
}

// goTo selects a thing when the page is drawn next.
func (m *Model) goTo(thing interview.Thing, number interview.Number) {
	m.page.GoItem(func(k any) bool {
		it, ok := k.(key)
		return ok && it.is(thing, number)
	})
}

// read is the result of reading the interview, at first or after another window changed it.
type read struct {
	screen.Addressed
	view notebook.View
	err  error
}

// applied is the result of an action.
type applied struct {
	screen.Addressed
	result notebook.Result
	undone bool // it was an undo or a redo
	err    error
}

// Init implements screen.Screen.
func (m *Model) Init() tea.Cmd {
	book, id := m.env.Book, m.id
	return func() tea.Msg {
		v, err := book.Open(context.Background(), id)
		return read{Addressed: screen.For(m), view: v, err: err}
	}
}

// Title implements screen.Screen.
func (m *Model) Title() string {
	if m.view.Interview == nil {
		return ""
	}
	return plain.Terminal(m.view.Customer)
}

// Typing implements screen.Screen.
func (m *Model) Typing() bool { return m.box != nil || m.exports.Asking() }

// Leave implements screen.Screen.
func (m *Model) Leave() tea.Cmd {
	m.exports.Stop()
	if m.watch != nil {
		m.watch()
	}
	return nil
}

// Update implements screen.Screen.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if !screen.IsFor(msg, m) {
		return nil
	}
	switch msg := msg.(type) {
	case read:
		return m.take(msg)
	case applied:
		m.applied(msg)
	case screen.Exported:
		if note, ok := m.exports.Take(msg); ok {
			m.note = note
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		m.input(msg)
	case tea.MouseMsg:
		m.mouse(msg)
	}
	return nil
}

// take shows the interview that was read, and waits for changes made in other windows.
func (m *Model) take(msg read) tea.Cmd {
	first := m.view.Interview == nil
	switch {
	case msg.err != nil && first:
		m.failed = msg.err
		return nil
	case msg.err != nil:
		return nil // the screen is being left
	case first || msg.view.Revision > m.view.Revision:
		m.show(msg.view)
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.watch = cancel
	book, id, since := m.env.Book, m.id, m.view.Revision
	return func() tea.Msg {
		defer cancel()
		v, err := book.Watch(ctx, id, since)
		return read{Addressed: screen.For(m), view: v, err: err}
	}
}

// do applies an action to the interview, off the screen's thread.
func (m *Model) do(action interview.Action) tea.Cmd {
	m.busy = true
	book, id := m.env.Book, m.id
	return func() tea.Msg {
		r, err := book.Apply(context.Background(), id, action, notebook.Live)
		return applied{Addressed: screen.For(m), result: r, undone: interview.Reverts(action), err: err}
	}
}

// applied shows the result of an action.
func (m *Model) applied(msg applied) {
	m.busy = false
	var refusal *interview.Error
	switch {
	case errors.As(msg.err, &refusal):
		m.note = widget.Note{Text: refusal.Error(), Alarm: true}
	case msg.err != nil:
		m.note = widget.Note{Text: "That was not saved: " + msg.err.Error(), Alarm: true}
	default:
		m.box = nil
		m.note = widget.Note{Text: msg.result.Label + " · u takes it back"}
		if msg.undone {
			m.note.Text = msg.result.Label
		}
		if msg.result.Revision > m.view.Revision {
			m.show(msg.result.View)
		}
		if touched := msg.result.Touched; len(touched) > 0 && !m.selected().is(touched[0].Thing, touched[0].Number) {
			m.goTo(touched[0].Thing, touched[0].Number)
		}
	}
}

// show puts the interview on the screen. The selection stays on its item.
func (m *Model) show(v notebook.View) {
	m.view = v
	m.fill()
}

// act runs the action of a binding. It is called with an interview.
func (m *Model) act(action keymap.Action) tea.Cmd {
	switch action {
	case actLive:
		return screen.Go(screen.GoLive{Interview: m.id})
	case actWho:
		return screen.Go(screen.GoCustomer{Name: m.view.Customer})
	case actArrange:
		m.byTime = !m.byTime
		m.fill()
	case actProblems:
		m.page.GoSection(problemsSection.title())
	case actPromises:
		m.page.GoSection(promisesSection.title())
	case actRecord:
		m.page.GoSection(recordSection.title())
	case actUndo:
		return m.do(interview.Undo{})
	case actRedo:
		return m.do(interview.Redo{})
	case actFix, actTheme, actType, actSubmit, actStop:
		return m.edit(action)
	case actDone, actTold, actDrop:
		return m.change(action)
	case screen.ActExport:
		m.exports.Ask(m.id, m.view.Customer)
	case screen.ActWriteExport, screen.ActStopExport:
		return m.exports.Act(action)
	default:
		m.page.Act(action)
	}
	return nil
}
