package app

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// openUnnamed opens a file of a folder that has no name yet: of one that is never named nothing stays,
// however hark ends. It returns nil where there is no such thing.
func openUnnamed(root *os.Root) *os.File {
	dir, err := root.Open(".")
	if err != nil {
		return nil
	}
	defer func() { _ = dir.Close() }() // nothing is written through it
	fd, err := unix.Openat(int(dir.Fd()), ".", unix.O_TMPFILE|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil
	}
	f := os.NewFile(uintptr(fd), dir.Name())
	if _, err := os.Lstat(opened(f)); err != nil { // then it could not be named
		_ = f.Close() // nothing was written to it
		return nil
	}
	return f
}

// opened is the path by which an open file can be named.
func opened(f *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }

// giveName gives an unnamed file a name that no other file has.
func giveName(root *os.Root, f *os.File, name string) error {
	dir, err := root.Open(".")
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }() // nothing is written through it
	err = unix.Linkat(unix.AT_FDCWD, opened(f), int(dir.Fd()), name, unix.AT_SYMLINK_FOLLOW)
	if err != nil {
		return &os.LinkError{Op: "link", Old: f.Name(), New: name, Err: err}
	}
	return nil
}
