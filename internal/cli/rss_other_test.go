//go:build unix && !linux

package cli_test

import "os/exec"

// maxResident is not measured here: systems count in different units.
func maxResident(*exec.Cmd) int64 { return 0 }
