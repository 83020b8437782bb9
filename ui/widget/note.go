package widget

import (
	"hark/internal/plain"
	"hark/ui/theme"
)

// Note is a message about the last key: its result, or, as an alarm, why it had none. The text
// need not be safe.
type Note struct {
	Text  string
	Alarm bool
}

// Lines draws the note in lines of a frame that is width cells wide, four at most; none without
// text.
func (n Note) Lines(width int, s theme.Styles) []string {
	if n.Text == "" {
		return nil
	}
	const most, indent = 4, "   "
	style, sign := s.Accent, " › "
	if n.Alarm {
		style, sign = s.Danger, " ! "
	}
	lines := plain.Wrap(plain.Terminal(n.Text), max(width-1-len(indent), 8))
	lines = lines[:min(len(lines), most)]
	for i, line := range lines {
		lines[i] = style.Render(sign + line)
		sign = indent
	}
	return lines
}

// Over draws the note over the last lines of a frame.
func (n Note) Over(frame Block, s theme.Styles) Block {
	lines := n.Lines(frame.Width, s)
	return Overlay(frame, NewBlock(frame.Width, len(lines), lines), 0, frame.Height()-len(lines))
}
