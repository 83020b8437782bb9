package notebook_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
	"hark/store/repair"
)

// outage is a notebook whose store and journals fail at will.
type outage struct {
	t       rapid.TB
	path    string
	store   storage.Store // that flaky wraps
	flaky   *notebooktest.Flaky
	journal *notebooktest.Journal
	book    *notebook.Notebook
}

func newOutage(t *testing.T) *outage {
	t.Helper()
	return outageIn(t, t.TempDir())
}

// outageIn is newOutage in a folder that need not be there.
func outageIn(t rapid.TB, folder string) *outage {
	o := &outage{t: t, path: filepath.Join(folder, "hark.db")}
	first, err := notebooktest.Open(o.path)
	if err != nil {
		t.Fatal(err)
	}
	o.store = first.Store
	o.open()
	return o
}

// open opens the notebook again, as after a crash: what the last opening knew is gone, its journal
// stays.
func (o *outage) open() {
	if o.journal != nil {
		if err := o.journal.Close(); err != nil {
			o.t.Fatal(err)
		}
	}
	journal, err := notebooktest.NewJournal(o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	o.flaky, o.journal = &notebooktest.Flaky{Store: o.store}, journal
	book, err := notebook.New(notebook.Options{
		Store: o.flaky, Journal: o.journal, Random: rand.Reader, Author: "me", Now: time.Now,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.book = book
}

// journals is how many journals the notebook has.
func (o *outage) journals() int {
	n, err := repair.New(o.path, time.Now).Waiting()
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func (o *outage) begin() interview.ID {
	r, err := o.book.Begin(context.Background(), interview.Beginning{Customer: "Harbour Welding"})
	if err != nil {
		o.t.Fatal(err)
	}
	return r.ID
}

func (o *outage) do(id interview.ID, action interview.Action) notebook.Result {
	r, err := o.book.Apply(context.Background(), id, action, notebook.Live)
	if err != nil {
		o.t.Fatalf("%T%+v: %v", action, action, err)
	}
	return r
}

// down makes writes fail from now on.
func (o *outage) down() { o.flaky.Break(fails(false)) }

func (o *outage) up() { o.flaky.Break(nil) }

func fails(landed bool) notebooktest.Trouble {
	return func() (bool, error) { return landed, storage.ErrUnwritable }
}

// stored is the interview as the store alone has it.
func (o *outage) stored(id interview.ID) *interview.Interview {
	doc, _, err := o.store.Read(context.Background(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return interview.Fold(doc)
}

func (o *outage) settle() notebook.Settled {
	s, err := o.book.Settle(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

func TestAnOutageJournalsEverything(t *testing.T) {
	o := newOutage(t)
	id := o.begin()
	o.do(id, quote("before"))
	o.down()
	first := o.do(id, quote("one"))
	second := o.do(id, quote("two"))
	if first.Journalled == nil || first.SavedAt.IsZero() || texts(second.Interview) != "before,one,two" {
		t.Fatalf("journalled: %v at %v, %q", first.Journalled, first.SavedAt, texts(second.Interview))
	}
	if v, err := o.book.Open(context.Background(), id); err != nil || texts(v.Interview) != "before,one,two" {
		t.Fatalf("opened meanwhile: %q, %v", texts(v.Interview), err)
	}
	if got := texts(o.stored(id)); got != "before" {
		t.Fatalf("in the store meanwhile: %q", got)
	}
	o.up()
	if r := o.do(id, quote("three")); r.Journalled != nil {
		t.Fatalf("still journalled: %v", r.Journalled)
	}
	if got := texts(o.stored(id)); got != "before,one,two,three" || o.book.Journalled() != 0 {
		t.Fatalf("afterwards: %q, and %d journalled", got, o.book.Journalled())
	}
}

func TestAnInterviewBegunInAnOutage(t *testing.T) {
	o := newOutage(t)
	o.down()
	id := o.begin()
	o.do(id, quote("one"))
	if found, err := o.book.Find(context.Background(), "harbour"); err != nil || found != id {
		t.Fatalf("found %v, %v", found, err)
	}
	if list, err := o.book.List(context.Background(), 0); err != nil || len(list) != 1 || list[0].Lines != 1 {
		t.Fatalf("listed %+v, %v", list, err)
	}
	o.open() // a crash
	if s := o.settle(); s.Stored != 2 {
		t.Fatalf("taken up: %+v", s)
	}
	if got := texts(o.stored(id)); got != "one" {
		t.Fatalf("afterwards: %q", got)
	}
	o.open()
	if s := o.settle(); s.Stored != 0 {
		t.Fatalf("taken up twice: %+v", s)
	}
}

func TestUndoInAnOutage(t *testing.T) {
	o := newOutage(t)
	id := o.begin()
	o.do(id, quote("a"))
	o.do(id, quote("b"))
	o.down()
	for _, step := range []struct {
		do   interview.Action
		want string
	}{
		{quote("c"), "a,b,c"},
		{interview.Undo{}, "a,b"},
		{interview.Undo{}, "a"},
		{interview.Redo{}, "a,b"},
		{interview.Redo{}, "a,b,c"},
		{interview.Undo{}, "a,b"},
		{interview.Undo{}, "a"},
	} {
		if got := texts(o.do(id, step.do).Interview); got != step.want {
			t.Fatalf("after %T: %q, want %q", step.do, got, step.want)
		}
	}
	o.up()
	o.settle()
	if got := texts(o.stored(id)); got != "a" {
		t.Fatalf("afterwards: %q", got)
	}
	o.open() // a later opening can bring back what was undone then
	if got := texts(o.do(id, interview.Redo{}).Interview); got != "a,b" {
		t.Fatalf("brought back: %q", got)
	}
	if got := texts(o.do(id, interview.Redo{}).Interview); got != "a,b,c" {
		t.Fatalf("brought back: %q", got)
	}
}

func TestDraftsInAnOutage(t *testing.T) {
	ctx := context.Background()
	o := newOutage(t)
	id := o.begin()
	if err := o.book.SetDraft(ctx, id, "half"); err != nil {
		t.Fatal(err)
	}
	o.down()
	for _, text := range []string{"half a", "half a sentence"} {
		if err := o.book.SetDraft(ctx, id, text); err != nil {
			t.Fatal(err)
		}
	}
	if d, err := o.book.Draft(ctx, id); err != nil || d != "half a sentence" {
		t.Fatalf("meanwhile %q, %v", d, err)
	}
	o.open() // a crash
	o.settle()
	if d, err := o.book.Draft(ctx, id); err != nil || d != "half a sentence" {
		t.Fatalf("afterwards %q, %v", d, err)
	}
}

// What Enter leaves in the box goes where its line goes, whatever fails, and again after a crash.
func TestEnterInAnOutage(t *testing.T) {
	ctx := context.Background()
	for name, later := range map[string]func(*outage){
		"it ends":        func(o *outage) { o.up(); o.settle() },
		"a crash":        func(o *outage) { o.open(); o.settle() },
		"nothing at all": func(*outage) {},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t)
			id := o.begin()
			enter := func(text, left string) error {
				_, err := o.book.Enter(ctx, id, quote(text), notebook.Live, left)
				return err
			}
			if err := errors.Join(o.book.SetDraft(ctx, id, "one"), enter("one", "tw")); err != nil {
				t.Fatal(err)
			}
			o.down()
			o.journal.Break(fails(false))
			if err := enter("two", "three"); err == nil {
				t.Fatal("it is nowhere, and no error tells")
			}
			if d, err := o.book.Draft(ctx, id); err != nil || d != "tw" {
				t.Fatalf("the draft is %q, %v", d, err)
			}
			o.journal.Break(nil)
			if err := enter("two", "thr"); err != nil {
				t.Fatal(err)
			}
			later(o)
			v, err := o.book.Open(ctx, id)
			d, draftErr := o.book.Draft(ctx, id)
			if err := errors.Join(err, draftErr); err != nil || texts(v.Interview) != "one,two" || d != "thr" {
				t.Fatalf("there are %q and the draft %q, %v", texts(v.Interview), d, err)
			}
		})
	}
}

// slow is a store that takes its time, and waits no longer than it may.
type slow struct{ *notebooktest.Flaky }

func (s slow) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	time.Sleep(20 * time.Millisecond)
	return s.Flaky.Change(ctx, id, decide)
}

// However little time there is to wait for others, all of a meeting is taken up.
func TestALongJournalIsTakenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutage(t)
		id := o.begin()
		o.down()
		const lines = 200
		for i := range lines {
			o.do(id, quote(fmt.Sprint(i)))
		}
		o.open()
		book, err := notebook.New(notebook.Options{Store: slow{o.flaky}, Journal: o.journal, Random: rand.Reader, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 250*time.Millisecond)
		defer cancel()
		if s, err := book.Settle(ctx); err != nil || s.Stored != lines {
			t.Fatalf("settled %+v, %v", s, err)
		}
	})
}

// Nothing of an interview that was erased meanwhile is kept, nor does it stand in
// the way of the rest.
func TestADraftOfAnErasedInterview(t *testing.T) {
	ctx := context.Background()
	gone := func() (bool, error) { return false, fmt.Errorf("%w: %w", storage.ErrNotFound, storage.ErrErased) }
	for name, later := range map[string]func(*outage){
		"the same hark": func(*outage) {},
		"the next one":  (*outage).open,
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t)
			id, other := o.begin(), o.begin()
			o.down()
			if err := o.book.SetDraft(ctx, id, "half"); err != nil {
				t.Fatal(err)
			}
			later(o)
			o.flaky.Break(gone)
			o.settle()
			o.up()
			if r := o.do(other, quote("one")); r.Journalled != nil {
				t.Fatalf("still journalled: %v", r.Journalled)
			}
			o.open()
			o.flaky.Break(gone) // would be told of whatever is left
			if s := o.settle(); s != (notebook.Settled{}) || o.journals() != 0 {
				t.Fatalf("taken up %+v, and %d journals are left", s, o.journals())
			}
		})
	}
}

// What failed altogether may be on the disk all the same: asked for again, it is
// done once.
func TestAskedForAgainItIsDoneOnce(t *testing.T) {
	for name, set := range map[string]func(*outage){
		"the store has it":   func(o *outage) { o.flaky.Break(fails(true)); o.journal.Break(fails(false)) },
		"the journal has it": func(o *outage) { o.flaky.Break(fails(false)); o.journal.Break(fails(true)) },
		"both have it":       func(o *outage) { o.flaky.Break(fails(true)); o.journal.Break(fails(true)) },
		"neither has it":     func(o *outage) { o.flaky.Break(fails(false)); o.journal.Break(fails(false)) },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t)
			id := o.begin()
			set(o)
			for range 3 {
				if _, err := o.book.Apply(context.Background(), id, quote("x"), notebook.Live); !errors.Is(err, storage.ErrUnwritable) {
					t.Fatalf("error %v", err)
				}
			}
			o.up()
			o.do(id, quote("x"))
			o.do(id, quote("y"))
			o.open()
			o.settle()
			if got := texts(o.stored(id)); got != "x,y" {
				t.Fatalf("kept %q", got)
			}
		})
	}
}

func TestAfterAFailedSyncTheNotebookIsCopied(t *testing.T) {
	o := newOutage(t)
	id := o.begin()
	o.store = noCopy{o.store}
	o.open()
	o.flaky.Break(func() (bool, error) {
		return true, fmt.Errorf("%w: %w", storage.ErrUnwritable, storage.ErrUnsynced)
	})
	if r := o.do(id, quote("one")); !errors.Is(r.Journalled, storage.ErrUnsynced) {
		t.Fatalf("journalled because of %v", r.Journalled)
	}
	_, err := o.book.Settle(context.Background())
	if !errors.Is(err, storage.ErrUnsynced) || !strings.Contains(err.Error(), "nor could a copy of it be made") {
		t.Fatalf("error %v", err)
	}
	o.open()
	o.settle()
	if got := texts(o.stored(id)); got != "one" {
		t.Fatalf("kept %q", got)
	}
}

// noCopy is a store of which no copy can be made.
type noCopy struct{ storage.Store }

func (noCopy) Rescue(context.Context) (string, error) { return "", errors.New("no space") }

// slowCopy is a store whose disk does not confirm, and takes its time to copy.
type slowCopy struct {
	*notebooktest.Flaky
	begun, release chan struct{}
}

func (s slowCopy) Rescue(context.Context) (string, error) {
	close(s.begun)
	<-s.release
	return "copy.db", nil
}

// Copying the notebook takes minutes on a slow disk, and typing goes on.
func TestALineDoesNotWaitForTheCopy(t *testing.T) {
	o := newOutage(t)
	id := o.begin()
	slow := slowCopy{o.flaky, make(chan struct{}), make(chan struct{})}
	var err error
	o.book, err = notebook.New(notebook.Options{Store: slow, Journal: o.journal, Random: rand.Reader, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	o.flaky.Break(func() (bool, error) {
		return false, fmt.Errorf("%w: %w", storage.ErrUnwritable, storage.ErrUnsynced)
	})
	o.do(id, quote("one"))
	settled := make(chan notebook.Settled, 1)
	go func() {
		s, _ := o.book.Settle(context.Background()) // its error is that of the disk
		settled <- s
	}()
	<-slow.begun
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if r, err := o.book.Apply(ctx, id, quote("two"), notebook.Live); err != nil || r.Journalled == nil {
		t.Fatalf("while the copy is made: journalled because of %v, %v", r.Journalled, err)
	}
	close(slow.release)
	if s := <-settled; s.Rescue != "copy.db" || s.Journalled != 2 {
		t.Fatalf("settled %+v", s)
	}
}

// Whatever fails, whichever of two crashes, and in whatever order things are taken up: what was
// acknowledged is there once.
func TestEveryAcknowledgedLineIsThereOnce(t *testing.T) {
	folders := newFolders(t)
	rapid.Check(t, func(t *rapid.T) {
		first := outageIn(t, folders())
		second := &outage{t: t, path: first.path, store: first.store}
		second.open()
		windows := []*outage{first, second}
		id := first.begin()
		var acknowledged []string
		for i := range rapid.IntRange(1, 30).Draw(t, "steps") {
			o := rapid.SampledFrom(windows).Draw(t, "window")
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0, 1, 2, 3, 4:
				if text := fmt.Sprint("line ", i); o.tries(id, text) {
					acknowledged = append(acknowledged, text)
				}
			case 5, 6:
				o.flaky.Break(drawTrouble(t, "store"))
			case 7:
				o.journal.Break(drawTrouble(t, "journal"))
			case 8:
				o.open()
			case 9:
				_, _ = o.book.Settle(context.Background()) // may well fail
			}
		}
		for _, o := range windows {
			o.open()
		}
		first.settle()
		got := map[string]int{}
		for _, l := range first.stored(id).Lines {
			if got[l.Text]++; got[l.Text] > 1 {
				t.Fatalf("%q is there twice", l.Text)
			}
		}
		for _, text := range acknowledged {
			if got[text] != 1 {
				t.Fatalf("%q was acknowledged, and is not there", text)
			}
		}
		log, err := first.store.Log(context.Background(), id)
		if err != nil || len(log) != len(got)+1 {
			t.Fatalf("%d records of %d lines, %v", len(log), len(got), err)
		}
	})
}

// tries is what a screen does: it asks again, up to three times.
func (o *outage) tries(id interview.ID, text string) bool {
	for range 3 {
		if _, err := o.book.Enter(context.Background(), id, quote(text), notebook.Live, "after "+text); err == nil {
			return true
		}
	}
	return false
}

// newFolders gives the path of another folder at every call.
func newFolders(t *testing.T) func() string {
	top, n := t.TempDir(), 0
	return func() string {
		n++
		return filepath.Join(top, fmt.Sprint(n))
	}
}

func drawTrouble(t *rapid.T, what string) notebooktest.Trouble {
	switch rapid.IntRange(0, 3).Draw(t, what) {
	case 0:
		return fails(false)
	case 1:
		return fails(true)
	default:
		return nil
	}
}

// Undo and redo among failures end where they would end without.
func TestUndoAmongFailures(t *testing.T) {
	folders := newFolders(t)
	rapid.Check(t, func(t *rapid.T) {
		o, sound := outageIn(t, folders()), outageIn(t, folders())
		ids := [2]interview.ID{o.begin(), sound.begin()}
		for i := range rapid.IntRange(1, 20).Draw(t, "steps") {
			var action interview.Action
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0, 1:
				action = quote(fmt.Sprint(i))
			case 2, 3:
				action = interview.Undo{}
			case 4:
				action = interview.Redo{}
			case 5:
				if rapid.Bool().Draw(t, "down") {
					o.flaky.Break(fails(rapid.Bool().Draw(t, "landed")))
				} else {
					o.up()
				}
				continue
			}
			got, gotErr := o.book.Apply(context.Background(), ids[0], action, notebook.Live)
			want, wantErr := sound.book.Apply(context.Background(), ids[1], action, notebook.Live)
			if (gotErr == nil) != (wantErr == nil) {
				t.Fatalf("%T: %v, want %v", action, gotErr, wantErr)
			}
			if gotErr == nil && texts(got.Interview) != texts(want.Interview) {
				t.Fatalf("after %T: %q, want %q", action, texts(got.Interview), texts(want.Interview))
			}
		}
		o.up()
		o.settle()
		if got, want := texts(o.stored(ids[0])), texts(sound.stored(ids[1])); got != want {
			t.Fatalf("at the end %q, want %q", got, want)
		}
		if diff := cmp.Diff(kinds(t, sound, ids[1]), kinds(t, o, ids[0])); diff != "" {
			t.Fatalf("the history (-want +got):\n%s", diff)
		}
	})
}

// kinds tells the history of an interview: what was done, and to which record.
func kinds(t rapid.TB, o *outage, id interview.ID) []string {
	log, err := o.store.Log(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(log)
	place := map[interview.Revision]int{}
	var all []string
	for i, r := range log {
		place[r.Revision] = i
		one := fmt.Sprint(r.Kind, " ", r.Label)
		if r.Of != 0 {
			one += fmt.Sprint(" of ", place[r.Of])
		}
		all = append(all, one)
	}
	return all
}
