package live

import (
	tea "charm.land/bubbletea/v2"

	"hark/ui/widget"
)

// mouse maps clicks and the wheel to what the keys do.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.iv == nil {
		return nil
	}
	at := msg.Mouse()
	if _, click := msg.(tea.MouseClickMsg); click {
		return m.click(at.X, at.Y)
	}
	m.wheel(at.X, at.Y, widget.Wheel(msg))
	return nil
}

// wheel scrolls the list under the mouse by n lines.
func (m *Model) wheel(x, y, n int) {
	switch {
	case m.dialog != nil:
		if list := m.dialog.scroller(); list != nil {
			list.Scroll(n)
		} else {
			m.scrollPage(n)
		}
		return
	case m.offersAt(x, y):
		m.menu.list.Move(n / widget.Notch)
		return
	}
	for p, area := range m.places {
		if area.Contains(x, y) {
			m.lists[p].Scroll(n)
		}
	}
}

// click handles a click on a dialog's spot, an offer, the box, the checklist, or an item, which is
// selected; a click on the selected item does what enter does.
func (m *Model) click(x, y int) tea.Cmd {
	m.armed, m.opening.letter = false, ""
	if m.fresh() {
		return nil // it was not meant for what has just opened
	}
	for _, s := range m.spots {
		if s.area.Contains(x, y) {
			return s.do(x-s.area.X, y-s.area.Y)
		}
	}
	switch {
	case m.dialog != nil:
		return nil
	case m.offersAt(x, y):
		inner := m.menuRect.Inset(2, 1)
		if i, ok := m.menu.list.At(y-inner.Y, inner.Height); ok {
			m.accept(i)
			return m.touched()
		}
		return nil
	case m.boxRect.Contains(x, y):
		m.deselect()
		m.box.PlaceCursor(x-m.boxRect.X-2, y-m.boxRect.Y-1, m.boxRect.Width-4)
		return nil
	case m.gateRect.Contains(x, y):
		return m.Act(actSolve)
	}
	for p, area := range m.places {
		if area.Contains(x, y) {
			return m.clickPane(pane(p), y-area.Y-1)
		}
	}
	return nil
}

// clickPane selects the item in row y of a pane; if it was selected, it does what enter does.
func (m *Model) clickPane(p pane, y int) tea.Cmd {
	list := &m.lists[p]
	i, ok := list.ItemAt(y)
	again := ok && m.selecting && m.pane == p && list.Selected() == i
	m.selecting = true
	m.goPane(p)
	if !ok {
		return nil
	}
	list.Select(i)
	if !again {
		return nil
	}
	return m.edit()
}

// offersAt reports whether the offers are shown in a cell.
func (m *Model) offersAt(x, y int) bool {
	return m.menu.open() && m.menuRect.Contains(x, y)
}

// clicked makes a list in a dialog react to clicks: the first selects an item, one on the selected
// item runs again.
func clicked(list *widget.Scroller, again func() tea.Cmd) func(x, y int) tea.Cmd {
	return func(_, y int) tea.Cmd {
		i, ok := list.ItemAt(y)
		if !ok {
			return nil
		}
		if list.Selected() == i {
			return again()
		}
		list.Select(i)
		return nil
	}
}
