package plain

import (
	"unicode"
	"unicode/utf8"
)

const (
	// maxMarks is how many marks may be stacked on one character. Hebrew with every accent needs
	// five; text that runs over its neighbours needs more.
	maxMarks = 6
	// maxJoins is how many joiners one emoji may have. Families need three. A terminal gives the
	// whole emoji two cells, so a long one hides its parts.
	maxJoins = 4
)

// A scanner splits text into stretches that pass unchanged and the single characters between them
// that do not. It alone decides; the outputs only choose how to write a rejected character.
type scanner struct {
	text string
	pos  int

	base  rune // the character that a mark would be drawn on; 0 at the start, after a blank and after a rejected character
	last  rune // the rune before, or 0 as for base
	marks int  // marks and joiners on base so far
	joins int  // joiners in this emoji so far
}

// next returns the longest stretch that passes, which can be empty, and the rejected character
// after it: one rune, one byte that is not UTF-8, or a carriage return with its newline. At the end
// held is empty.
func (sc *scanner) next() (pass, held string) {
	start := sc.pos
	for sc.pos < len(sc.text) {
		ascii := sc.pos
		for sc.pos < len(sc.text) && ' ' <= sc.text[sc.pos] && sc.text[sc.pos] < 0x7F {
			sc.pos++
		}
		if sc.pos > ascii {
			sc.begin(rune(sc.text[sc.pos-1]))
			continue
		}
		r, size := utf8.DecodeRuneInString(sc.text[sc.pos:])
		if r == utf8.RuneError && size == 1 || !sc.admit(r, sc.peek(size)) {
			pass = sc.text[start:sc.pos]
			if r == '\r' && sc.peek(size) == '\n' {
				size++
			}
			held = sc.text[sc.pos : sc.pos+size]
			*sc = scanner{text: sc.text, pos: sc.pos + size}
			return pass, held
		}
		sc.pos += size
	}
	return sc.text[start:], ""
}

// peek returns the rune size bytes ahead, or 0 when there is none.
func (sc *scanner) peek(size int) rune {
	r, _ := utf8.DecodeRuneInString(sc.text[sc.pos+size:])
	if r == utf8.RuneError {
		return 0
	}
	return r
}

// admit reports whether r passes in its place, before next, and if so records it.
func (sc *scanner) admit(r, next rune) bool {
	switch {
	case common(r):
		sc.begin(r)
		return true
	case r == zwj || r == zwnj:
		return sc.admitJoiner(r, next)
	case selector(r):
		if sc.base == 0 || sc.last != sc.base || !selects(r, sc.base, next) {
			return false
		}
	case !visible(r):
		return false
	case attaches(r):
		if sc.base == 0 {
			return false
		}
		// A mark with a width of its own hides nothing, however many there are.
		if !unicode.Is(unicode.Mc, r) {
			if sc.marks == maxMarks {
				return false
			}
			sc.marks++
		}
	default:
		sc.begin(r)
		return true
	}
	sc.last = r
	return true
}

// admitJoiner is admit for the two joiners. Two in a row do not pass, so that they cannot carry a
// hidden code.
func (sc *scanner) admitJoiner(r, next rune) bool {
	switch {
	case sc.last == zwj || sc.last == zwnj:
		return false
	case r == zwj && pictograph(sc.base) && pictograph(next) && sc.joins < maxJoins &&
		(sc.last == sc.base || sc.last == emojiStyle):
		sc.joins++
	case joining(sc.base) && sc.marks < maxMarks:
		sc.marks++
	default:
		return false
	}
	sc.last = r
	return true
}

// begin records r as the character that the following ones may attach to.
func (sc *scanner) begin(r rune) {
	if sc.last != zwj {
		sc.joins = 0
	}
	sc.base, sc.last, sc.marks = r, r, 0
	if !common(r) && unicode.Is(unicode.Zs, r) {
		sc.base, sc.last = 0, 0
	}
}
