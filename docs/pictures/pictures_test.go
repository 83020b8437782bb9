// Package pictures holds pictures of every screen for the README, and the test that makes them: a
// sample meeting, typed into the app in a terminal emulator.
package pictures

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/playbook"
	"hark/ui"
	"hark/ui/theme"
	"hark/ui/uitest"
)

// The size of the terminal in the pictures.
const (
	width  = 100
	height = 30
)

// The pictures must show what the program shows; go test ./docs/pictures -update writes them.
func TestPictures(t *testing.T) {
	for _, scheme := range []struct {
		setting theme.Setting
		palette theme.Palette
	}{{theme.AlwaysDark, theme.Dark()}, {theme.AlwaysLight, theme.Light()}} {
		t.Run(string(scheme.setting), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { (&session{t: t, setting: scheme.setting, palette: scheme.palette}).take() })
		})
	}
}

// session is the app in a terminal, with a clock that the steps set.
type session struct {
	*uitest.Terminal
	t       *testing.T
	setting theme.Setting
	palette theme.Palette
	book    *notebook.Notebook

	mu  sync.Mutex
	now time.Time
}

func (s *session) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// later advances the clock.
func (s *session) later(d time.Duration) {
	s.mu.Lock()
	s.now = s.now.Add(d)
	s.mu.Unlock()
}

// at sets the time in November 2026.
func (s *session) at(day, hour, minute int) {
	s.mu.Lock()
	s.now = time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC)
	s.mu.Unlock()
}

// take takes pictures during a whole meeting.
func (s *session) take() {
	book, err := notebook.New(notebook.Options{Store: notebooktest.New(s.t), Now: s.clock, Random: rand.NewChaCha8([32]byte{1}), Author: "Mia"})
	if err != nil {
		s.t.Fatal(err)
	}
	s.book = book
	s.earlier()
	s.at(20, 14, 13)
	s.Terminal = uitest.Start(s.t, ui.New(ui.Options{
		Book: book, Playbooks: playbook.NewLibrary(""), Zone: time.UTC, Getenv: func(string) string { return "" }, Setting: s.setting, Motion: true,
	}), uitest.Size(width, height))
	s.picture("library", "The library: what was promised, and the interviews there are")
	s.Press("/")
	s.Type("weld")
	s.After(time.Second)
	s.picture("search", "A search through everything said")
	s.Press("esc", "n")
	s.Type("harb")
	s.Press("down")
	s.picture("new", "A new interview with a customer met before")
	s.Press("enter")
	s.After(time.Second)
	s.slowly("ctrl+t")
	s.picture("earlier", "What the customer told us before")
	s.Press("esc")
	s.listen()
	s.confirm()
	s.workOut()
	s.slowly("esc", "v", "enter")
	s.picture("review", "A past interview, to read")
	s.review()
}

// review looks back over all interviews. It ends in the library: nothing may
// wait for other windows when the test ends.
func (s *session) review() {
	s.slowly("esc", "esc", "l", "enter")
	s.Press("home", "c")
	s.picture("customer", "Everything with one customer on one page")
	s.Press("esc", "i")
	s.picture("insight", "Themes by customers, and what speaks for and against them")
	s.Press("esc", "p")
	s.picture("promises", "Promises and routes: who owes what")
	s.Press("esc", "a")
	s.picture("advisers", "The board of advisers, and what we owe them")
	s.Press("esc")
}

// earlier fills the notebook with some weeks of interviews.
func (s *session) earlier() {
	s.at(4, 9, 0)
	s.meet("Nordwind Logistik", "@Jens !\"Half the lorries drive home empty", "/theme 1 #planning", "/consent yes name", "/outcome no-fit", "/end")
	s.at(10, 16, 0)
	s.meet("Café Lumière", "/person Claire, owner", "@Claire !\"The till and the kitchen never agree",
		`/impact 1 how-often="every evening" how-bad=3 costs="an hour of counting"`, "/playback 1 yes by Claire",
		"+show what the kitchen printer sends due 17 nov", "+@Claire sends the till reports of October due 24 nov", "/left-out", "/theme 1 #handover",
		"/adviser Claire yes", "/route 1 engineering @Mia due 24 nov", "/route 1 marketing", "/answer 5 the page says so from January on",
		"/outcome worked-out", "/end")
	s.at(12, 10, 0)
	s.meet("Harbour Welding", "/consent yes role", "/person Ana, foreman", "/person Piet, owner", "@Ana !\"One weld in five is done twice",
		`/impact 1 how-often="every week" how-bad=4`, "/playback 1 yes by Ana", "@Piet !\"The steel comes late and nobody tells us",
		"+send the norm sheet @us due 17 nov", "+@Piet sends last year's complaints", "/theme 1 #rework", "/theme 2 #planning #handover", "/adviser Ana yes", "/outcome more-to-learn", "/end")
	s.at(18, 10, 0)
	s.meet("Bäckerei Sonnenschein", `@"Herr Lang" !"We throw bread away every night`, "+come back with somebody who bakes", "/outcome more-to-learn", "/end")
}

// listen types what is said.
func (s *session) listen() {
	for _, line := range []string{
		"/consent yes role", "/stage The problem", `@Ana "We rework about one weld in five.`, "Scrap goes in the skip, nobody counts it",
		"!\"One weld in five is done twice", "?ask what a skip costs", "~the board for the night shift is empty",
		"@Piet !\"Nobody knows which job is next", "/solve 1 a jig for each station", "+send the norm sheet again @us by friday",
	} {
		s.enter(line)
	}
	s.Press("tab")
	s.later(time.Minute)
	s.Type(`@Ana "The whole Friday batch came back.`)
	s.picture("live", "The live screen while somebody is talking")
	s.Press("f1")
	s.picture("help", "Every key, and what can be typed")
	s.Press("esc", "enter")
	s.Type("/im")
	s.picture("offers", "Commands offered while they are typed")
	s.Press("ctrl+u", "ctrl+g")
	s.picture("locked", "What is still missing before solutions unlock")
	s.slowly("esc", "up", "right")
	s.picture("selecting", "A problem selected: enter corrects it, esc and a key do more")
	s.Press("esc")
	s.picture("one-key", "What one key after esc does")
}

// confirm weighs the problems and plays them back.
func (s *session) confirm() {
	s.slowly("w")
	s.Type("2")
	s.Press("tab")
	s.Type("4")
	s.Type("a day of two people, every week")
	s.Press("tab")
	s.Type("the night shift")
	s.Press("tab", "tab")
	s.Type("to know it before the plate is cut")
	s.picture("weighing", "Weighing a problem in six short fields")
	s.slowly("esc", "esc", "p", "tab", "e")
	s.Press("ctrl+u")
	s.Type("One weld in four is done twice")
	s.slowly("enter", "esc", "p")
	s.picture("playback", "Playing a problem back, its first wording next to today's")
	s.slowly("y")
	s.later(time.Minute)
	s.slowly("esc", "esc", "esc", "s", "enter") // the second esc ends the selection: s is about the next problem
	s.Type("with the new planner, from January on")
	s.Press("enter")
	s.enter("/left-out the paint shop waits for us")
	s.picture("opened", "The moment in which solutions unlock")
}

// workOut finds a solution together, and ends the interview.
func (s *session) workOut() {
	for _, line := range []string{
		"/respect 1 the welders choose their own order", "/solve 1 a jig for each station", `/share 1 theirs="Ana tries it on line 2" ours="we build the first one"`,
		"/react 1 if it fits the old benches", "/agree 1", "/advise 1 cool the plate before the second pass",
	} {
		s.enter(line)
	}
	s.Press("ctrl+g")
	s.picture("work-it-out", "Working it out together")
	s.Press("esc")
	s.enter("/end")
	s.picture("ending", "How did it end?")
	s.slowly("enter")
	s.picture("next", "What comes next")
	s.slowly("esc")
}

// slowly presses keys as somebody who looks at the screen does.
func (s *session) slowly(keys ...string) {
	for _, k := range keys {
		s.Press(k)
		s.After(time.Second)
	}
}

// enter adds a line, a minute after the last one.
func (s *session) enter(line string) {
	s.later(time.Minute)
	s.Type(line)
	s.Press("enter")
}

// meet adds an interview of some lines, a minute apart.
func (s *session) meet(customer string, lines ...string) {
	guide, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := s.book.Begin(context.Background(), interview.Beginning{Customer: customer, Playbook: guide})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, line := range lines {
		s.later(time.Minute)
		action, err := capture.Parse(line, s.clock())
		if err == nil {
			_, err = s.book.Apply(context.Background(), r.ID, action, notebook.Live)
		}
		if err != nil {
			s.t.Fatalf("%s: %v", line, err)
		}
	}
}

// picture compares the screen with the picture of that name, or writes it.
func (s *session) picture(name, title string) {
	s.t.Helper()
	file := name + "-" + string(s.setting) + ".svg"
	got := svg(s.Terminal, title, s.palette, width, height)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.t.Errorf("there is no picture %s; go test ./docs/pictures -update makes it", file)
	case err != nil:
		s.t.Error(err)
	case string(want) != got:
		s.t.Errorf("%s does not show the screen any more; go test ./docs/pictures -update makes it anew:\n%s", file, s.Screen())
	}
}
