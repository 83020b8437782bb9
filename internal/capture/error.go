package capture

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"hark/internal/interview"
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

// Opens is the error of a line that asks for something to be shown: a screen, or the form of a
// command that was typed without what it needs. Err says what to do where nothing can be shown.
type Opens struct {
	Err     *Error
	Command string // the name of a row of Commands
	Thing   interview.Thing
	Number  interview.Number // as far as it was typed, 0 for none
	Text    string           // what is searched

	shell string
}

// Error returns what Err does.
func (o *Opens) Error() string { return o.Err.Error() }

// Unwrap returns Err.
func (o *Opens) Unwrap() error { return o.Err }

// Shell returns the command of a shell that shows the same of an interview with a customer; "" for
// what is no screen.
func (o *Opens) Shell(interview, customer string) string {
	words := "WORDS"
	if o.Text != "" {
		words = strconv.Quote(o.Text)
	}
	return strings.NewReplacer("ID", interview, "NAME", strconv.Quote(customer), "WORDS", words).Replace(o.shell)
}

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
