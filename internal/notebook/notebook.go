// Package notebook holds hark's use cases: begin an interview, do something to
// it, undo, find, list, search, watch. The screens and the commands talk to it
// and to nothing below it; where interviews are kept is behind Store.
package notebook

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Notebook is one opening of a notebook. It is safe for several goroutines.
type Notebook struct {
	store  Store
	now    func() time.Time
	random io.Reader
	writer document.Writer

	mu sync.Mutex
	// last is the interview written last, so that the next write to it need
	// not decode everything again.
	last *interview.Interview
}

// Options is what a notebook needs from the world. All are required but Author.
type Options struct {
	Store  Store
	Now    func() time.Time
	Random io.Reader // of random bytes; safe for several goroutines
	Author string    // who writes, for people to read
}

// New opens a notebook: it draws the incarnation that stamps all this opening
// writes. It does not touch the store.
func New(o Options) (*Notebook, error) {
	var b [8]byte
	if _, err := io.ReadFull(o.Random, b[:]); err != nil {
		return nil, fmt.Errorf("drawing random bytes: %w", err)
	}
	incarnation := document.Incarnation(binary.BigEndian.Uint64(b[:]))
	return &Notebook{
		store: o.Store, now: o.Now, random: o.Random,
		writer: document.Writer{Incarnation: incarnation, Author: o.Author},
	}, nil
}

// Path says where the notebook lies, for people.
func (n *Notebook) Path() string { return n.store.Path() }

// Now returns the notebook's time.
func (n *Notebook) Now() time.Time { return n.now() }

// View is an interview as it stood at a revision.
type View struct {
	*interview.Interview
	Revision interview.Revision
}

// Result is what came of an action.
type Result struct {
	View
	Label   string
	Kept    []interview.Kept
	Notices []interview.Notice
	// SavedAt is when it was committed; zero when there was nothing to write.
	SavedAt time.Time
}

// Mode says how actions are entered.
type Mode int

// Live actions happen during the meeting; Debrief ones are entered from memory
// and stamped as recalled.
const (
	Live Mode = iota
	Debrief
)

func (n *Notebook) stamp(mode Mode) interview.Stamp {
	return interview.Stamp{
		Now:     n.now(),
		Writer:  n.writer,
		NewID:   func() (interview.ID, error) { return document.NewID(n.random) },
		Debrief: mode == Debrief,
	}
}

// Begin starts an interview and commits it. An *interview.Error with code
// Invalid says that the customer's name will not do.
func (n *Notebook) Begin(ctx context.Context, b interview.Beginning) (Result, error) {
	id, err := document.NewID(n.random)
	if err != nil {
		return Result{}, err
	}
	step, err := interview.Begin(id, b, n.stamp(Live))
	if err != nil {
		return Result{}, err
	}
	w := n.write(step, interview.Did, 0)
	rev, err := n.store.Create(ctx, w)
	if err != nil {
		return Result{}, err
	}
	return result(step, rev, w.Record.At), nil
}

// Apply does one action to an interview and commits it before it returns.
//
// An *interview.Error says why an action was refused. When the gate refused
// text, the text is kept as a thought and committed: then the Result is good
// and the error is not nil. interview.ErrNotFound when there is no such interview.
func (n *Notebook) Apply(ctx context.Context, id interview.ID, action interview.Action, mode Mode) (Result, error) {
	var (
		step *interview.Step
		at   time.Time
	)
	rev, err := n.store.Change(ctx, id, func(s interview.Stored) (interview.Write, error) {
		var (
			kind = interview.Did
			of   interview.Revision
			err  error
		)
		iv := interview.Refold(s.Document, n.recent())
		switch action.(type) {
		case interview.Undo, interview.Redo:
			step, kind, of, err = n.revert(iv, s, action, mode)
		default:
			step, err = interview.Apply(iv, action, n.stamp(mode))
		}
		if err != nil {
			return interview.Write{}, err
		}
		if step.Move {
			kind = interview.Moved
		}
		w := n.write(step, kind, of)
		at = w.Record.At
		return w, nil
	})
	if err != nil {
		return Result{}, err
	}
	n.remember(step.After)
	r := result(step, rev, at)
	if step.Refused != nil {
		return r, step.Refused
	}
	return r, nil
}

// recent returns the interview written last, or nil.
func (n *Notebook) recent() *interview.Interview {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last
}

func (n *Notebook) remember(iv *interview.Interview) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last = iv
}

// Preview says what an action would do to an interview, without writing: what a
// screen shows at once while the write is on its way. Undo and Redo need the
// history and cannot be previewed.
func (n *Notebook) Preview(iv *interview.Interview, action interview.Action, mode Mode) (*interview.Step, error) {
	return interview.Apply(iv, action, n.stamp(mode))
}

func result(step *interview.Step, rev interview.Revision, at time.Time) Result {
	r := Result{
		View:  View{Interview: step.After, Revision: rev},
		Label: step.Label, Kept: step.Kept, Notices: step.Notices,
	}
	if len(step.Change) > 0 {
		r.SavedAt = at
	}
	return r
}

// write makes the write of a step.
func (n *Notebook) write(step *interview.Step, kind interview.RecordKind, of interview.Revision) interview.Write {
	return interview.Write{
		Document: step.After.Document(),
		Record: interview.Record{
			Kind: kind, Of: of, Label: step.Label, At: n.now(), Author: n.writer.Author, Change: step.Change,
		},
		Summary: step.After.Summarise(),
		Text:    searchText(step.After),
	}
}

// revert undoes or redoes. An *interview.Error with code Invalid says that
// there is nothing left to.
func (n *Notebook) revert(iv *interview.Interview, s interview.Stored, action interview.Action, mode Mode) (*interview.Step, interview.RecordKind, interview.Revision, error) {
	_, again := action.(interview.Redo)
	kind, pick, none := interview.Undid, lastDone, "There is nothing to undo"
	if again {
		kind, pick, none = interview.Redid, lastUndone, "There is nothing to bring back"
	}
	record, err := pick(s)
	if err != nil {
		return nil, "", 0, err
	}
	if record == nil {
		return nil, "", 0, &interview.Error{Code: interview.Invalid, Message: none}
	}
	step, err := interview.Revert(iv, record.Change, again, record.Label, n.stamp(mode))
	return step, kind, record.Revision, err
}

// lastDone returns the newest action that was not taken back, without the
// beginning of the interview; nil when there is none. Going backwards, the
// first word about a record is the last one said.
func lastDone(s interview.Stored) (*interview.Record, error) {
	undone := map[interview.Revision]bool{}
	said := map[interview.Revision]bool{}
	var found *interview.Record
	for r, err := range s.Log {
		if err != nil {
			return nil, err
		}
		switch r.Kind {
		case interview.Undid, interview.Redid:
			if !said[r.Of] {
				said[r.Of], undone[r.Of] = true, r.Kind == interview.Undid
			}
		case interview.Did:
			if found == nil && !undone[r.Revision] {
				found = &r
				continue
			}
			if found != nil {
				return found, nil // there is an older one, so found is not the beginning
			}
		case interview.Moved, interview.Merged:
		}
	}
	return nil, nil
}

// lastUndone returns the oldest of the actions that were taken back since the
// last new one; nil when there is none. A new action forgets what could have
// been brought back before it.
func lastUndone(s interview.Stored) (*interview.Record, error) {
	said := map[interview.Revision]bool{}
	undone := map[interview.Revision]bool{}
	collecting := true
	var oldest *interview.Record
	for r, err := range s.Log {
		if err != nil {
			return nil, err
		}
		switch r.Kind {
		case interview.Undid, interview.Redid:
			if collecting && !said[r.Of] {
				said[r.Of] = true
				if r.Kind == interview.Undid {
					undone[r.Of] = true
				}
			}
		case interview.Did:
			collecting = false
			if undone[r.Revision] {
				oldest = &r
				delete(undone, r.Revision)
			}
		case interview.Moved, interview.Merged:
		}
		if !collecting && len(undone) == 0 {
			return oldest, nil
		}
	}
	return oldest, nil
}

// Open reads an interview. interview.ErrNotFound when there is none.
func (n *Notebook) Open(ctx context.Context, id interview.ID) (View, error) {
	doc, rev, err := n.store.Read(ctx, id)
	if err != nil {
		return View{}, err
	}
	return View{Interview: interview.Refold(doc, n.recent()), Revision: rev}, nil
}

// watchEvery is how often Watch looks: another window's line shows within a
// second, and a look costs some 50 µs.
const watchEvery = 300 * time.Millisecond

// Watch waits until an interview has a newer revision than since, and returns
// it as it stands then. It fails when ctx ends.
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
			continue // busy or briefly gone; the next look will tell
		case err != nil:
			return View{}, err
		case rev > since:
			return n.Open(ctx, id)
		}
	}
}

// Draft returns what was left in the capture box of an interview.
func (n *Notebook) Draft(ctx context.Context, id interview.ID) (string, error) {
	return n.store.Draft(ctx, id)
}

// SetDraft keeps what is in the capture box; "" forgets it.
func (n *Notebook) SetDraft(ctx context.Context, id interview.ID, text string) error {
	return n.store.SetDraft(ctx, id, text)
}

// Log returns the history of an interview, newest first.
func (n *Notebook) Log(ctx context.Context, id interview.ID) ([]interview.Record, error) {
	return n.store.Log(ctx, id)
}
