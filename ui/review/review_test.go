package review_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

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
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana Duarte", Themes: []string{"rework"}},
		add(interview.Quote, "Ana Duarte", "The whole Friday batch came back, all forty of them, and nobody could tell me which rod had been in which machine."),
		add(interview.Observation, "", "Scrap goes in the skip, nobody counts it"),
		interview.Tie{Number: 3, Problem: 1},
		interview.Ask{Number: 11},
		interview.Raise{Text: "Nobody knows which job is next", Speaker: "Piet"},
		add(interview.Thought, "", "Sounds as if two foremen plan the same machine"),
		add(interview.FollowUp, "", "ask what a skip costs"),
		interview.Weigh{Problem: 1, HowOften: ptr("every day"), HowBad: ptr(4), Costs: ptr("two shifts a week"), Bears: ptr("the night shift")},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Ana Duarte", Correction: "One weld in five on the hull is done twice"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana Duarte"},
		interview.SetAside{Problem: 2, Reason: "the new planner starts in January"},
		interview.AskLeftOut{Text: "The classification society wants every rework on paper"},
		interview.MustRespect{Problem: 1, Text: "Welders choose their own settings"},
		interview.Solve{Problems: []int{1}, Text: "Tag each rod bundle with the machine it went to"},
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

// reading is the review on a terminal.
type reading struct {
	*uitest.Terminal
	t    *testing.T
	desk *screentest.Desk
	root *screentest.Root
}

func start(t *testing.T, d *screentest.Desk, id interview.ID, number, width, height int) *reading {
	t.Helper()
	root := d.Root(review.New(d.Env, id, interview.Numbered, number))
	return &reading{uitest.Start(t, root, uitest.Size(width, height)), t, d, root}
}

// on runs a user's steps in the review of a whole meeting.
func on(t *testing.T, number int, steps func(r *reading, id interview.ID)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := meeting(d)
		steps(start(t, d, id, number, 100, 30), id)
	})
}

func (r *reading) shows(texts ...string) {
	r.t.Helper()
	got := r.Screen()
	for _, text := range texts {
		if !strings.Contains(got, text) {
			r.t.Errorf("the screen does not show %q:\n%s", text, got)
		}
	}
}

func (r *reading) hides(texts ...string) {
	r.t.Helper()
	got := r.Screen()
	for _, text := range texts {
		if strings.Contains(got, text) {
			r.t.Errorf("the screen shows %q:\n%s", text, got)
		}
	}
}

// goes checks where the screen asked to go.
func (r *reading) goes(want ...tea.Msg) {
	r.t.Helper()
	if diff := cmp.Diff(want, r.root.Gone()); diff != "" {
		r.t.Errorf("it goes (-want +got):\n%s\nthe screen is:\n%s", diff, r.Screen())
	}
}

// clickOn clicks on the first occurrence of a text.
func (r *reading) clickOn(text string) {
	r.t.Helper()
	for y, line := range strings.Split(r.Screen(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			r.Click(utf8.RuneCountInString(before), y)
			return
		}
	}
	r.t.Fatalf("the screen does not show %q:\n%s", text, r.Screen())
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
				screentest.Check(t, r.root.Screen)
			})
		})
	}
}

func TestOpensAtTheLine(t *testing.T) {
	on(t, 6, func(r *reading, _ interview.ID) {
		r.shows("▸   6  14:13  ✎ Sounds as if", "▸ What was said")
	})
	on(t, 9, func(r *reading, _ interview.ID) { // a promise
		r.shows("▸   9  ", "List the machines", "▸ Promises")
	})
	on(t, 10, func(r *reading, _ interview.ID) { // a route
		r.shows("▸  10  14:28  → problem 1 to engineering", "▸ Carried further")
	})
	on(t, 99, func(r *reading, _ interview.ID) { // it is gone
		r.shows("▸  1 “One weld in five on the hull is done twice”")
	})
}

func TestSections(t *testing.T) {
	on(t, 0, func(r *reading, _ interview.ID) {
		r.Press("m")
		r.shows("▸ Promises", "▸   8")
		r.Press("r")
		r.shows("▸ What was said", "▸   1  14:05")
		r.Press("p")
		r.shows("▸ Their problems")
		r.Press("shift+tab")
		r.shows("▸ Not asked", "▸   1  ○ I would like to take notes")
		r.Press("tab", "tab")
		r.shows("▸ What was left out")
		r.clickOn("Worked out together")
		r.shows("▸ Worked out together", "▸    problem 1")
	})
}

func TestArrange(t *testing.T) {
	on(t, 7, func(r *reading, _ interview.ID) {
		r.shows("by stage ╮", "What it costs", "How often does it come up?", "▸   7")
		r.Press("t")
		r.shows("by time ╮", "▸   7", "t by stage")
		r.Press("r")
		r.shows("▸   1  14:05")
		r.hides("Before any question")
		r.Press("t")
		r.shows("Before any question", "▸   1  14:05")
	})
}

func TestGoesOn(t *testing.T) {
	on(t, 0, func(r *reading, id interview.ID) {
		r.Press("c", "enter", "q", "esc")
		live, home := screen.GoLive{Interview: id}, screen.GoBack{}
		r.goes(live, live, home, home)
	})
}

func TestPromiseIsDone(t *testing.T) {
	on(t, 0, func(r *reading, id interview.ID) {
		r.Press("x")
		r.shows("choose a promise first: m goes to the promises")
		r.Press("m", "down", "x")
		r.shows("▸   9", "Piet · ✓ done", "1 of 2 done")
		if p, _ := r.desk.Open(id).Promise(9); p.DoneAt.IsZero() {
			t.Error("it is not done")
		}
		r.Press("x")
		r.shows("it is done already")
		r.Press("u")
		r.shows("› undid: ", "0 of 2 done", "Piet · due Wednesday")
		r.Press("U")
		r.shows("› brought back: ", "1 of 2 done")
		r.Press("ctrl+r")
		r.shows("! There is nothing to bring back")
	})
}

func TestUndoOfWhatWasSelected(t *testing.T) {
	on(t, 0, func(r *reading, id interview.ID) {
		r.desk.Do(id, add(interview.Quote, "Piet", "One thing more"))
		r.After(time.Second)
		r.Press("end", "t", "r", "end")
		r.Press("r", "tab", "shift+tab", "pgdown")
		r.Press("u")
		r.hides("One thing more")
		screentest.Check(t, r.root.Screen)
	})
}

func TestChangeFails(t *testing.T) {
	on(t, 0, func(r *reading, _ interview.ID) {
		r.desk.Store.Fail(errors.New("the disk is full"))
		r.Press("m", "x")
		r.shows("! That was not saved: the disk is full", "0 of 2 done")
		r.Press("down")
		r.hides("the disk is full")
	})
}

// Changes of other windows show within a second, and the selection stays.
func TestOtherWindows(t *testing.T) {
	on(t, 6, func(r *reading, id interview.ID) {
		r.desk.Do(id, add(interview.Quote, "Piet", "One thing more"))
		r.After(time.Second)
		r.shows("What was said            8", "One thing more", "▸   6  14:13")
		r.desk.Do(id, interview.Drop{Number: 2})
		r.After(time.Second)
		r.shows("What was said            7", "▸   6  14:13")
	})
}

func TestMouse(t *testing.T) {
	on(t, 0, func(r *reading, _ interview.ID) {
		r.clickOn("“Nobody knows which job is next”")
		r.shows("▸  2 “Nobody")
		r.Wheel(20, 12, 9)
		r.hides("▸  2 “Nobody")
		r.Wheel(20, 12, -9)
		r.shows("▸  2 “Nobody")
		r.Click(80, 25) // the list of people does not react
		r.goes()
	})
}

func TestNothingAdded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		r := start(t, d, id, 0, 80, 24)
		r.shows("open", "consent not asked", "Not asked", "23 of 23 questions")
		r.Press("p")
		r.shows("no problem was kept")
		r.Press("m")
		r.shows("nothing was promised")
		r.Press("u")
		r.shows("! There is nothing to undo")
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
		r.shows("Nothing was kept in this interview.", "written down afterwards")
		r.Press("up", "down", "tab", "shift+tab", "end", "home", "pgup", "pgdown", "t", "r", "x")
		screentest.Check(t, r.root.Screen)
	})
}

func TestNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		r := start(t, d, interview.ID{1}, 0, 80, 24)
		r.shows("This interview cannot be read", "no such interview")
		r.Press("x", "t", "enter", "esc")
		r.goes(screen.GoBack{})
	})
}

// An interview of a newer hark can be read, but not changed.
func TestNewer(t *testing.T) {
	on(t, 0, func(r *reading, id interview.ID) {
		_, err := r.desk.Store.Change(t.Context(), id, func(s storage.Stored) (storage.Write, error) {
			put := document.Put{Item: document.DerivedID("new"), Kind: "hologram", Body: []byte(`{}`)}
			change := s.Document.Put(document.Writer{Incarnation: 7}, r.desk.Env.Now(), put)
			return storage.Write{Document: s.Document, Record: interview.Record{Kind: interview.Did, Change: change}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r.After(time.Second)
		r.Press("u")
		r.shows("a newer hark wrote this interview")
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
		r.shows("▸ 200  ", "“thing 199”", "“thing 195”")
		r.Press("end", "up")
		r.shows("▸ ")
		r.Press("home")
		r.shows("▸   1  ", "“thing 0”")
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
			interview.Raise{Text: bad, Speaker: bad[:100], Themes: []string{"t\x1b[2J"}},
			add(interview.Quote, bad[:100], bad+"\n"+bad),
			interview.Weigh{Problem: 1, HowOften: &bad, Costs: &bad, Bears: &bad, Tried: &bad, Wants: &bad},
			interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: bad[:100], Correction: bad + " x"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: bad[:100]},
			interview.AskLeftOut{Text: bad},
			interview.MustRespect{Problem: 1, Text: bad}, interview.Advise{Problem: 1, Text: bad},
			interview.Solve{Problems: []int{1}, Text: bad}, interview.Share{Solution: 1, Ours: &bad, Theirs: &bad},
			interview.React{Solution: 1, Text: bad},
			interview.Promises{Text: bad, Owner: bad[:100]},
			interview.Carry{Problem: 1, Department: bad, Owner: bad[:100]},
			interview.Reword{Problem: 1, Text: bad + " y"},
		} {
			d.Do(id, a)
		}
		r := start(t, d, id, 0, 100, 30)
		for range 60 {
			screentest.Check(t, r.root.Screen)
			r.Press("down")
		}
		r.Press("u", "t")
		screentest.Check(t, r.root.Screen)
	})
}

func TestEditsAreStamped(t *testing.T) {
	on(t, 2, func(r *reading, id interview.ID) {
		r.Press("f")
		r.shows("/fix 2 ")
		r.Press("ctrl+u")
		r.Type("/fix 2 One weld in four on the hull")
		r.Press("enter")
		r.shows("u takes it back", "▸   2", "“One weld in four on the hull”", "first written: ")
		if l, _ := r.desk.Open(id).Line(2); l.Text != "One weld in four on the hull" || l.First == "" {
			t.Errorf("it is kept as %+v", l)
		}
		r.Press("u")
		r.hides("One weld in four on the hull")
		r.Press("/")
		r.shows("a command", "enter keep")
		r.Press("ctrl+u")
		r.Type(`"One thing I forgot`)
		r.Press("enter")
		r.shows("“One thing I forgot”", "recalled")
		lines := r.desk.Open(id).Lines
		if last := lines[len(lines)-1]; !last.Recalled {
			t.Errorf("what is typed after the meeting is kept as %+v", last)
		}
	})
}

func TestRewordsThemesAndDrops(t *testing.T) {
	on(t, 0, func(r *reading, id interview.ID) {
		r.Press("p", "f")
		r.shows("/reword 1 ")
		r.Type(" of ours")
		r.Press("enter")
		r.shows("is done twice of ours", "then")
		r.Press("#")
		r.Type("hull")
		r.Press("enter")
		r.shows("#rework #hull")
		r.Press("r", "d")
		if _, there := r.desk.Open(id).Line(1); there {
			t.Error("line 1 was not dropped")
		}
		r.Press("u")
		if _, there := r.desk.Open(id).Line(1); !there {
			t.Error("line 1 did not come back")
		}
		r.Press("end", "f", "d")
		r.shows("choose a line, a promise or a problem first")
	})
}

func TestToldAndAnswered(t *testing.T) {
	on(t, 0, func(r *reading, id interview.ID) {
		r.Press("m", "down", "X")
		r.shows("it is not done yet: x marks it")
		r.Press("x", "X")
		r.shows("they were told")
		r.Press("X")
		r.shows("they were told already")
		r.Press("down", "X")
		r.shows("there is no answer yet to tell them of: f types it")
		r.Press("f")
		r.shows("/answer 10 ")
		r.Type("next week")
		r.Press("enter")
		r.shows("answered: next week")
		r.Press("X")
		r.shows("✓ they were told")
		r.Press("C")
		r.goes(screen.GoCustomer{Name: "Harbour Welding"})
	})
}

func TestRefusedTextStays(t *testing.T) {
	on(t, 0, func(r *reading, _ interview.ID) {
		r.Press("/")
		r.Type("nonsense")
		r.Press("enter")
		r.shows("! ", "/nonsense")
		screentest.Check(t, r.root.Screen)
		r.Press("ctrl+u")
		r.Type("/fix 99 what")
		r.Press("enter")
		r.shows("! There is no number 99", "/fix 99 what")
		r.Press("esc")
		r.hides("/fix 99")
		r.Press("/", "ctrl+u", "enter")
		r.hides("enter keep")
	})
}

// A search hit of any kind opens at its place.
func TestOpensAtAThing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := meeting(d)
		for _, at := range []struct {
			thing  interview.Thing
			number int
			shows  string
		}{
			{interview.ThingProblem, 2, "▸  2 “Nobody knows which job is next”"},
			{interview.ThingSolution, 1, "▸  ★ 1 "},
			{interview.ThingRoute, 10, "▸  10  14:28  → problem 1"},
			{interview.Numbered, 3, "▸   3  14:08"},
		} {
			term := uitest.Start(t, d.Root(review.New(d.Env, id, at.thing, at.number)), uitest.Size(100, 30))
			if !strings.Contains(term.Screen(), at.shows) {
				t.Errorf("%s %d is not selected:\n%s", at.thing, at.number, term.Screen())
			}
		}
	})
}
