// Package nearest finds what was probably meant by a mistyped word. Commands, settings, the capture
// language and playbooks use it.
package nearest

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes a word may have to be compared with others. A pasted page resembles
// nothing.
const longest = 32

// Word returns the candidate with the fewest slips from word, the first of several, or "" when none
// is near: within one slip, or one for every three letters from seven on. Short words differ from
// others by as little: the first letter has to be right, or swapped with the second, and in up to
// four letters none is mistaken for another. Case counts.
func Word(word string, candidates []string) string {
	if len(word) > longest {
		return ""
	}
	const short, long = 4, 7 // letters
	letters := utf8.RuneCountInString(word)
	best, least := "", 2
	if letters >= long {
		least = letters/3 + 1
	}
	for _, c := range candidates {
		if !beginsAlike(word, c) || letters <= short && len(c) == len(word) && !sameLetters(word, c) {
			continue
		}
		if n := Slips(word, c); n < least {
			best, least = c, n
		}
	}
	return best
}

// beginsAlike reports whether two words have the same first letter, or their first two swapped.
func beginsAlike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) > 1 && len(y) > 0 && (x[0] == y[0] || len(y) > 1 && x[0] == y[1] && x[1] == y[0])
}

func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// Begun returns the first candidate that begins with word, when word has at least two letters, and
// else what Word returns: a name that was cut short or mistyped. The candidates are in lower case;
// the case of word does not matter.
func Begun(word string, candidates []string) string {
	word = strings.ToLower(word)
	for _, c := range candidates {
		if len(word) >= 2 && strings.HasPrefix(c, word) {
			return c
		}
	}
	return Word(word, candidates)
}

// Slips counts the letters left out, added, mistaken, or swapped with their neighbour, between two
// words (the optimal string alignment distance). Its time grows with the product of their lengths.
func Slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int // the row before the last one
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
