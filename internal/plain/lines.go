package plain

import "strings"

// LineEnd finds the first end of a line in a text: LF, CR LF, CR alone, VT, FF, and the line and
// paragraph separators of Unicode (U+0085, U+2028, U+2029). size is how many bytes it takes, 0 when
// there is none.
func LineEnd[T string | []byte](text T) (at, size int) {
	for i := range len(text) {
		switch text[i] {
		case '\n', '\v', '\f':
			return i, 1
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				return i, 2
			}
			return i, 1
		case 0xC2:
			if i+1 < len(text) && text[i+1] == 0x85 {
				return i, 2
			}
		case 0xE2:
			if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xA8 || text[i+2] == 0xA9) {
				return i, 3
			}
		}
	}
	return len(text), 0
}

// Lines splits a text at the ends of its lines, which are left out. What follows the last one is a
// line, too.
func Lines(text string) []string {
	var lines []string
	for {
		at, size := LineEnd(text)
		lines = append(lines, text[:at])
		if size == 0 {
			return lines
		}
		text = text[at+size:]
	}
}

// Newlines writes each end of a line as LF.
func Newlines(text string) string { return strings.Join(Lines(text), "\n") }
