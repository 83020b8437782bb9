package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// noFollow is nothing here: Windows has no flag that makes opening a link fail.
// openRegular looks before it opens, and links need a right that people rarely
// have.
const noFollow = 0

// region is the byte that bbolt locks, far behind the end of any file.
func region() *windows.Overlapped {
	const last = 1<<32 - 1
	return &windows.Overlapped{Offset: last, OffsetHigh: last}
}

// lock locks an open file. With wait it returns when that is done; without, it
// reports whether it could be done at once.
func lock(f *os.File, exclusive, wait bool) (locked bool, err error) {
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

// unlock gives a lock up.
func unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, region())
}

// handOver unlocks the file again, for here a lock stands in the way of a second
// one even through the same handle. The gate stays shut until bbolt has its own
// lock, so nobody comes between.
func handOver(f, _ *os.File) error { return unlock(f) }

// syncFolder does nothing: Windows writes names by itself.
func syncFolder(string) error { return nil }
