package library

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/show"
	"hark/ui/widget"
)

// wide is the least width for a preview.
const wide = 80

// View implements screen.Screen.
func (m *Model) View(width, height int) (widget.Block, *tea.Position) {
	m.places = [panes]widget.Rect{}
	area := widget.Rect{Width: width, Height: height}
	rows := area.Rows(widget.Fixed(1), widget.Share(1, 3), widget.Fixed(1))
	var body widget.Block
	var cursor *tea.Position
	switch {
	case !m.loaded:
		body = m.unread(width, rows[1].Height)
	case m.search != nil:
		body, cursor = m.drawSearch(rows[1])
	case len(m.list.all) == 0:
		body = widget.NewBlock(width, rows[1].Height, m.welcome(width))
	default:
		body = m.drawHome(rows[1])
	}
	frame := widget.Stack(widget.NewBlock(width, 1, []string{m.header(width)}), body, widget.NewBlock(width, 1, nil))
	frame = m.note.Over(frame, m.env.Styles())
	if m.exports.Asking() {
		frame, cursor = m.exports.Over(frame)
	}
	if m.form != nil {
		at := m.form.area(width, height)
		var form widget.Block
		form, cursor = m.form.view(at, m)
		m.inside = at.Inset(2, 1)
		frame = widget.Overlay(widget.Dim(frame, m.env.Styles().Border), form, at.X, at.Y)
	}
	return frame, cursor
}

// header shows how much there is, and the day.
func (m *Model) header(width int) string {
	s := m.env.Styles()
	left := " " + s.Title.Render("hark")
	if m.loaded && len(m.list.all) > 0 {
		left += s.Muted.Render(" · " + show.Count(len(m.list.all), "interview", "interviews") + " with " +
			show.Count(len(m.list.customers), "customer", "customers"))
	}
	return widget.Pair(left, s.Muted.Render(m.env.Now().In(m.env.Zone).Format("Monday 2 January"))+" ", width)
}

// unread is shown before the list has been read.
func (m *Model) unread(width, height int) widget.Block {
	if m.failed == nil {
		return widget.NewBlock(width, height, nil) // not read yet
	}
	return show.Unreadable("The notebook", m.failed, "hark keeps trying. `hark doctor` in a shell says what is wrong.", width, height, m.env.Styles())
}

// welcome explains an empty notebook.
func (m *Model) welcome(width int) []string {
	s := m.env.Styles()
	about := func(head, text string) []string {
		return show.Hang("  "+s.Key.Render(head), 2+plain.Width(head), text, min(width-2, 86), s.Text)
	}
	lines := append([]string{"", ""}, about("", "hark keeps what customers say is wrong, in their own words, and reads it back until they say: yes, that's it.")...)
	lines = append(append(lines, ""), about("n", " begins the first interview: a name is all it takes.")...)
	lines = append(append(lines, ""), about("", "And in a shell:")...)
	for _, c := range [...][2]string{
		{"hark demo", "a sample notebook, to look around in"},
		{"hark take --new NAME", "an interview as plain lines, without this screen"},
		{"hark help", "the rest"},
	} {
		const cells = 24
		lines = append(lines, about(plain.Pad("  "+c[0], cells), c[1])...)
	}
	return lines
}

// drawHome draws the promises, the interviews and the preview.
func (m *Model) drawHome(area widget.Rect) widget.Block {
	due := 0
	if n := len(m.list.due); n > 0 {
		due = min(n, max(area.Height/6, 2)) + 2
	}
	rows := area.Rows(widget.Fixed(due), widget.Share(1, 3))
	var top widget.Block
	if due > 0 {
		top = m.drawPromises(rows[0])
	}
	return widget.Stack(top, m.withPreview(rows[1], func(r widget.Rect) widget.Block {
		frame := widget.Frame{Title: "Interviews", Right: m.sort.String(), Focused: m.at() == interviewsPane}
		return m.drawList(interviewsPane, &m.interviews, frame, r)
	}))
}

// drawPromises draws what is due, the first due first.
func (m *Model) drawPromises(area widget.Rect) widget.Block {
	frame := widget.Frame{Title: "Promised", Focused: m.at() == promisesPane}
	if l := m.list; l.late > 0 {
		frame.Right = fmt.Sprintf("%d late", l.late)
	}
	if l := m.list; l.promised > len(l.due) {
		frame.Title = fmt.Sprintf("Promised: the first %d of %d", len(l.due), l.promised)
	}
	return m.drawList(promisesPane, &m.promises, frame, area)
}

// withPreview draws a list and, if it is wide enough, the preview to its right.
func (m *Model) withPreview(area widget.Rect, list func(widget.Rect) widget.Block) widget.Block {
	if area.Width < wide {
		return list(area)
	}
	const leastPreview, widestList = 34, 84
	columns := area.Columns(widget.Fixed(min(max(area.Width*5/8, wide-leastPreview), widestList, area.Width-leastPreview)), widget.Share(1, 0))
	inner := columns[1].Inset(2, 1)
	frame := widget.Frame{}
	if seen := m.preview.views[m.wanted()]; seen.iv != nil {
		frame.Title = seen.iv.Customer
	}
	preview := widget.Box(frame, columns[1].Width, columns[1].Height, m.previewLines(inner.Width, inner.Height), m.env.Styles())
	return widget.Columns(list(columns[0]), preview)
}

// drawList draws one of the lists and records where, for the mouse.
func (m *Model) drawList(p pane, list *widget.Scroller, frame widget.Frame, area widget.Rect) widget.Block {
	m.places[p] = area
	inner := area.Inset(2, 1)
	list.Resize(inner.Width, inner.Height)
	frame.Foot = list.More()
	return widget.Box(frame, area.Width, area.Height, list.View().Lines, m.env.Styles())
}

// drawSearch draws the search box, the hits, and a preview of the selected one.
func (m *Model) drawSearch(area widget.Rect) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	f := m.search
	inner := widget.Rect{X: area.X, Y: area.Y, Width: area.Width}.Inset(2, 0)
	rows := area.Rows(widget.Fixed(f.box.Height(inner.Width)+2), widget.Share(1, 3))
	m.inside = rows[0].Inset(2, 1)
	typed, at := f.box.View(inner.Width, s)
	box := widget.Box(widget.Frame{Title: "Search everything said", Focused: true}, rows[0].Width, rows[0].Height, typed.Lines, s)
	hits := m.withPreview(rows[1], func(r widget.Rect) widget.Block {
		if len(f.hits) > 0 {
			return m.drawList(hitsPane, &f.list, widget.Frame{Title: f.summary()}, r)
		}
		style := s.Faint
		if f.err != nil {
			style = s.Danger
		}
		return widget.Box(widget.Frame{}, r.Width, r.Height, show.Hang("  ", 2, f.nothing(), r.Width-6, style), s)
	})
	return widget.Stack(box, hits), &tea.Position{X: m.inside.X + at.X, Y: m.inside.Y + at.Y}
}
