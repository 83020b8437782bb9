package review

import (
	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/show"
	"hark/ui/widget"
)

// View implements screen.Screen.
func (m *Model) View(width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	switch {
	case m.failed != nil:
		return show.Unreadable("This interview", m.failed, "esc goes back; `hark doctor` in a shell says what is wrong.", width, height, s), nil
	case m.view.Interview == nil:
		return widget.NewBlock(width, height, nil), nil // not read yet
	}
	rows := widget.Rect{Width: width, Height: height}.Rows(widget.Fixed(2), widget.Share(1, 3), widget.Fixed(1))
	frame := widget.Frame{Title: "Review", Right: "by stage"}
	if m.byTime {
		frame.Right = "by time"
	}
	body := m.page.View(rows[1], frame, "Nothing was kept in this interview.", page.Panel{Title: "In the room", Lines: m.people}, s)
	head := widget.NewBlock(width, 2, m.header(width))
	block := widget.Stack(head, body, widget.NewBlock(width, 1, nil))
	block = m.note.Over(block, s)
	if m.box != nil {
		return m.overBox(block)
	}
	return m.exports.Over(block)
}

// header shows who, when, how long, how it ended, and what the customer allows.
func (m *Model) header(width int) []string {
	s, iv := m.env.Styles(), m.view.Interview
	right := show.Met(iv, m.env.Zone)
	if lasted, known := iv.Lasted(); known {
		right += show.Joined("–"+show.ClockAfter(iv.EndedAt, iv.MetAt(), m.env.Zone), show.Lasting(lasted))
	}
	first := widget.Pair(" "+s.Title.Render(plain.Terminal(iv.Customer)), s.Muted.Render(right)+" ", width)
	state := s.Muted.Render("ended")
	switch {
	case !iv.Ended():
		state = s.Accent.Render("open")
	case iv.Outcome != interview.NoOutcome:
		state = s.Text.Render(iv.Outcome.Words())
	}
	if written := iv.WrittenDown(); written != "" {
		state += s.Muted.Render(" · " + written)
	}
	if iv.Discarded {
		state += s.Danger.Render(" · deleted")
	}
	name := plain.Truncate(plain.Terminal(iv.Playbook.Name), width/3, "…")
	open := ""
	if iv.ConsentOpen() {
		open = "?"
	}
	return []string{first, widget.Fit(" "+s.Muted.Render(name+" · ")+state+s.Muted.Render(" · "+show.Consent(iv.Consent)+open), width)}
}

// people draws who was at the meeting, their side first.
func (m *Model) people(width int) []string {
	s := m.env.Styles()
	var lines []string
	for _, side := range []interview.Side{interview.Theirs, interview.Ours, ""} {
		for _, p := range m.view.InRoom(side) {
			detail := plain.Terminal(p.Role)
			switch side {
			case interview.Ours:
				detail = show.Joined("ours", detail)
			case "":
				detail = show.Joined("which side?", detail)
			case interview.Theirs:
			}
			lines = append(lines, widget.Pair(s.Text.Render(plain.Terminal(p.Name)), s.Muted.Render(plain.Truncate(detail, max(width/2, 4), "…")), width))
			if p.Adviser {
				lines = append(lines, "  "+s.Confirmed.Render("✓ may be asked again"))
			}
		}
	}
	if len(lines) == 0 {
		lines = []string{s.Faint.Render("nobody was named")}
	}
	return lines
}
