package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMention is how many bytes of a line are searched for the end of a name in
// quotes. Names are far shorter; this keeps reading linear.
const maxMention = 1024

func trimLeft(s string) string  { return strings.TrimLeftFunc(s, unicode.IsSpace) }
func trimRight(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cutWord splits s at its first blank. The rest has no blanks at its front.
func cutWord(s string) (word, rest string) {
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return s, ""
	}
	return s[:i], trimLeft(s[i:])
}

// lastWord returns where the last word of s begins. s ends with no blank.
func lastWord(s string) int {
	i := strings.LastIndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

// followsBlank reports whether a word of s begins at i.
func followsBlank(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return i == 0 || unicode.IsSpace(r)
}

// beginsWord reports whether a mark directly after r stands at the beginning of
// a word.
func beginsWord(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\"'＂", r) || unicode.In(r, unicode.Ps, unicode.Pi)
}

// backslashes returns how many backslashes s begins with.
func backslashes(s string) int {
	n := 0
	for n < len(s) && s[n] == '\\' {
		n++
	}
	return n
}

// backslashesBefore returns how many backslashes s ends with.
func backslashesBefore(s string) int {
	return len(s) - len(strings.TrimRight(s, `\`))
}

// tag returns the theme that s begins with, without its #, and how many bytes it takes with it. The
// size is 0 when there is none.
func tag(s string) (name string, size int) {
	from := markSize(s, '#')
	if from == 0 {
		return "", 0
	}
	end := from
	for i, r := range s[from:] {
		if i == 0 && !unicode.IsLetter(r) {
			return "", 0
		}
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && r != '-' && r != '_' {
			break
		}
		end = from + i + utf8.RuneLen(r)
	}
	if end == from {
		return "", 0
	}
	return s[from:end], end
}

// onlyTag returns the theme that all of a word is, or "".
func onlyTag(word string) string {
	if t, n := tag(word); n == len(word) {
		return t
	}
	return ""
}

// mention returns the name that s begins with, @Ana or @"Ana Ruiz", and how
// many bytes it takes. The size is 0 when there is none.
func mention(s string) (name string, size int) {
	from := markSize(s, '@')
	if from == 0 {
		return "", 0
	}
	if openingMark(s[from:]) > 0 {
		inner, n := inQuotes(s[from:min(len(s), maxMention)])
		if name = strings.TrimSpace(inner); name == "" {
			return "", 0
		}
		return name, from + n
	}
	if name = bareName(s[from:]); name == "" {
		return "", 0
	}
	return name, from + len(name)
}

// bareName returns the one-word name that s begins with, or "".
func bareName(s string) string {
	end := 0
	for i, r := range s {
		if i == 0 && !unicode.In(r, unicode.L) { // @5pm is a time
			return ""
		}
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune("-_'’.", r) {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return s[:end]
}

// owner is mention for somebody named within a sentence: a word that begins
// with a digit is a time or an amount, a full stop ends the sentence, and
// "@tom's" names Tom.
func owner(s string) (name string, size int) {
	name, size = mention(s)
	if size == 0 || openingMark(s[markSize(s, '@'):]) > 0 {
		if next, n := utf8.DecodeRuneInString(s[size:]); unicode.In(next, unicode.L, unicode.Nd) || next == utf8.RuneError && n == 1 {
			return "", 0 // joined to a word, which would be another one without the marks
		}
		return name, size
	}
	if r, _ := utf8.DecodeRuneInString(name); !unicode.IsLetter(r) {
		return "", 0
	}
	bare := strings.TrimRight(name, ".")
	bare = strings.TrimSuffix(strings.TrimSuffix(bare, "'s"), "’s")
	return bare, size - (len(name) - len(bare))
}

// withoutPause takes the colon or comma off the front of what follows a name.
func withoutPause(s string) string {
	if r, size := utf8.DecodeRuneInString(s); size > 0 && strings.ContainsRune(":,：，、", r) {
		return s[size:]
	}
	return s
}

// Mention returns how somebody is named with an @ in a line: @Ana, or
// @"Ana Ruiz" where one word does not do.
func Mention(name string) string {
	if read, n := owner("@" + name); n == 1+len(name) && read == name && openingMark(name) == 0 {
		return "@" + name
	}
	return "@" + inMarks(name)
}
