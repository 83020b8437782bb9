package language

import "time"

func spanish(folded string) []Word {
	return firstOf(folded, spanishDays, spanishMonths, spanishNumbers, spanishTimes, spanishHints)
}

func spanishDays(w string) []Word {
	switch w {
	case "ayer":
		return one(Relative, -1)
	case "hoy", "ahora", "ya", "inmediatamente", "ahora mismo", "hoy mismo":
		return one(Relative, 0)
	case "manana":
		return both(one(Relative, 1), mark(Clock)) // tomorrow, and the morning
	case "pasado manana":
		return one(Relative, 2)
	case "lunes", "lun":
		return one(Weekday, int(time.Monday))
	case "martes":
		return one(Weekday, int(time.Tuesday))
	case "mar":
		return both(short(Weekday, int(time.Tuesday)), short(Month, 3))
	case "miercoles", "mie", "mier":
		return one(Weekday, int(time.Wednesday))
	case "mi", "mx":
		return short(Weekday, int(time.Wednesday))
	case "jueves", "jue":
		return one(Weekday, int(time.Thursday))
	case "viernes", "vie":
		return one(Weekday, int(time.Friday))
	case "sabado", "sab":
		return one(Weekday, int(time.Saturday))
	case "domingo", "dom":
		return one(Weekday, int(time.Sunday))
	case "ma":
		return short(Weekday, int(time.Tuesday))
	case "do":
		return short(Weekday, int(time.Sunday))
	case "sa":
		return short(Weekday, int(time.Saturday))
	case "navidad", "navidades":
		return one(Holiday, 1225)
	case "nochebuena":
		return one(Holiday, 1224)
	case "nochevieja":
		return one(Holiday, 1231)
	case "ano nuevo":
		return one(Holiday, 101)
	}
	return nil
}

func spanishMonths(w string) []Word {
	switch w {
	case "enero", "ene":
		return one(Month, 1)
	case "febrero", "feb":
		return one(Month, 2)
	case "marzo":
		return one(Month, 3)
	case "abril", "abr":
		return one(Month, 4)
	case "mayo":
		return one(Month, 5)
	case "junio", "jun":
		return one(Month, 6)
	case "julio", "jul":
		return one(Month, 7)
	case "agosto", "ago":
		return one(Month, 8)
	case "septiembre", "setiembre", "sept", "sep", "set":
		return one(Month, 9)
	case "octubre", "oct":
		return one(Month, 10)
	case "noviembre", "nov":
		return one(Month, 11)
	case "diciembre", "dic":
		return one(Month, 12)
	}
	return nil
}

func spanishNumbers(w string) []Word {
	switch w {
	case "un", "una", "uno":
		return one(Number, 1)
	case "dos":
		return one(Number, 2)
	case "tres":
		return one(Number, 3)
	case "cuatro":
		return one(Number, 4)
	case "cinco":
		return one(Number, 5)
	case "seis":
		return one(Number, 6)
	case "siete":
		return one(Number, 7)
	case "ocho":
		return one(Number, 8)
	case "nueve":
		return one(Number, 9)
	case "diez":
		return one(Number, 10)
	case "once":
		return one(Number, 11)
	case "doce":
		return one(Number, 12)
	case "quince":
		return one(Number, 15)
	case "veinte":
		return one(Number, 20)
	case "treinta":
		return one(Number, 30)
	case "un par de":
		return vague(Number, 2)
	case "unos", "unas", "algunos", "algunas", "pocos", "pocas":
		return vague(Number, 3)
	case "primero", "primer", "primera":
		return one(Ordinal, 1)
	case "segundo", "segunda":
		return one(Ordinal, 2)
	case "tercero", "tercer", "tercera":
		return one(Ordinal, 3)
	case "cuarto":
		return one(Ordinal, 4)
	}
	return nil
}

func spanishTimes(w string) []Word {
	switch w {
	case "hora", "horas":
		return both(one(Unit, UnitHour), one(Clock, 1))
	case "minuto", "minutos":
		return one(Unit, UnitMinute)
	case "dia", "dias":
		return one(Unit, UnitDay)
	case "dia habil", "dias habiles", "dia laborable", "dias laborables":
		return one(Unit, UnitWorkday)
	case "semana", "semanas", "sem":
		return both(one(Unit, UnitWeek), mark(Week))
	case "quincena":
		return one(Unit, UnitFortnight)
	case "mes", "meses":
		return one(Unit, UnitMonth)
	case "trimestre", "trimestres":
		return one(Unit, UnitQuarter)
	case "semestre":
		return one(Unit, UnitHalfYear)
	case "ano", "anos":
		return one(Unit, UnitYear)
	case "fin de semana", "finde":
		return one(Unit, UnitWeekend)
	case "t1", "1t":
		return one(Quarter, 1)
	case "t2", "2t":
		return one(Quarter, 2)
	case "t3", "3t":
		return one(Quarter, 3)
	case "t4", "4t":
		return one(Quarter, 4)
	}
	return nil
}

func spanishHints(w string) []Word {
	switch w {
	case "en", "dentro de", "dentro", "en un plazo de":
		return mark(In)
	case "a partir de hoy", "desde hoy":
		return mark(FromNow)
	case "proximo", "proxima", "siguiente":
		return mark(Next)
	case "que viene", "entrante":
		return one(Next, 1)
	case "este", "esta":
		return mark(This)
	case "pasado", "pasada", "ultimo", "ultima":
		return mark(Last)
	case "fin", "final", "finales", "fines", "ultimos":
		return mark(End)
	case "principio", "principios", "comienzos", "inicio", "inicios":
		return mark(Start)
	case "mediados", "mitad":
		return mark(Middle)
	case "antes de", "antes del", "antes":
		return mark(Before)
	case "despues de", "despues del", "despues", "tras":
		return mark(After)
	case "hacia", "sobre", "alrededor de", "alrededor del":
		return mark(Around)
	case "tarde", "noche", "mediodia", "madrugada", "medianoche":
		return mark(Clock)
	case "h", "hs":
		return one(Clock, 1)
	case "a las", "a la":
		return []Word{{Part: At}, {Part: Filler}}
	case "fin del dia", "final del dia", "cierre":
		return mark(DayEnd)
	case "cuanto antes", "lo antes posible", "pronto", "algun dia", "en breve":
		return mark(Soon)
	case "o", "hasta":
		return both(mark(Either), mark(Filler))
	case "cada", "todos", "todas":
		return mark(Each)
	case "de", "del", "la", "los", "las", "a", "por", "para":
		return mark(Filler)
	case "el", "al", "dia el":
		return mark(Article)
	case "a mas tardar", "como muy tarde", "como maximo", "como mucho":
		return mark(Deadline)
	}
	return nil
}
