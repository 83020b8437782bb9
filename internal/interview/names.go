package interview

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Meant returns which of some names a name means, by their indexes: the one that is the same name,
// however it is written, or else all that it is a part or a beginning of. Several means that it has
// to be asked; none that nobody is called so.
//
// fold makes one of what is the same text: case, accents, compatible forms, apostrophes; nil stands
// for case alone. Titles, hyphens, blanks and the order of first and last names make no difference.
func Meant(names []string, name string, fold func(string) string) []int {
	if fit := MeantInFull(names, name, fold); len(fit) > 0 {
		return fit
	}
	var fit []int
	want := nameOf(name, fold)
	for i, n := range names {
		if nameOf(n, fold).begins(want) {
			fit = append(fit, i)
		}
	}
	return fit
}

// MeantInFull is Meant for text that may be no name at all: beginnings of words do not count.
func MeantInFull(names []string, name string, fold func(string) string) []int {
	return inFull(takenApart(names, fold), nameOf(name, fold))
}

func inFull(names []aName, want aName) []int {
	if len(want.words) == 0 {
		return nil
	}
	var same, alike, parts []int
	for i, have := range names {
		switch {
		case have.opposes(want):
		case have.text == want.text:
			same = append(same, i)
		case have.is(want):
			alike = append(alike, i)
		case have.has(want):
			parts = append(parts, i)
		}
	}
	switch {
	case len(same) > 0:
		return same
	case len(alike) > 0:
		return alike
	}
	return parts
}

func meantOf(people []Person, name string, fold func(string) string) []Person {
	names := namesOf(people)
	whose := make([]int, len(people))
	for i, p := range people {
		whose[i] = i
		for _, also := range p.Also {
			names, whose = append(names, also), append(whose, i)
		}
	}
	var fit []Person
	for _, i := range Meant(names, name, fold) {
		p := people[whose[i]]
		if !slices.ContainsFunc(fit, func(o Person) bool { return o.ID == p.ID }) {
			fit = append(fit, p)
		}
	}
	return fit
}

func namesOf(people []Person) []string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return names
}

// aName is a name taken apart.
type aName struct {
	text  string   // folded, with single blanks
	words []string // without titles
	woman bool     // a title says so, as "Mrs" does
	man   bool
	ways  [][]string // the words in every way that they are written: with hyphens and apostrophes or without, and without umlauts
}

func takenApart(names []string, fold func(string) string) []aName {
	all := make([]aName, len(names))
	for i, n := range names {
		all[i] = nameOf(n, fold)
	}
	return all
}

func nameOf(name string, fold func(string) string) aName {
	if fold == nil {
		fold = strings.ToLower
	}
	n := aName{text: strings.Join(strings.Fields(fold(name)), " ")}
	n.words = nameWords(n.text, "'-", fold)
	for i, w := range strings.Fields(n.text) {
		switch w = strings.TrimSuffix(w, "."); w {
		case "sr":
			n.man = n.man || i == 0 // behind a name it is the elder one
		case "mrs", "ms", "miss", "madam", "frau", "mme", "mlle", "madame", "mademoiselle", "sra", "srta", "senora", "senorita", "dona", "госпожа", "السيدة":
			n.woman = true
		case "mr", "mister", "sir", "herr", "herrn", "hr", "monsieur", "senor", "don", "господин", "السيد":
			n.man = true
		}
	}
	n.ways = [][]string{n.words}
	if strings.ContainsAny(n.text, "'-") {
		n.ways = append(n.ways, nameWords(strings.NewReplacer("'", "", "-", "").Replace(n.text), "", fold))
	}
	if spelled := WithoutUmlauts(name); spelled != name {
		n.ways = append(n.ways, nameWords(fold(spelled), "'-", fold))
	}
	return n
}

// nameWords returns the words of a folded name without its titles, or with them when there is
// nothing else. separators is what separates words in addition to blanks, stops and brackets.
func nameWords(text, separators string, fold func(string) string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",.·・()\"", r) || strings.ContainsRune(separators, r)
	})
	var bare []string
	for _, w := range words {
		if w = Untitled(w, fold); w != "" {
			bare = append(bare, w)
		}
	}
	if len(bare) == 0 {
		return words
	}
	return bare
}

// opposes reports whether the titles of two names say that they are two people: Mr Lee is not Mrs
// Lee.
func (n aName) opposes(o aName) bool { return n.man && o.woman || n.woman && o.man }

// is reports whether both are the same name in another spelling.
func (n aName) is(o aName) bool {
	for _, have := range n.ways {
		for _, want := range o.ways {
			if strings.Join(have, "") == strings.Join(want, "") {
				return true
			}
		}
	}
	return len(n.words) > 1 && slices.Equal(slices.Sorted(slices.Values(n.words)), slices.Sorted(slices.Values(o.words)))
}

// begins reports whether another name is the beginning of this one.
func (n aName) begins(part aName) bool {
	return len(part.words) > 0 && !n.opposes(part) && (strings.HasPrefix(n.text, part.text) || strings.HasPrefix(strings.Join(n.words, ""), strings.Join(part.words, "")))
}

// has reports whether another name is made of words of this one: a first name, a last name with or
// without its particles, initials.
func (n aName) has(part aName) bool {
	whole, some := strings.Join(n.words, ""), strings.Join(part.words, "")
	switch {
	case unspaced(some):
		return strings.HasPrefix(whole, some) || utf8.RuneCountInString(some) > 1 && strings.HasSuffix(whole, some)
	case utf8.RuneCountInString(some) < 2:
		return false
	}
	for _, have := range n.ways {
		for _, want := range part.ways {
			if inOrder(have, want) {
				return true
			}
		}
	}
	return false
}

// inOrder reports whether some words are among others in their order, each in full or as an
// initial.
func inOrder(words, some []string) bool {
	at := 0
	for _, w := range some {
		i := slices.IndexFunc(words[at:], func(have string) bool {
			return have == w || len(some) > 1 && utf8.RuneCountInString(w) == 1 && strings.HasPrefix(have, w)
		})
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return true
}

// unspaced reports whether a name is written in a script that puts first and last name together.
func unspaced(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

// WithoutUmlauts spells a name as it is written where there are no umlauts: Mueller for Müller.
func WithoutUmlauts(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return name
	}
	return strings.NewReplacer(
		"ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "å", "aa", "Å", "Aa", "ø", "oe", "Ø", "Oe",
		"a\u0308", "ae", "o\u0308", "oe", "u\u0308", "ue", "A\u0308", "Ae", "O\u0308", "Oe", "U\u0308", "Ue", "a\u030a", "aa",
	).Replace(name)
}

// Untitled is a folded word of a name without the title that it is, or that is written together with it.
func Untitled(word string, fold func(string) string) string {
	switch word {
	case "dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "miss", "mister", "sir", "madam", "jr", "phd", "md", "esq",
		"herr", "herrn", "frau", "hr", "fr", "dipl", "ing", "mag",
		"m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "me",
		"sr", "sra", "srta", "senor", "senora", "senorita", "don", "dona", "lic",
		"г", "н", "жа", "господин", "госпожа", "пан", "пани",
		"السيد", "السيدة", "الدكتور", "الدكتورة", "دكتور", "د", "استاذ", "الاستاذ":
		return ""
	}
	if !unspaced(word) {
		return word
	}
	for _, title := range []string{"さん", "さま", "様", "氏", "先生", "君", "くん", "ちゃん", "씨", "님", "선생님", "女士", "小姐", "太太", "部長", "部长", "課長", "社長", "经理", "总", "부장님", "과장님"} {
		if bare, ok := strings.CutSuffix(word, fold(title)); ok && (bare != "" || title != "总") {
			return bare
		}
	}
	for _, title := range []string{"คุณ", "นางสาว", "นาง", "นาย"} {
		if bare, ok := strings.CutPrefix(word, fold(title)); ok && bare != "" {
			return bare
		}
	}
	return word
}

// MeantInFront returns how many bytes of a text are the longest name in front of it that means one
// of some names, or several; 0 for none. Each word of it is one of the name, in full or as an
// initial with its full stop: what only follows a name is no part of it. The 's of what is
// somebody's belongs to the name, and changes nothing.
func MeantInFront(names []string, text string, fold func(string) string) int {
	const longest = 6 // words: "Dr. María de la Cruz López"
	var ends []int
	for at := 0; len(ends) < longest; {
		n := nameWord(text[at:])
		if n == 0 {
			break
		}
		ends = append(ends, at+n)
		blanks := len(text[at+n:]) - len(strings.TrimLeftFunc(text[at+n:], unicode.IsSpace))
		if at += n + blanks; blanks == 0 {
			break
		}
	}
	known := takenApart(names, fold)
	for k := len(ends) - 1; k >= 0; k-- {
		typed := strings.TrimSuffix(strings.TrimSuffix(text[:ends[k]], "'s"), "’s")
		for _, i := range inFull(known, nameOf(typed, fold)) {
			if k == 0 || known[i].uses(typed[ends[k-1]:], fold) {
				return ends[k]
			}
		}
	}
	return 0
}

// nameWord returns how many bytes of a text are its first word, as far as it can be one of a name.
func nameWord(text string) int {
	end := 0
	for i, r := range text {
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && (i == 0 || !strings.ContainsRune("-‐‑_'’ʼ´`.·・", r)) {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return end
}

// uses reports whether the last word that was typed of a name is one of this one.
func (n aName) uses(last string, fold func(string) string) bool {
	typed := nameOf(last, fold)
	switch typed.text {
	case "jr.", "sr.", "phd", "ph.d.", "md", "m.d.", "esq.":
		return true // titles behind a name
	}
	switch {
	case unspaced(strings.Join(typed.words, "")), strings.HasSuffix(last, ".") && utf8.RuneCountInString(typed.text) == 2:
		return true
	}
	for _, words := range typed.ways {
		for _, have := range n.ways {
			if inOrder(have, words) {
				return true
			}
		}
	}
	return false
}

// IsTitle reports whether a word is one that stands in front of a name, as "Dr." does.
func IsTitle(word string, fold func(string) string) bool {
	if fold == nil {
		fold = strings.ToLower
	}
	word = strings.TrimSuffix(fold(word), ".")
	return word != "" && Untitled(word, fold) == ""
}
