//go:build !linux || !(amd64 || arm64)

package tap

import "os/exec"

// Process returns ErrUnavailable.
func Process([]string) error { return ErrUnavailable }

// Run returns ErrUnavailable.
func Run(*exec.Cmd, string, func(Call) Verdict) error { return ErrUnavailable }
