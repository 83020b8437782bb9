package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hark/ui/theme"
)

// Prompt is a capture box in a frame over a screen. The zero Prompt is empty and ready. Use it by
// pointer.
type Prompt struct {
	Capture
	inside Rect // of the frame, where the text was drawn
}

// Input handles a key, a paste or a click, and reports whether the prompt used it.
func (p *Prompt) Input(msg tea.Msg) bool {
	click, ok := msg.(tea.MouseClickMsg)
	switch {
	case !ok:
		return p.Update(msg, max(p.inside.Width, 1))
	case p.inside.Contains(click.X, click.Y):
		p.PlaceCursor(click.X-p.inside.X, click.Y-p.inside.Y, p.inside.Width)
		return true
	}
	return false
}

// Rows returns the height of the frame around the text in a frame that is width cells wide.
func (p *Prompt) Rows(width int) int { return p.Height(width-4) + 2 }

// Over draws the prompt over a screen, in area, between some styled lines, and returns the position
// of the cursor.
func (p *Prompt) Over(screen Block, f Frame, area Rect, above, below []string, s theme.Styles) (Block, *tea.Position) {
	f.Focused = true
	p.inside = area.Inset(2, 1)
	p.inside.Y += len(above)
	text, at := p.View(p.inside.Width, s)
	p.inside.Height = text.Height()
	lines := append(append(slices.Clip(above), text.Lines...), below...)
	box := Box(f, area.Width, area.Height, lines, s)
	return Overlay(screen, box, area.X, area.Y), &tea.Position{X: p.inside.X + at.X, Y: p.inside.Y + at.Y}
}
