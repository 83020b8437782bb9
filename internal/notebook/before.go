package notebook

import (
	"context"
	"slices"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Met is what a customer told us in earlier interviews, so that nobody asks
// them again. Problems and people come newest first, promises by when they are due.
type Met struct {
	Interviews int
	Last       time.Time // when the newest of them began; zero when there is none
	Problems   []MetProblem
	// Promises are the open ones, of both sides.
	Promises []MetPromise
	// People are those of both sides, each once, as they were named last.
	People []interview.PersonSummary
}

// MetProblem is a problem of an earlier interview, as it stood there last.
type MetProblem struct {
	interview.ProblemSummary
	Interview interview.ID
	At        time.Time // when that interview began
}

// MetPromise is an open promise of an earlier interview.
type MetPromise struct {
	interview.PromiseSummary
	Interview interview.ID
	At        time.Time // when that interview began
}

// Before returns what a customer, named without regard to case, told us in the
// interviews before one: all of theirs that began no later, without that one
// itself and without discarded ones. A problem that was put in the same words
// more than once is listed as it stood last. The error is the store's.
func (n *Notebook) Before(ctx context.Context, customer string, one interview.ID) (Met, error) {
	want := fold(customer)
	is := map[string]bool{} // the customer; a name comes up again and again
	fits := func(s interview.Summary) bool {
		same, known := is[s.Customer]
		if !known {
			same = fold(s.Customer) == want
			is[s.Customer] = same
		}
		return same && !s.Discarded
	}
	ask := func(head interview.Summary) interview.Detail {
		if fits(head) {
			return interview.Whole
		}
		return interview.Head
	}
	var theirs []interview.Summary
	began := n.now()
	err := n.eachSummary(ctx, ask, func(s interview.Summary) bool {
		switch {
		case s.ID == one:
			began = s.StartedAt
		case fits(s):
			theirs = append(theirs, s)
		}
		return true
	})
	if err != nil {
		return Met{}, err
	}
	var met Met
	problems, people := map[string]bool{}, map[string]bool{}
	for _, s := range theirs {
		if s.StartedAt.After(began) {
			continue
		}
		if met.Interviews++; met.Last.IsZero() {
			met.Last = s.StartedAt
		}
		for _, p := range s.Problems {
			if first(problems, p.Statement) {
				met.Problems = append(met.Problems, MetProblem{p, s.ID, s.StartedAt})
			}
		}
		for _, p := range s.Promises {
			if p.DoneAt.IsZero() {
				met.Promises = append(met.Promises, MetPromise{p, s.ID, s.StartedAt})
			}
		}
		for _, p := range s.People {
			if first(people, p.Name) {
				met.People = append(met.People, p)
			}
		}
	}
	slices.SortStableFunc(met.Promises, func(a, b MetPromise) int { return dueFirst(a.Due, b.Due) })
	return met, nil
}

// first reports whether a text turns up for the first time, without regard to
// case.
func first(seen map[string]bool, text string) bool {
	folded := plain.Fold(text)
	if seen[folded] {
		return false
	}
	seen[folded] = true
	return true
}

// dueFirst orders dates, none at the end.
func dueFirst(a, b interview.Date) int {
	switch {
	case a == b:
		return 0
	case b.IsZero() || !a.IsZero() && a.Before(b):
		return -1
	default:
		return 1
	}
}
