package live_test

import (
	"context"
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
	"hark/ui"
	"hark/ui/uitest"
)

// A whole meeting: listen, weigh, play back, work it out.
func TestWholeMeeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/consent yes role", "/person Ana, foreman", `@Ana "We rework about one weld in five.`)
		tb.sees("quote by role", "“We rework about one weld in five.”", "Ana")
		tb.enter("!One weld in five is done twice", "!Nobody knows which job is next")
		tb.sees("Their problems", "2 to go")

		// Too early: refused, with what is missing, and the text kept.
		tb.enter("/solve 1 a jig for each station")
		tb.sees("Too early for a solution", "kept as thought", "held until solutions unlock")

		// Locked: enter goes to the first gap, weighing problem 1.
		tb.Press("ctrl+g")
		tb.sees("⊘ Work it out", "Still missing")
		tb.Golden("solve-locked")
		tb.Press("enter")
		tb.sees("Weigh problem 1", "How often does it come up?")
		tb.Type("every Friday")
		tb.Press("tab")
		tb.Type("4")
		tb.sees("What does it cost you")
		tb.Type("a day a week")
		tb.Golden("weighing")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every Friday" || i.HowBad != 4 || i.Costs != "a day a week" {
			t.Fatalf("weighed as %+v", i)
		}

		// Again: now the gap is the playback. Nearly, corrected, read again, yes.
		tb.Press("ctrl+g", "enter")
		tb.sees("Play back problem 1", "It comes up every Friday.", "a 4 out of 5")
		tb.Golden("playback")
		tb.After(time.Second)
		tb.Press("e", "ctrl+u")
		tb.Type("One weld in four is done twice")
		tb.Press("enter")
		tb.sees("first heard", "today", "“One weld in four is done twice”", "only a yes to it counts")
		tb.Golden("playback-corrected")
		tb.After(time.Second)
		tb.Press("y")
		tb.sees("Play back problem 2") // goes on to the next that is not settled
		tb.After(time.Second)
		tb.Press("s")
		tb.Type("next year")
		tb.Press("enter")
		if p := tb.stored().Problems; p[0].Status != interview.Confirmed || p[1].Status != interview.Aside || p[1].Reason != "next year" {
			t.Fatalf("problems: %+v", p)
		}

		// The last gap: what was left out. Then it opens, once, quietly.
		tb.Press("ctrl+g", "enter")
		tb.sees("/left-out")
		tb.Type("nothing")
		tb.Press("enter")
		tb.sees("solutions can be worked out now", "Unlocked")
		tb.lacks("held until solutions unlock")
		if g := tb.stored().Gate; !g.Open || g.OpenedAt.IsZero() {
			t.Fatalf("gate: %+v", g)
		}

		// Unlocked: the held thought becomes a solution with one key.
		tb.Press("ctrl+g")
		tb.sees("Work it out together", "thought: a jig for each station")
		tb.Press("down", "enter")
		tb.sees("/solve 1 a jig for each station")
		tb.Press("enter")
		tb.enter("/react 1 if it fits the old benches", "/agree 1", "+send the drawing @us due friday", "/outcome worked-out", "/end")
		tb.Press("ctrl+g")
		tb.Golden("worked-out")
		s := tb.stored()
		if len(s.Solutions) != 1 || s.Solutions[0].Decision != interview.Agreed || s.Solutions[0].Reaction == "" {
			t.Fatalf("solutions: %+v", s.Solutions)
		}
		if !s.Ended() || s.Outcome != interview.WorkedOut || len(s.Promises) != 1 {
			t.Fatalf("ended %v, outcome %q, promises %+v", s.Ended(), s.Outcome, s.Promises)
		}
	})
}

func TestWhatCannotBeUnderstoodStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		for _, line := range []string{"/impcat 1 how-bad=3", "/done 9", "+send it due 31 feb", "/impact 1 how-bad=3"} {
			tb.Type(line)
			tb.Press("enter")
			tb.sees(line, "! ")
			tb.Press("ctrl+u")
		}
		if n := len(tb.stored().Lines); n != 0 {
			t.Fatalf("%d lines were kept", n)
		}
	})
}

// A promise with a day that is not understood is added, and the screen says so.
func TestUndatedPromise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, width := range []int{100, 60} {
			tb := startMeeting(t, width, 24)
			tb.enter("+send the drawings by nextmonth")
			tb.sees("send the drawings by nextmonth", "“nextmonth” was not understood as a day", "/fix 1")
			tb.enter("+send the drawings by nextweek")
			if p := tb.stored().Promises; len(p) != 2 || !p[0].Due.IsZero() || p[1].Due.IsZero() {
				t.Errorf("kept %+v", p)
			}
			tb.Quit()
		}
	})
}

func TestDraftSurvivesACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type(`"half a sent`)
		tb.After(time.Second)
		// The first window is not closed; another one opens.
		other := uitest.Start(t, tb.app(), uitest.Size(100, 30))
		if s := other.Screen(); !strings.Contains(s, `"half a sent`) || !strings.Contains(s, "when hark was left") {
			t.Fatalf("the draft is not offered:\n%s", s)
		}
		other.Type("ence")
		other.Press("enter")
		other.After(time.Second)
		if d, _ := tb.book.Draft(context.Background(), tb.id); d != "" {
			t.Errorf("the draft %q outlives its line", d)
		}
		if l := tb.stored().Lines; len(l) != 1 || l[0].Text != "half a sentence" {
			t.Fatalf("lines: %+v", l)
		}
	})
}

// counting is a store that counts what is written to it.
type counting struct {
	*notebooktest.Store
	lines, drafts *atomic.Int32
}

func (c counting) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	c.lines.Add(1)
	return c.Store.Change(ctx, id, decide)
}

func (c counting) SetDraft(ctx context.Context, id interview.ID, text string) error {
	c.drafts.Add(1)
	return c.Store.SetDraft(ctx, id, text)
}

// A line and the clearing of its draft are one write. What was typed on meanwhile is the next draft.
func TestEnterIsOneWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Quit()
		var lines, drafts atomic.Int32
		tb.reopen(counting{tb.store, &lines, &drafts})
		tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30))
		for i := range int32(3) {
			tb.Type("the whole line")
			tb.After(time.Second)
			if drafts.Load() != i+1 || lines.Load() != i {
				t.Fatalf("before Enter %d drafts and %d lines were written", drafts.Load(), lines.Load())
			}
			tb.Press("enter")
			tb.After(2 * time.Second)
			if drafts.Load() != i+1 || lines.Load() != i+1 {
				t.Fatalf("after Enter %d drafts and %d lines were written", drafts.Load(), lines.Load())
			}
			if d, _ := tb.book.Draft(context.Background(), tb.id); d != "" {
				t.Fatalf("the draft %q outlives its line", d)
			}
		}
	})
}

func TestFirstCtrlCDestroysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("still typing")
		tb.Press("ctrl+c")
		tb.sees("still typing", "once more")
		tb.Type("!")
		tb.Press("ctrl+c")
		if tb.Ended() {
			t.Fatal("one ctrl+c after a key left the app")
		}
		tb.Press("ctrl+c")
		if !tb.Ended() {
			t.Fatal("the second ctrl+c did not leave")
		}
		if d, _ := tb.book.Draft(context.Background(), tb.id); d != "still typing!" {
			t.Errorf("the draft is %q", d)
		}
	})
}

func TestAFailingDiskNeverStopsTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.store.Fail(errors.New("no space left on the disk"))
		tb.enter("one", "two")
		tb.sees("one", "two", "Not saved yet: no space left", "not saved yet")
		tb.store.Fail(nil)
		tb.After(5 * time.Second)
		if l := tb.stored().Lines; len(l) != 2 || l[0].Text != "one" || l[1].Text != "two" {
			t.Fatalf("lines: %+v", l)
		}
		tb.sees("saved ")
	})
}

func TestTheOtherWindowShowsWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("mine")
		if _, err := tb.book.Apply(context.Background(), tb.id, interview.Add{Kind: interview.Quote, Text: "theirs"}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		tb.Type("typing on")
		tb.After(time.Second)
		tb.sees("“theirs”", "mine", "typing on")
	})
}

func TestMovingAround(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("first line", "secnd line", "!It breaks")
		tb.Type("unfinished")
		tb.Press("esc")
		tb.Golden("moving")
		tb.Press("up", "enter") // fix the second line
		tb.sees("/fix 2 secnd line", "comes back after this")
		tb.Press("ctrl+u")
		tb.enter("/fix 2 second line")
		tb.sees("unfinished", "second line", "first written: secnd line")
		tb.Press("esc", "up", "up", "d") // drop the first
		if l := tb.stored().Lines; len(l) != 2 {
			t.Fatalf("lines: %+v", l)
		}
		tb.Press("u")
		tb.sees("first line")
		tb.Press("U")
		if l := tb.stored().Lines; len(l) != 2 {
			t.Fatalf("after the redo: %+v", l)
		}
		tb.Press("tab", "w") // to the problems: weigh
		tb.sees("Weigh problem 1")
		tb.Press("esc", "x")
		tb.Press("esc")
		tb.Press("?")
		tb.sees("unfinished?")
		tb.Press("f1")
		tb.Golden("keys")
	})
}

func TestOffersAsYouType(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana Ruiz, foreman", "!It breaks #scrap")
		tb.Type("/le")
		tb.sees("/left-out")
		tb.Press("tab")
		tb.Type("the paint shop")
		tb.Press("enter")
		if lo := tb.stored().LeftOut; lo.Text != "the paint shop" {
			t.Fatalf("left out: %+v", lo)
		}
		tb.Type("@a")
		tb.sees("@Ana Ruiz", "foreman, theirs")
		tb.Press("tab")
		tb.Type(`"It cracks #s`)
		tb.Press("tab", "enter")
		l := tb.stored().Lines
		last := l[len(l)-1]
		if last.Text != "It cracks" || tb.stored().Name(last.Speaker) != "Ana Ruiz" || len(last.Themes) != 1 || last.Themes[0] != "scrap" {
			t.Fatalf("kept as %+v", last)
		}
	})
}

func TestPastingSeveralLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Paste("\"one\ntwo\n/nonsense\n\n!three")
		tb.sees("You pasted 4 lines")
		tb.After(time.Second)
		tb.Press("m")
		s := tb.stored()
		if len(s.Lines) != 3 || len(s.Problems) != 1 {
			t.Fatalf("kept %+v", s.Lines)
		}
		tb.sees("/nonsense", "could not be understood")
		tb.Press("ctrl+u")
		tb.Paste("one\ntwo")
		tb.After(time.Second)
		tb.Press("o", "enter")
		s = tb.stored()
		if got := s.Lines[len(s.Lines)-1].Text; got != "one\ntwo" {
			t.Fatalf("kept %q", got)
		}
	})
}

func TestResizingWhileTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("日本語 and more")
		for _, size := range [][2]int{{60, 20}, {40, 10}, {200, 50}, {80, 24}} {
			tb.Resize(size[0], size[1])
			if size[0] >= 60 {
				tb.sees("日本語 and more")
				if x, _, visible := tb.Cursor(); !visible || x != 2+15 {
					t.Fatalf("at %v the cursor is in column %d, visible %v", size, x, visible)
				}
			} else {
				tb.sees("too small", "Nothing is lost")
			}
		}
		tb.Press("enter")
		if l := tb.stored().Lines; len(l) != 1 || l[0].Text != "日本語 and more" {
			t.Fatalf("lines: %+v", l)
		}
	})
}

func TestHowOftenInTheirOwnWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!It breaks")
		tb.Press("esc", "w")
		tb.Type("3 times a week")
		tb.Press("enter")
		tb.Type("4")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "3 times a week" || i.HowBad != 4 {
			t.Fatalf("weighed as %+v", i)
		}
		tb.Press("w", "ctrl+u")
		tb.Type("2")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every week" {
			t.Fatalf("weighed as %+v", i)
		}
	})
}

// Enter pressed after every answer, and a corrected digit, put no answer into another field.
func TestWeighingWithEnterAfterEveryAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!It breaks")
		tb.Press("esc", "w")
		tb.enter("2", "4", "3 days a week")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every week" || i.HowBad != 4 || i.Costs != "3 days a week" || i.Bears != "" {
			t.Fatalf("weighed as %+v", i)
		}
		tb.Press("w")
		tb.enter("1", "5")
		tb.Press("enter")
		tb.Type("the night shift")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every day" || i.HowBad != 5 || i.Costs != "3 days a week" || i.Bears != "the night shift" {
			t.Fatalf("weighed anew as %+v", i)
		}
	})
}

// Text stashed by a key is restored after the command, and is part of the draft meanwhile.
func TestWhatAKeyMovedAwayComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!It breaks")
		tb.Type("half a line")
		tb.Press("esc", "c")
		tb.Type("yes")
		tb.Press("esc", "o")
		tb.After(2 * time.Second)
		if d, _ := tb.book.Draft(context.Background(), tb.id); d != "half a line\n/consent yes\n/left-out " {
			t.Errorf("the draft is %q", d)
		}
		tb.Press("enter")
		tb.sees("/consent yes")
		tb.Press("enter")
		tb.sees("half a line")
	})
}

// A line that is refused while the screen is left is reported as lost.
func TestLeavingWithALineThatIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("one")
		tb.Quit()
		other := tb.book
		flaky := &notebooktest.Flaky{Store: tb.store}
		tb.reopen(flaky)
		tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30))
		var tried atomic.Bool
		flaky.Break(func() (bool, error) {
			if tried.Swap(true) {
				return true, nil
			}
			time.Sleep(200 * time.Millisecond) // the screen is left meanwhile
			_, err := other.Apply(context.Background(), tb.id, interview.Drop{Number: 1}, notebook.Live)
			return false, err
		})
		tb.enter("/fix 1 another")
		tb.Press("ctrl+q")
		app, ok := tb.Quit().(*ui.App)
		if !ok {
			t.Fatal("another model at the end")
		}
		if lost, why := app.Lost(); strings.Join(lost, ",") != "/fix 1 another" || why == nil {
			t.Fatalf("told of %q, because of %v", lost, why)
		}
	})
}

// Leaving while the disk fails reports every line as lost; leaving during a write keeps each line
// once, in order.
func TestLeavingWithLinesOnTheirWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.store.Fail(errors.New("no space left on the disk"))
		tb.enter("one", "two")
		tb.Type("and half a line")
		tb.Press("ctrl+q")
		app, ok := tb.Quit().(*ui.App)
		if !ok {
			t.Fatal("another model at the end")
		}
		lost, why := app.Lost()
		if strings.Join(lost, ",") != "one,two,and half a line" || why == nil {
			t.Fatalf("told of %q, because of %v", lost, why)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.store.Fail(errors.New("busy"))
		tb.enter("!P", "/solve 1 a jig", "last words")
		tb.store.Fail(nil)
		tb.Press("ctrl+q")
		var got []string
		for _, l := range tb.stored().Lines {
			got = append(got, l.Text)
		}
		if strings.Join(got, ",") != "P,a jig,last words" {
			t.Fatalf("kept %q", got)
		}
	})
}
