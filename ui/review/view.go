package review

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/widget"
)

const (
	// wide is the width from which the sections stand beside the page.
	wide = 96
	// leastIndex and widestIndex are how wide they are drawn: they get what the
	// text on the page has no use for.
	leastIndex, widestIndex = 32, 56
)

// View implements screen.Screen.
func (m *Model) View(width, height int) (widget.Block, *tea.Position) {
	m.page, m.index = widget.Rect{}, widget.Rect{}
	s := m.env.Styles()
	switch {
	case m.failed != nil:
		lines := append([]string{""}, show.Hang("  ", 2, "This interview cannot be read: "+m.failed.Error(), width-2, s.Danger)...)
		lines = append(lines, show.Hang("  ", 2, "esc goes back to the library; `hark doctor` in a shell says what is wrong.", width-2, s.Text)...)
		return widget.NewBlock(width, height, lines), nil
	case m.view.Interview == nil:
		return widget.NewBlock(width, height, nil), nil // it comes in a moment
	}
	rows := widget.Rect{Width: width, Height: height}.Rows(widget.Fixed(2), widget.Share(1, 3), widget.Fixed(1))
	columns := []widget.Rect{rows[1]}
	if width >= wide {
		columns = rows[1].Columns(widget.Share(1, 0), widget.Fixed(min(max(width-widestText-12, leastIndex), widestIndex)))
	}
	body := m.drawPage(columns[0])
	if len(columns) > 1 {
		body = widget.Beside(body, m.drawIndex(columns[1]))
	}
	head := widget.NewBlock(width, 2, m.header(width))
	frame := widget.Stack(head, body, widget.NewBlock(width, 1, nil))
	return show.OverNote(frame, m.note.text, m.note.alarm, s), nil
}

// drawPage draws the page that scrolls.
func (m *Model) drawPage(area widget.Rect) widget.Block {
	m.page = area
	inner := area.Inset(2, 1)
	m.list.Resize(inner.Width, inner.Height)
	if m.goTo != 0 {
		m.goNumber(m.goTo, inner.Height)
		m.goTo = 0
	}
	frame := widget.Frame{Title: "Review", Right: "by stage", Focused: true}
	if m.byTime {
		frame.Right = "by time"
	}
	if above, below := m.list.Hidden(); above+below > 0 {
		frame.Foot = fmt.Sprintf("↑%d ↓%d", above, below)
	}
	lines := m.list.View().Lines
	if len(m.items) == 0 {
		lines = show.Hang("  ", 2, "Nothing was kept in this interview.", inner.Width, m.env.Styles().Faint)
	}
	return widget.Box(frame, area.Width, area.Height, lines, m.env.Styles())
}

// header says who, when, how long, how it ended, and what they allow.
func (m *Model) header(width int) []string {
	s, iv := m.env.Styles(), m.view.Interview
	right := show.Day(iv.StartedAt, m.env.Zone) + ", " + show.Clock(iv.StartedAt, m.env.Zone)
	if iv.Ended() && !iv.Debrief {
		right += joined("–"+show.Clock(iv.EndedAt, m.env.Zone), show.Lasting(iv.EndedAt.Sub(iv.StartedAt)))
	}
	first := widget.Pair(" "+s.Title.Render(plain.Terminal(iv.Customer)), s.Muted.Render(right)+" ", width)
	state := s.Muted.Render("ended")
	switch {
	case !iv.Ended():
		state = s.Accent.Render("open")
	case iv.Outcome != interview.NoOutcome:
		state = s.Text.Render(show.Outcome(iv.Outcome))
	}
	if iv.Debrief {
		state += s.Muted.Render(" · written down afterwards")
	}
	if iv.Discarded {
		state += s.Danger.Render(" · deleted")
	}
	name := plain.Truncate(plain.Terminal(iv.Playbook.Name), width/3, "…")
	return []string{first, widget.Fit(" "+s.Muted.Render(name+" · ")+state+s.Muted.Render(" · "+show.Consent(iv.Consent)), width)}
}

// drawIndex draws the sections, with the one that is selected marked, and who
// was in the room.
func (m *Model) drawIndex(area widget.Rect) widget.Block {
	s := m.env.Styles()
	sections := m.sections()
	people := m.people(area.Width - 4)
	rows := area.Rows(widget.Fixed(len(sections)+2), widget.Share(1, 0))
	m.index = rows[0]
	inner := rows[0].Inset(2, 1)
	at, _ := m.selected()
	var lines []string
	for _, h := range sections {
		line := widget.Pair(s.Text.Render(h.section.title()), s.Faint.Render(h.short), inner.Width-2)
		sign := "  "
		if h.section == at.section {
			sign = s.Accent.Render("▸ ")
		}
		lines = append(lines, sign+line)
	}
	top := widget.Box(widget.Frame{Title: "Sections", Right: "tab"}, rows[0].Width, rows[0].Height, lines, s)
	return widget.Stack(top, widget.Box(widget.Frame{Title: "In the room"}, rows[1].Width, rows[1].Height, people, s))
}

// people draws who was in the room, theirs first.
func (m *Model) people(width int) []string {
	s := m.env.Styles()
	var lines []string
	for _, side := range []interview.Side{interview.Theirs, interview.Ours} {
		for _, p := range m.view.OnSide(side) {
			detail := plain.Terminal(p.Role)
			if side == interview.Ours {
				detail = joined("ours", detail)
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
