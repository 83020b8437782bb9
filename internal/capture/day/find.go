package day

import (
	"slices"
	"strings"
	"unicode"

	"hark/internal/interview"
	"hark/internal/language"
)

// longest is how many words of a text can say one day: "by close of business on
// thursday the 3rd of december 2027 at 5 pm".
const longest = 16

// mostAnnounced is how many times a text may say "due" or "by" and no day behind it, from its end
// on, before nobody looks further. It bounds the time for a text of nothing else.
const mostAnnounced = 64

// Phrase is where a text says a day, with the word in front: "due friday".
type Phrase struct {
	from, to int // bytes
	reading
	// explicit says that the word in front announces a day: due, by. Without it the
	// words can as well tell which list it is.
	explicit bool
}

// Certain reports whether it is that day and nothing else.
func (p Phrase) Certain() bool { return p.explicit && p.sure && len(p.days) > 0 }

// Days are what the words can mean, the likeliest first; none for words that say no day.
func (p Phrase) Days() []interview.Date { return p.days }

// Start is where they begin, in bytes; "due" belongs to them.
func (p Phrase) Start() int { return p.from }

// Announced reports whether "due" or "by" stands in front.
func (p Phrase) Announced() bool { return p.explicit }

// Timed reports whether the words say a time of day, too.
func (p Phrase) Timed() bool { return p.time }

// Doubt is what is not sure about it, as typed.
func (p Phrase) Doubt(text string) interview.DayDoubt {
	return interview.DayDoubt{Words: strings.TrimRight(strings.TrimSpace(Literal(text[p.from:p.to])), ".,;:!?"), Readings: p.days}
}

// Find finds where a text says a day: behind the last "due" or "by" with a day,
// or else without them, or else where a day was announced and there is none.
func (in Reader) Find(text string) (Phrase, bool) {
	words := tokens(text)
	var last, none *Phrase
	for i, looked := len(words)-1, 0; i >= 0 && looked < mostAnnounced; i-- {
		if words[i].core != "due" && words[i].core != "by" {
			continue
		}
		looked++
		p, found := in.announced(words, i)
		switch {
		case found && p.Certain() && last != nil:
			// Two things with a day each: which one is meant is to be said.
			last.from, last.days, last.sure = p.from, append(p.days[:1:1], last.days...), false
			return *last, true
		case found && len(p.days) > 0 && last == nil:
			last = &p
		case found && none == nil:
			none = &p
		}
	}
	if last != nil {
		return *last, true
	}
	if p, found := in.bareOne(words); found {
		return p, true
	}
	if none == nil {
		return Phrase{}, false
	}
	return *none, true
}

// whole reports whether a word stands there in full, and not taken out of the
// language by a backslash.
func (w token) whole() bool { return w.first && w.last && w.escapes == 0 }

// announced reads a day behind the "due" or "by" at i.
func (in Reader) announced(words []token, i int) (p Phrase, found bool) {
	w := words[i]
	due := w.core == "due"
	if !w.first || w.escapes > 0 || !due && w.core != "by" || i+1 == len(words) || words[i+1].escapes > 0 || w.last && strings.Trim(w.behind, ":,") != "" {
		return Phrase{}, false
	}
	if !due && i > 0 && words[i-1].core == "due" && words[i-1].whole() {
		return Phrase{}, false // the due in front looks at it
	}
	p = Phrase{from: w.from, explicit: true}
	end, r, ok := in.longest(words, i+1)
	statement := due && i > 0 && (language.IsPresent(words[i-1].core) || language.IsPast(words[i-1].core)) && !written(words[i+1:end])
	switch {
	case statement && (len(r.days) == 0 || r.past || language.IsPast(words[i-1].core)), due && !ok && language.IsOwing(words[i+1].core):
		return Phrase{}, false // say what was due yesterday
	case !due && slices.Contains([]string{"on", "at", "to", "and"}, words[i+1].core):
		return Phrase{}, false // drop by on friday
	case !due && (in.knows(words, i+1) || !ok && in.byText(words, i)):
		return Phrase{}, false // checked by May
	case !due && (r.length || r.number) && end < len(words) && words[end-1].behind == "":
		return Phrase{}, false // by 2 weeks less, by 5 boxes
	case !ok:
		p.to = words[noneEnd(words, i+1)].to
		return p, true
	}
	p.reading, p.to = r, words[end-1].to
	p.sure = r.sure && !statement && (due || !r.number && !r.length) && !in.goesOn(words, end) && !(r.lends && end < len(words) && words[end-1].behind == "")
	if shorter, ok := in.withoutYear(words, i+1, end); ok {
		p.days, p.sure = append(shorter.days[:1:1], r.days...), false
	}
	return p, true
}

// withoutYear is what words say without the two digits at their end, which can be a year or a
// number of what the text goes on with: "3 dec 27 boxes". ok is false where they are a year or
// none.
func (in Reader) withoutYear(words []token, i, end int) (r reading, ok bool) {
	last := words[end-1]
	if end-1-i < 2 || end == len(words) || last.behind != "" || !last.whole() || len(last.core) != 2 || !isDigit(last.core[0]) || !isDigit(last.core[1]) {
		return reading{}, false
	}
	r, ok = in.read(words[i : end-1])
	return r, ok && len(r.days) > 0 && !r.wide
}

// written reports whether words are a date as hark writes it, behind which nobody
// looks for another meaning of "due".
func written(words []token) bool {
	return len(words) == 1 && len(words[0].core) == len("2026-12-03") && strings.Count(words[0].core, "-") == 2 && isDigit(words[0].core[3])
}

// noneEnd is the last word to show of those behind a "due" that say no day.
func noneEnd(words []token, i int) int {
	const most = 4
	end := i
	for end+1 < len(words) && end-i < most-1 && !words[end].stops() {
		end++
	}
	return end
}

// longest reads as many words from i on as say one day. end is behind the last
// of them.
func (in Reader) longest(words []token, i int) (end int, r reading, ok bool) {
	most, says := i, false // anything but fillers
	for most < len(words) && most-i < longest && words[most].escapes == 0 && (most == i || !words[most-1].stops() || !words[most-1].last) {
		meanings, taken := in.parts(words, most)
		if taken == 0 || len(meanings) == 0 {
			break
		}
		says = says || slices.ContainsFunc(meanings, func(m piece) bool { return !m.among(language.Filler, language.Article, language.Either, language.At) })
		most += taken
	}
	if !says {
		return i, reading{}, false
	}
	for end = most; end > i; end-- {
		if !words[end-1].last {
			continue
		}
		if r, ok = in.read(words[i:end]); ok {
			return end, r, true
		}
	}
	return i, reading{}, false
}

// goesOn reports whether the words from i on go on with what was read as a day, in
// a way that was not understood: "friday & monday", "friday, maybe monday", "two weeks before the
// audit".
func (in Reader) goesOn(words []token, i int) bool {
	if strings.Contains(words[i-1].behind, "?") {
		return true
	}
	apart := words[i-1].behind != "" && words[i-1].last // another thought, unless it says another day
	for ; i < len(words) && words[i].escapes == 0 && (!words[i-1].stops() || !words[i-1].last); i++ {
		meanings, _ := in.parts(words, i)
		day, more := false, false
		for _, m := range meanings {
			day = day || !m.Short && m.among(language.Weekday, language.Relative, language.Holiday)
			more = more || !m.Short && m.among(language.Month, language.Unit, language.End, language.Start, language.Middle, language.Next, language.Week,
				language.Quarter, language.Before, language.After, language.Around, partDigits, partYear, partJoined)
		}
		if day || more && !apart {
			return true
		}
		sign := !strings.ContainsFunc(words[i].core, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		if sign || words[i].core == "then" || slices.ContainsFunc(meanings, func(m piece) bool { return m.Part == language.Either }) {
			continue // friday & monday
		}
		return language.IsUnsure(words[i].core)
	}
	return false
}

// bareOne finds a day that nothing announces: at the end of a text, at its
// beginning, or behind a word that points to a day. It is always in doubt, but for
// what other languages say for "by".
func (in Reader) bareOne(words []token) (Phrase, bool) {
	for i := max(0, len(words)-longest); i < len(words); i++ {
		if !words[i].first {
			continue
		}
		if end, r, ok := in.longest(words, i); ok && end == len(words) && in.saysDay(words, i, end, r, true) {
			return in.bare(words, i, end, r), true
		}
	}
	for i := range words[:min(len(words), bareWithin)] {
		if !words[i].first {
			continue
		}
		end, r, ok := in.longest(words, i)
		if ok && in.saysDay(words, i, end, r, in.standsOut(words, i, end)) {
			return in.bare(words, i, end, r), true
		}
	}
	return Phrase{}, false
}

// bareWithin is how many words of a text are searched for a day that nothing announces, in addition
// to the last ones. A promise is shorter.
const bareWithin = 64

// standsOut reports whether words in the middle of a text are told as a day of
// their own: tomorrow, next week, on friday; and not as in "the friday list".
func (in Reader) standsOut(words []token, i, end int) bool {
	if points(words, i) || i == 0 && strings.ContainsAny(words[end-1].behind, ":,") {
		return true
	}
	meanings, taken := in.parts(words, i)
	return slices.ContainsFunc(meanings, func(m piece) bool {
		return m.Part == language.Relative && m.N > 0 || m.among(language.Next, language.In) && end-i > taken
	})
}

func (in Reader) bare(words []token, i, end int, r reading) Phrase {
	p := Phrase{from: words[i].from, to: words[end-1].to, reading: r}
	p.explicit = r.sure && announces(words, i) && !in.goesOn(words, end)
	return p
}

// saysDay reports whether words without a "due" say a day, and not which one
// something is of.
func (in Reader) saysDay(words []token, i, end int, r reading, whole bool) bool {
	ends := end == len(words) // bis 12 Uhr, bis Sommer, antes del 3/12
	if r.number && !(ends && points(words, i)) || (r.weak || len(r.days) == 0) && !(ends && announces(words, i)) {
		return false
	}
	if !words[i].first || r.length || r.past || !whole {
		return false
	}
	pointed := points(words, i)
	opening, taken := in.parts(words, i)
	idle := !slices.ContainsFunc(opening, func(m piece) bool {
		return !m.among(language.Filler, language.Article, language.Either)
	})
	if r.wide && !pointed || idle && !pointed {
		return false
	}
	if end-i == 1 && !slices.ContainsFunc(opening, func(m piece) bool {
		return m.among(language.Relative, language.Holiday, partJoined) || m.Part == language.Weekday && len(m.core) > len("sat")
	}) {
		return false // sat, may, Q1
	}
	if end-i == taken && slices.ContainsFunc(opening, func(m piece) bool { return m.guess }) && !pointed && end < len(words) {
		return false
	}
	return i == 0 || !language.Links(words[i-1].core) || words[i-1].behind != ""
}

// points reports whether the word at i points to a day behind it.
func points(words []token, i int) bool {
	return language.PointsToDay(words[i].core) && i+1 < len(words) || announces(words, i)
}

// announces reports whether the word at i says what "by" says in English.
func announces(words []token, i int) bool {
	switch words[i].core {
	case "d":
		return i+1 < len(words) && words[i+1].core == "ici"
	case "no":
		return i+2 < len(words) && words[i+1].core == "later" && words[i+2].core == "than"
	}
	return language.AnnouncesDay(words[i].core) && i+1 < len(words)
}

// Literal takes out the backslashes that keep words from being a day.
func Literal(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return eachEscaped(text, func(n int) int { return n / 2 })
}

// eachEscaped changes how many backslashes stand in front of words of a day that
// have some.
func eachEscaped(text string, change func(n int) int) string {
	var b strings.Builder
	at := 0
	for _, w := range tokens(text) {
		if w.escapes > 0 && w.first && w.escapable() {
			b.WriteString(text[at:w.from] + strings.Repeat(`\`, change(w.escapes)))
			at = w.from + w.escapes
		}
	}
	return b.String() + text[at:]
}

// escapable reports whether a backslash keeps a word from being part of a day.
func (w token) escapable() bool {
	switch {
	case w.core == "due" || w.core == "by":
		return true
	case w.core != "" && isDigit(w.core[0]):
		p, ok := numberWord(w.core, "")
		return ok && p.Part == partJoined
	}
	return len(Reader{}.guesses(w)) > 0 || slices.ContainsFunc(language.Languages(), func(l language.Language) bool {
		return slices.ContainsFunc(l.Words(w.core), func(m language.Word) bool {
			return !piece{Word: m}.among(language.Filler, language.Article, language.At, language.Either, language.Number, language.In)
		})
	})
}

// Escape writes a text so that no day is found in it, but for one that is kept.
func Escape(text, keep string) string {
	text = eachEscaped(text, func(n int) int { return 2 * n })
	in := Reader{From: interview.Date{Year: 2026, Month: 1, Day: 1}}
	// Another day can be what the doubt is about: "by fri, sat".
	if p, found := in.Find(text); keep != "" && found && !p.Certain() && p.Doubt(text).Words == keep {
		return text
	}
	// A word that is escaped can uncover another: "due by friday".
	for range longest + bareWithin {
		words := tokens(text)
		var at []int
		mark := func(p Phrase, found bool) {
			kept := strings.LastIndex(text, keep)
			if !found || keep != "" && kept >= 0 && p.from < kept+len(keep) && kept < p.to {
				return
			}
			for _, w := range words {
				if w.from >= p.from && w.to <= p.to && w.first && w.escapes == 0 && w.escapable() {
					at = append(at, w.from)
					return
				}
			}
		}
		for i := range words {
			mark(in.announced(words, i))
		}
		if len(at) == 0 {
			mark(in.bareOne(words))
		}
		if len(at) == 0 {
			break
		}
		for _, i := range slices.Backward(at) {
			text = text[:i] + `\` + text[i:]
		}
	}
	return text
}

// Cut takes the words of a day out of a text, with the punctuation that belongs
// to them.
func Cut(text string, p Phrase) (before, after string) {
	before, after = trimRight(text[:p.from]), trimLeft(text[p.to:])
	if behind := strings.TrimSpace(text[:p.to]); after != "" && strings.HasSuffix(behind, ".") && before != "" {
		before += "."
	}
	if cut := text[p.from:p.to]; strings.Count(cut, ")") > strings.Count(cut, "(") {
		before += ")"
	}
	return before, after
}
