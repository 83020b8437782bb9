package language

import "strings"

// What follows takes words in lower case and without accents, and knows those of all languages: a
// meeting mixes them.

// SaysHowOften reports whether words begin with how often something happens, or say a time that comes
// again: "every week", "twice a month", "zweimal pro Woche", "half a day every week".
func SaysHowOften(words []string) bool {
	for i, w := range words {
		before := strings.Join(words[:i], " ")
		switch {
		case i == 0 && (everyTime(w) || means(w, Each)):
			return true
		case i > 0 && (w == "times" || w == "time" || w == "x" || w == "mal" || w == "fois" || w == "veces" || w == "vez") && countsTimes(words[:i]):
			return true
		case i < 4 && phraseOfTimes(strings.TrimSpace(before+" "+w)):
			return true
		case i > 0 && i+1 < len(words) && (per(w) || means(w, Each)) && means(words[i+1], Unit) && !partOf(words[i-1]):
			return !anyCurrency(words[:i])
		}
	}
	return false
}

// SaysAmount reports whether words begin with an amount of money or time: "half a day each", "500 €",
// "eine Stunde pro Schicht".
func SaysAmount(words []string) bool {
	if len(words) == 0 || !isAmount(words[0]) {
		return false
	}
	const near = 4 // "two and a half hours"
	for i, w := range words[:min(len(words), near+1)] {
		if isCurrency(w) || isPercent(w) || means(strings.TrimLeft(w, "0123456789.,"), Unit) && (i > 0 || hasDigit(w)) {
			return true
		}
	}
	return false
}

// Hedges reports whether a word makes what follows it less exact: about, at least.
func Hedges(w string) bool {
	switch w {
	case "about", "around", "roughly", "approximately", "approx", "ca", "circa", "nearly", "almost", "over", "at", "least", "most", "up", "to", "some", "maybe",
		"perhaps", "ungefahr", "etwa", "rund", "fast", "mindestens", "environ", "presque", "unos", "unas", "casi", "aproximadamente":
		return true
	}
	return false
}

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

func everyTime(w string) bool {
	switch w {
	case "daily", "weekly", "monthly", "yearly", "hourly", "annually", "quarterly", "nightly", "fortnightly", "once", "twice", "thrice", "always", "often", "usually",
		"sometimes", "rarely", "seldom", "constantly", "never", "regularly", "frequently", "occasionally", "hardly", "each", "every":
		return true
	case "taglich", "wochentlich", "monatlich", "jahrlich", "stundlich", "immer", "oft", "manchmal", "selten", "standig", "nie", "regelmassig", "haufig",
		"jede", "jeden", "jedes", "jeder", "alle", "einmal", "zweimal", "dreimal", "mehrmals", "gelegentlich":
		return true
	case "toujours", "souvent", "parfois", "rarement", "jamais", "chaque", "tous", "toutes", "quotidiennement", "regulierement", "plusieurs":
		return true
	case "siempre", "raramente", "nunca", "cada", "todos", "todas", "diario", "diariamente", "semanalmente", "mensualmente", "frecuentemente":
		return true
	}
	return len(w) > 1 && (w[len(w)-1] == 'x') && hasDigit(w[:1]) || strings.HasSuffix(w, "mal") && len(w) > len("mal")
}

func phraseOfTimes(words string) bool {
	switch words {
	case "now and then", "now and again", "all the time", "most days", "most weeks", "most of the time", "ab und zu", "von zeit zu zeit",
		"de temps en temps", "tout le temps", "a veces", "de vez en cuando", "todo el tiempo", "a diario", "day by day", "day in day out":
		return true
	}
	return false
}

// countsTimes reports whether words say how many times.
func countsTimes(words []string) bool {
	for _, w := range words {
		switch w {
		case "or", "to", "oder", "bis", "ou", "a", "o", "several", "many", "few", "some", "couple", "of", "mehrere", "viele", "varias", "muchas", "pocas":
			continue
		}
		if !means(w, Number) && !hasDigit(w) {
			return false
		}
	}
	return true
}

func per(w string) bool {
	switch w {
	case "a", "an", "per", "pro", "par", "por", "al", "each":
		return true
	}
	return false
}

// partOf reports whether a word makes the unit behind it a part of one: half a day, a third of a day.
func partOf(w string) bool { return w == "half" || w == "of" || w == "quarter" || w == "quarters" }

func isAmount(w string) bool {
	return means(w, Number) || hasDigit(w) || w == "half" || w == "halbe" || w == "halber" || w == "demi" || w == "medio" || w == "media"
}

func isPercent(w string) bool {
	return strings.HasSuffix(w, "%") || w == "percent" || w == "prozent" || w == "pourcent" || w == "ciento"
}

func isCurrency(w string) bool {
	if strings.ContainsAny(w, "€$£¥") {
		return true
	}
	switch strings.TrimLeft(w, "0123456789.,") {
	case "euro", "euros", "eur", "dollar", "dollars", "usd", "bucks", "pound", "pounds", "gbp", "quid", "chf", "francs", "franken", "yen", "pesos", "cents", "k", "grand":
		return true
	}
	return false
}

func anyCurrency(words []string) bool {
	for _, w := range words {
		if isCurrency(w) {
			return true
		}
	}
	return false
}

func hasDigit(w string) bool { return strings.ContainsAny(w, "0123456789") }
