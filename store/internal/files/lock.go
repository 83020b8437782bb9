package files

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"hark/internal/storage"
)

// bbolt waits for its lock by asking again every 50 ms, without a queue: one writer among four
// readers got one write in eight seconds. So a process first locks a file next to the notebook,
// which serves as the queue, then waits for the lock of the data file itself, and then releases the
// queue. The kernel wakes those who wait; a writer at the head of the queue keeps later readers
// behind it.

// QueuePath is the path of the lock file of a notebook: hark.lock for hark.db.
func QueuePath(path string) string { return strings.TrimSuffix(path, ".db") + ".lock" }

// mostQueue is more than hark ever writes to a lock file, in bytes.
const mostQueue = 4096

// OpenQueue opens the lock file, makes it if need be, and waits for its turn. Closing the file
// releases the queue.
func OpenQueue(ctx context.Context, path string) (*os.File, error) {
	name := QueuePath(path)
	f, err := openOrMake(name)
	if IsReadOnly(err) { // a lock needs no more than to read it
		if there, err2 := os.OpenFile(name, os.O_RDONLY|NoFollow, 0); err2 == nil {
			f, err = there, nil
		}
	}
	if err != nil {
		return nil, Unwritable(path, "needs a lock file beside it, "+Shown(name)+", which cannot be opened", err)
	}
	if err := Lock(ctx, f, path, true); err != nil {
		return nil, LockError(path, err)
	}
	return f, nil
}

// IsReadOnly reports whether an error says that nothing may be written there.
func IsReadOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// openOrMake opens a file to read and write, and makes it, for its owner alone, when there is none.
func openOrMake(name string) (*os.File, error) {
	for {
		f, err := os.OpenFile(name, os.O_RDWR|NoFollow, 0)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
		f, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL|NoFollow, FileMode)
		if err == nil {
			_ = f.Chmod(FileMode) // whatever the umask; it holds no words
		}
		if !errors.Is(err, fs.ErrExist) { // else another process was faster
			return f, err
		}
	}
}

// CheckQueue returns an error when another program has a file by the name of the lock file. hark's is
// short, and empty or begins with numbers of eight bytes, of which no text has any: they are never so
// great that none of their bytes is zero.
func CheckQueue(path string) error {
	const numbers = 40
	name := QueuePath(path)
	info, err := os.Lstat(name)
	if err != nil || info.Mode().IsRegular() && info.Size() == 0 {
		return nil //nolint:nilerror // what is wrong with it, opening it says
	}
	b := make([]byte, numbers)
	n := 0
	if info.Mode().IsRegular() && info.Size() <= mostQueue {
		f, err := os.OpenFile(name, os.O_RDONLY|NoFollow, 0)
		if err != nil {
			return nil //nolint:nilerror // likewise
		}
		n, _ = f.ReadAt(b, 0) // what cannot be read is no number
		_ = f.Close()         // it was only read
	}
	if bytes.IndexByte(b[:n], 0) < 0 {
		return Unwritable(path, "needs a lock file beside it, and "+Shown(name)+" is another program's; give the notebook another name", nil)
	}
	return nil
}

// OpenLocked opens the file of a notebook to read and waits for its lock. Closing it releases the
// lock.
func OpenLocked(ctx context.Context, path string, exclusive bool) (*os.File, error) {
	f, err := OpenRegular(path, false)
	if err != nil {
		return nil, err
	}
	if err := Lock(ctx, f, path, exclusive); err != nil {
		return nil, LockError(path, err)
	}
	return f, nil
}

// longWait is how long a call waits before it says so: see storage.Watch.
const longWait = time.Second

// Lock waits until f, the file of the notebook at path or its lock file, is locked, exclusively or
// shared. On an error f is closed, or will be: when ctx ends first, the place in the queue is kept
// until it comes up, and released then.
func Lock(ctx context.Context, f *os.File, path string, exclusive bool) error {
	locked, err := Flock(f, exclusive, false)
	if err == nil && !locked {
		long := time.AfterFunc(longWait, func() {
			storage.Waiting(ctx, func() string { return Holders(QueuePath(path)) })
		})
		defer long.Stop()
		if ctx.Done() == nil {
			_, err = Flock(f, exclusive, true)
			locked = true
		}
	}
	if err != nil {
		_ = f.Close() // nothing was written to it
		return err
	}
	if locked {
		return nil
	}
	abandoned := abandonedIn(ctx)
	if abandoned.Load() > 0 {
		return poll(ctx, f, exclusive)
	}
	// Nothing wakes a thread that waits in the kernel, so another one waits.
	turn := make(chan error, 1)
	go func() {
		_, err := Flock(f, exclusive, true)
		turn <- err
	}()
	select {
	case err = <-turn:
		if err != nil {
			_ = f.Close() // nothing was written to it
		}
		return err
	case <-ctx.Done():
		abandoned.Add(1)
		go func() {
			_ = errors.Join(<-turn, f.Close()) // nobody waits for the answer any more
			abandoned.Add(-1)
		}()
		return ctx.Err()
	}
}

// abandonedKey is the context key of the number of abandoned places in the queue.
type abandonedKey struct{}

// WithAbandoned returns a context in which Lock counts the places in the queue that it has left
// without being able to release them.
func WithAbandoned(ctx context.Context, count *atomic.Int32) context.Context {
	return context.WithValue(ctx, abandonedKey{}, count)
}

// abandonedIn returns the count of a context; one without a count gets a new one.
func abandonedIn(ctx context.Context) *atomic.Int32 {
	if n, ok := ctx.Value(abandonedKey{}).(*atomic.Int32); ok {
		return n
	}
	return new(atomic.Int32)
}

// poll is Lock outside of the queue. Each abandoned place occupies a thread and an open file until
// it comes up, so while another program holds the notebook for hours there must not be one for
// every attempt.
func poll(ctx context.Context, f *os.File, exclusive bool) error {
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
		switch locked, err := Flock(f, exclusive, false); {
		case err != nil:
			_ = f.Close() // likewise
			return err
		case locked:
			return nil
		}
	}
}

// LockError is what a failed lock means for the notebook. The end of a context is passed on as it
// is.
func LockError(path string, err error) error {
	if IsContext(err) {
		return err
	}
	return Unwritable(path, "cannot be locked; does its disk allow that?", err)
}
