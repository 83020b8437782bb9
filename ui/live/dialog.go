package live

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/theme"
	"hark/ui/widget"
)

// content is what a dialog shows: lines, the places in them that can be clicked, and the cursor.
// Positions count from the first cell of the first line.
type content struct {
	lines []string
	spots []spot
	at    *tea.Position
}

// spot is an area that reacts to a click. do gets the cell within it.
type spot struct {
	area widget.Rect
	do   func(x, y int) tea.Cmd
}

// add appends lines.
func (p *content) add(lines ...string) { p.lines = append(p.lines, lines...) }

// addSpot appends lines that react to a click.
func (p *content) addSpot(width int, do func(x, y int) tea.Cmd, lines ...string) {
	p.spots = append(p.spots, spot{widget.Rect{Y: len(p.lines), Width: width, Height: len(lines)}, do})
	p.add(lines...)
}

// choice is one of several answers in a row: its key, its text, and what a click on it does.
// Without do it is only a remark.
type choice struct {
	key, text string
	do        func() tea.Cmd
}

// addChoices appends choices side by side, on as few lines as hold them.
func (p *content) addChoices(width int, s theme.Styles, choices ...choice) {
	const between = 3
	line, x := "", 0
	for _, c := range choices {
		wide := plain.Width(strings.TrimSpace(c.key + " " + c.text))
		if x > 0 && x+between+wide > width {
			p.add(line)
			line, x = "", 0
		}
		if x > 0 {
			line += plain.Pad("", between)
			x += between
		}
		if c.do != nil {
			area := widget.Rect{X: x, Y: len(p.lines), Width: wide, Height: 1}
			p.spots = append(p.spots, spot{area, func(int, int) tea.Cmd { return c.do() }})
		}
		switch {
		case c.key == "":
			line += s.Faint.Render(c.text)
		case c.text == "":
			line += s.Key.Render(c.key)
		default:
			line += s.Key.Render(c.key) + s.Text.Render(" "+c.text)
		}
		x += wide
	}
	p.add(line)
}

// addKeys appends some of a dialog's keys with what they do.
func (p *content) addKeys(m *Model, d dialog, width int, actions ...keymap.Action) {
	var choices []choice
	for _, b := range d.scope(m).Bindings {
		if slices.Contains(actions, b.Action) && b.Enabled() {
			choices = append(choices, choice{b.KeyLabel(), b.Short, func() tea.Cmd { return d.act(m, b.Action) }})
		}
	}
	p.addChoices(width, m.env.Styles(), choices...)
}

// The actions that scroll a dialog that is higher than the screen.
const (
	pageUp   keymap.Action = "page.up"
	pageDown keymap.Action = "page.down"
)

// pageScope lists the keys that scroll a dialog that is higher than the screen.
func (m *Model) pageScope() keymap.Scope {
	fits := ""
	if m.beyond == 0 {
		fits = "all of it is in view"
	}
	return keymap.Scope{Name: "Reading", Bindings: []keymap.Binding{
		{Action: pageUp, Keys: []string{"up", "pgup"}, Long: "Up", Why: fits},
		{Action: pageDown, Keys: []string{"down", "pgdown"}, Long: "Down", Why: fits},
	}}
}

// scrollPage scrolls a dialog that is higher than the screen.
func (m *Model) scrollPage(n int) { m.above = min(max(m.above+n, 0), m.beyond) }

// dialogWidth returns the width of a dialog on a screen of the given width, in cells.
func dialogWidth(width int) int { return min(width-2, 90) }

// placed draws a dialog's content in a box in the middle of the screen below the header, and
// records where it can be clicked. Content higher than the screen is drawn as far as it is
// scrolled, with the cursor in view.
func placed(m *Model, title string, p *content, width, height int) (widget.Block, *tea.Position) {
	w := dialogWidth(width)
	h := min(len(p.lines)+3, height)
	area := widget.Rect{Width: width, Height: height}.Centre(w, h)
	area.Y = min(area.Y, 3)
	inner := area.Inset(2, 1)
	if m.beyond = len(p.lines) - inner.Height; m.beyond < 0 {
		m.beyond = 0
	}
	m.scrollPage(0)
	if p.at != nil {
		m.above = min(max(m.above, p.at.Y-inner.Height+1), p.at.Y)
	}
	frame := widget.Frame{Title: title, Focused: true}
	if m.beyond > 0 {
		frame.Foot = fmt.Sprintf("↑%d ↓%d", m.above, m.beyond-m.above)
	}
	box := widget.Box(frame, w, h, p.lines[m.above:], m.env.Styles())
	body := widget.Overlay(widget.NewBlock(width, height, nil), box, area.X, area.Y)
	for _, s := range p.spots {
		if s.area.Y -= m.above; s.area.Y >= 0 && s.area.Y < inner.Height {
			s.area.X += inner.X
			s.area.Y += inner.Y + headRows
			m.spots = append(m.spots, s)
		}
	}
	if p.at == nil {
		return body, nil
	}
	return body, &tea.Position{X: inner.X + p.at.X, Y: inner.Y + p.at.Y - m.above}
}

// listed draws a list over the whole screen below the header. again runs when the selected item is
// clicked.
func listed(m *Model, list *widget.Scroller, frame widget.Frame, width, height int, again func() tea.Cmd) widget.Block {
	area := widget.Rect{Width: width, Height: height}
	inner := area.Inset(2, 1)
	list.Resize(inner.Width, inner.Height)
	frame.Foot = list.More()
	box := widget.Box(frame, width, height, list.View().Lines, m.env.Styles())
	inner.Y += headRows
	m.spots = append(m.spots, spot{inner, clicked(list, again)})
	return box
}
