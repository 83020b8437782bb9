package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
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
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond)}
	if os.Getenv("NO_COLOR") != "" {
		// The renderer only knows NO_COLOR as a boolean.
		options = append(options, tea.WithEnvironment(append(os.Environ(), "NO_COLOR=1")))
	}
	_, err := tea.NewProgram(New(o), options...).Run()
	switch {
	case err == nil, errors.Is(err, tea.ErrInterrupted), ctx.Err() != nil:
		return nil
	default:
		return fmt.Errorf("the screen: %w", err)
	}
}
