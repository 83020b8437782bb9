package capture

import (
	"unicode"
	"unicode/utf8"
)

// head is a line taken apart as far as its mark. Parse, Label and Complete all
// begin with it, so that they cannot disagree.
type head struct {
	speaker string
	tags    []string // as typed, without #
	mark    mark
	sign    string // the mark as it was typed
	text    string // what follows the mark
	at      int    // where sign begins, in bytes

	// naming says that the line ends with the name of the speaker, or goes on in
	// a way that no name does. The rest of the line is then text, from its @ on.
	naming bool
}

// readHead takes a line apart. It never fails; what is wrong with the name of
// a speaker is in the result.
func (in Context) readHead(s string) head {
	var h head
	rest := skipUnseen(s)
	if name, text := in.saidBy(rest); name != "" {
		h.speaker, rest = name, text
	}
	for {
		switch {
		case markSize(rest, '@') > 0 && h.speaker == "":
			name, n := in.mention(rest, true)
			after := withoutPause(rest[n:])
			next, _ := utf8.DecodeRuneInString(after)
			// A pause in full width has its blank in it.
			ends := after == "" || unicode.IsSpace(next) || openingMark(after) > 0 || len(rest)-n-len(after) > 1
			if n == 0 || !ends || after == "" {
				h.naming, h.at, h.text = true, len(s)-len(rest), rest
				return h
			}
			h.speaker, rest = name, skipUnseen(after)
			continue
		case markSize(rest, '#') > 0:
			word, after := cutWord(rest)
			if t := onlyTag(word); t != "" {
				h.tags = append(h.tags, t)
				rest = skipUnseen(after)
				continue
			}
		}
		break
	}
	row, n := opens(rest)
	h.mark, h.sign, h.text, h.at = row, rest[:n], rest[n:], len(s)-len(rest)
	return h
}

// literal returns the text of a paraphrase without the backslash that takes
// away the meaning of its first character.
func literal(text string) string {
	if n := markSize(text, '\\'); n > 1 {
		if l := literal(`\` + text[n:]); l != `\`+text[n:] || escapable(text[n:], true) {
			return l
		}
		return text
	}
	n := backslashes(text)
	if n == 0 || escapable(text[n:], true) {
		return text // not there, or left to the scanner
	}
	if n > 1 || signed(text[n:]) {
		return text[1:]
	}
	return text
}

// signed reports whether s begins with a character that can be a mark, or that is not seen.
func signed(s string) bool {
	if s == "" || skipUnseen(s) != s {
		return s != ""
	}
	r, _ := utf8.DecodeRuneInString(s)
	for _, row := range marks() {
		if row.Char != "" && asMark(r) == rune(row.Char[0]) {
			return true
		}
	}
	return false
}
