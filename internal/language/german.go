package language

import "time"

func german(folded string) []Word {
	return firstOf(folded, germanDays, germanMonths, germanNumbers, germanTimes, germanHints)
}

func germanDays(w string) []Word {
	switch w {
	case "gestern":
		return one(Relative, -1)
	case "heute", "sofort", "jetzt", "umgehend", "unverzuglich", "heut":
		return one(Relative, 0)
	case "morgen":
		return both(one(Relative, 1), mark(Clock)) // tomorrow, and the morning
	case "ubermorgen", "uebermorgen":
		return one(Relative, 2)
	case "montag":
		return one(Weekday, int(time.Monday))
	case "dienstag":
		return one(Weekday, int(time.Tuesday))
	case "mittwoch":
		return one(Weekday, int(time.Wednesday))
	case "donnerstag":
		return one(Weekday, int(time.Thursday))
	case "freitag":
		return one(Weekday, int(time.Friday))
	case "samstag", "sonnabend":
		return one(Weekday, int(time.Saturday))
	case "sonntag":
		return one(Weekday, int(time.Sunday))
	case "mo":
		return short(Weekday, int(time.Monday))
	case "di":
		return short(Weekday, int(time.Tuesday))
	case "mi":
		return short(Weekday, int(time.Wednesday))
	case "do":
		return short(Weekday, int(time.Thursday))
	case "fr":
		return short(Weekday, int(time.Friday))
	case "sa":
		return short(Weekday, int(time.Saturday))
	case "so":
		return short(Weekday, int(time.Sunday))
	case "weihnachten", "weihnachtstag":
		return one(Holiday, 1225)
	case "heiligabend", "heilig abend":
		return one(Holiday, 1224)
	case "silvester":
		return one(Holiday, 1231)
	case "neujahr":
		return one(Holiday, 101)
	}
	return nil
}

func germanMonths(w string) []Word {
	switch w {
	case "januar", "janner", "jaenner", "jan":
		return one(Month, 1)
	case "februar", "feber", "feb":
		return one(Month, 2)
	case "marz", "maerz", "mrz", "mar":
		return one(Month, 3)
	case "april", "apr":
		return one(Month, 4)
	case "mai":
		return one(Month, 5)
	case "juni", "jun":
		return one(Month, 6)
	case "juli", "jul":
		return one(Month, 7)
	case "august", "aug":
		return one(Month, 8)
	case "september", "sep", "sept":
		return one(Month, 9)
	case "oktober", "okt":
		return one(Month, 10)
	case "november", "nov":
		return one(Month, 11)
	case "dezember", "dez":
		return one(Month, 12)
	}
	return nil
}

func germanNumbers(w string) []Word {
	switch w {
	case "ein", "eine", "einem", "einen", "einer", "eines":
		return one(Number, 1)
	case "zwei", "zwo", "beiden":
		return one(Number, 2)
	case "drei":
		return one(Number, 3)
	case "vier":
		return one(Number, 4)
	case "funf", "fuenf":
		return one(Number, 5)
	case "sechs":
		return one(Number, 6)
	case "sieben":
		return one(Number, 7)
	case "acht":
		return one(Number, 8)
	case "neun":
		return one(Number, 9)
	case "zehn":
		return one(Number, 10)
	case "elf":
		return one(Number, 11)
	case "zwolf", "zwoelf":
		return one(Number, 12)
	case "vierzehn":
		return one(Number, 14)
	case "funfzehn", "fuenfzehn":
		return one(Number, 15)
	case "zwanzig":
		return one(Number, 20)
	case "dreissig":
		return one(Number, 30)
	case "ein paar", "paar", "einigen", "einige", "mehreren":
		return vague(Number, 3)
	case "erste", "ersten", "erster", "erstes":
		return one(Ordinal, 1)
	case "zweite", "zweiten", "zweiter", "zweites":
		return one(Ordinal, 2)
	case "dritte", "dritten", "dritter", "drittes":
		return one(Ordinal, 3)
	case "vierte", "vierten", "viertes", "vierter":
		return one(Ordinal, 4)
	case "funften", "fuenften":
		return one(Ordinal, 5)
	case "zehnten":
		return one(Ordinal, 10)
	case "funfzehnten", "fuenfzehnten":
		return one(Ordinal, 15)
	}
	return nil
}

func germanTimes(w string) []Word {
	switch w {
	case "stunde", "stunden", "std":
		return one(Unit, UnitHour)
	case "minute", "minuten":
		return one(Unit, UnitMinute)
	case "tag", "tage", "tagen", "tages":
		return one(Unit, UnitDay)
	case "werktag", "werktage", "werktagen", "arbeitstag", "arbeitstage", "arbeitstagen":
		return one(Unit, UnitWorkday)
	case "woche", "wochen":
		return one(Unit, UnitWeek)
	case "kw", "kalenderwoche", "kal.woche":
		return mark(Week)
	case "monat", "monate", "monaten", "monats":
		return one(Unit, UnitMonth)
	case "quartal", "quartale", "quartalen", "quartals":
		return one(Unit, UnitQuarter)
	case "jahr", "jahre", "jahren", "jahres":
		return one(Unit, UnitYear)
	case "halbes jahr", "halben jahr", "halbjahr":
		return one(Unit, UnitHalfYear)
	case "wochenende", "we":
		return one(Unit, UnitWeekend)
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

func germanHints(w string) []Word {
	switch w {
	case "in", "binnen", "innerhalb", "innerhalb von", "innert":
		return mark(In)
	case "ab heute", "ab jetzt", "von heute an", "von jetzt an":
		return mark(FromNow)
	case "nachste", "nachsten", "nachster", "nachstes", "nachstem", "naechste", "naechsten", "naechster", "naechstes", "naechstem",
		"folgende", "folgenden":
		return mark(Next)
	case "kommende", "kommenden", "kommender", "kommendes":
		return one(Next, 1)
	case "diese", "diesen", "dieser", "dieses", "diesem", "laufenden", "aktuellen":
		return mark(This)
	case "letzte", "letzten", "letzter", "letztes", "letztem", "vergangene", "vergangenen", "vorige", "vorigen":
		return mark(Last)
	case "ende", "schluss", "spat":
		return mark(End)
	case "anfang", "beginn", "anfangs", "fruh im":
		return mark(Start)
	case "mitte":
		return mark(Middle)
	case "vor", "noch vor":
		return mark(Before)
	case "nach", "fruhestens", "fruehestens":
		return mark(After)
	case "gegen", "etwa", "ungefahr", "ca", "circa", "rund um":
		return mark(Around)
	case "fruh", "frueh", "vormittag", "vormittags", "mittag", "mittags", "nachmittag", "nachmittags", "abend", "abends", "nacht", "mitternacht":
		return mark(Clock)
	case "uhr", "h":
		return one(Clock, 1)
	case "um":
		return mark(At)
	case "feierabend", "tagesende", "dienstschluss", "geschaftsschluss", "ende des tages", "ende vom tag":
		return mark(DayEnd)
	case "bald", "so bald wie moglich", "sobald wie moglich", "so schnell wie moglich", "baldmoglichst", "schnellstmoglich", "demnachst",
		"irgendwann", "moglichst bald", "in kurze", "zeitnah", "sbwm":
		return mark(Soon)
	case "oder":
		return mark(Either)
	case "bis":
		return both(mark(Either), mark(Filler))
	case "jeden", "jede", "jedes", "jeder":
		return mark(Each)
	case "von", "vom", "im", "zu", "des", "der", "die", "das", "fur":
		return mark(Filler)
	case "am", "den", "dem", "zum":
		return mark(Article)
	case "spatestens", "allerspatestens", "spaetestens":
		return mark(Deadline)
	}
	return germanEnds(w)
}

// germanEnds are the ends of stretches of time that are one word in German.
func germanEnds(w string) []Word {
	switch w {
	case "wochenschluss", "wochenausklang":
		return one(End, UnitWeek)
	case "monatsende", "ultimo":
		return one(End, UnitMonth)
	case "quartalsende":
		return one(End, UnitQuarter)
	case "jahresende":
		return one(End, UnitYear)
	case "monatsanfang", "monatsbeginn":
		return one(Start, UnitMonth)
	case "jahresanfang", "jahresbeginn":
		return one(Start, UnitYear)
	case "wochenanfang", "wochenbeginn":
		return one(Start, UnitWeek)
	case "wochenmitte":
		return one(Middle, UnitWeek)
	case "monatsmitte":
		return one(Middle, UnitMonth)
	}
	return nil
}
