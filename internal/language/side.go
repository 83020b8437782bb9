package language

import (
	"iter"
	"slices"
	"strings"
)

// Party is whom a word stands for in the notes of a seller: us, them, or somebody that the word
// does not say.
type Party byte

// The parties. Nobody is what a word stands for that is not about sides.
const (
	Nobody  Party = 0
	Us      Party = 'u'
	Them    Party = 't'
	Unclear Party = '?' // your, both, external
)

// Side returns whose side some words name that say nothing else: "ours", "on their side", "von
// uns", "côté client". It takes them in lower case and without accents.
func (l Language) Side(folded string) Party {
	words := strings.Fields(folded)
	for len(words) > 1 && l.sideMeans(words[0], "lead") {
		words = words[1:]
	}
	if len(words) == 0 {
		return Nobody
	}
	if p := l.sidePhrase(strings.Join(words, " ")); p != Nobody {
		return p
	}
	p := l.Pronoun(words[0])
	if l.sideMeans(words[0], "customer") {
		p = Them
	}
	for _, w := range words[1:] {
		if !l.sideNoun(w) {
			return Nobody
		}
	}
	return p
}

// Pronoun returns whom a pronoun stands for, in lower case and without accents: "ours", "leur".
func (l Language) Pronoun(folded string) Party { return l.party(folded, "") }

// sidePhrase returns whose side words name that say so only together, or only when nothing stands
// next to them.
func (l Language) sidePhrase(folded string) Party { return l.party(folded, " alone") }

func (l Language) party(folded, how string) Party {
	for one := range l.sideMeanings(folded) {
		switch one {
		case "us" + how:
			return Us
		case "them" + how:
			return Them
		case "unclear" + how:
			return Unclear
		}
	}
	return Nobody
}

// Unsure reports whether a word takes back the words next to it, or leaves it open: "not", "maybe".
func (l Language) Unsure(folded string) bool { return l.sideMeans(folded, "unsure") }

// sideNoun reports whether a word can stand behind whose side it is.
func (l Language) sideNoun(folded string) bool { return l.sideMeans(folded, "noun") }

// sideMeans reports whether a word, or some words, can mean that.
func (l Language) sideMeans(folded, meaning string) bool {
	for one := range l.sideMeanings(folded) {
		if one == meaning {
			return true
		}
	}
	return false
}

// sideMeanings returns what a word, or some words, can mean: "us", "them" and "unclear" for a
// pronoun, the same with "alone" for a sidePhrase, "customer", "lead" for a word that can stand in
// front of whose side it is, "noun" and "unsure".
func (l Language) sideMeanings(folded string) iter.Seq[string] {
	return strings.SplitSeq(l.dictionaries().sides.meanings(folded), ", ")
}

// IsSideNoun reports whether a word says that it is about a side: "side", "equipe".
func IsSideNoun(folded string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.sideNoun(folded) })
}

// IsUnsure is [Language.Unsure] in whichever language the word is one.
func IsUnsure(folded string) bool {
	return slices.ContainsFunc(Languages(), func(l Language) bool { return l.Unsure(folded) })
}

// SideOf is [Language.Side] in whichever language the words say one: no two languages mean
// different sides by the same words.
func SideOf(folded string) Party { return inAnyLanguage(Language.Side, folded) }

// PronounOf is [Language.Pronoun] in whichever language the word is one.
func PronounOf(folded string) Party { return inAnyLanguage(Language.Pronoun, folded) }

func inAnyLanguage(party func(Language, string) Party, folded string) Party {
	for _, l := range append(Languages(), "") {
		if p := party(l, folded); p != Nobody {
			return p
		}
	}
	return Nobody
}
