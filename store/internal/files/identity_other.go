//go:build !linux && !darwin && !windows

package files

// machine does not know any numbers here.
func machine() (id, boot string) { return "", "" }
