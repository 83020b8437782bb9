package library_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
	"hark/ui/screen"
	"hark/ui/screentest"
)

func TestFindAndOpenAtTheLine(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("/")
		h.Shows("Everything said is looked through")
		h.Press("enter")
		h.Shows("nothing is found yet")
		h.Type("FRIDAY bat")
		h.After(typed)
		h.Shows("1 place in 1 interview", "“The whole Friday batch came back", "Harbour Welding · today · quote 6", "Ana, 14:09")
		if x, _, visible := h.Cursor(); !visible || x != 12 {
			t.Errorf("the cursor is in column %d (%v)", x, visible)
		}
		h.Press("enter")
		h.Goes(screen.GoReview{Interview: ids["harbour"], Number: 6})
	})
}

func TestSearchGoesOnAsOneTypes(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("lumi") // the customer's name is not something said
		h.After(typed)
		h.Shows("Nobody said that")
		h.Press("ctrl+u")
		h.Type("and")
		h.After(typed)
		h.Shows("Café Lumière · 12 Nov · quote 1")
		h.Press("down", "up", "ctrl+u")
		h.Shows("Everything said is looked through")
		h.Type("Send")
		h.After(typed)
		h.Shows("3 places in 2 interviews")
		h.Press("down", "down", "enter")
		h.Goes(screen.GoReview{Interview: ids["cafe"], Number: 3})
		h.Press("esc")
		h.Shows("Interviews")
		h.Press("/")
		h.Hides("Send") // it begins empty
	})
}

// Lines in the journal are not found, and the search says so.
func TestSearchTellsOfTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		ids := week(d)
		journal, err := notebooktest.NewJournal(d.Store.Path())
		if err != nil {
			t.Fatal(err)
		}
		book, err := notebook.New(notebook.Options{Store: d.Store, Journal: journal, Now: d.Env.Now, Random: rand.Reader, Author: "me"})
		if err != nil {
			t.Fatal(err)
		}
		d.Env.Book = book
		h := start(t, d, 80, 24)
		search := func() {
			h.Press("/")
			h.Type("Send")
			h.After(typed)
			h.Shows("3 places in 2 interviews")
		}
		search()
		h.Hides("waiting to be stored")
		h.Press("esc")
		d.Store.Break(func() (bool, error) { return false, errors.New("no space left on the disk") })
		if _, err := book.Apply(t.Context(), ids["cafe"], interview.Add{Kind: interview.Quote, Text: "Send it all"}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		search()
		h.Shows("1 line is waiting to be stored, and not searched yet")
	})
}

func TestFarMatchIsShown(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		id := d.Begin("Harbour Welding")
		d.Do(id, quote("Ana", strings.Repeat("and then we waited ", 20)+"for the crane"),
			quote("Ana", strings.Repeat("焼け直しは毎日", 20)+" crane"))
		return map[string]interview.ID{"harbour": id}
	}, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("/")
		h.Type("crane")
		h.After(typed)
		h.Shows("… we waited for the crane”", "… crane”")
	})
}

func TestProblemIsFoundByTodaysWording(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		id := d.Begin("Harbour Welding")
		d.Do(id, quote("Ana", "Good morning"), interview.Raise{Text: "Welds crack", Quoted: true, Speaker: "Ana"},
			interview.Reword{Problem: 1, Text: "Hull seams crack in the cold"})
		return map[string]interview.ID{"harbour": id}
	}, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("seams cold")
		h.After(typed)
		h.Shows("Hull seams crack in the cold", "problem 1")
		h.Press("enter")
		h.Goes(screen.GoReview{Interview: ids["harbour"], Thing: interview.ThingProblem, Number: 1})
	})
}

func TestMouseInSearch(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("weld")
		h.After(typed)
		h.ClickOn("We rework about")
		h.ClickOn("We rework about")
		h.Goes(screen.GoReview{Interview: ids["harbour"], Number: 2})
		h.ClickOn("weld") // in the box
		h.Type("re")
		h.Shows("│ reweld")
	})
}

// slow is a store whose reads are slow, or fail.
type slow struct {
	storage.Store
	texts func() time.Duration // duration of the next scan
	fail  func() error
}

func (s slow) Candidates(ctx context.Context, words []string, yield func(interview.ID, []byte) bool) error {
	if s.texts != nil {
		select {
		case <-time.After(s.texts()):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return s.Store.Candidates(ctx, words, yield)
}

func (s slow) Latest(ctx context.Context) (interview.Revision, error) {
	if s.fail != nil {
		if err := s.fail(); err != nil {
			return 0, err
		}
	}
	return s.Store.Latest(ctx)
}

func (s slow) SummariesIn(ctx context.Context, ask func(interview.Summary) interview.Detail, yield func(interview.Summary) bool) error {
	if s.fail != nil {
		if err := s.fail(); err != nil {
			return err
		}
	}
	return s.Store.SummariesIn(ctx, ask, yield)
}

// The result of an earlier, slower search is dropped.
func TestStaleHitsAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		week(d)
		var scans atomic.Int32
		d.Reopen(slow{Store: d.Store, texts: func() time.Duration {
			if scans.Add(1) == 1 {
				return 5 * time.Second
			}
			return time.Millisecond
		}})
		h := start(t, d, 100, 30)
		h.Press("/")
		h.Type("weld")
		h.After(typed)
		h.Hides("place")
		h.Press("ctrl+u")
		h.Type("lorries")
		h.After(typed)
		h.Shows("Half the lorries drive home empty")
		h.After(10 * time.Second)
		h.Shows("Half the lorries drive home empty", "1 place")
		h.Hides("One weld in five is done twice")
	})
}
