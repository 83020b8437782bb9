package language

import (
	_ "embed"
	"strings"
)

// plainWords says what words are taken for in answers and amounts, and around days and names. It
// has those of all languages, for a meeting mixes them.
//
//go:embed plain.txt
var plainWords dictionary

// isIn reports whether a word or phrase is taken for something that the dictionary calls so.
func isIn(class, folded string) bool {
	return strings.Contains(", "+plainWords.meanings(folded)+", ", ", "+class+", ")
}

// IsMeans reports whether a word behind "by" says how something is done, or by whom: by post.
func IsMeans(folded string) bool { return isIn("means", folded) }

// IsMeasure reports whether a word behind "by" is an amount: by half.
func IsMeasure(folded string) bool { return isIn("measure", folded) }

// IsParticiple reports whether a word is what somebody does in "done by Ana", and does not
// end in -ed.
func IsParticiple(folded string) bool { return isIn("participle", folded) }

// IsOwing reports whether a word behind "due" shows that it announces no day: due diligence.
func IsOwing(folded string) bool { return isIn("owing", folded) }

// IsPresent reports whether a word in front of "due" tells what is: the list is due.
func IsPresent(folded string) bool { return isIn("is", folded) }

// IsPast reports whether a word in front of "due" tells what was: the list was due.
func IsPast(folded string) bool { return isIn("was", folded) }

// PointsToDay reports whether a word points to a day behind it: on, before.
func PointsToDay(folded string) bool { return isIn("pointing", folded) }

// AnnouncesDay reports whether a word says what "by" says in English: until, bis.
func AnnouncesDay(folded string) bool { return isIn("by", folded) }

// Links reports whether what stands behind a word says which one something is, or when it was: the
// list of friday.
func Links(folded string) bool { return isIn("linking", folded) }

// IsParticle reports whether a word belongs to the name behind it: van, de.
func IsParticle(folded string) bool { return isIn("particle", folded) }

// AwaitsName reports whether a word wants a name behind it: "to", as in "send it to Ana".
func AwaitsName(folded string) bool { return isIn("awaiting", folded) }

// IsElided reports whether a word is one that lost its beginning to an apostrophe: 'twas.
func IsElided(folded string) bool { return isIn("elided", folded) }

// IsMailHeader reports whether a word, with a colon behind it, begins what mail has above its text:
// Re.
func IsMailHeader(folded string) bool { return isIn("mail header", folded) }
