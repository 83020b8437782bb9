//go:build unix

package files

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// NoFollow makes opening a symbolic link fail.
const NoFollow = unix.O_NOFOLLOW

// Flock locks an open file. With wait it returns when that is done; without, it reports whether it
// could be done at once.
func Flock(f *os.File, exclusive, wait bool) (locked bool, err error) {
	how := unix.LOCK_SH
	if exclusive {
		how = unix.LOCK_EX
	}
	if !wait {
		how |= unix.LOCK_NB
	}
	for {
		err := unix.Flock(int(f.Fd()), how)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, unix.EWOULDBLOCK) && !wait:
			return false, nil
		case !errors.Is(err, unix.EINTR):
			return false, err
		}
	}
}

// CanWrite reports whether this process may write in a folder.
func CanWrite(folder string) bool {
	return !IsReadOnly(unix.Faccessat(unix.AT_FDCWD, folder, unix.W_OK, unix.AT_EACCESS))
}

// Unlock releases the lock of an open file.
func Unlock(f *os.File) error { return unix.Flock(int(f.Fd()), unix.LOCK_UN) }

// HandOver leaves a locked file to bbolt and releases the queue, if there is one. A lock of this
// kind belongs to the open file, and bbolt, which is given that very file, asks for what it has
// already.
func HandOver(_, queue *os.File) error {
	if queue == nil {
		return nil
	}
	return queue.Close()
}

// SyncFolder syncs the names in a folder.
func SyncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	return f.Sync()
}
