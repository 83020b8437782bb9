package interview

import (
	"fmt"
	"slices"
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

// Denied returns the last playback of today's wording that counts, when its answer was no.
func (p Problem) Denied() (Playback, bool) {
	for n := len(p.Playbacks) - 1; n >= 0; n-- {
		if b := p.Playbacks[n]; b.Said == p.Statement && !b.NotTheirs {
			return b, b.Answer == No
		}
	}
	return Playback{}, false
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
	case len(p.Concurrent) > 0:
		return "pick one of the two wordings"
	case denied:
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
