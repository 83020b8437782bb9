package capture

import (
	"errors"
	"unicode/utf8"

	"hark/internal/plain"
)

// ErrEmpty is what Parse returns for a line without anything in it: there is
// nothing to do and nothing to complain of.
var ErrEmpty = errors.New("Nothing is typed yet")

// Error says why a line could not be understood. Its texts are safe to show:
// what was typed is in them with every unprintable character written out.
type Error struct {
	// Reason is what is the matter, as a sentence without its full stop.
	Reason string
	// Nearest is what to type instead: the nearest right form.
	Nearest string
}

// Error returns the reason and what to type instead, as one sentence.
func (e *Error) Error() string { return e.Reason + "; type " + e.Nearest }

// How many cells of what was typed an error repeats: of a word, and of a line.
const (
	wordShown = 40
	lineShown = 160
)

// quoted shows a typed word in an error.
func quoted(word string) string { return "“" + shown(word, wordShown) + "”" }

// shownLine shows a whole line to type in an error.
func shownLine(s string) string { return shown(s, lineShown) }

func shown(s string, cells int) string {
	// A cell takes a few bytes at most, so a pasted page need not be read through.
	const bytesPerCell = 16
	if end := cells * bytesPerCell; len(s) > end {
		for !utf8.RuneStart(s[end]) && end > 0 {
			end--
		}
		s = s[:end] + "…"
	}
	return plain.Truncate(plain.Terminal(s), cells, "…")
}
