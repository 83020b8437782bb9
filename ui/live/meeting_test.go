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
		tb.enter("!\"One weld in five is done twice", "!\"Nobody knows which job is next")
		tb.sees("Their problems", "2 to go")

		// Too early: kept for later, with one calm line.
		tb.enter("/solve 1 a jig for each station")
		tb.sees("Kept for later. 3 things to ask first · esc g", "held until solutions unlock")

		// Locked: enter goes to the first gap, weighing problem 1.
		tb.slowly("ctrl+g")
		tb.sees("⊘ Work it out", "Still missing")
		tb.Golden("solve-locked")
		tb.slowly("enter")
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
		tb.slowly("ctrl+g", "enter")
		tb.sees("Play back problem 1", "It comes up every Friday.", "a 4 out of 5")
		tb.Golden("playback")
		tb.slowly("e", "ctrl+u")
		tb.Type("One weld in four is done twice")
		tb.slowly("enter", "esc", "p")
		tb.sees("first heard", "today", "One weld in four")
		tb.Golden("playback-corrected")
		tb.slowly("y", "esc", "s", "enter")
		tb.Type("next year")
		tb.Press("enter")
		if p := tb.stored().Problems; p[0].Status != interview.Confirmed || p[1].Status != interview.Aside || p[1].Reason != "next year" {
			t.Fatalf("problems: %+v", p)
		}

		// The last gap: what was left out. Then it opens, once, quietly.
		tb.slowly("ctrl+g", "enter")
		tb.sees("What has been left out?")
		tb.Type("nothing")
		tb.Press("enter")
		tb.sees("solutions can be worked out now", "Unlocked")
		tb.lacks("held until solutions unlock")
		if g := tb.stored().Gate; !g.Open || g.OpenedAt.IsZero() {
			t.Fatalf("gate: %+v", g)
		}

		// Unlocked: the held thought becomes a solution with one key.
		tb.slowly("ctrl+g")
		tb.sees("Work it out together", "thought: a jig for each station")
		tb.slowly("down", "enter", "tab", "tab", "tab")
		tb.sees("they agree")
		tb.Type("if it fits the old benches")
		tb.slowly("enter", "esc")
		tb.enter("+send the drawing @us due friday", "/outcome worked-out", "/end")
		tb.slowly("esc", "ctrl+g")
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

func TestWhatCannotBeUnderstoodIsToSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		for n, line := range []string{"/impcat 1 how-bad=3", "/done 9", "/impact 1 how-bad=3"} {
			tb.enter(line)
			tb.sees(line, "Kept as typed, to settle later")
			if l := tb.stored().Lines; len(l) != n+1 || l[n].Kind != interview.Unsettled || l[n].Text != line {
				t.Fatalf("kept %+v", l)
			}
		}
		tb.enter("!\"It breaks")
		tb.slowly("esc", "i", "down", "down", "enter")
		tb.sees("│ /impact 1 how-bad=3")
		tb.Press("enter")
		if s := tb.stored(); len(s.ToSettle()) != 2 || s.Problems[0].Impact.HowBad != 3 {
			t.Fatalf("to settle: %+v", s.ToSettle())
		}
		tb.slowly("esc", "i", "enter", "esc") // left as it was
		if s := tb.stored(); len(s.ToSettle()) != 2 {
			t.Fatalf("to settle: %+v", s.ToSettle())
		}
	})
}

// A promise with a day that is in doubt is added without it, and the screen says what hark reads.
func TestPromiseWithADayInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, width := range []int{100, 60} {
			tb := startMeeting(t, width, 24)
			tb.enter("+send the drawings by nextmonth")
			tb.sees("send the drawings by nextmonth", "“by nextmonth” is read as", "us · due Thu 31 Dec?")
			tb.enter("+send the drawings by nextweek")
			if p := tb.stored().Promises; len(p) != 2 || !p[0].Due.IsZero() || p[1].Due.IsZero() {
				t.Errorf("kept %+v", p)
			}
			tb.Quit()
		}
	})
}

// While a promise is typed, the box says whose it is and when it is due.
func TestABoxSaysWhatIsUnderstoodOfAPromise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana, foreman", "/person Ben, sales, ours")
		for line, want := range map[string]string{
			"+":                                  "▸a promise ─",
			"+send the list":                     "▸a promise · us ─",
			"+send the list due 2026-12-04":      "▸a promise · us · due Fri 4 Dec ─",
			"+send the list @ana due 2027-01-08": "▸a promise · Ana · due Fri 8 Jan 2027 ─",
			"@Ben +send it by nextmonth":         "▸a promise · Ben · due Thu 31 Dec? ─",
			"+send it @them":                     "▸a promise · them ─",
			"+send it by asap":                   "▸a promise · us · no day? ─",
			"send it due 2026-12-04":             "▸their meaning, your words ─",
		} {
			tb.Type(line)
			tb.sees(want)
			tb.Press("ctrl+u")
		}
		if p := tb.stored().Promises; len(p) != 0 {
			t.Errorf("typing kept %+v", p)
		}
	})
}

// In a debrief, days are counted from the meeting.
func TestDaysCountFromTheMeeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := start(t, 100, 30, interview.Beginning{Debrief: true, MetUntil: meetingStart().AddDate(0, 0, -7)})
		tb.enter("+send the list due tomorrow")
		if p := tb.stored().Promises; len(p) != 1 || p[0].Due != interview.DateOf(meetingStart().AddDate(0, 0, -6)) {
			t.Errorf("kept %+v", p)
		}
	})
}

// A promise whose day is in doubt is settled by choosing one of the days, or none.
func TestSettlingADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		const line = "+send the drawings by next friday"
		tb.enter(line, line, line, "+send it by asap")
		readings := tb.stored().Promises[0].Doubt.Readings
		if len(readings) != 2 {
			t.Fatalf("read as %v", readings)
		}
		tb.sees("4 to settle")
		tb.slowly("esc", "i", "enter", "down", "enter")
		tb.slowly("esc", "i", "enter", "enter")
		tb.slowly("esc", "i", "enter")
		tb.sees("When is promise 3 due?", readings[0].Words(), readings[1].Words(), "no day", "another day")
		tb.slowly("3", "enter")
		tb.sees("1 to settle")
		tb.slowly("esc", "i", "enter")
		tb.Type("keep this")
		tb.sees("│ keep this")
		tb.Press("ctrl+u")
		tb.slowly("esc", "i", "enter", "2", "enter")
		tb.sees("Correct promise 4", "by when")
		tb.Type("2026-12-04")
		tb.Press("enter")
		tb.lacks("to settle")
		for n, want := range []interview.Date{readings[1], readings[0], {}, {Year: 2026, Month: 12, Day: 4}} {
			if p := tb.stored().Promises[n]; p.Due != want || !p.Doubt.IsZero() {
				t.Errorf("promise %d is due %v, in doubt %v, want %v", n+1, p.Due, p.Doubt, want)
			}
		}
	})
}

// Whose side somebody is on, and whose promise it is, is settled by choosing one of the sides.
func TestSettlingASide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("/person Hy, seller (ourz)")
		tb.sees("Hy · seller · ours?")
		tb.Press("enter")
		tb.Type("+sie schicken die Liste")
		tb.sees("a promise · them?")
		tb.Press("enter")
		tb.sees("2 to settle", "Hy (which side?)", "them?")
		tb.enter("/end")
		tb.sees("○ Hy", "○ 1  sie schicken die Liste")
		tb.slowly("esc", "esc", "i")
		tb.sees("Hy · “ourz” does not say on which side Hy is")
		tb.slowly("enter")
		tb.sees("Which side is Hy on?", "1 ours", "2 theirs")
		tb.slowly("enter", "esc", "i", "enter")
		tb.sees("Whose promise is 1?", "1 them", "2 us")
		tb.slowly("2", "enter")
		tb.lacks("to settle")
		s := tb.stored()
		if p, o := s.People[len(s.People)-1], s.Promises[0]; p.Side != interview.Ours || !p.Doubt.IsZero() || o.Side != interview.Ours || !o.Whose.IsZero() {
			t.Errorf("settled: %+v, %+v", p, o)
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
	storage.Store
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

// A line and the clearing of its draft are one write. What was typed on meanwhile is the next
// draft.
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

func TestSelecting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("first line", "secnd line", "!\"It breaks")
		tb.Press("up")
		tb.Golden("selecting")
		tb.slowly("up", "enter") // correct the second line
		tb.sees("Correct 2", "who said it")
		tb.Press("ctrl+u")
		tb.Type("second line")
		tb.Press("enter")
		tb.sees("second line", "first written: secnd line")
		tb.slowly("up", "esc", "z", "enter") // drop the first
		if l := tb.stored().Lines; len(l) != 2 {
			t.Fatalf("lines: %+v", l)
		}
		tb.slowly("esc", "u", "enter")
		tb.sees("first line")
		tb.slowly("esc", "y", "enter")
		if l := tb.stored().Lines; len(l) != 2 {
			t.Fatalf("after the redo: %+v", l)
		}
		tb.slowly("esc", "esc", "up", "right", "esc", "w") // to the problems: weigh
		tb.sees("Weigh problem 1")
		tb.slowly("esc")
		tb.Type("?")
		tb.sees("│ ?")
		tb.Press("f1")
		tb.Golden("keys")
	})
}

func TestOffersAsYouType(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana Ruiz, foreman", "!\"It breaks #scrap")
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
		tb.sees("4 lines, beginning with", "1 problem, 1 quote, 1 command, 1 paraphrase")
		tb.After(time.Second)
		tb.Press("3", "enter")
		s := tb.stored()
		if len(s.Lines) != 4 || len(s.Problems) != 1 || len(s.ToSettle()) != 1 {
			t.Fatalf("kept %+v", s.Lines)
		}
		tb.sees("/nonsense")
		tb.Paste("one\ntwo")
		tb.After(time.Second)
		tb.slowly("enter", "enter")
		s = tb.stored()
		if got := s.Lines[len(s.Lines)-1].Text; got != "one\ntwo" {
			t.Fatalf("kept %q", got)
		}
	})
}

// Pasted Markdown is asked about once, and its bullets are no promises unless somebody says so.
// What stood in the box stays there.
func TestPastingMarkdown(t *testing.T) {
	const page = "# Visit\r+ bullet one\u2028+ bullet two\r\n> quoted mail\n\n![[board.png]]\n| a | b |\n```\n1. first\n- [ ] call"
	want := []string{"# Visit", "+ bullet one", "+ bullet two", "> quoted mail", "![[board.png]]", "| a | b |", "```", "1. first", "- [ ] call"}
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("half a sent")
		tb.Paste(page)
		tb.sees("9 lines, beginning with “# Visit”", "all of them text", "2 promises, 1 thought of yours, 6 paraphrases")
		tb.After(time.Second)
		tb.Press("2", "enter")
		s := tb.stored()
		if len(s.Lines) != len(want) || len(s.Promises)+len(s.Problems)+len(s.ToSettle()) > 0 {
			t.Fatalf("kept %+v", s.Lines)
		}
		for i, l := range s.Lines {
			if l.Text != want[i] || l.Kind != interview.Paraphrase || len(l.Themes) > 0 {
				t.Errorf("line %d is %+v, want %q", i+1, l, want[i])
			}
		}
		tb.sees("│ half a sent")
		// Who types on takes it together, into the box.
		tb.Paste("\n+ one\n+ two\n")
		tb.Type("ence")
		tb.Press("enter")
		s = tb.stored()
		if got := s.Lines[len(s.Lines)-1].Text; got != "half a sent\n+ one\n+ two\nence" {
			t.Errorf("kept %q", got)
		}
	})
}

// A pasted line is counted as what it is kept as: with the people in the room.
func TestPastingWhatSomebodySaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Miguel, foreman")
		tb.Paste("Miguel: !the press jams\nMiguel: \"we lose a day")
		tb.sees("1 problem, 1 quote")
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
		tb.enter("!\"It breaks")
		tb.slowly("esc", "w")
		tb.Type("3 times a week")
		tb.Press("enter")
		tb.Type("4")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "3 times a week" || i.HowBad != 4 {
			t.Fatalf("weighed as %+v", i)
		}
		tb.slowly("esc", "w")
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
		tb.enter("!\"It breaks")
		tb.slowly("esc", "w")
		tb.enter("2", "4", "3 days a week")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every week" || i.HowBad != 4 || i.Costs != "3 days a week" || i.Bears != "" {
			t.Fatalf("weighed as %+v", i)
		}
		tb.slowly("esc", "w")
		tb.enter("1", "5")
		tb.Press("enter")
		tb.Type("the night shift")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every day" || i.HowBad != 5 || i.Costs != "3 days a week" || i.Bears != "the night shift" {
			t.Fatalf("weighed anew as %+v", i)
		}
	})
}

// A line that is refused while the screen is left waits to be settled.
func TestLeavingWithALineThatIsNotDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("one")
		tb.Quit()
		other := tb.book
		flaky := &notebooktest.Flaky{Store: tb.store.Store} // tb.book writes past it
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
		if app, ok := tb.Quit().(*ui.App); !ok {
			t.Fatal("another model at the end")
		} else if lost, why := app.Lost(); len(lost) > 0 {
			t.Fatalf("told of %q, because of %v", lost, why)
		}
		if open := tb.stored().ToSettle(); len(open) != 1 || open[0].Text != "/fix 1 another" {
			t.Fatalf("to settle: %+v", open)
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
		tb.enter("!\"P", "/solve 1 a jig", "last words")
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
