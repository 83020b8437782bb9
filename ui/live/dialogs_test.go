package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// lines applies typed lines to an interview.
func (tb *meeting) lines(id interview.ID, lines ...string) {
	tb.t.Helper()
	for _, line := range lines {
		action, err := capture.Parse(line, meetingStart())
		if err == nil {
			_, err = tb.book.Apply(context.Background(), id, action, notebook.Live)
		}
		if err != nil {
			tb.t.Fatalf("%s: %v", line, err)
		}
	}
}

// clickOn clicks on the first cell of a text on the screen.
func (tb *meeting) clickOn(text string) {
	tb.t.Helper()
	for y, line := range strings.Split(tb.Screen(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			tb.Click(len([]rune(before)), y)
			return
		}
	}
	tb.t.Fatalf("there is no %q to click on:\n%s", text, tb.Screen())
}

// Golden files: every dialog at every size.
func TestDialogSizes(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {200, 50}} {
		name := fmt.Sprintf("%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, size[0], size[1])
				golden := func(dialog string) { tb.Golden(dialog + "-" + name) }
				tb.enter("/person Ana, foreman", "!\"One weld in five is done twice", "!\"Nobody knows which job is next, and so everybody asks the foreman", "/solve 1 a jig for each station")
				tb.slowly("ctrl+g")
				golden("solve-locked")
				tb.slowly("enter")
				golden("weighing")
				tb.Press("esc")
				tb.enter(`/impact 1 how-often="every Friday, when the batch of the week is due" how-bad=4 costs="a day a week"`, `/impact 2 how-bad=2`)
				tb.slowly("esc", "p", "e", "ctrl+u")
				tb.Type("One weld in four is done twice")
				golden("playback-correcting")
				tb.slowly("enter", "esc", "p")
				golden("playback-corrected")
				tb.Press("esc")
				tb.Paste("one\ntwo\nthree")
				golden("pasting")
				tb.Press("esc")
				tb.enter("/playback 1 yes", "/playback 2 yes", "/left-out", "/respect 1 the welders choose their order", "/solve 1 a jig for each station", "/react 1 if it fits")
				tb.Press("ctrl+g")
				golden("solve-unlocked")
				tb.Press("esc")
				tb.enter("/end")
				golden("ending")
			})
		})
	}
}

func TestEndingAsksHow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!\"It breaks", "+call back", "/end")
		tb.sees("How did it end?", "1 problem", "a good ending, too", "1 promise, 1 without a day")
		tb.Type("we lose a day") // still typing
		tb.lacks("How did it end?")
		tb.sees("│ we lose a day")
		tb.Press("enter")
		if s := tb.stored(); !s.Ended() || s.Outcome != interview.NoOutcome {
			t.Fatalf("ended %v as %q", s.Ended(), s.Outcome)
		}
		tb.slowly("esc", "e", "down", "enter")
		if s := tb.stored(); !s.Ended() || s.Outcome != interview.NoFit {
			t.Fatalf("ended %v as %q", s.Ended(), s.Outcome)
		}
		tb.sees("What comes next", "export it")
		tb.slowly("esc", "esc", "e")
		tb.sees("▸ 2 no fit")
		tb.clickOn("more to learn")
		tb.clickOn("more to learn")
		if o := tb.stored().Outcome; o != interview.MoreToLearn {
			t.Fatalf("ended as %q", o)
		}
	})
}

// Neither a crash nor esc loses what was typed into a form: it is a draft within a second. What the
// customer said is kept where it belongs, and what only a decision would keep is a line to settle.
func TestEscInFormLosesNothing(t *testing.T) {
	const typed = "the blue forklift"
	for name, open := range map[string][]string{
		"weigh":      {"esc", "w"},
		"nearly":     {"esc", "p", "e", "tab"},
		"after a no": {"esc", "p", "n"},
		"set aside":  {"esc", "s", "enter"},
		"left out":   {"esc", "o"},
		"somebody":   {"esc", "n", "down", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, 100, 30)
				tb.enter("/person Ana", "!\"It breaks")
				tb.slowly(open...)
				tb.After(time.Second)
				tb.Type(typed)
				tb.After(time.Second)
				if draft, err := tb.book.Draft(tb.t.Context(), tb.id); err != nil || draft != typed {
					t.Errorf("the draft is %q, %v", draft, err)
				}
				tb.Press("esc")
				tb.After(time.Second)
				if draft, err := tb.book.Draft(tb.t.Context(), tb.id); err != nil || draft != "" {
					t.Errorf("after esc the draft is %q, %v", draft, err)
				}
				tb.enter("they say it again")
				document, err := json.Marshal(tb.stored())
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(string(document), typed) {
					t.Errorf("%q is nowhere:\n%s", typed, tb.Screen())
				}
				if p, _ := tb.stored().Problem(1); p.Status == interview.Aside || p.Status == interview.Confirmed {
					t.Errorf("the problem is %s", p.Status)
				}
				if lines := tb.stored().Lines; lines[len(lines)-1].Text != "they say it again" {
					t.Errorf("the last line is %q", lines[len(lines)-1].Text)
				}
			})
		})
	}
}

// meetAgain opens a second interview with a customer who said the given lines in the first one.
func meetAgain(t *testing.T, width, height int, lines ...string) *meeting {
	t.Helper()
	tb := startMeeting(t, width, height)
	tb.lines(tb.id, lines...)
	r, err := tb.book.Begin(context.Background(), interview.Beginning{Customer: "harbour welding", Playbook: tb.stored().Playbook})
	if err != nil {
		t.Fatal(err)
	}
	tb.slowly("esc", "l", "enter")
	tb.id = r.ID
	tb.After(10 * time.Second)
	tb.Press("enter")
	tb.After(time.Second)
	return tb
}

func TestEarlier(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {200, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := meetAgain(t, size[0], size[1], "/person Ana Ruiz, foreman", "/person Tom, ours", "!\"One weld in five is done twice",
					`/impact 1 how-often="every week" how-bad=4`, "/playback 1 yes by Ana", "!\"Nobody knows which job is next",
					"+send the norm sheet @us due 17 nov", "+@Ana sends the scrap list due next week", "+call back", "/done 5")
				tb.sees("Met before: 1 interview")
				tb.slowly("ctrl+t")
				tb.Golden(fmt.Sprintf("told-before-%dx%d", size[0], size[1]))
				for range 5 {
					tb.Press("down")
				}
				tb.Golden(fmt.Sprintf("told-before-end-%dx%d", size[0], size[1]))
			})
		})
	}
}

func TestEarlierIsTakenAlong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := meetAgain(t, 100, 30, "/person Ana Ruiz, foreman", "/person Tom Li, planner, ours", "/person Piet, owner", "!\"One weld in five is done twice", "+call back")
		tb.Type("@a")
		tb.sees("@Ana Ruiz", "foreman, theirs · met before")
		tb.Press("tab")
		tb.Type(`"Still the same.`)
		tb.Press("enter")
		if p := tb.stored().People; len(p) != 1 || p[0].Name != "Ana Ruiz" || p[0].Role != "foreman" {
			t.Fatalf("in the room: %+v", p)
		}
		tb.enter("+@tom sends the plan")
		if p := tb.stored().People; len(p) != 2 || p[1].Name != "Tom Li" || p[1].Side != interview.Ours || !p[1].Absent {
			t.Fatalf("who owns a promise alone is in the room: %+v", p)
		}
		tb.enter("@tom ~They count the skips")
		if p := tb.stored().People; len(p) != 2 || p[1].Role != "planner" || p[1].Absent {
			t.Fatalf("who spoke is not in the room: %+v", p)
		}
		tb.slowly("ctrl+t", "down", "enter")
		tb.sees("the library marks it as done")
		tb.clickOn("Piet · owner")
		tb.sees("enter here today")
		tb.clickOn("Piet · owner")
		if p := tb.stored().People; len(p) != 3 || p[2].Role != "owner" {
			t.Fatalf("in the room: %+v", p)
		}
		tb.sees("✓ here today")
		tb.Press("up", "up", "up", "up", "up", "enter")
		tb.sees("!One weld in five is done twice")
		tb.Press("enter")
		if p := tb.stored().Problems; len(p) != 1 {
			t.Fatalf("problems: %+v", p)
		}
	})
}

// Closing a dialog goes back into the box, with what stood there.
func TestBackToTheBox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := meetAgain(t, 100, 30, "!\"One weld in five is done twice")
		tb.enter("!\"Nobody knows which job is next")
		tb.Type("half a")
		for _, key := range []string{"ctrl+g", "ctrl+t"} {
			tb.slowly(key, "esc")
			tb.Type(" w")
		}
		tb.sees("│ half a w w")
	})
}

// A thought typed earlier is listed with the solutions and becomes one with one key.
func TestOwnThoughtsBecomeSolutions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		for _, line := range []string{
			"@Ana !\"One weld in five is done twice", ">a jig for each station", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/left-out",
		} {
			tb.enter(line)
		}
		tb.slowly("ctrl+g")
		tb.sees("thought: a jig for each station")
		tb.slowly("down")
		tb.sees("▸a solution", "│ a jig for each station")
		tb.slowly("enter")
		tb.lacks("thought: a jig")
		if got := tb.stored().Solutions; len(got) != 1 || got[0].Text != "a jig for each station" {
			t.Errorf("solutions: %+v", got)
		}
	})
}

// Text that comes with a dialog goes into the box with the letter that opened it; other keys do
// nothing.
func TestAKeyThatComesTooSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("@Ana !\"One weld in five is done twice")
		tb.Press("esc", "p")
		tb.Type("y")
		tb.lacks("Play back problem 1")
		tb.sees("│ py ")
		if got := tb.stored().Problems[0].Status; got != interview.Heard {
			t.Fatalf("the problem is %s", got)
		}
		tb.Press("ctrl+u", "esc", "s", "enter") // the enter comes with the question
		if got := tb.stored().Problems[0].Status; got != interview.Heard {
			t.Fatalf("the problem is %s", got)
		}
		tb.slowly("esc", "esc", "p", "y")
		if got := tb.stored().Problems[0].Status; got != interview.Confirmed {
			t.Errorf("the problem is %s", got)
		}
	})
}

// The palette lists what one key after esc does.
func TestCommandsByNameWhileTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("We rework")
		tb.Press("ctrl+p")
		tb.Type("consent")
		tb.sees("▸ Consent: notes, and quoting them", "esc c")
		tb.slowly("enter", "down", "enter")
		tb.sees("quote by role", "│ We rework")
	})
}

// The note names the way to undo.
func TestHowToTakeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana", "!\"One weld in five is done twice", "!\"Nobody knows which job is next", "/impact 1 how-bad=4", "/impact 2 how-bad=3", "/aside 1")
		tb.sees("esc u takes it back")
		tb.enter("/take-up 1")
		tb.slowly("esc", "p")
		tb.sees("Play back problem 1")
		tb.slowly("y")
		tb.sees("1 is confirmed by Ana. Next to play back: 2")
		tb.slowly("esc", "u", "enter")
		tb.sees("undid: playback of problem 1")
	})
}

// /share puts the cursor into the customer's part.
func TestSharingBeginsInTheirHands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana", "!\"It breaks", "/impact 1 how-bad=4", "/playback 1 yes", "/left-out", "/solve 1 a jig")
		tb.slowly("ctrl+g", "down", "tab")
		tb.sees("what stays in their hands")
		tb.Type("a trial on line 2")
		tb.Press("enter")
		if s := tb.stored().Solutions[0]; s.Theirs != "a trial on line 2" || s.Ours != "" {
			t.Fatalf("shared as %+v", s)
		}
	})
}

// After esc the footer shows what one key does.
func TestFooterOfOneKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!\"It breaks", "they call us")
		tb.Press("esc")
		tb.sees("one key", "w weigh", "p play back", "esc type on")
	})
}

// The record shows the due day of a promise and of a route.
func TestDaysInTheRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 60, 20)
		tb.enter("/person Ana", "!\"It breaks", "/impact 1 how-bad=4", "/playback 1 yes", "+call back due 24 nov", "/route 1 engineering @Mia due 27 nov")
		tb.sees("due Tuesday", "→ problem 1 to engineering, Mia", "due Fri 27 Nov")
		tb.enter("/answer 3 a jig")
		tb.sees("engineering, Mia: a jig")
		tb.lacks("due Fri 27 Nov")
	})
}

func TestNotMetBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.slowly("esc", "h")
		tb.sees("there is no earlier interview with this customer")
	})
}

// A dialog higher than the screen scrolls, with the cursor in view.
func TestADialogHigherThanTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 60, 20)
		tb.enter("/person Ana", "!"+strings.Repeat("One weld in five is done twice, and nobody counts it. ", 12)+"That is all.")
		tb.slowly("esc", "p")
		tb.sees("Play back problem 1", "Say it to them")
		tb.Wheel(30, 10, 30)
		tb.sees("who answers: Ana", "y yes")
		tb.Press("pgup")
		tb.sees("That is all.")
		tb.slowly("e")
		if _, y, visible := tb.Cursor(); !visible || y >= 18 {
			t.Fatalf("the cursor is in row %d, visible %v:\n%s", y, visible, tb.Screen())
		}
		tb.Type(" Really.")
		tb.sees("That is all. Really.")
		tb.slowly("esc", "esc", "p")
		tb.Wheel(30, 10, 30)
		tb.clickOn("y yes")
		if p := tb.stored().Problems[0]; p.Status != interview.Confirmed {
			t.Fatalf("the problem is %s", p.Status)
		}
	})
}

// A line can be corrected to every kind but unsettled, which is none that anybody means.
func TestEveryKindCanBeChosen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("the skip is full")
		chosen := 0
		for _, kind := range interview.LineKinds() {
			if kind == interview.Unsettled {
				continue
			}
			chosen++
			tb.enter("/edit 1")
			time.Sleep(wait)
			tb.slowly("up")
			tb.sees(fmt.Sprintf("%d %s", chosen, kind))
			tb.slowly(fmt.Sprint(chosen), "enter")
			if l := tb.stored().Lines[0]; l.Kind != kind {
				t.Errorf("number %d makes the line a %s, want a %s", chosen, l.Kind, kind)
			}
		}
		tb.enter("/edit 1")
		time.Sleep(wait)
		tb.slowly("up")
		tb.lacks(string(interview.Unsettled))
	})
}

// /route completes the known departments after the problem's number.
func TestRouteOffersDepartments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 80, 24)
		tb.enter("/consent yes name", "@Ana !\"One weld in five is done twice", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/route 1 R&D")
		tb.Type("/route 1 ")
		tb.sees("engineering", "marketing", "R&D")
		tb.Type("mk")
		tb.sees("marketing")
		tb.Press("tab")
		tb.sees("/route 1 marketing")
		tb.Press("enter")
		if r := tb.stored().Routes; len(r) != 2 || r[1].Department != "marketing" {
			t.Errorf("carried to %+v", r)
		}
	})
}
