package library

import (
	"cmp"
	"slices"

	"hark/internal/interview"
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
	sh.order, sh.shown = o, nil
	if o == newestFirst {
		return
	}
	sh.shown = make([]int32, len(sh.all))
	for i := range sh.shown {
		sh.shown[i] = int32(i) //nolint:gosec // there is room for fewer than that
	}
	slices.SortStableFunc(sh.shown, func(i, j int32) int {
		a, b := sh.all[i], sh.all[j]
		if o == byCustomer {
			return cmp.Compare(sh.names[a.customer].folded, sh.names[b.customer].folded)
		}
		return cmp.Compare(b.tally.owed, a.tally.owed)
	})
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
