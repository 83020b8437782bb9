//go:build unix

package files

import (
	"os"

	"golang.org/x/sys/unix"
)

// Identify returns what tells an open file.
func Identify(f *os.File) (Identity, error) {
	var st unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &st); err != nil {
		return Identity{}, err
	}
	return Identity{Volume: uint64(st.Dev), Number: st.Ino, Changed: st.Ctim.Nano()}, nil //nolint:unconvert // of another type elsewhere
}
