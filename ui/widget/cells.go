package widget

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ellipsis stands where something was cut off.
const ellipsis = "…"

// reset ends every style.
const reset = "\x1b[m"

// Width measures a styled line in cells.
func Width(line string) int {
	cells, _ := measure(line)
	return cells
}

// Fit makes a styled line exactly width cells wide: padded with blanks, or cut with an ellipsis as its last cell.
// Whatever is neither printable nor a style sequence is left out, and no style reaches past the end.
func Fit(line string, width int) string {
	if width <= 0 {
		return ""
	}
	cells, clean := measure(line)
	switch {
	case cells > width:
		return window(line, 0, width-1, ellipsis)
	case clean && cells == width:
		return line
	case clean:
		return line + blanks(width-cells)
	default:
		return window(line, 0, width, "")
	}
}

// cut returns the cells from (inclusive) to to (exclusive) of a styled line as a line of exactly to-from cells. A
// wide character that lies across one of the cuts leaves a blank.
func cut(line string, from, to int) string {
	if to <= from {
		return ""
	}
	return window(line, from, to, "")
}

// window does the work of cut, and draws tail, in the style that the last cell has, behind it.
func window(line string, from, to int, tail string) string {
	var (
		b   strings.Builder
		pen pen
		at  int // the cell that the next cluster starts in
		out int // cells written
	)
	b.Grow(len(line) + len(tail) + len(reset))
	for line != "" && at < to {
		tok, cells, n := next(line)
		line = line[n:]
		if cells == 0 {
			pen.add(tok)
			continue
		}
		if at+cells > from {
			pen.flush(&b)
			switch visible := min(at+cells, to) - max(at, from); {
			case visible == cells:
				b.WriteString(tok)
				out += visible
			case tail == "": // with a tail the blanks go behind that
				b.WriteString(blanks(visible))
				out += visible
			}
		}
		at += cells
	}
	if tail != "" {
		b.WriteString(tail)
	}
	pen.lift(&b)
	b.WriteString(blanks(to - from - out))
	return b.String()
}

// pen remembers which style sequences are in force, and which of them have been written.
type pen struct {
	pending string // not written yet
	dirty   bool   // some style has been written since the last reset
}

func (p *pen) add(sequence string) {
	if !isReset(sequence) {
		p.pending += sequence
		return
	}
	p.pending = ""
	if p.dirty {
		p.pending = reset
	}
}

// flush writes what is pending, before text.
func (p *pen) flush(b *strings.Builder) {
	if p.pending == "" {
		return
	}
	b.WriteString(p.pending)
	p.dirty = p.pending != reset
	p.pending = ""
}

// lift ends the styles that were written.
func (p *pen) lift(b *strings.Builder) {
	if p.dirty {
		b.WriteString(reset)
	}
	*p = pen{}
}

// measure returns the cells of a styled line, and whether it is clean: only printable characters and style
// sequences, with no style left open.
func measure(line string) (cells int, clean bool) {
	clean = true
	open := false
	for line != "" {
		tok, w, n := next(line)
		cells += w
		clean = clean && tok == line[:n]
		if w == 0 && tok != "" {
			open = !isReset(tok)
		}
		line = line[n:]
	}
	return cells, clean && !open
}

// next takes the first token off a line that is not empty: a grapheme cluster with the cells it takes, a style
// sequence with none, or something that must not be drawn, with an empty token. n is how many bytes that was.
func next(line string) (tok string, cells, n int) {
	c := line[0]
	switch {
	case c >= 0x20 && c < 0x7f && (len(line) == 1 || line[1] < 0x80):
		return line[:1], 1, 1
	case c == '\t':
		return " ", 1, 1
	case c == 0x1b:
		if n := styleSequence(line); n > 0 {
			return line[:n], 0, n
		}
		_, _, n, _ = ansi.DecodeSequenceWc(line, ansi.NormalState, nil)
		return "", 0, max(n, 1)
	case c < 0x20 || c == 0x7f:
		return "", 0, 1
	}
	cluster, w := ansi.FirstGraphemeCluster(line, ansi.WcWidth)
	switch {
	case w == 0:
		return "", 0, len(cluster)
	case !utf8.ValidString(cluster):
		// A stray byte may be a control character to a terminal that does not speak UTF-8.
		return "\ufffd", 1, len(cluster)
	}
	return cluster, w, len(cluster)
}

// isReset reports whether a style sequence switches every style off.
func isReset(sequence string) bool { return sequence == reset || sequence == "\x1b[0m" }

// styleSequence returns the length of the style sequence (SGR) that the line begins with, or 0.
func styleSequence(line string) int {
	if len(line) < 3 || line[1] != '[' {
		return 0
	}
	for i := 2; i < len(line); i++ {
		switch c := line[i]; {
		case c >= '0' && c <= '9', c == ';', c == ':':
		case c == 'm':
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// blanks returns n blanks, or nothing when n is negative.
func blanks(n int) string {
	const some = "                                                                                                "
	if n <= 0 {
		return ""
	}
	if n <= len(some) {
		return some[:n]
	}
	return strings.Repeat(" ", n)
}
