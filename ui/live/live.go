// Package live is the screen for the meeting itself: a box to type what is said, surrounded by the
// questions, the record and the problems. An added line shows at once; it is written off the
// screen's thread.
package live

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/widget"
)

// Model is the live screen of one interview.
type Model struct {
	env *screen.Env
	id  interview.ID

	base  notebook.View        // as last committed
	iv    *interview.Interview // base with the queue applied; nil until read
	queue []entry              // not committed yet, the first one being written
	busy  bool                 // the first of the queue is being written
	saved time.Time            // when the last write was committed

	box   widget.Capture
	stash []parked // texts that something else replaced in the box, newest last
	menu  completion
	// promise is what was understood of the promise in the box.
	understands reading
	draft       draft
	note        note

	armed     bool             // esc was pressed: the next key is a command
	selecting bool             // something is selected: enter on an empty box corrects it
	solveText string           // what is in the field of working it out
	reentered interview.Number // lasting number of the unsettled line that the box corrects, 0 for none
	opening   opening

	pane     pane
	record   []row               // items of the record pane
	problems []interview.Problem // as they are listed
	lists    [panes]widget.Scroller
	places   [panes]widget.Rect // where the panes were drawn, for the mouse
	boxRect  widget.Rect
	spaced   bool // blank lines separate the problems
	menuRect widget.Rect

	dialog      dialog           // nil for none
	above       int              // lines of the dialog scrolled out above
	beyond      int              // lines of the dialog that do not fit the screen
	spots       []spot           // clickable areas of the dialog, as drawn last
	gateRect    widget.Rect      // where the checklist was drawn
	earlier     insight.Customer // what they told us in earlier meetings
	typeahead   []tea.Msg        // input that came before the interview was read
	opened      time.Time        // when the gate opened on this screen
	watch       context.CancelFunc
	width       int
	dialogSpace int      // cells that a dialog is drawn in, as drawn last
	waiting     bool     // a timer to retry a failed write runs
	writing     *writing // the write under way
	failed      error    // the interview cannot be read
	unsaved     error    // why the first of the queue is neither committed nor journalled
	journalled  bool     // actions are in the journal
	settling    bool     // a timer or an attempt to replay the journal runs
	rescue      string   // path of the rescue copy that was announced
	left        bool     // the screen was left
}

// note is the message above the box.
type note struct {
	text string
	tone tone
	done bool // it names an action that undo takes back
}

type tone int

const (
	calm tone = iota
	hint
	alarm
)

// dialog takes the screen over until it is closed: weighing, playing back, working it out.
type dialog interface {
	// update handles a key or paste.
	update(m *Model, msg tea.Msg) tea.Cmd
	// view draws it on the screen below the header, and returns the cursor, nil for none.
	view(m *Model, width, height int) (widget.Block, *tea.Position)
	// scope lists its keys.
	scope(m *Model) keymap.Scope
	// act runs the action of one of its bindings.
	act(m *Model, action keymap.Action) tea.Cmd
	// typing reports whether keys are text.
	typing() bool
	// scroller is the list that the wheel scrolls; nil scrolls the content.
	scroller() *widget.Scroller
}

// New returns the live screen of an interview, which is read by Init.
func New(env *screen.Env, id interview.ID) *Model {
	m := &Model{env: env, id: id, pane: recordPane}
	m.box.Placeholder = `what they say — "their words, !a problem, ?ask later, /commands`
	m.lists[recordPane].Follow(true)
	return m
}

// loaded is the result of Init.
type loaded struct {
	screen.Addressed
	view  notebook.View
	draft string
	err   error
}

// minute redraws the clock.
type minute struct{ screen.Addressed }

// watched is the interview as another window changed it.
type watched struct {
	screen.Addressed
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
			return loaded{Addressed: screen.For(m), err: err}
		}
		d, err := book.Draft(ctx, id)
		return loaded{screen.For(m), v, d, err}
	})
}

// tick waits for the next full minute.
func (m *Model) tick() tea.Cmd {
	now := m.env.Now()
	wait := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	return tea.Tick(wait, func(time.Time) tea.Msg { return minute{screen.For(m)} })
}

// watchFor limits one wait for other windows, so that none outlives its screen for long.
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
		return watched{screen.For(m), v, err}
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
		return m.dialog.typing() || m.fresh()
	}
	return !m.armed
}

// Leave implements screen.Screen: it writes the queue, and the box's text as a draft.
func (m *Model) Leave() tea.Cmd {
	m.left = true
	if m.watch != nil {
		m.watch()
	}
	if m.iv == nil {
		return nil
	}
	flush := m.flush()
	// The last draft follows every write under way.
	m.draft.unsure = m.draft.unsure || m.draft.writing || m.busy
	m.draft.writing, m.busy = false, false
	return tea.Sequence(flush, m.leaveDraft())
}

// Update implements screen.Screen.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if m.left || !screen.IsFor(msg, m) {
		return nil
	}
	switch msg := msg.(type) {
	case loaded:
		return m.load(msg)
	case minute:
		return m.tick()
	case written:
		return m.written(msg)
	case begin:
		return m.write()
	case retry:
		m.waiting = false
		return m.write()
	case settleDue:
		return m.settle()
	case settled:
		return m.settled(msg)
	case draftSaved:
		return m.draftSaved(msg)
	case exported:
		m.exported(msg)
	case earlierFound:
		m.takeEarlier(msg)
	case watched:
		return m.watched(msg)
	case screen.Covered:
		m.armed = false
	case answerDue:
		if m.dialog == dialog(msg.of) && msg.of.pressed() != "" {
			return msg.of.answer(m)
		}
	case draftDue:
		m.draft.due = false
		return m.saveDraft()
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
		for text := range strings.SplitSeq(msg.draft, storage.BetweenDrafts) {
			m.park()
			m.box.SetValue(text)
		}
		m.draft.unsure = true // it may come from another window, and is this one's from now on
		m.say(hint, "This was in the box when hark was left: enter keeps it")
	}
	if m.iv.Newer {
		m.say(alarm, "A newer hark wrote this interview: it can be read here, not changed")
	}
	var settle tea.Cmd
	if m.env.Book.Journalled() > 0 { // journalled on another screen
		m.journalled, m.saved = true, m.env.Now()
		settle = m.settleLater()
	}
	return tea.Batch(m.catchUp(), m.saveDraft(), m.readEarlier(), m.watchOthers(), settle)
}

// mostTypeahead limits the keys stored until the interview is read.
const mostTypeahead = 2000

// catchUp replays the input typed ahead. A draft in the box is stashed, and restored after it.
func (m *Model) catchUp() tea.Cmd {
	early := m.typeahead
	m.typeahead = nil
	if len(early) == 0 {
		return nil
	}
	m.park()
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
		return tea.Batch(m.Act(b.By(key.String())), m.typed(msg))
	}
	return m.Act(b.By(key.String()))
}

func (m *Model) watched(msg watched) tea.Cmd {
	if msg.err == nil && msg.view.Revision > m.base.Revision {
		m.base = msg.view
		m.rebase()
	}
	return m.watchOthers()
}

// show puts an interview on the screen.
func (m *Model) show(iv *interview.Interview) {
	if m.iv != nil && iv.Gate.Open && !m.iv.Gate.Open {
		m.opened = m.env.Now()
	}
	refused := m.iv != nil && m.iv.RefusesNotes()
	m.iv = iv
	if refused && !iv.RefusesNotes() && m.box.Value() == "" {
		m.emptyBox() // what was typed meanwhile
	}
	m.fillPanes()
	m.complete()
}

func (m *Model) say(t tone, text string) { m.note = note{text: text, tone: t} }

// litFor is how long the checklist stays highlighted after the gate opened. The first message after
// that ends it, without a timer; one comes every few seconds.
const litFor = 4 * time.Second

// justOpened reports whether the checklist is highlighted.
func (m *Model) justOpened() bool { return m.env.Motion && m.env.Now().Sub(m.opened) < litFor }

// mode is how new actions are stamped.
func (m *Model) mode() notebook.Mode { return notebook.Live }
