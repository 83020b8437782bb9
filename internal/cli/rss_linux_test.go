package cli_test

import (
	"os/exec"
	"syscall"
)

// maxResident returns the most memory that a command which has ended took, in
// bytes.
func maxResident(cmd *exec.Cmd) int64 {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss << 10
}
