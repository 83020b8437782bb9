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

// Mark is one row of the table of what can be typed, apart from commands.
type Mark struct {
	Kind  Kind
	Char  string // the character, "" for a plain text
	Usage string // as it is typed: "!text"
	Label string // what the capture box says while it is typed
	Does  string // what it keeps, for help
}

// mark adds the kind of line that Parse makes.
type mark struct {
	Mark
	line interview.LineKind
	// number says that the mark is text directly in front of an amount: >50%, +1 555 0100, ~30.
	number bool
}

// Marks returns the table of what can be typed, in the order in which help
// shows it.
func Marks() []Mark {
	table := marks()
	all := make([]Mark, len(table))
	for i, s := range table {
		all[i] = s.Mark
	}
	return all
}

func marks() [12]mark {
	return [...]mark{
		{Mark{KindParaphrase, "", "text", "their meaning, your words", "a paraphrase"}, interview.Paraphrase, false},
		{Mark{KindQuote, `"`, `"text`, "their words", "a quote, verbatim (a closing quote is optional)"}, interview.Quote, false},
		{Mark{KindProblem, "!", "!text", "a problem, your wording", "a problem: your wording of theirs, or with a quotation mark (!\"text) their very words"}, "", false},
		{Mark{KindObservation, "~", "~text", "what you saw", "an observation"}, interview.Observation, true},
		{Mark{KindStrength, "=", "=text", "what they value", "what they value and would miss"}, interview.Strength, true},
		{Mark{KindThought, ">", ">text", "your thought, held back", "your own thought: held back, never exported unless asked for"}, interview.Thought, true},
		{Mark{KindFollowUp, "?", "?text", "to ask later", "something to ask later"}, interview.FollowUp, false},
		{Mark{KindPromise, "+", "+text", "a promise", "a promise; @who and due friday (or by friday), due 3 dec, due 2026-12-03 are understood"}, "", true},
		{Mark{KindSpeaker, "@", "@Name", "who said it", "in front of any of these: who said it (unknown names become people on their side)"}, "", false},
		{Mark{KindTheme, "#", "#theme", "a theme", "anywhere: a theme"}, "", false},
		{Mark{KindLiteral, `\`, `\`, "as it stands", "in front: takes the next character literally"}, "", false},
		{Mark{KindCommand, "/", "/…", "a command", "a command; each word of a footer is one, as in /weigh 2"}, "", false},
	}
}

// markOf returns the row of a kind.
func markOf(kind Kind) mark {
	for _, s := range marks() {
		if s.Kind == kind {
			return s
		}
	}
	return mark{}
}

// kindOf returns the kind of a kept line.
func kindOf(kind interview.LineKind) Kind {
	for _, s := range marks() {
		if s.line == kind {
			return s.Kind
		}
	}
	return KindParaphrase
}

// opens returns the row of the mark that s begins with, and how many bytes the
// mark takes. A text without one is a paraphrase. The marks that can stand in
// front of any line are not looked for.
func opens(s string) (mark, int) {
	table := marks()
	if s == "" {
		return table[0], 0
	}
	r, size := utf8.DecodeRuneInString(s)
	char := asMark(r)
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
		case char != rune(row.Char[0]):
		case row.number && isAmount(s[size:]), row.Kind == KindProblem && isImage(s[size:]), row.Kind != KindCommand && (isRow(s, size) || row.Kind != KindThought && isOperator(char, s[size:])),
			row.Kind == KindCommand && isApart(s[size:]):
			return table[0], 0
		default:
			return row, size
		}
	}
	return table[0], 0
}

// isApart reports whether a text begins with a blank, and with no command behind it: "/ per shift"
// is no beginning of /person.
func isApart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsSpace(r) || Blank(s) {
		return false
	}
	fit, name, _ := findCommand(s)
	return len(fit) != 1 || !fit[0].isCalled(name)
}
