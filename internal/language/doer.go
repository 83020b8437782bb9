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
// front of a sentence, "article" in front of the word for a customer, "leads" in front of who does
// it, "lets" in front of whom somebody else makes do it; behind them "verb" for a form that says
// who does it, "infinitive" for one that also tells somebody to, "acts" in front of an infinitive,
// and "gets" for what is done for them.
func (l Language) doerMeans(folded, meaning string) bool {
	return slices.Contains(strings.Split(l.dictionaries().doers.meanings(folded), ", "), meaning)
}

func doerMeans(folded, meaning string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.doerMeans(folded, meaning) })
}

// IsCustomer reports whether a word means a customer.
func IsCustomer(folded string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.sideMeans(folded, "customer") })
}

// Does reports whether the words behind somebody say that it is who does something: "sends logs",
// "will send", "wird die Liste schicken". Of words that nobody knows it does not. Bare says that an
// infinitive alone does as well: "they send".
func Does(words []string, bare bool) bool {
	for len(words) > 0 && Leads(words[0]) {
		if IsUnsure(words[0]) {
			return false
		}
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	n := acts(words)
	if n == 0 {
		return IsVerb(words[0]) || bare && IsInfinitive(words[0])
	}
	for words = words[n:]; len(words) > 1 && Leads(words[0]) && !IsUnsure(words[0]); {
		words = words[1:]
	}
	return len(words) > 0 && (IsInfinitive(words[0]) || German.doerMeans(words[len(words)-1], "infinitive"))
}

// acts returns how many words in front of an infinitive say who does it: "will", "is going to".
func acts(words []string) int {
	const longest = 3
	for n := min(longest, len(words)); n > 0; n-- {
		if doerMeans(strings.Join(words[:n], " "), "acts") {
			return n
		}
	}
	return 0
}

// Acts reports whether some words begin with what stands in front of an infinitive.
func Acts(words []string) bool { return acts(words) > 0 }

// IsVerb reports whether a word says what somebody else does, and is nothing that can be told to
// do.
func IsVerb(folded string) bool { return doerMeans(folded, "verb") && !IsInfinitive(folded) }

// IsInfinitive reports whether a word says what to do: "send", "schicken".
func IsInfinitive(folded string) bool { return doerMeans(folded, "infinitive") }

// Gets reports whether a word behind somebody says what is done for them: "needs", "bekommt".
func Gets(folded string) bool { return doerMeans(folded, "gets") }

// Leads reports whether a word can stand in front of who does something: "then", "maybe".
func Leads(folded string) bool { return doerMeans(folded, "leads") }

// Lets reports whether a word is in front of somebody whom another one makes do something: "have".
func Lets(folded string) bool { return doerMeans(folded, "lets") }
