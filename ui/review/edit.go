package review

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/widget"
)

// The actions that change something.
const (
	actDone   keymap.Action = "promise.done"
	actTold   keymap.Action = "promise.told"
	actDrop   keymap.Action = "item.drop"
	actFix    keymap.Action = "item.fix"
	actTheme  keymap.Action = "problem.theme"
	actType   keymap.Action = "box.open"
	actSubmit keymap.Action = "box.submit"
	actStop   keymap.Action = "box.close"
)

// editScope lists the keys that change the selected item.
func (m *Model) editScope(locked string) keymap.Scope {
	it := m.selected()
	fix, drop, themes, short := locked, locked, locked, "fix"
	switch it.section {
	case problemsSection:
		if short = "reword"; it.number == 0 {
			fix, drop, themes = "no problem was kept", "no problem was kept", "no problem was kept"
		}
	case recordSection, promisesSection:
		themes = "choose a problem first: p goes to the problems"
	case routesSection:
		themes = "choose a problem first: p goes to the problems"
		if r, ok := m.view.Route(it.number); ok && r.Waits() {
			short = "answer"
		}
	case leftOutSection, solutionsSection, notAskedSection:
		themes = "choose a problem first: p goes to the problems"
		if it.section != solutionsSection || it.number == 0 {
			fix, drop = "choose a line, a promise or a problem first", "choose a line, a promise or a problem first"
		}
	}
	return keymap.Scope{Name: "Changing", Bindings: []keymap.Binding{
		{Action: actFix, Keys: []string{"f"}, Short: short, Long: "Correct it, in the box; the first wording is kept too", Why: fix, Rank: 2},
		{Action: actTheme, Keys: []string{"#"}, Short: "theme", Long: "Give the problem a theme", Why: themes, Rank: 5},
		{Action: actDrop, Keys: []string{"d"}, Short: "drop", Long: "Drop it (u brings it back)", Why: drop, Rank: 5},
		{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "Mark the promise as done", Why: m.whyNotDone(locked), Rank: 1},
		{Action: actTold, Keys: []string{"X"}, Short: "told", Long: "The customer was told of it", Why: m.whyNotTold(locked), Rank: 1},
		{Action: actType, Keys: []string{"/"}, Short: "type", Long: "Type a line or a command, as in the meeting", Why: locked, Rank: 5},
	}}
}

// whyNotDone returns why the selected item cannot be marked as done.
func (m *Model) whyNotDone(locked string) string {
	it := m.selected()
	p, ok := m.view.Promise(it.number)
	switch {
	case it.section != promisesSection || !ok:
		return "choose a promise first: m goes to the promises"
	case !p.Waits():
		return "it is done already"
	}
	return locked
}

// whyNotTold returns why the customer cannot be marked as told of the selected item.
func (m *Model) whyNotTold(locked string) string {
	it := m.selected()
	if r, ok := m.view.Route(it.number); ok && it.section == routesSection {
		switch {
		case r.Waits():
			return "there is no answer yet to tell them of: f types it"
		case r.State(interview.Date{}) == interview.StateTold:
			return "they were told already"
		}
		return locked
	}
	p, ok := m.view.Promise(it.number)
	switch {
	case it.section != promisesSection || !ok:
		return "choose a promise first: m goes to the promises"
	case p.Waits():
		return "it is not done yet: x marks it"
	case p.State(interview.Date{}) == interview.StateTold:
		return "they were told already"
	}
	return locked
}

// change applies an action to the selected item.
func (m *Model) change(action keymap.Action) tea.Cmd {
	it := m.selected()
	switch action {
	case actDone:
		return m.do(interview.Done{Number: m.view.Lasting(it.number)})
	case actTold:
		return m.do(interview.Told{Number: m.view.Lasting(it.number)})
	case actDrop:
		thing := interview.Numbered
		switch it.section {
		case problemsSection:
			thing = interview.ThingProblem
		case solutionsSection:
			thing = interview.ThingSolution
		case leftOutSection, promisesSection, routesSection, recordSection, notAskedSection:
		}
		return m.do(interview.Drop{What: thing, Number: it.number})
	}
	return nil
}

// edit opens the box with what is to be corrected, saves its text, or closes it.
func (m *Model) edit(action keymap.Action) tea.Cmd {
	it := m.selected()
	switch action {
	case actSubmit:
		return m.submit()
	case actStop:
		m.box = nil
	case actTheme:
		m.open(fmt.Sprintf("/theme %s #", it.number))
	case actType:
		m.open("/")
	case actFix:
		m.open(m.correction(it))
	}
	return nil
}

// correction returns the line that corrects an item.
func (m *Model) correction(it key) string {
	if p, ok := m.view.Problem(it.number); ok && it.section == problemsSection {
		return capture.Format(interview.Reword{Problem: p.Number, Text: p.Statement, Quoted: p.TypedAsQuote()})
	}
	if sol, ok := m.view.Solution(it.number); ok && it.section == solutionsSection {
		return capture.Format(interview.Fix{What: interview.ThingSolution, Number: sol.Number, Text: sol.Text})
	}
	text := ""
	if l, ok := m.view.Line(it.number); ok {
		text = l.Text
	}
	if p, ok := m.view.Promise(it.number); ok {
		return capture.Correction(p)
	}
	if r, ok := m.view.Route(it.number); ok {
		return strings.TrimRight(capture.Format(interview.AnswerRoute{Number: it.number, Text: r.Answer}), " ") + " "
	}
	return capture.Format(interview.Fix{Number: it.number, Text: text})
}

func (m *Model) open(text string) {
	m.box = &widget.Prompt{}
	m.box.Placeholder = "what they said, or a /command"
	m.box.SetValue(text)
}

// context is what a line is typed into.
func (m *Model) context() capture.Context {
	return capture.In(m.view.Interview, m.env.Now().In(m.env.Zone))
}

// submit applies the line in the box; the text stays there when that fails.
func (m *Model) submit() tea.Cmd {
	action, err := m.context().Parse(m.box.Value())
	var opens *capture.Opens
	switch {
	case errors.Is(err, capture.ErrEmpty):
		m.box = nil
	case errors.As(err, &opens):
		return m.opens(opens)
	case err != nil:
		m.note = widget.Note{Text: err.Error(), Alarm: true}
	default:
		return m.do(action)
	}
	return nil
}

// opens opens what the line in the box asks for, or says how a shell shows it; a line that lacks
// something stays.
func (m *Model) opens(o *capture.Opens) tea.Cmd {
	to, shell := screen.Beyond(o.Command, o.Text), o.Shell(m.view.ID.Short(), m.view.Customer)
	switch {
	case to != nil:
		m.box = nil
		return screen.Go(to)
	case o.Command == "export" && m.env.Export != nil:
		m.box = nil
		m.exports.Ask(m.view.ID, m.view.Customer)
	case shell != "":
		m.box = nil
		m.note = widget.Note{Text: "In a shell: " + shell}
	default:
		m.note = widget.Note{Text: o.Error(), Alarm: true}
	}
	return nil
}

// input passes a key, a paste or a click to the text box that is open.
func (m *Model) input(msg tea.Msg) {
	m.exports.Input(msg)
	if m.box != nil && m.box.Input(msg) {
		m.note = widget.Note{}
	}
}

func (m *Model) boxScope() keymap.Scope {
	why := ""
	if m.busy {
		why = "it is being written"
	}
	return keymap.Scope{Name: "Typing", Bindings: []keymap.Binding{
		{Action: actSubmit, Keys: []string{"enter"}, Short: "keep", Long: "Keep it", Why: why},
		{Action: actStop, Keys: []string{"esc"}, Short: "back", Long: "Back to reading; nothing is changed", Why: why},
	}}
}

// overBox draws the box over the end of the screen, above the note.
func (m *Model) overBox(block widget.Block) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	label := m.context().Label(m.box.Value())
	below := max(len(m.note.Lines(block.Width, s)), 1) // the note says why something cannot be done
	rows := m.box.Rows(block.Width)
	area := widget.Rect{Y: max(block.Height()-rows-below, 0), Width: block.Width, Height: rows}
	return m.box.Over(block, widget.Frame{Title: label.Label, Right: label.Detail}, area, nil, nil, s)
}
