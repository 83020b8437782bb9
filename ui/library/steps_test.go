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
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// on runs a user's steps in the library of a notebook.
func on(t *testing.T, fill func(d *screentest.Desk) map[string]interview.ID, steps func(h *home, ids map[string]interview.ID)) {
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
func (h *home) newest() *interview.Interview {
	h.t.Helper()
	all, err := h.desk.Book.List(context.Background(), 1)
	if err != nil || len(all) != 1 {
		h.t.Fatalf("the newest interview: %v, %v", all, err)
	}
	return h.desk.Open(all[0].ID)
}

func TestBeginTheFirst(t *testing.T) {
	on(t, nil, func(h *home, _ map[string]interview.ID) {
		h.shows("begins the first interview")
		h.Press("n")
		h.Press("enter")
		h.shows("type the customer's name first")
		h.goes()
		h.Type("  Harbour  Welding ")
		h.shows("a customer not met before", "Listen first")
		h.Press("enter")
		iv := h.newest()
		if iv.Customer != "Harbour Welding" || iv.Playbook.ID != "listen-first" {
			t.Errorf("began %q with %q", iv.Customer, iv.Playbook.ID)
		}
		h.goes(screen.GoLive{Interview: iv.ID})
	})
}

func TestBeginWithSomebodyMetBefore(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.desk.At(2026, 11, 20, 16, 0)
		h.Press("n")
		h.shows("Harbour Welding", "last today")
		h.Type("lumi")
		h.shows("Café Lumière", "last 12 Nov")
		h.Press("down", "enter")
		if iv := h.newest(); iv.Customer != "Café Lumière" {
			t.Errorf("began with %q", iv.Customer)
		}
	})
}

func TestBeginChoosesAmongThoseMet(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.desk.At(2026, 11, 20, 16, 0)
		h.Press("n", "up", "down", "down") // from the last one around to the second
		h.Type(" GmbH")
		h.Press("enter")
		if iv := h.newest(); iv.Customer != "Bäckerei Sonnenschein und Töchter GmbH" {
			t.Errorf("began with %q", iv.Customer)
		}
	})
}

func TestBeginWithAnotherPlaybook(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.desk.At(2026, 11, 20, 16, 0)
		items, err := h.desk.Env.Playbooks.List()
		if err != nil {
			t.Fatal(err)
		}
		h.Press("n")
		h.Type("New Co")
		h.Press("tab", "right", "right", "left", "right")
		h.shows("‹ " + items[2].Name + " ›")
		h.Press("enter")
		iv := h.newest()
		if iv.Playbook.ID != items[2].ID {
			t.Errorf("began with %q, want %q", iv.Playbook.ID, items[2].ID)
		}
		// It is offered first the next time.
		h.After(refresh)
		h.Press("n")
		h.shows("Playbook    " + items[2].Name)
	})
}

func TestPlaybookOfTheSettings(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.desk.Env.Playbook = "LOYAL" // as it can be typed on the command line
		h.Press("n")
		h.shows("Playbook    Loyal customer")
		h.Press("esc")
		h.desk.Env.Playbook = "no such thing"
		h.Press("n")
		h.shows("No playbook is called \"no such thing\"")
	})
}

func TestBeginFails(t *testing.T) {
	on(t, nil, func(h *home, _ map[string]interview.ID) {
		h.desk.Store.Fail(errors.New("the disk is full"))
		h.Press("n")
		h.Type("Harbour Welding")
		h.Press("enter")
		h.shows("It could not be started: the disk is full", "Harbour Welding")
		h.goes()
		h.desk.Store.Fail(nil)
		h.Press("enter")
		h.goes(screen.GoLive{Interview: h.newest().ID})
	})
}

func TestFormIsLeft(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.Press("n")
		if x, y, visible := h.Cursor(); !visible || x != 34 || y != 5 {
			t.Errorf("the cursor is at %d,%d (%v)", x, y, visible)
		}
		h.Type("q/d")
		h.Press("esc")
		h.hides("New interview")
		h.shows("4 interviews")
		if _, _, visible := h.Cursor(); visible {
			t.Error("there is a cursor although nothing is typed")
		}
		h.goes()
	})
}

func TestFindAndOpenAtTheLine(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("/")
		h.shows("Everything said is looked through")
		h.Press("enter")
		h.shows("nothing is found yet")
		h.Type("FRIDAY bat")
		h.After(typed)
		h.shows("1 place in 1 interview", "“The whole Friday batch came back", "Harbour Welding · today · quote 6", "Ana, 14:09")
		if x, _, visible := h.Cursor(); !visible || x != 12 {
			t.Errorf("the cursor is in column %d (%v)", x, visible)
		}
		h.Press("enter")
		h.goes(screen.GoReview{Interview: ids["harbour"], Number: 6})
	})
}

func TestSearchGoesOnAsOneTypes(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("lumi") // the customer's name is not something said
		h.After(typed)
		h.shows("Nobody said that")
		h.Press("ctrl+u")
		h.Type("and")
		h.After(typed)
		h.shows("Café Lumière · 12 Nov · quote 1")
		h.Press("down", "up", "ctrl+u")
		h.shows("Everything said is looked through")
		h.Type("Send")
		h.After(typed)
		h.shows("3 places in 2 interviews")
		h.Press("down", "down", "enter")
		h.goes(screen.GoReview{Interview: ids["cafe"], Number: 3})
		h.Press("esc")
		h.shows("Interviews")
		h.Press("/")
		h.hides("Send") // it begins empty
	})
}

// Lines in the journal are not found, and the search says so.
func TestSearchTellsOfTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		ids := week(d)
		flaky := &notebooktest.Flaky{Store: d.Store}
		book, err := notebook.New(notebook.Options{Store: flaky, Journal: (&notebooktest.Shelf{}).Open(), Now: d.Env.Now, Random: rand.Reader, Author: "me"})
		if err != nil {
			t.Fatal(err)
		}
		d.Env.Book = book
		h := start(t, d, 80, 24)
		search := func() {
			h.Press("/")
			h.Type("Send")
			h.After(typed)
			h.shows("3 places in 2 interviews")
		}
		search()
		h.hides("waiting to be stored")
		h.Press("esc")
		flaky.Break(func() (bool, error) { return false, errors.New("no space left on the disk") })
		if _, err := book.Apply(t.Context(), ids["cafe"], interview.Add{Kind: interview.Quote, Text: "Send it all"}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		search()
		h.shows("1 line is waiting to be stored, and not searched yet")
	})
}

func TestFarMatchIsShown(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		id := d.Begin("Harbour Welding")
		d.Do(id, quote("Ana", strings.Repeat("and then we waited ", 20)+"for the crane"),
			quote("Ana", strings.Repeat("焼け直しは毎日", 20)+" crane"))
		return map[string]interview.ID{"harbour": id}
	}, func(h *home, _ map[string]interview.ID) {
		h.Press("/")
		h.Type("crane")
		h.After(typed)
		h.shows("… we waited for the crane”", "… crane”")
	})
}

func TestProblemIsFoundByTodaysWording(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		id := d.Begin("Harbour Welding")
		d.Do(id, quote("Ana", "Good morning"), interview.Raise{Text: "Welds crack", Speaker: "Ana"},
			interview.Reword{Problem: 1, Text: "Hull seams crack in the cold"})
		return map[string]interview.ID{"harbour": id}
	}, func(h *home, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("seams cold")
		h.After(typed)
		h.shows("“Hull seams crack in the cold”", "problem 1")
		h.Press("enter")
		h.goes(screen.GoReview{Interview: ids["harbour"], Thing: interview.ThingProblem, Number: 1})
	})
}

func TestDeleteAndUndo(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("u")
		h.shows("nothing was deleted or done here yet")
		h.Press("down", "d")
		h.shows("Deleted: Bäckerei Sonnenschein und Töchter, 18 Nov · u takes it back", "3 interviews with 3 customers")
		h.Press("d") // what is in its place now
		h.shows("Deleted: Café Lumière, 12 Nov", "2 interviews with 2 customers", "Promised", "Send the list of filler")
		h.hides("kitchen printer")
		h.Press("u")
		h.shows("Taken back: Deleted: Café Lumière", "kitchen printer", "▸ 12 Nov")
		h.Press("u")
		h.shows("4 interviews", "▸ 18 Nov")
		h.Press("u")
		h.shows("nothing was deleted or done here yet")
		for name, id := range ids {
			if h.desk.Open(id).Discarded {
				t.Errorf("%s is still deleted", name)
			}
		}
	})
}

// An undo must not take back a later change of somebody else.
func TestUndoLeavesOthersWordsAlone(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("d")
		h.desk.Do(ids["harbour"], interview.Undo{}, quote("Ana", "One thing more"))
		h.Press("u")
		h.shows("That cannot be taken back: another window has changed this")
		iv := h.desk.Open(ids["harbour"])
		if n := len(iv.Lines); n == 0 || iv.Lines[n-1].Text != "One thing more" {
			t.Errorf("the line is gone: %+v", iv.Lines)
		}
	})
}

func TestDeleteFails(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.desk.Store.Fail(errors.New("the disk is full"))
		h.Press("d")
		h.shows("! That could not be done: the disk is full", "4 interviews")
		h.Press("u")
		h.shows("nothing was deleted or done here yet")
	})
}

func TestPromiseIsDone(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("tab", "down", "x")
		h.shows("Done: Send the list of filler metals · u takes it back")
		p, _ := h.desk.Open(ids["harbour"]).Promise(7)
		if p.DoneAt.IsZero() {
			t.Error("it is not done")
		}
		h.Press("u")
		h.shows("▸ due today", "Send the list of filler metals")
		h.Press("enter")
		h.goes(screen.GoReview{Interview: ids["harbour"], Number: 7})
		h.Press("l")
		h.goes(screen.GoLive{Interview: ids["harbour"]})
		h.Press("esc", "enter")
		h.goes(screen.GoLive{Interview: ids["harbour"]})
	})
}

func TestLastPromiseIsDone(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		id := d.Begin("Harbour Welding")
		d.Do(id, interview.Promises{Text: "Send the list"})
		return map[string]interview.ID{"harbour": id}
	}, func(h *home, ids map[string]interview.ID) {
		h.Press("tab", "X")
		h.shows("it is not done yet: x marks it")
		h.Press("x")
		h.shows("▸ ✓ tell them      Send the list")
		h.Press("x")
		h.shows("it is done already: X when they were told")
		h.Press("X")
		h.shows("They were told: Send the list · u takes it back")
		h.hides("Promised", "due")
		h.Press("u")
		h.shows("✓ tell them      Send the list")
		h.Press("tab", "X")
		h.hides("Promised", "due")
		h.Press("tab")
		h.shows("nothing is promised")
		h.Press("enter")
		h.goes(screen.GoLive{Interview: ids["harbour"]})
	})
}

func TestOpen(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		harbour, bakery := ids["harbour"], ids["bakery"]
		h.Press("enter")
		h.goes(screen.GoLive{Interview: harbour})
		h.Press("v")
		h.goes(screen.GoReview{Interview: harbour})
		h.Press("down", "enter") // this one has ended
		h.goes(screen.GoReview{Interview: bakery})
		h.Press("l")
		h.goes(screen.GoLive{Interview: bakery})
		h.Press("q")
		h.goes(screen.Quit{})
	})
}

// clickOn clicks on the first occurrence of a text.
func (h *home) clickOn(text string) {
	h.t.Helper()
	for y, line := range strings.Split(h.Screen(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			h.Click(utf8.RuneCountInString(before), y)
			return
		}
	}
	h.t.Fatalf("the screen does not show %q:\n%s", text, h.Screen())
}

func TestMouse(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.clickOn("12 Nov")
		h.shows("▸ 12 Nov", "╭ Café Lumière")
		h.goes()
		h.clickOn("▸ 12 Nov")
		h.goes(screen.GoReview{Interview: ids["cafe"]})
		h.clickOn("Send the list")
		h.shows("▸ due today")
		h.goes()
		h.clickOn("Send the list")
		h.goes(screen.GoReview{Interview: ids["harbour"], Number: 7})
		h.clickOn("Their problems") // in the preview nothing happens
		h.goes()
	})
}

func TestMouseInSearch(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("/")
		h.Type("weld")
		h.After(typed)
		h.clickOn("We rework about")
		h.clickOn("We rework about")
		h.goes(screen.GoReview{Interview: ids["harbour"], Number: 2})
		h.clickOn("weld") // in the box
		h.Type("re")
		h.shows("│ reweld")
	})
}

func TestMouseInForm(t *testing.T) {
	on(t, week, func(h *home, _ map[string]interview.ID) {
		h.Press("n")
		h.clickOn("Bäckerei Sonnenschein und Töc")
		h.shows("Customer    Bäckerei Sonnenschein und Töchter")
		h.clickOn("Listen first")
		h.shows("‹ Listen first ›")
		h.clickOn("Listen first")
		items, err := h.desk.Env.Playbooks.List()
		if err != nil {
			t.Fatal(err)
		}
		h.shows("‹ " + items[1].Name)
		h.clickOn("‹ ")
		h.shows("‹ Listen first ›")
		h.clickOn("äckerei") // after the first letter of the name
		h.Type("x")
		h.shows("Bxäckerei")
	})
}

func TestWheel(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		for i := range 40 {
			d.At(2026, 11, 1, 6, i)
			d.Begin(fmt.Sprintf("Customer %d", i))
		}
		return nil
	}, func(h *home, _ map[string]interview.ID) {
		h.Wheel(20, 12, 2)
		h.hides("Customer 35")
		h.shows("Customer 33", "↑6 ↓")
		h.Wheel(20, 12, -3)
		h.shows("Customer 39")
	})
}

// Changes of other windows show within seconds.
func TestOtherWindows(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.Press("down")
		h.desk.At(2026, 11, 20, 15, 0)
		h.desk.Begin("Kiosk Nord")
		h.desk.Do(ids["bakery"], quote("Herr Maier", "The oven is never full"))
		h.hides("Kiosk Nord")
		h.After(refresh)
		h.shows("5 interviews", "Kiosk Nord", "▸ 18 Nov", "The oven is never full")
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
		h.hides("place")
		h.Press("ctrl+u")
		h.Type("lorries")
		h.After(typed)
		h.shows("Half the lorries drive home empty")
		h.After(10 * time.Second)
		h.shows("Half the lorries drive home empty", "1 place")
		h.hides("One weld in five is done twice")
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
		h.shows("The notebook cannot be read: the notebook is damaged", "hark doctor")
		h.Press("enter", "down", "d", "tab", "/")
		h.goes()
		broken.Store(false)
		h.After(refresh)
		h.shows("4 interviews")
		broken.Store(true)
		h.After(refresh)
		h.shows("4 interviews", "The notebook cannot be read just now")
	})
}

func TestManyInterviews(t *testing.T) {
	on(t, func(d *screentest.Desk) map[string]interview.ID {
		for i := range 450 {
			d.At(2026, 1, 1+i/2, 9+i%2, 0)
			d.Begin("Customer " + string(rune('A'+i%26)))
		}
		return nil
	}, func(h *home, _ map[string]interview.ID) {
		h.shows("450 interviews with 26 customers", "more ╯")
		h.Press("end")
		h.shows("▸ 1 Jan", "↑4")
		h.Press("home", "pgdown", "pgdown", "pgup", "k")
		h.shows("▸ ")
	})
}

func TestSort(t *testing.T) {
	on(t, week, func(h *home, ids map[string]interview.ID) {
		h.shows("newest first ╮", "▸ today     Harbour Welding")
		h.Press("s")
		h.shows("by customer ╮", "▸ today     Harbour Welding", "18 Nov    Bäckerei")
		h.Press("home")
		h.shows("▸ 18 Nov    Bäckerei")
		h.Press("s")
		h.shows("most owed first ╮")
		h.Press("end")
		h.shows("▸ Dec 2025  Nordwind Logistik")
		h.Press("s", "enter")
		h.goes(screen.GoReview{Interview: ids["nordwind"]})
		h.Press("c")
		h.goes(screen.GoCustomer{Name: "Nordwind Logistik"})
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
		h.shows("Export Harbour Welding", "into the folder", "your thoughts stay out")
		screentest.Check(t, h.root.Screen)
		h.Press("ctrl+u", "enter")
		h.shows("type the folder first")
		h.Type("/notes")
		h.Press("enter")
		h.shows("! /notes/harbour.md is there already", "/notes")
		h.Type("/b")
		h.Press("enter")
		h.shows("› Exported to /notes/b/harbour.md")
		h.hides("into the folder")
		h.Press("e")
		h.shows("│ /notes/b ")
		h.Press("esc")
		h.hides("into the folder")
		if len(folders) != 2 || folders[0] != "/notes" || folders[1] != "/notes/b" {
			t.Errorf("asked for %q", folders)
		}
	})
}
