package advisers_test

import (
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/ui/advisers"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// board opens the screen.
func board() screentest.Opens {
	return func(d *screentest.Desk) screen.Screen { return advisers.New(d.Env) }
}

func TestScreens(t *testing.T) {
	board().Sizes(t, func(r *screentest.Reader, name func(string) string) {
		r.Golden(name("board"))
		r.Press("p")
		r.Golden(name("themes"))
		r.Press("down", "enter")
		r.Golden(name("card"))
	})
}

func TestWhatWeOweThem(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("2 advisers · we owe something to 2 of them", "Claire, Café Lumière", "carried to marketing", "nobody told them yet")
		r.Down("→ “Every order")
		r.Press("X")
		r.Shows("They were told what marketing answered")
		if route := r.Summary(ids["cafe"]).Routes[0]; route.ToldAt.IsZero() {
			t.Errorf("it is kept as %+v", route)
		}
		r.Press("home", "down")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["cafe"], Thing: interview.ThingProblem, Number: 1})
		r.Press("u")
		r.Shows("Taken back")
	})
}

func TestPutsAThemeToThem(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Press("p")
		r.Shows("Which theme?", "▸ #rework", "#handover")
		r.Down("#handover")
		r.Press("enter")
		r.Shows("#handover for the board", "1 of 2 have spoken of it", "▸ Ana Ruiz, foreman, Harbour Welding", "When did you last have to do with this?",
			"Somebody told us:", "What have we left out?", "✓ Claire")
		r.Press("tab", "enter")
		r.Goes(screen.GoReview{Interview: ids["cafe"], Thing: interview.ThingProblem, Number: 1})
		r.Press("esc")
		r.Shows("Which theme?")
		r.Press("esc", "esc")
		r.Goes(screen.GoBack{})
	})
}

func TestNoTheme(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		d.Do(id, interview.SetAdviser{Name: "Ana", Joins: true})
		r := d.Read(t, advisers.New(d.Env), 80, 24)
		r.Shows("Ana, Harbour Welding", "nothing is owed to them")
		r.Press("p")
		r.Shows("there is no theme yet")
	})
}

func TestHostileText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		d.Hostile()
		r := d.Read(t, advisers.New(d.Env), 100, 30)
		r.Walk(40)
		r.Press("p")
		r.Walk(5)
		r.Press("enter")
		r.Walk(15)
	})
}

// Changes of another window show within seconds.
func TestOtherWindows(t *testing.T) {
	board().On(t, func(r *screentest.Reader, d *screentest.Desk, ids map[string]interview.ID) {
		r.Hides("3 owed")
		d.Do(ids["harbour"], interview.Reopen{}, interview.Promises{Text: "Bring the tray"})
		r.After(5 * time.Second)
		r.Shows("3 owed")
	})
}
