package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"hark/internal/plain"
	"hark/ui/screen"
)

// framesPerSecond is the renderer's maximum: a key shows within 8 ms of its update instead of 17,
// for half a percent of a core.
const framesPerSecond = 120

// Run shows the app until it is left. It returns nil when the user leaves, or when the terminal
// goes away: everything entered is saved by then. After a panic the error is a sentence that names
// the crash report.
func Run(ctx context.Context, o Options) error {
	idle := newIdle()
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			idle.touch(msg)
			return filter(msg)
		}),
	}
	if term.IsTerminal(os.Stdin.Fd()) && runtime.GOOS != "windows" { // a console there sends keys, not bytes
		options = append(options, tea.WithInput(&typedInput{File: os.Stdin}))
	}
	if os.Getenv("NO_COLOR") != "" {
		// The renderer parses NO_COLOR as a boolean.
		options = append(options, tea.WithEnvironment(append(os.Environ(), "NO_COLOR=1")))
	}
	o.noShell = !hasShell()
	app := New(o)
	guarded := app.guard()
	program := tea.NewProgram(guarded, options...)
	stop := leaveOnSignals(program)
	defer stop()
	ended := make(chan struct{})
	defer close(ended)
	go idle.run(ended)
	_, err := program.Run()
	crash := guarded.report(o.CrashFolder, time.Now())
	if lost, why := app.Lost(); len(lost) > 0 {
		return errors.Join(crash, fmt.Errorf("these lines could not be saved: copy them from here.\n\n%s\n\n%w", plainLines(lost), why))
	}
	switch {
	case crash != nil:
		return crash
	case err == nil, ctx.Err() != nil:
		return nil
	default:
		return fmt.Errorf("the screen: %w", err)
	}
}

// leaveOnSignals makes a signal leave as ctrl+q does, so that actions under way and typed text are
// saved; a second signal does not wait for that. Bubble Tea's own handler leaves at once, and does
// not restore the terminal on SIGHUP.
func leaveOnSignals(p *tea.Program) (stop func()) {
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	go func() {
		for again := false; ; again = true {
			select {
			case <-done:
				return
			case <-signals:
			}
			if again {
				p.Kill()
				continue
			}
			p.Send(screen.Quit{})
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// plainLines makes lines safe to print.
func plainLines(lines []string) string {
	safe := make([]string, len(lines))
	for i, line := range lines {
		safe[i] = plain.Terminal(line)
	}
	return strings.Join(safe, "\n")
}

// filter drops messages that must not reach the program: a terminal that reports mode 2027 would
// make the renderer measure by grapheme where the layout uses wcwidth, and lines with emoji would
// shift; and no screen uses motion of the mouse.
func filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore {
			return nil
		}
	case tea.MouseMotionMsg:
		return nil
	}
	return msg
}
