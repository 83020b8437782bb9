package hostile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/ui"
)

const (
	// quiet is the time without output after which a screen counts as drawn, and longest the
	// longest wait for that.
	quiet   = 25 * time.Millisecond
	longest = time.Second
)

// keys are pressed one after the other on each screen: they navigate, open every dialog, and type.
func keys(text string) []string {
	const esc, enter, up, down, tab, palette, solve = "\x1b", "\r", "\x1b[A", "\x1b[B", "\t", "\x10", "\x07"
	return []string{
		text, "\x15", esc, up, up, down, "?", esc, palette, "e", esc, solve, down, esc, "p", esc, "w", esc, tab, tab, up, enter, esc,
		"/", "x", enter, esc, "r", down, down, "e", esc, "d", "u", enter, down, enter,
	}
}

// shown runs the app on an interview, or on the library when id is zero, presses keys, and returns
// everything sent to the terminal.
func shown(ctx context.Context, book *notebook.Notebook, id interview.ID, text string) (string, error) {
	in, typed := io.Pipe()
	out := &output{}
	app := ui.New(ui.Options{
		Book: book, Playbooks: playbook.NewLibrary(""), Interview: id, Zone: time.UTC, Getenv: func(string) string { return "" },
	})
	program := tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithWindowSize(140, 50),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler())
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		_ = in.Close() // some keys leave the app, and nobody reads the rest
		ended <- err
	}()
	out.rest()
	for _, k := range keys(strings.NewReplacer("\x1b", "", "\r", "", "\n", "", "\x03", "", "\x11", "", "\x1a", "").Replace(text)) {
		if _, err := io.WriteString(typed, k); errors.Is(err, io.ErrClosedPipe) {
			break
		} else if err != nil {
			return "", err
		}
		out.rest()
	}
	program.Quit()
	err := <-ended
	_ = typed.Close() // closing a pipe does not fail
	return out.String(), err
}

// output collects what is sent to a terminal.
type output struct {
	mu   sync.Mutex
	sent bytes.Buffer
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sent.Write(p)
}

// String returns everything sent so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sent.String()
}

// rest waits until the output stops.
func (o *output) rest() {
	for before, end := -1, time.Now().Add(longest); time.Now().Before(end); time.Sleep(quiet) {
		now := len(o.String())
		if now == before {
			return
		}
		before = now
	}
}

// moves are the sequences that the renderer sends to move or erase, which a harmless interview may
// or may not cause; the last two surround the last cell of the screen. A sequence caused by a text
// contains the mark.
func moves() []string {
	return []string{
		"CSI A", "CSI B", "CSI C", "CSI D", "CSI G", "CSI H", "CSI J", "CSI K", "CSI d",
		"CSI S", "CSI T", "CSI L", "CSI M", "CSI r", "CSI @", "CSI P", "CSI X", "CSI b", `ESC "M"`, `"\b"`,
		"CSI ?7l", "CSI ?7h",
	}
}

// screened compares what the screens send of a hostile interview with what they send of a harmless
// one, and calls fail for sequences that only the hostile one causes.
func screened(sent string, harmless stream, fail func(way, why string)) {
	st := read(sent)
	for _, seq := range st.marked {
		fail("screens", "a text reached the terminal as "+seq)
	}
	for _, title := range st.titles {
		if why := active(title, ""); why != "" {
			fail("screens", fmt.Sprintf("%s in the title %q", why, title))
		}
	}
	for sort := range st.sequences {
		if !harmless.sequences[sort] && !slices.Contains(moves(), sort) {
			fail("screens", "a harmless interview does not send "+sort)
		}
	}
	if why := active(st.text, ""); why != "" {
		fail("screens", fmt.Sprintf("%s in what is shown", why))
	}
}
