package interview

import (
	"fmt"
	"slices"
	"strings"
)

// Weight returns the facets of an impact as short phrases of the customer's, the most telling
// first: "4 of 5", "every week", "a day of two people". It is empty when nothing is known.
func (i Impact) Weight() []string {
	var parts []string
	for _, text := range []string{i.Rating(), i.HowOften, i.Costs, i.Bears} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return parts
}

// Rating returns how bad a problem is, as in "4 of 5"; "" where they did not rate it.
func (i Impact) Rating() string {
	if i.HowBad == 0 {
		return ""
	}
	return fmt.Sprintf("%d of 5", i.HowBad)
}

// Denials returns the playbacks of today's wording whose no stands, oldest first. The last answer of
// each person counts: somebody else's yes takes no no back, nor does one that did not know of it. A no
// of which nobody knows whose it is stands until the next answer, which may be of the same person.
func (p Problem) Denials() []Playback {
	var stand []Playback
	for _, b := range p.Playbacks {
		if !p.AsToday(b) || b.NotTheirs || b.Apart {
			continue
		}
		stand = slices.DeleteFunc(stand, func(o Playback) bool { return o.By == b.By || o.By.IsZero() })
		if b.Answer == No {
			stand = append(stand, b)
		}
	}
	return stand
}

// AsToday reports whether a playback read out the wording of today.
func (p Problem) AsToday(b Playback) bool { return b.Said == p.Statement }

// Denied returns the last of Denials; ok is false where no no stands.
func (p Problem) Denied() (no Playback, ok bool) {
	if stand := p.Denials(); len(stand) > 0 {
		return stand[len(stand)-1], true
	}
	return Playback{}, false
}

// No says who said no to the problem as it is worded: "no, said Piet"; "" where nobody did.
func (iv *Interview) No(p Problem) string {
	var names []string
	stand := p.Denials()
	for _, no := range stand {
		if name := iv.Name(no.By); name != "" {
			names = append(names, name)
		}
	}
	switch {
	case len(stand) == 0:
		return ""
	case len(names) == 0:
		return "no"
	}
	return "no, said " + strings.Join(names, " and ")
}

// SaidNo is the sentence for a no to a problem of which the name does not matter, or may not be told.
const SaidNo = "they said no to it"

// Refused reports whether the customer said no to the problem and nobody of theirs said yes: it is
// none of theirs as it is worded.
func (p ProblemSummary) Refused() bool { return p.Denied && p.Status != Confirmed }

// No says that somebody on their side said no to the problem as it is worded, "" where nobody did.
func (p ProblemSummary) No() string {
	switch {
	case p.Refused():
		return SaidNo
	case p.Denied:
		return "one of them said no to it"
	}
	return ""
}

// theirWords reports whether a line is what the customer said.
func (iv *Interview) theirWords(l *Line) bool {
	speaker, _ := iv.Person(l.Speaker)
	return l.Kind.theirWords(speaker)
}

// theirWords reports whether a line of this kind is what the customer said: somebody on their side, or
// nobody was named.
func (k LineKind) theirWords(speaker Person) bool {
	return (k == Quote || k == Paraphrase || k == Strength) && (speaker.ID.IsZero() || speaker.Side == Theirs)
}

// OursOnly reports whether nothing says that the problem is the customer's: lines show it or have
// its words, nobody on their side said any of them, and none answered a playback. Our own words, or what we saw, are no
// problem of a customer's.
func (iv *Interview) OursOnly(p Problem) bool {
	if slices.ContainsFunc(p.Playbacks, func(b Playback) bool { return !b.NotTheirs }) {
		return false
	}
	shown, first := false, p.FirstHeard()
	for i := range iv.Lines {
		l := &iv.Lines[i]
		if !l.Shows(p.ID) && l.Text != first && l.First != first { // the first line may have been untied
			continue
		}
		if iv.theirWords(l) {
			return false
		}
		shown = true
	}
	return shown
}

// ToWeigh returns the problem to weigh next: the one just named, else the first that is not
// weighed, in the order in which the gate misses them, else the next to settle, else the last one.
// It is never one that was set aside; ok is false where there is no other.
func (iv *Interview) ToWeigh() (next Problem, ok bool) {
	if n := len(iv.Lines); n > 0 {
		if p, there := iv.ProblemByID(iv.Lines[n-1].Problem); there && p.Status != Aside && !p.Weighed() {
			return p, true
		}
	}
	for _, fits := range []func(Problem) bool{
		func(p Problem) bool { return !p.Weighed() },
		func(p Problem) bool { return p.Status != Confirmed },
	} {
		if next, ok = find(iv.Problems, func(p Problem) bool { return p.Status != Aside && fits(p) }); ok {
			return next, true
		}
	}
	for _, p := range slices.Backward(iv.Problems) {
		if p.Status != Aside {
			return p, true
		}
	}
	return Problem{}, false
}

// NextStep returns the next thing to do about a problem as a short phrase; "" when nothing is left
// to do before a solution.
func (p Problem) NextStep() string {
	_, denied := p.Denied()
	switch {
	case p.Status == Aside:
		return ""
	case len(p.OtherWordings()) > 0:
		return "pick one of the two wordings"
	case denied && p.Status != Confirmed:
		return "what is it, then?"
	case p.Impact.HowOften == "" && p.Status != Confirmed:
		return "ask how often it comes up"
	case p.Impact.HowBad == 0 && p.Status != Confirmed:
		return "ask how bad it is, from 1 to 5"
	case p.Impact.Costs == "" && p.Status != Confirmed:
		return "ask what it costs them"
	case p.Impact.Bears == "" && p.Status != Confirmed:
		return "ask who bears it"
	case p.Status != Confirmed:
		return "play it back"
	case !p.Weighed():
		return "ask how often, and how bad"
	}
	return ""
}
