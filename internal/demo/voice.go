package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
)

// voice makes up sentences of one trade. Words are drawn with the frequencies of a living language:
// a few all the time, most of them hardly ever.
type voice struct {
	lex   *lexicon
	trade list
	dice  *rand.Rand
	// people are the names of those who take part.
	people []string
}

// pick draws one of several, each with the same probability.
func pick[T any](v *voice, all []T) T { return all[v.dice.IntN(len(all))] }

// word draws a word from a list in the order of frequency: the n-th is drawn about n times less
// often than the first.
func (v *voice) word(all []string) string {
	const even = 4 // how many at the front are about as frequent
	at := rand.NewZipf(v.dice, 1.1, even, uint64(len(all)-1)).Uint64()
	return all[at]
}

// chance is true so many times in a hundred.
func (v *voice) chance(percent int) bool { return v.dice.IntN(100) < percent }

// say returns a sentence of a kind.
func (v *voice) say(kind string) string { return v.fill(pick(v, v.lex.lines[kind])) }

// spoken returns what somebody says aloud: a sentence of a kind, sometimes several, with a capital
// first.
func (v *voice) spoken(kind string) string {
	text := upper(v.say(kind))
	for v.chance(30) {
		text = ended(text) + " " + upper(v.say(kind))
	}
	if kind == string(interview.Quote) && v.chance(30) {
		text = strings.TrimRight(text, ".") + ", " + v.say("tail")
	}
	return text
}

// fill puts words into the slots of a sentence.
func (v *voice) fill(sentence string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		word := v.slot(slot)
		if (before == "a " || strings.HasSuffix(before, " a ")) && strings.ContainsAny(word[:1], "aeio") {
			text := strings.TrimSuffix(b.String(), " ")
			b.Reset()
			b.WriteString(text + "n ")
		}
		b.WriteString(word)
		sentence = after
	}
}

// slot draws a word for a slot.
func (v *voice) slot(name string) string {
	switch name {
	case "thing":
		return v.thing()
	case "things":
		return plural(v.thing())
	case "compound":
		return v.word(v.trade["things"]) + " " + v.word(v.trade["things"])
	case "place", "role", "act":
		return v.word(v.trade[name+"s"])
	case "who":
		if v.chance(50) {
			return "the " + v.word(v.trade["roles"])
		}
		return v.someone()
	case "name":
		return v.someone()
	case "firm":
		return v.firm(v.trade)
	case "code":
		return v.code()
	case "town":
		return v.word(v.lex.names["town"])
	case "n":
		return strconv.Itoa(10 + v.dice.IntN(50))
	case "few":
		return strconv.Itoa(2 + v.dice.IntN(7))
	default: // day, month, share, clock
		return v.word(v.lex.common[name+"s"])
	}
}

func (v *voice) thing() string {
	word := v.word(v.trade["things"])
	if v.chance(8) {
		word += " " + v.word(v.trade["things"])
	}
	return word
}

// someone returns a person's name, often of one who takes part.
func (v *voice) someone() string {
	if len(v.people) > 0 && v.chance(60) {
		given, _, _ := strings.Cut(pick(v, v.people), " ")
		return given
	}
	return v.word(v.lex.names["given"])
}

// person makes up a name.
func (v *voice) person() string {
	return pick(v, v.lex.names["given"]) + " " + pick(v, v.lex.names["family"])
}

// code makes up a number of a thing. Hardly any comes twice.
func (v *voice) code() string {
	const letters = "ABCDEFGHKLMNPRSTUVWXYZ"
	return fmt.Sprintf("%c%c-%04d", letters[v.dice.IntN(len(letters))], letters[v.dice.IntN(len(letters))], v.dice.IntN(10000))
}

// firm makes up the name of a firm of a trade.
func (v *voice) firm(trade list) string {
	names, kind := v.lex.names, pick(v, trade["kinds"])
	switch v.dice.IntN(6) {
	case 0:
		return pick(v, names["town"]) + " " + kind
	case 1:
		return pick(v, names["family"]) + " " + kind
	case 2:
		return pick(v, names["family"]) + " & " + pick(v, names["family"])
	default:
		return pick(v, names["first"]) + pick(v, names["second"]) + pick(v, names["third"]) + " " + kind
	}
}

// plural returns the plural of a thing.
func plural(s string) string {
	if head, of, found := strings.Cut(s, " of "); found {
		return plural(head) + " of " + of
	}
	switch {
	case strings.HasSuffix(s, "y") && !strings.HasSuffix(s, "ay") && !strings.HasSuffix(s, "ey"):
		return strings.TrimSuffix(s, "y") + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

// upper returns a sentence with its first letter as a capital.
func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// ended returns a sentence with a mark at its end.
func ended(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}
