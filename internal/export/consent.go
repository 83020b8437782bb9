package export

import (
	"slices"

	"hark/internal/interview"
)

// A voice is how far the customer's people may be heard: in their own words or
// not, and under which name.
type voice struct {
	iv     *interview.Interview
	seller bool // nobody but the seller reads it
	quotes bool // their words may stand in quotation marks
	names  bool // they are given by name
	hide   hiding
}

// allowed returns what the customer allowed. While nobody asked it is to be
// quoted by role.
func allowed(iv *interview.Interview) voice {
	quoting := iv.Consent.Quotes
	v := voice{iv: iv, quotes: quoting != interview.QuoteNone, names: quoting == interview.QuoteByName}
	v.hide = v.toHide()
	return v
}

// private returns the voice for the seller's own eyes.
func private(iv *interview.Interview) voice {
	return voice{iv: iv, seller: true, quotes: true, names: true}
}

// label is how a person is named: by name, or by role where that is all that is
// allowed.
func (v voice) label(p interview.Person) string {
	switch {
	case v.names, p.Side == interview.Ours:
		return p.Name
	case p.Role != "":
		return p.Role
	default:
		return "customer"
	}
}

// who is how the person with that ID is named, "" for nobody.
func (v voice) who(id interview.ID) string {
	p, ok := v.iv.Person(id)
	if !ok {
		return ""
	}
	return v.label(p)
}

// speaker is who a text is put down to, "" for nobody or when that is not to be
// told.
func (v voice) speaker(id interview.ID) string {
	p, _ := v.iv.Person(id)
	if !v.quotes && p.Side == interview.Theirs {
		return ""
	}
	return v.who(id)
}

// owner is who does something: somebody, or a side.
func (v voice) owner(id interview.ID, side interview.Side) string {
	if who := v.who(id); who != "" {
		return who
	}
	if side == interview.Theirs {
		return "them"
	}
	return "us"
}

// shown reports whether a line is written. Quotes are not where the customer
// asked not to be quoted, unless somebody of ours said them.
func (v voice) shown(l interview.Line) bool {
	if l.Kind != interview.Quote || v.quotes {
		return true
	}
	p, ok := v.iv.Person(l.Speaker)
	return ok && p.Side == interview.Ours
}

// wording returns how a problem was put, in quotation marks if the customer is
// known to have said it so, and who did, the zero ID when that is not known.
func (v voice) wording(p interview.Problem, text string) (span, interview.ID) {
	by, theirs := saidBy(v.iv, p, text)
	if !theirs || !v.quotes {
		return span{saidText, text}, interview.ID{}
	}
	return span{quotedText, text}, by
}

// saidBy reports whether the customer put the problem in these words, and who:
// in a quote that shows it, by correcting the wording to that, or by a yes to
// it that stands.
func saidBy(iv *interview.Interview, p interview.Problem, text string) (by interview.ID, theirs bool) {
	for _, n := range p.Evidence {
		l, _ := iv.Line(n)
		speaker, _ := iv.Person(l.Speaker)
		if l.Kind == interview.Quote && (l.Text == text || l.First == text) && speaker.Side != interview.Ours {
			return l.Speaker, true
		}
	}
	i := slices.IndexFunc(p.Playbacks, func(pb interview.Playback) bool {
		return pb.Correction == text || pb.Said == text && pb.Answer == interview.Yes && !pb.Withdrawn
	})
	if i < 0 {
		return interview.ID{}, false
	}
	return p.Playbacks[i].By, true
}
