package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hark/internal/plain"
	"hark/ui/screen"
)

// framesPerSecond is the most that the renderer takes: a key shows within 8 ms
// of its update instead of 17, for half a percent of a core.
const framesPerSecond = 120

// Run shows the app until it is left. It ends with nil when the person leaves,
// or when the terminal goes away: all that was entered is kept by then. After a
// panic the error is a sentence that says where it is written down.
func Run(ctx context.Context, o Options) error {
	rest := newRest()
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			rest.touch(msg)
			return filter(msg)
		}),
	}
	if os.Getenv("NO_COLOR") != "" {
		// The renderer only knows NO_COLOR as a boolean.
		options = append(options, tea.WithEnvironment(append(os.Environ(), "NO_COLOR=1")))
	}
	o.noShell = !hasShell()
	app := New(o)
	net := app.guard()
	program := tea.NewProgram(net, options...)
	stop := leaveOnSignals(program)
	defer stop()
	ended := make(chan struct{})
	defer close(ended)
	go rest.run(ended)
	_, err := program.Run()
	crash := net.report(o.CrashFolder, time.Now())
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

// leaveOnSignals makes a signal leave as ctrl+q does, so that what is on its
// way and what is being typed are kept; a second signal does not wait for that.
// Bubble Tea's own handler leaves at once, and leaves a SIGHUP to kill without
// restoring the terminal.
func leaveOnSignals(p *tea.Program) (stop func()) {
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
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

// plainLines makes lines safe to print, one below the other.
func plainLines(lines []string) string {
	safe := make([]string, len(lines))
	for i, line := range lines {
		safe[i] = plain.Terminal(line)
	}
	return strings.Join(safe, "\n")
}

// filter drops what must not reach the program. A terminal that reports mode
// 2027 would make the renderer measure by grapheme where everything here is laid
// out by wcwidth, and lines with emoji would shift; motion of the mouse means
// nothing to any screen.
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
