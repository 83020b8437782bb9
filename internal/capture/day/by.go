package day

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/language"
)

// byText reports whether the words behind the "by" at i, which say no day, are not
// meant to: who does something, how it is done, or how much it is.
func (in Reader) byText(words []token, i int) bool {
	next := words[i+1]
	switch {
	case strings.Contains(next.typed, "/") || in.isMonth(words, i+2):
		return false // by 13/13, by 32 dec
	case next.core == "", language.IsMeans(next.core), language.IsMeasure(next.core), isDigit(next.core[0]) && (i+2 < len(words) || strings.Trim(next.core, "0123456789") != ""):
		return true
	case strings.HasSuffix(next.core, "ing") && len(next.core) > len("bring") && i+2 < len(words):
		return true // by counting them
	case i > 0 && words[i-1].core == next.core:
		return true // day by day
	case isArticle(next.core) && i+2 < len(words) && (language.IsMeans(words[i+2].core) || language.IsMeasure(words[i+2].core)):
		return true // by the way, by a factor of two
	case i > 0 && isParticiple(words[i-1].core):
		first, _ := utf8.DecodeRuneInString(next.typed)
		if unicode.IsUpper(first) {
			return true // signed by Mandy
		}
	}
	// Behind "by" a length with words behind it is an amount: a week less.
	const near = 2
	for n := i + 1; n < len(words) && n <= i+near; n++ {
		meanings, _ := in.parts(words, n)
		for _, m := range meanings {
			if m.Part == language.Unit && m.N != language.UnitWeekend || m.Part == language.Number && !isArticle(m.core) && n+1 < len(words) {
				return true
			}
		}
	}
	return false
}

// isMonth reports whether the word at i is the name of a month: "by 32 dec" is no amount.
func (in Reader) isMonth(words []token, i int) bool {
	if i >= len(words) {
		return false
	}
	meanings, _ := in.parts(words, i)
	return slices.ContainsFunc(meanings, func(m piece) bool { return m.Part == language.Month })
}

func isArticle(word string) bool { return word == "a" || word == "an" || word == "the" }

// isParticiple reports whether a word can be what somebody does in "done by Ana".
func isParticiple(word string) bool {
	return language.IsParticiple(word) || strings.HasSuffix(word, "ed") && len(word) > len("red")
}
