package capture

import (
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
)

// Kind says what a line, or a mark in it, is.
type Kind string

// The kinds of line, and of marks that can stand in lines of any kind.
const (
	KindParaphrase  Kind = "paraphrase"
	KindQuote       Kind = "quote"
	KindProblem     Kind = "problem"
	KindObservation Kind = "observation"
	KindStrength    Kind = "strength"
	KindThought     Kind = "thought"
	KindFollowUp    Kind = "follow-up"
	KindPromise     Kind = "promise"
	KindSpeaker     Kind = "speaker" // @Name in front
	KindTheme       Kind = "theme"   // #theme anywhere
	KindLiteral     Kind = "literal" // \ in front
	KindCommand     Kind = "command"
)

// Sigil is one row of the table of what can be typed, apart from commands.
type Sigil struct {
	Kind  Kind
	Mark  string // the character, "" for a plain text
	Usage string // as it is typed: "!text"
	Label string // what the capture box says while it is typed
	Does  string // what it keeps, for help
}

// sigil adds the kind of line that Parse makes.
type sigil struct {
	Sigil
	line interview.LineKind
	// number says that the mark is text directly in front of an amount: >50%, +1 555 0100, ~30.
	number bool
}

// Sigils returns the table of what can be typed, in the order in which help
// shows it.
func Sigils() []Sigil {
	table := sigils()
	all := make([]Sigil, len(table))
	for i, s := range table {
		all[i] = s.Sigil
	}
	return all
}

func sigils() [12]sigil {
	return [...]sigil{
		{Sigil{KindParaphrase, "", "text", "their meaning, your words", "a paraphrase"}, interview.Paraphrase, false},
		{Sigil{KindQuote, `"`, `"text`, "their words", "a quote, verbatim (a closing quote is optional)"}, interview.Quote, false},
		{Sigil{KindProblem, "!", "!text", "a problem, in their words", "a problem in their words (also kept as a quote)"}, "", false},
		{Sigil{KindObservation, "~", "~text", "what you saw", "an observation"}, interview.Observation, true},
		{Sigil{KindStrength, "=", "=text", "what they value", "what they value and would miss"}, interview.Strength, true},
		{Sigil{KindThought, ">", ">text", "your thought, held back", "your own thought: held back, never exported unless asked for"}, interview.Thought, true},
		{Sigil{KindFollowUp, "?", "?text", "to ask later", "something to ask later"}, interview.FollowUp, false},
		{Sigil{KindPromise, "+", "+text", "a promise", "a promise; @who and due friday (or by friday), due 3 dec, due 2026-12-03 are understood"}, "", true},
		{Sigil{KindSpeaker, "@", "@Name", "who said it", "in front of any of these: who said it (unknown names become people on their side)"}, "", false},
		{Sigil{KindTheme, "#", "#theme", "a theme", "anywhere: a theme"}, "", false},
		{Sigil{KindLiteral, `\`, `\`, "as it stands", "in front: takes the next character literally"}, "", false},
		{Sigil{KindCommand, "/", "/…", "a command", "a command; each word of a footer is one, as in /weigh 2"}, "", false},
	}
}

// sigilOf returns the row of a kind.
func sigilOf(kind Kind) sigil {
	for _, s := range sigils() {
		if s.Kind == kind {
			return s
		}
	}
	return sigil{}
}

// kindOf returns the kind of a kept line.
func kindOf(kind interview.LineKind) Kind {
	for _, s := range sigils() {
		if s.line == kind {
			return s.Kind
		}
	}
	return KindParaphrase
}

// opens returns the row of the sigil that s begins with, and how many bytes the
// sigil takes. A text without one is a paraphrase. The marks that can stand in
// front of any line are not looked for.
func opens(s string) (sigil, int) {
	table := sigils()
	if s == "" {
		return table[0], 0
	}
	r, size := utf8.DecodeRuneInString(s)
	mark := asMark(r)
	for _, row := range table {
		switch row.Kind {
		case KindSpeaker, KindTheme, KindLiteral, KindParaphrase:
			continue
		case KindQuote:
			if _, n := opensQuote(s); n > 0 {
				return row, n
			}
			continue
		case KindProblem, KindObservation, KindStrength, KindThought, KindFollowUp, KindPromise, KindCommand:
		}
		switch {
		case mark != rune(row.Mark[0]):
		case row.number && isAmount(s[size:]), row.Kind == KindProblem && isImage(s[size:]), row.Kind != KindCommand && isRow(s, size),
			row.Kind == KindCommand && isApart(s[size:]):
			return table[0], 0
		default:
			return row, size
		}
	}
	return table[0], 0
}

// isApart reports whether a text begins with a blank, and with no command behind it: "/ per shift" is
// no beginning of /person.
func isApart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsSpace(r) || Blank(s) {
		return false
	}
	fit, name, _ := findCommand(s)
	return len(fit) != 1 || !fit[0].isCalled(name)
}
