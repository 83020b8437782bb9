package live

import (
	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/widget"
)

// ending asks how the interview ended. Closing it leaves the outcome open.
type ending struct {
	grace widget.Grace
}

func newEnding(m *Model) *ending { return &ending{widget.NewGrace(m.env.Now())} }

// end ends the interview, and asks for the outcome unless it is known.
func (m *Model) end() tea.Cmd {
	cmd := m.doQuietly(interview.End{})
	m.askOutcome()
	return cmd
}

// askOutcome asks for the outcome of an ended interview, unless it is known.
func (m *Model) askOutcome() {
	if m.iv.Ended() && m.iv.Outcome == interview.NoOutcome && m.dialog == nil {
		m.dialog = newEnding(m)
	}
}

// The actions of the dialog.
const (
	endWorkedOut   keymap.Action = "end.worked-out"
	endNoFit       keymap.Action = "end.no-fit"
	endMoreToLearn keymap.Action = "end.more-to-learn"
	endStop        keymap.Action = "end.stop"
)

func (d *ending) typing() bool { return false }

func (d *ending) scroller() *widget.Scroller { return nil }

func (d *ending) scope(*Model) keymap.Scope {
	return keymap.Scope{Name: "How it ended", Bindings: []keymap.Binding{
		{Action: endWorkedOut, Keys: []string{"w"}, Short: "worked out", Long: "Worked out: there is something to do together"},
		{Action: endNoFit, Keys: []string{"n"}, Short: "no fit", Long: "No fit: they need something else, and that is a good ending, too"},
		{Action: endMoreToLearn, Keys: []string{"m"}, Short: "more to learn", Long: "More to learn: you meet again, or ask somebody else"},
		{Action: endStop, Keys: []string{"esc"}, Short: "leave it open", Long: "Leave it open; /outcome says it at any time"},
	}}
}

func (d *ending) act(m *Model, action keymap.Action) tea.Cmd {
	if action != endStop && m.tooSoon(&d.grace) {
		return nil
	}
	outcome := interview.NoOutcome
	switch action {
	case endWorkedOut:
		outcome = interview.WorkedOut
	case endNoFit:
		outcome = interview.NoFit
	case endMoreToLearn:
		outcome = interview.MoreToLearn
	}
	m.dialog = nil
	if outcome == interview.NoOutcome {
		return nil
	}
	return m.doQuietly(interview.SetOutcome{Outcome: outcome})
}

func (d *ending) update(*Model, tea.Msg) tea.Cmd { return nil }

func (d *ending) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("")
	for _, part := range plain.Wrap(m.soFar(), inner) {
		p.add(s.Muted.Render(part))
	}
	p.add("")
	const keyWidth = 5
	for _, b := range d.scope(m).Bindings {
		sign := "  "
		if b.Short == m.iv.Outcome.Words() {
			sign = s.Confirmed.Render("✓ ")
		}
		head := sign + s.Key.Render(plain.Pad(b.KeyLabel(), keyWidth))
		p.addSpot(inner, func(int, int) tea.Cmd { return d.act(m, b.Action) }, show.Hang(head, 2+keyWidth, b.Long, inner, s.Text)...)
	}
	return placed(m, "How did it end?", p, width, height)
}

// soFar summarises the interview in one line.
func (m *Model) soFar() string {
	confirmed := 0
	for _, p := range m.iv.Problems {
		if p.Status == interview.Confirmed {
			confirmed++
		}
	}
	text := show.Count(len(m.iv.Problems), "problem", "problems")
	if confirmed > 0 {
		text += ", " + show.Count(confirmed, "of them confirmed", "of them confirmed")
	}
	if n := len(m.iv.Promises); n > 0 {
		text += " · " + show.Count(n, "promise", "promises")
	}
	if n := len(m.iv.FollowUps()); n > 0 {
		text += " · " + show.Count(n, "follow-up not asked", "follow-ups not asked")
	}
	return text
}
