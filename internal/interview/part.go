package interview

import (
	"bytes"
	"cmp"
	"slices"

	"hark/internal/document"
)

// What is said of a thing stands in items of their own, its parts: facts, what a problem costs, answers,
// what was done and told. They stay when the thing is dropped, and are of nothing then. A part of which
// who dropped it knew nothing brings it back: an edit wins over a concurrent deletion.

// part notes that an item belongs to another.
func (f *folder) part(of ID, it document.Item) {
	parts := f.iv.parts[of]
	at, _ := slices.BinarySearchFunc(parts, it.ID, func(a, b ID) int { return bytes.Compare(a[:], b[:]) })
	set(&f.iv.parts, of, slices.Insert(parts, at, it.ID)) // in order, whatever order the items come in
	if _, there := f.iv.doc.Item(of); !there {
		f.iv.unplaced = true
	}
}

// changedUnseen reports whether a part of an item that was dropped, at the given clock, was written by
// somebody who knew nothing of that. Of a drop by an earlier hark, which does not say what it knew, that
// holds for a fact, as none was left then, and for what is later.
func (f *folder) changedUnseen(of ID, dropped document.Clock) bool {
	said, at := f.seen[of], f.seenAt[of]
	return slices.ContainsFunc(f.iv.parts[of], func(id ID) bool {
		it, _ := f.iv.doc.Item(id)
		return slices.ContainsFunc(it.Live(), func(v document.Version) bool {
			if at.Compare(dropped) < 0 {
				return v.Kind == kindFact || v.Clock.Compare(dropped) > 0
			}
			return !slices.Contains(said, v.Dot)
		})
	})
}

// dropped notes, with the drop of an item that can have parts, which of them are in sight.
func (w *work) dropped(id ID, kind string) {
	if !hasParts(kind) {
		return
	}
	b := droppedBody{Of: id}
	for _, part := range w.iv.parts[id] {
		it, _ := w.iv.doc.Item(part)
		for _, v := range it.Live() {
			b.Seen = append(b.Seen, v.Dot)
		}
	}
	w.put(belonging(kindDropped, id), kindDropped, b)
}

// hasParts reports whether an item of that kind can be dropped, and something be said of it.
func hasParts(kind string) bool {
	switch kind {
	case kindLine, kindProblem, kindSolution, kindPromise, kindRoute, kindPerson:
		return true
	}
	return false
}

// isPart reports whether an item of that kind says something of another.
func isPart(kind string) bool {
	switch kind {
	case kindFact, kindProgress, kindAside, kindImpact, kindPlayback, kindRespect, kindAdvice, kindReaction:
		return true
	}
	return false
}

// partOf returns of which item a version of a part says something, zero where it cannot be read.
func partOf(v document.Version) ID {
	b, _ := readable[struct {
		Of       ID `json:"of"`
		Problem  ID `json:"problem"`
		Solution ID `json:"solution"`
	}](v.Body)
	return cmp.Or(b.Of, b.Problem, b.Solution)
}
