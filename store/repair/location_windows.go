package repair

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// networkFS names the kind of network file system that a folder lies on, "" for none that is known.
func networkFS(dir string) string {
	volume, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil || windows.GetDriveType(volume) != windows.DRIVE_REMOTE {
		return ""
	}
	return "a Windows share"
}
