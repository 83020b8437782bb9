package export

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Unnamed is somebody who may not be named.
type Unnamed struct {
	// Names are all names of theirs. The first is the one by which the seller knows them.
	Names []string
	// Label is what stands in place of a name: the role, or "customer".
	Label string
}

// naming is one way of naming somebody.
type naming struct {
	words []string // folded; between them can be a blank, a stop, a hyphen, an underscore or nothing
	// reversed says that the last name comes first, perhaps with a comma behind it.
	reversed bool
	// ordinary says that the one word is an ordinary word as well, doubtful that it is too short to
	// be known for a name, as initials are, or is a name of somebody on our side.
	ordinary, doubtful bool
	who                []int // the people whose it is
	label              string
}

// ordinaryWords are folded words that are names as well, each on a line: first and last names of the
// languages that hark is used in.
//
//go:embed ordinary.txt
var ordinaryWords string

// ordinary reports whether a folded word of a name is an ordinary word as well. Words of two letters
// are, in one language or another.
func ordinary(word string) bool {
	return spaced(word) && utf8.RuneCountInString(word) < 3 || strings.Contains(ordinaryWords, "\n"+word+"\n")
}

// spaced reports whether a word is of a script that puts blanks between words.
func spaced(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return !plain.Alone(r)
}

// namingsOf returns the ways of naming people, of which those in ours are names of somebody on our
// side as well; longer ones first.
func namingsOf(people []Unnamed, ours []string) []naming {
	g := namingGathering{at: map[string]int{}}
	for who, p := range people {
		for _, name := range p.Names {
			g.name(who, p.Label, name)
		}
	}
	shared := map[string]bool{}
	for _, name := range ours {
		words, _ := wordsOfName(name)
		for _, word := range words {
			shared[plain.Fold(word)] = true
		}
	}
	for i := range g.all {
		n := &g.all[i]
		n.doubtful = n.doubtful || len(n.words) == 1 && shared[n.words[0]]
	}
	slices.SortStableFunc(g.all, func(a, b naming) int { return b.length() - a.length() })
	return g.all
}

func (n naming) length() int {
	length := 0
	for _, w := range n.words {
		length += len(w)
	}
	return length
}

// namingGathering gathers namings, each once.
type namingGathering struct {
	all []naming
	at  map[string]int
}

// add adds a naming of somebody. One that several people have in common names any of them, and is
// replaced by what is true of all.
func (g *namingGathering) add(who int, label string, n naming) {
	key := strings.Join(n.words, " ")
	i, known := g.at[key]
	if !known {
		i = len(g.all)
		g.at[key] = i
		n.label = label
		g.all = append(g.all, n)
	}
	have := &g.all[i]
	have.doubtful = have.doubtful && n.doubtful
	if have.label != label {
		have.label = anybody
	}
	if !slices.Contains(have.who, who) {
		have.who = append(have.who, who)
	}
}

// anybody stands for somebody on the customer's side whose role is not known.
const anybody = "customer"

// name adds the namings that a name makes: in full in either order, each of its words, the parts of
// a word with hyphens, with initials, and how it is spelled without umlauts.
func (g *namingGathering) name(who int, label, name string) {
	spellings := []string{name}
	if other := interview.WithoutUmlauts(name); other != name {
		spellings = append(spellings, other)
	}
	for _, spelled := range spellings {
		words, single := wordsOfName(spelled)
		folded := make([]string, len(words))
		for i, w := range words {
			folded[i] = plain.Fold(w)
		}
		if len(folded) > 1 {
			g.add(who, label, naming{words: folded})
			reversed := slices.Clone(folded)
			slices.Reverse(reversed)
			g.add(who, label, naming{words: reversed, reversed: true})
			g.initials(who, label, folded)
		}
		for i, w := range folded {
			if single[i] || len(folded) == 1 {
				g.word(who, label, w)
			}
			if parts := strings.FieldsFunc(w, hyphen); len(parts) > 1 {
				g.add(who, label, naming{words: parts})
				for _, part := range parts {
					g.word(who, label, part)
				}
			}
			if bare := strings.ReplaceAll(w, "'", ""); bare != w {
				g.word(who, label, bare)
			}
		}
		if len(words) == 1 && !spaced(folded[0]) || len(words) == 1 && hangul(firstRune(words[0])) {
			g.parts(who, label, []rune(words[0]))
		}
	}
}

// word adds one word of a name.
func (g *namingGathering) word(who int, label, word string) {
	short := utf8.RuneCountInString(word) < 2
	if short && spaced(word) {
		return
	}
	g.add(who, label, naming{words: []string{word}, ordinary: ordinary(word), doubtful: short})
}

// initials adds "A. Ruiz" and "Ana R.", and the initials alone, which can mean anything.
func (g *namingGathering) initials(who int, label string, words []string) {
	first, last := words[0], words[len(words)-1]
	a, b := string(firstRune(first)), string(firstRune(last))
	if !spaced(first) || !spaced(last) {
		return
	}
	g.add(who, label, naming{words: []string{a + ".", last}})
	g.add(who, label, naming{words: []string{first, b + "."}})
	g.add(who, label, naming{words: []string{a + ".", b}, doubtful: true})
}

// parts adds the first and the last name of somebody whose name is written without a blank, as in
// Chinese, Japanese and Korean, where nothing tells how long either is. One character alone can mean
// anything.
func (g *namingGathering) parts(who int, label string, name []rune) {
	const longest = 5
	if len(name) < 2 || len(name) > longest {
		return
	}
	for n := 1; n < len(name); n++ {
		for _, part := range []string{string(name[:n]), string(name[n:])} {
			few := utf8.RuneCountInString(part) < 2
			if few && !hangul(name[0]) || !few {
				g.add(who, label, naming{words: []string{plain.Fold(part)}, doubtful: few})
			}
		}
	}
}

// wordsOfName returns the words of a name without its titles, and which of them name somebody by
// themselves: all but particles such as "van".
func wordsOfName(name string) (words []string, single []bool) {
	all := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.·・()\"", r) })
	capitals := strings.ContainsFunc(name, unicode.IsUpper)
	for _, w := range all {
		bare := interview.Untitled(plain.Fold(w), plain.Fold)
		switch {
		case bare == "" && len(all) > 1:
			continue
		case bare != "" && bare != plain.Fold(w):
			w = bare // a title that is written together with it
		}
		words = append(words, w)
		single = append(single, !unicode.IsLower(firstRune(w)) || !capitals && (len(words) == 1 || !particle(plain.Fold(w))))
	}
	return words, single
}

// particle reports whether a folded word only joins those of a name.
func particle(word string) bool {
	switch word {
	case "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "el", "al", "bin", "ibn", "ben", "ter", "ten", "zu", "zum", "zur", "of", "the", "y", "e", "i":
		return true
	}
	return false
}

func hyphen(r rune) bool { return r == '-' }

func hangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
