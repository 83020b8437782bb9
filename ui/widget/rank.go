package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// clusters splits text into grapheme clusters: what a reader takes for one character.
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

// titleScale is what a point of a score counts, so that the length of a title decides only between matches that are
// equal otherwise.
const titleScale = 1000

// What a matched letter is worth.
const (
	scoreLetter = 1
	scoreWord   = 8  // at the start of a word
	scoreRun    = 6  // right behind the letter matched before it
	scoreFirst  = 12 // at the start of the title
	scoreWhole  = 12 // all of a word, and nothing else
)

// rank reports whether the query's letters appear in the title in their order, where, and how well that fits.
// Letters that stand together and at the starts of words fit better, and a shorter title better than a longer
// one. It tries every place where the first letter can stand and takes each further letter at its next place, or
// at the next start of a word when the rest still fits behind it.
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
			break // no later start can fit what this one does not
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

// holds reports whether the query's letters appear in the text in their order.
func holds(query, text []string) bool {
	for _, cluster := range text {
		if len(query) > 0 && cluster == query[0] {
			query = query[1:]
		}
	}
	return len(query) == 0
}

// rankWords reports whether the query is the beginning of one of some words, and how well that fits: like the
// beginning of a title, a long one.
func rankWords(query []string, words string) (score int, ok bool) {
	for _, word := range strings.Fields(strings.ToLower(words)) {
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

// worth scores a match.
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

// isWord reports whether a cluster belongs to a word: a letter or digit with all that goes with it.
func isWord(cluster string) bool {
	r, _ := utf8.DecodeRuneInString(cluster)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
}
