package notebook

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"hark/internal/interview"
	"hark/internal/storage"
)

// Another file can take the place of the notebook while it is open, or it can go away. The store then refuses to go on
// with one that lacks what was in it (storage.ErrReplaced), and actions are journalled. They would
// be of little use without what was written before them, which was called saved and is not in that
// file. So the journal also gets the interviews that this opening wrote to, as it knows them. The
// opening that takes the journal up merges them with what it finds.

// noteWritten notes an interview that was written to.
func (n *Notebook) noteWritten(v View) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.written[v.ID] = v
}

// isGone reports whether an error of the store says that the file which was opened is not there any
// more, or another is in its place.
func isGone(why error) bool {
	return errors.Is(why, storage.ErrReplaced) || errors.Is(why, fs.ErrNotExist)
}

// keepWritten journals what this opening has written, once, if why says that the notebook is gone.
// The caller has the turn.
func (n *Notebook) keepWritten(why error) error {
	if n.journal == nil || n.replaced || !isGone(why) {
		return nil
	}
	var all []interview.Pending
	for _, v := range n.allWritten() {
		all = append(all, interview.Pending{
			Interview: v.ID, State: v.Document().Clone(),
			Record: interview.Record{Kind: interview.Merged, Label: "put back", At: n.now(), Author: n.author},
		})
	}
	if len(all) > 0 {
		if err := n.append(all...); err != nil {
			return err
		}
	}
	n.replaced = true
	return nil
}

// allWritten returns the interviews that this opening wrote to as they are known here, in the order
// of their bytes.
func (n *Notebook) allWritten() []View {
	n.mu.Lock()
	defer n.mu.Unlock()
	var all []View
	for id, v := range n.written {
		for _, r := range n.recents {
			if r.ID == id {
				v = r // with what others wrote since
			}
		}
		if !v.Document().Erased() {
			all = append(all, v)
		}
	}
	slices.SortFunc(all, func(a, b View) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return all
}

// PutBack sees to it that what this opening has written outlasts it. When the file of the notebook is
// not there any more, or another that lacks something of it took its place, it is journalled, and the
// error says so; it wraps fs.ErrNotExist or storage.ErrReplaced.
func (n *Notebook) PutBack(ctx context.Context) error {
	if len(n.allWritten()) == 0 {
		return nil
	}
	return n.inTurn(ctx, func() error {
		_, why := n.store.Latest(ctx)
		if !isGone(why) {
			return nil // what was written is there, as far as can be told
		}
		return errors.Join(why, n.keepWritten(why))
	})
}
