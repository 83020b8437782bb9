package library_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
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

// on runs a user's steps in the library of a notebook.
func on(t *testing.T, fill func(d *screentest.Desk) map[string]interview.ID, steps func(h *screentest.Reader, ids map[string]interview.ID)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		var ids map[string]interview.ID
		if fill != nil {
			ids = fill(d)
		}
		steps(start(t, d, 100, 30), ids)
	})
}

// newest returns the newest interview in the notebook.
func newest(h *screentest.Reader) *interview.Interview {
	h.T.Helper()
	all, err := h.Desk.Book.List(context.Background(), 1)
	if err != nil || len(all) != 1 {
		h.T.Fatalf("the newest interview: %v, %v", all, err)
	}
	return h.Desk.Open(all[0].ID)
}

func TestBeginTheFirst(t *testing.T) {
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Shows("begins the first interview")
		h.Press("n")
		h.Press("enter")
		h.Shows("type the customer's name first")
		h.Goes()
		h.Type("  Harbour  Welding ")
		h.Shows("a customer not met before", "Listen first")
		h.Press("enter")
		iv := newest(h)
		if iv.Customer != "Harbour Welding" || iv.Playbook.ID != "listen-first" {
			t.Errorf("began %q with %q", iv.Customer, iv.Playbook.ID)
		}
		h.Goes(screen.GoLive{Interview: iv.ID})
	})
}

func TestBeginWithSomebodyMetBefore(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.At(2026, 11, 20, 16, 0)
		h.Press("n")
		h.Shows("Harbour Welding", "last today")
		h.Type("lumi")
		h.Shows("Café Lumière", "last 12 Nov")
		h.Press("down", "enter")
		if iv := newest(h); iv.Customer != "Café Lumière" {
			t.Errorf("began with %q", iv.Customer)
		}
	})
}

func TestBeginChoosesAmongThoseMet(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.At(2026, 11, 20, 16, 0)
		h.Press("n", "up", "down", "down") // from the last one around to the second
		h.Type(" GmbH")
		h.Press("enter")
		if iv := newest(h); iv.Customer != "Bäckerei Sonnenschein und Töchter GmbH" {
			t.Errorf("began with %q", iv.Customer)
		}
	})
}

func TestBeginWithAnotherPlaybook(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.At(2026, 11, 20, 16, 0)
		items, err := h.Desk.Env.Playbooks.List()
		if err != nil {
			t.Fatal(err)
		}
		h.Press("n")
		h.Type("New Co")
		h.Press("tab", "right", "right", "left", "right")
		h.Shows("‹ " + items[2].Name + " ›")
		h.Press("enter")
		iv := newest(h)
		if iv.Playbook.ID != items[2].ID {
			t.Errorf("began with %q, want %q", iv.Playbook.ID, items[2].ID)
		}
		// It is offered first the next time.
		h.After(refresh)
		h.Press("n")
		h.Shows("Playbook    " + items[2].Name)
	})
}

func TestPlaybookOfTheSettings(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.Env.Playbook = "LOYAL" // as it can be typed on the command line
		h.Press("n")
		h.Shows("Playbook    Loyal customer")
		h.Press("esc")
		h.Desk.Env.Playbook = "no such thing"
		h.Press("n")
		h.Shows("No playbook is called \"no such thing\"")
	})
}

func TestBeginFails(t *testing.T) {
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.Store.Fail(errors.New("the disk is full"))
		h.Press("n")
		h.Type("Harbour Welding")
		h.Press("enter")
		h.Shows("It could not be started: the disk is full", "Harbour Welding")
		h.Goes()
		h.Desk.Store.Fail(nil)
		h.Press("enter")
		h.Goes(screen.GoLive{Interview: newest(h).ID})
	})
}

func TestFormIsLeft(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		if x, y, visible := h.Cursor(); !visible || x != 34 || y != 5 {
			t.Errorf("the cursor is at %d,%d (%v)", x, y, visible)
		}
		h.Type("q/d")
		h.Press("esc")
		h.Hides("New interview")
		h.Shows("4 interviews")
		if _, _, visible := h.Cursor(); visible {
			t.Error("there is a cursor although nothing is typed")
		}
		h.Goes()
	})
}

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
		d.Do(id, quote("Ana", "Good morning"), interview.Raise{Text: "Welds crack", Speaker: "Ana"},
			interview.Reword{Problem: 1, Text: "Hull seams crack in the cold"})
		return map[string]interview.ID{"harbour": id}
	}, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("seams cold")
		h.After(typed)
		h.Shows("“Hull seams crack in the cold”", "problem 1")
		h.Press("enter")
		h.Goes(screen.GoReview{Interview: ids["harbour"], Thing: interview.ThingProblem, Number: 1})
	})
}

func TestDeleteAndUndo(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("u")
		h.Shows("nothing was deleted or done here yet")
		h.Press("down", "d")
		h.Shows("Deleted: Bäckerei Sonnenschein und Töchter, 18 Nov · u takes it back", "3 interviews with 3 customers")
		h.Press("d") // what is in its place now
		h.Shows("Deleted: Café Lumière, 12 Nov", "2 interviews with 2 customers", "Promised", "Send the list of filler")
		h.Hides("kitchen printer")
		h.Press("u")
		h.Shows("Taken back: Deleted: Café Lumière", "kitchen printer", "▸ 12 Nov")
		h.Press("u")
		h.Shows("4 interviews", "▸ 18 Nov")
		h.Press("u")
		h.Shows("nothing was deleted or done here yet")
		for name, id := range ids {
			if h.Desk.Open(id).Discarded {
				t.Errorf("%s is still deleted", name)
			}
		}
	})
}

// An undo must not take back a later change of somebody else.
func TestUndoLeavesOthersWordsAlone(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("d")
		h.Desk.Do(ids["harbour"], interview.Undo{}, quote("Ana", "One thing more"))
		h.Press("u")
		h.Shows("That cannot be taken back: another window has changed this")
		iv := h.Desk.Open(ids["harbour"])
		if n := len(iv.Lines); n == 0 || iv.Lines[n-1].Text != "One thing more" {
			t.Errorf("the line is gone: %+v", iv.Lines)
		}
	})
}

func TestDeleteFails(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.Store.Fail(errors.New("the disk is full"))
		h.Press("d")
		h.Shows("! That could not be done: the disk is full", "4 interviews")
		h.Press("u")
		h.Shows("nothing was deleted or done here yet")
	})
}

func TestPromiseIsDone(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("tab", "down", "x")
		h.Shows("Done: Send the list of filler metals · u takes it back")
		p, _ := h.Desk.Open(ids["harbour"]).Promise(7)
		if p.DoneAt.IsZero() {
			t.Error("it is not done")
		}
		h.Press("u")
		h.Shows("▸ due today", "Send the list of filler metals")
		h.Press("enter")
		h.Goes(screen.GoReview{Interview: ids["harbour"], Number: 7})
		h.Press("l")
		h.Goes(screen.GoLive{Interview: ids["harbour"]})
		h.Press("esc", "enter")
		h.Goes(screen.GoLive{Interview: ids["harbour"]})
	})
}

func TestLastPromiseIsDone(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		id := d.Begin("Harbour Welding")
		d.Do(id, interview.Promises{Text: "Send the list"})
		return map[string]interview.ID{"harbour": id}
	}, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("tab", "X")
		h.Shows("it is not done yet: x marks it")
		h.Press("x")
		h.Shows("▸ ✓ tell them      Send the list")
		h.Press("x")
		h.Shows("it is done already: X when they were told")
		h.Press("X")
		h.Shows("They were told: Send the list · u takes it back")
		h.Hides("Promised", "due")
		h.Press("u")
		h.Shows("✓ tell them      Send the list")
		h.Press("tab", "X")
		h.Hides("Promised", "due")
		h.Press("tab")
		h.Shows("nothing is promised")
		h.Press("enter")
		h.Goes(screen.GoLive{Interview: ids["harbour"]})
	})
}

func TestOpen(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		harbour, bakery := ids["harbour"], ids["bakery"]
		h.Press("enter")
		h.Goes(screen.GoLive{Interview: harbour})
		h.Press("v")
		h.Goes(screen.GoReview{Interview: harbour})
		h.Press("down", "enter") // this one has ended
		h.Goes(screen.GoReview{Interview: bakery})
		h.Press("l")
		h.Goes(screen.GoLive{Interview: bakery})
		h.Press("q")
		h.Goes(screen.Quit{})
	})
}

func TestMouse(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.ClickOn("12 Nov")
		h.Shows("▸ 12 Nov", "╭ Café Lumière")
		h.Goes()
		h.ClickOn("▸ 12 Nov")
		h.Goes(screen.GoReview{Interview: ids["cafe"]})
		h.ClickOn("Send the list")
		h.Shows("▸ due today")
		h.Goes()
		h.ClickOn("Send the list")
		h.Goes(screen.GoReview{Interview: ids["harbour"], Number: 7})
		h.ClickOn("Their problems") // in the preview nothing happens
		h.Goes()
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

func TestMouseInForm(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		h.ClickOn("Bäckerei Sonnenschein und Töc")
		h.Shows("Customer    Bäckerei Sonnenschein und Töchter")
		h.ClickOn("Listen first")
		h.Shows("‹ Listen first ›")
		h.ClickOn("Listen first")
		items, err := h.Desk.Env.Playbooks.List()
		if err != nil {
			t.Fatal(err)
		}
		h.Shows("‹ " + items[1].Name)
		h.ClickOn("‹ ")
		h.Shows("‹ Listen first ›")
		h.ClickOn("äckerei") // after the first letter of the name
		h.Type("x")
		h.Shows("Bxäckerei")
	})
}

func TestWheel(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		for i := range 40 {
			d.At(2026, 11, 1, 6, i)
			d.Begin(fmt.Sprintf("Customer %d", i))
		}
		return nil
	}, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Wheel(20, 12, 2)
		h.Hides("Customer 35")
		h.Shows("Customer 33", "↑6 ↓")
		h.Wheel(20, 12, -3)
		h.Shows("Customer 39")
	})
}

// Changes of other windows show within seconds.
func TestOtherWindows(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Press("down")
		h.Desk.At(2026, 11, 20, 15, 0)
		h.Desk.Begin("Kiosk Nord")
		h.Desk.Do(ids["bakery"], quote("Herr Maier", "The oven is never full"))
		h.Hides("Kiosk Nord")
		h.After(refresh)
		h.Shows("5 interviews", "Kiosk Nord", "▸ 18 Nov", "The oven is never full")
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

func TestNotebookCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		week(d)
		var broken atomic.Bool
		broken.Store(true)
		d.Reopen(slow{Store: d.Store, fail: func() error {
			if broken.Load() {
				return storage.ErrDamaged
			}
			return nil
		}})
		h := start(t, d, 80, 24)
		h.Shows("The notebook cannot be read: the notebook is damaged", "hark doctor")
		h.Press("enter", "down", "d", "tab", "/")
		h.Goes()
		broken.Store(false)
		h.After(refresh)
		h.Shows("4 interviews")
		broken.Store(true)
		h.After(refresh)
		h.Shows("4 interviews", "The notebook cannot be read just now")
	})
}

func TestManyInterviews(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		for i := range 450 {
			d.At(2026, 1, 1+i/2, 9+i%2, 0)
			d.Begin("Customer " + string(rune('A'+i%26)))
		}
		return nil
	}, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Shows("450 interviews with 26 customers", "more ╯")
		h.Press("end")
		h.Shows("▸ 1 Jan", "↑4")
		h.Press("home", "pgdown", "pgdown", "pgup", "k")
		h.Shows("▸ ")
	})
}

func TestSort(t *testing.T) {
	on(t, week, func(h *screentest.Reader, ids map[string]interview.ID) {
		h.Shows("newest first ╮", "▸ today     Harbour Welding")
		h.Press("s")
		h.Shows("by customer ╮", "▸ today     Harbour Welding", "18 Nov    Bäckerei")
		h.Press("home")
		h.Shows("▸ 18 Nov    Bäckerei")
		h.Press("s")
		h.Shows("most owed first ╮")
		h.Press("end")
		h.Shows("▸ Dec 2025  Nordwind Logistik")
		h.Press("s", "enter")
		h.Goes(screen.GoReview{Interview: ids["nordwind"]})
		h.Press("c")
		h.Goes(screen.GoCustomer{Name: "Nordwind Logistik"})
	})
}

func TestExport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		ids := week(d)
		var folders []string
		d.Env.Export = func(_ context.Context, id interview.ID, folder string) (string, error) {
			if folders = append(folders, folder); id != ids["harbour"] || len(folders) == 1 {
				return "", errors.New("/notes/harbour.md is there already")
			}
			return folder + "/harbour.md", nil
		}
		h := start(t, d, 100, 30)
		h.Press("e")
		h.Shows("Export Harbour Welding", "into the folder", "your thoughts stay out")
		screentest.Check(t, h.Root.Screen)
		h.Press("ctrl+u", "enter")
		h.Shows("type the folder first")
		h.Type("/notes")
		h.Press("enter")
		h.Shows("! /notes/harbour.md is there already", "/notes")
		h.Type("/b")
		h.Press("enter")
		h.Shows("› Exported to /notes/b/harbour.md")
		h.Hides("into the folder")
		h.Press("e")
		h.Shows("│ /notes/b ")
		h.Press("esc")
		h.Hides("into the folder")
		if len(folders) != 2 || folders[0] != "/notes" || folders[1] != "/notes/b" {
			t.Errorf("asked for %q", folders)
		}
	})
}
