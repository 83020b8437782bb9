package notebook

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/search"
	"hark/internal/storage"
)

// attempt is an action, or the beginning of an interview, on its way into the notebook. Once its
// step is known, its versions have their dots, and it is always that same change that is stored or
// journalled.
type attempt struct {
	id      interview.ID
	request any // an interview.Action or an interview.Beginning
	mode    Mode
	draft   *string // content of the capture box afterwards; nil when the action was not typed there

	step    *interview.Step // nil until it is known
	pending interview.Pending
	// refusal: the domain refused the action; do not retry.
	refusal error
}

// same reports whether two attempts request the same.
func (a *attempt) same(o *attempt) bool {
	_, begins := a.request.(interview.Beginning)
	return (begins || a.id == o.id) && a.mode == o.mode && reflect.DeepEqual(a.request, o.request)
}

// carryOut stores an attempt, or journals it when the store cannot take it.
// An attempt that failed altogether may have reached the disk. When the next request is the same
// one, the same change is tried again; any other request is written under another incarnation.
func (n *Notebook) carryOut(ctx context.Context, a *attempt) (Result, error) {
	if err := n.takeTurn(ctx); err != nil {
		return Result{}, err
	}
	defer n.endTurn()
	if n.failed != nil && n.failed.same(a) {
		n.failed.draft = a.draft
		a = n.failed
	}
	n.failed = nil
	v, err := n.commit(ctx, a)
	var unstored error
	if err != nil && a.refusal == nil && !errors.Is(err, storage.ErrNotFound) && ctx.Err() == nil {
		unstored = err
		if errors.Is(err, context.DeadlineExceeded) {
			unstored = errBusy
		}
		v, err = n.writeJournal(ctx, a, unstored)
	}
	switch {
	case a.refusal != nil:
		return Result{}, a.refusal
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

// commit stores what is in the journal, then the attempt.
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
	b, begins := a.request.(interview.Beginning)
	switch {
	case a.step == nil && begins:
		rev, err = n.store.Begin(ctx, func(incarnation document.Incarnation) (storage.Write, error) {
			if n.begin(a, b, n.as(incarnation)); a.refusal != nil {
				return storage.Write{}, a.refusal
			}
			return writeOf(a.step.After, a.pending.Record), nil
		})
	case a.step == nil:
		rev, err = n.store.Change(ctx, a.id, func(s storage.Stored) (storage.Write, error) {
			var failed error
			iv := interview.Refold(s.Document, n.recent(a.id).Interview)
			if n.workOut(a, iv, s, earlierIn(s, iv, &failed)); failed != nil {
				a.step, a.pending, a.refusal = nil, interview.Pending{}, nil
				return storage.Write{}, failed
			}
			if a.refusal != nil {
				return storage.Write{}, a.refusal
			}
			w := writeOf(a.step.After, a.pending.Record)
			w.Draft = a.draft
			return w, nil
		})
	default: // it failed before
		v, _, err := n.merge(ctx, a.pending)
		if err == nil && a.draft != nil {
			err = n.store.SetDraft(ctx, a.id, *a.draft)
		}
		if err == nil {
			n.noteWritten(v)
		}
		return v, err
	}
	if err != nil {
		return View{}, err
	}
	v := n.view(a.step.After, rev)
	n.remember(v)
	n.noteWritten(v)
	return v, nil
}

// begin computes the step that begins an interview.
func (n *Notebook) begin(a *attempt, b interview.Beginning, w document.Writer) {
	if a.id, a.refusal = document.NewID(n.random); a.refusal != nil {
		return
	}
	step, err := interview.Begin(a.id, b, n.stamp(w, Live, nil))
	if err != nil {
		a.refusal = err
		return
	}
	a.step = step
	a.pending = interview.Pending{Interview: a.id, Begins: true, Record: n.record(step, interview.Did, n.now())}
}

// workOut computes the step of an action. s is the interview as stored, with the incarnation that
// gives the dots.
func (n *Notebook) workOut(a *attempt, iv *interview.Interview, s storage.Stored, earlier earlierPeople) {
	var (
		step *interview.Step
		kind = interview.Did
		of   *interview.Record
		err  error
		w    = n.as(s.Incarnation)
	)
	action, _ := a.request.(interview.Action)
	if t, typed := action.(interview.Typed); typed && interview.Reverts(t.Action) {
		action = t.Action // typing makes no difference to undo and redo
	}
	if interview.Reverts(action) {
		step, kind, of, err = n.revert(iv, s, action, n.stamp(w, a.mode, nil))
	} else {
		step, err = interview.Apply(iv, action, n.stamp(w, a.mode, earlier))
	}
	if err != nil {
		a.refusal = err
		return
	}
	a.step = step
	a.pending = interview.Pending{Interview: a.id, Record: n.record(step, kind, n.now())}
	switch {
	case of == nil:
	case of.Revision >= provisional:
		a.pending.Of = of.Change[0].Version.Dot
	default:
		a.pending.Record.Of = of.Revision
	}
}

// record returns the record of a step of a kind, unless all that the step does is to move.
func (n *Notebook) record(step *interview.Step, kind interview.RecordKind, at time.Time) interview.Record {
	if step.Move {
		kind = interview.Moved
	}
	return interview.Record{Kind: kind, Label: step.Label, At: at, Author: n.author, Change: step.Change}
}

// writeOf returns the write of an interview as it stands after a record, and for a new one after
// earlier records, oldest first.
func writeOf(iv *interview.Interview, record interview.Record, earlier ...interview.Record) storage.Write {
	return storage.Write{
		Document: iv.Document(), Record: record, Earlier: earlier, Summary: iv.Summarise(), Text: search.Record(iv),
	}
}

// reincarnate draws another incarnation for what is journalled. Under the last one something may
// have been written that is not known here, and no dot may be given twice.
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

// takeTurn waits until this opening writes nothing else, because the entries of the journal have an
// order. It fails when ctx ends first.
func (n *Notebook) takeTurn(ctx context.Context) error {
	select {
	case n.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (n *Notebook) endTurn() { <-n.turn }

// inTurn calls do during a turn.
func (n *Notebook) inTurn(ctx context.Context, do func() error) error {
	if err := n.takeTurn(ctx); err != nil {
		return err
	}
	defer n.endTurn()
	return do()
}
