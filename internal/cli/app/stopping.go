package app

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"hark/internal/storage"
)

// grace is how long a command that was asked to end may take to put things in order. What takes
// longer waits for the disk, or for the reader of what it writes, and hears nothing. Whatever was
// written then is as after a kill: whole, or not there.
const grace = 2 * time.Second

// stoppedError is what a command came to that was asked to end.
type stoppedError struct{ sentence string }

// Error implements error.
func (e *stoppedError) Error() string { return "stopped: " + e.sentence }

// Unwrap says why.
func (e *stoppedError) Unwrap() error { return context.Canceled }

// Stopped returns an error for a command that was asked to end: the sentence says what was done and
// what was not. It wraps context.Canceled.
func Stopped(sentence string) error { return &stoppedError{sentence} }

// StoppedOr returns err, or Stopped(undone) for a context that ended where err says no more.
func StoppedOr(err error, undone string) error {
	var said *stoppedError
	if errors.Is(err, context.Canceled) && !errors.As(err, &said) {
		return Stopped(undone)
	}
	return err
}

// Heed has signals that ask hark to stop brought to Stopping and Interruptible from now on, where
// they ended the process before.
func (a *App) Heed() {
	a.heeding.Lock()
	defer a.heeding.Unlock()
	if a.stopping == nil && a.Interrupts != nil {
		a.stopping = a.Interrupts()
	}
}

// Stopping has the signals that ask hark to stop, after Heed. Before that it is nil.
func (a *App) Stopping() <-chan os.Signal {
	a.heeding.Lock()
	defer a.heeding.Unlock()
	return a.stopping
}

// Interruptible returns a context that ends when somebody asks hark to stop. A command that does not
// call the function in time is ended then.
func (a *App) Interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	a.Heed()
	signals := a.Stopping()
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		select {
		case <-signals:
			cancel()
		case <-ended:
			return
		}
		select {
		case <-signals: // once more
		case <-time.After(grace):
		case <-ended:
			return
		}
		a.giveUp()
	}()
	return ctx, sync.OnceFunc(func() {
		cancel()
		close(ended)
	})
}

// Watched is Interruptible with a context whose calls say what they wait for, and how far they have
// come.
func (a *App) Watched(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := a.Interruptible(ctx)
	ctx, end := a.watched(ctx)
	return ctx, func() {
		end()
		stop()
	}
}

// giveUp ends the process.
func (a *App) giveUp() {
	if a.Exit != nil {
		a.status.clear(a.Stderr)
		_, _ = a.Stderr.Write([]byte("hark: stopped; what was kept until then is kept\n")) // there is nobody to tell
		a.Exit(ExitStopped)
	}
}

// watched returns a context whose calls say on standard error what they wait for, and, where somebody
// is there to see it, how far they have come. A command that did not heed signals does so from the
// first wait on, and the context ends with them.
func (a *App) watched(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	p := a.Progress(false)
	p.now = time.Now // several goroutines ask
	p.began = p.now()
	return storage.WithWatch(ctx, storage.Watch{Waiting: func(who string) { a.waiting(ctx, who, cancel) }, At: p.At}), func() {
		cancel()
		p.End()
	}
}

// waiting says for whom a call waits.
func (a *App) waiting(ctx context.Context, who string, cancel context.CancelFunc) {
	if ctx.Err() != nil {
		return // nobody waits any more
	}
	a.waits.Store(true)
	a.NoteAside("hark: the notebook is in use by %s; waiting for it (Ctrl+C ends that)", who)
	if a.Stopping() != nil {
		return // the command that heeds signals ends the context
	}
	a.Heed()
	go func() {
		select {
		case <-a.Stopping():
			cancel()
		case <-ctx.Done():
		}
	}()
}

// finish ends the use of the notebook: the backup of the day and the index may be on their way. They
// are a help, and wait for another day when somebody asks hark to stop.
func (a *App) finish() {
	if a.opened == nil {
		return
	}
	done := make(chan struct{})
	go func() {
		a.opened.Finish()
		close(done)
	}()
	long := time.NewTimer(time.Second)
	defer long.Stop()
	for {
		select {
		case <-done:
			return
		case <-long.C:
			a.Heed()
			a.Note("hark: everything is kept; the backup of the day, or the search index, is being written (Ctrl+C leaves it for another day)")
		case <-a.Stopping():
			return
		}
	}
}
