package files

import "golang.org/x/sys/unix"

// machine returns the numbers of the volume that the machine starts from and of its start, "" where
// they are not known.
func machine() (id, boot string) {
	read := func(name string) string {
		s, err := unix.Sysctl(name)
		if err != nil {
			return ""
		}
		return s
	}
	return read("kern.bootuuid"), read("kern.bootsessionuuid")
}
