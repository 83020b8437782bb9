package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// head is a line taken apart as far as its sigil. Parse, Label and Complete all
// begin with it, so that they cannot disagree.
type head struct {
	speaker string
	tags    []string // as typed, without #
	sigil   sigil
	sign    string // the sigil as it was typed
	text    string // what follows the sigil
	at      int    // where sign begins, in bytes

	// naming says that the line ends with the name of the speaker, or goes on in
	// a way that no name does. The rest of the line is then text, from its @ on.
	naming bool
}

// readHead takes a line apart. It never fails; what is wrong with the name of
// a speaker is in the result.
func readHead(s string) head {
	var h head
	rest := trimLeft(s)
	for {
		switch {
		case strings.HasPrefix(rest, "@") && h.speaker == "":
			name, n := mention(rest)
			after := withoutPause(rest[n:])
			next, _ := utf8.DecodeRuneInString(after)
			ends := after == "" || unicode.IsSpace(next) || openingMark(after) > 0
			if n == 0 || !ends || after == "" {
				h.naming, h.at, h.text = true, len(s)-len(rest), rest
				return h
			}
			h.speaker, rest = name, trimLeft(after)
			continue
		case strings.HasPrefix(rest, "#"):
			word, after := cutWord(rest)
			if t := tag(word); t != "" && len(t)+1 == len(word) {
				h.tags = append(h.tags, t)
				rest = after
				continue
			}
		}
		break
	}
	row, n := opens(rest)
	h.sigil, h.sign, h.text, h.at = row, rest[:n], rest[n:], len(s)-len(rest)
	return h
}

// literal returns the text of a paraphrase without the backslash that takes
// away the meaning of its first character.
func literal(text string) string {
	n := backslashes(text)
	if n == 0 || escapable(text[n:], true) {
		return text // not there, or left to the scanner
	}
	if n > 1 || strings.HasPrefix(text[n:], "#") || signed(text[n:]) {
		return text[1:]
	}
	return text
}

// signed reports whether s begins with a sigil.
func signed(s string) bool {
	_, n := opens(s)
	return n > 0
}
