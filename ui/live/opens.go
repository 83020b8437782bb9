package live

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/ui/keymap"
	"hark/ui/screen"
)

// A line can ask for what a key opens: a screen, or the form of a command. It keeps nothing then,
// and what leaves, removes or exports asks first, as it does for the key.

// enterOpening opens what the line in the box asks for. It returns false when that cannot be: then
// why says in one sentence what is in the way.
func (m *Model) enterOpening(o *capture.Opens) (cmd tea.Cmd, why string, ok bool) {
	show, why := m.opener(o)
	if show == nil {
		return nil, why, false
	}
	return m.openTyped(show), "", true
}

// openTyped opens what the line in the box asks for.
func (m *Model) openTyped(show func() tea.Cmd) tea.Cmd {
	var drop tea.Cmd
	if m.reentered != 0 { // the line that was to settle is done with
		drop = m.doQuietly(interview.Drop{Number: m.reentered})
		m.reentered = 0
	}
	m.emptyBox()
	m.note = note{}
	return tea.Batch(drop, show(), m.touched())
}

// opener returns what opens what a line asks for; nil, and why, when nothing does.
func (m *Model) opener(o *capture.Opens) (show func() tea.Cmd, why string) {
	in := func(p pane) func() tea.Cmd {
		return func() tea.Cmd { m.selecting = true; m.goPane(p); return nil }
	}
	switch o.Command {
	case "help", "commands", "promises", "insight", "advisers", "quit":
		return func() tea.Cmd { return screen.Go(screen.Beyond(o.Command, "")) }, ""
	case "search":
		return func() tea.Cmd {
			m.askLeaving("Search everything that was said", "search", screen.Beyond(o.Command, o.Text))
			return nil
		}, ""
	case "export":
		return func() tea.Cmd { m.askExport(); return nil }, ""
	case "copy":
		if m.unsaved != nil {
			return m.copyUnsaved, ""
		}
	case "problems":
		return in(problemsPane), ""
	case "questions", "ask", "stage":
		return in(questionsPane), ""
	case "lines":
		return in(recordPane), ""
	case "outcome":
		return func() tea.Cmd { m.askHow(); return nil }, ""
	case "note", "quote", "observation", "thought", "ask-later", "promise", "problem":
		return m.beginLine(o.Command), ""
	}
	if shell := o.Shell(m.id.Short(), m.iv.Customer); shell != "" && keyOf(o.Command) == "" {
		return func() tea.Cmd { m.say(hint, "In a shell: "+shell); return nil }, ""
	}
	return m.formOf(o)
}

// beginLine puts the mark of a kind of line into the box, for a word without a text.
func (m *Model) beginLine(command string) func() tea.Cmd {
	for _, s := range capture.Marks() {
		if string(s.Kind) == command && s.Char != "" || command == "ask-later" && s.Kind == capture.KindFollowUp {
			return func() tea.Cmd { m.prefill(s.Char); return nil }
		}
	}
	return func() tea.Cmd { return nil } // a text without a mark
}

// keyOf returns the action of the key that opens the form of a command, or what the word for it
// shows; "" for none.
func keyOf(command string) keymap.Action {
	switch command {
	case "who", "person", "rename", "adviser":
		return actPerson
	case "consent":
		return actConsent
	case "missing", "solve", "respect", "advise", "share", "react", "agree", "decline":
		return actSolve
	case "to-settle", "pick":
		return actToSettle
	case "told-before":
		return actEarlier
	case "review":
		return actReview
	case "library":
		return actHome
	case "impact":
		return actWeigh
	case "playback":
		return actPlay
	case "reword", "theme":
		return actReword
	case "aside":
		return actAside
	case "take-up":
		return actTakeUp
	case "join":
		return actJoin
	case "route":
		return actRoute
	case "tie":
		return actTie
	case "done":
		return actDone
	case "drop":
		return actDrop
	case "fix", "due", "answer":
		return actEdit
	}
	return ""
}

// formOf returns what opens the form of a command that was typed without all that it needs, for the
// thing with the number that was typed; without a number for the one that the key would choose.
func (m *Model) formOf(o *capture.Opens) (show func() tea.Cmd, why string) {
	action := keyOf(o.Command)
	command := func() tea.Cmd { return m.command(action) }
	p, ok := m.iv.Problem(o.Number)
	switch action {
	case "":
		return nil, ""
	case actWeigh, actPlay, actReword, actAside, actTakeUp, actJoin, actRoute:
		if ok {
			return func() tea.Cmd { return m.commandOn(action, p) }, ""
		}
		if o.Number > 0 {
			return nil, fmt.Sprintf("There is no problem %s", o.Number)
		}
	case actEdit:
		if o.Number == 0 {
			return nil, "Say which one: " + o.Err.Nearest
		}
		return m.correcting(o)
	case actTie, actDone, actDrop:
		if o.Number > 0 {
			if m.textOf(o.Number) == "" {
				return nil, fmt.Sprintf("There is no %s", o.Number)
			}
			return func() tea.Cmd { m.commandOnLine(action, o.Number); return nil }, ""
		}
	}
	for _, b := range m.commands() {
		if b.Action == action && !b.Enabled() {
			return func() tea.Cmd { m.say(hint, "Not now: "+b.Why); return nil }, ""
		}
	}
	return command, ""
}

// correcting returns what opens the form that corrects the thing with a number.
func (m *Model) correcting(o *capture.Opens) (show func() tea.Cmd, why string) {
	if o.Thing == interview.ThingProblem {
		if p, ok := m.iv.Problem(o.Number); ok {
			return func() tea.Cmd { m.open(editProblem(p)); return nil }, ""
		}
		return nil, fmt.Sprintf("There is no problem %s", o.Number)
	}
	if o.Thing == interview.ThingSolution {
		return func() tea.Cmd { return m.command(actSolve) }, ""
	}
	if m.textOf(o.Number) == "" {
		return nil, fmt.Sprintf("There is no %s", o.Number)
	}
	return func() tea.Cmd {
		if p, ok := m.iv.Promise(o.Number); ok && o.Command == "due" && !p.Doubt.IsZero() {
			m.askDay(p)
			return nil
		}
		m.editNumber(o.Number)
		return nil
	}, ""
}

// exported is the result of an export.
type exported struct {
	screen.Addressed
	path string
	err  error
}

// askExport asks before the interview is exported into the folder where hark was started.
func (m *Model) askExport() {
	if m.env.Export == nil {
		m.say(hint, "No files can be written from here; in a shell: hark export "+m.id.Short())
		return
	}
	const what = "As Markdown, into the folder where hark was started. Names and quotes follow what they allowed; your thoughts stay out."
	m.ask("Export "+m.iv.Customer, what, "export it", func(m *Model) tea.Cmd {
		write, id := m.env.Export, m.id
		return func() tea.Msg {
			path, err := write(context.Background(), id, ".")
			return exported{screen.For(m), path, err}
		}
	})
}

// exported says where the file is, or why there is none.
func (m *Model) exported(msg exported) {
	if msg.err != nil {
		m.say(alarm, msg.err.Error())
		return
	}
	m.say(calm, "Exported to "+msg.path)
}
