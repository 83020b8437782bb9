package insight

import (
	"slices"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Hearing is which themes came up in one interview.
type Hearing struct {
	Ref    Ref
	Themes []string // all that came up, in order
	New    []string // those of them that had come up in no earlier interview
}

// Hearings says of each interview, oldest first, which themes came up in it and
// which of these were new: whether one still hears anything new. Problems that
// were set aside count too; what is new is new whatever came of it.
func Hearings(all []interview.Summary) []Hearing {
	seen := map[string]bool{}
	var hearings []Hearing
	for _, s := range slices.Backward(live(all)) {
		h := Hearing{Ref: refTo(s)}
		var themes []string
		for _, p := range problemsOf(s) {
			themes = append(themes, p.Themes...)
		}
		for _, l := range s.Tagged {
			themes = append(themes, l.Themes...)
		}
		for _, theme := range distinct(themes) {
			if slices.ContainsFunc(h.Themes, func(t string) bool { return sameTheme(t, theme) }) {
				continue
			}
			h.Themes = append(h.Themes, theme)
			if key := plain.FoldName(theme); !seen[key] {
				seen[key] = true
				h.New = append(h.New, theme)
			}
		}
		hearings = append(hearings, h)
	}
	return hearings
}

// Confirmation is how the problems that were confirmed in one interview came to be worded.
type Confirmation struct {
	Ref Ref
	// AsHeard were confirmed in the words in which they were kept first, and
	// Corrected in other ones.
	AsHeard, Corrected []Problem
}

// Confirmations says of each interview with confirmed problems, oldest first, how
// many of them the customer did not have to correct: whether one hears better.
func Confirmations(all []interview.Summary) []Confirmation {
	var confirmations []Confirmation
	for _, s := range slices.Backward(live(all)) {
		c := Confirmation{Ref: refTo(s)}
		for _, p := range problemsOf(s) {
			switch {
			case p.Status != interview.Confirmed:
			case p.Corrected:
				c.Corrected = append(c.Corrected, p)
			default:
				c.AsHeard = append(c.AsHeard, p)
			}
		}
		if len(c.AsHeard)+len(c.Corrected) > 0 {
			confirmations = append(confirmations, c)
		}
	}
	return confirmations
}
