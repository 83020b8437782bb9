package store

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"time"
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
// at it before bbolt does. The gate is let go as soon as it can be; a file that
// nobody else knows of needs none, and comes with the stamp that was left of it. The
// stamp that is returned is that of the file as it is.
func openData(ctx context.Context, path string, how access, gate *os.File, left stamp) (*os.File, stamp, error) {
	f, err := openRegular(path, how == toWrite)
	if err != nil {
		return nil, stamp{}, err
	}
	if err := lockFile(ctx, f, how == toWrite); err != nil {
		return nil, stamp{}, lockError(path, err)
	}
	if gate != nil {
		left = readStamp(gate)
		if how == toWrite && doubted(gate) {
			_ = f.Close() // nothing was written to it
			return nil, stamp{}, unsynced(path, nil)
		}
	}
	if err := handOver(f, gate); err != nil {
		_ = f.Close() // the error that counts is the one before
		return nil, stamp{}, unwritable(path, "cannot be locked", err)
	}
	now, err := checkHead(f, path, how, left)
	if err != nil {
		_ = f.Close() // likewise
		return nil, stamp{}, err
	}
	if gate != nil && now != left {
		now.leave(path)
	}
	return f, now, nil
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
	given := givenUp(ctx)
	if given.Load() > 0 {
		return askAgain(ctx, f, exclusive)
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
		given.Add(1)
		go func() {
			_ = errors.Join(<-turn, f.Close()) // nobody waits for the answer any more
			given.Add(-1)
		}()
		return ctx.Err()
	}
}

// givenUpKey leads to how many places in the queue a Store has left without
// being able to give them up.
type givenUpKey struct{}

// givenUp returns that number. A context that comes from no Store has one of its
// own.
func givenUp(ctx context.Context) *atomic.Int32 {
	if n, ok := ctx.Value(givenUpKey{}).(*atomic.Int32); ok {
		return n
	}
	return new(atomic.Int32)
}

// askAgain is lockFile outside of the queue. Each place that was left keeps a
// thread and an open file until it comes up, so while another program holds the
// notebook for hours there must not be one for every try.
func askAgain(ctx context.Context, f *os.File, exclusive bool) error {
	const every = 5 * time.Millisecond
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			_ = f.Close() // nothing was written to it
			return ctx.Err()
		case <-tick.C:
		}
		switch locked, err := lock(f, exclusive, false); {
		case err != nil:
			_ = f.Close() // likewise
			return err
		case locked:
			return nil
		}
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
