package cli

import "strings"

// nearest returns the name that was probably meant by a mistyped one, "" when
// none is near: one that it begins, or else the one with the fewest letters to
// change.
func nearest(typed string, names []string) string {
	typed = strings.ToLower(typed)
	best, least := "", 3 // letters that are more than a slip
	if len(typed) < 4 {
		least = 2
	}
	for _, name := range names {
		if len(typed) >= 2 && strings.HasPrefix(name, typed) {
			return name
		}
		if n := distance(typed, name); n < least {
			best, least = name, n
		}
	}
	return best
}

// distance counts the letters to add, drop, change or swap with their neighbour
// to get from one word to the other.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	const long = 40
	if len(from) > long {
		return long
	}
	var before, last []int // the two rows above
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		before, last, row = last, row, make([]int, len(to)+1)
		row[0] = i + 1
		for j, s := range to {
			cost := 1
			if r == s {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == to[j-1] && from[i-1] == s {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}
