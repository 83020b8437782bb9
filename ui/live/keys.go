package live

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/widget"
)

// The actions of the live screen.
const (
	actAdd      keymap.Action = "box.keep"
	actNextQ    keymap.Action = "question.next"
	actPrevQ    keymap.Action = "question.previous"
	actArm      keymap.Action = "key.arm"
	actDisarm   keymap.Action = "key.disarm"
	actTypeOn   keymap.Action = "key.text"
	actAccept   keymap.Action = "menu.accept"
	actMenuUp   keymap.Action = "menu.up"
	actMenuDown keymap.Action = "menu.down"
	actMenuStop keymap.Action = "menu.close"
	actEdit     keymap.Action = "item.edit"
	actSelect   keymap.Action = "item.select"
	actPane     keymap.Action = "pane.next"
	actPaneBack keymap.Action = "pane.previous"
	actSolve    keymap.Action = "solve.open"
	actEarlier  keymap.Action = "earlier"
	actDrop     keymap.Action = "line.drop"
	actRaise    keymap.Action = "line.raise"
	actTie      keymap.Action = "line.tie"
	actDone     keymap.Action = "promise.done"
	actWeigh    keymap.Action = "problem.weigh"
	actPlay     keymap.Action = "problem.playback"
	actReword   keymap.Action = "problem.reword"
	actAside    keymap.Action = "problem.aside"
	actTakeUp   keymap.Action = "problem.takeup"
	actJoin     keymap.Action = "problem.join"
	actRoute    keymap.Action = "problem.route"
	actLeftOut  keymap.Action = "gate.leftout"
	actConsent  keymap.Action = "consent"
	actPerson   keymap.Action = "person"
	actToSettle keymap.Action = "settle"
	actUndo     keymap.Action = "undo"
	actRedo     keymap.Action = "redo"
	actEnd      keymap.Action = "end"
	actCopy     keymap.Action = "copy"
	actReview   keymap.Action = "go.review"
	actHome     keymap.Action = "go.home"

	// byLetter prefixes the action of a letter after esc, which is text if it was not meant for
	// what it opens.
	byLetter = "esc:"
)

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope { return append(m.scopes(), m.unsavedScope()...) }

func (m *Model) scopes() []keymap.Scope {
	switch {
	case m.iv == nil:
		return []keymap.Scope{{Name: "Interview", Bindings: []keymap.Binding{
			{Action: actHome, Keys: []string{"esc"}, Short: "library", Long: "Back to the library", Words: "home"},
		}}}
	case m.dialog != nil:
		if m.dialog.typing() || m.dialog.scroller() != nil {
			return []keymap.Scope{m.dialog.scope(m)}
		}
		return []keymap.Scope{m.dialog.scope(m), m.pageScope(), {Bindings: []keymap.Binding{asText()}}}
	case m.armed:
		return []keymap.Scope{m.armedScope()}
	case m.selecting && m.box.Value() == "":
		return []keymap.Scope{m.selectionScope(), m.typingScope()}
	default:
		return []keymap.Scope{m.typingScope()}
	}
}

// Explain describes for the help what can be typed into the box, and what else on the screen needs
// a word.
func (m *Model) Explain() []keymap.Scope {
	if m.iv == nil || m.dialog != nil {
		return nil
	}
	typed := keymap.Scope{Name: "What you type, enter keeps"}
	for _, s := range capture.Marks() {
		typed.Bindings = append(typed.Bindings, keymap.Binding{Label: s.Usage, Long: s.Does})
	}
	return append(m.explainJournalled(), typed, keymap.Scope{Name: "Numbers and signs", Bindings: []keymap.Binding{
		{Label: "Q7", Long: "A question: /ask 7 goes to it"},
		{Label: "7", Long: "A line, a promise or a route: /fix 7, /drop 7, /done 7"},
		{Label: "2", Long: "In “Their problems”, a problem: /impact 2, /playback 2"},
		{Label: "≠", Long: "Two values stand there, written apart: select it, and enter picks one or joins them"},
	}})
}

func (m *Model) typingScope() keymap.Scope {
	scope := keymap.Scope{Name: "Typing"}
	if m.menu.open() {
		scope.Bindings = []keymap.Binding{
			{Action: actAccept, Keys: []string{"tab"}, Short: "take it", Long: "Take what is offered"},
			{Action: actMenuUp, Keys: []string{"up"}, Long: "Offer above"},
			{Action: actMenuDown, Keys: []string{"down"}, Label: "↑↓", Short: "choose", Long: "Offer below"},
			{Action: actAdd, Keys: []string{"enter"}, Short: "keep", Long: "Keep the line as it is"},
			{Action: actMenuStop, Keys: []string{"esc"}, Short: "close", Long: "Close the offers"},
		}
		return scope
	}
	scope.Bindings = []keymap.Binding{
		{Action: actAdd, Keys: []string{"enter"}, Short: "keep", Long: "Keep what is in the box"},
		{Action: actNextQ, Keys: []string{"tab"}, Short: "next question", Long: "Go to the next question"},
		{Action: actPrevQ, Keys: []string{"shift+tab"}, Long: "Question before"},
		{Action: actArm, Keys: []string{"esc"}, Short: "then a key", Long: "The next key does what the footer then shows; esc once more types on", Rank: 1},
	}
	if m.box.Value() == "" && !m.selecting {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: actSelect, Keys: []string{"up", "down"}, Label: "↑↓", Long: "Select the last line, a problem or a promise; enter corrects it"})
	}
	commands := m.commands()
	scope.Bindings = slices.Grow(scope.Bindings, len(commands))
	for _, b := range commands {
		if b.Rank > 0 {
			b.Short = ""
		}
		b.Label, b.Rank = "esc "+b.Keys[0], 2
		scope.Bindings = append(scope.Bindings, withLetter(b, "alt+"+b.Keys[0]))
	}
	return scope
}

// withLetter returns a command whose first key is text if it was not meant for what it opens.
func withLetter(b keymap.Binding, key string) keymap.Binding {
	b.Keys = append([]string{key}, b.Keys[1:]...)
	b.Action, b.Named = byLetter+b.Action, b.Action
	return b
}

// selectionScope lists the keys of a selection. It holds while the box is empty.
func (m *Model) selectionScope() keymap.Scope {
	short, long := "correct", "Correct what is selected, in its own fields"
	if m.pane == questionsPane {
		short, long = "ask this", "Ask this question: the next lines answer it"
	}
	if _, ok := m.selectedInDoubt(); ok {
		short, long = "pick", "Pick one of the values that stand there, or join them"
	}
	return keymap.Scope{Name: "Selected", Bindings: []keymap.Binding{
		{Action: actEdit, Keys: []string{"enter"}, Short: short, Long: long},
		{Action: screen.Up, Keys: []string{"up"}, Label: "↑↓", Short: "select", Long: "Select above"},
		{Action: screen.Down, Keys: []string{"down"}, Long: "Select below; below the last, back to the box"},
		{Action: actPane, Keys: []string{"right"}, Label: "←→", Short: "lines, problems, questions", Long: "Next pane", Rank: 1},
		{Action: actPaneBack, Keys: []string{"left"}, Long: "Pane before"},
		{Action: screen.PageUp, Keys: []string{"pgup"}, Long: "Page up"},
		{Action: screen.PageDown, Keys: []string{"pgdown"}, Long: "Page down"},
	}}
}

// asText keeps ? for the box, where it begins a line to ask later.
func asText() keymap.Binding {
	return keymap.Binding{Action: actTypeOn, Keys: []string{"?"}, Text: true, Long: "Begins a line to ask later"}
}

// armedScope lists what the one key after esc does. ? begins a line, as everywhere in the box.
func (m *Model) armedScope() keymap.Scope {
	scope := keymap.Scope{Name: "One key"}
	for _, b := range m.commands() {
		scope.Bindings = append(scope.Bindings, withLetter(b, b.Keys[0]))
	}
	scope.Bindings = append(scope.Bindings,
		keymap.Binding{Action: actDisarm, Keys: []string{"esc"}, Short: "type on", Long: "Back to typing; any other letter types on, too"},
		asText(),
	)
	return scope
}

// noProblem is why a command about a problem cannot be used.
const noProblem = "no problem is kept yet: start a line with !"

// commands returns what one key after esc does. None of them changes anything by itself: each opens
// a form, a dialog, or a question that only enter answers. The letters b, d and f are left to the
// keys that move and erase by words.
func (m *Model) commands() []keymap.Binding {
	return slices.Concat(m.listeningCommands(), m.problemCommands(), m.recordCommands())
}

// listeningCommands are the most frequent ones.
func (m *Model) listeningCommands() []keymap.Binding {
	none, playback := "", ""
	weigh, ok := m.toWeigh()
	play, open := m.toPlayBack()
	switch _, chosen := m.chosenProblem(); {
	case len(m.iv.Problems) == 0:
		none, playback = noProblem, noProblem
	case chosen && !ok:
		none, playback = "it was set aside", "it was set aside"
	default:
		const all = "every problem was set aside"
		if !ok {
			none = all
		}
		if !open {
			playback = all
		}
	}
	return []keymap.Binding{
		{Action: actWeigh, Keys: []string{"w"}, Short: "weigh", Long: about("Weigh it: how often, how bad, what it costs", weigh), Why: none, Words: "impact"},
		{Action: actPlay, Keys: []string{"p"}, Short: "play back", Long: about("Play it back to them, and note what they say", play), Why: playback, Words: "confirm yes nearly no"},
		{Action: actSolve, Keys: []string{"g", "ctrl+g"}, Short: "work it out", Long: "Work it out together, or see what is still missing", Words: "solution solve solving idea gate"},
		{Action: actLeftOut, Keys: []string{"o"}, Short: "left out", Long: "Ask what has been left out"},
		{Action: actConsent, Keys: []string{"c"}, Short: "consent", Long: "Consent: notes, and quoting them", Words: "permission", Rank: 1},
		{Action: actPerson, Keys: []string{"n"}, Short: "names", Long: "Who is here: name, role, side", Words: "person people who", Rank: 1},
		m.earlierBinding("h", "ctrl+t"),
	}
}

// problemCommands are about the problem at hand.
func (m *Model) problemCommands() []keymap.Binding {
	none, route := "", ""
	p, ok := m.problemAtHand()
	switch {
	case !ok:
		none, route = noProblem, noProblem
	case p.Status != interview.Confirmed:
		route = "only a confirmed problem is carried to a department"
	}
	aside := keymap.Binding{Action: actAside, Keys: []string{"s"}, Short: "set aside", Long: about("Set it aside, with a reason", p), Why: none, Rank: 2}
	if ok && p.Status == interview.Aside {
		aside.Action, aside.Short, aside.Long = actTakeUp, "take up", about("Take it up again", p)
	}
	return []keymap.Binding{
		{Action: actReword, Keys: []string{"r"}, Short: "reword", Long: about("Put it in other words, or give it themes", p), Why: none, Words: "theme", Rank: 2},
		aside,
		{Action: actJoin, Keys: []string{"j"}, Short: "join", Long: about("Join it with another that is the same", p), Why: none, Words: "merge same", Rank: 4},
		{Action: actRoute, Keys: []string{"k"}, Short: "carry", Long: about("Carry it to a department", p), Why: route, Words: "route department", Rank: 3},
	}
}

// recordCommands are about the selection in the record, and the interview as a whole.
func (m *Model) recordCommands() []keymap.Binding {
	const choose = "↑ selects a line first"
	chosen, line, promise := "", "", ""
	n := m.selectedNow()
	if n == 0 {
		chosen = choose
	}
	if l, ok := m.iv.Line(n); !ok {
		line = choose
	} else if !l.Problem.IsZero() {
		line = "this line shows a problem already"
	}
	if p, ok := m.iv.Promise(n); !ok {
		promise = "↑ selects a promise first"
	} else if !p.Waits() {
		promise = "this promise is done"
	}
	end, endLong := "end", "End the interview, and say how it ended"
	if m.iv.Ended() {
		end, endLong = "how it ended", "How it ended, or reopen the interview"
	}
	return []keymap.Binding{
		{Action: actRaise, Keys: []string{"m"}, Short: "make a problem", Long: "Make a problem of the selected line", Why: line, Rank: 3},
		{Action: actTie, Keys: []string{"t"}, Short: "tie", Long: "Tie the selected line to a problem that it shows", Why: line, Rank: 4},
		{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "The selected promise is done", Why: promise, Rank: 3},
		{Action: actDrop, Keys: []string{"z"}, Short: "drop", Long: "Drop what is selected (undo brings it back)", Why: chosen, Words: "delete remove", Rank: 3},
		{Action: actToSettle, Keys: []string{"i"}, Short: "to settle", Long: "What was not understood, or is in doubt", Words: "unsettled doubt", Rank: 3},
		{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Undo the last thing done in this interview", Rank: 2},
		{Action: actRedo, Keys: []string{"y"}, Short: "redo", Long: "Bring back what was undone", Rank: 4},
		{Action: actEnd, Keys: []string{"e"}, Short: end, Long: endLong, Words: "finish close outcome result reopen", Rank: 2},
		{Action: actReview, Keys: []string{"v"}, Short: "review", Long: "Read this interview from the start", Words: "review", Rank: 3},
		{Action: actHome, Keys: []string{"l"}, Short: "library", Long: "Back to the library", Words: "home leave", Rank: 2},
	}
}

// about adds the problem that a key is about to its description.
func about(what string, p interview.Problem) string {
	if p.Number == 0 {
		return what
	}
	return fmt.Sprintf("%s (problem %s)", what, p.Number)
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	switch {
	case action == actCopy:
		return m.copyUnsaved()
	case m.iv != nil && m.dialog != nil:
		return m.actInDialog(action)
	case m.iv == nil && action == actHome:
		return screen.Go(screen.GoHome{})
	case m.iv == nil:
		return nil
	}
	plain, letter := strings.CutPrefix(string(action), byLetter)
	action = keymap.Action(plain)
	m.opening.letter = ""
	if letter {
		m.opening.letter = m.letterOf(action)
	}
	m.armed = false
	switch action {
	case actAdd:
		return m.enter()
	case actArm:
		m.note = note{}
		if m.unchanged() { // it stays to be settled
			m.emptyBox()
			return m.touched()
		}
		m.armed = true
	case actDisarm:
		m.deselect()
		if m.box.Value() == "" {
			m.emptyBox()
			return m.touched()
		}
	case actTypeOn:
	case actNextQ:
		return m.nextQuestion()
	case actPrevQ:
		return m.doQuietly(interview.Ask{Number: max(m.iv.Current()-1, 1)})
	case actAccept:
		if i, ok := m.menu.list.Selected(); ok {
			m.accept(i)
		}
	case actMenuUp:
		m.menu.list.Move(-1)
	case actMenuDown:
		m.menu.list.Move(1)
	case actMenuStop:
		m.menu.closed = true
	default:
		return m.actOnSelection(action)
	}
	return nil
}

// letterOf returns the letter of a command, "" for what is no command.
func (m *Model) letterOf(action keymap.Action) string {
	all := m.commands()
	if i := slices.IndexFunc(all, func(b keymap.Binding) bool { return b.Action == action }); i >= 0 {
		return all[i].Keys[0]
	}
	return ""
}

// actInDialog runs an action of the dialog. A key pressed as it opens is ignored, except esc.
func (m *Model) actInDialog(action keymap.Action) tea.Cmd {
	switch action {
	case pageUp:
		m.scrollPage(-widget.Notch)
		return nil
	case pageDown:
		m.scrollPage(widget.Notch)
		return nil
	case actTypeOn:
		return nil
	}
	scope := m.dialog.scope(m)
	if b, ok := keymap.Find("esc", scope); m.fresh() && (!ok || b.Action != action) {
		return nil
	}
	m.opening.letter = ""
	for _, b := range scope.Bindings {
		if b.Action == action && len(b.Keys) > 0 && len(b.Keys[0]) == 1 {
			m.opening.letter = b.Keys[0] // text, if it was not meant for what opens now
		}
	}
	return m.dialog.act(m, action)
}

// actOnSelection runs the actions that move the selection, or use it.
func (m *Model) actOnSelection(action keymap.Action) tea.Cmd {
	switch action {
	case actSelect:
		m.selecting = true
		m.goPane(recordPane)
		m.lists[recordPane].Select(len(m.record) - 1)
	case actEdit:
		return m.edit()
	case actPane:
		m.goPane((m.pane + 1) % panes)
	case actPaneBack:
		m.goPane((m.pane + panes - 1) % panes)
	case screen.Down:
		if list := &m.lists[m.pane]; list.Selected() >= m.count(m.pane)-1 {
			m.deselect()
			return nil
		}
		screen.Move(&m.lists[m.pane], action)
	case screen.Up, screen.PageUp, screen.PageDown:
		screen.Move(&m.lists[m.pane], action)
	default:
		return m.command(action)
	}
	return nil
}

// doQuietly applies an action that was not typed.
func (m *Model) doQuietly(a interview.Action) tea.Cmd {
	cmd, _ := m.do(a, "")
	return cmd
}

// keep applies an action with text of a form. One that is refused becomes the line that would have
// typed it, to settle; then ok is false.
func (m *Model) keep(a interview.Action) (cmd tea.Cmd, ok bool) {
	if _, err := m.env.Book.Preview(m.iv, a, m.mode()); err != nil {
		cmd, _ = m.do(interview.Typed{Text: capture.Format(a), Action: a}, "")
		return cmd, false
	}
	return m.do(a, "")
}

// keepQuietly is keep for a form that opens nothing afterwards.
func (m *Model) keepQuietly(a interview.Action) tea.Cmd {
	cmd, _ := m.keep(a)
	return cmd
}

// nextQuestion goes to the next question. At the end of a stage it reminds of the open follow-ups.
func (m *Model) nextQuestion() tea.Cmd {
	_, before, _ := m.iv.Playbook.Question(m.iv.Current())
	cmd := m.doQuietly(interview.Next{})
	_, after, _ := m.iv.Playbook.Question(m.iv.Current())
	if open := m.iv.FollowUps(); after != before && len(open) > 0 {
		m.say(hint, "You wanted to ask: "+open[0].Text)
	}
	return cmd
}

// deselect ends the selection: the arrows are the box's again.
func (m *Model) deselect() {
	m.selecting, m.pane = false, recordPane
	m.lists[recordPane].End()
	m.fillPanes()
}

// selectedNow returns the number of the selected item of the record, 0 for none.
func (m *Model) selectedNow() interview.Number {
	if !m.selecting || m.pane != recordPane {
		return 0
	}
	return m.selectedRow()
}

// goPane moves the focus to a pane, and selects an item there if none is selected.
func (m *Model) goPane(p pane) {
	m.pane = p
	list := &m.lists[p]
	if list.Selected() < 0 {
		list.Select(max(m.count(p)-1, 0))
		if p != recordPane {
			list.Select(0)
		}
	}
	m.fillPanes()
}

// count returns the number of items in a pane.
func (m *Model) count(p pane) int {
	switch p {
	case recordPane:
		return len(m.record)
	case problemsPane:
		return len(m.iv.Problems)
	case questionsPane:
		return len(m.asks())
	case panes:
	}
	return 0
}
