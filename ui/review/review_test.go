package review_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/ui/review"
	"hark/ui/screen"
	"hark/ui/screentest"
	"hark/ui/uitest"
)

func ptr[T any](v T) *T { return &v }

func add(kind interview.LineKind, who, text string) interview.Action {
	return interview.Add{Kind: kind, Text: text, Speaker: who}
}

// meeting is a whole meeting, from the first question to the promises.
func meeting(d *screentest.Desk) interview.ID {
	d.At(2026, 11, 18, 14, 0)
	id := d.Begin("Harbour Welding")
	d.Do(id,
		interview.Introduce{Name: "Ana Duarte", Role: "foreman"},
		interview.Introduce{Name: "Piet", Role: "runs the yard"},
		interview.Introduce{Name: "Ines", Role: "field engineer", Side: interview.Ours},
		interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole},
		add(interview.Paraphrase, "Piet", "They have an hour, then the crane comes"),
		interview.Ask{Number: 7},
		interview.Raise{Text: "One weld in five is done twice", Quoted: true, Speaker: "Ana Duarte", Themes: []string{"rework"}},
		add(interview.Quote, "Ana Duarte", "The whole Friday batch came back, all forty of them, and nobody could tell me which rod had been in which machine."),
		add(interview.Observation, "", "Scrap goes in the skip, nobody counts it"),
		interview.Tie{Number: 3, Problem: 1},
		interview.Ask{Number: 11},
		interview.Raise{Text: "Nobody knows which job is next", Quoted: true, Speaker: "Piet"},
		add(interview.Thought, "", "Sounds as if two foremen plan the same machine"),
		add(interview.FollowUp, "", "ask what a skip costs"),
		interview.Weigh{Problem: 1, HowOften: ptr("every day"), HowBad: ptr(4), Costs: ptr("two shifts a week"), Bears: ptr("the night shift")},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Ana Duarte", Correction: "One weld in five on the hull is done twice"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana Duarte"},
		interview.SetAside{Problem: 2, Reason: "the new planner starts in January"},
		interview.AskLeftOut{Text: "The classification society wants every rework on paper"},
		interview.MustRespect{Problem: 1, Text: "Welders choose their own settings"},
		interview.Solve{Problems: []interview.Number{1}, Text: "Tag each rod bundle with the machine it went to"},
		interview.Share{Solution: 1, Ours: ptr("the tags and a reader"), Theirs: ptr("reading them at the rack")},
		interview.React{Solution: 1, Text: "Show it to the night shift first"},
		interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.SetAdviser{Name: "Ana Duarte", Joins: true},
		interview.Promises{Text: "Send two sample tags", Owner: "Ines", Due: interview.Date{Year: 2026, Month: 11, Day: 17}},
		interview.Promises{Text: "List the machines with their rod sizes", Owner: "Piet", Due: interview.Date{Year: 2026, Month: 11, Day: 25}},
		interview.Carry{Problem: 1, Department: "engineering", Owner: "Ines", Due: interview.Date{Year: 2026, Month: 12, Day: 4}},
		interview.SetOutcome{Outcome: interview.WorkedOut},
		interview.End{})
	d.At(2026, 11, 20, 14, 30)
	return id
}

// start opens the review on a terminal.
func start(t *testing.T, d *screentest.Desk, id interview.ID, number interview.Number, width, height int) *screentest.Reader {
	t.Helper()
	return d.Read(t, review.New(d.Env, id, interview.Numbered, number), width, height)
}

// on runs a user's steps in the review of a whole meeting.
func on(t *testing.T, number interview.Number, steps func(r *screentest.Reader, id interview.ID)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := meeting(d)
		steps(start(t, d, id, number, 100, 30), id)
	})
}

func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {200, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := screentest.NewDesk(t)
				id := meeting(d)
				r := start(t, d, id, 0, size[0], size[1])
				golden := func(name string) {
					r.Golden(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]))
				}
				golden("top")
				r.Press("m", "down", "x")
				golden("promises")
				r.Press("r", "down", "down")
				golden("by-stage")
				r.Press("t")
				golden("by-time")
				r.Press("end")
				golden("end")
				screentest.Check(t, r.Root.Screen)
			})
		})
	}
}

func TestOpensAtTheLine(t *testing.T) {
	on(t, 6, func(r *screentest.Reader, _ interview.ID) {
		r.Shows("▸   6  14:13  ✎ Sounds as if", "▸ What was said")
	})
	on(t, 9, func(r *screentest.Reader, _ interview.ID) { // a promise
		r.Shows("▸   9  ", "List the machines", "▸ Promises")
	})
	on(t, 10, func(r *screentest.Reader, _ interview.ID) { // a route
		r.Shows("▸  10  14:28  → problem 1 to engineering", "▸ Carried further")
	})
	on(t, 99, func(r *screentest.Reader, _ interview.ID) { // it is gone
		r.Shows("▸  1 “One weld in five on the hull is done twice”")
	})
}

func TestSections(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, _ interview.ID) {
		r.Press("m")
		r.Shows("▸ Promises", "▸   8")
		r.Press("r")
		r.Shows("▸ What was said", "▸   1  14:05")
		r.Press("p")
		r.Shows("▸ Their problems")
		r.Press("shift+tab")
		r.Shows("▸ Not asked", "▸   2  ○ How long do we have")
		r.Press("tab", "tab")
		r.Shows("▸ What was left out")
		r.ClickOn("Worked out together")
		r.Shows("▸ Worked out together", "▸    problem 1")
	})
}

func TestArrange(t *testing.T) {
	on(t, 7, func(r *screentest.Reader, _ interview.ID) {
		r.Shows("by stage ╮", "What it costs", "How often does it come up?", "▸   7")
		r.Press("t")
		r.Shows("by time ╮", "▸   7", "t by stage")
		r.Press("r")
		r.Shows("▸   1  14:05")
		r.Hides("Before any question")
		r.Press("t")
		r.Shows("Before any question", "▸   1  14:05")
	})
}

func TestGoesOn(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, id interview.ID) {
		r.Press("c", "enter", "q", "esc")
		live, home := screen.GoLive{Interview: id}, screen.GoBack{}
		r.Goes(live, live, home, home)
	})
}

func TestPromiseIsDone(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, id interview.ID) {
		r.Press("x")
		r.Shows("choose a promise first: m goes to the promises")
		r.Press("m", "down", "x")
		r.Shows("▸   9", "Piet · ✓ done", "1 of 2 done")
		if p, _ := r.Desk.Open(id).Promise(9); p.DoneAt.IsZero() {
			t.Error("it is not done")
		}
		r.Press("x")
		r.Shows("it is done already")
		r.Press("u")
		r.Shows("› undid: ", "0 of 2 done", "Piet · due Wednesday")
		r.Press("U")
		r.Shows("› brought back: ", "1 of 2 done")
		r.Press("ctrl+r")
		r.Shows("! There is nothing to bring back")
	})
}

func TestUndoOfWhatWasSelected(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, id interview.ID) {
		r.Desk.Do(id, add(interview.Quote, "Piet", "One thing more"))
		r.After(time.Second)
		r.Press("end", "t", "r", "end")
		r.Press("r", "tab", "shift+tab", "pgdown")
		r.Press("u")
		r.Hides("One thing more")
		screentest.Check(t, r.Root.Screen)
	})
}

func TestChangeFails(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, _ interview.ID) {
		r.Desk.Store.Fail(errors.New("the disk is full"))
		r.Press("m", "x")
		r.Shows("! That was not saved: the disk is full", "0 of 2 done")
		r.Press("down")
		r.Hides("the disk is full")
	})
}

// Changes of other windows show within a second, and the selection stays.
func TestOtherWindows(t *testing.T) {
	on(t, 6, func(r *screentest.Reader, id interview.ID) {
		r.Desk.Do(id, add(interview.Quote, "Piet", "One thing more"))
		r.After(time.Second)
		r.Shows("What was said            8", "One thing more", "▸   6  14:13")
		r.Desk.Do(id, interview.Drop{Number: 2})
		r.After(time.Second)
		r.Shows("What was said            7", "▸   6  14:13")
	})
}

func TestMouse(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, _ interview.ID) {
		r.ClickOn("“Nobody knows which job is next”")
		r.Shows("▸  2 “Nobody")
		r.Wheel(20, 12, 9)
		r.Hides("▸  2 “Nobody")
		r.Wheel(20, 12, -9)
		r.Shows("▸  2 “Nobody")
		r.Click(80, 25) // the list of people does not react
		r.Goes()
	})
}

func TestNothingAdded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		r := start(t, d, id, 0, 80, 24)
		r.Shows("open", "consent not asked", "Not asked", "23 of 23 questions")
		r.Press("p")
		r.Shows("no problem was kept")
		r.Press("m")
		r.Shows("nothing was promised")
		r.Press("u")
		r.Shows("! There is nothing to undo")
	})
}

func TestNoPlaybook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		began, err := d.Book.Begin(t.Context(), interview.Beginning{Customer: "Harbour Welding", Debrief: true})
		if err != nil {
			t.Fatal(err)
		}
		r := start(t, d, began.ID, 3, 80, 24)
		r.Shows("Nothing was kept in this interview.", "written down after the meeting")
		r.Press("up", "down", "tab", "shift+tab", "end", "home", "pgup", "pgdown", "t", "r", "x")
		screentest.Check(t, r.Root.Screen)
	})
}

func TestNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		r := start(t, d, interview.ID{1}, 0, 80, 24)
		r.Shows("This interview cannot be read", "no such interview")
		r.Press("x", "t", "enter", "esc")
		r.Goes(screen.GoBack{})
	})
}

// An interview of a newer hark can be read, but not changed.
func TestNewer(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, id interview.ID) {
		_, err := r.Desk.Store.Change(t.Context(), id, func(s storage.Stored) (storage.Write, error) {
			put := document.Put{Item: document.DerivedID("new"), Kind: "hologram", Body: []byte(`{}`)}
			change := s.Document.Put(document.Writer{Incarnation: 7}, r.Desk.Env.Now(), put)
			return storage.Write{
				Document: s.Document, Record: interview.Record{Kind: interview.Did, Change: change}, Summary: interview.Fold(s.Document).Summarise(),
			}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r.After(time.Second)
		r.Press("u")
		r.Shows("a newer hark wrote this interview")
	})
}

// The result of an earlier review's command must not change a later one.
func TestMessagesOfAnEarlierReview(t *testing.T) {
	d := screentest.NewDesk(t)
	id := meeting(d)
	before, later := review.New(d.Env, id, interview.Numbered, 0), review.New(d.Env, d.Begin("Café Lumière"), interview.Numbered, 0)
	if cmd := later.Update(before.Init()()); cmd != nil || later.Title() != "" {
		t.Errorf("the later review shows what the earlier one read: %q", later.Title())
	}
}

func TestLongInterview(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		for i := range 400 {
			d.Do(id, add(interview.Quote, "Ana", fmt.Sprintf("thing %d", i)))
		}
		r := start(t, d, id, 200, 80, 24)
		r.Shows("▸ 200  ", "“thing 199”", "“thing 195”")
		r.Press("end", "up")
		r.Shows("▸ ")
		r.Press("home")
		r.Shows("▸   1  ", "“thing 0”")
	})
}

func TestHostileText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		bad := "\x1b]0;owned\x07 \u202egnol \x1b[2J " + strings.Repeat("w", 130) + " 焼け直し"
		id := d.Begin(bad)
		for _, a := range []interview.Action{
			interview.Introduce{Name: bad[:100], Role: bad},
			interview.Introduce{Name: "us " + bad[:60], Role: bad, Side: interview.Ours},
			interview.Raise{Text: bad, Quoted: true, Speaker: bad[:100], Themes: []string{"t\x1b[2J"}},
			add(interview.Quote, bad[:100], bad+"\n"+bad),
			interview.Weigh{Problem: 1, HowOften: &bad, Costs: &bad, Bears: &bad, Tried: &bad, Wants: &bad},
			interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: bad[:100], Correction: bad + " x"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: bad[:100]},
			interview.AskLeftOut{Text: bad},
			interview.MustRespect{Problem: 1, Text: bad}, interview.Advise{Problem: 1, Text: bad},
			interview.Solve{Problems: []interview.Number{1}, Text: bad}, interview.Share{Solution: 1, Ours: &bad, Theirs: &bad},
			interview.React{Solution: 1, Text: bad},
			interview.Promises{Text: bad, Owner: bad[:100]},
			interview.Carry{Problem: 1, Department: bad, Owner: bad[:100]},
			interview.Reword{Problem: 1, Text: bad + " y"},
		} {
			d.Do(id, a)
		}
		r := start(t, d, id, 0, 100, 30)
		for range 60 {
			screentest.Check(t, r.Root.Screen)
			r.Press("down")
		}
		r.Press("u", "t")
		screentest.Check(t, r.Root.Screen)
	})
}

// A command for a screen opens it from here, too, and one for a shell is named with the interview's
// ID.
func TestCommandsForScreens(t *testing.T) {
	on(t, 2, func(r *screentest.Reader, id interview.ID) {
		for _, c := range []struct{ line, sees string }{
			{"/recap", "In a shell: hark recap " + id.Short()},
			{"/exprot", "type /export"},
			{"/weigh 1", "needs something to weigh"},
		} {
			r.Press("/", "ctrl+u") // the slash opens the box unless it is open
			r.Type(c.line)
			r.Press("enter")
			r.Shows(c.sees)
		}
		r.Press("ctrl+u")
		r.Type("/search weld")
		r.Press("enter")
		if gone := r.Root.Gone(); len(gone) != 1 || gone[0] != (screen.GoHome{Search: "weld"}) {
			t.Errorf("/search went to %v", gone)
		}
	})
}

func TestEditsAreStamped(t *testing.T) {
	on(t, 2, func(r *screentest.Reader, id interview.ID) {
		r.Press("f")
		r.Shows("/fix 2 ")
		r.Press("ctrl+u")
		r.Type("/fix 2 One weld in four on the hull")
		r.Press("enter")
		r.Shows("u takes it back", "▸   2", "“One weld in four on the hull”", "first written: ")
		if l, _ := r.Desk.Open(id).Line(2); l.Text != "One weld in four on the hull" || l.First == "" {
			t.Errorf("it is kept as %+v", l)
		}
		r.Press("u")
		r.Hides("One weld in four on the hull")
		r.Press("/")
		r.Shows("a command", "enter keep")
		r.Press("ctrl+u")
		r.Type(`"One thing I forgot`)
		r.Press("enter")
		r.Shows("“One thing I forgot”", "recalled")
		lines := r.Desk.Open(id).Lines
		if last := lines[len(lines)-1]; !last.Recalled {
			t.Errorf("what is typed after the meeting is kept as %+v", last)
		}
	})
}

// Names are known here as they are in the live box.
func TestKnowsWhoWasThere(t *testing.T) {
	on(t, 2, func(r *screentest.Reader, id interview.ID) {
		r.Press("/")
		r.Press("ctrl+u")
		r.Type("+Piet sends the rod sizes")
		r.Press("enter")
		r.Shows("u takes it back")
		promises := r.Desk.Open(id).Promises
		if last := promises[len(promises)-1]; last.Side != interview.Theirs || last.Owner == (interview.ID{}) {
			t.Errorf("it is kept as %+v", last)
		}
	})
}

func TestRewordsThemesAndDrops(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, id interview.ID) {
		r.Press("p", "f")
		r.Shows("/reword 1 ")
		r.Type(" of ours")
		r.Press("enter")
		r.Shows("is done twice of ours", "then")
		r.Press("#")
		r.Type("hull")
		r.Press("enter")
		r.Shows("#rework #hull")
		r.Press("r", "d")
		if _, there := r.Desk.Open(id).Line(1); there {
			t.Error("line 1 was not dropped")
		}
		r.Press("u")
		if _, there := r.Desk.Open(id).Line(1); !there {
			t.Error("line 1 did not come back")
		}
		r.Press("end", "f", "d")
		r.Shows("choose a line, a promise or a problem first")
	})
}

func TestToldAndAnswered(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, id interview.ID) {
		r.Press("m", "down", "X")
		r.Shows("it is not done yet: x marks it")
		r.Press("x", "X")
		r.Shows("they were told")
		r.Press("X")
		r.Shows("they were told already")
		r.Press("down", "X")
		r.Shows("there is no answer yet to tell them of: f types it")
		r.Press("f")
		r.Shows("/answer 10 ")
		r.Type("next week")
		r.Press("enter")
		r.Shows("answered: next week")
		r.Press("X")
		r.Shows("✓ they were told")
		r.Press("f")
		r.Press("ctrl+u")
		r.Type("/answer 10 in spring")
		r.Press("enter")
		r.Shows("answered: in spring", "they were told on 20 Nov 2026: next week")
		r.Hides("✓ they were told")
		r.Press("C")
		r.Goes(screen.GoCustomer{Name: "Harbour Welding"})
	})
}

func TestRefusedTextStays(t *testing.T) {
	on(t, 0, func(r *screentest.Reader, _ interview.ID) {
		r.Press("/")
		r.Type("nonsense")
		r.Press("enter")
		r.Shows("! ", "/nonsense")
		screentest.Check(t, r.Root.Screen)
		r.Press("ctrl+u")
		r.Type("/fix 99 what")
		r.Press("enter")
		r.Shows("! There is no number 99", "/fix 99 what")
		r.Press("esc")
		r.Hides("/fix 99")
		r.Press("/", "ctrl+u", "enter")
		r.Hides("enter keep")
	})
}

// A search hit of any kind opens at its place.
func TestOpensAtAThing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := meeting(d)
		for _, at := range []struct {
			thing  interview.Thing
			number interview.Number
			shows  string
		}{
			{interview.ThingProblem, 2, "▸  2 “Nobody knows which job is next”"},
			{interview.ThingSolution, 1, "▸  ★ 1 "},
			{interview.ThingRoute, 10, "▸  10  14:28  → problem 1"},
			{interview.Numbered, 3, "▸   3  14:08"},
		} {
			term := uitest.Start(t, d.Root(review.New(d.Env, id, at.thing, at.number)), uitest.Size(100, 30))
			if !strings.Contains(term.Screen(), at.shows) {
				t.Errorf("%s %s is not selected:\n%s", at.thing, at.number, term.Screen())
			}
		}
	})
}

// A meeting that was reopened on another day lasted as long as it was open, and what is of that day says so.
func TestReopened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := meeting(d)
		d.Do(id, interview.Reopen{}, add(interview.Paraphrase, "Piet", "The crane came late"), interview.End{})
		r := start(t, d, id, d.Open(id).Lines[len(d.Open(id).Lines)-1].Number, 100, 30)
		r.Shows("The crane came late", "on 20 Nov 2026", "–20 Nov 2026, 14:3")
		r.Hides("48 h")
	})
}
