package insight

import (
	"cmp"
	"slices"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Untagged returns the problems that have no theme and were not set aside, newest first.
func Untagged(all []interview.Summary) []Problem {
	var untagged []Problem
	for _, s := range live(all) {
		for _, p := range problemsOf(s) {
			if len(p.Themes) == 0 && p.Status != interview.Aside {
				untagged = append(untagged, p)
			}
		}
	}
	return untagged
}

// Suggestion is what themes a problem without one could have.
type Suggestion struct {
	Problem Problem
	// Themes are at most three, the likeliest first.
	Themes []SuggestedTheme
}

// SuggestedTheme is one theme that a problem could have.
type SuggestedTheme struct {
	Name string
	// New says that no problem has the theme yet: it is a word that problems without a theme share.
	New bool
	// Words are those that the problem shares with the others, as it has them.
	Words []string
	// Like are problems that share these words, at most three, those with more of the words first.
	Like []Problem
}

const (
	mostSuggested = 3
	mostAlike     = 3
	// leastShare is how much of the use of the shared words, added up, must fall
	// to the theme: in thousandths of one word.
	whole      = 1000
	leastShare = whole
	// leastWords is how many words must be shared, unless one is the theme's name.
	leastWords = 2
	// leastStem is how long a word is that counts, and leastLetters one that could
	// be a theme by itself.
	leastStem    = 3
	leastLetters = 4
)

// Suggest returns themes for the problems that have none and were not set aside,
// newest first, of at most limit problems (all when limit is 0); problems for
// which there is nothing to suggest are left out.
//
// A theme is suggested when its name stands in the problem's statement or quote, or when at least
// two of their words also stand in problems of that theme and these words, taken together, are used
// there more than elsewhere. Where no theme is likely, and another interview has a problem without
// a theme that shares a word, that word is suggested. Words are compared without their English
// endings, and those that say little by themselves do not count.
func Suggest(all []interview.Summary, limit int) []Suggestion {
	v := vocabulary{
		stop: stopWords(), named: map[string][]string{}, known: map[string]bool{}, themed: map[string]*themedStem{}, loose: map[string]*looseStem{},
	}
	var untagged []*worded
	for _, s := range live(all) {
		for _, l := range s.Tagged {
			v.know(l.Themes)
		}
		for _, p := range problemsOf(s) {
			v.know(p.Themes)
			if p.Status == interview.Aside {
				continue
			}
			w := v.read(p)
			if len(p.Themes) == 0 {
				untagged = append(untagged, w)
				v.addLoose(w)
			} else {
				v.addThemed(w)
			}
		}
	}
	var suggestions []Suggestion
	for _, w := range untagged {
		if limit > 0 && len(suggestions) == limit {
			break
		}
		themes := v.themesFor(w)
		if len(themes) == 0 {
			themes = v.newThemeFor(w)
		}
		if len(themes) > 0 {
			suggestions = append(suggestions, Suggestion{Problem: w.problem, Themes: themes})
		}
	}
	return suggestions
}

// worded is a problem with its words, in order.
type worded struct {
	problem Problem
	words   []word
}

// word is one word of a problem: its stem, which is there once, and how it is written.
type word struct{ stem, written string }

// vocabulary is which stems are used where.
type vocabulary struct {
	stop   map[string]bool
	known  map[string]bool     // themes
	named  map[string][]string // the themes of a name with that stem
	themed map[string]*themedStem
	loose  map[string]*looseStem
}

// themedStem is where a stem is used in problems with themes.
type themedStem struct {
	problems int
	by       map[string][]*worded // by theme, newest first
}

// looseStem is where a stem is used in problems without a theme.
type looseStem struct {
	problems []*worded // newest first
	in       map[interview.ID]int
	// shortest is how it is written there: the shortest way, and of several the
	// first in the alphabet.
	shortest string
}

// read takes the words of a problem apart.
func (v *vocabulary) read(p Problem) *worded {
	w := &worded{problem: p}
	text := p.Statement
	if p.Quote.Text != p.Statement {
		text += " " + p.Quote.Text
	}
	for b := range plain.Words([]byte(plain.Fold(text))) {
		if len(b) < leastStem || v.stop[string(b)] {
			continue
		}
		one := word{written: string(b)}
		one.stem = stem(one.written)
		if !slices.ContainsFunc(w.words, func(other word) bool { return other.stem == one.stem }) {
			w.words = append(w.words, one)
		}
	}
	return w
}

// know takes note of themes, whether or not a problem that stands has them.
func (v *vocabulary) know(themes []string) {
	for _, name := range themes {
		if !v.known[name] {
			v.known[name] = true
			st := stem(plain.Fold(name))
			v.named[st] = append(v.named[st], name)
		}
	}
}

func (v *vocabulary) addThemed(w *worded) {
	for _, one := range w.words {
		use := v.themed[one.stem]
		if use == nil {
			use = &themedStem{by: map[string][]*worded{}}
			v.themed[one.stem] = use
		}
		use.problems++
		for _, theme := range w.problem.Themes {
			use.by[theme] = append(use.by[theme], w)
		}
	}
}

func (v *vocabulary) addLoose(w *worded) {
	for _, one := range w.words {
		use := v.loose[one.stem]
		if use == nil {
			use = &looseStem{in: map[interview.ID]int{}, shortest: one.written}
			v.loose[one.stem] = use
		}
		use.problems = append(use.problems, w)
		use.in[w.problem.Ref.Interview]++
		if n := cmp.Compare(len(one.written), len(use.shortest)); n < 0 || n == 0 && one.written < use.shortest {
			use.shortest = one.written
		}
	}
}

// likely is a theme that a problem could have.
type likely struct {
	name  string
	words []word
	share int
	named bool // its name is one of the words
}

// themesFor returns the themes that a problem could have, of those there are.
func (v *vocabulary) themesFor(w *worded) []SuggestedTheme {
	at := map[string]*likely{}
	of := func(name string) *likely {
		if at[name] == nil {
			at[name] = &likely{name: name}
		}
		return at[name]
	}
	for _, one := range w.words {
		for _, name := range v.named[one.stem] {
			l := of(name)
			l.named = true
			l.share += leastWords * whole // the name says more than any other word
			l.words = append(l.words, one)
		}
		use := v.themed[one.stem]
		if use == nil {
			continue
		}
		for name, problems := range use.by {
			l := of(name)
			l.share += whole * len(problems) / use.problems
			if n := len(l.words); n == 0 || l.words[n-1] != one {
				l.words = append(l.words, one)
			}
		}
	}
	var fit []*likely
	for _, l := range at {
		if l.named || len(l.words) >= leastWords && l.share >= leastShare {
			fit = append(fit, l)
		}
	}
	slices.SortFunc(fit, func(a, b *likely) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.name, b.name))
	})
	var themes []SuggestedTheme
	for _, l := range fit[:min(len(fit), mostSuggested)] {
		one := SuggestedTheme{Name: l.name}
		var uses [][]*worded
		for _, shared := range l.words {
			one.Words = append(one.Words, shared.written)
			if use := v.themed[shared.stem]; use != nil {
				uses = append(uses, use.by[l.name])
			}
		}
		one.Like = alike(w, uses)
		themes = append(themes, one)
	}
	return themes
}

// newThemeFor returns the word that most problems without a theme in other
// interviews share with this one, and of several the longest.
func (v *vocabulary) newThemeFor(w *worded) []SuggestedTheme {
	var best word
	most := 0
	for _, one := range w.words {
		use := v.loose[one.stem]
		others := len(use.problems) - use.in[w.problem.Ref.Interview]
		if len(one.written) >= leastLetters && (others > most || others == most && others > 0 && len(one.stem) > len(best.stem)) {
			best, most = one, others
		}
	}
	if most == 0 {
		return nil
	}
	use := v.loose[best.stem]
	return []SuggestedTheme{{
		Name: use.shortest, New: true, Words: []string{best.written}, Like: alike(w, [][]*worded{use.problems}),
	}}
}

// alike returns the problems that share most words with one, newest first where they share as many;
// uses are those that use each of its words. Of a word that very many use, the newest will do.
func alike(w *worded, uses [][]*worded) []Problem {
	const most = 50
	shared := map[*worded]int{}
	var like []*worded
	for _, use := range uses {
		for _, o := range use[:min(len(use), most)] {
			if o == w {
				continue
			}
			if shared[o] == 0 {
				like = append(like, o)
			}
			shared[o]++
		}
	}
	slices.SortFunc(like, func(a, b *worded) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), compareRefs(a.problem.Ref, b.problem.Ref))
	})
	var problems []Problem
	for _, o := range like[:min(len(like), mostAlike)] {
		problems = append(problems, o.problem)
	}
	return problems
}
