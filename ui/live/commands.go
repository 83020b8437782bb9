package live

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
)

// command opens what a command of the selection or of a problem opens.
func (m *Model) command(action keymap.Action) tea.Cmd {
	p, _ := m.problemAtHand()
	switch action {
	case actWeigh:
		p, _ = m.toWeigh()
	case actPlay:
		p, _ = m.toPlayBack()
	}
	return m.commandOn(action, p)
}

// commandOn opens what a command opens for a problem, if it is about one.
func (m *Model) commandOn(action keymap.Action, p interview.Problem) tea.Cmd {
	switch action {
	case actWeigh:
		m.open(newWeighing(p))
	case actPlay:
		m.open(newPlayback(m, p))
	case actReword:
		m.open(editProblem(p))
	case actAside:
		m.setAside(p)
	case actTakeUp:
		m.ask(fmt.Sprintf("Take up problem %s again", p.Number), p.Worded(), "take it up", func(m *Model) tea.Cmd {
			return m.doQuietly(interview.TakeUp{Problem: p.Lasting()})
		})
	case actJoin:
		m.chooseProblem(fmt.Sprintf("Problem %s, %s, is the same as", p.Number, p.Worded()), "join them", p.Lasting(), func(m *Model, into interview.Number) tea.Cmd {
			return m.doQuietly(interview.Join{Problem: p.Lasting(), Into: into})
		})
	case actRoute:
		m.carry(p)
	case actRaise, actTie, actDone, actDrop:
		m.commandOnLine(action, m.selectedNow())
	default:
		m.commandOnAll(action)
	}
	return nil
}

// commandOnLine opens what a command on number n of the record opens.
func (m *Model) commandOnLine(action keymap.Action, n interview.Number) {
	lasting := m.iv.Lasting(n)
	switch action {
	case actRaise:
		m.ask(fmt.Sprintf("Make a problem of %s", n), m.textOf(n), "make it a problem", func(m *Model) tea.Cmd {
			return m.doQuietly(interview.Raise{Line: lasting})
		})
	case actTie:
		m.chooseProblem(fmt.Sprintf("Which problem does %s show?", n), "tie it", 0, func(m *Model, problem interview.Number) tea.Cmd {
			return m.doQuietly(interview.Tie{Number: lasting, Problem: problem})
		})
	case actDone:
		m.ask(fmt.Sprintf("Promise %s is done", n), m.textOf(n), "it is done", func(m *Model) tea.Cmd {
			return m.doQuietly(interview.Done{Number: lasting})
		})
	case actDrop:
		m.ask(fmt.Sprintf("Drop %s", n), m.textOf(n), "drop it", func(m *Model) tea.Cmd {
			return m.doQuietly(interview.Drop{Number: lasting})
		})
	}
}

// commandOnAll opens what a command about the interview as a whole opens.
func (m *Model) commandOnAll(action keymap.Action) {
	switch action {
	case actSolve:
		m.open(newSolving(m))
	case actLeftOut:
		m.leftOut()
	case actConsent:
		m.askConsent()
	case actPerson:
		m.people()
	case actEarlier:
		m.open(newEarlier(m))
	case actToSettle:
		m.toSettle()
	case actUndo:
		m.ask("Undo", "Takes back the last thing that you did in this interview.", "undo it", func(m *Model) tea.Cmd {
			return m.doQuietly(interview.Undo{})
		})
	case actRedo:
		m.ask("Redo", "Brings back what you undid last.", "bring it back", func(m *Model) tea.Cmd {
			return m.doQuietly(interview.Redo{})
		})
	case actEnd:
		m.askEnd()
	case actReview:
		m.askLeaving("Read this interview", "read it", screen.GoReview{Interview: m.id})
	case actHome:
		m.askLeaving("Back to the library", "library", screen.GoHome{})
	}
}

// textOf returns what a numbered thing of the record says.
func (m *Model) textOf(n interview.Number) string {
	if l, ok := m.iv.Line(n); ok {
		return show.Said(l)
	}
	if p, ok := m.iv.Promise(n); ok {
		return p.Text
	}
	r, _ := m.iv.Route(n)
	return r.Department
}
