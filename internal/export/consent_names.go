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

// StillNamed returns the people on the customer's side who are not to be named,
// and whose names stand in what is written of the interview all the same: in
// words that somebody said or noted, which hark does not change. Whoever passes
// it on should read it over. Each is there once, in the order of People.
func StillNamed(iv *interview.Interview, opts Options) []string {
	return LayOut(iv, opts).StillNamed()
}

// StillNamed returns what the function StillNamed does.
func (l *Laid) StillNamed() []string {
	if l.w.voice.names {
		return nil
	}
	return l.w.voice.namedIn(l.page())
}

// namedIn returns whose names stand in the texts of a page.
func (v voice) namedIn(p page) []string {
	there := map[interview.ID]bool{}
	var folded []byte
	for _, b := range p {
		for _, s := range b.spans {
			if s.sort != saidText && s.sort != quotedText {
				continue
			}
			folded = plain.AppendFold(folded[:0], s.text)
			if v.mayName(folded) {
				v.eachName(s.text, false, func(n hidden, _, _ int) { there[n.who] = true })
			}
		}
	}
	var all []string
	for _, person := range v.iv.OnSide(interview.Theirs) {
		if there[person.ID] {
			all = append(all, person.Name)
		}
	}
	return all
}

// mayName reports whether any of the names to hide is in a folded text, be it
// inside of a word. Most texts name nobody, and this look is quick.
func (v voice) mayName(folded []byte) bool {
	for i, c := range folded {
		if !v.hide.begins[c] {
			continue
		}
		if slices.ContainsFunc(v.hide.names, func(n hidden) bool { return bytes.HasPrefix(folded[i:], n.folded) }) {
			return true
		}
	}
	return false
}

// hiding is what names are not to be told. It is not changed once it is made.
type hiding struct {
	names  []hidden
	begins *[256]bool // whether any of the names begins with that byte
}

// A hidden is one way of naming somebody who is not to be named.
type hidden struct {
	name   string // folded
	folded []byte // the same
	small  bool   // it is typed without a capital
	who    interview.ID
	label  string // what they are called instead
}

// toHide returns the names that are not to be told, none if all may be: whole
// ones and the words in them that have a capital, longer ones first.
func (v voice) toHide() hiding {
	if v.names {
		return hiding{}
	}
	var names []hidden
	begins := &[256]bool{}
	for _, p := range v.iv.OnSide(interview.Theirs) {
		for i, name := range append([]string{p.Name}, strings.Fields(p.Name)...) {
			first, _ := utf8.DecodeRuneInString(name)
			small := unicode.IsLower(first)
			if folded := plain.Fold(name); utf8.RuneCountInString(folded) > 1 && (i < 2 || !small) {
				names = append(names, hidden{folded, []byte(folded), small, p.ID, v.label(p)})
				begins[folded[0]] = true
			}
		}
	}
	slices.SortStableFunc(names, func(a, b hidden) int { return cmp.Compare(len(b.name), len(a.name)) })
	return hiding{names, begins}
}

// eachName calls found with the names that stand on their own in a text, and
// where. "will" is not Will, unless any case will do.
func (v voice) eachName(text string, anyCase bool, found func(n hidden, from, to int)) {
	folded := plain.FoldIndex(text)
	in := folded.String()
	before := ' '
	for at := 0; at < len(in); {
		r, size := utf8.DecodeRuneInString(in[at:])
		if !unicode.IsLetter(before) {
			if n, ok := beginsWith(in[at:], v.hide.names); ok {
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

// beginsWith returns the first of the names with which a text begins.
func beginsWith(text string, names []hidden) (hidden, bool) {
	for _, n := range names {
		if rest, ok := strings.CutPrefix(text, n.name); ok {
			if after, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(after) {
				return n, true
			}
		}
	}
	return hidden{}, false
}

// withoutNames returns a note of the seller's about who does or bears something,
// with the names of the customer's people replaced by their roles where names are
// not to be told. What somebody said is not altered in this way; see shown.
func (v voice) withoutNames(text string) string { return v.replaced(text, false) }

// bears is withoutNames for who bears a problem, where a name is a name however
// it is typed.
func (v voice) bears(text string) string { return v.replaced(text, true) }

func (v voice) replaced(text string, anyCase bool) string {
	if text == "" || len(v.hide.names) == 0 || !v.mayName(plain.AppendFold(nil, text)) {
		return text
	}
	var b strings.Builder
	last := 0
	v.eachName(text, anyCase, func(n hidden, from, to int) {
		b.WriteString(text[last:from] + n.label)
		last = to
	})
	return b.String() + text[last:]
}
