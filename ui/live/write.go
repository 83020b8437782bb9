package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/ui/screen"
	"hark/ui/show"
)

// entry is an action to be written, with the text it came from.
type entry struct {
	action interview.Action
	text   string // "" when it was not typed
	ids    *interview.IDs
}

// drawn returns the action to preview and to write: what it creates has the same IDs each time.
func (e entry) drawn() interview.Action {
	if interview.Reverts(e.action) {
		return e.action
	}
	return interview.Drawn{Action: e.action, IDs: e.ids}
}

// written is the result of writing the first entry of the queue.
type written struct {
	screen.Addressed
	result notebook.Result
	err    error
}

// begin begins a write, after the box and the dialog were updated.
type begin struct{ screen.Addressed }

// retry tries to write again after a failure.
type retry struct{ screen.Addressed }

// retryAfter is how long to wait before a write is tried again.
const retryAfter = 2 * time.Second

// do shows the effect of an action and queues it. It returns false when the action was refused and
// nothing was added; then a note says why.
func (m *Model) do(action interview.Action, text string) (tea.Cmd, bool) {
	e := entry{action, text, &interview.IDs{}}
	if !interview.Reverts(action) {
		step, err := m.env.Book.Preview(m.iv, e.drawn(), m.mode())
		if err != nil {
			m.say(hint, sentence(err))
			return nil, false
		}
		m.note = note{}
		m.hear(step.Notices)
		if len(step.Change) > 0 {
			m.show(step.After)
		}
		if step.Refused != nil {
			m.say(hint, m.keptFor(step.Refused))
		}
		if len(step.Change) == 0 {
			return nil, true
		}
		if m.note.text == "" && tells(action) {
			m.note = note{text: step.Label, done: true}
		}
	}
	m.queue = append(m.queue, e)
	return func() tea.Msg { return begin{screen.For(m)} }, true
}

// tells reports whether an action has little visible effect, so that a note is useful.
func tells(action interview.Action) bool {
	if t, typed := action.(interview.Typed); typed {
		action = t.Action
	}
	switch action.(type) {
	case interview.Drop, interview.Solve, interview.React, interview.Share, interview.Decide, interview.MustRespect, interview.Advise,
		interview.PlayBack, interview.Pick, interview.SetAside, interview.Join, interview.SetOutcome, interview.Introduce, interview.SetAdviser,
		interview.Rename, interview.JoinPeople, interview.DropPerson:
		return true
	}
	return false
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

// keptFor describes in one line where refused text was put.
func (m *Model) keptFor(refusal *interview.Error) string {
	l, _ := m.iv.Line(refusal.Line)
	switch {
	case refusal.Line == 0:
		return sentence(refusal)
	case l.Kind == interview.Unsettled:
		return "Kept as typed, to settle later · esc i · " + refusal.Message
	case l.Kind == interview.Paraphrase:
		return fmt.Sprintf("Kept as line %s, what they said. %s", l.Number, refusal.Message)
	}
	return fmt.Sprintf("Kept for later. %s to ask first · esc g", show.Count(len(refusal.Missing), "thing", "things"))
}

// sentence returns an error as a line on the screen.
func sentence(err error) string {
	var refusal *interview.Error
	if errors.As(err, &refusal) && len(refusal.Missing) > 0 {
		parts := make([]string, len(refusal.Missing))
		for i, g := range refusal.Missing {
			parts[i] = g.Text
		}
		return refusal.Message + ". Still missing: " + strings.Join(parts, "; ")
	}
	return err.Error()
}

// write writes the first entry of the queue, if none is being written.
func (m *Model) write() tea.Cmd {
	if m.busy || len(m.queue) == 0 {
		return nil
	}
	m.busy = true
	book, id, action, mode := m.env.Book, m.id, m.queue[0].drawn(), m.mode()
	left, before := m.uncommitted(m.queue[1:]), m.draft.landed
	m.draft.stored, m.draft.unsure = left, false
	w := &writing{landed: make(chan error, 1)}
	m.writing = w
	return func() tea.Msg {
		if !w.begin() {
			return nil // a crash came first
		}
		result := errCutShort // until Enter returns
		defer func() { w.landed <- result }()
		wait(before)
		r, err := book.Enter(context.Background(), id, action, mode, left)
		result = err
		var refusal *interview.Error
		if errors.As(err, &refusal) && !r.SavedAt.IsZero() {
			result = nil // the text was added as another line
		}
		return written{screen.For(m), r, err}
	}
}

// writing is one write, for those who wait for it when the screen is left.
type writing struct {
	begun  atomic.Bool
	landed chan error // its result: nil when the text was added
}

// begin reports whether the caller is to begin the write. Only the first caller is; a write claimed
// by another is never begun.
func (w *writing) begin() bool { return w.begun.CompareAndSwap(false, true) }

// errCutShort is the result of a write that a crash ended.
var errCutShort = errors.New("a fault ended the write")

// written handles the result of a write and begins the next.
func (m *Model) written(msg written) tea.Cmd {
	m.busy = false
	m.draft.unsure = m.draft.unsure || msg.result.SavedAt.IsZero()
	if len(m.queue) == 0 {
		return nil
	}
	done := m.queue[0]
	var (
		refusal *interview.Error
		settle  tea.Cmd
	)
	switch {
	case msg.err != nil && !errors.As(msg.err, &refusal):
		m.unsaved = msg.err
		m.say(alarm, "Not saved yet: "+msg.err.Error()+". hark keeps trying; F2 copies what is not saved")
		if m.waiting {
			return m.touched()
		}
		m.waiting = true
		return tea.Batch(m.touched(), tea.Tick(retryAfter, func(time.Time) tea.Msg { return retry{screen.For(m)} }))
	case refusal != nil && msg.result.SavedAt.IsZero():
		m.say(alarm, sentence(refusal))
		if done.text != "" && !interview.Reverts(done.action) { // the box may have the next line by now
			m.stash = append(m.stash, parked{text: done.text})
		}
	default:
		m.unsaved = nil
		// Journalled, it changes no revision.
		if msg.result.Revision > m.base.Revision || msg.result.Journalled != nil {
			m.base = msg.result.View
		}
		if !msg.result.SavedAt.IsZero() {
			m.saved = msg.result.SavedAt
		}
		settle = m.noteJournalled(msg.result)
		if interview.Reverts(done.action) {
			m.say(calm, msg.result.Label)
		}
	}
	m.queue = m.queue[1:]
	m.rebase()
	return tea.Batch(m.write(), m.saveDraft(), settle)
}

// rebase shows the committed interview with the queue applied.
func (m *Model) rebase() {
	iv := m.base.Interview
	for _, e := range m.queue {
		step, err := m.env.Book.Preview(iv, e.drawn(), m.mode())
		if err == nil {
			iv = step.After
		}
	}
	m.show(iv)
}

// flush writes the rest of the queue, because the screen is being left. What cannot be written is
// reported as lost.
func (m *Model) flush() tea.Cmd {
	rest, busy := m.queue, m.busy
	m.queue = nil
	if len(rest) == 0 {
		return nil
	}
	book, id, mode, lost, w := m.env.Book, m.id, m.mode(), m.env.Lost, m.writing
	return func() tea.Msg {
		if busy {
			// The first is being written already, and the order must stay.
			if err := <-w.landed; err == nil {
				rest = rest[1:]
			}
		}
		var refusal *interview.Error
		for _, e := range rest {
			_, err := book.Apply(context.Background(), id, e.drawn(), mode)
			if err != nil && (!errors.As(err, &refusal) || refusal.Line == 0) {
				lost(e.label(), err)
			}
		}
		return nil
	}
}

// label returns the entry as a line that can be typed again.
func (e entry) label() string {
	if e.text != "" {
		return e.text
	}
	return capture.Format(e.action)
}

// draft is the state of the capture box's draft in the notebook.
type draft struct {
	stored  string        // its text once all writes under way have finished
	unsure  bool          // one of them failed, or wrote nothing, so the stored text is unknown
	due     bool          // a timer is running
	writing bool          // one is being written: the next waits for it
	landed  chan struct{} // closed when the last one begun has finished; nil before the first
}

// wait waits until a draft was written.
func wait(landed <-chan struct{}) {
	if landed != nil {
		<-landed
	}
}

// draftDue saves the text in the box as a draft.
type draftDue struct{ screen.Addressed }

// draftAfter is the delay before the text in the box is saved: a crash costs less than a second of
// typing.
const draftAfter = 700 * time.Millisecond

// touched starts the timer for the draft after a change of the box.
func (m *Model) touched() tea.Cmd {
	if m.draft.due {
		return nil
	}
	m.draft.due = true
	return tea.Tick(draftAfter, func(time.Time) tea.Msg { return draftDue{screen.For(m)} })
}

// draftSaved is the result of saving a draft.
type draftSaved struct {
	screen.Addressed
	text string
	err  error
}

// saveDraft saves what would be lost if hark stopped now: the text in the box, stashed texts, and
// lines that are not committed. One draft is written at a time, alone or with a line, so that an
// older one never replaces a newer one. After a refusal to take notes nothing is saved.
func (m *Model) saveDraft() tea.Cmd {
	text := m.unkept()
	if m.busy || m.draft.writing || text == m.draft.stored && !m.draft.unsure {
		return nil
	}
	before, landed := m.draft.landed, make(chan struct{})
	m.draft.stored, m.draft.unsure, m.draft.writing, m.draft.landed = text, false, true, landed
	book, id := m.env.Book, m.id
	return func() tea.Msg {
		defer close(landed)
		wait(before)
		return draftSaved{screen.For(m), text, book.SetDraft(context.Background(), id, text)}
	}
}

// leaveDraft is saveDraft for the last time: what cannot be saved is reported as lost.
func (m *Model) leaveDraft() tea.Cmd {
	save, lost := m.saveDraft(), m.env.Lost
	if save == nil {
		return nil
	}
	return func() tea.Msg {
		msg := save()
		if d, is := msg.(draftSaved); is && d.err != nil && d.text != "" {
			for text := range strings.SplitSeq(d.text, storage.BetweenDrafts) {
				lost(text, d.err)
			}
		}
		return msg
	}
}

// draftSaved handles the result of saving a draft. After a failure the next key tries again.
func (m *Model) draftSaved(msg draftSaved) tea.Cmd {
	m.draft.writing = false
	if msg.err != nil {
		m.draft.unsure = true
		return nil
	}
	if m.unkept() != m.draft.stored || m.draft.unsure {
		return m.touched()
	}
	return nil
}

// unkept returns the text that is in no committed line.
func (m *Model) unkept() string { return m.uncommitted(m.queue) }

// uncommitted returns the text of some entries and what is being typed.
func (m *Model) uncommitted(entries []entry) string {
	if m.iv.RefusesNotes() {
		return ""
	}
	var parts []string
	for _, e := range entries {
		if e.text != "" {
			parts = append(parts, e.text)
		}
	}
	return strings.Join(append(parts, m.unentered()...), storage.BetweenDrafts)
}

// unentered returns what is being typed: the stashed texts, the text in the box, and what is in the
// fields of a dialog.
func (m *Model) unentered() []string {
	var parts []string
	for _, p := range m.stash {
		parts = append(parts, p.text)
	}
	idea, fields := m.solveText, ""
	switch d := m.dialog.(type) {
	case *solving:
		idea = d.unentered()
	case *form:
		fields = d.unentered()
	case *question:
		fields = d.pasted
	}
	box := m.box.Value()
	if m.unchanged() {
		box = ""
	}
	return slices.DeleteFunc(append(parts, idea, fields, box), func(text string) bool { return text == "" })
}
