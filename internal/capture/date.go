package capture

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hark/internal/interview"
)

// longestDue is how many words of a text can belong to a due date: "due on the
// 3rd of december 2027 at 5pm".
const longestDue = 10

// dueForms are the right forms when it cannot be told which one was meant.
const dueForms = "due friday, due 3 dec or due 2026-12-03"

// lastDue takes "due" or "by" and a date off the end of a promise. The error
// says that the words look like a date and are none; with neither, before is s
// and the date zero.
func lastDue(s string, today interview.Date) (due interview.Date, before string, err error) {
	at, escapes, words := dueWord(s)
	if at < 0 || escapes > 0 {
		return interview.Date{}, s, nil
	}
	due, dated, err := readDate(words, today)
	if !dated || err != nil {
		return interview.Date{}, s, err
	}
	if isPast(words) && lateAlready(s[:at]) {
		return interview.Date{}, s, nil
	}
	return due, trimRight(s[:at]), nil
}

// dueWord finds the last "due" in s, or a "by" that a day follows for certain:
// where the word begins, how many backslashes it begins with, and what follows
// it. at is -1 when there is none.
func dueWord(s string) (at, escapes int, words string) {
	end := len(s)
	for range longestDue {
		s := trimRight(s[:end])
		if s == "" {
			break
		}
		at = lastWord(s)
		escapes = backslashes(s[at:])
		switch word := s[at+escapes:]; {
		case isDue(word):
			return at, escapes, words
		case strings.EqualFold(word, "by") && !endsInDue(s[:at]) && byDay(words):
			return at, escapes, words
		}
		words = s[at:] + " " + words
		end = at
	}
	return -1, 0, ""
}

func isDue(word string) bool { return strings.EqualFold(strings.TrimSuffix(word, ":"), "due") }

// endsInDue reports whether the last word of s is "due", as in "due by friday".
func endsInDue(s string) bool {
	s = trimRight(s)
	return isDue(strings.TrimLeft(s[lastWord(s):], `\`))
}

// byDay reports whether the words behind "by" say a day beyond doubt. Much else
// stands behind it: who does something, how far something comes down, and the
// names of people who are called like months.
func byDay(words string) bool {
	t, ok := readDateText(words, interview.Date{})
	first, _ := cutWord(words)
	if w, _ := readDateWord(first); !ok || w.class == classFiller && w.text != "the" {
		return false
	}
	switch t.pattern {
	case "d", "w", "tw", "lw", "nw", "#m", "m#", "#m#", "m##":
		return true
	case "nu":
		return t.words[1].n == 7
	case "j":
		parts, _ := split(t.words[0].text) // 3.5 and 3/4 are amounts
		return len(parts) == 3
	case "#":
		return isDayNumber(t.words[0].n) && t.words[0].text != strconv.Itoa(t.words[0].n) // the 3rd
	}
	return false
}

// isPast reports whether a date is told as one that is over: yesterday, last
// friday.
func isPast(words string) bool {
	t, _ := readDateText(words, interview.Date{})
	return t.pattern == "lw" || t.pattern == "d" && t.words[0].n < 0
}

// lateAlready reports whether s ends in a form of "to be", so that a "due
// yesterday" behind it tells what was, and promises nothing.
func lateAlready(s string) bool {
	s = trimRight(s)
	switch strings.ToLower(s[lastWord(s):]) {
	case "is", "are", "was", "were", "been", "being":
		return true
	}
	return false
}

// literalDue takes out the backslash that keeps "due friday" a part of the text.
func literalDue(s string) string {
	at, escapes, words := dueWord(s)
	if at < 0 || escapes == 0 || !looksLikeDate(words) {
		return s
	}
	return s[:at+escapes/2] + s[at+escapes:]
}

// looksLikeDate reports whether words behind "due" are a date, right or wrong.
func looksLikeDate(words string) bool {
	_, dated, _ := readDate(words, interview.Date{Year: 2000, Month: time.January, Day: 1})
	return dated
}

// dateClass is what part of a date a word can be. The letters make up patterns.
type dateClass byte

const (
	classDay     dateClass = 'd' // yesterday, today, tomorrow
	classWeekday dateClass = 'w'
	classMonth   dateClass = 'm'
	classNumber  dateClass = '#'
	classJoined  dateClass = 'j' // 2026-12-03, 3.12., 3/12
	classUnit    dateClass = 'u' // days, weeks, months
	classOne     dateClass = '1' // a, an, one
	classIn      dateClass = 'i'
	classNext    dateClass = 'n'
	classThis    dateClass = 't'
	classLast    dateClass = 'l'
	classClock   dateClass = 'c' // morning, 5pm, and any other word with a digit in front
	classFiller  dateClass = 'f' // on, by, of, the, at
)

// dateWord is one word of a date.
type dateWord struct {
	class dateClass
	text  string // in lower case, without punctuation
	n     int    // the number, month, weekday, or days from today
}

// dateText is what stands behind "due", word by word.
type dateText struct {
	words   []dateWord // without fillers and clock times
	clock   bool       // a clock time was left out
	pattern string     // their classes
	today   interview.Date
}

// readDate reads what stands behind "due". dated is false when it does not look
// like a date; when it does and is none, the error says so.
func readDate(words string, today interview.Date) (due interview.Date, dated bool, err error) {
	t, ok := readDateText(words, today)
	if !ok {
		return interview.Date{}, false, nil
	}
	due, err = t.date()
	if err != nil {
		return interview.Date{}, true, err
	}
	if t.clock {
		return interview.Date{}, true, &Error{"hark keeps the day of a promise, not the time", t.form()}
	}
	return due, true, nil
}

// readDateText takes what stands behind "due" apart. It reports false when that
// does not look like a date.
func readDateText(words string, today interview.Date) (dateText, bool) {
	t := dateText{today: today}
	var sure bool
	for _, w := range dateFields(words) {
		word, ok := readDateWord(w)
		if !ok {
			return dateText{}, false
		}
		switch word.class {
		case classFiller:
			continue
		case classClock:
			t.clock = true
			continue
		case classDay, classWeekday, classMonth, classJoined:
			sure = true
		case classUnit:
			sure = sure || len(t.words) > 0
		case classNumber, classOne, classIn, classNext, classThis, classLast:
		}
		t.words = append(t.words, word)
		t.pattern += string(rune(word.class))
	}
	return t, sure || t.pattern == "#" && !t.clock && isDayNumber(t.words[0].n)
}

// dateFields takes words apart: "nextweek" and "next-week" are two.
func dateFields(words string) []string {
	fields := strings.Fields(words)
	for i, w := range fields {
		const next = "next"
		if len(w) > len(next) && strings.EqualFold(w[:len(next)], next) {
			week := strings.TrimPrefix(w[len(next):], "-")
			if strings.EqualFold(strings.TrimRight(week, ".,;:!?"), "week") {
				return slices.Replace(fields, i, i+1, next, week)
			}
		}
	}
	return fields
}

func isDayNumber(n int) bool { return 1 <= n && n <= 31 }

func readDateWord(w string) (dateWord, bool) {
	text := strings.ToLower(strings.TrimRight(w, ".,;:!?"))
	word := dateWord{text: text}
	switch text {
	case "yesterday":
		word.class, word.n = classDay, -1
	case "today":
		word.class = classDay
	case "tomorrow":
		word.class, word.n = classDay, 1
	case "day", "days":
		word.class, word.n = classUnit, 1
	case "week", "weeks":
		word.class, word.n = classUnit, 7
	case "month", "months":
		word.class = classUnit
	case "a", "an", "one":
		word.class, word.n = classOne, 1
	case "in":
		word.class = classIn
	case "next":
		word.class = classNext
	case "this":
		word.class = classThis
	case "last":
		word.class = classLast
	case "on", "by", "of", "the", "at":
		word.class = classFiller
	case "morning", "noon", "afternoon", "evening", "night":
		word.class = classClock
	case "":
		return dateWord{}, false
	default:
		return readNamedDay(word, w)
	}
	return word, true
}

// readNamedDay goes on with a word that is a month, a weekday or has digits.
func readNamedDay(word dateWord, typed string) (dateWord, bool) {
	if first := word.text[0]; '0' <= first && first <= '9' {
		return readDateNumber(word, typed), true
	}
	if len(word.text) < 3 {
		return dateWord{}, false
	}
	for m := time.January; m <= time.December; m++ {
		if begins(m.String(), word.text) || m == time.September && word.text == "sept" {
			word.class, word.n = classMonth, int(m)
			return word, true
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if begins(d.String(), word.text) || d == time.Wednesday && word.text == "weds" {
			word.class, word.n = classWeekday, int(d)
			return word, true
		}
	}
	return dateWord{}, false
}

// begins reports whether a name begins so, without regard to case.
func begins(name, with string) bool {
	return len(with) <= len(name) && strings.EqualFold(name[:len(with)], with)
}

func readDateNumber(word dateWord, typed string) dateWord {
	digits := strings.TrimRight(word.text, "abcdefghijklmnopqrstuvwxyz")
	switch word.text[len(digits):] {
	case "", "st", "nd", "rd", "th":
		if n, err := strconv.Atoi(digits); err == nil && len(digits) <= 4 {
			word.class, word.n = classNumber, n
			return word
		}
	}
	word.class = classClock
	parts, sep := split(word.text)
	if len(parts) < 2 {
		return word
	}
	// 45.50 is an amount; 3.12 and 31.2. are days.
	if sep == '.' && len(parts) == 2 && !strings.HasSuffix(strings.TrimRight(typed, ",;:!?"), ".") {
		if !isDayNumber(parts[0]) || parts[1] < 1 || parts[1] > 12 {
			return word
		}
	}
	word.class = classJoined
	return word
}

// split takes numbers that are joined by one sort of separator apart. It
// returns nothing when s is anything else.
func split(s string) (parts []int, sep byte) {
	i := strings.IndexAny(s, "-./")
	if i < 0 {
		return nil, 0
	}
	sep = s[i]
	for part := range strings.SplitSeq(s, string(sep)) {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) > 4 || len(parts) == 3 {
			return nil, 0
		}
		parts = append(parts, int(n))
	}
	return parts, sep
}

// typed is what stood behind "due", as far as it counts.
func (t dateText) typed() string {
	all := make([]string, len(t.words))
	for i, w := range t.words {
		all[i] = w.text
	}
	return strings.Join(all, " ")
}

// form is how to type what the words say.
func (t dateText) form() string { return "due " + t.typed() }

// date finds the day that the words mean.
func (t dateText) date() (interview.Date, error) {
	w := t.words
	switch t.pattern {
	case "d":
		return plusDays(t.today, w[0].n), nil
	case "w", "tw":
		return after(t.today, w[len(w)-1].n), nil
	case "lw":
		return plusDays(after(t.today, w[1].n), -7*weeksBack(t.today, w[1].n)), nil
	case "nw":
		first := after(t.today, w[1].n)
		return t.fail(quoted(t.typed())+" could be two days", "due "+w[1].text+" or due "+plusDays(first, 7).String())
	case "nu":
		if w[1].n == 7 {
			return fridayOfNextWeek(t.today), nil
		}
	case "i#u", "i1u":
		return plusUnits(t.today, w[1].n, w[2].n), nil
	case "#u", "1u":
		return t.fail(quoted(t.typed())+" needs an “in”", "due in "+t.typed())
	case "#":
		m := t.today.Month
		if w[0].n > daysIn(t.today.Year, m) {
			m = time.December
		}
		return t.fail(quoted(t.typed())+" has no month", "due "+dayForm(m, w[0].n)+`, or \due `+w[0].text+" to keep it as words")
	case "m", "m#":
		if len(w) == 2 && isDayNumber(w[1].n) {
			return t.dayAndMonth(w[1], w[0], nil)
		}
		return t.fail(quoted(t.typed())+" has no day", strings.TrimSpace("due 1 "+t.typed()))
	case "#m":
		return t.dayAndMonth(w[0], w[1], nil)
	case "#m#":
		return t.dayAndMonth(w[0], w[1], &w[2])
	case "m##":
		return t.dayAndMonth(w[1], w[0], &w[2])
	case "j":
		return t.joined(w[0].text)
	}
	return t.fail(quoted(t.typed())+" is not a day that hark knows", dueForms)
}

func (t dateText) fail(reason, nearest string) (interview.Date, error) {
	return interview.Date{}, &Error{reason, nearest}
}

// dayAndMonth is a day of a named month, in the year given or else the next
// such day from today on.
func (t dateText) dayAndMonth(day, month dateWord, year *dateWord) (interview.Date, error) {
	m := time.Month(month.n)
	if year == nil {
		return t.nextDay(day.n, m)
	}
	if year.n < 1000 {
		return t.fail("A year has four digits", fmt.Sprintf("due %s 20%02d", dayForm(m, day.n), year.n%100))
	}
	return t.day(year.n, m, day.n, func(last int) string { return fmt.Sprintf("due %s %d", dayForm(m, last), year.n) })
}

// nextDay is the next day of that name from today on.
func (t dateText) nextDay(day int, m time.Month) (interview.Date, error) {
	// Eight years are the most that can lie between two 29ths of February.
	for year := t.today.Year; year <= t.today.Year+8; year++ {
		if d := (interview.Date{Year: year, Month: m, Day: day}); exists(d) && !d.Before(t.today) {
			return d, nil
		}
	}
	return t.noDay(fmt.Sprintf("%d %s", day, m), "due "+dayForm(m, daysIn(t.today.Year, m)))
}

// day is a day of a given year. form writes the last day of that month.
func (t dateText) day(year int, m time.Month, day int, form func(last int) string) (interview.Date, error) {
	d := interview.Date{Year: year, Month: m, Day: day}
	if exists(d) {
		return d, nil
	}
	return t.noDay(fmt.Sprintf("%d %s %d", day, m, year), form(daysIn(year, m)))
}

func (t dateText) noDay(which, nearest string) (interview.Date, error) {
	return t.fail("There is no "+which, nearest)
}

// joined reads 2026-12-03, 3.12. and 3.12.2026, and refuses what can be read in
// two ways.
func (t dateText) joined(text string) (interview.Date, error) {
	p, sep := split(text)
	yearFirst := len(p) == 3 && p[0] >= 1000
	switch {
	case yearFirst && sep == '-':
		return t.iso(p)
	case yearFirst:
		if d := (interview.Date{Year: p[0], Month: time.Month(p[1]), Day: p[2]}); exists(d) {
			return t.fail(quoted(text)+" is not how hark writes a date", "due "+d.String())
		}
	case sep == '.' && p[1] >= 1 && p[1] <= 12:
		if len(p) == 2 {
			return t.nextDay(p[0], time.Month(p[1]))
		}
		if p[2] < 1000 {
			return t.fail("A year has four digits", fmt.Sprintf("due %d.%d.20%02d", p[0], p[1], p[2]%100))
		}
		return t.day(p[2], time.Month(p[1]), p[0], func(last int) string { return fmt.Sprintf("due %d.%d.%d", last, p[1], p[2]) })
	case sep != '.':
		return t.twoWays(text, p)
	}
	return t.fail(quoted(text)+" is not a day that hark knows", dueForms)
}

func (t dateText) iso(p []int) (interview.Date, error) {
	year, month, day := p[0], p[1], p[2]
	written := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	if month >= 1 && month <= 12 {
		return t.day(year, time.Month(month), day, func(last int) string { return fmt.Sprintf("due %04d-%02d-%02d", year, month, last) })
	}
	swapped := interview.Date{Year: year, Month: time.Month(day), Day: month}
	if exists(swapped) {
		return t.noDay(written, "due "+swapped.String())
	}
	return t.noDay(written, dueForms)
}

// twoWays refuses 3/12 and its like, which is 3 December to some and 12 March
// to others, and names whichever of the two there are.
func (t dateText) twoWays(text string, p []int) (interview.Date, error) {
	year := ""
	if len(p) == 3 {
		year = fmt.Sprintf(" %d", p[2])
		if p[2] < 100 {
			year = fmt.Sprintf(" 20%02d", p[2])
		}
	}
	var names, forms []string
	for _, way := range [][2]int{{p[0], p[1]}, {p[1], p[0]}} {
		day, m := way[0], time.Month(way[1])
		if m < time.January || m > time.December || day < 1 || day > daysIn(2000, m) || len(forms) == 1 && p[0] == p[1] {
			continue
		}
		names = append(names, fmt.Sprintf("%d %s", day, m))
		forms = append(forms, "due "+dayForm(m, day)+year)
	}
	switch len(forms) {
	case 0:
		return t.fail(quoted(text)+" is not a day that hark knows", dueForms)
	case 1:
		return t.fail("hark wants the month of a date as a word", forms[0])
	}
	return t.fail(quoted(text)+" could be "+strings.Join(names, " or "), strings.Join(forms, " or "))
}

// dayForm writes a day as it is typed: "3 dec".
func dayForm(m time.Month, day int) string {
	return fmt.Sprintf("%d %s", day, strings.ToLower(m.String()[:3]))
}

func exists(d interview.Date) bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= time.January && d.Month <= time.December &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year int, m time.Month) int {
	return time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func plusDays(d interview.Date, n int) interview.Date {
	return interview.DateOf(d.Time().AddDate(0, 0, n))
}

// plusUnits goes n units on: days of the given number each, or months when that
// is 0. A month on from the 31st is the last day of a shorter month.
func plusUnits(d interview.Date, n, days int) interview.Date {
	if days > 0 {
		return plusDays(d, n*days)
	}
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return interview.Date{Year: first.Year(), Month: first.Month(), Day: min(d.Day, daysIn(first.Year(), first.Month()))}
}

// after is the next such weekday strictly after d.
func after(d interview.Date, weekday int) interview.Date {
	ahead := (weekday - int(d.Time().Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return plusDays(d, ahead)
}

// weeksBack is how many weeks lie between the next such weekday and the last
// one strictly before d.
func weeksBack(d interview.Date, weekday int) int {
	if int(d.Time().Weekday()) == weekday {
		return 2
	}
	return 1
}

// fridayOfNextWeek is the last working day of the week after d's. Weeks begin
// on Monday.
func fridayOfNextWeek(d interview.Date) interview.Date {
	return plusDays(after(d, int(time.Monday)), 4)
}
