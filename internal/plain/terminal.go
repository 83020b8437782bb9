package plain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// tabSpaces replaces a tab. The width of a tab depends on its column, which is not known here.
const tabSpaces = "    "

// Terminal returns s as one line that is safe to print and to hand to a screen renderer: no control
// characters, no escape sequences, nothing that hides or reorders text. A newline shows as ⏎, a tab
// as four spaces, other controls as their pictures (␛), and what is invisible or not UTF-8 by its
// number. Text with nothing of the kind is returned as it is, without allocating.
func Terminal(s string) string {
	return show(s, false)
}

// TerminalLines is [Terminal] for text of several lines. It returns one string for each line, at
// least one; a newline at the end of s gives an empty last line.
func TerminalLines(s string) []string {
	lines := strings.Split(show(s, true), "\n")
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, "\t", tabSpaces)
	}
	return lines
}

// show writes out every character that does not pass. With layout, newlines and tabs stay for the
// caller, every newline as "\n".
func show(s string, layout bool) string {
	sc := scanner{text: s}
	pass, held := sc.next()
	if held == "" {
		return s
	}
	b := make([]byte, 0, len(s)+len(s)/4+16)
	for {
		b = append(b, pass...)
		switch newline := held == "\n" || held == "\r\n"; {
		case held == "":
			return string(b)
		case newline && layout:
			b = append(b, '\n')
		case newline:
			b = append(b, "⏎"...)
		case held == "\t" && layout:
			b = append(b, '\t')
		case held == "\t":
			b = append(b, tabSpaces...)
		default:
			b = appendShown(b, held)
		}
		pass, held = sc.next()
	}
}

// appendShown appends the visible form of one rejected character.
func appendShown(b []byte, held string) []byte {
	r, size := utf8.DecodeRuneInString(held)
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Appendf(b, `\x%02X`, held[0])
	case r < ' ':
		return utf8.AppendRune(b, '␀'+r)
	case r == 0x7F:
		return append(b, "␡"...)
	default:
		return fmt.Appendf(b, `\u{%X}`, r)
	}
}
