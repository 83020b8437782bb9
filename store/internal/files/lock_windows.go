package files

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// NoFollow is zero here: Windows has no flag that makes opening a link fail. OpenRegular looks
// before it opens, and making links needs a right that people rarely have.
const NoFollow = 0

// region is the byte that bbolt locks, far behind the end of any file.
func region() *windows.Overlapped {
	const last = 1<<32 - 1
	return &windows.Overlapped{Offset: last, OffsetHigh: last}
}

// Flock locks an open file. With wait it returns when that is done; without, it reports whether it
// could be done at once.
func Flock(f *os.File, exclusive, wait bool) (locked bool, err error) {
	var how uint32
	if exclusive {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	if !wait {
		how |= windows.LOCKFILE_FAIL_IMMEDIATELY
	}
	err = windows.LockFileEx(windows.Handle(f.Fd()), how, 0, 1, 0, region())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) && !wait {
		return false, nil
	}
	return err == nil, err
}

// CanWrite reports whether this process may write in a folder. Windows tells by trying alone.
func CanWrite(string) bool { return true }

// Unlock releases the lock of an open file.
func Unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, region())
}

// HandOver unlocks the file again, for here a lock blocks a second one even through the same
// handle. The queue stays locked until bbolt has its own lock, so nobody comes between.
func HandOver(f, _ *os.File) error { return Unlock(f) }

// SyncFolder does nothing: Windows writes names by itself.
func SyncFolder(string) error { return nil }
