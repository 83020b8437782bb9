package library

import (
	tea "charm.land/bubbletea/v2"

	"hark/ui/screen"
	"hark/ui/widget"
)

// mouse selects the item that is clicked, opens it on a second click, and scrolls the list under
// the wheel.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	_, click := msg.(tea.MouseClickMsg)
	inside := m.inside.Contains(at.X, at.Y)
	switch {
	case m.form != nil:
		if click && inside {
			m.form.click(at.X-m.inside.X, at.Y-m.inside.Y)
		}
		return nil
	case m.exports.Asking():
		m.exports.Input(msg)
		return nil
	case m.search != nil && inside:
		if click {
			m.search.box.PlaceCursor(at.X-m.inside.X, at.Y-m.inside.Y, m.inside.Width)
		}
		return nil
	}
	for p, area := range m.places {
		if !area.Contains(at.X, at.Y) {
			continue
		}
		if n := widget.Wheel(msg); n != 0 {
			m.listOf(pane(p)).Scroll(n)
		} else if click {
			return tea.Batch(m.clickList(pane(p), at.Y-area.Y-1), m.readPreview())
		}
	}
	return nil
}

// clickList selects the item in row y of a list; if it was selected, it opens it.
func (m *Model) clickList(p pane, y int) tea.Cmd {
	m.note = widget.Note{}
	list := m.listOf(p)
	i, ok := list.ItemAt(y)
	if !ok {
		return nil
	}
	once := m.at() == p && list.Selected() == i // clicked before
	if p != hitsPane {
		m.pane = p
	}
	list.Select(i)
	switch {
	case !once:
		return nil
	case p == hitsPane:
		return m.openHit()
	case p == promisesPane:
		return m.actSelected(actReview)
	default:
		return m.actSelected(actOpen)
	}
}

// click handles a click on column x of row y of the form's content. A click on a choice goes to the
// next one, a click on its name to the one before.
func (f *form) click(x, y int) {
	back := x < labelWidth
	switch at := f.at; {
	case f.starting:
	case y >= 1 && y < at.offers:
		f.field = customerField
		f.box.PlaceCursor(x-labelWidth, y-1, boxWidth)
	case y >= at.offers && y < at.offers+len(f.met):
		f.field, f.chosen = customerField, y-at.offers
		f.box.SetValue(f.met[f.chosen].text)
	case y == at.book && f.field == playbookField && back:
		f.pick(-1)
	case y == at.book && f.field == playbookField:
		f.pick(1)
	case y == at.book:
		f.field = playbookField
	case y == at.meeting:
		if f.field == meetingField {
			f.turn()
		}
		f.field = meetingField
	case y >= at.ended && f.over:
		f.field = endedField
		f.ended.PlaceCursor(x-labelWidth, y-at.ended, boxWidth)
	}
}

var _ screen.Screen = (*Model)(nil)
