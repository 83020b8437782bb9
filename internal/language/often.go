package language

import "strings"

// SaysHowOften reports whether words begin with how often something happens, or say a time that
// comes again: "every week", "twice a month", "zweimal pro Woche", "half a day every week". It
// takes words in lower case and without accents.
func SaysHowOften(words []string) bool {
	for i, w := range words {
		switch {
		case i == 0 && (everyTime(w) || means(w, Each)), i > 0 && isIn("times", w) && countsTimes(words[:i]):
			return true
		case i < 4 && isIn("often", strings.Join(words[:i+1], " ")):
			return true
		case i > 0 && again(words, i):
			return !hasCurrency(words[:i])
		}
	}
	return false
}

// again reports whether a word says, with the unit behind it, that a time comes again: a week, per
// day.
func again(words []string, i int) bool {
	return i+1 < len(words) && (isIn("per", words[i]) || means(words[i], Each)) && means(words[i+1], Unit) && !isIn("part", words[i-1])
}

// SaysAmount reports whether words begin with an amount of money or time: "half a day each", "500
// €", "eine Stunde pro Schicht".
func SaysAmount(words []string) bool {
	if len(words) == 0 || !isAmount(words[0]) {
		return false
	}
	const near = 4 // words to the unit: "two and a half hours"
	first := words[:min(len(words), near+1)]
	for i, w := range first {
		if i > 0 && (isIn("times", w) || again(words, i)) {
			break // three times a week
		}
		unit := strings.TrimLeft(w, "0123456789.,")
		if strings.HasSuffix(w, "%") || isIn("percent", w) || (means(unit, Unit) || isIn("unit", unit)) && (i > 0 || unit != w) {
			return true
		}
	}
	return hasCurrency(first)
}

// SaysMoney reports whether there is an amount of money among some words.
func SaysMoney(words []string) bool { return hasCurrency(words) }

// IsPolite reports whether a word asks for something, and says nothing else: please.
func IsPolite(w string) bool { return isIn("polite", w) }

// Hedges reports whether a word makes what follows it less exact: about, at least.
func Hedges(w string) bool { return isIn("hedge", w) }

// means reports whether a word can be one part of what says a day, in any language.
func means(w string, part Part) bool {
	for _, l := range Languages() {
		for _, m := range l.Words(w) {
			if m.Part == part {
				return true
			}
		}
	}
	return false
}

// everyTime reports whether a word alone says how often: 3x, dreimal.
func everyTime(w string) bool {
	return len(w) > 1 && hasDigit(w[:1]) && strings.HasSuffix(w, "x") || strings.HasSuffix(w, "mal") && means(strings.TrimSuffix(w, "mal"), Number)
}

// countsTimes reports whether words say how many times.
func countsTimes(words []string) bool {
	for _, w := range words {
		if !isIn("counting", w) && !means(w, Number) && !hasDigit(w) {
			return false
		}
	}
	return true
}

func isAmount(w string) bool {
	return means(w, Number) || hasDigit(w) || isIn("amount", w) || strings.ContainsAny(w, "€$£¥")
}

func hasCurrency(words []string) bool {
	for _, w := range words {
		if unit := strings.TrimLeft(w, "0123456789.,"); unit != "" && isIn("currency", unit) || strings.ContainsAny(w, "€$£¥") {
			return true
		}
	}
	return false
}

func hasDigit(w string) bool { return strings.ContainsAny(w, "0123456789") }
