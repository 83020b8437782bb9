package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
)

// An audience is who reads an export, and what the customer lets them see.
type audience struct {
	iv       *interview.Interview
	seller   bool // the seller alone
	thoughts bool // the seller's own thoughts too
	quotes   bool // quotes, in quotation marks
	names    bool // the names of people on the customer's side
	filter   nameFilter
}

// others returns the audience of everything that is handed on. While nobody has asked the customer,
// quotes are attributed by role.
func others(iv *interview.Interview, opts Options) audience {
	quoting := iv.Consent.Quotes
	a := audience{iv: iv, thoughts: opts.Thoughts, quotes: quoting != interview.QuoteNone, names: quoting == interview.QuoteByName}
	a.filter = a.newFilter()
	return a
}

// seller returns the audience that sees names and quotes whatever the customer allowed.
func seller(iv *interview.Interview, opts Options) audience {
	return audience{iv: iv, seller: true, thoughts: opts.Thoughts, quotes: true, names: true}
}

// label returns the name of a person, or the role of one who may not be named.
func (a audience) label(p interview.Person) string {
	switch {
	case a.names, p.Side == interview.Ours:
		return p.Name
	case p.Role != "":
		return p.Role
	case p.Side == "":
		return "somebody"
	default:
		return "customer"
	}
}

// who returns the label of the person with the given ID, "" for nobody.
func (a audience) who(id interview.ID) string {
	p, ok := a.iv.Person(id)
	if !ok {
		return ""
	}
	return a.label(p)
}

// speaker returns to whom a text is attributed, "" for nobody or if that may not be told.
func (a audience) speaker(id interview.ID) string {
	p, known := a.iv.Person(id)
	if !a.quotes && known && p.Side != interview.Ours {
		return ""
	}
	return a.who(id)
}

// shows reports whether a line is part of the export. Unsettled lines never are, thoughts only on
// request. Quotes are not where the customer refused to be quoted, unless somebody on our side said
// them.
func (a audience) shows(l interview.Line) bool {
	if l.Kind.Private() && !a.thoughts || l.Kind == interview.Unsettled {
		return false
	}
	if a.quotes || !l.MayBe(interview.Quote) {
		return true
	}
	p, known := a.iv.Person(l.Speaker)
	return known && p.Side == interview.Ours && interview.InDoubt(l.Concurrent, interview.FieldSpeaker) == nil
}

// wording returns a wording of a problem, in quotation marks if it is a quote that may be shown,
// and who said it, the zero ID if that is unknown.
func (a audience) wording(p interview.Problem, text string) (span, interview.ID) {
	by, quoted := a.iv.Quoted(p, text)
	if !quoted || !a.quotes {
		return span{saidText, text}, interview.ID{}
	}
	return span{quotedText, text}, by
}

// reaction returns what they said to a solution, "" where they may not be quoted: nobody knows how far
// it is word for word.
func (a audience) reaction(text string) string {
	if !a.quotes {
		return ""
	}
	return text
}

// respected reports whether what a good answer must respect may be shown: it is left out where it is a
// quote, by the mark in front of it, and they may not be quoted.
func (a audience) respected(text string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return a.quotes || !unicode.In(first, unicode.Quotation_Mark)
}

// concurrent returns the values that stand next to each other in a thing, as far as they may be shown:
// no name, role or quote that the customer did not allow.
func (a audience) concurrent(all []interview.Concurrent) []interview.Concurrent {
	var shown []interview.Concurrent
	for _, c := range all {
		switch c.Field { //nolint:exhaustive // the others have no words of theirs and name nobody
		case interview.FieldStatement, interview.FieldReaction, interview.FieldLeftOut:
			if !a.quotes { // they may be the customer's own words
				continue
			}
			c.Value = a.withoutNames(c.Value)
		case interview.FieldSpeaker:
			if c.Value = a.speaker(c.Person); c.Value == "" && !c.Person.IsZero() {
				continue // who it may have been is not said
			}
		case interview.FieldOwner:
			if !c.Person.IsZero() {
				c.Value = a.who(c.Person)
			}
		case interview.FieldBears:
			c.Value = a.bears(c.Value)
		case interview.FieldName, interview.FieldRole:
			if !a.names {
				continue
			}
		default:
			c.Value = a.withoutNames(c.Value)
		}
		shown = append(shown, c)
	}
	return shown
}
