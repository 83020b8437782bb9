package export

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// An audience is who reads an export, and what the customer lets them see.
type audience struct {
	iv       *interview.Interview
	seller   bool                    // the seller alone
	thoughts bool                    // the seller's own thoughts too
	quotes   bool                    // quotes, in quotation marks
	names    bool                    // the names of people on the customer's side
	unnamed  *Names                  // whose names are replaced where it is noted who does what
	roles    map[interview.ID]string // what they are called
}

// others returns the audience of everything that is handed on. While nobody has asked the customer,
// quotes are attributed by role.
func others(iv *interview.Interview, opts Options) audience {
	quoting := iv.Consent.Quotes
	a := audience{iv: iv, thoughts: opts.Thoughts, quotes: quoting != interview.QuoteNone, names: quoting == interview.QuoteByName}
	if a.unnamed = NewNames(nil, nil); !a.names {
		a.unnamed, a.roles = unnamedIn(iv, opts.Known)
	}
	return a
}

// seller returns the audience that sees names and quotes whatever the customer allowed.
func seller(iv *interview.Interview, opts Options) audience {
	return audience{iv: iv, seller: true, thoughts: opts.Thoughts, quotes: true, names: true, unnamed: NewNames(nil, nil)}
}

// label returns the name of a person, or the role of one who may not be named.
func (a audience) label(p interview.Person) string {
	if a.names || p.Side == interview.Ours {
		return p.Name
	}
	return a.roles[p.ID]
}

// roleOr returns a role, or what stands for somebody on that side whose role is not known.
func roleOr(role string, side interview.Side) string {
	switch {
	case role != "":
		return role
	case side == "":
		return "somebody"
	}
	return anybody
}

// Known is somebody on the customer's side by names that an interview does not have: from another
// meeting with them, or from before they were renamed.
type Known struct {
	Person interview.ID // in the interview; zero for somebody who is not in it
	Names  []string
	Role   string
}

// unnamedIn returns those who may not be named in what is made of an interview: the people who are not
// on our side, and those who are known besides; and what the former are called. Somebody who is on our
// side in the interview is named.
func unnamedIn(iv *interview.Interview, known []Known) (unnamed *Names, roles map[interview.ID]string) {
	var people []Unnamed
	var ours []string
	at := map[interview.ID]int{}
	for _, p := range iv.People {
		names := append([]string{p.Name}, p.Also...)
		if p.Side == interview.Ours {
			ours = append(ours, names...)
			continue
		}
		at[p.ID] = len(people)
		people = append(people, Unnamed{Names: names, Label: roleOr(p.Role, p.Side)})
	}
	for _, k := range known {
		i, in := at[k.Person]
		if !in {
			i = slices.IndexFunc(people, func(p Unnamed) bool { return anyAlike(p.Names, k.Names) })
		}
		p, _ := iv.Person(k.Person)
		switch {
		case i >= 0:
			people[i].Names = append(people[i].Names, k.Names...)
		case p.Side != interview.Ours && !anyAlike(ours, k.Names):
			people = append(people, Unnamed{Names: k.Names, Label: roleOr(k.Role, interview.Theirs)})
		}
	}
	unnamed = NewNames(people, ours)
	again := false
	for i := range people { // a role can name somebody too, as in "Ana's deputy"
		if len(unnamed.each(people[i].Label)) > 0 {
			people[i].Label, again = anybody, true
		}
	}
	if again {
		unnamed = NewNames(people, ours)
	}
	roles = make(map[interview.ID]string, len(at))
	for id, i := range at {
		roles[id] = people[i].Label
	}
	return unnamed, roles
}

// anyAlike reports whether two people have a name in common.
func anyAlike(names, others []string) bool {
	return slices.ContainsFunc(names, func(a string) bool {
		return slices.ContainsFunc(others, func(b string) bool { return plain.FoldName(a) == plain.FoldName(b) })
	})
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

// withoutNames replaces names that may not be told by roles in brackets, in the seller's notes on who
// does what and in themes. What somebody said is not altered; shows decides on that.
func (a audience) withoutNames(text string) string { return a.unnamed.Replaced(text, false) }

// bears is withoutNames for who bears a problem, a list of people.
func (a audience) bears(text string) string { return a.unnamed.Replaced(text, true) }

// themes is withoutNames for themes, each once.
func (a audience) themes(all []string) []string {
	var once []string
	for _, t := range all {
		if t = a.withoutNames(t); !slices.Contains(once, t) {
			once = append(once, t)
		}
	}
	return once
}
