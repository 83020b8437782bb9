package notebook

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/search"
	"hark/internal/storage"
)

// errBusy is why an action is journalled while others have the notebook in use.
var errBusy = errors.New("another program has the notebook in use")

// attempt is an action, or the beginning of an interview, on its way into the
// notebook. Once its step is known its versions have their dots: whatever happens
// after that, it is the very same change that is stored or journalled.
type attempt struct {
	id    interview.ID
	asked any // an interview.Action, or an interview.Beginning
	mode  Mode
	left  *string // what the capture box holds afterwards; nil when none was asked

	step    *interview.Step // nil until it is worked out
	pending interview.Pending
	again   bool // it failed before
	// answer is why it is not to be done, whatever the store can take.
	answer error
}

// same reports whether another attempt asks for the same.
func (a *attempt) same(o *attempt) bool {
	_, begins := a.asked.(interview.Beginning)
	return (begins || a.id == o.id) && a.mode == o.mode && reflect.DeepEqual(a.asked, o.asked)
}

// carryOut brings an attempt into the notebook, or, when the notebook cannot take
// it, journals it.
//
// An attempt that failed altogether may yet have reached the disk. So when the
// same is asked for next, it is the same change that is tried again, and what is
// asked for otherwise is written under another incarnation.
func (n *Notebook) carryOut(ctx context.Context, a *attempt) (Result, error) {
	if err := n.takeTurn(ctx); err != nil {
		return Result{}, err
	}
	defer n.endTurn()
	if n.failed != nil && n.failed.same(a) {
		n.failed.left = a.left
		a = n.failed
		a.again = true
	}
	n.failed = nil
	if b, begins := a.asked.(interview.Beginning); begins && a.step == nil {
		if n.begin(a, b); a.answer != nil {
			return Result{}, a.answer
		}
	}
	v, err := n.commit(ctx, a)
	var unstored error
	if err != nil && a.answer == nil && !errors.Is(err, storage.ErrNotFound) && ctx.Err() == nil {
		unstored = err
		if errors.Is(err, context.DeadlineExceeded) {
			unstored = errBusy
		}
		v, err = n.writeJournal(ctx, a, unstored)
	}
	switch {
	case a.answer != nil:
		return Result{}, a.answer
	case err != nil:
		return Result{}, err
	}
	r := Result{View: v, Label: a.step.Label, Touched: a.step.Touched, Notices: a.step.Notices}
	if len(a.step.Change) > 0 {
		r.SavedAt, r.Journalled = a.pending.Record.At, unstored
	}
	if a.step.Refused != nil {
		return r, a.step.Refused
	}
	return r, nil
}

// commit stores what was journalled, and then the attempt.
func (n *Notebook) commit(ctx context.Context, a *attempt) (View, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if _, err := n.settle(ctx); err != nil {
		return View{}, err
	}
	var (
		rev interview.Revision
		err error
	)
	switch {
	case a.step == nil:
		rev, err = n.store.Change(ctx, a.id, func(s storage.Stored) (storage.Write, error) {
			var failed error
			iv := interview.Refold(s.Document, n.recent(a.id).Interview)
			if n.work(a, iv, s, calledIn(s, iv, &failed)); failed != nil {
				a.step, a.pending, a.answer = nil, interview.Pending{}, nil
				return storage.Write{}, failed
			}
			if a.answer != nil {
				return storage.Write{}, a.answer
			}
			w := writeOf(a.step.After, a.pending.Record)
			w.Draft = a.left
			return w, nil
		})
	case a.again:
		v, _, err := n.merge(ctx, a.pending)
		if err == nil && a.left != nil {
			err = n.store.SetDraft(ctx, a.id, *a.left)
		}
		return v, err
	default:
		rev, err = n.store.Create(ctx, writeOf(a.step.After, a.pending.Record))
	}
	if err != nil {
		return View{}, err
	}
	v := View{Interview: a.step.After, Revision: rev}
	n.remember(v)
	return v, nil
}

// begin works out the beginning of an interview.
func (n *Notebook) begin(a *attempt, b interview.Beginning) {
	if a.id, a.answer = document.NewID(n.random); a.answer != nil {
		return
	}
	step, err := interview.Begin(a.id, b, n.stamp(Live, nil))
	if err != nil {
		a.answer = err
		return
	}
	a.step = step
	a.pending = interview.Pending{Interview: a.id, Begins: true, Record: n.record(step, interview.Did)}
}

// reverts reports whether an action takes back another one, or brings it back.
func reverts(action interview.Action) bool {
	switch action.(type) {
	case interview.Undo, interview.Redo:
		return true
	}
	return false
}

// work works out what an action does to an interview.
func (n *Notebook) work(a *attempt, iv *interview.Interview, s storage.Stored, earlier called) {
	var (
		step *interview.Step
		kind = interview.Did
		of   *interview.Record
		err  error
	)
	action, _ := a.asked.(interview.Action)
	if t, typed := action.(interview.Typed); typed && reverts(t.Action) {
		action = t.Action // typing it makes no difference
	}
	if reverts(action) {
		step, kind, of, err = n.revert(iv, s, action, a.mode)
	} else {
		step, err = interview.Apply(iv, action, n.stamp(a.mode, earlier))
	}
	if err != nil {
		a.answer = err
		return
	}
	if step.Move {
		kind = interview.Moved
	}
	a.step = step
	a.pending = interview.Pending{Interview: a.id, Record: n.record(step, kind)}
	switch {
	case of == nil:
	case of.Revision >= provisional:
		a.pending.Of = of.Change[0].Version.Dot
	default:
		a.pending.Record.Of = of.Revision
	}
}

// record makes the record of a step.
func (n *Notebook) record(step *interview.Step, kind interview.RecordKind) interview.Record {
	return interview.Record{Kind: kind, Label: step.Label, At: n.now(), Author: n.author, Change: step.Change}
}

// writeOf returns the write of an interview as it stands after a record, and for a new one after
// earlier records, oldest first.
func writeOf(iv *interview.Interview, record interview.Record, earlier ...interview.Record) storage.Write {
	return storage.Write{
		Document: iv.Document(), Record: record, Earlier: earlier, Summary: iv.Summarise(), Text: search.Record(iv),
	}
}

// writeJournal puts an attempt into the journal, because of why the notebook could
// not take it. An action is worked out on the interview as it is known here.
func (n *Notebook) writeJournal(ctx context.Context, a *attempt, why error) (View, error) {
	if n.journal == nil {
		n.failed = a
		return View{}, why
	}
	v, err := n.lastKnown(ctx, a, why)
	if err != nil {
		n.failed = a
		return View{}, err
	}
	if a.step == nil {
		s := storage.Stored{Document: v.Document(), Revision: v.Revision, Log: n.history(ctx, a.id)}
		n.work(a, v.Interview, s, n.calledJournalled(ctx, v.Interview))
		if a.answer != nil {
			return View{}, a.answer
		}
		if len(a.step.Change) == 0 {
			return v, nil
		}
	}
	a.pending.Doubted = errors.Is(why, storage.ErrUnsynced)
	all := []interview.Pending{a.pending}
	if a.left != nil {
		all = append(all, n.pendingDraft(a.id, *a.left, why))
	}
	if err := n.append(all...); err != nil {
		n.failed = a
		return View{}, errors.Join(why, err, n.reincarnate())
	}
	doc := v.Document().Clone()
	doc.Replay(a.step.Change)
	v.Interview = interview.Refold(doc, a.step.After)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.standing[a.id] = v
	return v, nil
}

// lastKnown is the interview that an attempt is about as far as it is known here:
// as it stands with what was journalled, as it can still be read, or as it was
// seen last.
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
			return View{Interview: interview.Refold(doc, n.recent(a.id).Interview), Revision: rev}, nil
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

// append puts things into the journal, all of them or none.
func (n *Notebook) append(all ...interview.Pending) error {
	if err := n.journal.Append(all...); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.journalled = append(n.journalled, all...)
	return nil
}

// reincarnate goes on under another incarnation: under the last one something may
// have been written that nobody knows of, and no dot is ever given twice.
func (n *Notebook) reincarnate() error {
	incarnation, err := drawIncarnation(n.random)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.incarnation = incarnation
	return nil
}

func drawIncarnation(random io.Reader) (document.Incarnation, error) {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return 0, fmt.Errorf("drawing random bytes: %w", err)
	}
	return document.Incarnation(binary.BigEndian.Uint64(b[:])), nil
}

// takeTurn waits until nothing else of this opening is being written: what is
// journalled has an order. It fails when ctx ends first.
func (n *Notebook) takeTurn(ctx context.Context) error {
	select {
	case n.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (n *Notebook) endTurn() { <-n.turn }

// inTurn does something when it is its turn.
func (n *Notebook) inTurn(ctx context.Context, do func() error) error {
	if err := n.takeTurn(ctx); err != nil {
		return err
	}
	defer n.endTurn()
	return do()
}

// saveDraft keeps what is in the capture box, in the notebook or beside it.
func (n *Notebook) saveDraft(ctx context.Context, id interview.ID, text string) error {
	if err := n.takeTurn(ctx); err != nil {
		return err
	}
	defer n.endTurn()
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := n.settle(wait)
	if err == nil {
		err = n.store.SetDraft(wait, id, text)
	}
	if err == nil || errors.Is(err, storage.ErrNotFound) || ctx.Err() != nil || n.journal == nil {
		return err
	}
	return n.append(n.pendingDraft(id, text, err))
}

// pendingDraft is what is in the capture box of this window, for the journal, because of why the
// notebook could not take it.
func (n *Notebook) pendingDraft(id interview.ID, text string, why error) interview.Pending {
	return interview.Pending{Interview: id, Draft: text, Window: n.store.Window(), Doubted: errors.Is(why, storage.ErrUnsynced)}
}

// draft returns the draft of an interview that is journalled; ok is false when
// none is.
func (n *Notebook) draft(id interview.ID) (text string, ok bool) {
	journalled, _ := n.journalledOf(id)
	for _, p := range journalled {
		if p.IsDraft() {
			text, ok = p.Draft, true
		}
	}
	return text, ok
}
