package export

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/plain"
)

// Names finds people who may not be named in texts. It does not change after it was made.
type Names struct {
	people []Unnamed
	begins map[pair][]naming      // by the first bytes of the first word
	first  [256 * 256 / 64]uint64 // a bit for each pair with which any word begins
}

// pair is two bytes of folded text, the earlier one above the other.
type pair uint16

func pairAt(s string) pair {
	if len(s) < 2 {
		return pair(s[0]) << 8
	}
	return pair(s[0])<<8 | pair(s[1])
}

// has reports whether any naming begins so.
func (n *Names) has(p pair) bool { return n.first[p>>6]&(1<<(p&63)) != 0 }

// NewNames returns what finds people. ours are the names of the people on our side, who are always
// named.
func NewNames(people []Unnamed, ours []string) *Names {
	n := &Names{people: people}
	if len(people) == 0 {
		return n
	}
	n.begins = map[pair][]naming{}
	for _, one := range namingsOf(people, ours) {
		begins := []pair{pairAt(one.words[0])}
		if len(one.words[0]) == 1 { // a name such as "J Smith"
			begins = begins[:0]
			for second := range 256 {
				begins = append(begins, pair(one.words[0][0])<<8|pair(second))
			}
		}
		for _, p := range begins {
			n.begins[p] = append(n.begins[p], one)
			n.first[p>>6] |= 1 << (p & 63)
		}
	}
	return n
}

// found is a place in a text that names somebody.
type found struct {
	naming
	from, to int
	// sure is false where it can be something else, or somebody else.
	sure bool
}

// Called are people whose names were found in texts.
type Called struct{ sure, perhaps map[int]bool }

// In adds the people whose names occur in a text.
func (n *Names) In(text string, to *Called) {
	if to.sure == nil {
		to.sure, to.perhaps = map[int]bool{}, map[int]bool{}
	}
	for _, f := range n.each(text) {
		for _, who := range f.who {
			if f.sure && len(f.who) == 1 {
				to.sure[who] = true
			} else {
				to.perhaps[who] = true
			}
		}
	}
}

// Sure and Perhaps return the names of the people who are named, and of those who perhaps are, each
// once, in the order in which NewNames was given them.
func (n *Names) Sure(c Called) []string { return n.called(c.sure, nil) }

// Perhaps is described at Sure.
func (n *Names) Perhaps(c Called) []string { return n.called(c.perhaps, c.sure) }

func (n *Names) called(who, but map[int]bool) []string {
	var all []string
	for i, p := range n.people {
		if who[i] && !but[i] && !slices.Contains(all, p.Names[0]) {
			all = append(all, p.Names[0])
		}
	}
	return all
}

// Replaced returns a text with labels in brackets in place of the names that are sure. item says that
// the text is a list of people, where an ordinary word that stands alone is a name.
func (n *Names) Replaced(text string, item bool) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	last := 0
	for _, f := range n.each(text) {
		if f.sure || item && f.ordinary && !f.doubtful && alone(text, f.from, f.to) {
			b.WriteString(text[last:f.from] + "[" + f.label + "]")
			last = f.to
		}
	}
	if last == 0 {
		return text
	}
	return b.String() + text[last:]
}

// each returns the places in a text that name somebody, in order. They do not overlap.
func (n *Names) each(text string) []found {
	var buffer [256]byte // most texts are shorter, and need no other
	if len(n.people) == 0 || !n.mayName(plain.AppendFold(buffer[:0], text)) {
		return nil
	}
	all := n.addresses(text)
	folded := plain.FoldIndex(text)
	in := folded.String()
	taken := 0 // of the addresses, those that begin before at
	for at := 0; at < len(in); {
		from, _ := folded.Span(at, at)
		for taken < len(all) && all[taken].to <= from {
			taken++
		}
		_, size := utf8.DecodeRuneInString(in[at:])
		if taken < len(all) && from >= all[taken].from {
			at += size
			continue
		}
		if !n.has(pairAt(in[at:])) {
			at += size
			continue
		}
		if f, end := n.at(text, folded, at); end > 0 {
			all = slices.Insert(all, taken, f)
			at = end
			continue
		}
		at += size
	}
	return all
}

// mayName reports whether any naming can begin in a folded text. It is a fast check, as most texts
// name nobody.
func (n *Names) mayName(folded []byte) bool {
	for i, c := range folded {
		p := pair(c) << 8
		if i+1 < len(folded) {
			p |= pair(folded[i+1])
		}
		if c == '@' {
			return true
		}
		if !n.has(p) {
			continue
		}
		rest := folded[i:]
		if slices.ContainsFunc(n.begins[p], func(one naming) bool {
			w := one.words[0]
			return len(rest) >= len(w) && string(rest[:len(w)]) == w
		}) {
			return true
		}
	}
	return false
}

// at returns the longest naming at a place of a folded text, and where it ends there, 0 for none.
func (n *Names) at(text string, folded plain.Folded, at int) (found, int) {
	in := folded.String()
	var best found
	most := 0
	for _, one := range n.begins[pairAt(in[at:])] {
		end := one.in(in, at)
		if end <= most {
			continue
		}
		from, to := folded.Span(at, end)
		if after, _ := folded.Span(end, end); after < to {
			continue // it ends within a character
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:from]); oneWord(before, firstRune(text[from:])) {
			continue
		}
		f := found{naming: one, from: from, to: to}
		rest := restOfWord(text, from, to)
		const longestEnding = 3
		switch named := text[from:to]; {
		case rest == 0:
			f.sure = !one.doubtful && (!one.ordinary || asName(text, from, to))
		case one.doubtful || one.ordinary || utf8.RuneCountInString(named) < 3 || !unicode.IsUpper(firstRune(named)) || rest > longestEnding ||
			rest > 1 && utf8.RuneCountInString(named) < 4:
			continue // another word
		}
		best, most = f, end
	}
	return best, most
}

// in returns where a naming that begins at a place of a folded text ends, 0 if it is not there.
func (n naming) in(text string, at int) int {
	between := " ._-'\u00a0\u30fb\u00b7"
	if n.reversed {
		between += ","
	}
	for i, w := range n.words {
		if i > 0 {
			rest := text[at:]
			trimmed := strings.TrimLeft(rest, between)
			const most = 3 // bytes between two words
			if len(rest)-len(trimmed) > most {
				return 0
			}
			at += len(rest) - len(trimmed)
		}
		if !strings.HasPrefix(text[at:], w) {
			return 0
		}
		at += len(w)
	}
	return at
}

// oneWord reports whether two characters next to each other belong to one word. Some scripts have no
// blanks, and in AnaRuiz there are two words.
func oneWord(a, b rune) bool {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	switch {
	case !letter(a), !letter(b), a == utf8.RuneError:
		return false
	case unicode.IsMark(b):
		return true
	case plain.Alone(a), plain.Alone(b), hangul(a) != hangul(b), unicode.IsLower(a) && unicode.IsUpper(b):
		return false
	}
	return true
}

// restOfWord counts the characters behind a name that belong to its last word. Korean endings do not.
func restOfWord(text string, from, to int) int {
	last, _ := utf8.DecodeLastRuneInString(text[from:to])
	rest := 0
	for _, r := range text[to:] {
		if !oneWord(last, r) || hangul(r) && !unicode.IsMark(r) {
			break
		}
		last = r
		rest++
	}
	return rest
}

// asName reports whether an ordinary word is written as a name is: with a capital, and not where every
// word has one, at the beginning of a sentence or among capitals. There what follows has to tell.
func asName(text string, from, to int) bool {
	word := text[from:to]
	switch first := firstRune(word); {
	case !unicode.IsUpper(first) && !unicode.IsLower(first):
		return true // a script without capitals
	case !unicode.IsUpper(first), len(word) > 1 && strings.ToUpper(word) == word:
		return false
	}
	before := strings.TrimRight(text[:from], " \t\u00a0\"'“”„«»‘’([*-")
	if before != "" && !strings.ContainsRune(".!?:;\n…", lastRune(before)) {
		return true
	}
	next := strings.TrimLeft(text[to:], " ")
	if next == "" && before == "" {
		return true // nothing else is said
	}
	if strings.HasPrefix(next, "'s ") || strings.HasPrefix(next, "’s ") {
		return true
	}
	next, _, _ = strings.Cut(next, " ")
	next = strings.Trim(next, ",.;:!?")
	if slices.Contains([]string{"is", "has", "was", "does", "did", "had", "will", "would", "should", "must", "and", "wants", "says", "said"}, next) {
		return true
	}
	folded := plain.Fold(word)
	return (folded == "will" || folded == "may") && strings.HasSuffix(next, "s") // no sentence of which it is the verb
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// alone reports whether a word is an item of a list of people by itself.
func alone(text string, from, to int) bool {
	const marks = ",;/&+()\n"
	joins := []string{"and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "of"}
	before, after := strings.TrimRight(text[:from], " "), strings.TrimLeft(text[to:], " ")
	left := before == "" || strings.ContainsRune(marks, lastRune(before))
	right := after == "" || strings.ContainsRune(marks, firstRune(after))
	if words := strings.Fields(before); !left && len(words) > 0 {
		left = slices.Contains(joins, words[len(words)-1])
	}
	if words := strings.Fields(after); !right && len(words) > 0 {
		right = slices.Contains(joins, words[0])
	}
	return left && right
}

// addresses returns the mail addresses in a text that name somebody.
func (n *Names) addresses(text string) []found {
	var all []found
	part := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("._%+-", r)
	}
	for at := range len(text) {
		if text[at] != '@' {
			continue
		}
		mailbox, domain := text[:at], text[at+1:]
		mailbox = mailbox[len(strings.TrimRightFunc(mailbox, part)):]
		domain = strings.TrimRight(domain[:len(domain)-len(strings.TrimLeftFunc(domain, part))], "._%+-")
		if mailbox == "" || domain == "" {
			continue
		}
		if one, ok := n.mailbox(plain.Fold(mailbox)); ok {
			all = append(all, found{naming: one, from: at - len(mailbox), to: at + 1 + len(domain), sure: !one.doubtful})
		}
	}
	return all
}

// mailbox returns whom the folded mailbox of an address names: a part of it is a name, or it is made
// of one with an initial, as aruiz is. Of several, one that is sure is before one that can be another
// word, and then the first in order.
func (n *Names) mailbox(mailbox string) (of naming, ok bool) {
	parts := strings.FieldsFunc(mailbox, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, begin := range slices.Sorted(maps.Keys(n.begins)) {
		for _, one := range n.begins[begin] {
			if ok && !of.doubtful {
				return of, ok
			}
			if one.doubtful && utf8.RuneCountInString(one.words[0]) < 2 {
				continue
			}
			whole := strings.Join(one.words, "")
			short := strings.ReplaceAll(whole, ".", "")
			reversed := ""
			if len(one.words) > 1 {
				reversed = one.words[len(one.words)-1] + strings.TrimSuffix(one.words[0], ".")
			}
			if slices.ContainsFunc(append(parts, strings.Join(parts, "")), func(p string) bool { return p == whole || p == short && len(short) > 2 || p == reversed }) {
				if !ok || !one.doubtful {
					of, ok = one, true
				}
			}
		}
	}
	return of, ok
}
