package live_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/playbook"
	"hark/internal/storage"
	"hark/ui"
	"hark/ui/uitest"
)

// meeting is an interview in an emulated terminal.
type meeting struct {
	*uitest.Terminal
	t     *testing.T
	book  *notebook.Notebook
	store *notebooktest.Flaky
	id    interview.ID
	now   func() time.Time
	seed  *rand.ChaCha8
}

// meetingStart is when the interviews of these tests begin.
func meetingStart() time.Time { return time.Date(2026, 11, 20, 14, 14, 0, 0, time.UTC) }

// startMeeting begins an interview in a terminal of the given size.
func startMeeting(t *testing.T, width, height int) *meeting {
	t.Helper()
	return start(t, width, height, interview.Beginning{})
}

// start opens an interview that begins so, apart from its customer and playbook.
func start(t *testing.T, width, height int, b interview.Beginning) *meeting {
	t.Helper()
	offset := time.Until(meetingStart()) // synctest's clock starts at another date
	tb := &meeting{t: t, store: notebooktest.New(t), now: func() time.Time { return time.Now().Add(offset).UTC() }, seed: rand.NewChaCha8([32]byte{1})}
	tb.reopen(tb.store)
	p, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		t.Fatal(err)
	}
	b.Customer, b.Playbook = "Harbour Welding", p
	r, err := tb.book.Begin(context.Background(), b)
	if err != nil {
		t.Fatal(err)
	}
	tb.id = r.ID
	tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(width, height))
	return tb
}

// reopen opens the notebook again, on the store or a wrapper of it.
func (tb *meeting) reopen(store storage.Store) {
	tb.t.Helper()
	book, err := notebook.New(notebook.Options{Store: store, Now: tb.now, Random: tb.seed, Author: "me"})
	if err != nil {
		tb.t.Fatal(err)
	}
	tb.book = book
}

// app returns the app on this interview, as another window would open it.
func (tb *meeting) app() *ui.App {
	return ui.New(ui.Options{
		Book: tb.book, Playbooks: playbook.NewLibrary(""), Interview: tb.id, Zone: time.UTC, Getenv: func(string) string { return "" },
		Departments: []string{"engineering", "marketing"},
	})
}

// enter types lines, each followed by Enter.
func (tb *meeting) enter(lines ...string) {
	tb.t.Helper()
	for _, l := range lines {
		tb.Type(l)
		tb.Press("enter")
	}
}

// stored reads the interview from the notebook.
func (tb *meeting) stored() *interview.Interview {
	tb.t.Helper()
	v, err := tb.book.Open(context.Background(), tb.id)
	if err != nil {
		tb.t.Fatal(err)
	}
	return v.Interview
}

// sees fails unless the screen shows all of the texts.
func (tb *meeting) sees(texts ...string) {
	tb.t.Helper()
	screen := tb.Screen()
	for _, want := range texts {
		if !strings.Contains(screen, want) {
			tb.t.Fatalf("the screen does not show %q:\n%s", want, screen)
		}
	}
}

// lacks fails when the screen shows the text.
func (tb *meeting) lacks(text string) {
	tb.t.Helper()
	if screen := tb.Screen(); strings.Contains(screen, text) {
		tb.t.Fatalf("the screen shows %q:\n%s", text, screen)
	}
}

func TestSizes(t *testing.T) {
	for name, size := range map[string][2]int{"60x20": {60, 20}, "80x24": {80, 24}, "100x30": {100, 30}, "200x50": {200, 50}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, size[0], size[1])
				tb.Golden("empty-" + name)
				tb.enter(`@Ana "We rework about one weld in five.`, "Scrap goes in the skip, nobody counts it", "?ask what a skip costs",
					`!"One weld in five is done twice`, `+send the norm sheet @us due friday`, `~the night shift board is empty`, `>they would like our jig`)
				tb.Press("tab", "tab")
				tb.Type(`"The whole Friday batch came back.`)
				tb.Golden("under-way-" + name)
			})
		})
	}
}
