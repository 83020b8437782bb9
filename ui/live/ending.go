package live

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui/screen"
	"hark/ui/show"
)

// askEnd asks before the interview ends; of one that has ended, how it did.
func (m *Model) askEnd() {
	if m.iv.Ended() {
		m.askHow()
		return
	}
	m.ask("End the interview", m.soFar(), "end it", func(m *Model) tea.Cmd {
		cmd := m.doQuietly(interview.End{})
		m.askOutcome()
		return cmd
	})
}

// askOutcome asks how an interview that has ended did so; what comes next, where that is known.
func (m *Model) askOutcome() {
	switch {
	case !m.iv.Ended() || m.dialog != nil:
	case m.iv.Outcome == interview.NoOutcome:
		m.askHow()
	default:
		m.askNext()
	}
}

// askHow asks how the interview ended, and then what is next.
func (m *Model) askHow() {
	outcomes := []interview.Outcome{interview.WorkedOut, interview.NoFit, interview.MoreToLearn}
	q := &question{
		title: "How did it end?", text: m.soFar() + m.inDoubt(), short: "that is how", leave: "say later",
		rows: []string{
			"worked out: there is something to do together",
			"no fit: they need something else, and that is a good ending, too",
			"more to learn: you meet again, or ask somebody else",
			"reopen the interview",
		},
		yes: func(m *Model, row int) tea.Cmd {
			if row == len(outcomes) {
				return m.doQuietly(interview.Reopen{})
			}
			cmd := m.doQuietly(interview.SetOutcome{Outcome: outcomes[row]})
			m.askNext()
			return cmd
		},
	}
	for i, o := range outcomes {
		if o == m.iv.Outcome {
			q.at = i
		}
	}
	m.open(q)
}

// askNext offers what comes after an interview.
func (m *Model) askNext() {
	q := &question{title: "What comes next", text: m.soFar(), short: "go on"}
	var does []func(m *Model) tea.Cmd
	add := func(row string, do func(m *Model) tea.Cmd) {
		q.rows, does = append(q.rows, row), append(does, do)
	}
	if n := len(m.iv.ToSettle()); n > 0 {
		add("settle what is in doubt: "+show.Count(n, "thing", "things"), func(m *Model) tea.Cmd { m.toSettle(); return nil })
	}
	add("read it, export it, and see the recap for "+m.iv.Customer, func(m *Model) tea.Cmd {
		return screen.Go(screen.GoReview{Interview: m.id})
	})
	add("back to the library, with the promises that are due", func(*Model) tea.Cmd { return screen.Go(screen.GoHome{}) })
	add("stay here: what you type now is from memory", func(*Model) tea.Cmd { return nil })
	q.yes = func(m *Model, row int) tea.Cmd { return does[row](m) }
	m.open(q)
}

// inDoubt lists what is to settle, a line each.
func (m *Model) inDoubt() string {
	const most = 4
	var text strings.Builder
	all := m.iv.ToSettle()
	for _, o := range all[:min(len(all), most)] {
		text.WriteString("\n○ " + o.Shown())
	}
	if more := len(all) - most; more > 0 {
		fmt.Fprintf(&text, "\n… and %d more", more)
	}
	return text.String()
}

// soFar summarises the interview in one line.
func (m *Model) soFar() string {
	confirmed, undated := 0, 0
	for _, p := range m.iv.Problems {
		if p.Status == interview.Confirmed {
			confirmed++
		}
	}
	for _, p := range m.iv.Promises {
		if p.Due.IsZero() && p.Doubt.IsZero() {
			undated++
		}
	}
	text := show.Count(len(m.iv.Problems), "problem", "problems")
	if confirmed > 0 {
		text += ", " + show.Count(confirmed, "of them confirmed", "of them confirmed")
	}
	if n := len(m.iv.Promises); n > 0 {
		text += " · " + show.Count(n, "promise", "promises")
	}
	if undated > 0 {
		text += fmt.Sprintf(", %d without a day", undated)
	}
	if n := len(m.iv.FollowUps()); n > 0 {
		text += " · " + show.Count(n, "follow-up not asked", "follow-ups not asked")
	}
	if n := len(m.iv.ToSettle()); n > 0 {
		text += fmt.Sprintf(" · %d to settle", n)
	}
	return text
}
