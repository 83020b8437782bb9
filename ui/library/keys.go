package library

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/widget"
)

// The actions of the library.
const (
	actOpen   keymap.Action = "interview.open"
	actLive   keymap.Action = "interview.live"
	actReview keymap.Action = "interview.review"
	actDelete keymap.Action = "interview.delete"
	actDone   keymap.Action = "promise.done"
	actTold   keymap.Action = "promise.told"
	actWho    keymap.Action = "customer.open"
	actSort   keymap.Action = "list.sort"
	actUndo   keymap.Action = "undo"
	actNew    keymap.Action = "interview.new"
	actSearch keymap.Action = "search"
	actPane   keymap.Action = "pane.next"
	actQuit   keymap.Action = "quit"

	actHit        keymap.Action = "hit.open"
	actStopSearch keymap.Action = "search.stop"

	actStart      keymap.Action = "form.start"
	actField      keymap.Action = "form.field"
	actFieldBack  keymap.Action = "form.field.back"
	actMetUp      keymap.Action = "form.customer.up"
	actMetDown    keymap.Action = "form.customer.down"
	actChoiceBack keymap.Action = "form.choice.back"
	actChoice     keymap.Action = "form.choice"
	actStopForm   keymap.Action = "form.stop"
)

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	switch {
	case m.form != nil:
		return []keymap.Scope{m.form.scope(m.env.Now().In(m.env.Zone))}
	case m.exports.Asking():
		return []keymap.Scope{m.exports.Scope()}
	case m.search != nil:
		return []keymap.Scope{m.searchScope()}
	default:
		return []keymap.Scope{m.selectionScope(), m.libraryScope()}
	}
}

// selectionScope lists the keys for the selected item.
func (m *Model) selectionScope() keymap.Scope {
	none, writing := "", m.changes.Why()
	if _, ok := m.selectedInterview(); !ok {
		none = "there is no interview yet: n begins one"
	}
	doing := none
	if doing == "" {
		doing = writing
	}
	if p, _ := m.selectedPromise(); m.pane == promisesPane {
		done, told := writing, writing
		if p.Waits() {
			told = "it is not done yet: x marks it"
		} else {
			done = "it is done already: X when they were told"
		}
		return keymap.Scope{Name: "Promise", Bindings: []keymap.Binding{
			{Action: actReview, Keys: []string{"enter", "v"}, Short: "read", Long: "Read where it was promised"},
			{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "Mark the promise as done", Why: done},
			{Action: actTold, Keys: []string{"X"}, Short: "told", Long: "The customer was told that it is done", Why: told, Rank: 1},
			{Action: actWho, Keys: []string{"c"}, Short: "customer", Long: "Everything with this customer, on one page", Rank: 3},
			{Action: actLive, Keys: []string{"l"}, Long: "Open the interview live"},
		}}
	}
	return keymap.Scope{Name: "Interview", Bindings: []keymap.Binding{
		{Action: actOpen, Keys: []string{"enter"}, Short: "open", Long: "Open it: live while it is open, to read once it has ended", Why: none},
		{Action: actLive, Keys: []string{"l"}, Long: "Open it live", Why: none},
		{Action: actReview, Keys: []string{"v"}, Short: "read", Long: "Read it", Why: none, Rank: 3},
		{Action: actWho, Keys: []string{"c"}, Short: "customer", Long: "Everything with this customer, on one page", Why: none, Rank: 3},
		m.exports.Binding(none),
		{Action: actDelete, Keys: []string{"d", "delete"}, Short: "delete", Long: "Delete it (u brings it back)", Words: "remove", Why: doing, Rank: 5},
	}}
}

func (m *Model) libraryScope() keymap.Scope {
	nothing, undo, other, search := "", m.changes.Why(), "", ""
	if undo == "" && m.changes.None() {
		undo = "nothing was deleted or done here yet"
	}
	if len(m.list.due) == 0 {
		other = "nothing is promised"
	}
	if len(m.list.all) == 0 {
		nothing, search = "the list is empty", "nothing was said yet"
	}
	// The footer shows the key back from the promises; p leads there.
	target, keys, rank := "promised", []string{"tab", "shift+tab"}, 4
	if m.pane == promisesPane {
		target, keys, rank = "interviews", append(keys, "esc"), 2
	}
	return keymap.Scope{Name: "Library", Bindings: []keymap.Binding{
		{Action: actNew, Keys: []string{"n"}, Short: "new", Long: "Begin an interview", Words: "start create meeting"},
		{Action: actSearch, Keys: []string{"/"}, Short: "search", Long: "Search everything said", Words: "find", Why: search},
		{Action: actPane, Keys: keys, Short: target, Long: "Between the promises and the interviews", Why: other, Rank: rank},
		{Action: actSort, Keys: []string{"s"}, Short: "sort", Long: "Sort: newest first, by customer, or most owed first", Why: nothing, Rank: 6},
		{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Undo the last deletion, or the last promise done here", Why: undo, Rank: 1},
		{Action: screen.Up, Keys: []string{"up", "k"}, Long: "Up", Why: nothing},
		{Action: screen.Down, Keys: []string{"down", "j"}, Long: "Down", Why: nothing},
		{Action: screen.PageUp, Keys: []string{"pgup"}, Long: "Page up", Why: nothing},
		{Action: screen.PageDown, Keys: []string{"pgdown"}, Long: "Page down", Why: nothing},
		{Action: screen.Top, Keys: []string{"home", "g"}, Long: "To the first", Why: nothing},
		{Action: screen.Bottom, Keys: []string{"end", "G"}, Long: "To the last", Why: nothing},
		{Action: actQuit, Keys: []string{"q"}, Short: "quit", Long: "Leave hark", Words: "exit close", Rank: 1},
	}}
}

func (m *Model) searchScope() keymap.Scope {
	none := ""
	if len(m.search.hits) == 0 {
		none = "nothing is found yet"
	}
	return keymap.Scope{Name: "Search", Bindings: []keymap.Binding{
		{Action: actHit, Keys: []string{"enter"}, Short: "read there", Long: "Read the interview, at this place", Why: none},
		{Action: screen.Up, Keys: []string{"up"}, Long: "Place above", Why: none},
		{Action: screen.Down, Keys: []string{"down"}, Label: "↑↓", Short: "choose", Long: "Place below", Why: none},
		{Action: screen.PageUp, Keys: []string{"pgup"}, Long: "Page up", Why: none},
		{Action: screen.PageDown, Keys: []string{"pgdown"}, Long: "Page down", Why: none},
		{Action: actStopSearch, Keys: []string{"esc"}, Short: "back", Long: "Leave the search"},
	}}
}

func (f *form) scope(now time.Time) keymap.Scope {
	stop, met := "", ""
	if f.starting {
		stop = "it is being started"
	}
	if len(f.met) == 0 {
		met = "no customer met before is called so"
	}
	scope := keymap.Scope{Name: "New interview", Bindings: []keymap.Binding{
		{Action: actStart, Keys: []string{"enter"}, Short: "start", Long: "Start the interview", Why: f.missing(now)},
	}}
	choose := func(what string) {
		scope.Bindings = append(scope.Bindings,
			keymap.Binding{Action: actChoiceBack, Keys: []string{"left", "up", "h", "k"}, Long: what + " before"},
			keymap.Binding{Action: actChoice, Keys: []string{"right", "down", "space", "l", "j"}, Label: "←→", Short: "choose", Long: "Next " + strings.ToLower(what)},
		)
	}
	after := "playbook"
	switch f.field {
	case customerField:
		scope.Bindings = append(scope.Bindings,
			keymap.Binding{Action: actMetUp, Keys: []string{"up"}, Long: "Customer above", Why: met},
			keymap.Binding{Action: actMetDown, Keys: []string{"down"}, Label: "↑↓", Short: "met before", Long: "Take a customer met before", Why: met},
		)
	case playbookField:
		choose("Playbook")
		after = "after the meeting?"
	case meetingField:
		choose("Kind of meeting")
		after = "customer"
		if f.over {
			after = "when it ended"
		}
	case endedField:
		after = "customer"
	}
	scope.Bindings = append(scope.Bindings,
		keymap.Binding{Action: actField, Keys: []string{"tab"}, Short: after, Long: "Next field: customer, playbook, and whether the meeting is over"},
		keymap.Binding{Action: actFieldBack, Keys: []string{"shift+tab"}, Long: "Field before"},
		keymap.Binding{Action: actStopForm, Keys: []string{"esc"}, Short: "back", Long: "Leave it; nothing is begun", Why: stop})
	return scope
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd { return tea.Batch(m.act(action), m.readPreview()) }

func (m *Model) act(action keymap.Action) tea.Cmd {
	m.note = widget.Note{}
	switch action {
	case actNew:
		return m.startForm()
	case actSearch:
		m.startSearching()
	case actStopSearch:
		m.stopSearching()
	case actPane:
		m.pane = promisesPane - m.pane
	case actUndo:
		return m.changes.Undo()
	case actSort:
		m.sortNext()
	case screen.ActWriteExport, screen.ActStopExport:
		return m.exports.Act(action)
	case actQuit:
		return screen.Go(screen.Quit{})
	case actHit:
		return m.openHit()
	case actStart, actField, actFieldBack, actMetUp, actMetDown, actChoiceBack, actChoice, actStopForm:
		return m.actForm(action)
	default:
		if !screen.Move(m.listOf(m.at()), action) {
			return m.actSelected(action)
		}
	}
	return nil
}

// actForm runs an action of the form.
func (m *Model) actForm(action keymap.Action) tea.Cmd {
	switch f := m.form; {
	case f == nil:
	case action == actStart:
		return m.begin()
	case action == actField:
		f.next(1)
	case action == actFieldBack:
		f.next(-1)
	case action == actMetUp:
		f.choose(-1)
	case action == actMetDown:
		f.choose(1)
	case f.field == meetingField && (action == actChoiceBack || action == actChoice):
		f.turn()
	case action == actChoiceBack:
		f.pick(-1)
	case action == actChoice:
		f.pick(1)
	case action == actStopForm:
		m.form = nil
	}
	return nil
}

// actSelected runs an action on the selected interview or promise.
func (m *Model) actSelected(action keymap.Action) tea.Cmd {
	l, ok := m.selectedInterview()
	var number interview.Number
	if p, due := m.selectedPromise(); m.pane == promisesPane && due {
		l.id, l.customer, number = p.interview, p.customer, p.Number
		switch action {
		case actDone:
			return m.changes.Do(interview.Done{Number: number}, screen.Change{Interview: l.id, Number: number, What: "Done: " + p.Text})
		case actTold:
			return m.changes.Do(interview.Told{Number: number}, screen.Change{Interview: l.id, Number: number, What: "They were told: " + p.Text})
		}
	} else if !ok {
		return nil
	}
	switch action {
	case actOpen:
		if !l.ended {
			return screen.Go(screen.GoLive{Interview: l.id})
		}
		return screen.Go(screen.GoReview{Interview: l.id})
	case actLive:
		return screen.Go(screen.GoLive{Interview: l.id})
	case actReview:
		return screen.Go(screen.GoReview{Interview: l.id, Number: number})
	case actWho:
		return screen.Go(screen.GoCustomer{Name: m.list.names[l.customer].text})
	case screen.ActExport:
		m.exports.Ask(l.id, m.list.names[l.customer].text)
	case actDelete:
		day := show.ShortDay(time.UnixMilli(l.started), m.env.Now(), m.env.Zone)
		what := "Deleted: " + plain.Truncate(plain.Terminal(m.list.names[l.customer].text), 40, "…") + ", " + day
		return m.changes.Do(interview.Discard{}, screen.Change{Interview: l.id, What: what})
	}
	return nil
}

// at returns the pane that has the keys.
func (m *Model) at() pane {
	if m.search != nil {
		return hitsPane
	}
	return m.pane
}

// listOf returns the list of a pane.
func (m *Model) listOf(p pane) *widget.Scroller {
	switch p {
	case hitsPane:
		return &m.search.list
	case promisesPane:
		return &m.promises
	case interviewsPane, panes:
	}
	return &m.interviews
}

// selectedInterview returns the selected interview.
func (m *Model) selectedInterview() (listing, bool) {
	return widget.Selected(&m.interviews, m.list.all)
}

// selectedPromise returns the selected promise.
func (m *Model) selectedPromise() (promise, bool) {
	return widget.Selected(&m.promises, m.list.due)
}
