package interview

import (
	"bytes"
	"cmp"
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
// since, so that reverting would lose words, or when somebody has built on it.
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
		if r.kind == kindDropped {
			continue // it goes with the drop of its item
		}
		before, after := r.before, r.after
		if again {
			before, after = after, before
		}
		it, _ := iv.doc.Item(r.item)
		did := document.Item{Versions: after}.Live()
		others, there := without(it.Live(), did)
		switch {
		case !there:
			return nil, refused(fmt.Sprintf("%s: it was changed since, so this would lose words", w.step.Label), byHand)
		case !again && len(did) == 0 && len(others) > 0:
			before = nil // it was dropped, and is there as somebody else changed it
		}
		w.restore(r, before, others)
	}
	step, err := w.finish()
	if err != nil {
		return nil, err
	}
	if v, built := iv.builtOn(change, step.After, w.st.Writer.Author); built {
		return nil, refused(fmt.Sprintf("%s: %s has built on it since, and would lose that", step.Label, cmp.Or(v.Author, "somebody")), byHand)
	}
	return step, nil
}

// byHand says what to do where undo and redo would do harm.
const byHand = "change it by hand instead (/fix, /reword or /drop)"

// builtOn returns what others than the author wrote after a change and would be harmed by reverting it,
// which gives after: it refers to what would be gone, it is a yes that would not count any more, or a
// solution or advice that would be held or behind a shut gate. What the author did since was undone
// before; versions that this brought back are newer than what they were built on.
func (iv *Interview) builtOn(change document.Change, after *Interview, author string) (harmed document.Version, ok bool) {
	var since document.Clock
	changed := map[ID]bool{}
	var gone []string
	for _, r := range change {
		changed[r.Item] = true
		if r.Version.Clock.Compare(since) > 0 {
			since = r.Version.Clock
		}
		if it, _ := after.doc.Item(r.Item); len(it.Live()) == 0 {
			gone = append(gone, `"`+r.Item.String()+`"`)
		}
	}
	lost := iv.lostBy(after)
	for _, it := range iv.doc.Items() {
		v := it.Latest()
		if changed[it.ID] || v.Deleted || v.Clock.Compare(since) <= 0 || v.Author == author {
			continue
		}
		if lost[it.ID] || slices.ContainsFunc(gone, func(id string) bool { return bytes.Contains(v.Body, []byte(id)) }) {
			return v, true
		}
	}
	return document.Version{}, false
}

// lostBy returns the playbacks that confirm a problem and would not do so afterwards, and the
// solutions and the advice that would be held or behind a shut gate.
func (iv *Interview) lostBy(after *Interview) map[ID]bool {
	lost := map[ID]bool{}
	for _, p := range iv.Problems {
		then, _ := after.ProblemByID(p.ID)
		for _, pb := range iv.Proofs(p) {
			lost[pb.ID] = !slices.ContainsFunc(after.Proofs(then), func(o Playback) bool { return o.ID == pb.ID })
		}
	}
	shut := iv.Gate.Open && !after.Gate.Open
	for _, s := range iv.Solutions {
		then, there := find(after.Solutions, func(o Solution) bool { return o.ID == s.ID })
		lost[s.ID] = shut || !s.Held && (!there || then.Held)
	}
	for _, a := range iv.Advice {
		then, there := find(after.Advice, func(o Advice) bool { return o.ID == a.ID })
		lost[a.ID] = shut || !a.Held && (!there || then.Held)
	}
	return lost
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
// exist. What others wrote without seeing the change stays. It keeps who wrote each version first, and when.
func (w *work) restore(e end, before, others []document.Version) {
	had := len(w.puts)
	for _, v := range append(slices.Clone(before), others...) {
		if !v.Deleted || len(others) == 0 {
			w.puts = append(w.puts, document.Put{Item: e.item, Kind: v.Kind, Deleted: v.Deleted, Body: v.Body, First: v.Origin()})
		}
	}
	if len(w.puts) == had {
		w.puts = append(w.puts, document.Put{Item: e.item, Kind: e.kind, Deleted: true, Body: e.body})
	}
	if w.puts[len(w.puts)-1].Deleted {
		w.dropped(e.item, e.kind)
	}
}

// without returns versions without those of the same content as some of them; ok is false when these are
// not all among them.
func without(all, some []document.Version) (rest []document.Version, ok bool) {
	rest = slices.Clone(all)
	for _, v := range some {
		i := slices.IndexFunc(rest, func(o document.Version) bool { return bytes.Equal(o.Body, v.Body) })
		if i < 0 {
			return nil, false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return rest, true
}
