package widget

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ellipsis marks truncated text.
const ellipsis = "…"

// reset ends every style.
const reset = "\x1b[m"

// Width measures a styled line in cells.
func Width(line string) int {
	cells, _ := measure(line)
	return cells
}

// Fit makes a styled line exactly width cells wide: padded with blanks, or truncated with an
// ellipsis in its last cell. Everything but printable characters and style sequences is removed,
// and no style reaches past the end. x/ansi's TruncateWc does none of the three, and lets an emoji
// of several code points overflow.
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

// cut returns the cells from (inclusive) to to (exclusive) of a styled line as a line of exactly
// to-from cells. A wide character that is cut through leaves a blank.
func cut(line string, from, to int) string {
	if to <= from {
		return ""
	}
	return window(line, from, to, "")
}

// window implements cut, and appends tail in the style of the last cell.
func window(line string, from, to int, tail string) string {
	var (
		b   strings.Builder
		pen pen
		at  int // the cell of the next cluster
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
			case tail == "": // with a tail the blanks go after it
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

// pen tracks the style sequences in force, and which of them were written.
type pen struct {
	pending string // not written yet
	dirty   bool   // a style was written since the last reset
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

// flush writes the pending sequences, before text.
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

// measure returns the width of a styled line, and whether it is clean: only printable characters
// and style sequences, with no style left open.
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

// next returns the first token of a non-empty line: a grapheme cluster with its width, a style
// sequence with width 0, or "" for something that must not be drawn. n is its length in bytes.
func next(line string) (tok string, cells, n int) {
	c := line[0]
	switch {
	case c >= 0x20 && c < 0x7f && (len(line) == 1 || line[1] < 0x80):
		return line[:1], 1, 1
	case c == '\t':
		return " ", 1, 1
	case c < 0x20 || c == 0x7f:
		sequence, _, n, _ := ansi.DecodeSequenceWc(line, ansi.NormalState, nil)
		if !isStyle(sequence) {
			sequence = ""
		}
		return sequence, 0, max(n, 1)
	}
	cluster, w := ansi.FirstGraphemeCluster(line, ansi.WcWidth)
	switch {
	case w == 0:
		return "", 0, len(cluster)
	case !utf8.ValidString(cluster):
		// An invalid byte may be a control character to a terminal that does not use UTF-8.
		return "\ufffd", 1, len(cluster)
	}
	return cluster, w, len(cluster)
}

// isStyle reports whether a sequence sets a style (SGR).
func isStyle(sequence string) bool {
	params, ok := strings.CutPrefix(sequence, "\x1b[")
	params, m := strings.CutSuffix(params, "m")
	return ok && m && strings.Trim(params, "0123456789;:") == ""
}

// isReset reports whether a style sequence ends every style.
func isReset(sequence string) bool { return sequence == reset || sequence == "\x1b[0m" }

// blanks returns n blanks, none when n is negative.
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
