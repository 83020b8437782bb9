package interview

import (
	"cmp"
	"slices"
	"strings"
)

// numbering is one numbered item before the letters of its number are settled.
type numbering struct {
	id    ID
	count int
}

// numbers settles the numbers of all sequences.
func (f *folder) numbers() {
	// Sorting the lines by number here, which is nearly always their final order, makes the later
	// sorts fast; lines are most of an interview.
	slices.SortFunc(f.saids, func(a, b body[lineBody]) int { return cmp.Compare(a.value.Number, b.value.Number) })
	all := len(f.saids) + len(f.promised) + len(f.routes)
	f.numberOf = make(map[ID]Number, all+len(f.raised)+len(f.solved))
	row := make([]numbering, 0, all)
	row = number(row, f.saids, func(b *lineBody) int { return b.Number })
	row = number(row, f.promised, func(b *promiseBody) int { return b.Number })
	row = number(row, f.routes, func(b *routeBody) int { return b.Number })
	problems := number(nil, f.raised, func(b *problemBody) int { return b.Number })
	solutions := number(nil, f.solved, func(b *solutionBody) int { return b.Number })
	f.iv.nextNumber = f.settle(row)
	f.iv.nextProblem = f.settle(problems)
	f.iv.nextSolution = f.settle(solutions)
	slices.SortFunc(f.saids, func(a, b body[lineBody]) int {
		if a.value.Number != b.value.Number {
			return cmp.Compare(a.value.Number, b.value.Number)
		}
		return f.numberOf[a.id].Compare(f.numberOf[b.id])
	})
}

// number adds the stored numbers of one kind of item to a sequence.
func number[T any](row []numbering, all []body[T], of func(*T) int) []numbering {
	for _, b := range all {
		row = append(row, numbering{b.id, numberOf(of(b.value), "").Count()})
	}
	return row
}

// settle settles the numbers of one sequence and returns the next one, which is above all; where that
// would be more than hark gives, the lowest that nothing has. Items keep
// the number they were stored with. Where several items have the same one, given by windows or
// laptops that did not know of each other, each gets letters, which are the same wherever the same
// items are known. Dropped items count, so that dropping changes no number.
func (f *folder) settle(row []numbering) (next Number) {
	slices.SortFunc(row, func(a, b numbering) int { return cmp.Compare(a.count, b.count) })
	next = 1
	free := 1 // the lowest number that nothing has
	for len(row) > 0 {
		n := 1
		for n < len(row) && row[n].count == row[0].count {
			n++
		}
		if n > 1 {
			f.letter(row[:n])
		} else {
			f.numberOf[row[0].id] = numberOf(row[0].count, "")
		}
		if row[0].count == free {
			free++
		}
		next = numberOf(row[0].count+1, "")
		row = row[n:]
	}
	if next.Count() > mostNumber {
		f.iv.unplaced = true
		return numberOf(free, "")
	}
	return next
}

// letter settles the numbers of items with the same count. The letters of each are the shortest
// beginning, of at least one, of the letters of its ID that no other of them begins with.
func (f *folder) letter(same []numbering) {
	letters := make(map[ID]string, len(same))
	for _, n := range same {
		letters[n.id] = lettersOf(n.id)
	}
	slices.SortFunc(same, func(a, b numbering) int { return cmp.Compare(letters[a.id], letters[b.id]) })
	for i, n := range same {
		size := 1
		for _, next := range []int{i - 1, i + 1} { // what shares the most stands next to it
			if next >= 0 && next < len(same) {
				size = max(size, 1+shared(letters[n.id], letters[same[next].id]))
			}
		}
		own := letters[n.id]
		f.numberOf[n.id] = numberOf(n.count, own[:min(size, len(own))])
	}
}

// lettersOf returns the letters a to z in the text of an ID, in order.
func lettersOf(id ID) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, id.String())
}

// shared returns the number of bytes with which both texts begin.
func shared(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
