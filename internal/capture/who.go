package capture

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// named returns how many bytes of a text are the longest name in front of it of somebody known,
// here or from earlier meetings; 0 for none.
func (in Context) named(text string) int {
	var names []string
	if in.Met != nil {
		names = slices.Clone(in.Met())
	}
	for _, p := range in.People {
		names = append(append(names, p.Name), p.Also...)
	}
	return interview.MeantInFront(names, text, plain.FoldName)
}

// saidBy returns the name in "Name: text" of somebody in the room, and the text; "" when a line
// does not begin so.
func (in Context) saidBy(line string) (name, text string) {
	const longest = 128 // bytes of a name, so that a line without one costs nothing
	if !strings.ContainsAny(line[:min(len(line), longest)], ":：") {
		return "", ""
	}
	var here []string
	for _, p := range in.People {
		if !p.Absent {
			here = append(append(here, p.Name), p.Also...)
		}
	}
	n := interview.MeantInFront(here, line, plain.FoldName)
	r, size := utf8.DecodeRuneInString(line[n:])
	text = skipUnseen(line[n+size:])
	if n == 0 || asMark(r) != ':' || isPossessive(line[:n]) || text == "" || size == 1 && len(text) == len(line)-n-size {
		return "", ""
	}
	return line[:n], text
}

// literal is [literal] where a backslash keeps a name in front from saying whose words they are,
// too.
func (in Context) literal(text string) string {
	if n := backslashes(text); n > 0 {
		if name, _ := in.saidBy(text[n:]); name != "" {
			return text[1:]
		}
	}
	return literal(text)
}

// mention is [mention] where all the words of a known name count, and in front of a line those of
// an unknown one that a mark ends: @Ana Lima "text.
func (in Context) mention(s string, front bool) (name string, size int) {
	name, size = mention(s)
	at := markSize(s, '@')
	if size == 0 || openingMark(s[at:]) > 0 {
		return name, size
	}
	n := in.named(s[at:])
	if front && n <= len(name) {
		n = max(n, nameBeforeMark(s[at:]))
	}
	if n <= len(name) {
		return name, size
	}
	return s[at : at+n], at + n
}

// owner is [owner] where all the words of a known name count.
func (in Context) owner(s string) (name string, size int) {
	name, size = owner(s)
	if size == 0 || openingMark(s[markSize(s, '@'):]) > 0 {
		return name, size
	}
	long, n := in.mention(s, false)
	if strings.IndexFunc(long, unicode.IsSpace) < 0 {
		return name, size
	}
	bare := long
	if !interview.IsTitle(long[lastWord(long):], plain.FoldName) { // the full stop of "Jr." is no end of a sentence
		bare = strings.TrimRight(long, ".")
	}
	bare = strings.TrimSuffix(strings.TrimSuffix(bare, "'s"), "’s")
	return bare, n - (len(long) - len(bare))
}

// nameBeforeMark returns how many bytes of a text are a name of several words with a mark behind
// it: each begins with a capital letter, or has none, or belongs to a name, as "van" does. Behind a
// title one more word is the name without any mark.
func nameBeforeMark(text string) int {
	const most = 5
	end, titled := 0, 0
	particle, title := false, false
	for words := 0; words <= most; words++ {
		if words > 1 && !particle && markBehind(text[end:]) {
			return end
		}
		rest := trimLeft(text[end:])
		word := bareName(rest)
		if word == "" || words > 0 && len(rest) == len(text[end:]) {
			break
		}
		first, _ := utf8.DecodeRuneInString(word)
		particle = words > 0 && language.IsParticle(plain.FoldName(word))
		if unicode.IsLower(first) && !particle || words > 0 && (isShout(word) || !unicode.IsLetter(first)) {
			break
		}
		end = len(text) - len(rest) + len(word)
		if words == 1 && title {
			titled = end
		}
		title = words == 0 && interview.IsTitle(word, plain.FoldName)
	}
	return titled
}

// markBehind reports whether the mark of a line follows a name.
func markBehind(s string) bool {
	s = withoutPause(s)
	row, n := opens(trimLeft(s))
	return n > 0 && row.Kind != KindCommand && (row.Kind == KindQuote || trimLeft(s) != s)
}

// isShout reports whether a short word is all capitals, as OK is.
func isShout(word string) bool {
	const longest = 3
	return utf8.RuneCountInString(word) <= longest && strings.ToUpper(word) == word && strings.ToLower(word) != word
}

// withoutPronouns writes "us" and "them" for whatever else stands for one side in the place of a
// name. The error says that it stands for somebody whom it does not name: a yes is nobody's that
// "she" gave.
func (in Context) withoutPronouns(action interview.Action) (interview.Action, error) {
	var err error
	name := func(s string) string {
		read, bad := in.sideNamed(s)
		if bad != nil {
			err = bad
		}
		return read
	}
	switch a := action.(type) {
	case interview.Add:
		a.Speaker = name(a.Speaker)
		action = a
	case interview.Raise:
		a.Speaker = name(a.Speaker)
		action = a
	case interview.Promises:
		a.Speaker, a.Owner = name(a.Speaker), name(a.Owner)
		action = a
	case interview.PlayBack:
		a.By = name(a.By)
		action = a
	case interview.SetAdviser:
		a.Name = name(a.Name)
		action = a
	case interview.Carry:
		a.Owner = name(a.Owner)
		action = a
	case interview.Fix:
		if a.Speaker != nil {
			a.Speaker = new(name(*a.Speaker))
		}
		action = a
	}
	if err != nil {
		return nil, err
	}
	return action, nil
}

// sideNamed returns "us" or "them" for a word that stands for one side, and any other name as it
// is. Words that are names, too, stand for somebody only in lower case: Ella, Yo.
func (in Context) sideNamed(name string) (string, error) {
	first, _ := utf8.DecodeRuneInString(name)
	folded := strings.Fields(plain.FoldName(name))
	party, n := language.Doer(folded)
	if n < len(folded) {
		party = language.PronounOf(strings.Join(folded, " "))
	}
	switch strings.ToLower(name) {
	case "us", "we", "me", "i", "them", "they":
		return name, nil // as the interview knows them
	}
	if party == language.Nobody || !unicode.IsLower(first) || in.named(name) > 0 {
		return name, nil
	}
	switch party {
	case language.Us:
		return "us", nil
	case language.Them:
		return "them", nil
	case language.Unclear, language.Nobody:
	}
	return "", &Error{quoted(name) + " is nobody's name", "the name in its place"}
}
