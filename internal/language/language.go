// Package language holds what hark knows of the languages that people speak in meetings: the words
// that say a day, and those that say whose side somebody is on. It is a leaf and knows words alone;
// how they make up a date or a person is read in internal/capture.
package language

import (
	"strconv"
	"strings"
)

// Language is the ISO 639-1 code of a language: "en".
type Language string

// The languages that hark knows words of.
const (
	English Language = "en"
	German  Language = "de"
	French  Language = "fr"
	Spanish Language = "es"
)

// Languages returns all languages, English first.
func Languages() []Language { return []Language{English, German, French, Spanish} }

// Part is what a word can be in what says a day. The letters make up patterns.
type Part byte

// The parts of what says a day. N is the N of [Word].
const (
	Relative Part = 'd' // N days from today: yesterday, today, tomorrow
	Weekday  Part = 'w' // N is a time.Weekday
	Month    Part = 'm' // N is a time.Month
	Number   Part = '#' // N is a cardinal number
	Ordinal  Part = 'o' // N is an ordinal number
	Unit     Part = 'u' // N is one of the units below
	Quarter  Part = 'q' // N is 1 to 4: Q1
	Week     Part = 'k' // a week of the calendar, with its number: KW 50
	Holiday  Part = 'h' // N is the month times 100 and the day, or HolidayEaster and the days from Easter Sunday on

	In      Part = 'i' // in, within: a length of time follows
	FromNow Part = 'g' // from now: a length of time stands in front
	Next    Part = 'n' // with N 1 the coming one: "kommenden Freitag"
	This    Part = 't'
	Last    Part = 'l'
	End     Part = 'e' // of the word next to it, or of the unit N: Monatsende
	Start   Part = 'b' // as End
	Middle  Part = 'y' // as End
	Before  Part = 'p'
	After   Part = 'a'
	Around  Part = 'r'
	Ago     Part = 'z'

	Clock    Part = 'c' // a time of day, for hark keeps days; with N 1 the number in front belongs to it
	At       Part = '@' // the number behind it is a time of day
	DayEnd   Part = 'x' // end of business, and of a day: today's, or that of the day next to it
	Soon     Part = 's' // asap, sometime: there is no day in it
	Either   Part = '|' // or, to: another day follows
	Each     Part = 'v' // every: no single day
	Filler   Part = 'f' // on, by, at
	Article  Part = 'F' // a filler that makes a number behind it a day: "the 5th", "le 5"
	Deadline Part = 'D' // at the latest
)

// HolidayEaster is N of Easter Sunday, a [Holiday].
const HolidayEaster = 2000

// The units of time: N of a [Unit]. Those of days are counted in days, those of
// months in months below 0.
const (
	UnitHour      = 0
	UnitMinute    = 102
	UnitDay       = 1
	UnitWeek      = 7
	UnitFortnight = 14
	UnitMonth     = -1
	UnitQuarter   = -3
	UnitHalfYear  = -6
	UnitYear      = -12
	UnitWorkday   = 100
	UnitWeekend   = 101
)

// Word is one thing that a word can mean.
type Word struct {
	Part Part
	N    int
	// Short says that the word is cut so short that other languages use it for
	// something else: "do" is Donnerstag, domingo, and English.
	Short bool
	// Vague says that N is a guess: "a few".
	Vague bool
}

// Words returns what a word, or some words with single blanks between them, can mean in a language;
// nil when nothing that belongs to a day. It takes them in lower case and without accents.
func (l Language) Words(folded string) []Word {
	meanings := l.dictionaries().days.meanings(folded)
	if meanings == "" {
		return nil
	}
	return read(meanings)
}

// read reads what stands behind a word in a dictionary of days: the name of a [Part], its N unless
// that is 0, "?" where it is vague, and "!" where it is short.
func read(meanings string) []Word {
	var words []Word
	for one := range strings.SplitSeq(meanings, ", ") {
		name, number, _ := strings.Cut(one, " ")
		var w Word
		number, w.Short = strings.CutSuffix(number, "!")
		number, w.Vague = strings.CutSuffix(number, "?")
		w.Part = partNamed(name)
		w.N, _ = strconv.Atoi(number) // 0 where there is none; a test reads every line
		words = append(words, w)
	}
	return words
}

// partNamed returns the part that a dictionary calls so, 0 for none.
func partNamed(name string) Part {
	const names = " relative d weekday w month m number # ordinal o unit u quarter q week k holiday h" +
		" in i from-now g next n this t last l end e start b middle y before p after a around r ago z" +
		" clock c at @ day-end x soon s either | each v filler f article F deadline D "
	_, behind, ok := strings.Cut(names, " "+name+" ")
	if !ok {
		return 0
	}
	return Part(behind[0])
}

// LongestPhrase is how many words [Language.Words] knows as one at most: "as soon as possible".
const LongestPhrase = 4

// Names returns the names of days that are long enough to be recognised when they
// are mistyped, in lower case and without accents.
func (l Language) Names() []string {
	switch l {
	case English:
		return []string{
			"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "weekend",
			"january", "february", "august", "september", "october", "november", "december", "fortnight",
		}
	case German:
		return []string{
			"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "ubermorgen", "wochenende",
			"januar", "februar", "august", "september", "oktober", "november", "dezember", "monatsende", "jahresende",
		}
	case French:
		return []string{
			"mercredi", "vendredi", "samedi", "dimanche", "aujourd'hui", "apres-demain",
			"janvier", "fevrier", "juillet", "septembre", "octobre", "novembre", "decembre",
		}
	case Spanish:
		return []string{
			"martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "manana",
			"febrero", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
		}
	}
	return nil
}
