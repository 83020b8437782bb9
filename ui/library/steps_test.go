package library_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"hark/internal/interview"
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
