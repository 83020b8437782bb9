package language

import (
	_ "embed"
	"strings"
)

// plainWords says what words are taken for in answers and amounts. It has those of all languages, for a
// meeting mixes them.
//
//go:embed plain.txt
var plainWords dictionary

// isIn reports whether a word or phrase is taken for something that the dictionary calls so.
func isIn(class, folded string) bool {
	return strings.Contains(", "+plainWords.meanings(folded)+", ", ", "+class+", ")
}
