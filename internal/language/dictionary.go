package language

import (
	_ "embed"
	"strings"
)

// A dictionary has a word on each line, or some words with single blanks between them, in lower
// case and without accents, in the order of bytes; then a tab, and what it can mean, as in
//
//	morgen	relative 1, clock
//	a few	number 3?
//	mo	weekday 1!
//
// The first line says so, and is none of them: its # comes before every word.
type dictionary string

// dictionaries are those of one language. One that hark does not speak has the few words for a side
// of all such languages.
type dictionaries struct {
	days  dictionary // see [Language.Words]
	sides dictionary // see [Language.Side]
	doers dictionary // see [Doer]
}

var (
	//go:embed days/en.txt
	englishDays dictionary
	//go:embed days/de.txt
	germanDays dictionary
	//go:embed days/fr.txt
	frenchDays dictionary
	//go:embed days/es.txt
	spanishDays dictionary

	//go:embed sides/en.txt
	englishSides dictionary
	//go:embed sides/de.txt
	germanSides dictionary
	//go:embed sides/fr.txt
	frenchSides dictionary
	//go:embed sides/es.txt
	spanishSides dictionary
	//go:embed sides/others.txt
	otherSides dictionary

	//go:embed doers/en.txt
	englishDoers dictionary
	//go:embed doers/de.txt
	germanDoers dictionary
	//go:embed doers/fr.txt
	frenchDoers dictionary
	//go:embed doers/es.txt
	spanishDoers dictionary
)

func (l Language) dictionaries() dictionaries {
	switch l {
	case English:
		return dictionaries{englishDays, englishSides, englishDoers}
	case German:
		return dictionaries{germanDays, germanSides, germanDoers}
	case French:
		return dictionaries{frenchDays, frenchSides, frenchDoers}
	case Spanish:
		return dictionaries{spanishDays, spanishSides, spanishDoers}
	}
	return dictionaries{sides: otherSides}
}

// meanings returns what stands behind a word, "" if it is not in the dictionary.
//
// It searches the dictionary by halves, as it lies there: a map would have to be made first, and
// kept. A tab comes before every other byte, so that lines are in the order of their words.
func (d dictionary) meanings(folded string) string {
	for lines := string(d); lines != ""; {
		from := strings.LastIndexByte(lines[:len(lines)/2], '\n') + 1
		line := lines[from:]
		word := line[:min(len(folded), len(line))]
		switch {
		case folded == word && strings.HasPrefix(line[len(word):], "\t"):
			meanings, _, _ := strings.Cut(line[len(word)+1:], "\n")
			return meanings
		case folded <= word:
			lines = lines[:from]
		default:
			_, lines, _ = strings.Cut(line, "\n")
		}
	}
	return ""
}
