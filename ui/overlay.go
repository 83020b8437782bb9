package ui

import (
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/theme"
	"hark/ui/widget"
)

// overlay is drawn over the screen and has the keys until it is closed.
type overlay interface {
	// key handles a key. done closes the overlay; action, when not "", is then run.
	key(msg tea.KeyPressMsg) (done bool, action keymap.Action)
	// paste takes a paste, and reports whether it did; else it closes the overlay and goes to the
	// screen.
	paste(msg tea.PasteMsg) bool
	// click handles a click on the screen, which has the given size.
	click(x, y int, area widget.Rect) (done bool, action keymap.Action)
	// wheel scrolls by n lines, down when n is positive.
	wheel(n int)
	// view draws it for a screen of the given size, and returns its position and the cursor's.
	view(width, height int, s theme.Styles) (top widget.Block, x, y int, cursor *tea.Position)
}

// help lists every current binding.
type help struct {
	scopes []keymap.Scope
	page   viewport.Model
}

func newHelp(scopes []keymap.Scope) *help {
	h := &help{scopes: scopes, page: viewport.New()}
	h.page.FillHeight = true
	return h
}

func (h *help) key(msg tea.KeyPressMsg) (bool, keymap.Action) {
	switch msg.String() {
	case "up":
		h.page.ScrollUp(1)
	case "down":
		h.page.ScrollDown(1)
	case "pgup":
		h.page.PageUp()
	case "pgdown":
		h.page.PageDown()
	default:
		return true, ""
	}
	return false, ""
}

func (h *help) paste(tea.PasteMsg) bool { return false }

func (h *help) click(int, int, widget.Rect) (bool, keymap.Action) { return true, "" }

func (h *help) wheel(n int) { h.page.SetYOffset(h.page.YOffset() + n) }

func (h *help) view(width, height int, s theme.Styles) (widget.Block, int, int, *tea.Position) {
	const widest = 120 // up to this width it covers the whole screen
	area := widget.Rect{Width: width, Height: height - 1}.Centre(widest, height-1)
	inner := area.Inset(2, 1)
	h.page.SetWidth(inner.Width)
	h.page.SetHeight(inner.Height)
	h.page.SetContentLines(keymap.Help(h.scopes, inner.Width, inner.Height, s))
	frame := widget.Frame{Title: "Keys", Right: "esc closes", Focused: true}
	if !h.page.AtTop() || !h.page.AtBottom() {
		frame.Foot = "↑↓ more"
	}
	return widget.Box(frame, area.Width, area.Height, strings.Split(h.page.View(), "\n"), s), area.X, area.Y, nil
}

// palette offers every binding by name.
type palette struct {
	bindings []keymap.Binding
	box      widget.Capture
	menu     widget.Menu
}

func newPalette(scopes []keymap.Scope) *palette {
	p := &palette{}
	p.box.Placeholder = "what do you want to do?"
	var items []widget.MenuItem
	for _, scope := range scopes {
		for _, b := range scope.Bindings {
			if b.Action == screen.Commands || b.Long == "" {
				continue
			}
			p.bindings = append(p.bindings, b)
			items = append(items, widget.MenuItem{Title: b.Long, Words: b.Short + " " + b.Words, Detail: b.KeyLabel(), Why: b.Why})
		}
	}
	p.menu.SetItems(items)
	return p
}

func (p *palette) key(msg tea.KeyPressMsg) (bool, keymap.Action) {
	switch msg.String() {
	case "esc":
		return true, ""
	case "up":
		p.menu.Move(-1)
	case "down", "tab":
		p.menu.Move(1)
	case "enter":
		if i, ok := p.menu.Selected(); ok && p.bindings[i].Enabled() {
			return true, p.bindings[i].Chosen()
		}
	default:
		p.box.Update(msg, paletteWidth)
		p.menu.Filter(p.box.Value())
	}
	return false, ""
}

func (p *palette) paste(msg tea.PasteMsg) bool {
	p.box.Update(msg, paletteWidth)
	p.menu.Filter(p.box.Value())
	return true
}

func (p *palette) area(screen widget.Rect) widget.Rect {
	r := screen.Centre(paletteWidth, min(screen.Height-4, 18))
	r.Y = min(r.Y, 3)
	return r
}

// reason returns why the selected command cannot be used now, when its line is too narrow for that.
func (p *palette) reason(width int) []string {
	i, ok := p.menu.Selected()
	if !ok || p.bindings[i].Enabled() {
		return nil
	}
	const around = 4 // cells of its line besides name and reason
	if b := p.bindings[i]; plain.Width(b.Long)+plain.Width(b.Why)+around > width {
		if b.Action == "" {
			return plain.Wrap(b.Why, width)
		}
		return plain.Wrap("not now: "+b.Why, width)
	}
	return nil
}

// rows returns how many commands are shown.
func (p *palette) rows(area widget.Rect) int {
	return max(area.Height-paletteHead-1-len(p.reason(area.Inset(2, 1).Width)), 1)
}

func (p *palette) wheel(n int) { p.menu.Move(n / widget.Notch) }

const paletteWidth = 64

// paletteHead is the number of rows above the items.
const paletteHead = 3

func (p *palette) click(x, y int, screen widget.Rect) (bool, keymap.Action) {
	area := p.area(screen)
	if !area.Contains(x, y) {
		return true, ""
	}
	i, ok := p.menu.At(y-area.Y-paletteHead, p.rows(area))
	if ok && p.bindings[i].Enabled() {
		return true, p.bindings[i].Chosen()
	}
	return false, ""
}

func (p *palette) view(width, height int, s theme.Styles) (widget.Block, int, int, *tea.Position) {
	area := p.area(widget.Rect{Width: width, Height: height})
	inner := area.Inset(2, 1)
	box, at := p.box.View(inner.Width, s)
	lines := append(box.Lines[:1:1], "")
	lines = append(lines, p.menu.View(inner.Width, p.rows(area), s).Lines...)
	for _, part := range p.reason(inner.Width) {
		lines = append(lines, s.Warn.Render(part))
	}
	if p.menu.Len() == 0 {
		lines = append(lines[:2], s.Faint.Render("nothing like that; esc closes"))
	}
	block := widget.Box(widget.Frame{Title: "Commands", Right: "esc closes", Focused: true}, area.Width, area.Height, lines, s)
	return block, area.X, area.Y, &tea.Position{X: inner.X + at.X, Y: inner.Y}
}
