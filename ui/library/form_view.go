package library

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

const (
	formWidth  = 60
	labelWidth = 12 // of "Customer" and "Playbook", with the gap after them
	boxWidth   = formWidth - 4 - labelWidth
)

// area returns the place of the form on a screen of the given size: over the lists, or instead of
// them on a narrow screen.
func (f *form) area(width, height int) widget.Rect {
	if width < wide {
		return widget.Rect{Y: 1, Width: width, Height: height - 2}
	}
	const rows = 15
	r := widget.Rect{Width: width, Height: height}.Centre(formWidth, rows+2)
	r.Y = min(r.Y, 3)
	return r
}

// view draws the form in its area and returns the position of the cursor.
func (f *form) view(area widget.Rect, m *Model) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := area.Inset(2, 1)
	var cursor *tea.Position
	lines := f.drawBox(nil, "Customer", customerField, &f.box, s, &cursor)
	f.at.offers = len(lines)
	lines = append(lines, widget.NewBlock(inner.Width, mostMet, f.offers(inner.Width, m)).Lines...)
	lines = append(lines, "")
	f.at.book = len(lines)
	lines = append(lines, f.label("Playbook", playbookField, s)+f.drawChoice(f.playbookName(), playbookField, s))
	lines = append(lines, f.about(inner.Width, s)...)
	lines = append(lines, "")
	f.at.meeting = len(lines)
	meeting := "going on now"
	if f.over {
		meeting = "over; written down from memory"
	}
	lines = append(lines, f.label("Meeting", meetingField, s)+f.drawChoice(meeting, meetingField, s))
	f.at.ended = len(lines)
	if f.over {
		lines = f.drawBox(lines, "Ended", endedField, &f.ended, s, &cursor)
	}
	view := widget.Box(widget.Frame{Title: "New interview", Focused: true}, area.Width, area.Height, lines, s)
	if cursor != nil {
		cursor.X, cursor.Y = cursor.X+inner.X, min(cursor.Y, inner.Height-1)+inner.Y
	}
	return view, cursor
}

// label draws the name of a field, with an arrow where keys choose.
func (f *form) label(text string, of field, s theme.Styles) string {
	sign := "‹ "
	if of == customerField || of == endedField {
		sign = "  "
	}
	if f.field == of {
		return s.Accent.Render(plain.Pad(text, labelWidth-2) + sign)
	}
	return s.Muted.Render(plain.Pad(text, labelWidth))
}

// drawBox appends a text field, and sets the cursor when it has the keys.
func (f *form) drawBox(lines []string, text string, of field, box *widget.Capture, s theme.Styles, cursor **tea.Position) []string {
	if lines == nil {
		lines = []string{""}
	}
	drawn, at := box.View(boxWidth, s)
	if f.field == of {
		*cursor = &tea.Position{X: labelWidth + at.X, Y: len(lines) + at.Y}
	}
	for i, line := range drawn.Lines {
		head := strings.Repeat(" ", labelWidth)
		if i == 0 {
			head = f.label(text, of, s)
		}
		lines = append(lines, head+line)
	}
	return lines
}

// offers draws the matching customers met before.
func (f *form) offers(width int, m *Model) []string {
	s := m.env.Styles()
	var lines []string
	for i, c := range f.met {
		text := "last " + show.ShortDay(time.UnixMilli(c.last), m.env.Now(), m.env.Zone)
		if c.times > 1 {
			text = show.Count(c.times, "interview", "interviews") + ", " + text
		}
		line := widget.Pair(s.Text.Render(plain.Terminal(c.text)), s.Faint.Render(text), width-labelWidth)
		lines = append(lines, strings.Repeat(" ", labelWidth-2)+show.Choice([]string{line}, i == f.chosen, width-labelWidth+2, s)[0])
	}
	if len(f.met) == 0 && f.name() != "" {
		lines = append(lines, strings.Repeat(" ", labelWidth)+s.Faint.Render("a customer not met before"))
	}
	return lines
}

// playbookName returns the name of the picked playbook.
func (f *form) playbookName() string {
	p, _ := f.playbook()
	return p.Name
}

// drawChoice draws the value of a field, with an arrow after it while it has the keys; the arrow
// before it belongs to the label.
func (f *form) drawChoice(text string, of field, s theme.Styles) string {
	if text == "" {
		return ""
	}
	name := s.Text.Render(plain.Truncate(plain.Terminal(text), boxWidth-4, "…"))
	if f.field == of {
		return name + s.Accent.Render(" ›")
	}
	return name
}

// about draws the playbook's purpose, or what went wrong.
func (f *form) about(width int, s theme.Styles) []string {
	const most = 3
	p, _ := f.playbook()
	text, style := p.About, s.Faint
	if p.Err != nil {
		text, style = p.Err.Error(), s.Warn
	}
	if f.trouble != "" {
		text, style = f.trouble, s.Danger
	}
	parts := plain.Wrap(plain.Terminal(text), max(width-labelWidth-1, 8))
	if len(parts) > most {
		parts = parts[:most]
		parts[most-1] += "…"
	}
	for i, part := range parts {
		parts[i] = strings.Repeat(" ", labelWidth) + style.Render(part)
	}
	return parts
}
