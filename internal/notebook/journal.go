package notebook

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// patience is how long an action waits for a store that is in use, before it is
// journalled.
const patience = 250 * time.Millisecond

// rescueTime is the longest that copying a notebook, or looking at all of it, may
// take.
const rescueTime = 5 * time.Minute

// Settled says where things stand after Settle.
type Settled struct {
	// Stored is how many actions went into the notebook now, Journalled how many are
	// still beside it.
	Stored, Journalled int
	// Rescue is the copy that was made of a notebook whose disk failed to confirm
	// a write; "" when there was no need, or none could be made.
	Rescue string
}

// Journalled is how many actions of this opening are in the journal: they
// are safe, and not in it yet.
func (n *Notebook) Journalled() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	count := 0
	for _, p := range n.journalled {
		if !p.IsDraft() {
			count++
		}
	}
	return count
}

// JournalPath says where things are journalled, "" for nowhere.
func (n *Notebook) JournalPath() string {
	if n.journal == nil {
		return ""
	}
	return n.journal.Path()
}

// Settle moves what was journalled into the notebook: by this opening, and by
// openings that have ended without doing so. What is in the notebook already is
// passed over, so everything goes in once, whatever happened before. ctx is how
// long to wait for a notebook in use.
//
// The error says why something stays beside the notebook, or that it had no
// place in it and where it is kept. When the disk has failed to confirm a write,
// nothing is written any more: the notebook is copied once, and Settled names the
// copy.
func (n *Notebook) Settle(ctx context.Context) (Settled, error) {
	if n.journal == nil {
		return Settled{}, nil
	}
	stored := 0
	err := n.inTurn(ctx, func() (err error) {
		stored, err = n.settle(ctx)
		return err
	})
	// What comes next can take long, and whoever types must not wait for it.
	if errors.Is(err, storage.ErrUnsynced) {
		err = n.rescueOnce(ctx, err)
	}
	if err == nil {
		more := 0
		err = n.journal.Left(ctx, func(left []interview.Pending) (int, error) {
			fitted, misfits, err := n.takeUp(ctx, left)
			more += fitted
			return misfits, err
		})
		stored += more
	}
	n.mu.Lock()
	rescue := n.rescue
	n.mu.Unlock()
	return Settled{Stored: stored, Journalled: n.Journalled(), Rescue: rescue}, err
}

// rescueOnce copies the notebook, the first time that it is asked for.
func (n *Notebook) rescueOnce(ctx context.Context, why error) error {
	n.mu.Lock()
	begun := n.rescued
	n.rescued = true
	n.mu.Unlock()
	if begun {
		return why
	}
	// Copying takes as long as it takes, and has to be done once.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rescueTime)
	defer cancel()
	path, err := n.store.Rescue(ctx)
	if err != nil {
		return fmt.Errorf("%w; nor could a copy of it be made: %w", why, err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rescue = path
	return why
}

// settle stores what this opening journalled, in order, and counts the actions.
// It must have the turn.
func (n *Notebook) settle(ctx context.Context) (stored int, err error) {
	all := n.allJournalled()
	if len(all) == 0 {
		return 0, nil
	}
	for i, p := range all {
		var err error
		switch {
		case !p.IsDraft():
			_, _, err = n.merge(ctx, p)
		case !draftAfter(all[i+1:], p.Interview):
			err = n.store.SetDraft(ctx, p.Interview, p.Draft)
		}
		switch {
		case errors.Is(err, storage.ErrErased): // somebody wants nothing of it kept
		case errors.Is(err, storage.ErrNotFound):
			n.misfits = true // it was begun in another file than lies there now: Left will tell
		case err != nil:
			return stored, err
		case !p.IsDraft():
			stored++
		}
		n.dropFirst()
	}
	if !n.misfits {
		// A journal that cannot be removed does no harm: the next hark finds all of
		// it in the notebook.
		_ = n.journal.Clear()
	}
	return stored, nil
}

// draftAfter reports whether a newer draft of an interview is among some things.
func draftAfter(later []interview.Pending, id interview.ID) bool {
	return slices.ContainsFunc(later, func(p interview.Pending) bool { return p.IsDraft() && p.Interview == id })
}

// takeUp stores what another opening left, one thing at a turn. Misfits are what
// the notebook has no place for. ctx says how long to wait for a notebook in use;
// what was kept in a whole meeting takes longer than that, and is taken up all the
// same.
func (n *Notebook) takeUp(ctx context.Context, left []interview.Pending) (stored, misfits int, err error) {
	if slices.ContainsFunc(left, func(p interview.Pending) bool { return p.Doubted }) {
		whole, cancel := context.WithTimeout(context.WithoutCancel(ctx), rescueTime)
		err := n.store.Verify(whole)
		cancel()
		if err != nil {
			return 0, 0, err
		}
	}
	for i, p := range left {
		if errors.Is(ctx.Err(), context.Canceled) {
			return stored, misfits, ctx.Err()
		}
		was, err := n.takeUpOne(context.WithoutCancel(ctx), p, draftAfter(left[i+1:], p.Interview))
		if err == nil && !was {
			stored++
		}
		switch {
		case errors.Is(err, storage.ErrErased): // likewise
		case errors.Is(err, storage.ErrNotFound):
			misfits++
		case err != nil:
			return stored, misfits, err
		}
	}
	return stored, misfits, nil
}

// takeUpOne stores one thing of those. was is true when that adds no action to the
// notebook; a draft with a newer one after it is passed over.
func (n *Notebook) takeUpOne(ctx context.Context, p interview.Pending, newer bool) (was bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err = n.inTurn(ctx, func() (err error) {
		switch {
		case !p.IsDraft():
			_, was, err = n.merge(ctx, p)
			return err
		case !newer:
			was = true
			return n.store.LeaveDraft(ctx, p.Interview, p.Window, p.Draft)
		}
		was = true
		return nil
	})
	return was, err
}

// merge stores one action and returns the interview after it. was is true when
// it was stored already. storage.ErrNotFound when there is no such interview
// and the action does not begin it.
func (n *Notebook) merge(ctx context.Context, p interview.Pending) (v View, was bool, err error) {
	v.Revision, err = n.store.Change(ctx, p.Interview, func(s storage.Stored) (storage.Write, error) {
		if was = s.Document.Erased() || p.In(s.Document); was {
			v.Interview = interview.Refold(s.Document, n.recent(p.Interview).Interview)
			return storage.Write{}, nil
		}
		s.Document.Replay(p.Record.Change)
		v.Interview = interview.Refold(s.Document, n.recent(p.Interview).Interview)
		record := p.Record
		if p.Of != (document.Dot{}) {
			var err error
			if record.Of, err = revisionOf(s.Log, p.Of); err != nil {
				return storage.Write{}, err
			}
		}
		return writeOf(v.Interview, record), nil
	})
	if errors.Is(err, storage.ErrNotFound) && p.Begins {
		doc := document.New(p.Interview)
		doc.Replay(p.Record.Change)
		v.Interview = interview.Fold(doc)
		v.Revision, err = n.store.Create(ctx, writeOf(v.Interview, p.Record))
	}
	if err != nil {
		return View{}, false, err
	}
	n.remember(v)
	return v, was, nil
}

// revisionOf finds the record that begins with a dot; 0 when there is none.
func revisionOf(log iter.Seq2[interview.Record, error], first document.Dot) (interview.Revision, error) {
	for r, err := range log {
		if err != nil {
			return 0, err
		}
		if len(r.Change) > 0 && r.Change[0].Version.Dot == first {
			return r.Revision, nil
		}
	}
	return 0, nil
}

// allJournalled returns what is journalled, in order.
func (n *Notebook) allJournalled() []interview.Pending {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.journalled)
}

// dropFirst forgets the oldest of what is journalled.
func (n *Notebook) dropFirst() {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := n.journalled[0].Interview
	n.journalled = n.journalled[1:]
	if !slices.ContainsFunc(n.journalled, func(p interview.Pending) bool { return p.Interview == id }) {
		delete(n.standing, id)
	}
}

// journalledOf returns what is journalled of one interview, in order, and how it
// stands with that; a view without an interview when there is nothing but drafts.
func (n *Notebook) journalledOf(id interview.ID) ([]interview.Pending, View) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var of []interview.Pending
	for _, p := range n.journalled {
		if p.Interview == id {
			of = append(of, p)
		}
	}
	return of, n.standing[id]
}

// provisional is where the revisions begin that stand in for those of records
// journalled.
const provisional = interview.Revision(1) << 63

// history gives the records of an interview, newest first: those journalled,
// then those stored. When the latter cannot be read, an error comes last.
func (n *Notebook) history(ctx context.Context, id interview.ID) iter.Seq2[interview.Record, error] {
	return func(yield func(interview.Record, error) bool) {
		journalled, _ := n.journalledOf(id)
		var (
			all []interview.Record
			err error
		)
		if len(journalled) == 0 || !journalled[0].Begins {
			ctx, cancel := context.WithTimeout(ctx, patience)
			defer cancel()
			all, err = n.store.Log(ctx, id)
			slices.Reverse(all)
		}
		revisions := map[document.Dot]interview.Revision{}
		for _, r := range all {
			if len(r.Change) > 0 {
				revisions[r.Change[0].Version.Dot] = r.Revision
			}
		}
		for i, p := range journalled {
			if _, stored := revisions[p.First()]; stored || p.IsDraft() {
				continue
			}
			r := p.Record
			r.Revision = provisional + interview.Revision(i)
			if p.Of != (document.Dot{}) {
				r.Of = revisions[p.Of]
			}
			revisions[p.First()] = r.Revision
			all = append(all, r)
		}
		for _, r := range slices.Backward(all) {
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(interview.Record{}, err)
		}
	}
}
