// Package notebook holds hark's use cases: begin an interview, apply an action, undo, find, list,
// search, watch, import. The screens and the commands talk to it alone; how interviews are stored
// is behind storage.Store.
package notebook

import (
	"context"
	"io"
	"sync"
	"time"

	"hark/internal/document"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// Notebook is one opening of a notebook. It is safe for several goroutines.
type Notebook struct {
	store   storage.Store
	journal storage.Journal // nil for none
	now     func() time.Time
	random  io.Reader
	author  string
	login   string               // see Mine
	device  document.Incarnation // see interview.Stamp
	// The settings.
	noNudge     bool
	departments []string

	// turn is held by the writer. The fields up to mu belong to its holder.
	turn    chan struct{}
	failed  *attempt // the last attempt that was neither stored nor journalled
	misfits bool     // the journal has entries that the store has no place for
	// replaced: another file took the place of the notebook, and the journal has what was written.
	replaced bool

	mu          sync.Mutex           // guards the fields below
	incarnation document.Incarnation // of what is not written in a transaction of the store: see writeJournal
	rescued     bool                 // a rescue copy was begun
	rescue      string               // path of the rescue copy
	// recents are the interviews read or written last, newest first: the next write to one decodes
	// only what changed, and can be computed when the store cannot be read.
	recents []View
	// written are the interviews that this opening wrote to, as it left them.
	written map[interview.ID]View
	// journalled holds the entries of the journal, in order; standing the interviews with them
	// applied.
	journalled []interview.Pending
	standing   map[interview.ID]View
	met        map[interview.ID][]insight.Person // see metPeople
}

// Options is what New needs. Store, Now and Random are required.
type Options struct {
	Store storage.Store
	// Journal takes what the store cannot take. Without one such an action fails.
	Journal storage.Journal
	Now     func() time.Time
	Random  io.Reader // of random bytes; safe for several goroutines
	Author  string    // of the writer, for people to read
	Login   string    // another name under which the author wrote, "" for none
	// NoNudge suppresses the remark about lines that sound like a pitch.
	NoNudge bool
	// Departments are the usual ones, which can be named by a beginning.
	Departments []string
}

// New opens a notebook. It does not open the file.
func New(o Options) (*Notebook, error) {
	incarnation, err := drawIncarnation(o.Random)
	if err != nil {
		return nil, err
	}
	if o.Journal != nil {
		o.Journal.Of(o.Store.ID())
	}
	return &Notebook{
		store: o.Store, journal: o.Journal, now: o.Now, random: o.Random, author: interview.AuthorName(o.Author), login: interview.AuthorName(o.Login), device: o.Store.Device(),
		noNudge: o.NoNudge, departments: o.Departments,
		turn: make(chan struct{}, 1), incarnation: incarnation, standing: map[interview.ID]View{},
		written: map[interview.ID]View{},
		met:     map[interview.ID][]insight.Person{},
	}, nil
}

// Mine reports whether a record is of something that the notebook's author did.
func (n *Notebook) Mine(r interview.Record) bool {
	return r.Author == n.author || n.login != "" && r.Author == n.login
}

// Path is the location of the notebook, for people to read.
func (n *Notebook) Path() string { return n.store.Path() }

// Now returns the notebook's time.
func (n *Notebook) Now() time.Time { return n.now() }

// daily is implemented by stores that make backups by themselves.
type daily interface {
	BackUpDaily(now func() time.Time)
	Finish()
}

// BackUpDaily makes the first write of each day also make a backup, if the store supports it. A
// backup never delays or fails a write.
func (n *Notebook) BackUpDaily() {
	if d, ok := n.store.(daily); ok {
		d.BackUpDaily(n.now)
	}
}

// Finish waits for work in the background, at most a few seconds for a large notebook.
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

// view returns an interview as the notebook's author sees it here, with a revision of it.
func (n *Notebook) view(iv *interview.Interview, rev interview.Revision) View {
	return View{Interview: iv.For(n.author, n.device), Revision: rev}
}

// Result is the result of an action.
type Result struct {
	View
	Label   string
	Touched []interview.Touched
	Notices []interview.Notice
	// SavedAt is the time of the commit, or of the journal entry; zero when there was nothing to
	// write.
	SavedAt time.Time
	// Journalled is the reason why the action is in the journal and not in the notebook; nil after
	// a commit. It is as safe there, and Settle moves it into the notebook.
	Journalled error
}

// Mode is how actions are entered.
type Mode int

// Live actions happen during the meeting; Debrief ones are entered from memory and stamped as
// recalled.
const (
	Live Mode = iota
	Debrief
)

// stamp returns the context of an action; earlier is nil for actions that name nobody.
func (n *Notebook) stamp(w document.Writer, mode Mode, earlier earlierPeople) interview.Stamp {
	return interview.Stamp{
		Now:     n.now(),
		Writer:  w,
		Device:  n.device,
		NewID:   func() (interview.ID, error) { return document.NewID(n.random) },
		Debrief: mode == Debrief,
		NoNudge: n.noNudge, Departments: n.departments, Fold: plain.FoldName, Earlier: earlier,
	}
}

// Begin starts an interview and commits it, or journals it when the store cannot take it. The error
// is an *interview.Error with code Invalid when the customer's name, or the time of the meeting, is
// not acceptable.
func (n *Notebook) Begin(ctx context.Context, b interview.Beginning) (Result, error) {
	return n.carryOut(ctx, &attempt{request: b})
}

// Apply does one action to an interview and commits it before it returns. When the store cannot
// take it (another process has it in use for over 250 ms, the disk is full or fails, the notebook
// is damaged), the action is journalled, as Result.Journalled says.
// An *interview.Error is the reason of a refusal. When the gate refused text, the text is kept as a
// thought and committed: then both the Result and the error are set. storage.ErrNotFound: there is
// no such interview. After any other error the action is stored nowhere; a repeated request is done
// once even if the first one did reach the disk.
func (n *Notebook) Apply(ctx context.Context, id interview.ID, action interview.Action, mode Mode) (Result, error) {
	return n.carryOut(ctx, &attempt{id: id, request: action, mode: mode})
}

// Enter is Apply for text from a capture box. left is what the box holds afterwards: it becomes the
// draft (see SetDraft) in the same transaction, so that a crash leaves the text in one place or the
// other. A result without SavedAt says that nothing was written, not even the draft.
func (n *Notebook) Enter(ctx context.Context, id interview.ID, action interview.Action, mode Mode, left string) (Result, error) {
	return n.carryOut(ctx, &attempt{id: id, request: action, mode: mode, draft: &left})
}

// writer returns the author and incarnation of what is not written in a transaction of the store.
func (n *Notebook) writer() document.Writer {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.as(n.incarnation)
}

// as returns the writer under an incarnation.
func (n *Notebook) as(incarnation document.Incarnation) document.Writer {
	return document.Writer{Incarnation: incarnation, Author: n.author}
}

// Preview returns the step of an action without writing: a screen shows it while the write is on
// its way. Undo and Redo need the history and cannot be previewed. People of earlier meetings are
// those that the last call of Earlier found.
func (n *Notebook) Preview(iv *interview.Interview, action interview.Action, mode Mode) (*interview.Step, error) {
	earlier := earlierAmong(func() []insight.Person {
		people, _ := n.metPeople(iv.ID)
		return people
	})
	return interview.Apply(iv, action, n.stamp(n.writer(), mode, earlier))
}

// hasJournalled reports whether the journal has entries of this opening.
func (n *Notebook) hasJournalled() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.journalled)+len(n.standing) > 0
}

// Has reports whether there is an interview with an ID, deleted ones included.
func (n *Notebook) Has(ctx context.Context, id interview.ID) (bool, error) {
	rev, err := n.store.Revision(ctx, id)
	return rev != 0, err
}
