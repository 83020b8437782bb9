package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
	"hark/ui/review"
	"hark/ui/screen"
	"hark/ui/screentest"
	"hark/ui/uitest"
)

// secret is what a customer said.
const secret = "one weld in five"

// shaky is a model that panics once a key was pressed.
type shaky struct {
	where   string
	pressed bool
}

func (s *shaky) Init() tea.Cmd { return nil }

func (s *shaky) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); !ok {
		return s, nil
	}
	s.pressed = true
	well := func() tea.Msg { return nil }
	ill := func() tea.Msg { panic(secret) }
	switch s.where {
	case "update":
		few := make([]int, 1)
		s.pressed = few[len(secret)] > 0
	case "command":
		return s, ill
	case "batch":
		return s, tea.Batch(well, ill)
	case "sequence":
		return s, tea.Sequence(well, ill)
	case "deeper":
		return s, tea.Batch(well, tea.Sequence(well, tea.Batch(well, ill)))
	}
	return s, nil
}

func (s *shaky) View() tea.View {
	if s.where == "view" && s.pressed {
		panic(secret)
	}
	return tea.NewView("shaky")
}

func TestGuard(t *testing.T) {
	for _, where := range []string{"update", "view", "command", "batch", "sequence", "deeper"} {
		t.Run(where, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "state", "hark")
			synctest.Test(t, func(t *testing.T) {
				left := 0
				g := &guard{
					inner: &shaky{where: where}, where: func() string { return "shaky" },
					alarm: make(chan struct{}),
					leave: func() screen.Rescue { left++; panic(secret) }, // fails as well
				}
				term := uitest.Start(t, g)
				term.Type("x")
				term.After(time.Second)
				if !term.Ended() {
					t.Fatal("it goes on")
				}
				if left != 1 {
					t.Errorf("it was left %d times", left)
				}
				told := g.report(folder, time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC))
				notes, err := filepath.Glob(filepath.Join(folder, "fault-20261120-143000-*.txt"))
				if err != nil || len(notes) != 1 || !strings.Contains(told.Error(), notes[0]) {
					t.Fatalf("written down in %q (%v), told %q", notes, err, told)
				}
				note, err := os.ReadFile(notes[0])
				if err != nil {
					t.Fatal(err)
				}
				want := "panic: a string, which may hold words"
				if where == "update" {
					want = "panic: runtime error: index out of range"
				}
				if text := string(note); !strings.Contains(text, want) || !strings.Contains(text, "(*shaky)") || strings.Contains(text, secret) {
					t.Errorf("written down is\n%s", text)
				}
				if strings.Contains(told.Error(), "offered again") {
					t.Errorf("it promises more than it knows: %q", told)
				}
				if told = g.report("", time.Now()); !strings.Contains(told.Error(), "could not be written down") {
					t.Errorf("without a folder it tells %q", told)
				}
			})
		})
	}
}

// The app ends even if saving never returns, and reports the text as lost.
func TestGuardDoesNotWaitForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := make(chan struct{})
		var lost []string
		g := &guard{
			inner: &shaky{where: "command"}, where: func() string { return "" }, alarm: make(chan struct{}),
			leave: func() screen.Rescue {
				return screen.Rescue{Text: []string{secret}, Save: func() (bool, []string, error) { <-never; return true, nil, nil }}
			},
			lose: func(text string, _ error) { lost = append(lost, text) },
		}
		term := uitest.Start(t, g)
		term.Type("x")
		term.After(lastWait + time.Second)
		if !term.Ended() {
			t.Error("it waits")
		}
		if told := g.report("", time.Now()).Error(); len(lost) != 1 || lost[0] != secret || strings.Contains(told, "offered again") {
			t.Errorf("it hands back %q and tells %q", lost, told)
		}
		close(never)
	})
}

// Text is reported as lost when saving it panics.
func TestARescueThatFailsReportsTheText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lost []string
		g := &guard{
			inner: &shaky{where: "command"}, where: func() string { return "" }, alarm: make(chan struct{}),
			leave: func() screen.Rescue {
				return screen.Rescue{Text: []string{secret}, Save: func() (bool, []string, error) { panic("too") }}
			},
			lose: func(text string, _ error) { lost = append(lost, text) },
		}
		term := uitest.Start(t, g)
		term.Type("x")
		term.After(time.Second)
		if !term.Ended() || len(lost) != 1 || lost[0] != secret {
			t.Errorf("it ended: %t, and hands back %q", term.Ended(), lost)
		}
	})
}

// blind is the app, but panics when it draws the secret.
type blind struct{ *App }

func (b blind) View() tea.View {
	v := b.App.View()
	if strings.Contains(v.Content, secret) {
		panic(secret)
	}
	return v
}

func (b blind) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := b.App.Update(msg)
	return b, cmd
}

// opened returns the app on an interview of a desk, with recovery.
func opened(d *screentest.Desk, id interview.ID) (*App, *guard) {
	app := New(Options{Book: d.Env.Book, Playbooks: d.Env.Playbooks, Interview: id, Zone: time.UTC, Getenv: func(string) string { return "" }})
	g := app.guard()
	g.inner = blind{app}
	return app, g
}

// Text in the box is offered again when the interview is opened.
func TestACrashLosesNoTypedText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		_, g := opened(d, id)
		term := uitest.Start(t, g)
		term.Type(secret)
		term.After(10 * time.Millisecond)
		if !term.Ended() {
			t.Fatal("it goes on")
		}
		if draft, err := d.Book.Draft(t.Context(), id); err != nil || draft != secret {
			t.Errorf("kept is %q, %v", draft, err)
		}
		told := g.report(t.TempDir(), time.Now())
		if told == nil || strings.Contains(told.Error(), secret) || !strings.Contains(told.Error(), "what was in the box is offered again") {
			t.Errorf("it tells %v", told)
		}
	})
}

// What neither the notebook nor a draft can store is reported as lost: lines, an action of a key,
// and the text in the box.
func TestAFaultHandsBackWhatCannotBeSaved(t *testing.T) {
	for name, heals := range map[string]bool{"for good": false, "for a while": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := screentest.NewDesk(t)
				id := d.Begin("Harbour Welding")
				app, g := opened(d, id)
				term := uitest.Start(t, g)
				full := errors.New("disk full")
				d.Store.Break(func() (bool, error) { return false, full })
				term.Type("a line said once")
				term.Press("enter", "tab")
				if !strings.Contains(term.Screen(), "not saved yet") {
					t.Fatalf("the screen is\n%s", term.Screen())
				}
				want, promised, draft := []string{"a line said once", "/next", secret}, false, ""
				if heals {
					d.Store.Break(nil)
					want, promised, draft = []string{"/next"}, true, "a line said once"+storage.BetweenDrafts+secret
				}
				term.Type(secret)
				term.After(10 * time.Millisecond)
				if !term.Ended() {
					t.Fatal("it goes on")
				}
				lost, why := app.Lost()
				if !slices.Equal(lost, want) || !errors.Is(why, full) {
					t.Errorf("handed back is %q, because of %v", lost, why)
				}
				if saved, err := d.Book.Draft(t.Context(), id); err != nil || saved != draft {
					t.Errorf("kept is %q, %v", saved, err)
				}
				told := g.report("", time.Now()).Error()
				if strings.Contains(told, "offered again") != promised || !strings.Contains(told, "could not be saved stands below") {
					t.Errorf("it tells %q", told)
				}
			})
		})
	}
}

// hurt is the app, but panics on enter, which loses its command, or while drawing after f5.
type hurt struct {
	*App
	onEnter bool
	pressed bool // f5
}

func (h *hurt) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := h.App.Update(msg)
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if h.onEnter && key.String() == "enter" {
			panic(secret)
		}
		h.pressed = key.String() == "f5"
	}
	return h, cmd
}

func (h *hurt) View() tea.View {
	if h.pressed {
		panic(secret)
	}
	return h.App.View()
}

// A line that is being written during a crash is afterwards either in the notebook or in the draft,
// whatever the result of the write, and whether it was begun at all.
func TestACrashSavesALineBeingWrittenOnce(t *testing.T) {
	const correction = "/fix 1 " + secret
	for name, c := range map[string]struct {
		commandLost bool
		write       func(d *screentest.Desk, id interview.ID) error // before the store is asked
		says        string                                          // line 1 afterwards
		draft       string
	}{
		"it lands": {says: secret},
		"it fails": {
			write: func(*screentest.Desk, interview.ID) error { return errors.New("disk full") },
			says:  "a line", draft: correction,
		},
		"it panics": {
			write: func(*screentest.Desk, interview.ID) error { panic(secret) },
			says:  "a line", draft: correction,
		},
		"it is refused and waits to be settled": {
			write: func(d *screentest.Desk, id interview.ID) error {
				_, err := d.Book.Apply(context.Background(), id, interview.Drop{Number: 1}, notebook.Live) // in another window
				return err
			},
			says: correction,
		},
		"it is not begun": {commandLost: true, says: "a line", draft: correction},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := screentest.NewDesk(t)
				id := d.Begin("Harbour Welding")
				d.Do(id, interview.Add{Kind: interview.Paraphrase, Text: "a line"})
				flaky := &notebooktest.Flaky{Store: d.Store.Store} // the desk's own window writes past it
				d.Reopen(flaky)
				app, g := opened(d, id)
				g.inner = &hurt{App: app, onEnter: c.commandLost}
				term := uitest.Start(t, g)
				term.Type(correction)
				term.After(time.Second) // so that the draft is saved
				var tried atomic.Bool
				flaky.Break(func() (bool, error) {
					time.Sleep(200 * time.Millisecond) // the crash comes meanwhile
					if tried.Swap(true) || c.write == nil {
						return true, nil
					}
					return false, c.write(d, id)
				})
				term.Press("enter", "f5")
				term.After(time.Second)
				if !term.Ended() {
					t.Fatal("it goes on")
				}
				if lost, why := app.Lost(); len(lost) > 0 {
					t.Errorf("handed back is %q, because of %v", lost, why)
				}
				draft, err := d.Book.Draft(t.Context(), id)
				if err != nil || draft != c.draft {
					t.Errorf("in the box is %q, %v", draft, err)
				}
				says := ""
				if l := d.Open(id).Lines; len(l) > 0 {
					says = l[0].Text
				}
				if says != c.says {
					t.Errorf("in the notebook is %q", says)
				}
				if told := g.report("", time.Now()).Error(); strings.Contains(told, "offered again") != (c.draft != "") {
					t.Errorf("it tells %q", told)
				}
			})
		})
	}
}

// A screen without drafts promises none.
func TestACrashPromisesNoDraftWhereThereIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		d.Do(id, interview.Add{Kind: interview.Paraphrase, Text: "a line"})
		app, g := opened(d, id)
		term := uitest.Start(t, g)
		term.Send(screen.GoReview{Interview: id})
		term.Press("/")
		term.Type(secret)
		term.After(10 * time.Millisecond)
		if !term.Ended() {
			t.Fatalf("it goes on:\n%s", term.Screen())
		}
		if _, ok := app.screen.(*review.Model); !ok {
			t.Fatalf("it ended on %T", app.screen)
		}
		app.screen.Leave() // stops waiting for other windows
		if told := g.report("", time.Now()).Error(); strings.Contains(told, "offered again") || !strings.Contains(told, "still being typed") {
			t.Errorf("it tells %q", told)
		}
	})
}
