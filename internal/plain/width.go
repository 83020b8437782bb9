package plain

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// All widths are those of ansi.StringWidthWc: the sum of the widths of the code points, as in
// wcwidth. Bubble Tea's renderer measures that way by default, because ultraviolet's
// NewScreenBuffer starts with ansi.WcWidth. Only after the terminal has confirmed mode 2027 does
// the renderer change to ansi.GraphemeWidth, which gives other widths to emoji of several code
// points, flags and characters with an emoji selector. lipgloss.Width always measures by graphemes.

// Width returns the number of terminal cells of s, a single line made safe by [Terminal].
func Width(s string) int {
	cells := 0
	for i, r := range s {
		if (r < ' ' || r >= 0x7F) && (!narrow(r) || ansi.StringWidthWc("×") != 1) { // RUNEWIDTH_EASTASIAN makes it 2
			return cells + ansi.StringWidthWc(s[i:])
		}
		cells++
	}
	return cells
}

// narrow reports whether a character belongs to the most frequent letters and punctuation marks of
// one cell. For any other beyond U+02FF go-runewidth first builds tables of 2 MB, which takes as
// long as everything else that a command does.
func narrow(r rune) bool {
	return r >= 0xC0 && r < 0x300 || r >= 0x370 && r < 0x483 || r >= 0x48A && r < 0x530 || // Latin, Greek, Cyrillic
		r >= 0x1E00 && r < 0x1F00 || r >= 0x2010 && r < 0x2028 // Vietnamese, dashes and quotation marks
}

// Truncate returns s, one safe line, cut to at most cells cells, with tail at the end if anything
// was cut. Characters are cut whole. A tail that leaves no cell is cut itself.
func Truncate(s string, cells int, tail string) string {
	if Width(s) <= cells {
		return s
	}
	left := cells - Width(tail)
	if left < 0 {
		return tail[:fit(tail, cells)]
	}
	return s[:fit(s, left)] + tail
}

// fit returns the number of bytes of s that take at most cells cells.
func fit(s string, cells int) int {
	end := 0
	for end < len(s) {
		size, width := character(s[end:])
		if cells -= width; cells < 0 {
			break
		}
		end += size
	}
	return end
}

// Pad returns s, one safe line, with spaces after it so that it takes cells cells. One that takes
// more is returned as it is.
func Pad(s string, cells int) string {
	if missing := cells - Width(s); missing > 0 {
		return s + strings.Repeat(" ", missing)
	}
	return s
}

// Wrap returns safe text as lines that take at most cells cells each, and at least one line. It
// breaks at newlines and between words, leaving out the spaces at the break and at the ends of
// lines; a word that is longer than a line begins on the line it comes to and is broken between
// characters. Fewer than 2 cells count as 2, since a wide character needs them.
func Wrap(s string, cells int) []string {
	cells = max(cells, 2)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		w := wrapper{text: paragraph, cells: cells, lines: lines}
		lines = w.wrap()
	}
	return lines
}

// A wrapper wraps one paragraph. The line being filled is text[start:end].
type wrapper struct {
	text       string
	cells      int
	lines      []string
	start, end int
	width      int // of the line being filled
}

func (w *wrapper) wrap() []string {
	before := len(w.lines)
	for pos := 0; pos < len(w.text); {
		word := pos
		for word < len(w.text) && w.text[word] == ' ' {
			word++
		}
		if word == len(w.text) {
			break
		}
		next := len(w.text)
		if i := strings.IndexByte(w.text[word:], ' '); i >= 0 {
			next = word + i
		}
		w.place(pos, word, next)
		pos = next
	}
	if w.end > w.start || len(w.lines) == before {
		w.lines = append(w.lines, w.text[w.start:w.end])
	}
	return w.lines
}

// place puts text[word:next], which has text[gap:word] before it, on this line or the next.
func (w *wrapper) place(gap, word, next int) {
	width := Width(w.text[word:next])
	switch spaces := word - gap; {
	case w.width+spaces+width <= w.cells:
		w.end = next
		w.width += spaces + width
		return
	case width <= w.cells:
		w.flush(word)
	default:
		w.width += spaces
	}
	for pos := word; pos < next; {
		size, width := piece(w.text[pos:next], w.cells)
		if w.width+width > w.cells {
			w.flush(pos)
		}
		pos += size
		w.end = pos
		w.width += width
	}
}

// flush ends the line being filled, if there is anything on it, and begins the next at start.
func (w *wrapper) flush(start int) {
	if w.end > w.start {
		w.lines = append(w.lines, w.text[w.start:w.end])
	}
	w.start, w.end, w.width = start, start, 0
}

// character returns the size in bytes and the width of the first character of s, as readers count
// characters: with its marks, or a whole emoji.
func character(s string) (size, width int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return 1, Width(s[:1])
	}
	cluster, width := ansi.FirstGraphemeCluster(s, ansi.WcWidth)
	size = len(cluster)
	// Some vowel signs, as in Myanmar, are clusters of their own; they must not be separated from
	// the letter before them.
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		if !attaches(r) {
			break
		}
		width += Width(s[size : size+n])
		size += n
	}
	return size, width
}

// LastCharacter returns how many bytes the last character of s takes, with all that is drawn on it.
func LastCharacter(s string) int {
	last := 0
	for at := 0; at < len(s); at += last {
		last, _ = character(s[at:])
	}
	return last
}

// piece is character for a line of limit cells: a character wider than that, as a joined emoji can
// be, is taken apart, down to one rune if need be.
func piece(s string, limit int) (size, width int) {
	whole, width := character(s)
	if width <= limit {
		return whole, width
	}
	width = 0
	for size < whole {
		_, n := utf8.DecodeRuneInString(s[size:whole])
		more := Width(s[size : size+n])
		if size > 0 && width+more > limit {
			break
		}
		size += n
		width += more
	}
	return size, width
}
