//go:build linux && (amd64 || arm64)

package tap

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// socketFd is where a tapped process finds the socket over which it hands out
// its listener.
const socketFd = 3

// Process is what a process does first that Run taps: it puts the filter in
// place, hands the listener out, and becomes the process that its arguments
// name. The filter stays.
func Process(args []string) error {
	runtime.LockOSThread() // the filter belongs to the thread, and goes along when that becomes another program
	listener, err := install()
	if err != nil {
		return err
	}
	unix.CloseOnExec(socketFd)
	if err := unix.Sendmsg(socketFd, []byte{0}, unix.UnixRights(listener), nil, 0); err != nil {
		return fmt.Errorf("handing the listener out: %w", err)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// A thread that is sent a signal in the middle of a call would make it anew.
	env := append(os.Environ(), "GODEBUG=asyncpreemptoff=1")
	return syscall.Exec(self, append([]string{self}, args...), env)
}

// watched are the calls that the filter asks about.
func watched() []uint32 {
	return []uint32{
		unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_FTRUNCATE, unix.SYS_FSYNC, unix.SYS_FDATASYNC,
		unix.SYS_OPENAT, unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_UNLINKAT, unix.SYS_MKDIRAT, unix.SYS_MMAP,
		// Nobody makes these. Should somebody begin to, the tap says so.
		unix.SYS_WRITEV, unix.SYS_PWRITEV, unix.SYS_PWRITEV2, unix.SYS_FALLOCATE, unix.SYS_TRUNCATE, unix.SYS_LINKAT,
		unix.SYS_SYMLINKAT, unix.SYS_OPENAT2, unix.SYS_SENDFILE, unix.SYS_SPLICE,
	}
}

// install puts the filter on this thread and returns the listener.
func install() (int, error) {
	const (
		load = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		same = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		give = unix.BPF_RET | unix.BPF_K
	)
	program := []unix.SockFilter{
		{Code: load, K: 0}, // the number of the call
		// Copying within the kernel hides what is copied. Go copies by reading
		// and writing where it cannot be done.
		{Code: same, Jf: 1, K: unix.SYS_COPY_FILE_RANGE},
		{Code: give, K: unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)},
	}
	for _, nr := range watched() {
		program = append(program,
			unix.SockFilter{Code: same, Jf: 1, K: nr},
			unix.SockFilter{Code: give, K: unix.SECCOMP_RET_USER_NOTIF})
	}
	program = append(program, unix.SockFilter{Code: give, K: unix.SECCOMP_RET_ALLOW})
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	prog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_NEW_LISTENER|unix.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(program)
	if errno != 0 {
		return 0, fmt.Errorf("%w: %w", ErrUnavailable, errno)
	}
	return int(fd), nil
}

// Run runs a command that plays Process, and asks see about each call by which
// it changes something in folder or below, and about what it says on standard
// output. Calls are asked about one at a time, each before it is carried out.
//
// The error wraps ErrUnavailable where processes cannot be tapped; it is an
// *exec.ExitError when the process failed.
func Run(cmd *exec.Cmd, folder string, see func(Call) Verdict) error {
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	theirs := os.NewFile(uintptr(ends[1]), "socket")
	cmd.ExtraFiles = []*os.File{theirs}
	err = cmd.Start()
	_ = theirs.Close() // the process has its own
	if err != nil {
		return errors.Join(err, unix.Close(ends[0]))
	}
	t := &tap{pid: cmd.Process.Pid, folder: folder, see: see}
	listening := t.listen(ends[0])
	if listening != nil {
		_ = cmd.Process.Kill() // it may have ended already
	}
	if err := cmd.Wait(); listening == nil {
		return err
	}
	return listening
}

// listen gets the listener and answers until the process has ended.
func (t *tap) listen(socket int) error {
	defer func() { _ = unix.Close(socket) }()
	rights := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := unix.Recvmsg(socket, make([]byte, 1), rights, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrUnavailable // it ended before it handed anything out
	}
	messages, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil {
		return err
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return err
	}
	t.listener = fds[0]
	defer func() { _ = unix.Close(t.listener) }()
	if t.pidfd, err = unix.PidfdOpen(t.pid, 0); err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	defer func() { _ = unix.Close(t.pidfd) }()
	for {
		more, err := t.answer()
		if err != nil || !more {
			return err
		}
	}
}
