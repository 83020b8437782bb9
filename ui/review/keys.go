package review

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hark/ui/keymap"
	"hark/ui/screen"
)

// The actions of the review.
const (
	actHome     keymap.Action = "go.home"
	actLive     keymap.Action = "go.live"
	actArrange  keymap.Action = "record.arrange"
	actProblems keymap.Action = "section.problems"
	actPromises keymap.Action = "section.promises"
	actRecord   keymap.Action = "section.record"
	actNext     keymap.Action = "section.next"
	actBefore   keymap.Action = "section.previous"
	actDone     keymap.Action = "promise.done"
	actUndo     keymap.Action = "undo"
	actRedo     keymap.Action = "redo"

	actUp     keymap.Action = "list.up"
	actDown   keymap.Action = "list.down"
	actPgUp   keymap.Action = "list.pageup"
	actPgDown keymap.Action = "list.pagedown"
	actTop    keymap.Action = "list.top"
	actBottom keymap.Action = "list.bottom"
)

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	home := keymap.Binding{Action: actHome, Keys: []string{"esc", "q"}, Short: "library", Long: "Back to the library"}
	if m.view.Interview == nil {
		return []keymap.Scope{{Name: "Review", Bindings: []keymap.Binding{home}}}
	}
	arrange := "by time"
	if m.byTime {
		arrange = "by stage"
	}
	none := func(s section, why string) string {
		if slices.ContainsFunc(m.items, func(it item) bool { return it.section == s }) {
			return ""
		}
		return why
	}
	change := m.locked()
	return []keymap.Scope{{Name: "Review", Bindings: []keymap.Binding{
		{Action: actLive, Keys: []string{"enter", "c"}, Short: "go on with it", Long: "Go on with this interview, live"},
		{Action: actProblems, Keys: []string{"p"}, Short: "problems", Long: "To their problems", Why: none(problemsSection, "no problem was kept"), Rank: 3},
		{Action: actRecord, Keys: []string{"r"}, Short: "record", Long: "To what was said", Why: none(recordSection, "nothing was kept"), Rank: 3},
		{Action: actPromises, Keys: []string{"m"}, Short: "promises", Long: "To what was promised", Why: none(promisesSection, "nothing was promised"), Rank: 3},
		{Action: actArrange, Keys: []string{"t"}, Short: arrange, Long: "The record by stage, or by time", Why: none(recordSection, "nothing was kept"), Rank: 2},
		{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "Mark the promise as done", Why: m.whyNotDone(change), Rank: 1},
		{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Take back the last thing done in this interview", Why: change, Rank: 4},
		{Action: actRedo, Keys: []string{"U", "ctrl+r"}, Long: "Bring back what was taken back", Why: change},
		home,
	}}, {Name: "Reading", Bindings: []keymap.Binding{
		{Action: actUp, Keys: []string{"up", "k"}, Long: "Up"},
		{Action: actDown, Keys: []string{"down", "j"}, Long: "Down"},
		{Action: actPgUp, Keys: []string{"pgup", "b"}, Long: "Page up"},
		{Action: actPgDown, Keys: []string{"pgdown", "space"}, Long: "Page down"},
		{Action: actTop, Keys: []string{"home", "g"}, Long: "To the beginning"},
		{Action: actBottom, Keys: []string{"end", "G"}, Long: "To the end"},
		{Action: actNext, Keys: []string{"tab"}, Long: "Next section"},
		{Action: actBefore, Keys: []string{"shift+tab"}, Long: "Section before"},
	}}}
}

// locked says why nothing can be changed, "" when it can.
func (m *Model) locked() string {
	switch {
	case m.view.Newer:
		return "a newer hark wrote this interview: it can be read here, not changed"
	case m.busy:
		return "the last change is being written"
	}
	return ""
}

// whyNotDone says why the selected item is no promise to be done now.
func (m *Model) whyNotDone(locked string) string {
	it, _ := m.selected()
	p, ok := m.view.Promise(it.number)
	switch {
	case it.section != promisesSection || !ok:
		return "choose a promise first: m goes to the promises"
	case !p.DoneAt.IsZero():
		return "it is done already"
	}
	return locked
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	m.note = note{}
	switch {
	case action == actHome:
		return screen.Go(screen.GoHome{})
	case m.view.Interview == nil:
		return nil
	}
	return m.act(action)
}

// move moves in the page.
func (m *Model) move(action keymap.Action) {
	switch action {
	case actUp:
		m.list.Move(-1)
	case actDown:
		m.list.Move(1)
	case actPgUp:
		m.list.Page(-1)
	case actPgDown:
		m.list.Page(1)
	case actTop:
		m.list.Home()
	case actBottom:
		m.list.End()
	}
}

// selected returns the item that is selected.
func (m *Model) selected() (item, bool) {
	if i := m.list.Selected(); i >= 0 && i < len(m.items) {
		return m.items[i], true
	}
	return item{}, false
}

// goSection goes to the first item of a section, and shows its heading first.
func (m *Model) goSection(s section) {
	if i := slices.IndexFunc(m.items, func(it item) bool { return it.section == s }); i >= 0 {
		m.goItem(i)
	}
}

// goItem selects an item and brings it to the top of the page.
func (m *Model) goItem(i int) {
	m.list.End()
	m.list.Select(i)
	if top, _ := m.list.ItemAt(0); top == i && i > 0 {
		m.list.Scroll(1) // the blank line above a heading is not needed there
	}
}

// goNext goes to the section before or after the one that is selected.
func (m *Model) goNext(n int) {
	at, ok := m.selected()
	if !ok {
		return
	}
	var there []section
	for _, it := range m.items {
		if !slices.Contains(there, it.section) {
			there = append(there, it.section)
		}
	}
	i := slices.Index(there, at.section)
	m.goSection(there[(i+n+len(there))%len(there)])
}

// goNumber selects the item with the given number, with what comes before it in
// sight.
func (m *Model) goNumber(number, height int) {
	i := slices.IndexFunc(m.items, func(it item) bool { return it.number == number && it.numbered() })
	if i < 0 {
		return
	}
	m.goItem(i)
	m.list.Scroll(-height / 3)
}

// mouse selects what is clicked and scrolls what the wheel is over.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		const notch = 3
		switch {
		case !m.page.Contains(at.X, at.Y):
		case at.Button == tea.MouseWheelUp:
			m.list.Scroll(-notch)
		default:
			m.list.Scroll(notch)
		}
	case tea.MouseClickMsg:
		m.note = note{}
		if i, ok := m.list.ItemAt(at.Y - m.page.Y - 1); ok && m.page.Contains(at.X, at.Y) {
			m.list.Select(i)
		}
		if sections := m.sections(); m.index.Contains(at.X, at.Y) {
			if i := at.Y - m.index.Y - 1; i >= 0 && i < len(sections) {
				m.goSection(sections[i].section)
			}
		}
	}
	return nil
}

var _ screen.Screen = (*Model)(nil)
