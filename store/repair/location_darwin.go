package repair

import "golang.org/x/sys/unix"

// networkFS names the kind of network file system that a folder lies on, "" for none that is known.
func networkFS(dir string) string {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil || s.Flags&unix.MNT_LOCAL != 0 {
		return ""
	}
	return unix.ByteSliceToString(s.Fstypename[:])
}
