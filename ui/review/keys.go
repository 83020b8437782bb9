package review

import (
	tea "charm.land/bubbletea/v2"

	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/widget"
)

// The actions of the review.
const (
	actHome     keymap.Action = "go.home"
	actLive     keymap.Action = "go.live"
	actArrange  keymap.Action = "record.arrange"
	actProblems keymap.Action = "section.problems"
	actPromises keymap.Action = "section.promises"
	actRecord   keymap.Action = "section.record"
	actWho      keymap.Action = "customer.open"
	actUndo     keymap.Action = "undo"
	actRedo     keymap.Action = "redo"
)

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	home := keymap.Binding{Action: actHome, Keys: []string{"esc", "q"}, Short: "back", Long: "Back to where you came from"}
	switch {
	case m.view.Interview == nil:
		return []keymap.Scope{{Name: "Review", Bindings: []keymap.Binding{home}}}
	case m.box != nil:
		return []keymap.Scope{m.boxScope()}
	case m.exports.Asking():
		return []keymap.Scope{m.exports.Scope()}
	}
	arrange := "by time"
	if m.byTime {
		arrange = "by stage"
	}
	none := func(s section, why string) string {
		if len(m.items[s]) > 0 {
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
		m.exports.Binding(""),
		{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Undo the last thing done in this interview", Why: change, Rank: 4},
		{Action: actRedo, Keys: []string{"U", "ctrl+r"}, Long: "Redo what was undone", Why: change},
		{Action: actWho, Keys: []string{"C"}, Long: "Everything with this customer, on one page"},
		home,
	}}, m.editScope(change), m.page.Scope()}
}

// locked returns why nothing can be changed, "" when it can.
func (m *Model) locked() string {
	switch {
	case m.view.Newer:
		return "a newer hark wrote this interview: it can be read here, not changed"
	case m.busy:
		return "the last change is being written"
	}
	return ""
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	m.note = widget.Note{}
	switch {
	case action == actHome:
		return screen.Go(screen.GoBack{})
	case m.view.Interview == nil:
		return nil
	}
	return m.act(action)
}

// selected returns the key of the selected item; zero for none.
func (m *Model) selected() key {
	it, _ := m.page.Selected()
	k, _ := it.Key.(key)
	return k
}

// mouse selects what is clicked and scrolls what the wheel is over.
func (m *Model) mouse(msg tea.MouseMsg) {
	if m.Typing() {
		m.input(msg)
		return
	}
	if _, click := msg.(tea.MouseClickMsg); click {
		m.note = widget.Note{}
	}
	m.page.Mouse(msg)
}

var _ screen.Screen = (*Model)(nil)
