package capture

import (
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/nearest"
)

// longestUndated is how many words of a text can sound like a day without being
// one: "by the end of next month at the latest".
const longestUndated = 8

// undated returns the words at the end of a promise that sound like a due date
// and are none: behind "due" or "by" a day that hark does not know, or a day
// without them; "" when there are none. meant is what to type instead, "" when
// that cannot be told.
func undated(s string, today interview.Date) (words, meant string) {
	if words = undatedBy(s); words == "" {
		words = bareDay(s)
	}
	return words, nearestDue(words, today)
}

// undatedBy returns the words at the end of a promise, behind "due" or "by", that
// sound like a day and are none that hark knows; "" when there are none. They
// stay in the text, for much stands there that is no day, and whoever typed them
// is told.
func undatedBy(s string) string {
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

// bareDay returns the words at the end of a promise that say a day without "due"
// or "by", or nearly say one; "" when there are none. They are left alone, for
// they can as well say which list it is, and whoever typed them is told.
func bareDay(s string) string {
	const most = 5 // words: on the 3rd of december
	s = trimRight(s)
	found := ""
	for end, n := len(s), 0; end > 0 && n < most; n++ {
		at := lastWord(trimRight(s[:end]))
		word := strings.ToLower(strings.TrimLeft(trimRight(s[at:end]), `\`))
		switch word {
		case "of", "from", "since", "every", "each", "last", "about", "for", "and", "or", "than", "like", "was", "were", "is":
			if found != "" {
				return "" // it says which friday, or what was then
			}
		case "due", "by":
			return ""
		}
		if saysDay(s[at:]) {
			found = s[at:]
		} else if _, part := readDateWord(word); found != "" && !part {
			break
		}
		end = at
	}
	return strings.TrimRight(found, ".,;:!?")
}

// saysDay reports whether words say a day on their own, or nearly.
func saysDay(words string) bool {
	first, rest := cutWord(words)
	pointed := true
	switch strings.ToLower(first) {
	case "on", "before", "until", "till":
		words = rest
	default:
		pointed = false
	}
	t, ok := readDateText(words, interview.Date{})
	if !ok {
		word := strings.ToLower(strings.TrimRight(words, ".,;:!?"))
		near := nearestDay(word, false)
		day, _ := readDateWord(near)
		return near == "next week" || word != near+"s" && (day.class == classWeekday || day.class == classDay)
	}
	opening, _ := cutWord(words)
	if w, _ := readDateWord(opening); w.class == classFiller && (!pointed || w.text != "the") {
		return false // on the 3rd of december
	}
	last := t.words[len(t.words)-1]
	switch t.pattern {
	case "d":
		return last.n >= 0
	case "w":
		return pointed || len(last.text) >= len("friday")
	case "tw", "nw", "nu", "tu", "i#u", "i1u":
		return true
	case "#m", "#m#":
		return isDayNumber(t.words[0].n)
	case "m#", "m##":
		return isDayNumber(t.words[1].n)
	case "j":
		parts, _ := split(t.words[0].text)
		return len(parts) == 3
	}
	return false
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
			if !nearDay(text) && (!counts || nearestDay(text, true) == "") {
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

// nearestDue returns what words behind "due" or "by" that are no day were probably
// meant to be: "due tomorrow" for tomorow; "" when nothing is near.
func nearestDue(words string, today interview.Date) string {
	var day []string
	var closing bool
	for _, w := range strings.Fields(words) {
		text := strings.ToLower(strings.TrimRight(w, ".,;:!?"))
		if word, ok := readDateWord(text); ok {
			if word.class != classFiller && word.class != classClock {
				day = append(day, text)
			}
			continue
		}
		switch text {
		case "before", "until", "till", "around", "about", "latest":
			continue
		case "eod", "eob", "cob":
			closing = true
			continue
		}
		near := nearestDay(text, len(day) > 0)
		if near == "" {
			return ""
		}
		day = append(day, near)
	}
	if closing && len(day) == 0 {
		day = append(day, "today")
	}
	t, ok := readDateText(strings.Join(day, " "), today)
	if !ok {
		return ""
	}
	if due, err := t.date(); err != nil || due.Before(today) {
		return ""
	}
	return t.form()
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
	case "weekend", "fortnight", "quarter", "year", "christmas", "xmas", "easter", "q1", "q2", "q3", "q4", "eod", "eob", "cob", "eow", "eom", "eoq", "eoy":
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
	return nearestDay(word, false) != ""
}

// nearestDay returns the day, the month or the week that a mistyped word was
// meant to be, "" when none is near. Short names are too near to too much, but
// for those of months behind the number of a day.
func nearestDay(word string, numbered bool) string {
	const short, long, longer, longest = 3, 6, 8, 16
	if len(word) > longest {
		return ""
	}
	if week, ok := strings.CutPrefix(strings.ReplaceAll(word, "-", ""), "next"); ok && week != "" && nearest.Slips(week, "week") <= 1 {
		return "next week"
	}
	var names []string
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if names = append(names, name); numbered && len(word) == short+1 && strings.HasPrefix(word, name[:short]) {
			return name[:short] // 3 decc
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		names = append(names, strings.ToLower(d.String()))
	}
	names = append(names, "tomorrow")
	best, least := "", 3
	for _, name := range names {
		slips, most := nearest.Slips(word, name), 1
		if len(name) >= longer {
			most = 2
		}
		if len(name) >= long && slips <= most && slips < least {
			best, least = name, slips
		}
	}
	return best
}
