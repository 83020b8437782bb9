package interview

import (
	"bytes"
	"cmp"
	"slices"
	"time"
)

// numbering is one numbered item before the numbers are settled.
type numbering struct {
	id     ID
	number Number
	at     time.Time
}

// numbers settles the numbers of all sequences.
func (f *folder) numbers() {
	// Sorting the lines by number here, which is nearly always their final order, makes the later
	// sorts fast; lines are most of an interview.
	slices.SortFunc(f.saids, func(a, b body[lineBody]) int { return cmp.Compare(a.value.Number, b.value.Number) })
	all := len(f.saids) + len(f.promised) + len(f.routes)
	f.numberOf = make(map[ID]Number, all+len(f.raised)+len(f.solved))
	row := make([]numbering, 0, all)
	row = number(row, f.saids, func(b *lineBody) (int, time.Time) { return b.Number, b.At })
	row = number(row, f.promised, func(b *promiseBody) (int, time.Time) { return b.Number, b.At })
	row = number(row, f.routes, func(b *routeBody) (int, time.Time) { return b.Number, b.At })
	problems := number(nil, f.raised, func(b *problemBody) (int, time.Time) { return b.Number, b.At })
	solutions := number(nil, f.solved, func(b *solutionBody) (int, time.Time) { return b.Number, b.At })
	f.iv.nextNumber = f.settle(row)
	f.iv.renumbered = slices.ContainsFunc(row, func(n numbering) bool { return f.numberOf[n.id] != n.number })
	f.iv.nextProblem = f.settle(problems)
	f.iv.nextSolution = f.settle(solutions)
}

// number adds the stored numbers of one kind of item to a sequence.
func number[T any](row []numbering, all []body[T], of func(*T) (int, time.Time)) []numbering {
	for _, b := range all {
		n, at := of(b.value)
		row = append(row, numbering{b.id, numberOf(n, ""), at})
	}
	return row
}

// settle assigns the numbers of one sequence and returns the next free one. Items keep the number
// they were stored with. Of two items that two machines gave the same number, the later one moves
// to the end. Deleted items keep their numbers, so that dropping changes no number.
func (f *folder) settle(row []numbering) (next Number) {
	slices.SortFunc(row, func(a, b numbering) int {
		return cmp.Or(cmp.Compare(a.number, b.number), a.at.Compare(b.at), bytes.Compare(a.id[:], b.id[:]))
	})
	next = 1
	for _, n := range row {
		next = max(next, n.number+1)
	}
	last := Number(0)
	for _, n := range row {
		number := n.number
		if number <= last {
			number = next
			next++
		} else {
			last = number
		}
		f.numberOf[n.id] = number
	}
	return next
}
