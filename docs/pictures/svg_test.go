package pictures

import (
	"fmt"
	"html"
	"image/color"
	"math"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"hark/ui/theme"
	"hark/ui/uitest"
)

// The size of a cell and of the margin around the screen, in pixels.
const (
	cellWidth  = 9
	cellHeight = 20
	fontSize   = 15
	baseline   = 15 // of a row, from its top
	margin     = 22
)

// drawing is a picture under construction.
type drawing struct {
	palette theme.Palette
	back    strings.Builder // backgrounds
	lines   map[string]*strings.Builder
	colours []string // of lines, in order of appearance
	text    strings.Builder
}

// svg draws the screen of a terminal, in the colours that a palette assumes. The same screen gives
// the same bytes.
func svg(term *uitest.Terminal, title string, p theme.Palette, width, height int) string {
	d := &drawing{palette: p, lines: map[string]*strings.Builder{}}
	for y := range height {
		d.row(term, y, width)
	}
	if x, y, visible := term.Cursor(); visible {
		fmt.Fprintf(&d.back, `<rect x="%d" y="%d" width="2" height="%d" fill="%s"/>`+"\n", left(x), top(y)+1, cellHeight-2, hex(p.Accent))
	}
	w, h := width*cellWidth+2*margin, height*cellHeight+2*margin
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n", w, h, w, h, html.EscapeString(title))
	fmt.Fprintf(&out, `<rect width="%d" height="%d" rx="10" fill="%s"/>`+"\n", w, h, hex(p.Background))
	out.WriteString(d.back.String())
	for _, colour := range d.colours {
		fmt.Fprintf(&out, `<path fill="none" stroke="%s" stroke-width="1.2" d="%s"/>`+"\n", colour, strings.TrimSpace(d.lines[colour].String()))
	}
	fmt.Fprintf(&out, `<g font-family="ui-monospace,'DejaVu Sans Mono','Noto Sans Mono',Menlo,Consolas,monospace" font-size="%d">`+"\n", fontSize)
	out.WriteString(d.text.String())
	out.WriteString("</g>\n</svg>\n")
	return out.String()
}

// row draws one row: runs of text of one style, lines, and backgrounds.
func (d *drawing) row(term *uitest.Terminal, y, width int) {
	run, from, to := "", 0, 0
	var style uv.Style
	flush := func() {
		d.run(strings.TrimRight(run, " "), style, from, y)
		run = ""
	}
	for x := 0; x < width; {
		cell := term.Cell(x, y)
		wide := max(cell.Width, 1)
		fore, behind := d.coloursOf(cell.Style)
		if behind != "" {
			fmt.Fprintf(&d.back, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left(x), top(y), wide*cellWidth, cellHeight, behind)
		}
		switch content := cell.Content; {
		case d.line(content, fore, x, y):
			flush()
		case content == "" || content == " ":
			if strings.HasSuffix(run, " ") {
				flush() // SVG may collapse adjacent blanks
			}
			if run != "" {
				run += " "
			}
			to = x + 1
		default:
			if run == "" || !sameStyle(style, cell.Style) || to != x || wide > 1 {
				flush()
				style, from = cell.Style, x
			}
			run += content
			to = x + wide
			if wide > 1 {
				flush()
			}
		}
		x += wide
	}
	flush()
}

func sameStyle(a, b uv.Style) bool {
	return a.Fg == b.Fg && a.Attrs == b.Attrs && a.Underline == b.Underline
}

// run draws text of one style, as wide as its cells in any font.
func (d *drawing) run(text string, style uv.Style, x, y int) {
	if text == "" {
		return
	}
	fore, _ := d.coloursOf(style)
	attrs := fmt.Sprintf(`x="%d" y="%d" fill="%s"`, left(x), top(y)+baseline, fore)
	if n := cells(text); n > 1 {
		attrs += fmt.Sprintf(` textLength="%d" lengthAdjust="spacingAndGlyphs"`, n*cellWidth)
	}
	if style.Attrs&uv.AttrBold != 0 {
		attrs += ` font-weight="600"`
	}
	if style.Attrs&uv.AttrItalic != 0 {
		attrs += ` font-style="italic"`
	}
	if style.Underline != 0 {
		attrs += ` text-decoration="underline"`
	}
	fmt.Fprintf(&d.text, "<text %s>%s</text>\n", attrs, html.EscapeString(text))
}

// line draws box-drawing characters as lines, so that they meet in any font, and reports whether
// the content is one.
func (d *drawing) line(content, colour string, x, y int) bool {
	const halfX, halfY = cellWidth / 2.0, cellHeight / 2.0
	cx, cy := float64(left(x))+halfX, float64(top(y))+halfY
	l, r, t, b := cx-halfX, cx+halfX, cy-halfY, cy+halfY
	var path string
	switch content {
	case "─":
		path = fmt.Sprintf("M%g %gH%g", l, cy, r)
	case "│":
		path = fmt.Sprintf("M%g %gV%g", cx, t, b)
	case "╭":
		path = fmt.Sprintf("M%g %gQ%g %g %g %gV%g", r, cy, cx, cy, cx, cy+halfX, b)
	case "╮":
		path = fmt.Sprintf("M%g %gQ%g %g %g %gV%g", l, cy, cx, cy, cx, cy+halfX, b)
	case "╰":
		path = fmt.Sprintf("M%g %gQ%g %g %g %gV%g", r, cy, cx, cy, cx, cy-halfX, t)
	case "╯":
		path = fmt.Sprintf("M%g %gQ%g %g %g %gV%g", l, cy, cx, cy, cx, cy-halfX, t)
	default:
		return false
	}
	if d.lines[colour] == nil {
		d.lines[colour] = &strings.Builder{}
		d.colours = append(d.colours, colour)
	}
	d.lines[colour].WriteString(path + " ")
	return true
}

// coloursOf returns the colours of a cell's text and background, "" for the screen's own
// background.
func (d *drawing) coloursOf(s uv.Style) (fore, behind string) {
	fore = hex(d.palette.Text)
	if s.Fg != nil {
		fore = hex(s.Fg)
	}
	if s.Bg != nil {
		behind = hex(s.Bg)
	}
	if s.Attrs&uv.AttrReverse != 0 {
		return hex(d.palette.Background), fore
	}
	return fore, behind
}

func left(x int) int { return margin + x*cellWidth }
func top(y int) int  { return margin + y*cellHeight }

// cells counts the cells of a run, which has no wide characters.
func cells(text string) int {
	n := 0
	for range text {
		n++
	}
	return n
}

// hex returns a colour in CSS notation.
func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8&math.MaxUint8, g>>8&math.MaxUint8, b>>8&math.MaxUint8)
}
