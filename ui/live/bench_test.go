package live_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/plain"
	"hark/internal/playbook"
	"hark/ui"
	"hark/ui/uitest"
)

// The size that the benchmarks draw in.
const (
	benchWidth  = 120
	benchHeight = 40
)

// underWay returns the app, not started yet, on a live interview with the given number of lines,
// some of them problems.
func underWay(tb testing.TB, lines, problems int) *ui.App {
	tb.Helper()
	now := func() time.Time { return meetingStart().Add(18 * time.Minute) }
	book, err := notebook.New(notebook.Options{Store: notebooktest.New(tb), Now: now, Random: rand.NewChaCha8([32]byte{1}), Author: "me"})
	if err != nil {
		tb.Fatal(err)
	}
	p, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := book.Begin(context.Background(), interview.Beginning{Customer: "Harbour Welding", Playbook: p})
	if err != nil {
		tb.Fatal(err)
	}
	kinds := []interview.LineKind{interview.Quote, interview.Paraphrase, interview.Observation, interview.Thought}
	for i := range lines {
		var said interview.Action = interview.Add{
			Kind: kinds[i%len(kinds)], Text: fmt.Sprintf("Line %d: the whole Friday batch came back, and nobody could say why", i+1), Speaker: "Ana",
		}
		if problems > 0 && i%(lines/problems) == 0 {
			said = interview.Raise{Text: fmt.Sprintf("Problem at line %d: one weld in five is done twice", i+1), Quoted: true}
		}
		if _, err := book.Apply(context.Background(), r.ID, said, notebook.Live); err != nil {
			tb.Fatal(err)
		}
	}
	return ui.New(ui.Options{
		Book: book, Playbooks: playbook.NewLibrary(""), Interview: r.ID, Zone: time.UTC, Getenv: func(string) string { return "" },
	})
}

// started sends the app the messages that Bubble Tea sends at the start, and returns once it shows
// want.
func started(b *testing.B, app *ui.App, want string) {
	b.Helper()
	msgs := make(chan tea.Msg)
	var run func(tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() { // the command may sleep longer than the benchmark runs
			msg := cmd()
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, one := range batch {
					run(one)
				}
				return
			}
			select {
			case msgs <- msg:
			case <-b.Context().Done():
			}
		}()
	}
	send := func(msg tea.Msg) {
		_, cmd := app.Update(msg)
		run(cmd)
	}
	run(app.Init())
	send(tea.WindowSizeMsg{Width: benchWidth, Height: benchHeight})
	send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	for deadline := time.After(10 * time.Second); !strings.Contains(app.View().Content, want); {
		select {
		case msg := <-msgs:
			send(msg)
		case <-deadline:
			b.Fatalf("the app does not show %q:\n%s", want, app.View().Content)
		}
	}
}

// keys are typed words; the line is cleared at the end of each round, so that the box stays one
// line long.
func keys() []tea.KeyPressMsg {
	var all []tea.KeyPressMsg
	for _, r := range "nobody counts what goes in the skip" {
		all = append(all, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return append(all, tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
}

// BenchmarkKey measures one key: update and view, without the renderer.
func BenchmarkKey(b *testing.B) {
	for _, size := range []struct{ lines, problems int }{{10, 2}, {300, 12}} {
		name := fmt.Sprintf("lines=%d", size.lines)
		last := fmt.Sprintf("Line %d:", size.lines)
		b.Run(name, func(b *testing.B) {
			app, keys := underWay(b, size.lines, size.problems), keys()
			started(b, app, last)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				app.Update(keys[i%len(keys)])
				app.View()
			}
		})
		b.Run(name+"-update", func(b *testing.B) {
			app, keys := underWay(b, size.lines, size.problems), keys()
			started(b, app, last)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				app.Update(keys[i%len(keys)])
			}
		})
	}
}

// tap records what is written to a terminal.
type tap struct {
	mu    sync.Mutex
	bytes bytes.Buffer
}

// Write implements io.Writer.
func (t *tap) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes.Write(p)
}

// take returns what was written since the last time.
func (t *tap) take() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.bytes.Reset()
	return t.bytes.String()
}

// A key repaints only what changed: it writes its own character and moves the cursor, whatever else
// is on the screen. Lines with a wide character are the exception: the renderer repaints them in
// every frame (ultraviolet, TerminalRenderer.transformLine).
func TestAKeyDrawsItsCharacterAlone(t *testing.T) {
	const own = 30 // bytes: cursor position, character, hiding and showing the cursor
	synctest.Test(t, func(t *testing.T) {
		app, out := underWay(t, 300, 12), &tap{}
		term := uitest.Start(t, app, uitest.Size(benchWidth, benchHeight), uitest.Program(tea.WithOutput(out)))
		if first := out.take(); len(first) < benchWidth*benchHeight/4 {
			t.Fatalf("the first frame has %d bytes only: %q", len(first), first)
		}
		term.Type("N") // the label of the box changes with the first character
		out.take()
		most := own
		for line := range strings.SplitSeq(app.View().Content, "\n") {
			if text := ansi.Strip(line); plain.Width(text) > utf8.RuneCountInString(text) {
				most += len(line) + own
			}
		}
		for _, r := range "obody counts what goes in" {
			term.Type(string(r))
			if got := out.take(); len(got) > most || r != ' ' && !strings.ContainsRune(got, r) {
				t.Fatalf("%q writes %d bytes, more than %d: %q", r, len(got), most, got)
			}
		}
	})
}
