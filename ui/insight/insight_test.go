package insight_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/ui/insight"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// board opens the screen.
func board() screentest.Opens {
	return func(d *screentest.Desk) screen.Screen { return insight.New(d.Env) }
}

func TestScreens(t *testing.T) {
	board().Sizes(t, func(r *screentest.Reader, name func(string) string) {
		r.Golden(name("themes"))
		r.Press("enter")
		r.Golden(name("behind"))
		r.Press("esc", "tab")
		r.Golden(name("new"))
		r.Press("tab", "tab", "right")
		r.Golden(name("weights"))
		r.Press("tab")
		r.Golden(name("suggested"))
	})
}

func TestFiguresOpenOntoWhatIsBehind(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("▸ #rework", "2 customers, 3 problems", "for      “One weld in five")
		r.Hides("against")
		r.Press("enter")
		r.Shows("#rework", "2 customers ╮", "Set aside", "Loads are weighed twice", "Interviews")
		r.Down("“Loads are weighed twice”")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["nordwind"], Thing: interview.ThingProblem, Number: 2})
		r.Press("esc")
		r.Shows("▸ #rework")
		r.Press("esc")
		r.Goes(screen.GoBack{})
	})
}

func TestStillHearingAnythingNew(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("2 in the last 4 interviews")
		r.Down("20 Oct    Café Lumière")
		r.Press("enter")
		r.Shows("Café Lumière", "#handover", "new ", "#rework", "had come up before")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["cafe"], Thing: interview.ThingProblem, Number: 1})
	})
}

func TestConfirmedWithoutCorrection(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, _ map[string]interview.ID) {
		r.Down("Oct 2026")
		r.Shows("1 of 2 problems")
		r.Press("enter")
		r.Shows("Confirmed in Oct 2026", "After a correction", "“Every order of the evening is typed twice”", "As they were heard")
	})
}

func TestHowBadByHowOften(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Down("5 of 5")
		r.Shows("▸daily")
		r.Press("enter")
		r.Shows("there is nothing behind it")
		r.Press("right")
		r.Shows("▸weekly")
		r.Down("4 of 5")
		r.Press("enter")
		r.Shows("How bad: 4 of 5, how often: weekly", "“One weld in five is done twice”")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["harbour"], Thing: interview.ThingProblem, Number: 1})
		r.Press("esc", "left", "left")
		r.Shows("▸unasked")
	})
}

func TestSuggestionIsAccepted(t *testing.T) {
	board().On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		themes := func() []string { return r.Summary(ids["nordwind"]).Problems[0].Themes }
		r.Shows("Themes that would fit")
		r.Press("shift+tab")
		r.Shows("The papers and the kitchen never agree with the lorry", "a accept")
		if len(themes()) > 0 {
			t.Fatalf("it has %q without anybody's accepting it", themes())
		}
		r.Press("a")
		r.Shows("u takes it back")
		if len(themes()) != 1 {
			t.Errorf("accepted, it has the themes %q", themes())
		}
		accepted := themes()
		r.Press("home")
		r.Down("#" + accepted[0])
		r.Press("u")
		r.Shows("Taken back: #" + accepted[0])
		if slices.Equal(themes(), accepted) {
			t.Errorf("taken back, it has the themes %q", themes())
		}
	})
}

func TestHostileText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		d.Hostile()
		r := d.Read(t, insight.New(d.Env), 100, 30)
		for range 16 {
			r.Press("enter")
			screentest.Check(t, r.Root.Screen)
			r.Press("esc")
			r.Walk(1)
		}
		r.Press("shift+tab", "a")
		screentest.Check(t, r.Root.Screen)
	})
}

// Changes of another window show, also on the page of a figure's sources.
func TestOtherWindows(t *testing.T) {
	board().On(t, func(r *screentest.Reader, d *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("2 customers, 3 problems")
		r.Press("enter")
		r.Down("“Loads are weighed twice”")
		d.Do(ids["cafe"], interview.Reopen{}, interview.Raise{Text: "The cups come back", Quoted: true, Themes: []string{"rework"}})
		r.After(5 * time.Second)
		r.Shows("The cups come back", "▸ “Loads are weighed twice”")
		r.Press("esc")
		r.Shows("2 customers, 4 problems")
	})
}
