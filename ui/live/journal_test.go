package live_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/ui"
	"hark/ui/uitest"
)

// outage is a meeting whose notebook has a journal and a store that can fail.
type outage struct {
	*meeting
	journal *notebooktest.Journal
}

func startOutage(t *testing.T) *outage {
	t.Helper()
	offset := time.Until(meetingStart())
	store := notebooktest.New(t)
	journal, err := notebooktest.NewJournal(store.Path())
	if err != nil {
		t.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{
		Store: store, Journal: journal, Random: rand.NewChaCha8([32]byte{1}), Author: "me",
		Now: func() time.Time { return time.Now().Add(offset).UTC() },
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Begin(context.Background(), interview.Beginning{Customer: "Harbour Welding"})
	if err != nil {
		t.Fatal(err)
	}
	tb := &meeting{t: t, book: book, store: store, id: r.ID}
	tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30))
	return &outage{tb, journal}
}

func (o *outage) down() {
	o.store.Break(func() (bool, error) { return false, errors.New("no space left on the disk") })
}

// inTheStore returns the lines that reached the store itself.
func (o *outage) inTheStore() string {
	o.t.Helper()
	doc, _, err := o.store.Read(context.Background(), o.id)
	if err != nil {
		o.t.Fatal(err)
	}
	var all []string
	for _, l := range interview.Fold(doc).Lines {
		all = append(all, l.Text)
	}
	return strings.Join(all, ",")
}

func TestJournalledAndReplayedByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := startOutage(t)
		o.enter("before")
		o.sees("saved 14:14:")
		o.down()
		o.enter("one")
		o.sees("kept aside 14:14:", "Kept aside: no space left on the disk. It is safe")
		o.enter("two")
		o.sees("before", "one", "two", "kept aside 14:14:")
		o.enter("/undo")
		o.sees("undid")
		o.enter("three")
		if got := o.inTheStore(); got != "before" {
			t.Fatalf("in the notebook meanwhile: %q", got)
		}
		o.store.Break(nil)
		o.After(3 * time.Second)
		o.sees("saved 14:14:", "in the notebook now")
		if got := o.inTheStore(); got != "before,one,three" {
			t.Fatalf("in the notebook afterwards: %q", got)
		}
	})
}

func TestUnsavedLinesCanBeCopied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := startOutage(t)
		o.down()
		o.journal.Break(func() (bool, error) { return false, errors.New("no space there either") })
		o.enter("one", `"two`)
		o.sees("one", "two", "not saved yet", "Not saved yet: no space left on the disk", "f2 copy unsaved")
		o.Press("f2")
		o.sees("Copied, where the terminal allows it")
		o.Press("ctrl+q")
		app, ok := o.Quit().(*ui.App)
		if !ok {
			t.Fatal("another model at the end")
		}
		if lost, why := app.Lost(); strings.Join(lost, ",") != `one,"two` || why == nil {
			t.Fatalf("told of %q, because of %v", lost, why)
		}
	})
}

func TestAnInterviewBegunInTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := startOutage(t)
		o.down()
		r, err := o.book.Begin(context.Background(), interview.Beginning{Customer: "Ostrava Plating"})
		if err != nil || r.Journalled == nil {
			t.Fatalf("journalled because of %v, error %v", r.Journalled, err)
		}
		o.Quit()
		o.id = r.ID
		o.Terminal = uitest.Start(t, o.app(), uitest.Size(100, 30))
		o.enter("one")
		o.sees("Ostrava Plating", "one", "kept aside ")
		o.store.Break(nil)
		o.After(3 * time.Second)
		o.sees("saved 14:")
		if got := o.inTheStore(); got != "one" {
			t.Fatalf("in the notebook afterwards: %q", got)
		}
	})
}
