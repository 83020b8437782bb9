package interview

import (
	"bytes"
	"fmt"
	"slices"

	"hark/internal/document"
)

// apply refuses to undo: Revert does it, with the history of a notebook.
func (Undo) apply(*work) error { return errHistory() }

// apply refuses to redo, as for Undo.
func (Redo) apply(*work) error { return errHistory() }

// Reverts reports whether an action is to undo or to redo.
func Reverts(action Action) bool {
	switch action.(type) {
	case Undo, Redo:
		return true
	}
	return false
}

func errHistory() error { return invalid("Undo and redo need the history of a notebook", "") }

// Revert undoes a change, or, with again, redoes one that was undone. The change is the one that
// the history recorded. The history only grows: what is restored is written as a new version.
//
// The error is an *Error with code Refused when something that the change touched has been changed
// since, so that reverting would lose words.
func Revert(iv *Interview, change document.Change, again bool, label string, st Stamp) (*Step, error) {
	if iv.Newer {
		return nil, errReadOnly()
	}
	w := newWork(iv, st)
	w.label("undid: %s", label)
	if again {
		w.label("brought back: %s", label)
	}
	for _, r := range ends(change) {
		before, after := r.before, r.after
		if again {
			before, after = after, before
		}
		it, _ := iv.doc.Item(r.item)
		if !says(it.Versions, after) {
			return nil, refused(fmt.Sprintf("%s: it was changed since, so this would lose words", w.step.Label), "change it by hand instead (/fix, /reword or /drop)")
		}
		w.restore(r, before)
	}
	return w.finish()
}

// end is the state of one item before and after a change, with several versions where they are
// concurrent.
type end struct {
	item          ID
	kind          string
	body          []byte // one of those after it
	before, after []document.Version
}

// ends joins the puts of each item in a change.
func ends(change document.Change) []end {
	var all []end
	for _, r := range change {
		i := slices.IndexFunc(all, func(o end) bool { return o.item == r.Item })
		if i < 0 {
			i = len(all)
			all = append(all, end{item: r.Item, before: r.Replaced})
		}
		e := &all[i]
		e.kind, e.body = r.Version.Kind, r.Version.Body
		e.after = slices.DeleteFunc(e.after, func(v document.Version) bool {
			return slices.ContainsFunc(r.Replaced, func(o document.Version) bool { return o.Dot == v.Dot })
		})
		e.after = append(e.after, r.Version)
	}
	return all
}

// restore puts an item back into its state before the change; no versions means that it did not
// exist.
func (w *work) restore(e end, before []document.Version) {
	if len(before) == 0 {
		w.puts = append(w.puts, document.Put{Item: e.item, Kind: e.kind, Deleted: true, Body: e.body})
		return
	}
	for _, v := range before {
		w.puts = append(w.puts, document.Put{Item: e.item, Kind: v.Kind, Deleted: v.Deleted, Body: v.Body})
	}
}

// says reports whether two sets of versions have the same content. No version and a single deletion
// are equal.
func says(now, want []document.Version) bool {
	now, want = telling(now), telling(want)
	return slices.EqualFunc(now, want, func(a, b document.Version) bool { return bytes.Equal(a.Body, b.Body) })
}

func telling(vs []document.Version) []document.Version {
	live := document.Item{Versions: vs}.Live()
	slices.SortFunc(live, func(a, b document.Version) int { return bytes.Compare(a.Body, b.Body) })
	return live
}
