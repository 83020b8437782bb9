package language

import "strings"

// Party is whom a word stands for in the notes of a seller: us, them, or somebody that the word does
// not say.
type Party byte

// The parties. Nobody is what a word stands for that is not about sides.
const (
	Nobody  Party = 0
	Us      Party = 'u'
	Them    Party = 't'
	Unclear Party = '?' // your, both, external
)

// Side returns whose side some words name that say nothing else: "ours", "on their side", "von uns",
// "côté client". It takes them in lower case and without accents.
func (l Language) Side(folded string) Party {
	words := strings.Fields(folded)
	for len(words) > 1 && l.leadsToSide(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return Nobody
	}
	if p := l.sidePhrase(strings.Join(words, " ")); p != Nobody {
		return p
	}
	p := l.Pronoun(words[0])
	if p == Nobody {
		p = l.customer(words[0])
	}
	for _, w := range words[1:] {
		if !l.sideNoun(w) {
			return Nobody
		}
	}
	return p
}

// Pronoun returns whom a pronoun stands for, in lower case and without accents: "ours", "leur".
func (l Language) Pronoun(folded string) Party {
	switch l {
	case English:
		switch folded {
		case "our", "ours", "our's", "us", "we", "my":
			return Us
		case "their", "theirs", "their's", "them", "they":
			return Them
		case "your", "yours", "you", "both":
			return Unclear
		}
	case German:
		switch folded {
		case "unser", "unsere", "unserer", "unseres", "unserem", "unseren", "unsre", "uns", "wir", "mein", "meine", "meiner":
			return Us
		case "deren":
			return Them
		case "euer", "eure", "euch", "beide":
			return Unclear
		}
	case French:
		switch folded {
		case "notre", "notres", "nos", "nous", "mon":
			return Us
		case "leur", "leurs", "eux":
			return Them
		case "votre", "vos", "vous":
			return Unclear
		}
	case Spanish:
		switch folded {
		case "nuestro", "nuestra", "nuestros", "nuestras", "nosotros", "nosotras":
			return Us
		case "suyo", "suya", "suyos", "suyas", "ellos", "ellas":
			return Them
		case "vuestro", "vuestra", "ustedes":
			return Unclear
		}
	}
	return Nobody
}

// sidePhrase returns whose side words name that say so only together, or only when nothing stands
// beside them.
func (l Language) sidePhrase(folded string) Party {
	switch l {
	case English:
		switch folded {
		case "me", "myself", "i", "ourselves":
			return Us
		case "mine", "internal", "external", "neutral", "third party", "neither":
			return Unclear
		}
	case German:
		switch folded {
		case "ich", "kollege", "kollegin", "kollegen":
			return Us
		case "ihr", "ihre", "ihrer", "ihre seite", "ihrer seite", "ihr team", "ihrem team", "ihre firma", "ihre leute", "kundenseite", "kundenseitig":
			return Them
		case "intern", "extern", "dritte":
			return Unclear
		}
	case French:
		switch folded {
		case "moi", "je":
			return Us
		case "interne", "externe":
			return Unclear
		}
	case Spanish:
		switch folded {
		case "yo":
			return Us
		case "su lado", "su equipo", "su empresa", "su parte":
			return Them
		case "interno", "externo":
			return Unclear
		}
	}
	return Nobody
}

// customer returns Them for the words for a customer.
func (l Language) customer(folded string) Party {
	switch l {
	case English:
		switch folded {
		case "customer", "customers", "customer's", "customers'", "client", "clients", "client's", "clients'":
			return Them
		}
	case German:
		switch folded {
		case "kunde", "kunden", "kundin", "kundinnen":
			return Them
		}
	case French:
		switch folded {
		case "client", "cliente", "clients":
			return Them
		}
	case Spanish:
		switch folded {
		case "cliente", "clienta", "clientes":
			return Them
		}
	}
	return Nobody
}

// leadsToSide reports whether a word can stand in front of whose side it is.
func (l Language) leadsToSide(folded string) bool {
	switch l {
	case English:
		switch folded {
		case "on", "from", "with", "at", "of", "for", "is", "the", "one", "a", "works", "belongs", "to", "side", "part":
			return true
		}
	case German:
		switch folded {
		case "von", "bei", "beim", "auf", "aus", "vom", "der", "die", "das", "den", "dem", "ein", "eine", "einer", "gehort", "zu", "seite", "seiten", "fur":
			return true
		}
	case French:
		switch folded {
		case "chez", "de", "du", "des", "a", "au", "le", "la", "les", "un", "une", "cote", "avec", "est":
			return true
		}
	case Spanish:
		switch folded {
		case "de", "del", "el", "la", "los", "las", "con", "a", "un", "una", "uno", "por", "lado", "parte", "es":
			return true
		}
	}
	return false
}

// sideNoun reports whether a word can stand behind whose side it is.
func (l Language) sideNoun(folded string) bool {
	switch l {
	case English:
		switch folded {
		case "side", "team", "company", "people", "colleague", "colleagues", "organisation", "organization", "firm", "end", "staff", "crew", "folks", "guys":
			return true
		}
	case German:
		switch folded {
		case "seite", "team", "firma", "leute", "kollege", "kollegin", "kollegen", "haus", "unternehmen", "mitarbeiter", "mitarbeiterin":
			return true
		}
	case French:
		switch folded {
		case "cote", "equipe", "entreprise", "societe", "boite", "gens", "collegue", "collegues", "camp", "maison":
			return true
		}
	case Spanish:
		switch folded {
		case "lado", "equipo", "empresa", "gente", "companero", "companera", "colega", "parte", "bando", "casa":
			return true
		}
	}
	return false
}

// Unsure reports whether a word takes back what stands beside it, or leaves it open: "not", "maybe".
func (l Language) Unsure(folded string) bool {
	switch l {
	case English:
		switch folded {
		case "not", "no", "isn't", "maybe", "perhaps", "probably", "possibly", "or", "nor", "neither", "former", "formerly", "ex", "once", "was":
			return true
		}
	case German:
		switch folded {
		case "nicht", "kein", "keine", "keiner", "vielleicht", "wohl", "wahrscheinlich", "oder", "ehemals", "fruher":
			return true
		}
	case French:
		switch folded {
		case "pas", "peut-etre", "ou", "ancien", "ancienne", "ni":
			return true
		}
	case Spanish:
		switch folded {
		case "quiza", "quizas", "tal", "o", "ni", "antes":
			return true
		}
	}
	return false
}

// IsSideNoun reports whether a word says that it is about a side: "side", "equipe".
func IsSideNoun(folded string) bool {
	for _, l := range Languages() {
		if l.sideNoun(folded) {
			return true
		}
	}
	return false
}

// IsUnsure is [Language.Unsure] in whichever language the word is one.
func IsUnsure(folded string) bool {
	for _, l := range Languages() {
		if l.Unsure(folded) {
			return true
		}
	}
	return false
}

// SideOf is [Language.Side] in whichever language the words say one: no two languages mean different
// sides by the same words.
func SideOf(folded string) Party {
	for _, l := range Languages() {
		if p := l.Side(folded); p != Nobody {
			return p
		}
	}
	return Nobody
}

// PronounOf is [Language.Pronoun] in whichever language the word is one.
func PronounOf(folded string) Party {
	for _, l := range Languages() {
		if p := l.Pronoun(folded); p != Nobody {
			return p
		}
	}
	return Nobody
}
