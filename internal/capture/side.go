package capture

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/nearest"
	"hark/internal/plain"
)

// about is what stands behind the name of a person.
type about struct {
	role  string
	side  interview.Side
	doubt interview.SideDoubt
}

// readAbout reads "role, side", in any order, with commas, semicolons, brackets or dashes between
// them. What says a side for certain leaves the role, and so do words that are about a side alone
// without saying which. Words of a role that only sound like a side ("our contact") stay in it, and
// are a doubt unless a side is said elsewhere.
func readAbout(s string) about {
	s = strings.TrimSpace(s)
	if inner, n := inQuotes(s); n > 0 {
		tail := trimLeft(s[n:])
		if read := readAbout(behind(tail)); tail == "" || separatorAt(tail, 0) > 0 && read.role == "" {
			return about{strings.TrimSpace(inner), read.side, read.doubt}
		}
	}
	var said []sidePart
	for _, p := range sideParts(s) {
		switch {
		case len(said) == 0 || p.says > said[0].says:
			said = []sidePart{p}
		case p.says == sideClear && said[0].says == sideClear:
			said = append(said, p)
		}
	}
	if len(said) == 0 {
		return about{role: unquote(s)}
	}
	read := about{side: sideOf(said[0].party)}
	for _, p := range said[1:] {
		if p.party != said[0].party {
			read.side = ""
		}
		said[0].text += ", " + p.text
	}
	if said[0].says != sideClear || read.side == "" {
		read.side, read.doubt = "", interview.SideDoubt{Words: said[0].text, Reading: read.side}
	}
	if said[0].says > sideWithin {
		for i := len(said) - 1; i >= 0; i-- {
			s = cutPart(s, said[i].from, said[i].to)
		}
	}
	read.role = unquote(trimSeparators(s))
	return read
}

func sideOf(p language.Party) interview.Side {
	switch p {
	case language.Us:
		return interview.Ours
	case language.Them:
		return interview.Theirs
	case language.Unclear, language.Nobody:
	}
	return ""
}

// How much the words of a sidePart say.
const (
	sideWithin = 1 + iota // they sound like a side and are words of the role
	sideWhole             // they are about a side and do not say which
	sideClear             // they say a side
)

// A sidePart is a piece of what is said of a person that has to do with a side.
type sidePart struct {
	text     string
	from, to int
	party    language.Party // whom it stands for, as far as can be told
	says     int
}

// sideParts finds the pieces between separators that have to do with a side.
func sideParts(s string) []sidePart {
	var parts []sidePart
	add := func(from, to int) {
		text := strings.TrimSpace(s[from:to])
		from += strings.Index(s[from:to], text)
		if p, ok := readSide(text); ok {
			p.from, p.to = p.from+from, p.to+from
			parts = append(parts, p)
		}
	}
	from := 0
	for i := 0; i < len(s); {
		if n := separatorAt(s, i); n > 0 {
			add(from, i)
			i += n
			from = i
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	add(from, len(s))
	return parts
}

// readSide reads a piece without separators. ok is false when it has nothing to do with a side.
func readSide(text string) (p sidePart, ok bool) {
	p = sidePart{text: text, to: len(text)}
	folded := foldedWords(text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !isOfWord(r) })
	var sounds []language.Party
	unsure := strings.ContainsAny(text, "?？") || slices.ContainsFunc(folded, language.IsUnsure)
	for i, w := range words {
		w, plainly := foldedWord(w), w
		unsure = unsure || language.IsUnsure(w)
		if party := language.PronounOf(w); party != language.Nobody && plainly != "US" {
			sounds = append(sounds, party)
		} else if i > 0 && i == len(words)-1 && w == "side" {
			sounds = append(sounds, language.Unclear)
		}
		words[i] = w
	}
	whole := strings.Join(words, " ")
	p.party = language.SideOf(whole)
	switch {
	case whole == "" && unsure:
		p.party, p.says = language.Unclear, sideWhole
		return p, true
	case p.party != language.Nobody && text == "US":
		p.says = sideWithin // or the country
		return p, true
	case p.party != language.Nobody:
		p.says = sideClear
		if p.party == language.Unclear || unsure {
			p.says = sideWhole
		}
		return p, true
	case len(words) == 1 && slipped(whole) != "":
		p.party, p.says = language.SideOf(slipped(whole)), sideWhole
		return p, true
	case len(sounds) == 0:
		return p, false
	}
	if at, party := sideAtEnd(text, folded); at > 0 && !unsure {
		return sidePart{text: text[at:], from: at, to: len(text), party: party, says: sideClear}, true
	}
	p.party, p.says = sounds[0], sideWithin
	for _, other := range sounds {
		if other != p.party {
			p.party = language.Unclear
		}
	}
	return p, true
}

// foldedWords returns the words of a text in the form in which they are compared, without what
// punctuates them.
func foldedWords(text string) []string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = foldedWord(w)
	}
	return words
}

func foldedWord(w string) string {
	w = strings.TrimFunc(plain.FoldName(w), func(r rune) bool { return !isOfWord(r) })
	if strings.HasPrefix(w, "'") {
		return strings.Trim(w, "'") // quoted; the one behind "customers'" is the customers'
	}
	return w
}

// isOfWord reports whether a character can be one of a word: an apostrophe is in "don't".
func isOfWord(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd) || r == '\'' || r == '’'
}

// sideAtEnd finds a side behind other words without anything between them: "seller ours", "seller
// on our side". at is 0 when there is none.
func sideAtEnd(text string, folded []string) (at int, party language.Party) {
	const longest = 4 // words: "one of our people"
	for i := max(1, len(folded)-longest); i < len(folded); i++ {
		at = wordAt(text, i)
		rest := folded[i:]
		last := rest[len(rest)-1]
		alone := len(rest) == 1 && (last == "ours" || last == "theirs")
		if !alone && (!language.IsSideNoun(last) || len(rest) < 2) {
			continue
		}
		if party = language.SideOf(strings.Join(rest, " ")); party == language.Us || party == language.Them {
			return at, party
		}
	}
	return 0, language.Nobody
}

// slipped returns the word for a side that a mistyped one was meant as, "" for none.
func slipped(word string) string {
	for _, meant := range []string{"ours", "theirs"} {
		if word != meant && nearest.Slips(word, meant) == 1 {
			return meant
		}
	}
	return ""
}

// wordAt returns where word n of a text begins, counted from 0.
func wordAt(text string, n int) int {
	at := len(text) - len(trimLeft(text))
	for range n {
		_, rest := cutWord(text[at:])
		at = len(text) - len(rest)
	}
	return at
}

// separatorAt returns how many bytes of a separator stand at a place of s: of what stands between a
// name, a role and a side. A dash is one only between blanks.
func separatorAt(s string, at int) int {
	r, size := utf8.DecodeRuneInString(s[at:])
	next, _ := utf8.DecodeRuneInString(s[at+size:])
	ends := at+size == len(s) || unicode.IsSpace(next)
	switch {
	case strings.ContainsRune(",;()[]{}|，；、（）", r):
		return size
	case r == ':' && ends, strings.ContainsRune("-–—/=", r) && ends && followsBlank(s, at):
		return size
	}
	return 0
}

// cutPart takes a piece out of s, with the separator or the brackets that it stood behind or in.
func cutPart(s string, from, to int) string {
	left, right := trimRight(s[:from]), trimLeft(s[to:])
	open, size := utf8.DecodeLastRuneInString(left)
	closing, closes := utf8.DecodeRuneInString(right)
	switch {
	case left == "":
	case closerOf(open) != 0 && closerOf(open) == closing:
		left, right = trimRight(left[:len(left)-size]), trimLeft(right[closes:])
	case closerOf(open) != 0:
	case separatorAt(left, len(left)-size) > 0:
		left = trimRight(left[:len(left)-size])
	}
	if left == "" || right == "" || separatorAt(right, 0) > 0 {
		return left + right
	}
	return left + " " + right
}

func closerOf(open rune) rune {
	switch open {
	case '(':
		return ')'
	case '[':
		return ']'
	case '{':
		return '}'
	case '（':
		return '）'
	}
	return 0
}

// trimSeparators takes separators and blanks off both ends, and brackets around all of s.
func trimSeparators(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|:-–—，；、", r) })
	open, size := utf8.DecodeRuneInString(s)
	if closer := closerOf(open); closer != 0 && strings.HasSuffix(s, string(closer)) && strings.Count(s, string(closer)) == 1 {
		return trimSeparators(s[size : len(s)-utf8.RuneLen(closer)])
	}
	return s
}

// behind returns what stands behind a name, or a role in quotes: without the comma in front of it.
func behind(s string) string {
	s = trimLeft(s)
	if first, _ := utf8.DecodeRuneInString(s); closerOf(first) != 0 || s == "" {
		return s
	}
	return s[separatorAt(s, 0):]
}

// personName reads the name in front of what else is said of a person. A name in quotes has
// whatever it likes in it; others end at a comma, a semicolon, or where a side is said behind them.
func personName(s string) (who, rest string) {
	const joiners = "/=*#+<>~_@" // what people put in front of a side that a comma belongs in front of
	if inner, n := inQuotes(s); n > 0 {
		if after := trimLeft(s[n:]); after == "" || separatorAt(after, 0) > 0 {
			return strings.TrimSpace(inner), after
		}
	}
	end := strings.IndexFunc(s, func(r rune) bool { return strings.ContainsRune(",;，；、", r) })
	if end < 0 {
		end = len(s)
	}
	name := s[:end]
	for i := 1; i < len(name) && len(name) < maxMention; i++ {
		if separatorAt(name, i) == 0 && !strings.ContainsRune(joiners, rune(name[i])) {
			continue
		}
		tail := strings.TrimLeft(name[i:], joiners+" ")
		if first, _ := utf8.DecodeRuneInString(tail); closerOf(first) != 0 && !strings.ContainsRune(tail, closerOf(first)) {
			tail, _, _ = strings.Cut(s[i:], string(closerOf(first)))
		}
		if read := readAbout(behind(tail)); read.side != "" || !read.doubt.IsZero() {
			return readName(name[:i]), strings.TrimLeft(s[i:], joiners)
		}
	}
	if at, _ := sideAtEnd(name, foldedWords(name)); at > 0 {
		return readName(name[:at]), s[at:]
	}
	return readName(name), s[end:]
}

// aboutForm writes what readAbout reads, with a comma in front of it; "" for nothing.
func aboutForm(a about) string {
	form := ""
	if a.role != "" {
		form = ", " + a.role
		alone := readAbout(a.role)
		if alone != (about{role: a.role}) && alone != a || a.side != "" && readAbout(a.role+", "+string(a.side)) != a {
			form = ", " + inMarks(a.role)
		}
	}
	switch {
	case a.side != "":
		form += ", " + string(a.side)
	case !a.doubt.IsZero() && readAbout(strings.TrimPrefix(form, ", ")) != a:
		form += ", " + a.doubt.Words
	}
	return form
}
