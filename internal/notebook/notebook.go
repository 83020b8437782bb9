// Package notebook holds hark's use cases: begin an interview, do something to
// it, undo, find, list, search, watch. The screens and the commands talk to it
// and to nothing below it; where interviews are kept is behind storage.Store.
package notebook

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"hark/internal/document"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/storage"
)

// Notebook is one opening of a notebook. It is safe for several goroutines.
type Notebook struct {
	store   storage.Store
	journal storage.Journal // nil for none
	now     func() time.Time
	random  io.Reader
	author  string
	// noNudge and departments are what the settings say.
	noNudge     bool
	departments []string

	// turn is held by what writes. The rest of this part belongs to its holder.
	turn    chan struct{}
	failed  *attempt // what was neither stored nor journalled, last
	misfits bool     // the journal has something that the store has no place for

	mu          sync.Mutex // guards what follows
	incarnation document.Incarnation
	rescued     bool   // a copy was begun
	rescue      string // where it is
	// recents are the interviews seen last, newest first: the next write to one
	// need not decode everything again, and can be worked out when the store
	// cannot be read.
	recents []View
	// journalled is what is in the journal, in order; standing is how the
	// interviews stand with it.
	journalled []interview.Pending
	standing   map[interview.ID]View
	met        map[interview.ID][]insight.Person // see metPeople
}

// Options is what a notebook needs from the world. Store, Now and Random are
// required.
type Options struct {
	Store storage.Store
	// Journal keeps what the store cannot take. Without one such an action fails.
	Journal storage.Journal
	Now     func() time.Time
	Random  io.Reader // of random bytes; safe for several goroutines
	Author  string    // who writes, for people to read
	// NoNudge keeps quiet about lines that sound like a pitch.
	NoNudge bool
	// Departments are where problems are usually carried to.
	Departments []string
}

// New opens a notebook: it draws the incarnation that stamps all this opening
// writes. It does not touch the store.
func New(o Options) (*Notebook, error) {
	incarnation, err := drawIncarnation(o.Random)
	if err != nil {
		return nil, err
	}
	return &Notebook{
		store: o.Store, journal: o.Journal, now: o.Now, random: o.Random, author: o.Author,
		noNudge: o.NoNudge, departments: o.Departments,
		turn: make(chan struct{}, 1), incarnation: incarnation, standing: map[interview.ID]View{},
		met: map[interview.ID][]insight.Person{},
	}, nil
}

// Path says where the notebook lies, for people.
func (n *Notebook) Path() string { return n.store.Path() }

// Now returns the notebook's time.
func (n *Notebook) Now() time.Time { return n.now() }

// daily is a store that makes backups by itself.
type daily interface {
	BackUpDaily(now func() time.Time)
	Finish()
}

// BackUpDaily makes the first write of each day also make a backup, if the store
// knows how. That never holds up or fails a write.
func (n *Notebook) BackUpDaily() {
	if d, ok := n.store.(daily); ok {
		d.BackUpDaily(n.now)
	}
}

// Finish waits for what goes on in the background, at most a few seconds for a
// large notebook.
func (n *Notebook) Finish() {
	if d, ok := n.store.(daily); ok {
		d.Finish()
	}
}

// View is an interview as it stood at a revision.
type View struct {
	*interview.Interview
	Revision interview.Revision
}

// Result is what came of an action.
type Result struct {
	View
	Label   string
	Touched []interview.Touched
	Notices []interview.Notice
	// SavedAt is when it was committed, or journalled; zero when there was nothing
	// to write.
	SavedAt time.Time
	// Journalled says why it is not in the notebook but in the journal beside it; nil
	// when it was committed. It is as safe there; Settle moves it into the notebook.
	Journalled error
}

// Mode says how actions are entered.
type Mode int

// Live actions happen during the meeting; Debrief ones are entered from memory
// and stamped as recalled.
const (
	Live Mode = iota
	Debrief
)

// stamp is what an action needs of the world; earlier is nil for one that names
// nobody.
func (n *Notebook) stamp(mode Mode, earlier called) interview.Stamp {
	return interview.Stamp{
		Now:     n.now(),
		Writer:  n.writer(),
		NewID:   func() (interview.ID, error) { return document.NewID(n.random) },
		Debrief: mode == Debrief,
		NoNudge: n.noNudge, Departments: n.departments, Earlier: earlier,
	}
}

// Begin starts an interview and commits it, or journals it when the notebook
// cannot take it. An *interview.Error with code Invalid says that the customer's
// name, or the time of the meeting, will not do.
func (n *Notebook) Begin(ctx context.Context, b interview.Beginning) (Result, error) {
	return n.carryOut(ctx, &attempt{asked: b})
}

// Apply does one action to an interview and commits it before it returns. When
// the notebook cannot take it (another hark has it for longer than a moment, the
// disk is full or fails, it is damaged), the action is kept in the journal beside
// it, as Result.Journalled says.
//
// An *interview.Error says why an action was refused. When the gate refused
// text, the text is kept as a thought and committed: then the Result is good
// and the error is not nil. storage.ErrNotFound when there is no such interview.
// Any other error says that the action is nowhere; asked for again, it is done
// once even if it did reach the disk.
func (n *Notebook) Apply(ctx context.Context, id interview.ID, action interview.Action, mode Mode) (Result, error) {
	return n.carryOut(ctx, &attempt{id: id, asked: action, mode: mode})
}

// Enter is Apply for what was typed into a capture box. left is what the box holds after that: it
// becomes the draft (see SetDraft) in the same transaction, so that a crash leaves the text in one
// place or the other. A result without SavedAt says that nothing was written, the draft included.
func (n *Notebook) Enter(ctx context.Context, id interview.ID, action interview.Action, mode Mode, left string) (Result, error) {
	return n.carryOut(ctx, &attempt{id: id, asked: action, mode: mode, left: &left})
}

// writer is who writes now.
func (n *Notebook) writer() document.Writer {
	n.mu.Lock()
	defer n.mu.Unlock()
	return document.Writer{Incarnation: n.incarnation, Author: n.author}
}

// maxRecents is how many interviews are remembered: the one at hand, and those
// that were looked at from beside it.
const maxRecents = 4

// recent returns an interview as it was seen last; without an interview when it
// was not, or long ago.
func (n *Notebook) recent(id interview.ID) View {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, v := range n.recents {
		if v.ID == id {
			return v
		}
	}
	return View{}
}

func (n *Notebook) remember(v View) {
	n.mu.Lock()
	defer n.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(n.recents), func(o View) bool { return o.ID == v.ID })
	n.recents = append([]View{v}, rest[:min(len(rest), maxRecents-1)]...)
}

// Preview says what an action would do to an interview, without writing: what a
// screen shows at once while the write is on its way. Undo and Redo need the
// history and cannot be previewed. People of earlier meetings are those that
// Earlier found last.
func (n *Notebook) Preview(iv *interview.Interview, action interview.Action, mode Mode) (*interview.Step, error) {
	earlier := calledAmong(func() []insight.Person {
		people, _ := n.metPeople(iv.ID)
		return people
	})
	return interview.Apply(iv, action, n.stamp(mode, earlier))
}

// revert undoes or redoes. An *interview.Error with code Invalid says that
// there is nothing left to.
func (n *Notebook) revert(iv *interview.Interview, s storage.Stored, action interview.Action, mode Mode) (*interview.Step, interview.RecordKind, *interview.Record, error) {
	_, again := action.(interview.Redo)
	kind, pick, none := interview.Undid, lastDone, "There is nothing to undo"
	if again {
		kind, pick, none = interview.Redid, lastUndone, "There is nothing to bring back"
	}
	record, err := pick(s)
	if err != nil {
		return nil, "", nil, err
	}
	if record == nil {
		return nil, "", nil, &interview.Error{Code: interview.Invalid, Message: none}
	}
	step, err := interview.Revert(iv, record.Change, again, record.Label, n.stamp(mode, nil))
	return step, kind, record, err
}

// lastDone returns the newest action that was not taken back, without the
// beginning of the interview; nil when there is none. Going backwards, the
// first word about a record is the last one said.
func lastDone(s storage.Stored) (*interview.Record, error) {
	undone := map[interview.Revision]bool{}
	said := map[interview.Revision]bool{}
	var found *interview.Record
	for r, err := range s.Log {
		if err != nil && found != nil {
			return found, nil // there is an older one, if it cannot be read, so found is not the beginning
		}
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
func lastUndone(s storage.Stored) (*interview.Record, error) {
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

// Open reads an interview, with what is journalled of it. storage.ErrNotFound
// when there is none.
func (n *Notebook) Open(ctx context.Context, id interview.ID) (View, error) {
	journalled, standing := n.journalledOf(id)
	if standing.Interview == nil {
		doc, rev, err := n.store.Read(ctx, id)
		if err != nil {
			return View{}, err
		}
		v := View{Interview: interview.Refold(doc, n.recent(id).Interview), Revision: rev}
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
	return View{Interview: interview.Refold(doc, standing.Interview), Revision: rev}, nil
}

// Opened is an interview as it stood at a revision.
type Opened struct {
	View
	// Log is its history, newest first; nil unless it was asked for.
	Log []interview.Record
}

// OpenMany opens interviews, each as Open does, with the history if it is asked
// for, and calls yield with one after the other until yield fails, whose error it
// returns. They are read together, so that a few dozen cost much less than as
// many calls of Open. An error is about the first interview that yield was not
// called with.
func (n *Notebook) OpenMany(ctx context.Context, ids []interview.ID, history bool, yield func(Opened) error) error {
	if n.hasJournalled() {
		return n.openEach(ctx, ids, history, yield)
	}
	all, failed := n.store.ReadMany(ctx, ids, history)
	for _, c := range all {
		if err := yield(Opened{View{interview.Fold(c.Document), c.Revision}, c.Log}); err != nil {
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

// hasJournalled reports whether anything is in the journal.
func (n *Notebook) hasJournalled() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.journalled)+len(n.standing) > 0
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
	if text, ok := n.draft(id); ok {
		return text, nil
	}
	_, standing := n.journalledOf(id)
	if standing.Interview == nil {
		return n.store.Draft(ctx, id)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	text, err := n.store.Draft(ctx, id)
	if err != nil {
		return "", nil //nolint:nilerror // there may be one that cannot be read now; it stays where it is
	}
	return text, nil
}

// SetDraft keeps what is in the capture box; "" forgets it.
func (n *Notebook) SetDraft(ctx context.Context, id interview.ID, text string) error {
	return n.saveDraft(ctx, id, text)
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
