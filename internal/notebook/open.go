package notebook

import (
	"context"
	"errors"
	"slices"
	"time"

	"hark/internal/interview"
)

// Open reads an interview, with what is journalled of it. The error is storage.ErrNotFound when
// there is none.
func (n *Notebook) Open(ctx context.Context, id interview.ID) (View, error) {
	journalled, standing := n.journalledOf(id)
	if standing.Interview == nil {
		doc, rev, err := n.store.Read(ctx, id)
		if err != nil {
			return View{}, err
		}
		v := n.view(interview.Refold(doc, n.recent(id).Interview), rev)
		n.remember(v)
		return v, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	doc, rev, err := n.store.Read(ctx, id)
	if err != nil {
		return standing, nil //nolint:nilerror // the notebook is in trouble, which is why the journal is in use
	}
	for _, p := range journalled {
		doc.Replay(p.Record.Change)
	}
	return n.view(interview.Refold(doc, standing.Interview), rev), nil
}

// Opened is an interview as OpenMany returns it.
type Opened struct {
	View
	// Log is the history, newest first; nil unless it was asked for.
	Log []interview.Record
}

// OpenMany opens interviews as Open does, with the history if it is asked for, and calls yield with
// one after the other until yield fails, whose error it returns. They are read together, so that a
// few dozen cost much less than as many calls of Open. An error is about the first interview that
// yield was not called with.
func (n *Notebook) OpenMany(ctx context.Context, ids []interview.ID, history bool, yield func(Opened) error) error {
	if n.hasJournalled() {
		return n.openEach(ctx, ids, history, yield)
	}
	all, failed := n.store.ReadMany(ctx, ids, history)
	for _, c := range all {
		if err := yield(Opened{n.view(interview.Fold(c.Document), c.Revision), c.Log}); err != nil {
			return err
		}
	}
	return failed
}

// openEach is OpenMany one at a time.
func (n *Notebook) openEach(ctx context.Context, ids []interview.ID, history bool, yield func(Opened) error) error {
	for _, id := range ids {
		v, err := n.Open(ctx, id)
		o := Opened{View: v}
		if err == nil && history {
			o.Log, err = n.Log(ctx, id)
		}
		if err == nil {
			err = yield(o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// watchEvery is the interval of Watch's polls: another window's line shows within a second, and a
// poll costs some 50 µs.
const watchEvery = 300 * time.Millisecond

// Watch waits until an interview has a newer revision than since, and returns the interview. It
// fails when ctx ends.
func (n *Notebook) Watch(ctx context.Context, id interview.ID, since interview.Revision) (View, error) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return View{}, ctx.Err()
		case <-tick.C:
		}
		rev, err := n.store.Revision(ctx, id)
		switch {
		case err != nil && !errors.Is(err, context.Canceled):
			continue // busy or unreadable for a moment; poll again
		case err != nil:
			return View{}, err
		case rev > since:
			return n.Open(ctx, id)
		}
	}
}

// Log returns the history of an interview, newest first.
func (n *Notebook) Log(ctx context.Context, id interview.ID) ([]interview.Record, error) {
	if _, standing := n.journalledOf(id); standing.Interview == nil {
		return n.store.Log(ctx, id)
	}
	var all []interview.Record
	for r, err := range n.history(ctx, id) {
		if err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, nil
}

// recent returns an interview as it was read or written last; a View without an interview when that
// is unknown.
func (n *Notebook) recent(id interview.ID) View {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, v := range n.recents {
		if v.ID == id {
			return v
		}
	}
	return n.written[id]
}

func (n *Notebook) remember(v View) {
	n.mu.Lock()
	defer n.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(n.recents), func(o View) bool { return o.ID == v.ID })
	n.recents = append([]View{v}, rest[:min(len(rest), maxRecents-1)]...)
}

// maxRecents is the number of interviews in recents: the one at hand, and those opened meanwhile.
const maxRecents = 4
