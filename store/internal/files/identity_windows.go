package files

import (
	"os"
	"strconv"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// Identify returns what tells an open file.
func Identify(f *os.File) (Identity, error) {
	handle := windows.Handle(f.Fd())
	var about windows.ByHandleFileInformation
	if err := windows.GetFileInformationByHandle(handle, &about); err != nil {
		return Identity{}, err
	}
	var basic struct { // FILE_BASIC_INFO
		Created, Accessed, Written, Changed int64 // in units of 100 ns
		Attributes, _                       uint32
	}
	err := windows.GetFileInformationByHandleEx(handle, windows.FileBasicInfo, (*byte)(unsafe.Pointer(&basic)), uint32(unsafe.Sizeof(basic)))
	if err != nil {
		return Identity{}, err
	}
	number := uint64(about.FileIndexHigh)<<32 | uint64(about.FileIndexLow)
	return Identity{Volume: uint64(about.VolumeSerialNumber), Number: number, Changed: basic.Changed}, nil
}

// machine returns the numbers of the machine and of its start, "" where they are not known.
func machine() (id, boot string) {
	open := func(path string, read func(registry.Key)) {
		key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.QUERY_VALUE|registry.WOW64_64KEY)
		if err != nil {
			return
		}
		read(key)
		_ = key.Close() // it was only read
	}
	open(`SOFTWARE\Microsoft\Cryptography`, func(key registry.Key) {
		id, _, _ = key.GetStringValue("MachineGuid") // else it stays empty
	})
	open(`SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters`, func(key registry.Key) {
		if n, _, err := key.GetIntegerValue("BootId"); err == nil && id != "" {
			boot = id + " " + strconv.FormatUint(n, 10)
		}
	})
	return id, boot
}
