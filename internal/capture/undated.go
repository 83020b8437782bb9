package capture

import (
	"strings"
	"time"

	"hark/internal/nearest"
)

// longestUndated is how many words of a text can sound like a day without being
// one: "by the end of next month at the latest".
const longestUndated = 8

// undated returns the words at the end of a promise, behind "due" or "by", that
// sound like a day and are none that hark knows; "" when there are none. They
// stay in the text, for much stands there that is no day, and whoever typed them
// is told.
func undated(s string) string {
	words := ""
	for end := len(s); ; end = lastWord(trimRight(s[:end])) {
		rest := trimRight(s[:end])
		if rest == "" || len(strings.Fields(words)) > longestUndated {
			return ""
		}
		at := lastWord(rest)
		escapes := backslashes(rest[at:])
		word := rest[at+escapes:]
		by := strings.EqualFold(word, "by")
		if !by && !isDue(word) {
			words = strings.TrimSpace(rest[at:] + " " + words)
			continue
		}
		if escapes > 0 || lateAlready(s[:at]) || !soundsLikeDay(words, by) {
			return ""
		}
		return strings.TrimRight(words, ".,;:!?")
	}
}

// soundsLikeDay reports whether nothing in some words speaks against a day, and
// something for it. Behind "by" they can be an amount as well.
func soundsLikeDay(words string, by bool) bool {
	var sounds, unit, pointed, amount bool
	for i, w := range strings.Fields(words) {
		text := strings.ToLower(strings.TrimRight(w, ".,;:!?"))
		word, ok := readDateWord(strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s"))
		counts := amount
		amount = false
		switch {
		case !ok && leadsToDay(text):
			pointed = true
		case !ok:
			if !nearDay(text) {
				return false
			}
			sounds = true
		case word.class == classUnit:
			if counts {
				return false
			}
			unit = true
		case word.class == classNumber, word.class == classOne:
			amount = true
		case word.class == classNext, word.class == classThis, word.class == classLast:
			pointed = true
		case word.class == classDay, word.class == classWeekday, word.class == classMonth:
			sounds = true
		case word.class == classFiller:
			if by && i == 0 && text != "the" {
				return false // drop by on friday
			}
		default: // an amount, or the time of a day
			return false
		}
	}
	return sounds || unit && pointed
}

// leadsToDay reports whether a word stands in front of a stretch of time, or
// behind it.
func leadsToDay(word string) bool {
	switch word {
	case "end", "mid", "middle", "start", "beginning", "early", "late", "latest", "around", "about", "before", "after":
		return true
	}
	return false
}

// nearDay reports whether a word is a stretch of time that hark has no day for,
// or was meant to be a day: weekend, nextmonth, mid-december, firday.
func nearDay(word string) bool {
	if len(word) > len("beginning-of-september") {
		return false
	}
	word = strings.ReplaceAll(word, "-", "")
	switch word {
	case "weekend", "fortnight", "quarter", "year", "christmas", "xmas", "easter", "q1", "q2", "q3", "q4", "eow", "eom", "eoq", "eoy":
		return true
	}
	for _, lead := range []string{"next", "this", "end", "endof", "mid", "early", "late"} {
		rest, ok := strings.CutPrefix(word, lead)
		if !ok || rest == "" {
			continue
		}
		switch day, known := readDateWord(rest); {
		case known && (day.class == classUnit || day.class == classWeekday || day.class == classMonth), rest == "year", rest == "quarter":
			return true
		}
	}
	return mistypedDay(word)
}

// mistypedDay reports whether a word is a slip or two away from a day or a month
// with a long name. Short ones are too near to too much.
func mistypedDay(word string) bool {
	const long, longer = 6, 8
	near := func(name string) bool {
		slips := 1
		if len(name) >= longer {
			slips = 2
		}
		return len(name) >= long && nearest.Slips(word, strings.ToLower(name)) <= slips
	}
	if len(word) < long-1 {
		return false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if near(d.String()) {
			return true
		}
	}
	for m := time.January; m <= time.December; m++ {
		if near(m.String()) {
			return true
		}
	}
	return near("tomorrow")
}
