package repair

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// networkFS names the kind of network file system that a folder lies on, "" for none that is known.
func networkFS(dir string) string {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return ""
	}
	if s.Type == unix.FUSE_SUPER_MAGIC {
		mounts, err := os.ReadFile("/proc/self/mounts")
		if err != nil {
			return ""
		}
		return mountedBy(string(mounts), dir)
	}
	return networkKind(uint32(s.Type))
}

// mountedBy names the program that mounts another machine's disk at a folder, by the list of
// mounts; "" when the disk is this machine's own.
func mountedBy(mounts, dir string) string {
	longest, program := "", ""
	for line := range strings.Lines(mounts) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		at := strings.ReplaceAll(fields[1], `\040`, " ")
		if len(at) > len(longest) && (dir == at || strings.HasPrefix(dir, strings.TrimSuffix(at, "/")+"/")) {
			longest, program = at, strings.TrimPrefix(fields[2], "fuse.")
		}
	}
	switch program {
	case "sshfs", "rclone", "s3fs", "gcsfuse", "davfs", "curlftpfs", "smbnetfs", "gvfsd-fuse", "glusterfs", "ceph-fuse", "vmhgfs-fuse":
		return program
	}
	return ""
}

// networkKind names a network file system by the number that Linux gives it.
func networkKind(magic uint32) string {
	const (
		smb2   = 0xFE534D42
		cifs   = 0xFF534D42
		lustre = 0x0BD00BD0
		gfs2   = 0x01161970
		vboxsf = 0x786F4256
	)
	switch magic {
	case unix.NFS_SUPER_MAGIC:
		return "NFS"
	case unix.SMB_SUPER_MAGIC, smb2, cifs:
		return "a Windows share"
	case unix.V9FS_MAGIC, vboxsf:
		return "a folder of another system"
	case unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC:
		return "AFS"
	case unix.CEPH_SUPER_MAGIC:
		return "Ceph"
	case unix.CODA_SUPER_MAGIC:
		return "Coda"
	case unix.NCP_SUPER_MAGIC:
		return "NetWare"
	case unix.OCFS2_SUPER_MAGIC, gfs2, lustre:
		return "a cluster's disk"
	}
	return ""
}
