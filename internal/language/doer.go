package language

import (
	"slices"
	"strings"
)

// Doer returns who does what a sentence says, by the words in front that stand for us, for the
// customer, or for somebody whom they do not name: "we", "der Kunde", "she". n is how many words
// that is, 0 for none. The words are in lower case and without accents. Words that are somebody in
// one language and mean something else in another are in no dictionary.
func Doer(words []string) (p Party, n int) {
	const longest = 3
	for n = min(longest, len(words)); n > 0; n-- {
		if p = inAnyLanguage(Language.doer, strings.Join(words[:n], " ")); p != Nobody {
			return p, n
		}
	}
	return Nobody, 0
}

func (l Language) doer(folded string) Party {
	noun := folded
	if article, behind, ok := strings.Cut(folded, " "); ok && l.doerMeans(article, "article") {
		noun = behind
	}
	switch {
	case l.sideMeans(noun, "customer") && strings.Contains(noun, "'"):
		return Unclear // what is the customer's may be done by us
	case l.sideMeans(noun, "customer"), l.doerMeans(folded, "them"):
		return Them
	case l.doerMeans(folded, "us"):
		return Us
	case l.doerMeans(folded, "unclear"):
		return Unclear
	}
	return Nobody
}

// doerMeans reports whether a word, or some words, can mean that: "us", "them" and "unclear" in
// front of a sentence, "article" in front of the word for a customer, "acts" and "joins" behind a
// name.
func (l Language) doerMeans(folded, meaning string) bool {
	return slices.Contains(strings.Split(l.dictionaries().doers.meanings(folded), ", "), meaning)
}

// IsCustomer reports whether a word means a customer.
func IsCustomer(folded string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.sideMeans(folded, "customer") })
}

// Acts reports whether a word behind a name says that it is who does something: "will", "wird".
func Acts(folded string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.doerMeans(folded, "acts") })
}

// Joins reports whether a word behind a name leaves open who does something: "and", "about",
// "needs".
func Joins(folded string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.doerMeans(folded, "joins") })
}
