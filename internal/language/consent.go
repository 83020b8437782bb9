package language

import "strings"

// Reply is an answer to a question that can be answered with yes or no.
type Reply byte

// The replies. Unsaid is none.
const (
	Unsaid Reply = 0
	Yes    Reply = 'y'
	No     Reply = 'n'
)

// Quoting is how somebody may be quoted. The narrower one is the smaller.
type Quoting int

// The ways to be quoted. QuotingUnsaid is none of them.
const (
	QuotingUnsaid Quoting = iota
	QuotedNot
	QuotedByRole
	QuotedByName
)

// Consent is what an answer to "may I take notes, and may I quote you?" allows.
type Consent struct {
	Notes  Reply
	Quotes Quoting // the narrowest that the words can mean
	// Open says that the words can mean something else as well, or hold more than hark knows.
	Open bool
}

// said is what the words of an answer name, and whether with a not in front of it.
type said struct {
	yes, no, quote, noQuote, name, noName, role, noRole, notes, noNotes, anonymous, unknown bool
}

// ConsentIn reads an answer: "yes, that's fine, by role please", "ja, gerne, ohne Namen". It takes
// the text in lower case and without accents. Every word that it does not know leaves the answer
// open.
func ConsentIn(folded string) Consent {
	var s said
	clauses := strings.FieldsFunc(strings.ReplaceAll(folded, "’", "'"), func(r rune) bool { return strings.ContainsRune(",.;:!?()/–—\n", r) })
	for _, clause := range clauses {
		s.clause(strings.Fields(clause))
	}
	s.unknown = s.unknown || strings.ContainsAny(folded, "?")
	quotes, open := s.quoting()
	c := Consent{Quotes: quotes, Open: open || s.unknown}
	about := s.quote || s.noQuote || s.name || s.noName || s.role || s.noRole || s.anonymous
	switch {
	case s.noNotes && (s.notes || s.yes), s.no && s.yes, s.no && (about || s.unknown) && !s.noNotes:
		c.Open = true // a no to what?
	case s.noNotes || s.no:
		c.Notes = No
	case s.yes || s.notes:
		c.Notes = Yes
	}
	if c.Open && c.Quotes > QuotedNot && s.unknown {
		c.Quotes = QuotedNot
	}
	return c
}

// clause takes note of what one part of the answer says. A not is about what it stands in front of,
// else about the last thing in front of it: no quotes, quotes no.
func (s *said) clause(words []string) {
	const longest = 5   // words of a phrase
	var is, isNot *bool // the last thing that was named
	begins, not := true, false
	name := func(yes, no *bool) {
		is, isNot, begins = yes, no, false
		if not {
			yes = no
		}
		*yes = true
	}
	for len(words) > 0 {
		n := min(longest, len(words))
		for n > 1 && classOf(strings.Join(words[:n], " ")) == "" {
			n--
		}
		phrase := strings.Join(words[:n], " ")
		words = words[n:]
		switch classOf(phrase) {
		case "quote":
			name(&s.quote, &s.noQuote)
		case "name":
			name(&s.name, &s.noName)
		case "role":
			name(&s.role, &s.noRole)
		case "notes":
			name(&s.notes, &s.noNotes)
		case "anonymous":
			name(&s.anonymous, &s.unknown)
		case "none":
			s.noQuote = true
		case "not", "no":
			not = true
		case "yes":
			about := len(words) > 0 && isIn("to", words[0]) && anySubject(words)
			s.unknown = s.unknown || not // not sure
			s.yes = s.yes || begins && !not && !about
			begins = false
		case "but":
			not = false
		case "only", "filler", "to":
		default: // or, and what hark does not know
			s.unknown = true
		}
		if not && !anySubject(words) && isNot != nil && !*isNot {
			*is, *isNot, not = false, true, false
		}
	}
	s.no = s.no || not && isNot == nil
}

// classOf returns what a word or phrase of an answer is taken for, "" when hark does not know it.
func classOf(phrase string) string {
	for _, class := range []string{"yes", "no", "none", "not", "quote", "name", "role", "notes", "anonymous", "only", "but", "or", "to", "filler"} {
		if isIn(class, phrase) {
			return class
		}
	}
	if strings.ContainsAny(phrase, "' ") {
		return ""
	}
	for _, end := range []string{"s", "t", "m", "d", "re", "ve", "ll"} { // thats, dont, im
		if word, ok := strings.CutSuffix(phrase, end); ok && word != "" {
			if class := classOf(word + "'" + end); class != "" {
				return class
			}
		}
	}
	return ""
}

// anySubject reports whether words name what may be allowed.
func anySubject(words []string) bool {
	for _, w := range words {
		switch classOf(w) {
		case "quote", "name", "role", "notes", "anonymous":
			return true
		}
	}
	return false
}

// quoting returns the narrowest way of quoting that was allowed, and whether another one may have
// been meant.
func (s *said) quoting() (q Quoting, open bool) {
	switch {
	case s.noQuote:
		return QuotedNot, s.name || s.role
	case s.role && s.noRole, s.name && s.noName, s.noRole && !s.name, s.anonymous && !s.role:
		return QuotedNot, true
	case s.role:
		return QuotedByRole, s.name
	case s.name:
		return QuotedByName, false
	case s.noName && s.quote:
		return QuotedByRole, false
	case s.noName:
		return QuotedNot, true
	case s.quote:
		return QuotedByRole, true
	}
	return QuotingUnsaid, false
}
