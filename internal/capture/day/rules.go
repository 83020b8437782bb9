package day

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/language"
)

// rules are the ways to say a day. The letters of the patterns are those of the
// parts: see language.Part.
func rules() []rule {
	return []rule{
		{"d", (*sentence).relative},
		{"t", (*sentence).thisMorning},
		{"w tw wt", (*sentence).weekday},
		{"nw wn", (*sentence).nextWeekday},
		{"lw wl", (*sentence).lastWeekday},
		{"wan anw", (*sentence).weekdayAfterNext},
		{"u nu un tu ut iu lu ul uan", (*sentence).unit},
		{"inu iun", (*sentence).comingUnits},
		{"i?u ?u ?ug i?ug n?u ?un in?u", (*sentence).length},
		{"?ugw ?ugd ?uw wi?u di?u i?uw wg du wu", (*sentence).lengthFrom},
		{"?uz", (*sentence).ago},
		{"wnu wun nuw unw wtu wut tuw utw", (*sentence).weekdayIn},
		{"o 9 ou otu out onu oun 9tu 9nu 9un", (*sentence).numbered},
		{"o9 oo", (*sentence).inOrdinals},
		{"jm mj", (*sentence).rangeOfDays},
		{"om 9m #m mo m9 omY 9mY #mY moY m9Y om9 om# 9m9 9m# m99 m9#", (*sentence).dated},
		{"luu lutu lunu luun ouu outu ounu ouun", (*sentence).lastDay},
		{"lwu lwnu lwun lwtu lwm lwim lwmY owu ownu owun owtu owm owim owmY", (*sentence).nthWeekday},
		{"oum um oumY", (*sentence).weekOfMonth},
		{"k? ok u? uo k?Y u?Y wk? wok wu? k?w", (*sentence).calendarWeek},
		{"uom u9m u9mY umo um9 uj", (*sentence).weekWith},
		{"q qY q# q9 qu ou 9u u9 uo ouY 9uY tq nq", (*sentence).inQuarter},
		{"m mY tm nm mt mn", (*sentence).inMonth},
		{"Y tY", (*sentence).inYear},
		{"h hY", (*sentence).holiday},
		{"j", (*sentence).inDigits},
		{"s v", (*sentence).noDay},
	}
}

func (s *sentence) relative(p []piece) (reading, bool) {
	r := certainly(Plus(s.in.From, p[0].N))
	r.past = p[0].N < 0
	return r, true
}

func (s *sentence) noDay([]piece) (reading, bool) { return reading{}, true }

// thisMorning is "this" with nothing but a time of day.
func (s *sentence) thisMorning([]piece) (reading, bool) {
	return certainly(s.in.From), s.clock || s.end
}

// only returns the part of a sort among some.
func only(parts []piece, sort language.Part) piece {
	i := slices.IndexFunc(parts, func(p piece) bool { return p.Part == sort })
	if i < 0 {
		return piece{}
	}
	return parts[i]
}

func has(parts []piece, sort language.Part) bool { return only(parts, sort).Part == sort }

func weekdayOf(parts []piece) time.Weekday { return time.Weekday(only(parts, language.Weekday).N) }

// countOf returns the number among some parts.
func countOf(parts []piece) piece {
	for _, p := range parts {
		if isCount(p) || p.Part == language.Ordinal {
			return p
		}
	}
	return piece{}
}

func (s *sentence) weekday(p []piece) (reading, bool) {
	return certainly(after(s.in.From, weekdayOf(p))), true
}

// nextWeekday is the coming one to some and the one of next week to others.
func (s *sentence) nextWeekday(p []piece) (reading, bool) {
	near := after(s.in.From, weekdayOf(p))
	if only(p, language.Next).N > 0 {
		return certainly(near), true
	}
	return doubtful(near, Plus(near, 7)), true
}

func (s *sentence) lastWeekday(p []piece) (reading, bool) {
	r := doubtful(Before(s.in.From, weekdayOf(p)))
	r.past = true
	return r, true
}

func (s *sentence) weekdayAfterNext(p []piece) (reading, bool) {
	near := after(s.in.From, weekdayOf(p))
	return doubtful(Plus(near, 7), Plus(near, 14)), true
}

// unit is this week, next month and their like: by its end, for a week is meant
// with its last working day. Of a longer stretch the beginning can be meant.
func (s *sentence) unit(p []piece) (reading, bool) {
	u, n := only(p, language.Unit).N, 0
	switch {
	case has(p, language.After):
		n = 2
	case has(p, language.Next):
		n = 1
	case has(p, language.Last):
		n = -1
	case !has(p, language.This) && !has(p, language.In) && u != language.UnitWeekend && u != language.UnitFortnight && u != language.UnitHalfYear:
		return reading{}, false // "week" alone
	}
	switch u {
	case language.UnitHour, language.UnitMinute:
		return reading{}, false
	case language.UnitHalfYear:
		return certainly(plusUnits(s.in.From, 1, u)), true
	case language.UnitFortnight:
		return certainly(Plus(s.in.From, language.UnitFortnight)), true
	case language.UnitDay, language.UnitWorkday:
		return certainly(plusUnits(s.in.From, n, u)), true
	case language.UnitWeekend:
		friday, sunday := span(s.in.From, u, n)
		if sunday.Before(s.in.From) {
			friday, sunday = span(s.in.From, u, n+1)
		}
		return doubtful(friday, sunday), true
	}
	first, last := span(s.in.From, u, n)
	switch {
	case n < 0:
		r := doubtful(last)
		r.past = true
		return r, true
	case u == language.UnitWeek && last.Before(s.in.From) && n == 0:
		return doubtful(Plus(last, 2), Plus(last, 7)), true // said on a Saturday
	case u == language.UnitWeek || n == 0:
		return certainly(last), true
	}
	return doubtful(last, first), true
}

// comingUnits are the coming days, which are some days.
func (s *sentence) comingUnits(p []piece) (reading, bool) {
	const some = 3
	if u := only(p, language.Unit).N; u == language.UnitDay || u == language.UnitWorkday {
		return doubtful(plusUnits(s.in.From, some, u)), true
	}
	return s.unit(p[1:])
}

// mostUnits is how many days, weeks or months somebody means who says so.
const mostUnits = 9999

// length is a length of time from today on.
func (s *sentence) length(p []piece) (reading, bool) {
	return s.lengthOn(s.in.From, p, !has(p, language.In) && !has(p, language.FromNow))
}

func (s *sentence) lengthOn(from interview.Date, p []piece, alone bool) (reading, bool) {
	n, u := countOf(p), only(p, language.Unit)
	if n.N < 1 || n.N > mostUnits {
		return reading{}, false
	}
	const hours, today = 24, 12
	r := certainly(plusUnits(from, n.N, u.N))
	switch u.N {
	case language.UnitHour:
		r = reading{days: []interview.Date{Plus(from, n.N/hours)}, sure: n.N <= today || n.N%hours == 0, time: true}
	case language.UnitMinute:
		r = reading{days: []interview.Date{from}, sure: n.N <= today*hours, time: true}
	}
	r.length = alone
	// Eight days are a week to many, and fifteen are two.
	for _, idiom := range []struct{ days, means int }{{8, 7}, {15, 14}} {
		if n.N == idiom.days && u.N == language.UnitDay && u.first() != language.English && (u.first() != language.German || idiom.days == 8) {
			r.days, r.sure = []interview.Date{Plus(from, idiom.means), Plus(from, n.N)}, false
		}
	}
	return r, true
}

// lengthFrom is a length of time from another day on: "a week from friday",
// "Freitag in einer Woche", "friday week", "lundi en huit".
func (s *sentence) lengthFrom(p []piece) (reading, bool) {
	from := s.in.From
	if has(p, language.Weekday) {
		from = after(from, weekdayOf(p))
	} else {
		from = Plus(from, only(p, language.Relative).N)
	}
	switch u, on := only(p, language.Unit), only(p, language.FromNow); {
	case countOf(p).N > 0:
		return s.lengthOn(from, p, false)
	case u.Part == 0 && on.N > 0:
		return certainly(Plus(from, on.N)), true
	case u.N == language.UnitWeek || u.N == language.UnitFortnight:
		return certainly(Plus(from, u.N)), true
	}
	return reading{}, false
}

func (s *sentence) ago(p []piece) (reading, bool) {
	r, ok := s.lengthOn(s.in.From, p, false)
	if !ok {
		return r, false
	}
	days := int(r.days[0].Time().Sub(s.in.From.Time()).Hours() / 24)
	r = doubtful(Plus(s.in.From, -days))
	r.past = true
	return r, true
}

// weekdayIn is a day of next week, or of this one.
func (s *sentence) weekdayIn(p []piece) (reading, bool) {
	n := 0
	if has(p, language.Next) {
		n = 1
	}
	if only(p, language.Unit).N != language.UnitWeek {
		return reading{}, false
	}
	monday, _ := span(s.in.From, language.UnitWeek, n)
	ahead := int(weekdayOf(p)-time.Monday+7) % 7
	return certainly(Plus(monday, ahead)), true
}

// numbered is a day that has nothing but its number, or its month told from
// today: "the 5th", "the 5th of next month". A bare number may be anything.
func (s *sentence) numbered(p []piece) (reading, bool) {
	day := countOf(p)
	u := only(p, language.Unit)
	if !isDayNumber(day.N) || u.Part == language.Unit && u.N != language.UnitMonth {
		return reading{}, false
	}
	first, last := span(s.in.From, language.UnitMonth, 0)
	switch {
	case has(p, language.Next):
		first, last = span(s.in.From, language.UnitMonth, 1)
	case !has(p, language.This):
		d := nextNumbered(s.in.From, day.N)
		return reading{days: []interview.Date{d}, sure: s.article || day.Part == language.Ordinal, number: day.Part != language.Ordinal && !s.article}, true
	}
	d := Plus(first, day.N-1)
	if last.Before(d) {
		return doubtful(last), true
	}
	return certainly(d), true
}

// inOrdinals is "15. 12.", in doubt: the second number can be of anything.
func (s *sentence) inOrdinals(p []piece) (reading, bool) {
	if p[1].N < 1 || p[1].N > 12 || !isDayNumber(p[0].N) || s.article {
		return reading{}, false
	}
	d, ok := nextDay(s.in.From, p[0].N, time.Month(p[1].N))
	return doubtful(d), ok
}

// dated is a day of a named month, in the year given or else the next such day
// from today on.
func (s *sentence) dated(p []piece) (reading, bool) {
	m := time.Month(only(p, language.Month).N)
	var numbers []piece
	for _, part := range p {
		if part.Part != language.Month {
			numbers = append(numbers, part)
		}
	}
	day := numbers[0]
	if day.Part == language.Number && day.N < 2 && len(day.core) < 3 || day.N < 1 {
		return reading{}, false // "a march"
	}
	if len(numbers) == 1 {
		d, ok := nextDay(s.in.From, day.N, m)
		r := reading{days: []interview.Date{d}, sure: ok && !far(s.in.From, d)}
		if before := (interview.Date{Year: s.in.From.Year, Month: m, Day: day.N}); ok && !r.sure && exists(before) {
			r.days = []interview.Date{before, d}
		}
		return r, isDayNumber(day.N)
	}
	year := numbers[1].N
	if year < 100 {
		year += 2000
	}
	d := interview.Date{Year: year, Month: m, Day: day.N}
	if !exists(d) {
		last, ok := lastInstead(d)
		return reading{days: last.days}, ok
	}
	r := certainly(d)
	if next, _ := nextDay(s.in.From, day.N, m); d.Before(s.in.From) {
		r.days = append(r.days, next)
	}
	return r, true
}

// rangeOfDays is "4-6 dec": the first or the last of them.
func (s *sentence) rangeOfDays(p []piece) (reading, bool) {
	days, sep := split(only(p, partJoined).core)
	if len(days) != 2 || sep != '-' || days[0] >= days[1] || !isDayNumber(days[0]) || !isDayNumber(days[1]) {
		return reading{}, false
	}
	m := time.Month(only(p, language.Month).N)
	first, ok := nextDay(s.in.From, days[0], m)
	last, too := nextDay(s.in.From, days[1], m)
	return doubtful(first, last), ok && too
}

// lastDay is the last or the first day of a month.
func (s *sentence) lastDay(p []piece) (reading, bool) {
	units := slices.DeleteFunc(slices.Clone(p), func(q piece) bool { return q.Part != language.Unit })
	if len(units) != 2 || units[0].N != language.UnitDay && units[0].N != language.UnitWorkday {
		return reading{}, false
	}
	n := 0
	if has(p, language.Next) {
		n = 1
	}
	var day interview.Date
	step := 1
	switch o := countOf(p); {
	case o.N > 1:
		return reading{}, false
	case o.N == 1:
		if n == 0 && !has(p, language.This) {
			n = 1
		}
		day, _ = span(s.in.From, units[1].N, n)
	default:
		_, day = span(s.in.From, units[1].N, n)
		step = -1
	}
	for units[0].N == language.UnitWorkday && !isWorkday(day) {
		day = Plus(day, step)
	}
	return certainly(day), true
}

// nthWeekday is the first Monday of a month, or the last Friday.
func (s *sentence) nthWeekday(p []piece) (reading, bool) {
	u := only(p, language.Unit)
	if u.Part == language.Unit && u.N != language.UnitMonth {
		return reading{}, false
	}
	pick := func(month interview.Date) interview.Date {
		first, last := span(month, language.UnitMonth, 0)
		if n := countOf(p).N; n > 0 {
			return Plus(after(Plus(first, -1), weekdayOf(p)), 7*(n-1))
		}
		return Before(Plus(last, 1), weekdayOf(p))
	}
	month := s.in.From
	switch {
	case has(p, language.Month):
		month, _ = nextDay(s.in.From, daysIn(s.in.From.Year, time.Month(only(p, language.Month).N)), time.Month(only(p, language.Month).N))
		if y := only(p, partYear); y.N > 0 {
			month.Year, month.Day = y.N, 1
		}
	case has(p, language.Next):
		month, _ = span(s.in.From, language.UnitMonth, 1)
	}
	d := pick(month)
	if d.Before(s.in.From) && u.Part == language.Unit && !has(p, language.This) {
		month, _ = span(month, language.UnitMonth, 1)
		d = pick(month)
	}
	return certainly(d), true
}

// weekOfMonth is the Friday of the second week of December, in doubt, for weeks of
// a month are counted in several ways.
func (s *sentence) weekOfMonth(p []piece) (reading, bool) {
	n := countOf(p).N
	m, ok := s.month(p[len(p)-1:], "m")
	if has(p, partYear) {
		m, ok = s.month(p[len(p)-2:], "mY")
	}
	if !ok || n < 1 || n > 5 || only(p, language.Unit).N != language.UnitWeek {
		return reading{}, false
	}
	return doubtful(Plus(mondayOf(Plus(m, 7*(n-1))), 4)), true
}

// week is a week of the calendar: its Monday.
func (s *sentence) week(p []piece, have string) (interview.Date, bool) {
	if u := only(p, language.Unit); u.Part == language.Unit && u.N != language.UnitWeek || strings.IndexByte(have, byte(language.Week)) < 0 && u.Part == 0 {
		return interview.Date{}, false
	}
	return weekOf(s.in.From, countOf(p).N, only(p, partYear).N)
}

func (s *sentence) calendarWeek(p []piece) (reading, bool) {
	monday, ok := s.week(p, pattern(p))
	if !ok {
		return reading{}, false
	}
	if has(p, language.Weekday) {
		return certainly(Plus(monday, int(weekdayOf(p)-time.Monday+7)%7)), true
	}
	return certainly(Plus(monday, 4)), true
}

// weekWith is the Friday of the week with a day in it.
func (s *sentence) weekWith(p []piece) (reading, bool) {
	r, ok := s.day(p[1:])
	if !ok || len(r.days) != 1 || p[0].N != language.UnitWeek {
		return reading{}, false
	}
	r.days = []interview.Date{Plus(mondayOf(r.days[0]), 4)}
	return r, true
}

// month is a named month: its first day, this year or next.
func (s *sentence) month(p []piece, have string) (interview.Date, bool) {
	switch have {
	case "m", "mY", "m#", "m9", "tm", "nm", "mt", "mn":
	default:
		return interview.Date{}, false
	}
	m, year := time.Month(only(p, language.Month).N), only(p, partYear).N
	if c := countOf(p); c.Part != 0 {
		year = 2000 + c.N
	}
	if year > 0 {
		return interview.Date{Year: year, Month: m, Day: 1}, true
	}
	last, _ := nextDay(s.in.From, daysIn(s.in.From.Year, m), m)
	return interview.Date{Year: last.Year, Month: m, Day: 1}, true
}

// inMonth is a month without a day: by its end or by its beginning.
func (s *sentence) inMonth(p []piece) (reading, bool) {
	m, ok := s.month(p, pattern(p))
	if !ok {
		return reading{}, false
	}
	first, last := span(m, language.UnitMonth, 0)
	return reading{days: []interview.Date{last, first}, wide: true}, true
}

func (s *sentence) inYear(p []piece) (reading, bool) {
	first, last := span(interview.Date{Year: p[len(p)-1].N, Month: time.January, Day: 1}, language.UnitYear, 0)
	return reading{days: []interview.Date{last, first}, wide: true, number: true}, true
}

// quarter is a quarter of a year: its first day, this year or next.
func (s *sentence) quarter(p []piece, have string) (interview.Date, bool) {
	n := only(p, language.Quarter).N
	if u := only(p, language.Unit); u.Part == language.Unit {
		if u.N != language.UnitQuarter || !strings.Contains(" qu ou 9u u9 uo ouY 9uY ", " "+have+" ") {
			return interview.Date{}, false
		}
		if n == 0 {
			n = countOf(p).N
		}
	}
	if n < 1 || n > 4 {
		return interview.Date{}, false
	}
	year := only(p, partYear).N
	if c := countOf(p); strings.HasPrefix(have, "q") && c.Part != 0 {
		year = 2000 + c.N
	}
	first := interview.Date{Year: s.in.From.Year, Month: time.Month(3*n - 2), Day: 1}
	if year > 0 {
		first.Year = year
	} else if _, last := span(first, language.UnitQuarter, 0); last.Before(s.in.From) {
		first.Year++
	}
	return first, true
}

func (s *sentence) inQuarter(p []piece) (reading, bool) {
	q, ok := s.quarter(p, pattern(p))
	if !ok {
		return reading{}, false
	}
	first, last := span(q, language.UnitQuarter, 0)
	return doubtful(last, first), true
}

// holiday is in doubt: things are to be done before it.
func (s *sentence) holiday(p []piece) (reading, bool) {
	y, n := only(p, partYear).N, p[0].N
	in := func(year int) interview.Date {
		if n > 1231 {
			return Plus(easter(year), n-language.HolidayEaster)
		}
		return interview.Date{Year: year, Month: time.Month(n / 100), Day: n % 100}
	}
	d := in(cmp.Or(y, s.in.From.Year))
	if y == 0 && d.Before(s.in.From) {
		d = in(s.in.From.Year + 1)
	}
	return doubtful(d, Plus(d, -1)), true
}

// iso reports whether a date in digits is written with its year first.
func (p piece) iso() bool { return len(p.core) >= 4 && strings.Trim(p.core[:4], "0123456789") == "" }

func (s *sentence) inDigits(p []piece) (reading, bool) {
	j, ok := readJoined(p[0].core, s.in.From, s.in.Language)
	r := reading{days: j.days, sure: j.sure, number: j.amount, time: strings.Contains(p[0].core, "t")}
	if len(j.days) == 1 && j.sure && !p[0].iso() && j.days[0].Before(s.in.From) {
		next, _ := nextDay(s.in.From, j.days[0].Day, j.days[0].Month)
		r.days = append(slices.Clone(r.days), next)
	}
	return r, ok && len(j.days) > 0
}
