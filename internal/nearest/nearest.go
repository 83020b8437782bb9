// Package nearest finds what was probably meant by a mistyped word. It is a
// leaf: commands, settings, the capture language and playbooks all ask it.
package nearest

import (
	"strings"
	"unicode/utf8"
)

// longest is how many bytes a word may have to be compared with others: a page
// that was pasted resembles nothing.
const longest = 32

// Word returns the candidate that takes the fewest slips to type as word, the
// first of several, or "" when none is near: within one slip, or one for every
// three letters of a longer word. Case counts.
func Word(word string, candidates []string) string {
	if len(word) > longest {
		return ""
	}
	best, least := "", max(1, utf8.RuneCountInString(word)/3)+1
	for _, c := range candidates {
		if n := Slips(word, c); n < least {
			best, least = c, n
		}
	}
	return best
}

// Begun returns the first candidate that begins with word, when that has two
// letters or more, and else what Word does: the name that was cut short or
// mistyped. The candidates are in lower case; case does not matter in word.
func Begun(word string, candidates []string) string {
	word = strings.ToLower(word)
	for _, c := range candidates {
		if len(word) >= 2 && strings.HasPrefix(c, word) {
			return c
		}
	}
	return Word(word, candidates)
}

// Slips counts the letters left out, added, mistaken, or swapped with their
// neighbour, between two words. It takes the product of their lengths in time,
// so that long texts are to be cut first.
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
