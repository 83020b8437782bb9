package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hark/internal/plain"
)

// framesPerSecond is the most that the renderer takes: a key shows within 8 ms
// of its update instead of 17, for half a percent of a core.
const framesPerSecond = 120

// Run shows the app until it is left. It ends with nil when the person leaves,
// or when the terminal goes away: all that was entered is kept by then.
func Run(ctx context.Context, o Options) error {
	// Bubble Tea restores the terminal on SIGINT and SIGTERM, but a SIGHUP
	// would kill without.
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP)
	defer stop()
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond), tea.WithFilter(filter)}
	if os.Getenv("NO_COLOR") != "" {
		// The renderer only knows NO_COLOR as a boolean.
		options = append(options, tea.WithEnvironment(append(os.Environ(), "NO_COLOR=1")))
	}
	app := New(o)
	_, err := tea.NewProgram(app, options...).Run()
	if lost, why := app.Lost(); len(lost) > 0 {
		return fmt.Errorf("these lines could not be saved: copy them from here.\n\n%s\n\n%w", plainLines(lost), why)
	}
	switch {
	case err == nil, errors.Is(err, tea.ErrInterrupted), ctx.Err() != nil:
		return nil
	default:
		return fmt.Errorf("the screen: %w", err)
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
func filter(_ tea.Model, msg tea.Msg) tea.Msg {
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
