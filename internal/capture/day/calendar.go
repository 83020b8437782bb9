package day

import (
	"cmp"
	"time"

	"hark/internal/interview"
	"hark/internal/language"
)

func exists(d interview.Date) bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= time.January && d.Month <= time.December &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year int, m time.Month) int {
	return time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Plus returns the day n days after d, before it for a negative n.
func Plus(d interview.Date, n int) interview.Date {
	return interview.DateOf(d.Time().AddDate(0, 0, n))
}

// plusUnits goes n units of a language's kind on, or back for a negative n. A month on from the
// 31st is the last day of a shorter month.
func plusUnits(d interview.Date, n, unit int) interview.Date {
	switch {
	case unit == language.UnitWorkday:
		way := cmp.Compare(n, 0)
		for step := 0; step < min(n*way, 1000); {
			if d = Plus(d, way); isWorkday(d) {
				step++
			}
		}
		return d
	case unit == language.UnitWeekend:
		return Plus(after(d, time.Saturday), 7*(n-1))
	case unit == language.UnitMinute:
		return d
	case unit >= 0:
		return Plus(d, n*unit)
	}
	first := time.Date(d.Year, d.Month+time.Month(-n*unit), 1, 0, 0, 0, 0, time.UTC)
	return interview.Date{Year: first.Year(), Month: first.Month(), Day: min(d.Day, daysIn(first.Year(), first.Month()))}
}

func isWorkday(d interview.Date) bool {
	w := d.Time().Weekday()
	return w != time.Saturday && w != time.Sunday
}

// after is the next such weekday strictly after d.
func after(d interview.Date, weekday time.Weekday) interview.Date {
	ahead := int(weekday-d.Time().Weekday()+7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return Plus(d, ahead)
}

// Before is the last such weekday strictly before d.
func Before(d interview.Date, weekday time.Weekday) interview.Date {
	return Plus(after(Plus(d, -1), weekday), -7)
}

// mondayOf is the first day of d's week. Weeks begin on Monday.
func mondayOf(d interview.Date) interview.Date { return Before(Plus(d, 1), time.Monday) }

// span is the first and the last day of the stretch of the calendar that lies n
// such units on from the one with d in it. A week ends with its last working day.
func span(d interview.Date, unit, n int) (first, last interview.Date) {
	start := func(year int, m time.Month) interview.Date {
		return interview.DateOf(time.Date(year, m, 1, 0, 0, 0, 0, time.UTC))
	}
	months := 0
	switch unit {
	case language.UnitMonth:
		first, months = start(d.Year, d.Month+time.Month(n)), 1
	case language.UnitQuarter:
		first, months = start(d.Year, (d.Month-1)/3*3+1+time.Month(3*n)), 3
	case language.UnitHalfYear:
		first, months = start(d.Year, (d.Month-1)/6*6+1+time.Month(6*n)), 6
	case language.UnitYear:
		first, months = start(d.Year+n, time.January), 12
	case language.UnitWeek, language.UnitFortnight:
		first = Plus(mondayOf(d), 7*n)
		return first, Plus(first, 4)
	case language.UnitWeekend:
		friday := Plus(mondayOf(d), 4+7*n)
		return friday, Plus(friday, 2)
	default:
		day := plusUnits(d, n, max(unit, language.UnitDay))
		return day, day
	}
	return first, Plus(start(first.Year, first.Month+time.Month(months)), -1)
}

// weekOf is the Monday of a week of the calendar, as ISO 8601 counts them: the
// next such week that is not over on a day, or that of a given year. ok is false
// when the year has no such week.
func weekOf(d interview.Date, week, year int) (monday interview.Date, ok bool) {
	try := func(year int) (interview.Date, bool) {
		first := mondayOf(interview.Date{Year: year, Month: time.January, Day: 4})
		monday := Plus(first, 7*(week-1))
		_, have := Plus(monday, 3).Time().ISOWeek()
		return monday, week >= 1 && have == week
	}
	if year > 0 {
		return try(year)
	}
	for y := d.Year; y <= d.Year+8; y++ {
		if monday, ok := try(y); ok && !Plus(monday, 4).Before(d) {
			return monday, true
		}
	}
	return interview.Date{}, false
}

// nextDay is the next day of that name from d on; where no month ever has it, the
// last day that there is, and false.
func nextDay(d interview.Date, day int, m time.Month) (next interview.Date, ok bool) {
	// Eight years are the most that can lie between two 29ths of February.
	for year := d.Year; year <= d.Year+8; year++ {
		if n := (interview.Date{Year: year, Month: m, Day: day}); exists(n) && !n.Before(d) {
			return n, true
		}
	}
	last, _ := nextDay(d, daysIn(2026, m), m)
	return last, false
}

// far reports whether a day that was told without its year is so far from another one that the last
// such day can be meant.
func far(from, d interview.Date) bool {
	const most = 300 // days
	return Plus(from, most).Before(d)
}

// nextNumbered is the next day with that number from d on, in whichever month.
func nextNumbered(d interview.Date, day int) interview.Date {
	for n := range 3 {
		first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		if next := (interview.Date{Year: first.Year(), Month: first.Month(), Day: day}); exists(next) && !next.Before(d) {
			return next
		}
	}
	return interview.Date{}
}

// easter is Easter Sunday of a year in the Gregorian calendar, by the method of Meeus, Jones and
// Butcher.
func easter(year int) interview.Date {
	century, of := year/100, year%100
	moon := (19*(year%19) + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	ahead := (32 + 2*(century%4) + 2*(of/4) - moon - of%4) % 7
	days := moon + ahead - 7*((year%19+11*moon+22*ahead)/451) + 114
	return interview.Date{Year: year, Month: time.Month(days / 31), Day: days%31 + 1}
}
