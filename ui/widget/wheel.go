package widget

import tea "charm.land/bubbletea/v2"

// Notch is the number of lines per notch of the mouse wheel.
const Notch = 3

// Wheel returns how many lines a message of the mouse scrolls, down when positive; 0 when it is not
// of the wheel.
func Wheel(msg tea.MouseMsg) int {
	wheel, ok := msg.(tea.MouseWheelMsg)
	switch {
	case !ok:
		return 0
	case wheel.Button == tea.MouseWheelUp:
		return -Notch
	}
	return Notch
}
