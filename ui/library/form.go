package library

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/playbook"
	"hark/ui/screen"
	"hark/ui/widget"
)

// form is what a new interview needs: a customer, a playbook, and whether the meeting is over.
type form struct {
	field  field
	box    widget.Capture
	met    []customer // customers met before that match the typed text
	chosen int        // index in met of the name in the box; -1 for none

	playbooks []playbook.Item
	picked    int
	last      string // name of the playbook used last, "" for none

	over  bool           // the meeting is over: it is written down from memory
	ended widget.Capture // when it ended, as typed

	at       places // where the fields were drawn
	starting bool
	trouble  string // why the last attempt failed
}

// field is the field of the form that has the keys.
type field int

const (
	customerField field = iota
	playbookField
	meetingField
	endedField // only while the meeting is over
)

// places are the rows of the fields in the form's content.
type places struct{ offers, book, meeting, ended int }

// offered is the result of reading the playbooks.
type offered struct {
	screen.Addressed
	form  *form
	items []playbook.Item
	usual string // ID of the one named in the settings, or ""
	err   error
}

// began is the result of beginning an interview.
type began struct {
	screen.Addressed
	form *form
	id   interview.ID
	err  error
}

// mostMet limits the customers met before that are offered.
const mostMet = 4

// startForm opens the form.
func (m *Model) startForm() tea.Cmd {
	f := &form{chosen: -1, met: m.list.metAs("", mostMet)}
	f.box.Placeholder = "who do you listen to?"
	f.ended.Placeholder = "2h ago, fri 15:00, or leave it empty"
	f.last = m.list.playbook
	m.form = f
	library, named := m.env.Playbooks, m.env.Playbook
	return func() tea.Msg {
		o := offered{Addressed: screen.For(m), form: f}
		o.items, o.err = library.List()
		if named != "" && o.err == nil {
			var p interview.Playbook
			p, o.err = library.Get(named)
			o.usual = p.ID
		}
		return o
	}
}

// offer sets the playbooks and picks the one of the settings, the one used last, or the default.
func (f *form) offer(msg offered) {
	f.playbooks = msg.items
	if msg.err != nil {
		f.trouble = msg.err.Error()
	}
	f.picked = max(slices.IndexFunc(f.playbooks, func(it playbook.Item) bool { return it.ID == playbook.Default }), 0)
	wanted := func(it playbook.Item) bool { return it.Name == f.last }
	if msg.usual != "" {
		wanted = func(it playbook.Item) bool { return it.ID == msg.usual }
	}
	if i := slices.IndexFunc(f.playbooks, wanted); i >= 0 {
		f.picked = i
	}
}

// input handles a key or a paste in a text field.
func (f *form) input(msg tea.Msg, known list) {
	if f.field == endedField && !f.starting {
		f.ended.Update(msg, boxWidth)
		f.trouble = ""
	}
	if f.field != customerField || f.starting {
		return
	}
	before := f.box.Value()
	f.box.Update(msg, boxWidth)
	if f.box.Value() != before {
		f.chosen, f.trouble = -1, ""
		f.met = known.metAs(f.box.Value(), mostMet)
	}
}

// name returns the typed customer's name, on one line.
func (f *form) name() string { return strings.Join(strings.Fields(f.box.Value()), " ") }

// playbook returns the one that is picked.
func (f *form) playbook() (playbook.Item, bool) {
	if f.picked >= len(f.playbooks) {
		return playbook.Item{}, false
	}
	return f.playbooks[f.picked], true
}

// choose puts the name of the customer n further on into the box.
func (f *form) choose(n int) {
	if len(f.met) == 0 {
		return
	}
	switch {
	case f.chosen < 0 && n < 0:
		f.chosen = len(f.met) - 1
	default:
		f.chosen = (f.chosen + n + len(f.met)) % len(f.met)
	}
	f.box.SetValue(f.met[f.chosen].text)
}

// pick goes to the playbook n further on.
func (f *form) pick(n int) {
	if len(f.playbooks) > 0 {
		f.picked = (f.picked + n + len(f.playbooks)) % len(f.playbooks)
	}
}

// next goes to the field n further on.
func (f *form) next(n int) {
	fields := endedField
	if f.over {
		fields++
	}
	f.field = (f.field + fields + field(n)) % fields
}

// turn switches between a meeting that is going on and one that is over.
func (f *form) turn() {
	f.over = !f.over
	f.trouble = ""
}

// metUntil returns when the meeting ended; zero while it has not, or when that is unknown.
func (f *form) metUntil(now time.Time) (time.Time, error) {
	if text := strings.TrimSpace(f.ended.Value()); f.over && text != "" {
		return capture.Moment(text, now)
	}
	return time.Time{}, nil
}

// missing returns why the interview cannot begin yet, "" when it can.
func (f *form) missing(now time.Time) string {
	p, ok := f.playbook()
	_, err := f.metUntil(now)
	switch {
	case f.starting:
		return "it is being started"
	case f.name() == "":
		return "type the customer's name first"
	case !ok:
		return "the playbooks are being read"
	case p.Err != nil:
		return "this playbook cannot be used; choose another one"
	case err != nil:
		return err.Error()
	}
	return ""
}

// begin begins the interview.
func (m *Model) begin() tea.Cmd {
	f := m.form
	now := m.env.Now().In(m.env.Zone)
	p, ok := f.playbook()
	until, err := f.metUntil(now)
	if !ok || err != nil || f.missing(now) != "" {
		return nil
	}
	f.starting, f.trouble = true, ""
	book, library := m.env.Book, m.env.Playbooks
	beginning := interview.Beginning{Customer: f.name(), Debrief: f.over, MetUntil: until}
	return func() tea.Msg {
		guide, err := library.Get(p.ID)
		if err != nil {
			return began{Addressed: screen.For(m), form: f, err: err}
		}
		beginning.Playbook = guide
		r, err := book.Begin(context.Background(), beginning)
		if err != nil {
			return began{Addressed: screen.For(m), form: f, err: err}
		}
		return began{Addressed: screen.For(m), form: f, id: r.ID}
	}
}

// began goes to the interview that began, or shows why it did not.
func (m *Model) began(msg began) tea.Cmd {
	if msg.err != nil {
		m.form.starting = false
		m.form.trouble = "It could not be started: " + msg.err.Error()
		return nil
	}
	m.form = nil
	return screen.Go(screen.GoLive{Interview: msg.id})
}
