package language

import "time"

func french(folded string) []Word {
	return firstOf(folded, frenchDays, frenchMonths, frenchNumbers, frenchTimes, frenchHints)
}

func frenchDays(w string) []Word {
	switch w {
	case "hier":
		return one(Relative, -1)
	case "aujourd'hui", "aujourdhui", "auj", "ce jour", "tout de suite", "immediatement", "maintenant":
		return one(Relative, 0)
	case "demain":
		return one(Relative, 1)
	case "apres-demain", "apres demain", "apresdemain":
		return one(Relative, 2)
	case "lundi", "lun":
		return one(Weekday, int(time.Monday))
	case "mardi":
		return one(Weekday, int(time.Tuesday))
	case "mar", "ma":
		return short(Weekday, int(time.Tuesday))
	case "mercredi", "mer", "merc":
		return one(Weekday, int(time.Wednesday))
	case "jeudi", "jeu":
		return one(Weekday, int(time.Thursday))
	case "vendredi", "ven", "vend":
		return one(Weekday, int(time.Friday))
	case "samedi", "sam":
		return one(Weekday, int(time.Saturday))
	case "dimanche", "dim":
		return one(Weekday, int(time.Sunday))
	case "noel":
		return one(Holiday, 1225)
	case "nouvel an", "jour de l'an", "jour de l an":
		return one(Holiday, 101)
	}
	return nil
}

func frenchMonths(w string) []Word {
	switch w {
	case "janvier", "janv":
		return one(Month, 1)
	case "fevrier", "fev", "fevr":
		return one(Month, 2)
	case "mars":
		return one(Month, 3)
	case "avril", "avr":
		return one(Month, 4)
	case "mai":
		return one(Month, 5)
	case "juin":
		return one(Month, 6)
	case "juillet", "juil":
		return one(Month, 7)
	case "aout":
		return one(Month, 8)
	case "septembre", "sept":
		return one(Month, 9)
	case "octobre", "oct":
		return one(Month, 10)
	case "novembre", "nov":
		return one(Month, 11)
	case "decembre", "dec":
		return one(Month, 12)
	}
	return nil
}

func frenchNumbers(w string) []Word {
	switch w {
	case "un", "une":
		return one(Number, 1)
	case "deux":
		return one(Number, 2)
	case "trois":
		return one(Number, 3)
	case "quatre":
		return one(Number, 4)
	case "cinq":
		return one(Number, 5)
	case "six":
		return one(Number, 6)
	case "sept":
		return one(Number, 7)
	case "huit":
		return one(Number, 8)
	case "neuf":
		return one(Number, 9)
	case "dix":
		return one(Number, 10)
	case "onze":
		return one(Number, 11)
	case "douze":
		return one(Number, 12)
	case "quinze":
		return one(Number, 15)
	case "vingt":
		return one(Number, 20)
	case "trente":
		return one(Number, 30)
	case "quelques", "plusieurs":
		return vague(Number, 3)
	case "premier", "premiere":
		return one(Ordinal, 1)
	case "deuxieme", "second", "seconde":
		return one(Ordinal, 2)
	case "troisieme":
		return one(Ordinal, 3)
	case "quatrieme":
		return one(Ordinal, 4)
	}
	return nil
}

func frenchTimes(w string) []Word {
	switch w {
	case "heures", "heure":
		return both(one(Unit, UnitHour), one(Clock, 1))
	case "minutes", "minute":
		return one(Unit, UnitMinute)
	case "jour", "jours", "j":
		return one(Unit, UnitDay)
	case "jour ouvre", "jours ouvres", "jour ouvrable", "jours ouvrables":
		return one(Unit, UnitWorkday)
	case "semaine", "semaines", "sem":
		return both(one(Unit, UnitWeek), mark(Week))
	case "s":
		return mark(Week)
	case "quinzaine", "une quinzaine":
		return one(Unit, UnitFortnight)
	case "huitaine":
		return one(Unit, UnitWeek)
	case "mois":
		return one(Unit, UnitMonth)
	case "trimestre", "trimestres":
		return one(Unit, UnitQuarter)
	case "semestre":
		return one(Unit, UnitHalfYear)
	case "an", "ans", "annee", "annees":
		return one(Unit, UnitYear)
	case "week-end", "weekend", "le week-end":
		return one(Unit, UnitWeekend)
	case "t1":
		return one(Quarter, 1)
	case "t2":
		return one(Quarter, 2)
	case "t3":
		return one(Quarter, 3)
	case "t4":
		return one(Quarter, 4)
	}
	return nil
}

func frenchHints(w string) []Word {
	switch w {
	case "dans", "sous", "endeans":
		return mark(In)
	case "ici", "d'ici", "d ici", "d'ici a":
		return both(mark(In), mark(Filler)) // d'ici deux jours, d'ici vendredi
	case "a partir d'aujourd'hui", "a compter d'aujourd'hui":
		return mark(FromNow)
	case "prochain", "prochaine", "prochains", "suivant", "suivante":
		return mark(Next)
	case "qui vient":
		return one(Next, 1)
	case "en huit":
		return one(FromNow, UnitWeek) // lundi en huit
	case "en quinze":
		return one(FromNow, UnitFortnight)
	case "ce", "cet", "cette", "courant":
		return mark(This)
	case "dernier", "derniere", "passe", "passee":
		return mark(Last)
	case "fin":
		return mark(End)
	case "debut":
		return mark(Start)
	case "mi", "milieu":
		return mark(Middle)
	case "avant", "d'avant":
		return mark(Before)
	case "apres", "au plus tot":
		return mark(After)
	case "vers", "environ", "aux alentours du", "autour du":
		return mark(Around)
	case "matin", "midi", "apres-midi", "apresmidi", "soir", "soiree", "nuit", "minuit", "matinee":
		return mark(Clock)
	case "h":
		return one(Clock, 1)
	case "fin de journee", "fin de la journee", "en fin de journee":
		return mark(DayEnd)
	case "des que possible", "bientot", "au plus vite", "le plus vite possible", "rapidement", "asap", "un jour", "prochainement", "sous peu":
		return mark(Soon)
	case "ou", "a", "au", "et":
		return []Word{{Part: Either}, {Part: Filler}, {Part: At}}
	case "chaque", "tous", "toutes":
		return mark(Each)
	case "de", "d", "du", "des", "en", "pour", "jusqu'a", "jusqu'au", "jusqu", "l", "la", "les", "qu":
		return mark(Filler)
	case "le":
		return mark(Article)
	case "au plus tard":
		return mark(Deadline)
	}
	return nil
}
