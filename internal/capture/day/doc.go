// Package day finds in a text the day that its words say, and what they can mean when that is more
// than one. It knows the words of [hark/internal/language], and nothing of what the text is.
//
// "due" or "by" announces a day wherever it stands; of several the last one counts. The words are
// those of the reader's language and English with all abbreviations, and of the others by their
// full names. A text is taken apart into what its words can mean, rules lists the patterns that
// make a day of them, and every meaning that fits counts: where they differ, the day is in doubt.
//
// A weekday is the next such day after the one that days are counted from; "next week" is the
// Friday of next week; a day and month without a year is the next such day. No day that is over is
// certain.
package day

import (
	"strings"
	"unicode"

	"hark/internal/interview"
	"hark/internal/language"
)

// Reader reads days. The zero Reader counts from no day.
type Reader struct {
	// From is the day that days are counted from.
	From interview.Date
	// Language is that of the text; "" when it is not known. English is always understood as well.
	Language language.Language
	// Knows reports whether somebody's name begins with a folded word: "by may" can be by May. Nil
	// knows nobody.
	Knows func(word string) bool
}

// knows reports whether somebody's name stands at i.
func (in Reader) knows(words []token, i int) bool {
	return in.Knows != nil && i < len(words) && in.Knows(words[i].core)
}

func trimLeft(s string) string  { return strings.TrimLeftFunc(s, unicode.IsSpace) }
func trimRight(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }
