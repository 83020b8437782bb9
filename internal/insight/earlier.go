package insight

import (
	"slices"

	"hark/internal/interview"
)

// CustomerBefore returns everything with the customer of an interview in the
// meetings before it: those among theirs that began no later, without that one
// itself. The zero Customer says that there was none.
func CustomerBefore(iv *interview.Interview, theirs []interview.Summary) Customer {
	customers := Customers(slices.DeleteFunc(slices.Clone(theirs), func(s interview.Summary) bool {
		return s.ID == iv.ID || s.StartedAt.After(iv.MetAt())
	}))
	if len(customers) == 0 {
		return Customer{}
	}
	return customers[0]
}

// AlreadyKnown returns the troubles that need not be asked about again.
func (c Customer) AlreadyKnown() []Trouble {
	return slices.DeleteFunc(slices.Clone(c.Troubles), func(t Trouble) bool { return !t.AlreadyKnown() })
}

// AlreadyKnown reports whether a trouble need not be asked about again: they said
// yes or no to it once, its impact is known, or it was set aside. Answers and Known
// say what is known.
func (t Trouble) AlreadyKnown() bool {
	return t.Status == interview.Aside || len(t.Answers()) > 0 || t.Impact.Known()
}

// Answered is an answer of theirs to a problem, and where they gave it.
type Answered struct {
	Text string // as in "they said yes to it"
	Ref  Ref
}

// Answers returns what they answered when the problem was played back, the earlier
// interview first.
func (t Trouble) Answers() []Answered {
	var answers []Answered
	if !t.ConfirmedIn.Interview.IsZero() {
		answers = append(answers, Answered{"they said yes to it", t.ConfirmedIn})
	}
	if !t.DeniedIn.Interview.IsZero() {
		answers = append(answers, Answered{interview.SaidNo, t.DeniedIn})
	}
	slices.SortStableFunc(answers, func(a, b Answered) int { return a.Ref.Met.Compare(b.Ref.Met) })
	return answers
}

// Known says what they have answers us about a problem already, a sentence or less
// each: what it does to them, in the order in which hark asks.
func (t Trouble) Known() []string {
	var known []string
	add := func(lead, text string) {
		if text != "" {
			known = append(known, lead+": "+text)
		}
	}
	add("how often", t.Impact.HowOften)
	add("how bad", t.Impact.Rating())
	add("what it costs", t.Impact.Costs)
	add("who bears it", t.Impact.Bears)
	add("what they tried", t.Impact.Tried)
	add("what they want instead", t.Impact.Wants)
	return known
}
