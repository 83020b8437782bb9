package library

import (
	"cmp"
	"slices"

	"hark/internal/interview"
	"hark/internal/plain"
)

// order is how the interviews are sorted.
type order int

const (
	newestFirst order = iota
	byCustomer
	mostOwed
	orders // how many there are
)

// String says it in the frame of the list.
func (o order) String() string {
	switch o {
	case byCustomer:
		return "by customer"
	case mostOwed:
		return "most owed first"
	case newestFirst, orders:
	}
	return "newest first"
}

// arrange sorts the interviews; what is equal stays newest first.
func (sh *shelf) arrange(o order) {
	sh.order, sh.shown = o, sh.all
	if o == newestFirst {
		return
	}
	type keyed struct {
		sum  interview.Summary
		name string
		owed int
	}
	all := make([]keyed, len(sh.all))
	for i, sum := range sh.all {
		all[i] = keyed{sum, plain.Fold(sum.Customer), owed(sum)}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		if o == byCustomer {
			return cmp.Compare(a.name, b.name)
		}
		return cmp.Compare(b.owed, a.owed)
	})
	sh.shown = make([]interview.Summary, len(all))
	for i, one := range all {
		sh.shown[i] = one.sum
	}
}

// owed counts what we owe a customer from an interview: promises of ours that are
// not done, or that nobody told them of, and routes of whose answer nobody did.
func owed(sum interview.Summary) int {
	n := 0
	for _, p := range sum.Promises {
		if p.Side == interview.Ours && (p.DoneAt.IsZero() || p.ToldAt.IsZero()) {
			n++
		}
	}
	for _, r := range sum.Routes {
		if r.ToldAt.IsZero() {
			n++
		}
	}
	return n
}

// sortNext sorts in the next way.
func (m *Model) sortNext() {
	m.sort = (m.sort + 1) % orders
	m.show(m.shelf)
}
