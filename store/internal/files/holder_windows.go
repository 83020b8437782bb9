package files

import "golang.org/x/sys/windows"

// running reports whether there is a process with that number.
func running(pid int) bool {
	p, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return false
	}
	_ = windows.CloseHandle(p) // nothing was done with it
	return true
}
