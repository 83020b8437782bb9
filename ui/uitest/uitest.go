// Package uitest runs a Bubble Tea program in a terminal emulator, so that a test can type, click,
// and read the screen as a user sees it: after the model, the styles, Bubble Tea's renderer and the
// terminal.
//
// A test runs inside a bubble of testing/synctest:
//
//	synctest.Test(t, func(t *testing.T) {
//		term := uitest.Start(t, newModel(), uitest.Size(100, 30))
//		term.Type("The whole Friday batch came back.")
//		term.Press("enter")
//		term.Golden("kept")
//	})
//
// Every action on the program returns when the program is idle and its last frame is on the screen:
// no test has to wait, retry or sleep. Time is the bubble's, so a minute costs nothing.
//
// Limits of the emulator: it drops combining marks, and gives an emoji of several code points two
// cells, where the renderer counts each. Such text belongs into tests of widths.
package uitest

import (
	"bytes"
	"errors"
	"image/color"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

const (
	// restTime is longer than two frames of the renderer, at 60 a second: a query to the terminal
	// is sent with one, and the effect of its answer is drawn with the next.
	restTime = 40 * time.Millisecond
	// leftoverTime is how long commands that still sleep when the program has ended may take to
	// finish. Time in the bubble stops when the test returns, and a goroutine that sleeps then is a
	// deadlock.
	leftoverTime = time.Minute
)

// Option changes how a program is started.
type Option func(*settings)

type settings struct {
	width, height int
	background    color.Color
	program       []tea.ProgramOption
}

// Size sets the size of the terminal in cells; 80 by 24 without it.
func Size(width, height int) Option {
	return func(s *settings) { s.width, s.height = width, height }
}

// Background sets the background colour that the terminal reports; black without it.
func Background(c color.Color) Option {
	return func(s *settings) { s.background = c }
}

// Program passes further options to the tea.Program, such as tea.WithFilter.
func Program(opts ...tea.ProgramOption) Option {
	return func(s *settings) { s.program = append(s.program, opts...) }
}

// Terminal is a program running in an emulated terminal.
type Terminal struct {
	t       *testing.T
	program *tea.Program
	input   *input
	quit    bool // Quit was called

	mu            sync.Mutex // guards everything below; never held while the emulator's replies are read
	emulator      *vt.Emulator
	cursorVisible bool

	done  chan struct{} // closed when the program has ended
	model tea.Model     // the last one, once done
	err   error         // what the program returned, once done
}

// Start runs the model as a program and waits for its first frame. It must be called inside a
// bubble of testing/synctest. The program is quit when the test ends, if it still runs.
func Start(t *testing.T, model tea.Model, opts ...Option) *Terminal {
	t.Helper()
	s := settings{width: 80, height: 24}
	for _, opt := range opts {
		opt(&s)
	}
	term := &Terminal{
		t:             t,
		input:         &input{chunks: make(chan []byte, 1024)},
		emulator:      vt.NewEmulator(s.width, s.height),
		cursorVisible: true,
		done:          make(chan struct{}),
	}
	if s.background != nil {
		term.emulator.SetDefaultBackgroundColor(s.background)
	}
	term.emulator.SetCallbacks(vt.Callbacks{
		// Called from within Write, that is with mu held.
		CursorVisibility: func(visible bool) { term.cursorVisible = visible },
	})
	term.program = tea.NewProgram(model, append([]tea.ProgramOption{
		tea.WithInput(term.input),
		tea.WithOutput(output{term}),
		tea.WithWindowSize(s.width, s.height),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithoutSignalHandler(),
	}, s.program...)...)
	go term.relay()
	go func() {
		defer close(term.done)
		term.model, term.err = term.program.Run()
	}()
	t.Cleanup(func() { term.Quit() })
	term.Wait()
	return term
}

// Wait waits until the program is idle and its last frame is drawn. Every action here ends with it,
// so it is needed only after an event outside, such as a change to a notebook.
func (term *Terminal) Wait() { term.After(restTime) }

// After lets time pass, then waits until the program is idle.
func (term *Terminal) After(d time.Duration) {
	synctest.Wait()
	time.Sleep(d)
	synctest.Wait()
}

// Send sends a message to the program.
func (term *Terminal) Send(msg tea.Msg) {
	term.program.Send(msg)
	term.Wait()
}

// Resize changes the size of the terminal.
func (term *Terminal) Resize(width, height int) {
	term.mu.Lock()
	term.emulator.Resize(width, height)
	term.mu.Unlock()
	term.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Screen returns the lines of the screen from the first to the last, without trailing blanks, each
// with a newline.
func (term *Terminal) Screen() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return Text(term.emulator)
}

// Text returns the lines of an emulator's screen as Screen does.
func Text(emulator *vt.Emulator) string {
	var screen strings.Builder
	for y := range emulator.Height() {
		var line strings.Builder
		for x := 0; x < emulator.Width(); {
			cell := emulator.CellAt(x, y)
			if cell == nil || cell.Content == "" {
				line.WriteByte(' ')
				x++
				continue
			}
			line.WriteString(cell.Content)
			x += max(cell.Width, 1)
		}
		screen.WriteString(strings.TrimRight(line.String(), " "))
		screen.WriteByte('\n')
	}
	return screen.String()
}

// Shows fails the test when the screen lacks one of some texts.
func (term *Terminal) Shows(texts ...string) {
	term.t.Helper()
	screen := term.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			term.t.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// Hides fails the test when the screen shows one of some texts.
func (term *Terminal) Hides(texts ...string) {
	term.t.Helper()
	screen := term.Screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			term.t.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// Cell returns the content of column x of row y: text, width and style.
func (term *Terminal) Cell(x, y int) uv.Cell {
	term.mu.Lock()
	defer term.mu.Unlock()
	if cell := term.emulator.CellAt(x, y); cell != nil {
		return *cell
	}
	return uv.Cell{}
}

// Cursor returns the position of the terminal's cursor, and whether it is visible.
func (term *Terminal) Cursor() (x, y int, visible bool) {
	term.mu.Lock()
	defer term.mu.Unlock()
	at := term.emulator.CursorPosition()
	return at.X, at.Y, term.cursorVisible
}

// Ended reports whether the program has ended.
func (term *Terminal) Ended() bool {
	select {
	case <-term.done:
		return true
	default:
		return false
	}
}

// Quit ends the program if it still runs, lets a minute pass for commands that still sleep, and
// returns the last model. A program that ended with an error fails the test, unless it was
// interrupted.
func (term *Terminal) Quit() tea.Model {
	term.t.Helper()
	if term.quit {
		return term.model
	}
	term.quit = true
	term.program.Quit()
	<-term.done
	// This ends relay and the program's reader. Emulator.Close would too, but races with the
	// reading.
	if pipe, ok := term.emulator.InputPipe().(io.Closer); ok {
		_ = pipe.Close() // closing a pipe does not fail
	}
	time.Sleep(leftoverTime)
	if term.err != nil && !errors.Is(term.err, tea.ErrInterrupted) {
		term.t.Errorf("the program ended with an error: %v", term.err)
	}
	return term.model
}

// relay forwards what the terminal sends: mouse events, pastes, and the answers to queries. The
// emulator blocks in Write until an answer has been read, and the program may be unable to read
// then because it waits for the renderer, so relay must not depend on either.
func (term *Terminal) relay() {
	defer close(term.input.chunks)
	buf := make([]byte, 4096)
	for {
		n, err := term.emulator.Read(buf)
		if n > 0 {
			term.input.chunks <- bytes.Clone(buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// output writes to the emulator.
type output struct{ term *Terminal }

// Write implements io.Writer.
func (o output) Write(p []byte) (int, error) {
	o.term.mu.Lock()
	defer o.term.mu.Unlock()
	// A terminal driver turns LF into CR LF, and the renderer depends on it.
	if _, err := o.term.emulator.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// input is what the program reads from.
type input struct {
	chunks chan []byte
	rest   []byte
}

// Read implements io.Reader.
func (in *input) Read(p []byte) (int, error) {
	if len(in.rest) == 0 {
		chunk, ok := <-in.chunks
		if !ok {
			return 0, io.EOF
		}
		in.rest = chunk
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}
