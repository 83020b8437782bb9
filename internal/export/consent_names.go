package export

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// StillNamed returns the people who are not on our side and may not be named but whose names occur
// in what was said or noted, which is never changed. The seller should read it over before passing
// it on. Each is listed once, in the order of People.
func (p *Page) StillNamed() []string {
	a := p.w.audience
	if a.names {
		return nil
	}
	found := map[interview.ID]bool{}
	var folded []byte
	for _, b := range p.blocks() {
		for _, s := range b.spans {
			if s.sort != saidText && s.sort != quotedText {
				continue
			}
			folded = plain.AppendFold(folded[:0], s.text)
			if a.filter.mayMatch(folded) {
				a.filter.each(s.text, false, func(n hiddenName, _, _ int) { found[n.who] = true })
			}
		}
	}
	var all []string
	for _, person := range a.iv.People {
		if found[person.ID] {
			all = append(all, person.Name)
		}
	}
	return all
}

// nameFilter finds the names that the audience may not see. It does not change after it was made.
type nameFilter struct {
	names  []hiddenName
	begins *[256]bool // whether any of the names begins with that byte
}

// A hiddenName is one way of naming somebody who may not be named.
type hiddenName struct {
	name   string // folded
	folded []byte // the same
	small  bool   // begins with a lower-case letter
	who    interview.ID
	label  string // what replaces it
}

// newFilter returns a filter for full names and for the capitalised words in them, longer ones
// first; an empty one if everybody may be named.
func (a audience) newFilter() nameFilter {
	if a.names {
		return nameFilter{}
	}
	var names []hiddenName
	begins := &[256]bool{}
	for _, p := range a.iv.People {
		if p.Side == interview.Ours {
			continue
		}
		for _, full := range append([]string{p.Name}, p.Also...) {
			for i, name := range append([]string{full}, strings.Fields(full)...) {
				first, _ := utf8.DecodeRuneInString(name)
				small := unicode.IsLower(first)
				if folded := plain.Fold(name); utf8.RuneCountInString(folded) > 1 && (i < 2 || !small) {
					names = append(names, hiddenName{folded, []byte(folded), small, p.ID, a.label(p)})
					begins[folded[0]] = true
				}
			}
		}
	}
	slices.SortStableFunc(names, func(a, b hiddenName) int { return cmp.Compare(len(b.name), len(a.name)) })
	return nameFilter{names, begins}
}

// mayMatch reports whether any of the names occurs in a folded text, possibly within a word. It is
// a fast check, as most texts name nobody.
func (f nameFilter) mayMatch(folded []byte) bool {
	for i, c := range folded {
		if !f.begins[c] {
			continue
		}
		if slices.ContainsFunc(f.names, func(n hiddenName) bool { return bytes.HasPrefix(folded[i:], n.folded) }) {
			return true
		}
	}
	return false
}

// each calls found for the names that occur in a text as whole words, with the byte offsets of
// their beginning and end. Unless anyCase is set, "will" does not match Will.
func (f nameFilter) each(text string, anyCase bool, found func(n hiddenName, from, to int)) {
	folded := plain.FoldIndex(text)
	in := folded.String()
	before := ' '
	for at := 0; at < len(in); {
		r, size := utf8.DecodeRuneInString(in[at:])
		if !unicode.IsLetter(before) {
			if n, ok := f.prefix(in[at:]); ok {
				from, to := folded.Span(at, at+len(n.name))
				if first, _ := utf8.DecodeRuneInString(text[from:]); anyCase || n.small || !unicode.IsLower(first) {
					found(n, from, to)
					at, before = at+len(n.name), 'x'
					continue
				}
			}
		}
		at, before = at+size, r
	}
}

// prefix returns the first name with which a folded text begins, as a whole word.
func (f nameFilter) prefix(text string) (hiddenName, bool) {
	for _, n := range f.names {
		if rest, ok := strings.CutPrefix(text, n.name); ok {
			if after, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(after) {
				return n, true
			}
		}
	}
	return hiddenName{}, false
}

// withoutNames replaces names that may not be told by roles, in the seller's notes on who does
// what. What somebody said is not altered; shows decides on that.
func (a audience) withoutNames(text string) string { return a.filter.replace(text, false) }

// bears is withoutNames for who bears a problem, where a name is one in any case.
func (a audience) bears(text string) string { return a.filter.replace(text, true) }

func (f nameFilter) replace(text string, anyCase bool) string {
	if text == "" || len(f.names) == 0 || !f.mayMatch(plain.AppendFold(nil, text)) {
		return text
	}
	var b strings.Builder
	last := 0
	f.each(text, anyCase, func(n hiddenName, from, to int) {
		b.WriteString(text[last:from] + n.label)
		last = to
	})
	return b.String() + text[last:]
}
