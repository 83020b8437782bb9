package language

import "time"

func english(folded string) []Word {
	return firstOf(folded, englishDays, englishMonths, englishNumbers, englishTimes, englishHints)
}

func englishDays(w string) []Word {
	switch w {
	case "yesterday":
		return one(Relative, -1)
	case "today", "tonight", "tonite", "2day", "now", "right now", "immediately", "straight away", "right away":
		return one(Relative, 0)
	case "tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmrrw", "tmw", "tmr", "tmoro", "tomoz", "2moro", "2morrow":
		return one(Relative, 1)
	case "day after tomorrow", "overmorrow":
		return one(Relative, 2)
	case "monday", "mon":
		return one(Weekday, int(time.Monday))
	case "tuesday", "tue", "tues":
		return one(Weekday, int(time.Tuesday))
	case "wednesday", "wed", "weds":
		return one(Weekday, int(time.Wednesday))
	case "thursday", "thu", "thur", "thurs":
		return one(Weekday, int(time.Thursday))
	case "friday", "fri":
		return one(Weekday, int(time.Friday))
	case "saturday", "sat":
		return one(Weekday, int(time.Saturday))
	case "sunday", "sun":
		return one(Weekday, int(time.Sunday))
	case "christmas", "xmas", "christmas day", "x-mas":
		return one(Holiday, 1225)
	case "christmas eve":
		return one(Holiday, 1224)
	case "new year", "new years", "new year's", "new year's day", "the new year":
		return one(Holiday, 101)
	case "new year's eve", "nye":
		return one(Holiday, 1231)
	case "boxing day":
		return one(Holiday, 1226)
	}
	return nil
}

func englishMonths(w string) []Word {
	switch w {
	case "january", "jan":
		return one(Month, 1)
	case "february", "feb", "febr":
		return one(Month, 2)
	case "march", "mar":
		return one(Month, 3)
	case "april", "apr":
		return one(Month, 4)
	case "may":
		return one(Month, 5)
	case "june", "jun":
		return one(Month, 6)
	case "july", "jul":
		return one(Month, 7)
	case "august", "aug":
		return one(Month, 8)
	case "september", "sep", "sept":
		return one(Month, 9)
	case "october", "oct":
		return one(Month, 10)
	case "november", "nov":
		return one(Month, 11)
	case "december", "dec":
		return one(Month, 12)
	}
	return nil
}

func englishNumbers(w string) []Word {
	switch w {
	case "a", "an", "one":
		return one(Number, 1)
	case "two":
		return one(Number, 2)
	case "three":
		return one(Number, 3)
	case "four":
		return one(Number, 4)
	case "five":
		return one(Number, 5)
	case "six":
		return one(Number, 6)
	case "seven":
		return one(Number, 7)
	case "eight":
		return one(Number, 8)
	case "nine":
		return one(Number, 9)
	case "ten":
		return one(Number, 10)
	case "eleven":
		return one(Number, 11)
	case "twelve":
		return one(Number, 12)
	case "fourteen":
		return one(Number, 14)
	case "fifteen":
		return one(Number, 15)
	case "twenty":
		return one(Number, 20)
	case "thirty":
		return one(Number, 30)
	case "a couple of", "couple of", "a couple", "couple":
		return vague(Number, 2)
	case "a few", "few", "several":
		return vague(Number, 3)
	case "first":
		return one(Ordinal, 1)
	case "second":
		return one(Ordinal, 2)
	case "third":
		return one(Ordinal, 3)
	case "fourth":
		return one(Ordinal, 4)
	case "fifth":
		return one(Ordinal, 5)
	case "tenth":
		return one(Ordinal, 10)
	case "fifteenth":
		return one(Ordinal, 15)
	case "twentieth":
		return one(Ordinal, 20)
	case "thirtieth":
		return one(Ordinal, 30)
	case "thirty-first":
		return one(Ordinal, 31)
	}
	return nil
}

func englishTimes(w string) []Word {
	switch w {
	case "hour", "hours", "hr", "hrs":
		return one(Unit, UnitHour)
	case "minute", "minutes", "min", "mins":
		return one(Unit, UnitMinute)
	case "day", "days", "d", "calendar days", "days'":
		return one(Unit, UnitDay)
	case "working day", "working days", "business day", "business days", "workday", "workdays", "weekday", "weekdays":
		return one(Unit, UnitWorkday)
	case "week", "weeks", "week's", "weeks'", "wks":
		return one(Unit, UnitWeek)
	case "wk", "w", "cw", "calendar week", "week number", "week no", "wk no":
		return both(one(Unit, UnitWeek), mark(Week))
	case "fortnight", "fortnights", "fortnight's":
		return one(Unit, UnitFortnight)
	case "month", "months", "month's", "months'", "mth", "mths":
		return one(Unit, UnitMonth)
	case "quarter", "quarters", "qtr":
		return one(Unit, UnitQuarter)
	case "year", "years", "yr", "yrs", "year's":
		return one(Unit, UnitYear)
	case "half a year", "half year":
		return one(Unit, UnitHalfYear)
	case "weekend", "week-end", "w/e", "wkend":
		return one(Unit, UnitWeekend)
	case "w/c", "wc", "week commencing", "week beginning", "week starting", "week of", "week ending":
		return one(Unit, UnitWeek)
	case "q1":
		return one(Quarter, 1)
	case "q2":
		return one(Quarter, 2)
	case "q3":
		return one(Quarter, 3)
	case "q4":
		return one(Quarter, 4)
	}
	return nil
}

func englishHints(w string) []Word {
	switch w {
	case "in", "within", "inside":
		return mark(In)
	case "from now", "from today", "hence", "time", "later", "out", "from":
		return mark(FromNow)
	case "next", "following", "nxt":
		return mark(Next)
	case "coming", "upcoming", "this coming":
		return one(Next, 1)
	case "this", "current", "later this":
		return mark(This)
	case "last", "past", "previous":
		return mark(Last)
	case "end", "close", "ends":
		return mark(End)
	case "late":
		return vague(End, 0)
	case "eow", "weeks end":
		return one(End, UnitWeek)
	case "eom":
		return one(End, UnitMonth)
	case "eoq":
		return one(End, UnitQuarter)
	case "eoy":
		return one(End, UnitYear)
	case "start", "beginning", "early", "begin":
		return mark(Start)
	case "mid", "middle":
		return mark(Middle)
	case "before", "ahead of", "prior to", "pre":
		return mark(Before)
	case "after", "earliest", "at the earliest", "at earliest", "not before", "past the":
		return mark(After)
	case "around", "about", "approx", "approximately", "roughly", "circa", "ca", "or so", "ish", "some time", "towards":
		return mark(Around)
	case "ago", "back":
		return mark(Ago)
	case "morning", "noon", "midday", "afternoon", "evening", "night", "midnight", "lunch", "lunchtime", "sharp", "first thing", "gmt", "utc", "cet", "cest":
		return mark(Clock)
	case "am", "pm", "a.m", "p.m", "o'clock", "h":
		return one(Clock, 1)
	case "at":
		return mark(At)
	case "eod", "eob", "cob", "cop", "coe", "end of day", "end of the day", "end of business", "close of business", "close of play", "close of the day",
		"end of play", "end of today", "day's end", "close of day", "business close":
		return mark(DayEnd)
	case "asap", "a.s.a.p", "soon", "as soon as possible", "as soon as", "sometime", "whenever", "later on", "shortly", "eventually", "tbd", "tba",
		"tbc", "n/a", "sooner or later", "some day", "someday", "one day", "when possible", "promptly", "soonest":
		return mark(Soon)
	case "or", "to", "till", "through", "thru", "and":
		return mark(Either)
	case "every", "each":
		return mark(Each)
	case "on", "by", "until", "til", "no later than", "not later than", "latest by", "of", "for":
		return mark(Filler)
	case "the":
		return mark(Article)
	case "latest", "at the latest", "at latest", "the latest", "at the very latest", "or before", "or earlier", "or sooner", "if possible":
		return mark(Deadline)
	}
	return nil
}
