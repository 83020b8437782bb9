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
	orders // number of them
)

// String returns the order's name for the frame of the list.
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

// arrange sorts the interviews; equal ones stay newest first.
func (l *list) arrange(o order) {
	l.order = o
	slices.SortFunc(l.all, func(a, b listing) int {
		by := 0
		switch o {
		case byCustomer:
			by = cmp.Compare(l.names[a.customer].rank, l.names[b.customer].rank)
		case mostOwed:
			by = cmp.Compare(b.tally.owed, a.tally.owed)
		case newestFirst, orders:
		}
		return cmp.Or(by, cmp.Compare(a.age, b.age))
	})
}

// owed counts what we owe a customer from an interview: promises of ours that are not done or that
// they were not told of, and routes that they were not told of.
func owed(sum interview.Summary) int {
	n := 0
	for _, p := range sum.Promises {
		if p.Owed() {
			n++
		}
	}
	for _, r := range sum.Routes {
		if r.Owed() {
			n++
		}
	}
	return n
}

// sortNext changes to the next order.
func (m *Model) sortNext() {
	m.sort = (m.sort + 1) % orders
	m.show(m.list)
}
