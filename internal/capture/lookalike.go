package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// asMark returns the mark that a character looks like: Chinese and Japanese keyboards type the
// marks in full width, and ～ as a wave dash as well.
func asMark(r rune) rune {
	const wave, apart = '〜', '！' - '!'
	switch {
	case r == wave:
		return '~'
	case '！' <= r && r <= '～':
		return r - apart
	}
	const small, marks = "﹗﹖﹢﹦﹥﹟﹫﹨", `!?+=>#@\` // the small forms of Chinese
	if i := strings.IndexRune(small, r); i >= 0 {
		return rune(marks[i/len("﹗")])
	}
	return r
}

// markSize returns how many bytes of s are a mark, or what looks like it; 0 when s begins with
// anything else.
func markSize(s string, mark rune) int {
	if r, size := utf8.DecodeRuneInString(s); size > 0 && asMark(r) == mark {
		return size
	}
	return 0
}

// invisible reports whether a character takes no room and shows as nothing: marks of direction, of
// byte order and of where a line may break.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r)
}

// skipUnseen takes the blanks off the front of a line, and whatever else cannot be seen there.
func skipUnseen(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
}

// Blank reports whether nothing of a line can be seen.
func Blank(line string) bool { return skipUnseen(line) == "" }

// isAmount reports whether a text begins with a number, or with an amount of money: a mark directly
// in front of it says more, less or about, or begins a telephone number.
func isAmount(s string) bool {
	const most = 2 // as in -€5
	for range most {
		r, size := utf8.DecodeRuneInString(s)
		if !unicode.Is(unicode.Sc, r) && !strings.ContainsRune(".,-−=(/±", asMark(r)) {
			break
		}
		s = s[size:]
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsNumber(r)
}

// isOperator reports whether a mark directly in front of a text is doubled, or part of another
// sign: ~~old~~, ==new==, =>, !=, ~/Documents. A thought begins with > whatever follows, for it
// must not be taken for what they said.
func isOperator(mark rune, s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && (asMark(r) == mark || strings.ContainsRune("=>/", asMark(r)))
}

// isRow reports whether a line is nothing but the mark in front of it, several times, as the line
// below a heading of Markdown is.
func isRow(s string, size int) bool {
	s = trimRight(s)
	return len(s) > size && strings.Trim(s, s[:size]) == ""
}

// isImage reports whether what stands behind a ! is a picture in Markdown: ![[board.png]],
// ![the board](board.png).
func isImage(s string) bool {
	const longest = 1024 // bytes; a path, so that reading stays linear
	s = s[:min(len(s), longest)]
	return strings.HasPrefix(s, "[[") && strings.Contains(s, "]]") || strings.HasPrefix(s, "[") && strings.Contains(s, "](")
}
