// Package page holds what the reading screens have in common: a page of sections with items, of
// which one is selected, and on wide screens the list of the sections to the right. Board is a
// whole screen of such pages over the summaries of all interviews.
package page

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Item is one thing on a page that can be selected.
type Item struct {
	// Key identifies it. It is comparable: the selection stays on it when the page is filled again.
	Key any
	// Apart puts a blank line before it.
	Apart bool
	// Above is drawn before it and not highlighted: a stage, a question. May be nil.
	Above func(width int, s theme.Styles) []string
	// Draw draws it: the lines that are highlighted when it is selected, and more. Their number
	// must depend on the width alone.
	Draw func(width int, s theme.Styles) (lit, more []string)

	// For a Board: Open is where it was said, zero for nowhere; Sources is the page with what a
	// figure is made of, and Run finds that when it takes longer. Promise and Route can be ticked
	// off.
	Open    screen.GoReview
	Sources func() Sheet
	Run     func() tea.Cmd
	Promise *insight.Promise
	Route   *insight.Route
}

// Section is a part of a page. One without items is not shown.
type Section struct {
	Title  string
	Detail string // its extent in words, for the heading
	Short  string // the same in short, for the list of sections
	Items  []Item
}

// List returns a section with an item for each of some things.
func List[T any](title string, all []T, item func(T) Item) Section {
	section := Section{Title: title, Short: fmt.Sprint(len(all))}
	for _, one := range all {
		section.Items = append(section.Items, item(one))
	}
	return section
}

// Page is a scrolling list of sections of items. The zero value is empty. Use it by pointer.
type Page struct {
	sections []Section
	first    []int  // index of the first item of each section
	items    []Item // of all sections
	list     widget.Scroller
	contents widget.Scroller   // the sections
	styles   theme.Styles      // while it is drawn
	goTo     func(of any) bool // the item to go to once the size is known, nil for none

	area  widget.Rect // where the page was drawn, for the mouse
	index widget.Rect // where the list of sections was drawn
}

// Fill sets the sections. The selection stays on its item, or on its index if the item is gone.
func (p *Page) Fill(sections []Section) {
	before, had := p.Selected()
	p.sections, p.first, p.items = nil, nil, nil
	for _, section := range sections {
		if len(section.Items) == 0 {
			continue
		}
		p.sections = append(p.sections, section)
		p.first = append(p.first, len(p.items))
		p.items = append(p.items, section.Items...)
	}
	p.list.SetItems(len(p.items), p.draw)
	p.contents.SetItems(len(p.sections), p.drawEntry)
	at := max(p.list.Selected(), 0)
	for i, it := range p.items {
		if had && it.Key == before.Key {
			at = i
			break
		}
	}
	if at != p.list.Selected() {
		p.list.Select(at)
	}
}

// Refill is Fill without a request by the user: what is in view stays in its row, the selected item
// first of all. Only a page at its beginning stays at its beginning.
func (p *Page) Refill(sections []Section) {
	i, ok := p.list.ItemAt(0)
	if above, _ := p.list.Hidden(); !ok || above == 0 {
		p.Fill(sections)
		return
	}
	if _, inView := p.list.RowOf(p.list.Selected()); inView {
		i = p.list.Selected()
	}
	row, _ := p.list.RowOf(i)
	held := p.items[i].Key
	p.Fill(sections)
	if now := slices.IndexFunc(p.items, func(it Item) bool { return it.Key == held }); now >= 0 {
		i = now
	}
	p.list.Place(i, row)
}

// find returns the item with a key.
func (p *Page) find(of any) (Item, bool) {
	for _, it := range p.items {
		if of != nil && it.Key == of {
			return it, true
		}
	}
	return Item{}, false
}

// Len returns the number of items.
func (p *Page) Len() int { return len(p.items) }

// Selected returns the selected item.
func (p *Page) Selected() (Item, bool) { return widget.Selected(&p.list, p.items) }

// section returns the index of the selected section, -1 for none.
func (p *Page) section() int {
	at, first := slices.BinarySearch(p.first, p.list.Selected())
	if !first {
		at--
	}
	return at
}

// widestText limits the width of text, for readability.
const widestText = 112

// draw draws an item with the heading before it.
func (p *Page) draw(i, width int, selected bool) []string {
	s, it := p.styles, p.items[i]
	var lines []string
	if h, first := slices.BinarySearch(p.first, i); first {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, drawHeading(p.sections[h], width, s), "")
	} else if it.Apart && i > 0 {
		lines = append(lines, "")
	}
	space := min(width-2, widestText)
	if it.Above != nil {
		for _, line := range it.Above(space, s) {
			lines = append(lines, "  "+line)
		}
	}
	lit, more := it.Draw(space, s)
	lines = append(lines, show.Choice(lit, selected, width, s)...)
	for _, line := range more {
		lines = append(lines, "  "+line)
	}
	return lines
}

// drawHeading draws the heading of a section: its name, a rule, and the detail.
func drawHeading(section Section, width int, s theme.Styles) string {
	name, detail := s.Title.Render(plain.Truncate(plain.Terminal(section.Title), max(width-4, 1), "…"))+" ", ""
	if section.Detail != "" && widget.Width(name)+plain.Width(section.Detail)+4 < width {
		detail = " " + s.Muted.Render(section.Detail)
	}
	rule := strings.Repeat("─", max(width-widget.Width(name)-widget.Width(detail), 0))
	return name + s.Border.Render(rule) + detail
}

// drawEntry draws a section in the list of sections. The selected one is not
// highlighted, because the list does not have the focus.
func (p *Page) drawEntry(i, width int, _ bool) []string {
	s := p.styles
	sign := "  "
	if i == p.section() {
		sign = s.Accent.Render("▸ ")
	}
	return []string{sign + widget.Pair(s.Text.Render(plain.Terminal(p.sections[i].Title)), s.Faint.Render(p.sections[i].Short), width-2)}
}

const (
	// wide is the least width for the list of sections.
	wide = 96
	// leastIndex and widestIndex limit the width of that list: it gets what the text cannot use.
	leastIndex, widestIndex = 32, 56
)

// Panel is shown below the list of sections, if it fits; the zero Panel is nothing.
type Panel struct {
	Title string
	Lines func(width int) []string
}

// View draws the page in its frame; empty instead of the items if there are none.
func (p *Page) View(area widget.Rect, frame widget.Frame, empty string, panel Panel, s theme.Styles) widget.Block {
	p.styles, p.index = s, widget.Rect{}
	columns := []widget.Rect{area}
	if area.Width >= wide && len(p.sections) > 0 {
		columns = area.Columns(widget.Share(1, 0), widget.Fixed(min(max(area.Width-widestText-12, leastIndex), widestIndex)))
	}
	p.area = columns[0]
	inner := p.area.Inset(2, 1)
	p.list.Resize(inner.Width, inner.Height)
	p.arrive(inner.Height)
	frame.Focused = true
	frame.Foot = p.list.More()
	lines := p.list.View().Lines
	if len(p.items) == 0 {
		lines = nil
		for line := range strings.SplitSeq(empty, "\n") {
			lines = append(lines, show.Hang("  ", 2, line, inner.Width, s.Faint)...)
		}
	}
	page := widget.Box(frame, p.area.Width, p.area.Height, lines, s)
	if len(columns) == 1 {
		return page
	}
	return widget.Columns(page, p.viewIndex(columns[1], panel, s))
}

// viewIndex draws the list of sections and the panel below it.
func (p *Page) viewIndex(area widget.Rect, panel Panel, s theme.Styles) widget.Block {
	rows := []widget.Rect{area, {}}
	if panel.Lines != nil {
		rows = area.Rows(widget.Fixed(min(len(p.sections)+2, area.Height)), widget.Share(1, 0))
	}
	p.index = rows[0]
	inner := rows[0].Inset(2, 1)
	p.contents.Resize(inner.Width, inner.Height)
	if at := p.section(); at != p.contents.Selected() {
		p.contents.Select(at)
	}
	frame := widget.Frame{Title: "Sections", Right: "tab", Foot: p.contents.More()}
	top := widget.Box(frame, rows[0].Width, rows[0].Height, p.contents.View().Lines, s)
	if panel.Lines == nil {
		return top
	}
	return widget.Stack(top, widget.Box(widget.Frame{Title: panel.Title}, rows[1].Width, rows[1].Height, panel.Lines(rows[1].Width-4), s))
}

// The actions of every page.
const (
	actNext   keymap.Action = "section.next"
	actBefore keymap.Action = "section.previous"
)

// Scope returns the keys that move on a page.
func (p *Page) Scope() keymap.Scope {
	return keymap.Scope{Name: "Reading", Bindings: []keymap.Binding{
		{Action: screen.Up, Keys: []string{"up", "k"}, Long: "Up"},
		{Action: screen.Down, Keys: []string{"down", "j"}, Long: "Down"},
		{Action: screen.PageUp, Keys: []string{"pgup", "b"}, Long: "Page up"},
		{Action: screen.PageDown, Keys: []string{"pgdown", "space"}, Long: "Page down"},
		{Action: screen.Top, Keys: []string{"home", "g"}, Long: "To the beginning"},
		{Action: screen.Bottom, Keys: []string{"end", "G"}, Long: "To the end"},
		{Action: actNext, Keys: []string{"tab"}, Long: "Next section"},
		{Action: actBefore, Keys: []string{"shift+tab"}, Long: "Section before"},
	}}
}

// Act moves on the page, if the action is one of Scope.
func (p *Page) Act(action keymap.Action) {
	switch action {
	case actNext:
		p.goNext(1)
	case actBefore:
		p.goNext(-1)
	default:
		screen.Move(&p.list, action)
	}
}

// GoSection goes to the first item of a section, with its heading at the top.
func (p *Page) GoSection(title string) {
	for i, section := range p.sections {
		if section.Title == title {
			p.goItem(p.first[i])
			return
		}
	}
}

// goItem selects an item and scrolls it to the top of the page.
func (p *Page) goItem(i int) {
	p.list.End()
	p.list.Select(i)
	if top, _ := p.list.ItemAt(0); top == i && i > 0 {
		p.list.Scroll(1) // hides the blank line above a heading
	}
}

// goNext goes to the section n after the selected one.
func (p *Page) goNext(n int) {
	if at := p.section(); at >= 0 {
		p.goItem(p.first[(at+n+len(p.first))%len(p.first)])
	}
}

// GoItem selects, when the page is drawn next, the first item whose key satisfies is, with what
// comes before it in view.
func (p *Page) GoItem(is func(of any) bool) { p.goTo = is }

// arrive goes to the item that GoItem asked for.
func (p *Page) arrive(height int) {
	is := p.goTo
	if is == nil {
		return
	}
	p.goTo = nil
	if i := slices.IndexFunc(p.items, func(it Item) bool { return is(it.Key) }); i >= 0 {
		p.goItem(i)
		p.list.Scroll(-height / 3)
	}
}

// Mouse selects the item that is clicked and scrolls the list under the wheel. again reports a
// click on the selected item.
func (p *Page) Mouse(msg tea.MouseMsg) (again bool) {
	at, n := msg.Mouse(), widget.Wheel(msg)
	switch msg.(type) {
	case tea.MouseWheelMsg:
		switch {
		case p.area.Contains(at.X, at.Y):
			p.list.Scroll(n)
		case p.index.Contains(at.X, at.Y):
			p.contents.Scroll(n)
		}
	case tea.MouseClickMsg:
		if i, ok := p.list.ItemAt(at.Y - p.area.Y - 1); ok && p.area.Contains(at.X, at.Y) {
			again = i == p.list.Selected()
			p.list.Select(i)
		}
		if i, ok := p.contents.ItemAt(at.Y - p.index.Y - 1); ok && p.index.Contains(at.X, at.Y) {
			p.goItem(p.first[i])
		}
	}
	return again
}
