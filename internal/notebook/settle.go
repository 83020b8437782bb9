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

// rescueTime limits the time for copying a notebook, or for checking all of it.
const rescueTime = 5 * time.Minute

// Settled is the result of Settle.
type Settled struct {
	// Stored counts the actions that this call stored, Journalled those still in the journal.
	Stored, Journalled int
	// Rescue is the path of the copy of a notebook whose disk failed to confirm a write; "" when
	// there was no need of one, or none could be made.
	Rescue string
}

// Settle replays the journal: what this opening journalled, and what openings that have ended left.
// What the notebook has already is passed over, so that everything is stored once, whatever
// happened before. ctx limits the wait for a notebook in use.
// The error says why something stays in the journal, or that the notebook has no place for it and
// where it was put. After the disk failed to confirm a write, nothing is written any more: the
// notebook is copied once, and Settled.Rescue is the copy.
func (n *Notebook) Settle(ctx context.Context) (Settled, error) {
	if n.journal == nil {
		return Settled{}, nil
	}
	stored := 0
	err := n.inTurn(ctx, func() (err error) {
		stored, err = n.settle(ctx)
		return err
	})
	// The rest can take long, and input must not wait for it, so it runs outside the turn.
	if errors.Is(err, storage.ErrUnsynced) {
		err = n.rescueOnce(ctx, err)
	}
	if err == nil {
		more := 0
		err = n.journal.Left(ctx, func(left []interview.Pending) (int, error) {
			fitted, misfits, err := n.replayLeft(ctx, left)
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

// Recover stores what lies in journals in quarantine, as far as the notebook has a place for it now,
// and returns how many actions that were. left are the journals that are not done with, foreign the
// paths of those that wait for another notebook.
func (n *Notebook) Recover(ctx context.Context) (stored int, left []storage.LeftJournal, foreign []string, err error) {
	if n.journal == nil {
		return 0, nil, nil, nil
	}
	left, err = n.journal.Quarantined(ctx, func(all []interview.Pending, begins bool) (int, error) {
		if !begins {
			all = slices.Clone(all)
			for i := range all {
				all[i].Begins = false
			}
		}
		fitted, misfits, err := n.replayLeft(ctx, all)
		stored += fitted
		return misfits, err
	})
	if err == nil {
		foreign, err = n.journal.Foreign()
	}
	return stored, left, foreign, err
}

// rescueOnce copies the notebook at the first call; why is returned.
func (n *Notebook) rescueOnce(ctx context.Context, why error) error {
	n.mu.Lock()
	begun := n.rescued
	n.rescued = true
	n.mu.Unlock()
	if begun {
		return why
	}
	// The copy has to be made once, however long it takes.
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

// settle stores what this opening journalled, in order, and counts the actions. The caller has the
// turn.
func (n *Notebook) settle(ctx context.Context) (stored int, err error) {
	all := n.allJournalled()
	if len(all) == 0 {
		return 0, nil
	}
	for i, p := range all {
		var err error
		switch {
		case !p.IsDraft():
			err = n.mergeOwn(ctx, p)
		case !draftAfter(all[i+1:], p.Interview):
			err = n.store.SetDraft(ctx, p.Interview, p.Draft)
		}
		switch {
		case errors.Is(err, storage.ErrErased): // nothing of it is to be stored again
		case errors.Is(err, storage.ErrNotFound):
			n.misfits = true // it was begun in another file than the notebook's of now: Left reports it
		case err != nil:
			return stored, err
		case p.IsAction():
			stored++
		}
		n.dropFirst()
	}
	n.replaced = false
	if !n.misfits {
		// A journal that cannot be removed does no harm: the next opening finds all of it in the
		// notebook.
		_ = n.journal.Clear()
	}
	return stored, nil
}

// draftAfter reports whether a newer draft of an interview is among later entries.
func draftAfter(later []interview.Pending, id interview.ID) bool {
	return slices.ContainsFunc(later, func(p interview.Pending) bool { return p.IsDraft() && p.Interview == id })
}

// replayLeft stores what another opening left, one entry a turn. Misfits are the entries that the
// notebook has no place for. ctx limits the wait for a notebook in use, not the replay: the lines
// of a whole meeting take longer than that.
func (n *Notebook) replayLeft(ctx context.Context, left []interview.Pending) (stored, misfits int, err error) {
	if slices.ContainsFunc(left, func(p interview.Pending) bool { return p.Doubted }) {
		whole, cancel := context.WithTimeout(context.WithoutCancel(ctx), rescueTime)
		err := n.store.Verify(whole)
		cancel()
		if err != nil {
			return 0, 0, err
		}
	}
	// What is put back may be what begins the interview here.
	left = slices.Clone(left)
	slices.SortStableFunc(left, func(a, b interview.Pending) int {
		switch {
		case a.State != nil && b.State == nil:
			return -1
		case a.State == nil && b.State != nil:
			return 1
		}
		return 0
	})
	for i, p := range left {
		if errors.Is(ctx.Err(), context.Canceled) {
			return stored, misfits, ctx.Err()
		}
		was, err := n.replayOne(context.WithoutCancel(ctx), p, draftAfter(left[i+1:], p.Interview))
		if err == nil && !was && p.IsAction() {
			stored++
		}
		switch {
		case errors.Is(err, storage.ErrErased): // nothing of it is to be stored again
		case errors.Is(err, storage.ErrNotFound):
			misfits++
		case err != nil:
			return stored, misfits, err
		}
	}
	return stored, misfits, nil
}

// replayOne stores one entry. was is true when that adds no action to the notebook; a draft with a
// newer one after it is passed over.
func (n *Notebook) replayOne(ctx context.Context, p interview.Pending, newer bool) (was bool, err error) {
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

// mergeOwn is merge for what this opening itself has written.
func (n *Notebook) mergeOwn(ctx context.Context, p interview.Pending) error {
	v, _, err := n.merge(ctx, p)
	if err == nil {
		n.noteWritten(v)
	}
	return err
}

// merge stores one action and returns the interview after it. was is true when it was stored
// already. The error is storage.ErrNotFound when the interview is not there and the action does not
// begin it.
func (n *Notebook) merge(ctx context.Context, p interview.Pending) (v View, was bool, err error) {
	v.Revision, err = n.store.Change(ctx, p.Interview, func(s storage.Stored) (storage.Write, error) {
		if was = s.Document.Erased() || p.In(s.Document); was {
			v.Interview = interview.Refold(s.Document, n.recent(p.Interview).Interview)
			return storage.Write{}, nil
		}
		doc, record := s.Document, p.Record
		if p.State == nil {
			doc.Replay(record.Change)
		} else if doc, record.Change = putBack(doc, p.State); len(record.Change) == 0 {
			was, v.Interview = true, interview.Refold(s.Document, n.recent(p.Interview).Interview)
			return storage.Write{}, nil
		}
		iv, opening, err := n.recordOpening(interview.Refold(doc, n.recent(p.Interview).Interview), s.Incarnation)
		if err != nil {
			return storage.Write{}, err
		}
		v.Interview = iv
		record.Change = append(slices.Clip(record.Change), opening...)
		if p.Of != (document.Dot{}) {
			var err error
			if record.Of, err = revisionOf(s.Log, p.Of); err != nil {
				return storage.Write{}, err
			}
		}
		return writeOf(v.Interview, record), nil
	})
	if errors.Is(err, storage.ErrNotFound) && !errors.Is(err, storage.ErrErased) && (p.Begins || p.State != nil) {
		doc, record := document.New(p.Interview), p.Record
		if p.State != nil {
			doc, record.Kind, record.Change = p.State, interview.Did, creation(p.State)
		} else {
			doc.Replay(record.Change)
		}
		v.Interview = interview.Fold(doc)
		v.Revision, err = n.store.Create(ctx, writeOf(v.Interview, record))
	}
	if err != nil {
		return View{}, false, err
	}
	v = n.view(v.Interview, v.Revision)
	n.remember(v)
	return v, was, nil
}

// revisionOf returns the revision of the record whose first version has a dot; 0 when there is
// none.
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

// allJournalled returns the entries of the journal, in order.
func (n *Notebook) allJournalled() []interview.Pending {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.journalled)
}

// dropFirst removes the oldest entry of the journal from memory.
func (n *Notebook) dropFirst() {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := n.journalled[0].Interview
	n.journalled = n.journalled[1:]
	if !slices.ContainsFunc(n.journalled, func(p interview.Pending) bool { return p.Interview == id }) {
		delete(n.standing, id)
	}
}
