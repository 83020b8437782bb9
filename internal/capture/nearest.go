package capture

import "unicode/utf8"

// longestName is how many bytes a word may have to be compared with names.
const longestName = 32

// nearest returns the candidate that takes the fewest slips to type as word, the
// first of several, or "" when none is near: within one slip, or one for every
// three letters of a longer word.
func nearest(word string, candidates []string) string {
	if len(word) > longestName {
		return ""
	}
	best, least := "", max(1, utf8.RuneCountInString(word)/3)+1
	for _, c := range candidates {
		if d := slips(word, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// slips counts the letters left out, added, mistaken, or swapped with their
// neighbour, between two short words.
func slips(a, b string) int {
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
