package insight

import (
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Often is how often a problem comes up, as far as it can be told from the customer's words.
type Often int

// The ways in which a problem comes up. OtherOften is for words that say it in no
// way that hark can sort.
const (
	OftenUnknown Often = iota
	Daily              // every day or more often
	Weekly
	Monthly
	Rarely // less than every month
	OtherOften
)

// Oftens returns all of them in the order of a table, the most often first.
func Oftens() []Often { return []Often{Daily, Weekly, Monthly, Rarely, OtherOften, OftenUnknown} }

// String returns the head of a column.
func (o Often) String() string {
	switch o {
	case OftenUnknown:
		return "not asked"
	case Daily:
		return "daily"
	case Weekly:
		return "weekly"
	case Monthly:
		return "monthly"
	case Rarely:
		return "rarely"
	case OtherOften:
		return "other"
	}
	return ""
}

// HowOften sorts what a customer said of how often a problem comes up: by the
// first English word in it that names a time. "Three times a week" is weekly,
// "every Friday" too, and "one weld in five" is OtherOften.
func HowOften(said string) Often {
	said = plain.Fold(said)
	if strings.TrimSpace(said) == "" {
		return OftenUnknown
	}
	for word := range plain.Words([]byte(said)) {
		if often, ok := oftenOf(string(word)); ok {
			return often
		}
	}
	return OtherOften
}

func oftenOf(word string) (Often, bool) {
	switch strings.TrimSuffix(word, "s") {
	case "daily", "day", "everyday", "hourly", "hour", "minute", "shift", "nightly", "night", "morning", "evening", "afternoon", "alway",
		"constantly", "constant", "continuously":
		return Daily, true
	case "weekly", "week", "weekend", "fortnight", "fortnightly", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return Weekly, true
	case "monthly", "month":
		return Monthly, true
	case "yearly", "year", "annually", "annual", "quarterly", "quarter", "season", "seasonally", "rarely", "rare", "seldom":
		return Rarely, true
	}
	return OtherOften, false
}

// mostBad is the worst rating.
const mostBad = 5

// Weights is how bad problems are by how often they come up: the customers' own ratings and words.
type Weights struct {
	cells [mostBad + 1][OtherOften + 1][]Problem
}

// At returns the problems of one cell, newest first. howBad is a rating from 1 to
// 5, and 0 for those that nobody rated.
func (w *Weights) At(howBad int, often Often) []Problem { return w.cells[howBad][often] }

// Weigh sorts all problems that were not set aside or refused by how bad they are and how often they come up.
func Weigh(all []interview.Summary) *Weights {
	w := &Weights{}
	for _, s := range live(all) {
		for _, p := range problemsOf(s) {
			if p.Status == interview.Aside || p.Refused() {
				continue
			}
			bad := p.HowBad
			if bad < 0 || bad > mostBad {
				bad = 0
			}
			cell := &w.cells[bad][HowOften(p.HowOften)]
			*cell = append(*cell, p)
		}
	}
	return w
}
