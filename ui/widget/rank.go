package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// clusters splits text into grapheme clusters, what a reader takes for one character.
func clusters(text string) []string {
	var out []string
	for text != "" {
		cluster := firstCluster(text)
		out, text = append(out, cluster), text[len(cluster):]
	}
	return out
}

// firstCluster returns the first grapheme cluster of a text that is not empty.
func firstCluster(text string) string {
	if text[0] < 0x80 && text[0] != '\r' && (len(text) == 1 || text[1] < 0x80) {
		return text[:1]
	}
	cluster, _ := ansi.FirstGraphemeCluster(text, ansi.WcWidth)
	return cluster
}

// fold splits a query into lower-case clusters, without the blanks.
func fold(query string) []string {
	var folded []string
	for _, cluster := range clusters(strings.ToLower(query)) {
		if strings.TrimSpace(cluster) != "" {
			folded = append(folded, cluster)
		}
	}
	return folded
}

// titleScale multiplies scores, so that the length of a title decides between equal matches only.
const titleScale = 1000

// Scores of a matched letter.
const (
	scoreLetter = 1
	scoreWord   = 8  // at the start of a word
	scoreRun    = 6  // right after the letter matched before it
	scoreFirst  = 12 // at the start of the title
	scoreWhole  = 12 // all of a word, and nothing else
)

// rank reports whether the title contains the query's letters in order, where, and how well.
// Adjacent letters and starts of words score higher, as do shorter titles. It tries every position
// of the first letter and takes each further letter at its next position, or at the next start of a
// word if the rest still fits after it.
func rank(query, title []string) (score int, at []int, ok bool) {
	if len(query) == 0 {
		return 0, nil, true
	}
	lower := make([]string, len(title))
	for i, cluster := range title {
		lower[i] = strings.ToLower(cluster)
	}
	for start := range lower {
		if lower[start] != query[0] {
			continue
		}
		found, fits := place(query, lower, start)
		if !fits {
			break // a later start cannot match either
		}
		if s := worth(found, title); !ok || s > score {
			score, at, ok = s, found, true
		}
	}
	return score, at, ok
}

// place matches the query with its first letter at start.
func place(query, lower []string, start int) (at []int, ok bool) {
	at = append(make([]int, 0, len(query)), start)
	for k := 1; k < len(query); k++ {
		i := at[k-1] + 1
		for i < len(lower) && lower[i] != query[k] {
			i++
		}
		if i == len(lower) {
			return nil, false
		}
		if i > at[k-1]+1 && !startsWord(lower, i) {
			for j := i + 1; j < len(lower); j++ {
				if lower[j] == query[k] && startsWord(lower, j) && holds(query[k+1:], lower[j+1:]) {
					i = j
					break
				}
			}
		}
		at = append(at, i)
	}
	return at, true
}

// holds reports whether the text contains the query's letters in order.
func holds(query, text []string) bool {
	for _, cluster := range text {
		if len(query) > 0 && cluster == query[0] {
			query = query[1:]
		}
	}
	return len(query) == 0
}

// rankWords reports whether one of some words begins with the query, and how well: as the beginning
// of a long title.
func rankWords(query []string, words string) (score int, ok bool) {
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		letters := clusters(word)
		if len(query) == 0 || len(letters) < len(query) || !slices.Equal(letters[:len(query)], query) {
			continue
		}
		at := make([]int, len(query))
		for i := range at {
			at[i] = i
		}
		score, ok = max(score, worth(at, letters)+len(letters)-titleScale+1), true
	}
	return score, ok
}

// worth returns the score of a match.
func worth(at []int, title []string) int {
	score := 0
	for k, i := range at {
		score += scoreLetter
		switch {
		case i == 0:
			score += scoreFirst
		case startsWord(title, i):
			score += scoreWord
		}
		if k > 0 && at[k-1] == i-1 {
			score += scoreRun
		}
	}
	from, to := at[0], at[len(at)-1]+1
	if to-from == len(at) && startsWord(title, from) && (to == len(title) || !isWord(title[to])) {
		score += scoreWhole
	}
	return score*titleScale - min(len(title), titleScale-1)
}

// startsWord reports whether a word begins at cluster i.
func startsWord(text []string, i int) bool {
	return isWord(text[i]) && (i == 0 || !isWord(text[i-1]))
}

// isWord reports whether a cluster is a letter or digit.
func isWord(cluster string) bool {
	r, _ := utf8.DecodeRuneInString(cluster)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
}
