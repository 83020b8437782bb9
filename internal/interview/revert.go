package interview

import (
	"bytes"
	"fmt"
	"slices"

	"hark/internal/document"
)

// Revert takes back a change, or, with again, brings back one that was taken
// back. The change is as the history recorded it when it was done. The history
// only grows: what is restored is put anew.
//
// The error is an *Error with code Refused when something that the change
// touched was changed since, so that reverting would lose words.
func Revert(iv *Interview, change document.Change, again bool, label string, st Stamp) (*Step, error) {
	if iv.Newer {
		return nil, &Error{Code: ReadOnly, Message: "A newer hark wrote this interview", Next: "install it to go on"}
	}
	w := &work{iv: iv, st: st, step: &Step{}}
	w.label("undid: %s", label)
	if again {
		w.label("brought back: %s", label)
	}
	for _, r := range lastPuts(change) {
		before, after := r.Replaced, []document.Version{r.Version}
		if again {
			before, after = after, before
		}
		it, _ := iv.doc.Item(r.Item)
		if !says(it.Versions, after) {
			return nil, &Error{
				Code:    Refused,
				Message: fmt.Sprintf("%s: it was changed since, so this would lose words", w.step.Label),
				Next:    "change it by hand instead (/fix, /reword or /drop)",
			}
		}
		w.restore(r, before)
	}
	return w.finish()
}

// lastPuts joins the puts of each item in a change: what it said before all of
// them, and what after.
func lastPuts(change document.Change) document.Change {
	var joined document.Change
	for _, r := range change {
		i := slices.IndexFunc(joined, func(o document.Replacement) bool { return o.Item == r.Item })
		if i < 0 {
			joined = append(joined, r)
			continue
		}
		joined[i].Version = r.Version
	}
	return joined
}

// restore puts what an item said before; nothing means that it was not there.
func (w *work) restore(r document.Replacement, before []document.Version) {
	if len(before) == 0 {
		w.puts = append(w.puts, document.Put{Item: r.Item, Kind: r.Version.Kind, Deleted: true, Body: r.Version.Body})
		return
	}
	for _, v := range before {
		w.puts = append(w.puts, document.Put{Item: r.Item, Kind: v.Kind, Deleted: v.Deleted, Body: v.Body})
	}
}

// says reports whether versions say the same as others: nothing and a lone
// deletion are the same.
func says(now, want []document.Version) bool {
	now, want = telling(now), telling(want)
	return slices.EqualFunc(now, want, func(a, b document.Version) bool { return bytes.Equal(a.Body, b.Body) })
}

func telling(vs []document.Version) []document.Version {
	live := document.Item{Versions: vs}.Live()
	slices.SortFunc(live, func(a, b document.Version) int { return bytes.Compare(a.Body, b.Body) })
	return live
}
