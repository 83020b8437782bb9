package store

import (
	"context"
	"errors"
	"os"
	"strings"
)

// bbolt waits for its lock by asking again every 50 ms, without a queue: one
// writer beside four readers got one write in eight seconds. So whoever wants
// the file first locks a gate, a file beside it, then waits for the lock of the
// file itself, and lets the gate go. The kernel wakes those who wait; a writer
// at the gate keeps later readers behind it.

// gatePath names the gate of a notebook: hark.lock for hark.db.
func gatePath(path string) string { return strings.TrimSuffix(path, ".db") + ".lock" }

// openGate opens the gate and waits until it is its own. Closing gives it up.
func openGate(ctx context.Context, path string) (*os.File, error) {
	name := gatePath(path)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|noFollow, fileMode)
	if err != nil {
		return nil, unwritable(path, "needs a lock file beside it, "+shown(name)+", which cannot be opened", err)
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Mode().Perm() != fileMode {
		_ = f.Chmod(fileMode) // it holds nothing; only an odd umask comes here
	}
	if err := lockFile(ctx, f, true); err != nil {
		return nil, lockError(path, err)
	}
	return f, nil
}

// openData opens the file of the notebook, waits until it may be used, and looks
// at it before bbolt does. The gate is let go as soon as it can be.
func openData(ctx context.Context, path string, how access, gate *os.File) (*os.File, error) {
	f, err := openRegular(path, how == toWrite)
	if err != nil {
		return nil, err
	}
	if err := lockFile(ctx, f, how == toWrite); err != nil {
		return nil, lockError(path, err)
	}
	if err := handOver(f, gate); err != nil {
		_ = f.Close() // the error that counts is the one before
		return nil, unwritable(path, "cannot be locked", err)
	}
	if err := checkHead(f, path, how); err != nil {
		_ = f.Close() // likewise
		return nil, err
	}
	return f, nil
}

// lockFile waits until f is locked, for itself alone or shared with others who
// share. On an error f is closed, or will be: when ctx ends first, the place in
// the queue is kept until it comes up, and given up then.
func lockFile(ctx context.Context, f *os.File, exclusive bool) error {
	locked, err := lock(f, exclusive, false)
	if err == nil && !locked && ctx.Done() == nil {
		_, err = lock(f, exclusive, true)
		locked = true
	}
	if err != nil {
		_ = f.Close() // nothing was written to it
		return err
	}
	if locked {
		return nil
	}
	// Nothing wakes a thread that waits in the kernel, so another one waits.
	turn := make(chan error, 1)
	go func() {
		_, err := lock(f, exclusive, true)
		turn <- err
	}()
	select {
	case err = <-turn:
		if err != nil {
			_ = f.Close() // nothing was written to it
		}
		return err
	case <-ctx.Done():
		go func() {
			_ = errors.Join(<-turn, f.Close()) // nobody waits for the answer any more
		}()
		return ctx.Err()
	}
}

// lockError says what a failed lock means for the notebook. The end of a context
// is passed on as it is.
func lockError(path string, err error) error {
	if isContext(err) {
		return err
	}
	return unwritable(path, "cannot be locked; does its disk allow that?", err)
}
