package live

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/ui/keymap"
	"hark/ui/screen"
)

// The actions of the live screen.
const (
	actAdd      keymap.Action = "box.add"
	actNextQ    keymap.Action = "question.next"
	actPrevQ    keymap.Action = "question.previous"
	actMove     keymap.Action = "box.leave"
	actType     keymap.Action = "box.enter"
	actMark     keymap.Action = "box.mark"
	actEditLast keymap.Action = "box.editlast"
	actSolve    keymap.Action = "solve.open"
	actAccept   keymap.Action = "menu.accept"
	actMenuUp   keymap.Action = "menu.up"
	actMenuDown keymap.Action = "menu.down"
	actMenuStop keymap.Action = "menu.close"
	actPane     keymap.Action = "pane.next"
	actPaneBack keymap.Action = "pane.previous"
	actAsk      keymap.Action = "question.ask"
	actFix      keymap.Action = "line.fix"
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
	actTheme    keymap.Action = "problem.theme"
	actRoute    keymap.Action = "problem.route"
	actLeftOut  keymap.Action = "gate.leftout"
	actConsent  keymap.Action = "consent"
	actPerson   keymap.Action = "person"
	actUndo     keymap.Action = "undo"
	actRedo     keymap.Action = "redo"
	actEnd      keymap.Action = "end"
	actOutcome  keymap.Action = "outcome"
	actMet      keymap.Action = "met"
	actCopy     keymap.Action = "copy"
	actReview   keymap.Action = "go.review"
	actHome     keymap.Action = "go.home"
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
		return []keymap.Scope{m.dialog.scope(m), m.pageScope()}
	case m.moving:
		return []keymap.Scope{m.paneScope(), m.movingScope()}
	default:
		return []keymap.Scope{m.typingScope()}
	}
}

// Explain describes, for the help, what can be typed into the box, and the words on the screen that
// need a description.
func (m *Model) Explain() []keymap.Scope {
	if m.iv == nil || m.dialog != nil {
		return nil
	}
	all := m.explainJournalled()
	if m.moving {
		return all
	}
	typed := keymap.Scope{Name: "What you type, enter keeps"}
	for _, s := range capture.Sigils() {
		typed.Bindings = append(typed.Bindings, keymap.Binding{Label: s.Usage, Long: s.Does})
	}
	all = append(all, typed, keymap.Scope{Name: "Numbers", Bindings: []keymap.Binding{
		{Label: "Q7", Long: "A question: /ask 7 goes to it"},
		{Label: "7", Long: "A line, a promise or a route: /fix 7, /drop 7, /done 7"},
		{Label: "2", Long: "In “Their problems”, a problem: /impact 2, /playback 2"},
	}})
	if m.box.Value() != "" {
		all = append(all, keymap.Scope{Name: "Once the box is empty", Bindings: []keymap.Binding{
			{Label: "↑", Long: "Brings the last line back to fix it"},
		}})
	}
	return all
}

// Named lists the keys of the moving mode that need no selection, so that the palette finds them
// while the box is focused.
func (m *Model) Named() []keymap.Scope {
	if m.iv == nil || m.dialog != nil || m.moving {
		return nil
	}
	scope := keymap.Scope{Name: "Once out of the box"}
	for _, b := range m.movingScope().Bindings {
		switch b.Action {
		case actPlay, actWeigh, actLeftOut, actConsent, actPerson, actUndo, actRedo, actOutcome, actEnd, actReview, actHome:
			b.Label, b.Keys, b.Short = "esc "+b.KeyLabel(), nil, ""
			scope.Bindings = append(scope.Bindings, b)
		}
	}
	return []keymap.Scope{scope}
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
		{Action: actNextQ, Keys: []string{"tab"}, Short: "next question", Long: "Tick the question and go to the next"},
		{Action: actPrevQ, Keys: []string{"shift+tab"}, Long: "Question before"},
		{Action: actMove, Keys: []string{"esc"}, Short: "move around", Long: "Leave the box: keys move, weigh, play back, edit", Rank: 0},
		{Action: actSolve, Keys: []string{"ctrl+g"}, Short: "work it out", Long: "Work it out together, or see what is still missing", Words: "solution solve solving idea door", Rank: 1},
		m.metBinding("ctrl+t"),
	}
	if m.box.Value() == "" {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: actEditLast, Keys: []string{"up"}, Long: "Bring the last line back to fix it"})
	}
	return scope
}

// paneScope lists the keys for the selected item.
func (m *Model) paneScope() keymap.Scope {
	switch m.pane {
	case problemsPane:
		return m.problemScope()
	case questionsPane:
		short, long := "ask this", "Ask this question: the next lines answer it"
		if a, ok := m.selectedAsk(); ok && a.question == 0 {
			short, long = "asked", "This follow-up was asked"
		}
		return keymap.Scope{Name: "Question", Bindings: []keymap.Binding{
			{Action: actAsk, Keys: []string{"enter"}, Short: short, Long: long},
		}}
	case recordPane, panes:
	}
	none, line, promise := "", "", ""
	n := m.selectedRow()
	l, isLine := m.iv.Line(n)
	if n == 0 {
		none = "nothing is kept yet"
	}
	if !isLine {
		line = "choose a line first"
	} else if !l.Problem.IsZero() {
		line = "this line shows a problem already"
	}
	if p, ok := m.iv.Promise(n); !ok {
		promise = "choose a promise first"
	} else if !p.DoneAt.IsZero() {
		promise = "this promise is done"
	}
	return keymap.Scope{Name: "Record", Bindings: []keymap.Binding{
		{Action: actFix, Keys: []string{"enter", "f"}, Short: "fix", Long: "Correct this line; the first wording is kept too", Why: none},
		{Action: actDrop, Keys: []string{"d"}, Short: "drop", Long: "Drop this line (undo brings it back)", Why: none},
		{Action: actRaise, Keys: []string{"!"}, Short: "make a problem", Long: "Make a problem of this line", Why: line, Rank: 1},
		{Action: actTie, Keys: []string{"t"}, Long: "Tie this line to a problem that it shows", Why: line},
		{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "This promise is done", Why: promise, Rank: 1},
	}}
}

func (m *Model) problemScope() keymap.Scope {
	p, ok := m.selectedProblem()
	none, play, aside, up, route, join := "", "", "", "", "", ""
	if len(m.iv.Problems) < 2 {
		join = "there is no other problem"
	}
	switch {
	case !ok:
		none = "no problem is kept yet: start a line with !"
		play, aside, up, route = none, none, none, none
	case p.Status == interview.Aside:
		play, aside, route = "it was set aside; u takes it up again", "it is set aside already", "it was set aside"
	case p.Status != interview.Confirmed:
		up, route = "it was not set aside", "only a confirmed problem is carried to a department"
	default:
		up = "it was not set aside"
	}
	return keymap.Scope{Name: "Problem", Bindings: []keymap.Binding{
		{Action: actPlay, Keys: []string{"enter", "p"}, Short: "play back", Long: "Play this problem back to them", Why: play},
		{Action: actWeigh, Keys: []string{"w"}, Short: "weigh", Long: "Weigh it: how often, how bad, what it costs", Why: none},
		{Action: actReword, Keys: []string{"r"}, Short: "reword", Long: "Put it in other words; a yes to the old ones lapses", Why: none, Rank: 1},
		{Action: actAside, Keys: []string{"s"}, Short: "set aside", Long: "Set it aside, with a reason", Why: aside, Rank: 2},
		{Action: actTakeUp, Keys: []string{"a"}, Long: "Take it up again", Why: up},
		{Action: actJoin, Keys: []string{"m"}, Long: "Join it with another problem that is the same", Why: join},
		{Action: actTheme, Keys: []string{"#"}, Long: "Give it a theme", Why: none},
		{Action: actRoute, Keys: []string{">"}, Long: "Carry it to a department", Why: route},
	}}
}

func (m *Model) movingScope() keymap.Scope {
	end, none := "End the interview", ""
	if len(m.iv.Problems) == 0 {
		none = "no problem is kept yet: start a line with !"
	}
	if m.iv.Ended() {
		end = "Reopen the interview"
	}
	play, weigh := "play back", "weigh"
	if m.pane == problemsPane {
		play, weigh = "", "" // the pane's scope lists it
	}
	return keymap.Scope{Name: "Moving around", Bindings: []keymap.Binding{
		{Action: actType, Keys: []string{"esc", "i"}, Short: "type", Long: "Back to the box"},
		{Action: actMark, Keys: m.marks(), Text: true, Short: "begin a line", Long: "Back to the box with a line that begins so", Rank: 3},
		{Action: actPane, Keys: []string{"tab", "right", "l"}, Short: "next pane", Long: "Next pane", Rank: 1},
		{Action: actPaneBack, Keys: []string{"shift+tab", "left", "h"}, Long: "Pane before"},
		{Action: screen.Up, Keys: []string{"up", "k"}, Long: "Up"},
		{Action: screen.Down, Keys: []string{"down", "j"}, Long: "Down"},
		{Action: screen.PageUp, Keys: []string{"pgup"}, Long: "Page up"},
		{Action: screen.PageDown, Keys: []string{"pgdown"}, Long: "Page down"},
		{Action: screen.Top, Keys: []string{"home", "g"}, Long: "To the beginning"},
		{Action: screen.Bottom, Keys: []string{"end", "G"}, Long: "To the end"},
		{Action: actPlay, Keys: []string{"p"}, Short: play, Long: "Play back this line's problem, or the next to settle", Why: none},
		{Action: actWeigh, Keys: []string{"w"}, Short: weigh, Long: "Weigh this line's problem, or the next to settle", Why: none},
		{Action: actNextQ, Keys: []string{"n"}, Long: "Tick the question and go to the next"},
		{Action: actPrevQ, Keys: []string{"N"}, Long: "Question before"},
		{Action: actLeftOut, Keys: []string{"o"}, Long: "Ask what has been left out"},
		{Action: actSolve, Keys: []string{"ctrl+g", "z"}, Short: "work it out", Long: "Work it out together, or see what is still missing", Words: "solution solve solving idea door", Rank: 2},
		m.metBinding("ctrl+t", "T"),
		{Action: actConsent, Keys: []string{"c"}, Long: "Consent: notes, and quoting them", Words: "permission"},
		{Action: actPerson, Keys: []string{"P"}, Long: "Someone in the room: name, role, side", Words: "person people"},
		{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Undo the last thing done in this interview", Rank: 2},
		{Action: actRedo, Keys: []string{"U", "ctrl+r"}, Long: "Redo what was undone"},
		{Action: actOutcome, Keys: []string{"O"}, Long: "How it ended: worked out, no fit, more to learn", Words: "outcome result"},
		{Action: actEnd, Keys: []string{"E"}, Long: end, Words: "finish close"},
		{Action: actReview, Keys: []string{"v"}, Long: "Read this interview from the start", Words: "review"},
		{Action: actHome, Keys: []string{"q"}, Short: "library", Long: "Back to the library", Words: "home", Rank: 1},
	}}
}

// marks are the keys that begin a line from the moving mode: the marks of the capture language,
// except the key of the help and those that act on the selected item.
func (m *Model) marks() []string {
	const help = "?"
	pane := m.paneScope()
	var keys []string
	for _, s := range capture.Sigils() {
		_, bound := keymap.Find(s.Mark, pane)
		if s.Mark != "" && s.Mark != help && !bound {
			keys = append(keys, s.Mark)
		}
	}
	return keys
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	if action == actCopy {
		return m.copyUnsaved()
	}
	if m.iv != nil && m.dialog != nil {
		return m.actInDialog(action)
	}
	switch action {
	case actHome:
		return screen.Go(screen.GoHome{})
	case actReview:
		return screen.Go(screen.GoReview{Interview: m.id})
	}
	if m.iv == nil {
		return nil
	}
	switch action {
	case actAdd:
		return m.enter()
	case actMove:
		m.setMoving(true)
	case actType:
		m.setMoving(false)
	case actMark:
		m.prefill("") // the text in the box is a line of its own
	case actNextQ:
		return m.nextQuestion()
	case actPrevQ:
		return m.doQuietly(interview.Ask{Number: max(m.iv.Current()-1, 1)})
	case actEditLast:
		m.editLast()
	case actSolve:
		m.note = note{}
		m.dialog = newSolving(m)
	case actMet:
		m.note = note{}
		m.dialog = newTold(m)
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
		return m.actMoving(action)
	}
	return nil
}

// actInDialog runs an action of the dialog. Every action but scrolling shows the dialog from its
// top.
func (m *Model) actInDialog(action keymap.Action) tea.Cmd {
	switch action {
	case pageUp:
		m.scrollPage(-notch)
		return nil
	case pageDown:
		m.scrollPage(notch)
		return nil
	}
	m.above = 0
	return m.dialog.act(m, action)
}

// actMoving runs an action of the moving mode.
func (m *Model) actMoving(action keymap.Action) tea.Cmd {
	if screen.Move(&m.lists[m.pane], action) {
		return nil
	}
	switch action {
	case actPane:
		m.goPane((m.pane + 1) % panes)
	case actPaneBack:
		m.goPane((m.pane + panes - 1) % panes)
	case actUndo:
		return m.doQuietly(interview.Undo{})
	case actRedo:
		return m.doQuietly(interview.Redo{})
	case actEnd:
		if m.iv.Ended() {
			return m.doQuietly(interview.Reopen{})
		}
		return m.end()
	case actLeftOut:
		m.prefill("/left-out ")
	case actConsent:
		m.prefill("/consent ")
	case actPerson:
		m.prefill("/person ")
	case actOutcome:
		m.dialog = newEnding(m)
	default:
		return m.actOnItem(action)
	}
	return nil
}

// actOnItem runs an action on the selected item.
func (m *Model) actOnItem(action keymap.Action) tea.Cmd {
	n := m.selectedRow()
	p, _ := m.problemAtHand()
	switch action {
	case actFix:
		m.fix(n)
	case actDrop:
		return m.doQuietly(interview.Drop{Number: n})
	case actRaise:
		return m.doQuietly(interview.Raise{Line: n})
	case actTie:
		m.prefill(fmt.Sprintf("/tie %d ", n))
	case actDone:
		return m.doQuietly(interview.Done{Number: n})
	case actAsk:
		a, ok := m.selectedAsk()
		switch {
		case ok && a.question > 0:
			return m.doQuietly(interview.Ask{Number: a.question})
		case ok:
			return m.doQuietly(interview.Done{Number: a.followUp.Number})
		}
	case actPlay:
		m.dialog = newPlayback(m, p)
	case actWeigh:
		m.dialog = newWeighing(p)
	case actReword:
		m.prefill(capture.Format(interview.Reword{Problem: p.Number, Text: p.Statement}))
	case actAside:
		m.prefill(fmt.Sprintf("/aside %d: ", p.Number))
	case actTakeUp:
		return m.doQuietly(interview.TakeUp{Problem: p.Number})
	case actJoin:
		m.prefill(fmt.Sprintf("/join %d with ", p.Number))
	case actTheme:
		m.prefill(fmt.Sprintf("/theme %d #", p.Number))
	case actRoute:
		m.prefill(fmt.Sprintf("/route %d ", p.Number))
	}
	return nil
}

// doQuietly applies an action that was not typed.
func (m *Model) doQuietly(a interview.Action) tea.Cmd {
	cmd, _ := m.do(a, "")
	return cmd
}

// nextQuestion ticks the question and goes to the next. At the end of a stage it reminds of the
// follow-ups that are open.
func (m *Model) nextQuestion() tea.Cmd {
	_, before, _ := m.iv.Playbook.Question(m.iv.Current())
	cmd := m.doQuietly(interview.Next{})
	_, after, _ := m.iv.Playbook.Question(m.iv.Current())
	if open := m.iv.FollowUps(); after != before && len(open) > 0 {
		m.say(hint, "You wanted to ask: "+open[0].Text)
	}
	return cmd
}

// fix puts the text of a numbered item into the box, to be corrected.
func (m *Model) fix(n int) {
	if l, ok := m.iv.Line(n); ok {
		m.prefill(capture.Format(interview.Fix{Number: n, Text: l.Text}))
		return
	}
	if p, ok := m.iv.Promise(n); ok {
		m.prefill(capture.Correction(p))
		return
	}
	if r, ok := m.iv.Route(n); ok {
		m.prefill(capture.Format(interview.AnswerRoute{Number: n, Text: r.Answer}))
	}
}

// setMoving switches between typing and moving around.
func (m *Model) setMoving(on bool) {
	m.moving = on
	m.note = note{}
	if on {
		m.goPane(m.pane)
	}
	m.fillPanes()
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
