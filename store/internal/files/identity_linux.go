package files

import (
	"os"
	"strings"
)

// machine returns the numbers of the machine and of its start, "" where they are not known.
func machine() (id, boot string) {
	read := func(path string) string {
		b, err := os.ReadFile(path)
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(b))
	}
	return read("/etc/machine-id"), read("/proc/sys/kernel/random/boot_id")
}
