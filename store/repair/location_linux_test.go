package repair

import "testing"

func TestNetworkDisks(t *testing.T) {
	for magic, want := range map[uint32]string{0x6969: "NFS", 0xFE534D42: "a Windows share", 0x01021997: "a folder of another system", 0xEF53: ""} {
		if got := networkKind(magic); got != want {
			t.Errorf("networkKind(%#x) = %q, want %q", magic, got, want)
		}
	}
	const mounts = "/dev/sda1 / ext4 rw 0 0\nmia@host:/home /mnt/far\\040away fuse.sshfs rw 0 0\n/dev/sdb1 /mnt/stick fuseblk rw 0 0\n"
	for dir, want := range map[string]string{
		"/mnt/far away": "sshfs", "/mnt/far away/hark": "sshfs", "/mnt/far away too": "", "/mnt/stick/hark": "", "/home": "",
	} {
		if got := mountedBy(mounts, dir); got != want {
			t.Errorf("mountedBy(%s) = %q, want %q", dir, got, want)
		}
	}
}
