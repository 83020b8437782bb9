package day

import (
	"strconv"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/language"
)

// numberWord reads a word with a digit in front as a part of a day: a number, the
// 5th, a time of day, or a date in digits.
func numberWord(core, behind string) (piece, bool) {
	if core == "" || !isDigit(core[0]) {
		return piece{}, false
	}
	p := piece{core: core}
	digits := strings.TrimRight(core, "abcdefghijklmnopqrstuvwxyz°")
	if n, err := strconv.Atoi(digits); err == nil {
		switch core[len(digits):] {
		case "":
			return plainNumber(p, n, digits), true
		case "st", "nd", "rd", "th", "er", "ere", "e", "o", "a", "°", "te", "ten", "ter", "re", "eme":
			p.Part, p.N = language.Ordinal, n
			return p, 1 <= n && n <= 53
		case "h", "pm", "am", "uhr":
			p.Part = language.Clock
			return p, n <= 24
		}
	}
	if _, ok := readClockWord(core); ok {
		p.Part = language.Clock
		return p, true
	}
	p.Part = partJoined
	if strings.HasPrefix(behind, ".") {
		p.core += "." // 3.12. is a day, where 3.12 can be an amount
	}
	_, ok := readJoined(p.core, interview.Date{Year: 2026, Month: time.January, Day: 1}, "")
	return p, ok
}

// plainNumber is a number without anything: of a day, of a year, or 20261203.
func plainNumber(p piece, n int, digits string) piece {
	p.Part, p.N = language.Number, n
	switch {
	case len(digits) == len("20261203"):
		p.Part = partJoined
	case len(digits) == 4 && digits[0] != '0':
		p.Part = partYear
	case len(digits) <= 2 && isDayNumber(n):
		p.Part = partDigits
	case len(digits) > 4:
		p.Part = 0
	}
	return p
}

func isDayNumber(n int) bool { return 1 <= n && n <= 31 }

// readClockWord reads a time of day that is one word: 17:00, 5.30pm, 17h30.
func readClockWord(core string) (hour int, ok bool) {
	core = strings.TrimSuffix(core, "uhr")
	for _, layout := range []string{"15:04", "15:04:05", "15h04", "3:04pm", "3.04pm", "15.04h"} {
		if t, err := time.Parse(layout, core); err == nil {
			return t.Hour(), true
		}
	}
	return 0, false
}

// joined is a date in digits: the days that it can be, and whether it is surely
// one of them, and the first.
type joined struct {
	days   []interview.Date
	sure   bool
	amount bool // 3.5 and 3/4 can be amounts
}

// readJoined reads 2026-12-03, 20261203, 3.12., 3/12 and their like, seen from a
// day. Where the order of day and month cannot be told, the nearer one comes
// first, or the one that a language writes.
func readJoined(text string, from interview.Date, l language.Language) (joined, bool) {
	day, clock, _ := strings.Cut(text, "t")
	if clock != "" && (len(clock) < len("10:00") || !isDigit(clock[0]) || strings.Count(day, "-") != 2) {
		return joined{}, false
	}
	if len(day) == len("20261203") && strings.Trim(day, "0123456789") == "" {
		day = day[:4] + "-" + day[4:6] + "-" + day[6:]
	}
	if year, week, ok := strings.Cut(day, "-w"); ok {
		return isoWeek(year, week)
	}
	p, sep := split(day)
	switch {
	case len(p) == 3 && p[0] >= 1000:
		return yearFirst(p)
	case len(p) == 2 && p[0] >= 1000, len(p) == 2 && p[1] >= 1000:
		return monthOfYear(max(p[0], p[1]), min(p[0], p[1]))
	case len(p) == 3:
		return yearLast(p, sep, from, l)
	case len(p) == 2:
		return withoutYear(p, sep, from, l, strings.HasSuffix(text, "."))
	}
	return joined{}, false
}

// split takes numbers that are joined by one sort of separator apart. It
// returns nothing when s is anything else.
func split(s string) (parts []int, sep byte) {
	s = strings.TrimSuffix(s, ".")
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

func isoWeek(year, week string) (joined, bool) {
	y, err := strconv.Atoi(year)
	n, wrong := strconv.Atoi(week)
	if err != nil || wrong != nil || y < 1000 {
		return joined{}, false
	}
	monday, ok := weekOf(interview.Date{}, n, y)
	return joined{days: []interview.Date{Plus(monday, 4)}, sure: true}, ok
}

// yearFirst reads 2026-12-03. A day that the month does not have is its last one,
// in doubt, and so is one that only makes sense the other way round.
func yearFirst(p []int) (joined, bool) {
	d := interview.Date{Year: p[0], Month: time.Month(p[1]), Day: p[2]}
	if exists(d) {
		return joined{days: []interview.Date{d}, sure: true}, true
	}
	if turned := (interview.Date{Year: p[0], Month: time.Month(p[2]), Day: p[1]}); exists(turned) {
		return joined{days: []interview.Date{turned}}, true
	}
	return lastInstead(d)
}

// lastInstead is the last day of a month that has no such day, in doubt.
func lastInstead(d interview.Date) (joined, bool) {
	if d.Month < time.January || d.Month > time.December || !isDayNumber(d.Day) || d.Year < 1 {
		return joined{}, false
	}
	d.Day = daysIn(d.Year, d.Month)
	return joined{days: []interview.Date{d}}, true
}

// monthOfYear reads 12/2026: by its end, or by its beginning.
func monthOfYear(year, month int) (joined, bool) {
	if month < 1 || month > 12 {
		return joined{}, false
	}
	first, last := span(interview.Date{Year: year, Month: time.Month(month), Day: 1}, language.UnitMonth, 0)
	return joined{days: []interview.Date{last, first}}, true
}

// ways are the two ways to read two numbers as a day and a month: as most
// languages write it, and as Americans do.
func ways(p []int) [2][2]int { return [2][2]int{{p[0], p[1]}, {p[1], p[0]}} }

// dayFirst reports whether the day comes first for certain.
func dayFirst(sep byte) bool { return sep == '.' }

func yearLast(p []int, sep byte, from interview.Date, l language.Language) (joined, bool) {
	year := p[2]
	if year < 100 {
		year += 2000
	}
	var out joined
	for i, w := range ways(p) {
		d := interview.Date{Year: year, Month: time.Month(w[1]), Day: w[0]}
		if exists(d) && (i == 0 || !dayFirst(sep) && p[0] != p[1]) {
			out.days = append(out.days, d)
		}
	}
	if len(out.days) == 0 {
		return lastInstead(interview.Date{Year: year, Month: time.Month(p[1]), Day: p[0]})
	}
	out.sure = len(out.days) == 1
	return out.nearerFirst(from, l), true
}

func withoutYear(p []int, sep byte, from interview.Date, l language.Language, dotted bool) (joined, bool) {
	out := joined{amount: !dotted}
	for i, w := range ways(p) {
		if w[1] < 1 || w[1] > 12 || w[0] < 1 || w[0] > daysIn(2000, time.Month(w[1])) || i == 1 && (dayFirst(sep) || p[0] == p[1]) {
			continue
		}
		if d, ok := nextDay(from, w[0], time.Month(w[1])); ok {
			out.days = append(out.days, d)
		}
	}
	if len(out.days) == 0 {
		if p[1] < 1 || p[1] > 12 || !isDayNumber(p[0]) {
			return joined{}, false
		}
		last, _ := nextDay(from, p[0], time.Month(p[1]))
		return joined{days: []interview.Date{last}}, true
	}
	out.sure = len(out.days) == 1 && !far(from, out.days[0])
	return out.nearerFirst(from, l), true
}

// nearerFirst puts the day that is nearer first, unless the language settles it.
func (j joined) nearerFirst(from interview.Date, l language.Language) joined {
	dayMonth := l != "" && l != language.English
	if len(j.days) == 2 && !dayMonth && j.days[1].Before(j.days[0]) && !j.days[1].Before(from) {
		j.days[0], j.days[1] = j.days[1], j.days[0]
	}
	return j
}
