package ui

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode"
)

// typedInput reads a terminal in which somebody types right behind an esc. Esc and one of P X [ ] ^
// _ or O begin a control sequence, in which the decoder of the keys would look for the rest of a
// sentence: "People wait" is lost up to its end, "On mondays" becomes "mondays".
type typedInput struct {
	*os.File
	paste bool // between the marks of a bracketed paste
}

// How often longer input becomes, and the marks of a bracketed paste.
const (
	growth     = 5
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// Read implements io.Reader.
func (in *typedInput) Read(p []byte) (int, error) {
	most := max(len(p)/growth, 1)
	n, err := in.File.Read(p[:most])
	for n > 0 && n < most && err == nil && !in.paste && unfinished(p[:n]) && readable(in.File, escWait) {
		var more int
		more, err = in.File.Read(p[n:most])
		n += more
	}
	return copy(p, in.typed(p[:n])), err
}

// escWait is how long what belongs to an esc may take, as long as the decoder waits.
const escWait = 50 * time.Millisecond

// unfinished reports whether input ends in an esc, or in the first letter behind it.
func unfinished(input []byte) bool {
	const esc = '\x1b'
	n := len(input)
	return input[n-1] == esc || n > 1 && input[n-2] == esc && (input[n-1] == '[' || input[n-1] == 'O')
}

// typed returns input in which esc and a letter that was typed behind it is alt and that letter, in
// the form of the Kitty protocol, which the decoder knows in any terminal. So is an esc at the end,
// for which nothing else came in time.
func (in *typedInput) typed(input []byte) []byte {
	const esc = '\x1b'
	if bytes.IndexByte(input, esc) < 0 {
		return input
	}
	var out bytes.Buffer
	for i := 0; i < len(input); i++ {
		rest := input[i:]
		switch {
		case bytes.HasPrefix(rest, []byte(pasteStart)):
			in.paste = true
		case bytes.HasPrefix(rest, []byte(pasteEnd)):
			in.paste = false
		case !in.paste && len(rest) == 1 && rest[0] == esc:
			out.WriteString("\x1b[27u")
			continue
		case !in.paste && rest[0] == esc && isTyped(rest[1:]):
			const alt, shift = 2, 1
			code, mod := rune(rest[1]), 1+alt
			if lower := unicode.ToLower(code); lower != code {
				code, mod = lower, mod+shift
			}
			fmt.Fprintf(&out, "\x1b[%d;%du", code, mod)
			i++
			continue
		}
		out.WriteByte(rest[0])
	}
	return out.Bytes()
}

// isTyped reports whether what comes behind an esc is the beginning of a sentence, and no sequence
// that a terminal sends: those have digits and signs behind their first letter, or capitals.
func isTyped(behind []byte) bool {
	if len(behind) == 0 {
		return false
	}
	next := byte(0)
	if len(behind) > 1 {
		next = behind[1]
	}
	text := next >= 'a' && next <= 'z' || next >= 0x80 || strings.IndexByte(" '-,", next) >= 0
	switch behind[0] {
	case 'P', 'X', '^', '_', ']':
		return next == 0 || text
	case '[':
		return text
	case 'O':
		return text || next >= 'A' && next <= 'Z' && strings.IndexByte("ABCDEFHMPQRS", next) < 0
	}
	return false
}
