package interview

import "sync"

// Drawn is an action with the IDs of the items that it creates, which it draws once. A screen shows
// what an action will do before it is written; with the same IDs, what somebody types or opens about
// a new thing meanwhile is about that thing, whatever number it is given in the end.
type Drawn struct {
	Action
	IDs *IDs
}

// IDs are the IDs that one action has drawn so far. The zero value has none.
type IDs struct {
	mu    sync.Mutex
	drawn map[string][]ID // by the kind of the item, in order
}

// of returns the ID of the n-th item of a kind, from 0. draw draws the next one.
func (d *IDs) of(kind string, n int, draw func() (ID, error)) (ID, error) {
	if d == nil {
		return draw()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.drawn[kind]) <= n {
		id, err := draw()
		if err != nil {
			return id, err
		}
		set(&d.drawn, kind, append(d.drawn[kind], id))
	}
	return d.drawn[kind][n], nil
}
