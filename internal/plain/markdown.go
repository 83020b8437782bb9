package plain

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown returns s as inline Markdown that a CommonMark renderer shows exactly as s: no link,
// emphasis, code, heading, list or HTML of its own, and nothing that GitHub or Obsidian would make
// of it either (tables, strike-out, bare addresses, tags, formulas, wiki links, highlights,
// comments). Only what would mean something where it stands is escaped, so that the file reads well
// too.
//
// The result can stand in a paragraph, a list item, a block quote, a heading or the text of a link,
// at the beginning of its line or behind other text. A newline in s becomes a hard break, which
// headings and tables have no room for: give those Markdown(Terminal(s)). Newlines at the end of s
// become references, since a hard break there would show as a backslash. Controls and invisible
// characters are written out as [Terminal] does.
//
// One thing no escape prevents: github.com itself makes a link of an e-mail address even where its
// specification says it should not.
func Markdown(s string) string {
	return MarkdownBlock(s, "")
}

// MarkdownBlock is [Markdown] for text in a container: prefix begins every line after the first, as
// "> " does in a block quote or two spaces in a list item.
func MarkdownBlock(s, prefix string) string {
	return string(AppendMarkdown(make([]byte, 0, len(s)+len(s)/8), s, prefix))
}

// AppendMarkdown appends to b what [MarkdownBlock] returns.
func AppendMarkdown(b []byte, s, prefix string) []byte {
	text := show(s, true)
	body := strings.TrimRight(text, "\n")
	rest := body
	for {
		line, after, more := strings.Cut(rest, "\n")
		b = appendMarkdownLine(b, line, more)
		if !more {
			break
		}
		b = append(append(b, "\\\n"...), prefix...)
		rest = after
	}
	for range len(text) - len(body) {
		b = append(b, "&#10;"...)
	}
	return b
}

// appendMarkdownLine appends one line, of which only the first and last character can be lost as a
// blank, and only the first can begin a block. A hard break comes after it if broken.
func appendMarkdownLine(b []byte, line string, broken bool) []byte {
	if line == "" {
		return b
	}
	first, begin := utf8.DecodeRuneInString(line)
	last, end := utf8.DecodeLastRuneInString(line)
	end = len(line) - end
	if unicode.Is(unicode.Zs, first) {
		b = appendReference(b, first)
	} else {
		begin = 0
	}
	block := blockMarker(line)
	done := begin // everything before it is written
	for i := begin; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\t', i == end && (last == '\\' && broken || unicode.Is(unicode.Zs, last)):
			// The backslash is for goldmark, which does not know the third of three for a hard
			// break.
			r, size := utf8.DecodeRuneInString(line[i:])
			b = appendReference(append(b, line[done:i]...), r)
			done = i + size
		case i == block, meaning(c) && special(line, i):
			b = append(append(b, line[done:i]...), '\\')
			done = i
		}
	}
	return append(b, line[min(done, len(line)):]...)
}

// appendReference appends a character by its number.
func appendReference(b []byte, r rune) []byte {
	return append(strconv.AppendInt(append(b, "&#"...), int64(r), 10), ';')
}

// meaning reports whether special has to be asked about a character.
func meaning(c byte) bool {
	switch c {
	case '`', '[', ']', '|', '*', '~', '$', '_', '\\', '<', '&', '#', '=', '%', '^', ':', '.', '@':
		return true
	}
	return false
}

// blockMarker returns the index in line of the character that makes its beginning a list item, a
// block quote, a rule, an underline of a heading, a row of a table or a definition, and -1 if there
// is none. Markers that are special anywhere in a line are left to special.
func blockMarker(line string) int {
	if line == "" {
		return -1
	}
	switch line[0] {
	case '>', '=':
		return 0
	case '-', '+', ':':
		if len(line) == 1 || strings.IndexByte(" \t-:", line[1]) >= 0 {
			return 0
		}
		return -1
	}
	digits := 0
	for digits < len(line) && isDigit(line[digits]) {
		digits++
	}
	if digits == 0 || digits > 9 || digits == len(line) || line[digits] != '.' && line[digits] != ')' {
		return -1
	}
	if digits+1 == len(line) || line[digits+1] == ' ' || line[digits+1] == '\t' {
		return digits
	}
	return -1
}

// special reports whether the ASCII character at i would mean something to a Markdown reader,
// wherever in a paragraph the line stands.
func special(line string, i int) bool {
	before, after := line[:i], line[i+1:]
	switch c := line[i]; c {
	case '`', '[', ']', '|':
		return true
	case '*', '~', '$':
		return !standsAlone(before, after)
	case '_':
		prev, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		return !isWord(prev) || !isWord(next)
	case '\\':
		next, _ := utf8.DecodeRuneInString(after)
		return after == "" || isPunct(after[0]) || next == '\t' || unicode.Is(unicode.Zs, next)
	case '<':
		return after == "" || !isDigit(after[0]) && strings.IndexByte(" =-", after[0]) < 0
	case '&':
		return startsReference(after)
	case '#':
		prev, _ := utf8.DecodeLastRuneInString(before)
		return !isWord(prev)
	case '=', '%':
		return before != "" && before[i-1] == c
	case '^':
		return before == "" || before[i-1] == ' ' || before[i-1] == '\t'
	case ':':
		return endsScheme(before, after)
	case '.':
		return len(before) >= 3 && strings.EqualFold(before[i-3:], "www") && (i == 3 || !isAlnum(before[i-4]))
	case '@':
		return before != "" && before[i-1] != ' ' && after != "" && isAlnum(after[0])
	}
	return false
}

// standsAlone reports whether a character has a blank on either side that is written as a blank, so
// that it can neither open nor close anything.
func standsAlone(before, after string) bool {
	return len(before) > 1 && before[len(before)-1] == ' ' && len(after) > 1 && after[0] == ' '
}

// startsReference reports whether what follows an ampersand makes it a character reference.
func startsReference(after string) bool {
	name := strings.TrimPrefix(after, "#")
	end := strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf || !isAlnum(byte(r)) })
	return end > 0 && name[end] == ';'
}

// endsScheme reports whether a colon makes what stands around it an address.
func endsScheme(before, after string) bool {
	if before == "" {
		return false
	}
	if strings.HasPrefix(after, "//") {
		return isAlnum(before[len(before)-1]) || strings.IndexByte("+-.", before[len(before)-1]) >= 0
	}
	for _, scheme := range []string{"mailto", "xmpp"} {
		if i := len(before) - len(scheme); i >= 0 && strings.EqualFold(before[i:], scheme) {
			return true
		}
	}
	return false
}

// isWord reports whether an underscore next to r is inside a word.
func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func isDigit(c byte) bool {
	return '0' <= c && c <= '9'
}

func isAlnum(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// isPunct reports whether c is ASCII punctuation, which is what a backslash escapes in Markdown.
func isPunct(c byte) bool {
	return ' ' < c && c < 0x7F && !isAlnum(c)
}
