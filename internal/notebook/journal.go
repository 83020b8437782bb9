package notebook

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// What the store cannot take goes into the journal; settle.go stores it later.

// patience is how long an action waits for a store that is in use before it is journalled.
const patience = 250 * time.Millisecond

// errBusy: the action is journalled because others have the notebook in use.
var errBusy = errors.New("another program has the notebook in use")

// Journalled counts the actions of this opening that are in the journal: safe, and not yet in the
// notebook.
func (n *Notebook) Journalled() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	count := 0
	for _, p := range n.journalled {
		if p.IsAction() {
			count++
		}
	}
	return count
}

// JournalPath is the location of the journal, "" for none.
func (n *Notebook) JournalPath() string {
	if n.journal == nil {
		return ""
	}
	return n.journal.Path()
}

// nowhereError is the error for an attempt that neither the store nor the journal takes.
type nowhereError struct{ store, journal error }

// Error implements error.
func (e *nowhereError) Error() string {
	return fmt.Sprintf("%v; nor could it be kept aside: %s", e.store, strings.TrimPrefix(e.journal.Error(), storage.ErrUnwritable.Error()+": "))
}

// Unwrap returns both.
func (e *nowhereError) Unwrap() []error { return []error{e.store, e.journal} }

// writeJournal puts an attempt into the journal; why is the store's error. The step of an action is
// computed on the interview as it is known here.
func (n *Notebook) writeJournal(ctx context.Context, a *attempt, why error) (View, error) {
	if n.journal == nil {
		n.failed = a
		return View{}, why
	}
	if !n.hasJournalled() {
		if err := n.reincarnate(); err != nil { // the file may be an older one by now
			return View{}, errors.Join(why, err)
		}
	}
	if err := n.keepWritten(why); err != nil {
		n.failed = a
		return View{}, errors.Join(why, err)
	}
	if b, begins := a.request.(interview.Beginning); begins && a.step == nil {
		if n.begin(a, b, n.writer()); a.refusal != nil {
			return View{}, a.refusal
		}
	}
	v, err := n.lastKnown(ctx, a, why)
	if err != nil {
		n.failed = a
		return View{}, err
	}
	if a.step == nil {
		s := storage.Stored{Document: v.Document(), Revision: v.Revision, Incarnation: n.writer().Incarnation, Log: n.history(ctx, a.id)}
		n.workOut(a, v.Interview, s, n.earlierWhileJournalling(ctx, v.Interview))
		if a.refusal != nil {
			return View{}, a.refusal
		}
		if len(a.step.Change) == 0 {
			return v, nil
		}
	}
	a.pending.Doubted = errors.Is(why, storage.ErrUnsynced)
	all := []interview.Pending{a.pending}
	if a.draft != nil {
		all = append(all, n.pendingDraft(a.id, *a.draft, why))
	}
	if err := n.append(all...); err != nil {
		n.failed = a
		return View{}, &nowhereError{why, errors.Join(err, n.reincarnate())}
	}
	doc := v.Document().Clone()
	doc.Replay(a.step.Change)
	v = n.view(interview.Refold(doc, a.step.After), v.Revision)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.standing[a.id] = v
	return v, nil
}

// lastKnown returns the interview of an attempt as far as it is known here: with what is journalled
// of it, else as it can still be read, else as it was read last.
func (n *Notebook) lastKnown(ctx context.Context, a *attempt, why error) (View, error) {
	if _, standing := n.journalledOf(a.id); standing.Interview != nil {
		return standing, nil
	}
	if a.pending.Begins {
		return View{Interview: a.step.After}, nil
	}
	if !errors.Is(why, errBusy) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if doc, rev, err := n.store.Read(ctx, a.id); err == nil {
			return n.view(interview.Refold(doc, n.recent(a.id).Interview), rev), nil
		}
	}
	v := n.recent(a.id)
	if a.step != nil {
		v.Interview = a.step.After
	}
	if v.Interview == nil {
		return View{}, why
	}
	return v, nil
}

// append puts entries into the journal, all of them or none.
func (n *Notebook) append(all ...interview.Pending) error {
	if err := n.journal.Append(all...); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.journalled = append(n.journalled, all...)
	return nil
}

// journalledOf returns the journalled entries of one interview, in order, and the interview with
// them; a View without an interview when they are all drafts.
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

// provisional is the lowest of the revisions that journalled records have until they are stored.
const provisional = interview.Revision(1) << 63

// history yields the records of an interview, newest first: journalled ones, then stored ones. If
// the store cannot be read, an error is yielded last.
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
			if _, stored := revisions[p.First()]; stored || !p.IsAction() {
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
