package day

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/language"
	"hark/internal/nearest"
	"hark/internal/plain"
)

// token is a word of a text, or a part of one, as far as days go: "3dec" is two,
// and so is "next-week".
type token struct {
	from, to int    // the whole word in the text, with punctuation and backslashes
	core     string // what counts of it: folded, without punctuation
	typed    string // the whole word as typed, without punctuation
	escapes  int    // the backslashes that the word begins with
	first    bool   // of the parts of its word
	last     bool
	behind   string // the punctuation behind the word
}

// tokens takes a text apart.
func tokens(text string) []token {
	const average = 6 // bytes of a word and its blank
	all := make([]token, 0, len(text)/average+1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		word := text[i:]
		if end := strings.IndexFunc(word, unicode.IsSpace); end >= 0 {
			word = word[:end]
		}
		w := token{from: i, to: i + len(word), escapes: len(word) - len(strings.TrimLeft(word, `\`))}
		bare := strings.TrimLeft(word[w.escapes:], "([{")
		core := strings.TrimRight(bare, ".,;:!?)]}")
		w.typed, w.behind = core, bare[len(core):]
		i = w.to
		parts := []string{plain.Fold(core)}
		if len(core) <= longestToken {
			parts = pieces(parts[0])
		}
		for n, p := range parts {
			w.core, w.first, w.last = p, n == 0, n == len(parts)-1
			all = append(all, w)
		}
	}
	return all
}

// longestToken is how many bytes a word may have to say a day.
const longestToken = 40

// stops reports whether nothing behind the word can belong to the same day.
func (w token) stops() bool {
	if strings.ContainsAny(w.behind, ";!?)") {
		return true
	}
	const abbreviation = 5 // letters, as in "sept."
	return strings.HasPrefix(w.behind, ".") && len(w.core) > abbreviation
}

// pieces splits a word that is several words of a day written as one. Any other
// word stays whole.
func pieces(core string) []string {
	if core == "" || isDay(core) {
		return []string{core}
	}
	for _, split := range []func(string) []string{elided, hyphened, numbered, glued} {
		parts := split(core)
		if len(parts) < 2 {
			continue
		}
		for i := 0; i < len(parts); i++ {
			if more := pieces(parts[i]); len(more) > 1 {
				parts = slices.Replace(parts, i, i+1, more...)
			}
		}
		if !slices.ContainsFunc(parts, func(p string) bool { return !isDay(p) && p != "due" }) {
			return parts
		}
	}
	return []string{core}
}

// elided splits d'ici and l'an.
func elided(core string) []string {
	before, after, ok := strings.Cut(core, "'")
	switch {
	case !ok || after == "":
		return nil
	case slices.Contains([]string{"d", "l", "qu", "jusqu"}, before):
		return []string{before, after}
	case after == "s": // friday's
		return []string{before, "of"}
	}
	return nil
}

// hyphened splits 3-dec-2026, mid-december, next-week and by:friday.
func hyphened(core string) []string {
	return strings.FieldsFunc(core, func(r rune) bool { return strings.ContainsRune("-/_.:=", r) })
}

// numbered splits 3dec and kw50.
func numbered(core string) []string {
	var parts []string
	for i := 0; i < len(core); {
		digits := isDigit(core[i])
		end := i + 1
		for end < len(core) && isDigit(core[end]) == digits {
			end++
		}
		parts = append(parts, core[i:end])
		i = end
	}
	return parts
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// glued splits nextweek, endofmonth and duefriday.
func glued(core string) []string {
	for _, lead := range []string{"due", "next", "this", "endof", "end", "mid", "early", "late", "every"} {
		if rest, ok := strings.CutPrefix(core, lead); ok && isDay(rest) && len(rest) > 2 {
			if lead == "endof" {
				lead = "end"
			}
			return []string{lead, rest}
		}
	}
	for _, tail := range []string{"ish", "end"} {
		if rest, ok := strings.CutSuffix(core, tail); ok && isDay(rest) && len(rest) > 2 {
			return []string{rest, tail}
		}
	}
	return nil
}

// isDay reports whether a word can be part of a day in any language.
func isDay(core string) bool {
	if _, ok := numberWord(core, ""); ok {
		return true
	}
	return slices.ContainsFunc(language.Languages(), func(l language.Language) bool { return l.Words(core) != nil })
}

// The parts of a day that are written in digits, in every language.
const (
	partDigits language.Part = '9' // 1 to 31 can be a day
	partYear   language.Part = 'Y'
	partJoined language.Part = 'j' // 2026-12-03, 3/12
)

// piece is one thing that a word can mean in what says a day.
type piece struct {
	language.Word
	core  string
	in    []language.Language // that know it so, the first one first; none for digits, which are the same everywhere
	guess bool                // the word was mistyped
}

// among reports whether a word is one of some parts.
func (p piece) among(parts ...language.Part) bool { return slices.Contains(parts, p.Part) }

// first is the language that a word was understood in.
func (p piece) first() language.Language {
	if len(p.in) == 0 {
		return ""
	}
	return p.in[0]
}

// parts returns what the words from i on can mean as one, and how many of them
// that takes; 0 when they belong to no day.
func (in Reader) parts(words []token, i int) (meanings []piece, taken int) {
	most := 1
	for most < language.LongestPhrase && i+most < len(words) {
		w := words[i+most-1]
		if w.behind != "" && w.last || words[i+most].escapes > 0 {
			break
		}
		most++
	}
	for n := most; n > 0; n-- {
		cores := make([]string, n)
		for k := range cores {
			cores[k] = words[i+k].core
		}
		if all := in.meanings(strings.Join(cores, " ")); len(all) > 0 {
			return all, n
		}
	}
	w := words[i]
	if p, ok := numberWord(w.core, w.behind); ok {
		if isCount(p) && strings.HasPrefix(w.behind, ".") && i+1 < len(words) {
			p.Part = language.Ordinal // 3. December
		}
		return []piece{p}, 1
	}
	return in.guesses(w), 1
}

// meanings returns what a word means in the languages of the context, those of
// the interview first. A whole word of another language is understood too, as
// long as these have none like it.
func (in Reader) meanings(core string) []piece {
	var all []piece
	add := func(l language.Language, whole bool) {
		for _, w := range l.Words(core) {
			if whole && (w.Short || len(core) < len("lundi")-1) {
				continue
			}
			same := func(o piece) bool { return o.Part == w.Part && o.N == w.N }
			if i := slices.IndexFunc(all, same); i < 0 {
				all = append(all, piece{Word: w, core: core, in: []language.Language{l}})
			} else {
				all[i].Short = all[i].Short && w.Short
				all[i].in = append(all[i].in, l)
			}
		}
	}
	for _, l := range in.languages() {
		add(l, false)
	}
	if len(all) == 0 {
		for _, l := range language.Languages() {
			add(l, true)
		}
	}
	return all
}

// languages are those in which abbreviations count.
func (in Reader) languages() []language.Language {
	if in.Language == "" {
		return language.Languages()
	}
	return slices.Compact([]language.Language{in.Language, language.English})
}

// guesses returns the day that a mistyped word was probably meant to be.
func (in Reader) guesses(w token) []piece {
	const short, long, longest = 6, 8, 16
	foreign := func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }
	if len(w.core) < short-1 || len(w.core) > longest || strings.ContainsFunc(w.core, foreign) {
		return nil
	}
	best, from, least := "", language.Language(""), 3
	for _, l := range append(in.languages(), language.Languages()...) {
		for _, name := range l.Names() {
			if name[0] != w.core[0] {
				continue // hardly anybody mistypes that letter
			}
			most := 1
			if len(name) >= long {
				most = 2
			}
			if slips := nearest.Slips(w.core, name); len(name) >= short && slips <= most && slips < least && w.core != name+"s" {
				best, from, least = name, l, slips
			}
		}
	}
	if best == "" {
		return nil
	}
	var all []piece
	for _, word := range from.Words(best) {
		all = append(all, piece{Word: word, core: best, in: []language.Language{from}, guess: true})
	}
	return all
}
