package promises_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/ui/promises"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// board opens the screen.
func board() screentest.Opens {
	return func(d *screentest.Desk) screen.Screen { return promises.New(d.Env) }
}

func TestScreens(t *testing.T) {
	board().Sizes(t, func(r *screentest.Reader, name func(string) string) {
		r.Golden(name("departments"))
		r.Press("t")
		r.Golden(name("people"))
		r.Press("v", "t", "home", "a")
		r.Golden(name("answer"))
	})
}

func TestPromiseIsDoneAndTold(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("1 late · 1 to keep · 1 to tell of · 1 to be answered")
		r.Down("☐ Send the norm sheet")
		r.Press("X", "a")
		r.Shows("a promise has no answer: x marks it as done")
		r.Press("x")
		r.Shows("› Done: Send the norm sheet · u takes it back", "▸ ☑ Send the norm sheet", "✓ done, and nobody told them yet")
		r.Press("x")
		r.Shows("it is done already: X when they were told")
		r.Press("X")
		r.Shows("They were told: Send the norm sheet")
		r.Hides("☑ Send the norm sheet")
		if p := r.Summary(ids["harbour"]).Promises[0]; p.DoneAt.IsZero() || p.ToldAt.IsZero() {
			t.Errorf("it is kept as %+v", p)
		}
		r.Press("u")
		r.Shows("Taken back: They were told: Send the norm sheet", "☑ Send the norm sheet")
		r.Press("u", "u")
		r.Shows("☐ Send the norm sheet")
		r.Press("v")
		r.Shows("v open ones")
		if p := r.Summary(ids["harbour"]).Promises[0]; !p.DoneAt.IsZero() || !p.ToldAt.IsZero() {
			t.Errorf("after two steps back it is kept as %+v", p)
		}
	})
}

// A promise of which nobody knows whose it is stands on no side.
func TestPromiseInDoubt(t *testing.T) {
	board := screentest.Opens(func(d *screentest.Desk) screen.Screen {
		d.Do(d.Begin("Mill"), interview.Promises{Text: "Peter sends the drawing", Whose: interview.SideDoubt{Words: "Peter sends", Reading: interview.Theirs}})
		return promises.New(d.Env)
	})
	board.On(t, func(r *screentest.Reader, _ *screentest.Desk, _ map[string]interview.ID) {
		r.Shows("1 late · 1 to keep · 1 to tell of")
		r.Press("end")
		r.Shows("Promised, and whose is to settle", "☐ Peter sends the drawing", "whose?")
	})
}

func TestRouteIsAnsweredAndTold(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("▸ → “One weld in five is done twice”", "10 days late")
		r.Press("x")
		r.Shows("a route is done with its answer: a types it")
		r.Press("X")
		r.Shows("there is no answer yet to tell them of")
		r.Press("a")
		r.Shows("What engineering answered")
		r.Press("enter")
		r.Shows("type what they answered first")
		r.Type("A jig for each station")
		r.Press("enter")
		r.Shows("› engineering answered · u takes it back", "answer: A jig for each station", "✓ answered, and nobody told them yet")
		r.Press("a", "esc", "X")
		r.Shows("They were told what engineering answered")
		r.Hides("A jig for each station")
		r.Press("v")
		r.Shows("✓ they were told", "A jig for each station")
		if route := r.Summary(ids["harbour"]).Routes[0]; route.Answer != "A jig for each station" || route.ToldAt.IsZero() {
			t.Errorf("it is kept as %+v", route)
		}
	})
}

func TestGoesWhereItWasSaid(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["harbour"], Number: 5})
		r.Press("t")
		r.Shows("by person ╮", "Ines", "Ana Ruiz, Harbour Welding")
		r.Press("end", "enter", "esc")
		r.Goes(screen.GoReview{Interview: ids["harbour"], Number: 4}, screen.GoBack{})
	})
}

func TestMouse(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Click(75, 4) // the third section
		r.Shows("▸ What we promised")
		r.Wheel(20, 10, -9)
		r.Click(10, 4)
		r.Goes()
		r.Click(10, 4)
		r.Goes(screen.GoReview{Interview: ids["harbour"], Number: 5})
	})
}

func TestWriteFails(t *testing.T) {
	board().On(t, func(r *screentest.Reader, d *screentest.Desk, _ map[string]interview.ID) {
		r.Down("☐ Send the norm sheet")
		d.Store.Fail(errors.New("the disk is full"))
		r.Press("x")
		r.Shows("That could not be done: the disk is full")
		d.Store.Fail(nil)
		r.Press("x")
		r.Shows("Done: Send the norm sheet")
	})
}

func TestHostileText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		d.Hostile()
		r := d.Read(t, promises.New(d.Env), 100, 30)
		r.Walk(20)
		r.Press("t", "v", "home")
		r.Walk(20)
		r.Press("home", "t", "home", "a")
		screentest.Check(t, r.Root.Screen)
	})
}

// Changes of another window show within seconds, and the selected item stays in its row.
func TestOtherWindows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		ids := d.Weeks()
		r := d.Read(t, promises.New(d.Env), 80, 14)
		row := func() int {
			return slices.IndexFunc(strings.Split(r.Screen(), "\n"), func(line string) bool { return strings.Contains(line, "▸ ☑ Show what the printer sends") })
		}
		r.Down("☑ Show what the printer sends")
		before := r.Screen()
		r.After(10 * time.Second)
		if now := r.Screen(); now != before {
			t.Errorf("nothing was written, and the screen changed to\n%s", now)
		}
		at := row()
		d.Do(ids["harbour"], interview.Reopen{}, interview.Promises{Text: "Bring the tray", Due: interview.Date{Year: 2026, Month: time.November, Day: 18}})
		r.After(5 * time.Second)
		r.Shows("2 late")
		if now := row(); at < 0 || now != at {
			t.Errorf("what is selected moved from row %d to %d:\n%s", at, now, r.Screen())
		}
		r.Press("home")
		r.Down("☐ Bring the tray")
	})
}

// A board that was left reads nothing, and reads again when it is returned to.
func TestOtherWindowsWhileAway(t *testing.T) {
	board().On(t, func(r *screentest.Reader, d *screentest.Desk, ids map[string]interview.ID) {
		r.Root.Screen.Leave()
		r.Send(struct{}{}) // the program has handled it
		d.Do(ids["harbour"], interview.Reopen{}, interview.Promises{Text: "Bring the tray"})
		r.After(time.Minute)
		r.Hides("Bring the tray")
		r.Send(r.Root.Init()())
		r.Shows("Bring the tray")
		d.Do(ids["harbour"], interview.Promises{Text: "Count the cups"})
		r.After(5 * time.Second)
		r.Shows("Count the cups")
	})
}
