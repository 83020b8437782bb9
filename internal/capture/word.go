package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The typographic quotation marks. They count as straight ones do, for phones
// and editors put them in unasked.
const (
	leftMark  = "“"
	rightMark = "”"
)

// maxMention is how many bytes of a line are searched for the end of a name in
// quotes. Names are far shorter; this keeps reading linear.
const maxMention = 1024

func trimLeft(s string) string  { return strings.TrimLeftFunc(s, unicode.IsSpace) }
func trimRight(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }

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
	return unicode.IsSpace(r) || strings.ContainsRune("([{\"'“‘«", r)
}

// openingMark returns how many bytes of an opening quotation mark s begins with.
func openingMark(s string) int {
	switch {
	case strings.HasPrefix(s, `"`):
		return 1
	case strings.HasPrefix(s, leftMark):
		return len(leftMark)
	}
	return 0
}

// anyMark returns how many bytes of any quotation mark s begins with.
func anyMark(s string) int {
	if strings.HasPrefix(s, rightMark) {
		return len(rightMark)
	}
	return openingMark(s)
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

// tag returns the theme that s begins with, without its #, or "".
func tag(s string) string {
	if s == "" || s[0] != '#' {
		return ""
	}
	end := 1
	for i, r := range s[1:] {
		if i == 0 && !unicode.IsLetter(r) {
			return ""
		}
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && r != '-' && r != '_' {
			break
		}
		end = 1 + i + utf8.RuneLen(r)
	}
	return s[1:end]
}

// mention returns the name that s begins with, @Ana or @"Ana Ruiz", and how
// many bytes it takes. The size is 0 when there is none.
func mention(s string) (name string, size int) {
	if s == "" || s[0] != '@' {
		return "", 0
	}
	if openingMark(s[1:]) > 0 {
		inner, n := inQuotes(s[1:min(len(s), maxMention)])
		if name = strings.TrimSpace(inner); name == "" {
			return "", 0
		}
		return name, 1 + n
	}
	name = bareName(s[1:])
	return name, len(name) + min(1, len(name))
}

// bareName returns the one-word name that s begins with, or "".
func bareName(s string) string {
	end := 0
	for i, r := range s {
		if i == 0 && !unicode.In(r, unicode.L, unicode.Nd) {
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
	if size == 0 || openingMark(s[1:]) > 0 {
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
	if s != "" && (s[0] == ':' || s[0] == ',') {
		return s[1:]
	}
	return s
}

// inQuotes reads the quoted string that s begins with: what is in it, and how
// many bytes it takes with its marks. A quotation mark inside is written \".
// The size is 0 when the string has no end.
func inQuotes(s string) (inner string, size int) {
	open := openingMark(s)
	if open == 0 {
		return "", 0
	}
	// An editor may have turned only one of the two marks.
	closers := [...]string{`"`, rightMark}
	if open > 1 {
		closers = [...]string{rightMark, `"`}
	}
	for _, closer := range closers {
		for i := open; i < len(s); {
			n := backslashes(s[i:])
			switch mark := anyMark(s[i+n:]); {
			case n%2 == 0 && strings.HasPrefix(s[i+n:], closer):
				return unescape(s[open : i+n]), i + n + len(closer)
			default:
				i += n + max(1, mark)
			}
		}
	}
	return "", 0
}

// unescape undoes what inMarks did. The end of s stands before a mark.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		n := backslashes(s[i:])
		mark := anyMark(s[i+n:])
		if mark > 0 || i+n == len(s) {
			b.WriteString(s[i : i+n/2])
		} else {
			b.WriteString(s[i : i+n])
			mark = min(1, len(s)-i-n)
		}
		b.WriteString(s[i+n : i+n+mark])
		i += n + mark
	}
	return b.String()
}

// inMarks writes s so that inQuotes reads it.
func inMarks(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); {
		n := backslashes(s[i:])
		b.WriteString(s[i : i+n])
		i += n
		mark := anyMark(s[i:])
		if mark > 0 || i == len(s) {
			b.WriteString(s[i-n : i])
		}
		if mark > 0 && (n > 0 || s[i] == '"') {
			b.WriteByte('\\')
		}
		size := min(max(1, mark), len(s)-i)
		b.WriteString(s[i : i+size])
		i += size
	}
	b.WriteByte('"')
	return b.String()
}

// unquote returns what is in quotes when all of s is, else s.
func unquote(s string) string {
	if inner, n := inQuotes(s); n > 0 && n == len(s) {
		return strings.TrimSpace(inner)
	}
	return s
}

// inWords finds what is said in a text that hark shows in quotation marks of its
// own. People put some there too: around all of it, or in front of it, as in front
// of a quote. A text that only begins with something in quotes is as it stands.
func inWords(s string) (from, to int) {
	open := openingMark(s)
	if _, n := inQuotes(s); n > 0 && n == len(s) {
		_, closing := utf8.DecodeLastRuneInString(s)
		return open, len(s) - closing
	}
	if open == 0 || closes(s, open) {
		return 0, len(s)
	}
	return open, len(s)
}

// closes reports whether the quotation that stands open at a place of s is
// closed, whatever quotations there are in it.
func closes(s string, at int) bool {
	depth, begins := 1, true
	for i := at; i < len(s) && depth > 0; {
		n := backslashes(s[i:])
		q, size := utf8.DecodeRuneInString(s[i+n:])
		i += n + size
		next, _ := utf8.DecodeRuneInString(s[i:])
		switch {
		case n%2 == 1:
		case q == '“', q == '"' && begins && i < len(s) && !unicode.IsSpace(next):
			depth++
		case q == '”', q == '"':
			depth--
		}
		begins = beginsWord(q)
	}
	return depth == 0
}

// words returns what is said in such a text, and wordsForm writes it so that it is
// read again.
func words(s string) string {
	from, to := inWords(s)
	if to < len(s) {
		return strings.TrimSpace(unescape(s[from:to]))
	}
	return strings.TrimSpace(s[from:])
}

func wordsForm(text string) string {
	if words(text) == text {
		return text
	}
	return inMarks(text)
}

// Mention returns how somebody is named with an @ in a line: @Ana, or
// @"Ana Ruiz" where one word does not do.
func Mention(name string) string {
	if read, n := owner("@" + name); n == 1+len(name) && read == name && openingMark(name) == 0 {
		return "@" + name
	}
	return "@" + inMarks(name)
}
