package library

import (
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
	actUndo   keymap.Action = "undo"
	actNew    keymap.Action = "interview.new"
	actSearch keymap.Action = "search"
	actPane   keymap.Action = "pane.next"
	actQuit   keymap.Action = "quit"

	actUp     keymap.Action = "list.up"
	actDown   keymap.Action = "list.down"
	actPgUp   keymap.Action = "list.pageup"
	actPgDown keymap.Action = "list.pagedown"
	actTop    keymap.Action = "list.top"
	actBottom keymap.Action = "list.bottom"

	actHit        keymap.Action = "hit.open"
	actStopSearch keymap.Action = "search.stop"

	actStart     keymap.Action = "form.start"
	actField     keymap.Action = "form.field"
	actMetUp     keymap.Action = "form.customer.up"
	actMetDown   keymap.Action = "form.customer.down"
	actBookLeft  keymap.Action = "form.playbook.left"
	actBookRight keymap.Action = "form.playbook.right"
	actStopForm  keymap.Action = "form.stop"
)

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	switch {
	case m.form != nil:
		return []keymap.Scope{m.form.scope()}
	case m.search != nil:
		return []keymap.Scope{m.searchScope()}
	default:
		return []keymap.Scope{m.selectionScope(), m.libraryScope()}
	}
}

// selectionScope is what can be done with what is selected.
func (m *Model) selectionScope() keymap.Scope {
	none, writing, doing := "", "", ""
	if _, ok := m.selectedInterview(); !ok {
		none = "there is no interview yet: n begins one"
	}
	if m.busy {
		writing = "the last change is being written"
	}
	doing = none
	if doing == "" {
		doing = writing
	}
	if m.pane == promisesPane {
		return keymap.Scope{Name: "Promise", Bindings: []keymap.Binding{
			{Action: actReview, Keys: []string{"enter", "v"}, Short: "read", Long: "Read where it was promised"},
			{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "Mark the promise as done", Why: writing},
			{Action: actLive, Keys: []string{"l"}, Long: "Open the interview live"},
		}}
	}
	return keymap.Scope{Name: "Interview", Bindings: []keymap.Binding{
		{Action: actOpen, Keys: []string{"enter"}, Short: "open", Long: "Open it: live while it is open, to read once it has ended", Why: none},
		{Action: actLive, Keys: []string{"l"}, Long: "Open it live", Why: none},
		{Action: actReview, Keys: []string{"v"}, Short: "read", Long: "Read it", Why: none, Rank: 3},
		{Action: actDelete, Keys: []string{"d", "delete"}, Short: "delete", Long: "Delete it (u brings it back)", Why: doing, Rank: 4},
	}}
}

func (m *Model) libraryScope() keymap.Scope {
	nothing, undo, other, search := "", "", "", ""
	switch {
	case m.busy:
		undo = "the last change is being written"
	case len(m.changes) == 0:
		undo = "nothing was deleted or done here yet"
	}
	if len(m.shelf.due) == 0 {
		other = "nothing is promised"
	}
	if len(m.shelf.all) == 0 {
		nothing, search = "the list is empty", "nothing was said yet"
	}
	beside, keys := "promises", []string{"tab", "shift+tab"}
	if m.pane == promisesPane {
		beside, keys = "interviews", append(keys, "esc")
	}
	return keymap.Scope{Name: "Library", Bindings: []keymap.Binding{
		{Action: actNew, Keys: []string{"n"}, Short: "new", Long: "Begin an interview"},
		{Action: actSearch, Keys: []string{"/"}, Short: "search", Long: "Search everything said", Why: search},
		{Action: actPane, Keys: keys, Short: beside, Long: "Between the promises and the interviews", Why: other, Rank: 2},
		{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Take back the last deletion, or the last promise done here", Why: undo, Rank: 1},
		{Action: actUp, Keys: []string{"up", "k"}, Long: "Up", Why: nothing},
		{Action: actDown, Keys: []string{"down", "j"}, Long: "Down", Why: nothing},
		{Action: actPgUp, Keys: []string{"pgup"}, Long: "Page up", Why: nothing},
		{Action: actPgDown, Keys: []string{"pgdown"}, Long: "Page down", Why: nothing},
		{Action: actTop, Keys: []string{"home", "g"}, Long: "To the first", Why: nothing},
		{Action: actBottom, Keys: []string{"end", "G"}, Long: "To the last", Why: nothing},
		{Action: actQuit, Keys: []string{"q"}, Short: "quit", Long: "Leave hark", Rank: 1},
	}}
}

func (m *Model) searchScope() keymap.Scope {
	none := ""
	if len(m.search.hits) == 0 {
		none = "nothing is found yet"
	}
	return keymap.Scope{Name: "Search", Bindings: []keymap.Binding{
		{Action: actHit, Keys: []string{"enter"}, Short: "read there", Long: "Read the interview, at this place", Why: none},
		{Action: actUp, Keys: []string{"up"}, Long: "Place above", Why: none},
		{Action: actDown, Keys: []string{"down"}, Label: "↑↓", Short: "choose", Long: "Place below", Why: none},
		{Action: actPgUp, Keys: []string{"pgup"}, Long: "Page up", Why: none},
		{Action: actPgDown, Keys: []string{"pgdown"}, Long: "Page down", Why: none},
		{Action: actStopSearch, Keys: []string{"esc"}, Short: "back", Long: "Leave the search"},
	}}
}

func (f *form) scope() keymap.Scope {
	stop, met := "", ""
	if f.starting {
		stop = "it is being started"
	}
	if len(f.met) == 0 {
		met = "no customer met before is called so"
	}
	scope := keymap.Scope{Name: "New interview", Bindings: []keymap.Binding{
		{Action: actStart, Keys: []string{"enter"}, Short: "start", Long: "Start the interview", Why: f.missing()},
	}}
	if f.field == customerField {
		scope.Bindings = append(scope.Bindings,
			keymap.Binding{Action: actMetUp, Keys: []string{"up"}, Long: "Customer above", Why: met},
			keymap.Binding{Action: actMetDown, Keys: []string{"down"}, Label: "↑↓", Short: "met before", Long: "Take a customer met before", Why: met},
			keymap.Binding{Action: actField, Keys: []string{"tab", "shift+tab"}, Short: "playbook", Long: "Choose the playbook"},
		)
	} else {
		scope.Bindings = append(scope.Bindings,
			keymap.Binding{Action: actBookLeft, Keys: []string{"left", "up", "h", "k"}, Long: "Playbook before"},
			keymap.Binding{Action: actBookRight, Keys: []string{"right", "down", "space", "l", "j"}, Label: "←→", Short: "choose", Long: "Next playbook"},
			keymap.Binding{Action: actField, Keys: []string{"tab", "shift+tab"}, Short: "customer", Long: "Back to the customer's name"},
		)
	}
	scope.Bindings = append(scope.Bindings, keymap.Binding{Action: actStopForm, Keys: []string{"esc"}, Short: "back", Long: "Leave it; nothing is begun", Why: stop})
	return scope
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd { return tea.Batch(m.act(action), m.look()) }

func (m *Model) act(action keymap.Action) tea.Cmd {
	m.note = note{}
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
		return m.undo()
	case actQuit:
		return screen.Go(screen.Quit{})
	case actHit:
		return m.openHit()
	case actUp, actDown, actPgUp, actPgDown, actTop, actBottom:
		move(m.listOf(m.at()), action)
	case actStart, actField, actMetUp, actMetDown, actBookLeft, actBookRight, actStopForm:
		return m.actForm(action)
	default:
		return m.actSelected(action)
	}
	return nil
}

// actForm does what the keys of the form stand for.
func (m *Model) actForm(action keymap.Action) tea.Cmd {
	switch f := m.form; {
	case f == nil:
	case action == actStart:
		return m.begin()
	case action == actField:
		f.field = playbookField - f.field
	case action == actMetUp:
		f.choose(-1)
	case action == actMetDown:
		f.choose(1)
	case action == actBookLeft:
		f.pick(-1)
	case action == actBookRight:
		f.pick(1)
	case action == actStopForm:
		m.form = nil
	}
	return nil
}

// actSelected does something with the selected interview or promise.
func (m *Model) actSelected(action keymap.Action) tea.Cmd {
	sum, ok := m.selectedInterview()
	number := 0
	if p, due := m.selectedPromise(); m.pane == promisesPane && due {
		sum.ID, number = p.interview, p.Number
		if action == actDone {
			return m.do(interview.Done{Number: p.Number}, change{interview: p.interview, promise: p.Number, what: "Done: " + p.Text})
		}
	} else if !ok {
		return nil
	}
	switch action {
	case actOpen:
		if sum.EndedAt.IsZero() {
			return screen.Go(screen.GoLive{Interview: sum.ID})
		}
		return screen.Go(screen.GoReview{Interview: sum.ID})
	case actLive:
		return screen.Go(screen.GoLive{Interview: sum.ID})
	case actReview:
		return screen.Go(screen.GoReview{Interview: sum.ID, Number: number})
	case actDelete:
		day := show.ShortDay(sum.StartedAt, m.env.Now(), m.env.Zone)
		what := "Deleted: " + plain.Truncate(plain.Terminal(sum.Customer), 40, "…") + ", " + day
		return m.do(interview.Discard{}, change{interview: sum.ID, what: what})
	}
	return nil
}

// move moves in a list.
func move(list *widget.Scroller, action keymap.Action) {
	switch action {
	case actUp:
		list.Move(-1)
	case actDown:
		list.Move(1)
	case actPgUp:
		list.Page(-1)
	case actPgDown:
		list.Page(1)
	case actTop:
		list.Home()
	case actBottom:
		list.End()
	}
}

// at is the pane that the keys go to.
func (m *Model) at() pane {
	if m.search != nil {
		return hitsPane
	}
	return m.pane
}

// listOf is what a pane lists.
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

// selectedInterview returns the interview that is selected.
func (m *Model) selectedInterview() (interview.Summary, bool) {
	if i := m.interviews.Selected(); i >= 0 && i < len(m.shelf.all) {
		return m.shelf.all[i], true
	}
	return interview.Summary{}, false
}

// selectedPromise returns the promise that is selected.
func (m *Model) selectedPromise() (promise, bool) {
	if i := m.promises.Selected(); i >= 0 && i < len(m.shelf.due) {
		return m.shelf.due[i], true
	}
	return promise{}, false
}
