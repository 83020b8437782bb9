// Package live is the screen for the meeting itself: a box to type what is
// said, with the questions, the record and their problems around it. It keeps
// the salesperson's eyes on the customer, so a kept line shows at once and is
// written off the screen's thread.
package live

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/widget"
)

// Model is the live screen of one interview.
type Model struct {
	env *screen.Env
	id  interview.ID

	base  notebook.View        // as last committed
	iv    *interview.Interview // base with what is still on its way; nil until read
	queue []entry              // on its way, the first one being written
	busy  bool                 // the first of the queue is being written
	saved time.Time            // when the last write was committed

	box   widget.Capture
	stash []string // what was in the box before something else was put there, the last on top
	menu  completion
	draft draft
	note  note

	moving   bool // the keys move around instead of typing
	pane     pane
	record   []row // what the record pane lists
	lists    [panes]widget.Scroller
	places   [panes]widget.Rect // where the panes were drawn, for the mouse
	boxRect  widget.Rect
	spaced   bool // the problems have room between them
	menuRect widget.Rect

	dialog     dialog       // nil for none
	above      int          // lines of the dialog that are scrolled out of view
	beyond     int          // lines of the dialog that the screen has no room for
	spots      []spot       // what of the dialog can be clicked, as it was drawn last
	gateRect   widget.Rect  // where the checklist was drawn
	met        notebook.Met // what they told us before
	typeahead  []tea.Msg    // typed ahead, before the interview was read
	opened     time.Time    // when the gate was seen to open
	watch      context.CancelFunc
	width      int
	waiting    bool     // a failed write is to be tried again
	writing    *writing // the write under way
	failed     error    // the interview cannot be read
	unsaved    error    // why the first of the queue is nowhere yet
	journalled bool     // something is kept beside the notebook
	settling   bool     // and is to be moved into it
	rescue     string   // the copy of the notebook that was told of
	left       bool     // the screen was left
}

// note is what the line above the box says.
type note struct {
	text string
	tone tone
	done bool // it tells what was done, and undo takes that back
}

type tone int

const (
	calm tone = iota
	hint
	alarm
)

// dialog is something that has the screen until it is done: weighing, playing
// back, working it out.
type dialog interface {
	// update handles a key or paste and says what is to be done.
	update(m *Model, msg tea.Msg) tea.Cmd
	// view draws it into the middle of the screen.
	view(m *Model, width, height int) (widget.Block, *tea.Position)
	// scope lists its keys.
	scope(m *Model) keymap.Scope
	// act does what one of its bindings stands for.
	act(m *Model, action keymap.Action) tea.Cmd
	// typing reports whether keys are text.
	typing() bool
	// scroller is what the wheel scrolls, nil for nothing.
	scroller() *widget.Scroller
}

// New returns the live screen of an interview, which is read by Init.
func New(env *screen.Env, id interview.ID) *Model {
	m := &Model{env: env, id: id, pane: recordPane}
	m.box.Placeholder = `what they say — "their words, !a problem, ?ask later, /commands`
	m.lists[recordPane].Follow(true)
	return m
}

// Messages carry the screen they belong to: what comes late, when another
// interview is on the screen, must not show there.

// loaded is what Init read.
type loaded struct {
	of    *Model
	view  notebook.View
	draft string
	err   error
}

// minute says that the clock moved on.
type minute struct{ of *Model }

// watched is the interview after another window changed it.
type watched struct {
	of   *Model
	view notebook.View
	err  error
}

// Init implements screen.Screen.
func (m *Model) Init() tea.Cmd {
	book, id := m.env.Book, m.id
	return tea.Batch(m.tick(), func() tea.Msg {
		ctx := context.Background()
		v, err := book.Open(ctx, id)
		if err != nil {
			return loaded{of: m, err: err}
		}
		d, err := book.Draft(ctx, id)
		return loaded{of: m, view: v, draft: d, err: err}
	})
}

// tick waits for the next full minute.
func (m *Model) tick() tea.Cmd {
	now := m.env.Now()
	wait := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	return tea.Tick(wait, func(time.Time) tea.Msg { return minute{m} })
}

// watchFor is how long one wait for other windows lasts before it is begun
// anew, so that none outlives its screen by more.
const watchFor = 5 * time.Second

// watchOthers waits for another window's change.
func (m *Model) watchOthers() tea.Cmd {
	if m.watch != nil {
		m.watch()
	}
	ctx, cancel := context.WithTimeout(context.Background(), watchFor)
	m.watch = cancel
	book, id, since := m.env.Book, m.id, m.base.Revision
	return func() tea.Msg {
		v, err := book.Watch(ctx, id, since)
		return watched{m, v, err}
	}
}

// Title implements screen.Screen.
func (m *Model) Title() string {
	if m.iv == nil {
		return ""
	}
	return m.iv.Customer
}

// Typing implements screen.Screen.
func (m *Model) Typing() bool {
	if m.dialog != nil {
		return m.dialog.typing()
	}
	return !m.moving
}

// Leave implements screen.Screen: what is in the box stays as a draft.
func (m *Model) Leave() tea.Cmd {
	m.left = true
	if m.watch != nil {
		m.watch()
	}
	if m.iv == nil {
		return nil
	}
	flush := m.flush()
	m.draft.writing = false // this one is the last, whatever is under way
	return tea.Sequence(flush, m.leaveDraft())
}

// Update implements screen.Screen.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded:
		if msg.of == m {
			return m.load(msg)
		}
	case minute:
		if msg.of == m {
			return m.tick()
		}
	case written:
		if msg.of == m && !m.left {
			return m.written(msg)
		}
	case retry:
		if msg.of == m && !m.left {
			m.waiting = false
			return m.write()
		}
	case settleDue:
		if msg.of == m && !m.left {
			return m.settle()
		}
	case settled:
		if msg.of == m && !m.left {
			return m.settled(msg)
		}
	case draftKept:
		if msg.of == m {
			return m.draftKept(msg)
		}
	case recalled:
		if msg.of == m {
			m.recalled(msg)
		}
	case watched:
		if msg.of == m && !m.left {
			return m.watched(msg)
		}
	case draftDue:
		if msg.of == m {
			m.draft.due = false
			return m.keepDraft()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		return m.typed(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	}
	return nil
}

func (m *Model) load(msg loaded) tea.Cmd {
	if msg.err != nil {
		m.failed = msg.err
		return nil
	}
	m.base = msg.view
	m.show(msg.view.Interview)
	if msg.draft != "" {
		m.box.SetValue(msg.draft)
		m.draft.stored = msg.draft
		m.say(hint, "This was in the box when hark was left: enter keeps it")
	}
	if m.iv.Newer {
		m.say(alarm, "A newer hark wrote this interview: it can be read here, not changed")
	}
	var settle tea.Cmd
	if m.env.Book.Aside() > 0 { // from another screen
		m.journalled, m.saved = true, m.env.Now()
		settle = m.settleLater()
	}
	return tea.Batch(m.catchUp(), m.lookBack(), m.watchOthers(), settle)
}

// mostTypeahead is how many keys are remembered until the interview is read.
const mostTypeahead = 2000

// typed hands a key or a paste to whatever takes it. Before the interview is
// read it waits: nobody looks at the screen while they begin to write.
func (m *Model) typed(msg tea.Msg) tea.Cmd {
	switch {
	case m.iv == nil:
		if m.failed == nil && len(m.typeahead) < mostTypeahead {
			m.typeahead = append(m.typeahead, msg)
		}
		return nil
	case m.dialog != nil:
		return m.dialog.update(m, msg)
	}
	return m.input(msg)
}

// catchUp does what was typed before the interview was read. A draft that stood
// in the box comes back after it.
func (m *Model) catchUp() tea.Cmd {
	early := m.typeahead
	m.typeahead = nil
	if len(early) == 0 {
		return nil
	}
	if draft := m.box.Value(); draft != "" {
		m.stash = append(m.stash, draft)
		m.box.SetValue("")
	}
	var cmds []tea.Cmd
	for _, msg := range early {
		cmds = append(cmds, m.again(msg))
	}
	if m.box.Value() == "" && m.dialog == nil {
		m.emptyBox()
	}
	return tea.Batch(cmds...)
}

// again routes a key as the root does.
func (m *Model) again(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || key.Text != "" && m.Typing() {
		return m.typed(msg)
	}
	b, ok := keymap.Find(key.String(), m.Scopes()...)
	switch {
	case !ok:
		return m.typed(msg)
	case !b.Enabled():
		return nil
	case b.Text:
		return tea.Batch(m.Act(b.Action), m.typed(msg))
	}
	return m.Act(b.Action)
}

func (m *Model) watched(msg watched) tea.Cmd {
	if msg.err == nil && msg.view.Revision > m.base.Revision {
		m.base = msg.view
		m.rebase()
	}
	return m.watchOthers()
}

// show makes an interview the one on the screen.
func (m *Model) show(iv *interview.Interview) {
	if m.iv != nil && iv.Gate.Open && !m.iv.Gate.Open {
		m.opened = m.env.Now()
	}
	m.iv = iv
	m.fillPanes()
	m.complete()
}

func (m *Model) say(t tone, text string) { m.note = note{text: text, tone: t} }

// tooSoon reports whether a key came so soon after a question appeared that it was
// meant for something else. It says so, for whoever meant it.
func (m *Model) tooSoon(grace *widget.Grace) bool {
	said := note{text: "That key came with the question, so it was not taken: press it once more", tone: hint}
	soon := grace.Swallow(m.env.Now())
	switch {
	case soon:
		m.note = said
	case m.note == said:
		m.note = note{}
	}
	return soon
}

// litFor is how long the checklist stays lit when the gate opens. No timer ends
// it: the next message does, and one comes every few seconds.
const litFor = 4 * time.Second

// justOpened reports whether the gate opened a moment ago.
func (m *Model) justOpened() bool { return m.env.Motion && m.env.Now().Sub(m.opened) < litFor }

// mode says how what is entered now is stamped.
func (m *Model) mode() notebook.Mode { return notebook.Live }

// today is the day where the people are.
func (m *Model) today() interview.Date { return interview.DateOf(m.env.Now().In(m.env.Zone)) }
