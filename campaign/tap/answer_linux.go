//go:build linux && (amd64 || arm64)

package tap

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// tap answers the requests of one process.
type tap struct {
	pid      int
	pidfd    int
	listener int
	folder   string
	see      func(Call) Verdict
}

// question and reply have the layout of the kernel: seccomp_notif and seccomp_notif_resp.
type (
	question struct {
		id    uint64
		pid   uint32
		flags uint32
		nr    int32
		arch  uint32
		ip    uint64
		args  [6]uint64
	}
	reply struct {
		id    uint64
		val   int64
		errno int32
		flags uint32
	}
)

// answer waits for a request and answers it. more is false once the process has ended.
func (t *tap) answer() (more bool, err error) {
	poll := []unix.PollFd{{Fd: int32(t.listener), Events: unix.POLLIN}}
	switch _, err := unix.Poll(poll, -1); {
	case errors.Is(err, unix.EINTR):
		return true, nil
	case err != nil:
		return false, err
	case poll[0].Revents&unix.POLLIN == 0:
		return false, nil
	}
	var q question
	switch err := t.ioctl(unix.SECCOMP_IOCTL_NOTIF_RECV, unsafe.Pointer(&q)); {
	case errors.Is(err, unix.EINTR), errors.Is(err, unix.ENOENT): // the process was killed meanwhile
		return true, nil
	case err != nil:
		return false, fmt.Errorf("asking what the process does: %w", err)
	}
	r := reply{id: q.id, flags: unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE}
	call, mine, err := t.read(&q)
	if err != nil {
		return false, err
	}
	if mine {
		if err := t.judge(&q, call, &r); err != nil {
			return false, err
		}
	}
	if err := t.ioctl(unix.SECCOMP_IOCTL_NOTIF_SEND, unsafe.Pointer(&r)); err != nil && !errors.Is(err, unix.ENOENT) {
		return false, fmt.Errorf("answering the process: %w", err)
	}
	return true, nil
}

// judge asks for the verdict on a call and carries it out.
func (t *tap) judge(q *question, call Call, r *reply) error {
	v := t.see(call)
	switch {
	case v.Errno != 0:
		r.flags, r.errno = 0, -int32(v.Errno)
	case v.Short > 0 && call.Op == Write && v.Short < len(call.Data):
		n, err := t.writePart(q, call, v.Short)
		if err != nil {
			return err
		}
		r.flags, r.val = 0, int64(n)
	}
	return nil
}

// writePart writes the beginning of a write for the process, through the same open file.
func (t *tap) writePart(q *question, call Call, n int) (int, error) {
	fd, err := unix.PidfdGetfd(t.pidfd, int(q.args[0]), 0)
	if err != nil {
		return 0, err
	}
	defer func() { _ = unix.Close(fd) }()
	if q.nr == unix.SYS_WRITE {
		return unix.Write(fd, call.Data[:n])
	}
	return unix.Pwrite(fd, call.Data[:n], call.Offset)
}

// read decodes the call of a process. mine is false when it does not concern the tapped folder.
func (t *tap) read(q *question) (call Call, mine bool, err error) {
	switch q.nr {
	case unix.SYS_OPENAT:
		return t.readOpen(q)
	case unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2:
		call.Op = Rename
		if call.Path, err = t.path(q.args[0], q.args[1]); err != nil {
			return call, false, err
		}
		call.To, err = t.path(q.args[2], q.args[3])
		return call, t.within(call.To), err
	case unix.SYS_UNLINKAT:
		call.Op = Remove
		call.Path, err = t.path(q.args[0], q.args[1])
		_, gone := os.Lstat(call.Path)
		return call, t.within(call.Path) && gone == nil, err
	case unix.SYS_MKDIRAT:
		call.Op = Folder
		call.Path, err = t.path(q.args[0], q.args[1])
		_, gone := os.Lstat(call.Path)
		return call, t.within(call.Path) && gone != nil, err
	case unix.SYS_MMAP:
		const shared, writable = unix.MAP_SHARED, unix.PROT_WRITE
		if fd := int32(q.args[4]); fd >= 0 && q.args[3]&shared != 0 && q.args[2]&writable != 0 && t.within(t.open(q.args[4])) {
			return call, false, t.unreadable(q)
		}
		return call, false, nil
	}
	return t.readFile(q)
}

// readFile is read for the calls on an open file.
func (t *tap) readFile(q *question) (call Call, mine bool, err error) {
	if q.args[0] == 1 && q.nr == unix.SYS_WRITE {
		call.Op = Say
		call.Data, err = t.memory(q.args[1], q.args[2])
		return call, true, err
	}
	call.Path = t.open(q.args[0])
	if !t.within(call.Path) {
		return call, false, nil
	}
	switch q.nr {
	case unix.SYS_FSYNC, unix.SYS_FDATASYNC:
		call.Op = Sync
	case unix.SYS_FTRUNCATE:
		call.Op, call.Size = Truncate, int64(q.args[1])
	case unix.SYS_PWRITE64:
		call.Op, call.Offset = Write, int64(q.args[3])
		call.Data, err = t.memory(q.args[1], q.args[2])
	case unix.SYS_WRITE:
		call.Op = Write
		if call.Offset, err = t.position(q.args[0]); err == nil {
			call.Data, err = t.memory(q.args[1], q.args[2])
		}
	default:
		return call, false, t.unreadable(q)
	}
	return call, true, err
}

// readOpen distinguishes opening a file from creating one.
func (t *tap) readOpen(q *question) (call Call, mine bool, err error) {
	flags := int(q.args[2])
	if flags&(unix.O_CREAT|unix.O_TRUNC) == 0 {
		return call, false, nil
	}
	if call.Path, err = t.path(q.args[0], q.args[1]); err != nil || !t.within(call.Path) {
		return call, false, err
	}
	switch info, err := os.Lstat(call.Path); {
	case errors.Is(err, fs.ErrNotExist):
		call.Op = Create
		return call, flags&unix.O_CREAT != 0, nil
	case err != nil:
		return call, false, err
	case flags&unix.O_TRUNC != 0 && flags&unix.O_EXCL == 0 && info.Size() > 0:
		call.Op = Truncate
		return call, true, nil
	}
	return call, false, nil
}

func (t *tap) unreadable(q *question) error {
	return fmt.Errorf("the process changes files by call number %d, which the tap cannot read", q.nr)
}

func (t *tap) within(path string) bool {
	return path == t.folder || strings.HasPrefix(path, t.folder+string(filepath.Separator))
}

// open returns the path of an open file of the process, "" when it has none.
func (t *tap) open(fd uint64) string {
	path, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", t.pid, int32(fd)))
	if err != nil || !filepath.IsAbs(path) {
		return ""
	}
	return path
}

// position returns the offset of the next plain write to an open file.
func (t *tap) position(fd uint64) (int64, error) {
	dup, err := unix.PidfdGetfd(t.pidfd, int(int32(fd)), 0)
	if err != nil {
		return 0, err
	}
	defer func() { _ = unix.Close(dup) }()
	flags, err := unix.FcntlInt(uintptr(dup), unix.F_GETFL, 0)
	if err != nil {
		return 0, err
	}
	if flags&unix.O_APPEND != 0 {
		var info unix.Stat_t
		err := unix.Fstat(dup, &info)
		return info.Size, err
	}
	return unix.Seek(dup, 0, unix.SEEK_CUR)
}

// path reads a path argument, relative to an open folder.
func (t *tap) path(dir, at uint64) (string, error) {
	const page = 4096 // unmapped memory begins at a page boundary
	var b []byte
	for len(b) < unix.PathMax {
		piece, err := t.memory(at, page-at%page)
		if err != nil {
			return "", err
		}
		if end, _, ok := bytes.Cut(piece, []byte{0}); ok {
			b = append(b, end...)
			break
		}
		b = append(b, piece...)
		at += uint64(len(piece))
	}
	path := string(b)
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	if int32(dir) != unix.AT_FDCWD {
		return filepath.Join(t.open(dir), path), nil
	}
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", t.pid))
	return filepath.Join(cwd, path), err
}

// memory reads the memory of the process.
func (t *tap) memory(at, size uint64) ([]byte, error) {
	b := make([]byte, size)
	if size == 0 {
		return b, nil
	}
	local := []unix.Iovec{{Base: &b[0]}}
	local[0].SetLen(len(b))
	n, err := unix.ProcessVMReadv(t.pid, local, []unix.RemoteIovec{{Base: uintptr(at), Len: len(b)}}, 0)
	if err != nil {
		return nil, fmt.Errorf("reading what the process writes: %w", err)
	}
	if n != len(b) {
		return nil, errors.New("reading what the process writes: some of it is not there")
	}
	return b, nil
}

func (t *tap) ioctl(request uintptr, arg unsafe.Pointer) error {
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(t.listener), request, uintptr(arg)); errno != 0 {
		return errno
	}
	return nil
}
