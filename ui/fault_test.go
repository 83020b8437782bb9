package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/ui/screentest"
	"hark/ui/uitest"
)

// secret is what a customer said.
const secret = "one weld in five"

// shaky is a model that panics somewhere once a key was pressed.
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
					leave: func() tea.Cmd { left++; panic(secret) }, // that fails as well
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
				if told = g.report("", time.Now()); !strings.Contains(told.Error(), "could not be written down") {
					t.Errorf("without a folder it tells %q", told)
				}
			})
		})
	}
}

// Whatever the fault was waiting for, the app ends.
func TestGuardDoesNotWaitForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := make(chan struct{})
		g := &guard{
			inner: &shaky{where: "command"}, where: func() string { return "" }, alarm: make(chan struct{}),
			leave: func() tea.Cmd { return func() tea.Msg { <-never; return nil } },
		}
		term := uitest.Start(t, g)
		term.Type("x")
		term.After(lastWait + time.Second)
		if !term.Ended() {
			t.Error("it waits")
		}
		close(never)
	})
}

// blind is the app, which cannot draw what holds a word.
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

// What was in the box a moment before is there when the interview is opened again.
func TestAFaultCostsNothingTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		id := d.Begin("Harbour Welding")
		app := New(Options{Book: d.Book, Playbooks: d.Env.Playbooks, Interview: id, Zone: time.UTC, Getenv: func(string) string { return "" }})
		g := app.guard()
		g.inner = blind{app}
		term := uitest.Start(t, g)
		term.Type(secret)
		term.After(10 * time.Millisecond)
		if !term.Ended() {
			t.Fatal("it goes on")
		}
		if draft, err := d.Book.Draft(t.Context(), id); err != nil || draft != secret {
			t.Errorf("kept is %q, %v", draft, err)
		}
		if told := g.report(t.TempDir(), time.Now()); told == nil || strings.Contains(told.Error(), secret) {
			t.Errorf("it tells %v", told)
		}
	})
}
