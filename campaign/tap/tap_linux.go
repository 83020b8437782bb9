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

// socketFd is the file descriptor of the socket over which a tapped process hands out its listener.
const socketFd = 3

// Process is the first thing that a process run by Run does: it installs the filter, hands out the
// listener, and executes the program in its arguments. The filter stays in force.
func Process(args []string) error {
	runtime.LockOSThread() // the filter belongs to the thread and survives the exec
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
	// A signal in the middle of a call would restart the call.
	env := append(os.Environ(), "GODEBUG=asyncpreemptoff=1")
	return syscall.Exec(self, append([]string{self}, args...), env)
}

// watched are the calls that the filter reports.
func watched() []uint32 {
	return []uint32{
		unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_FTRUNCATE, unix.SYS_FSYNC, unix.SYS_FDATASYNC,
		unix.SYS_OPENAT, unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_UNLINKAT, unix.SYS_MKDIRAT, unix.SYS_MMAP,
		// hark does not use these calls. The tap reports an error if it ever does.
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
		{Code: load, K: 0}, // the number of the system call
		// Copying within the kernel hides the data. Go falls back to reading and writing where it
		// is refused.
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

// Run runs a command that plays Process. It calls see for each call by which the process changes
// something in folder, and for its standard output, one at a time and before the call is carried
// out. The error wraps ErrUnavailable where processes cannot be tapped; it is an *exec.ExitError
// when the process failed.
func Run(cmd *exec.Cmd, folder string, see func(Call) Verdict) error {
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	theirs := os.NewFile(uintptr(ends[1]), "socket")
	cmd.ExtraFiles = []*os.File{theirs}
	err = cmd.Start()
	_ = theirs.Close() // the process has its own copy
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

// listen receives the listener and answers until the process has ended.
func (t *tap) listen(socket int) error {
	defer func() { _ = unix.Close(socket) }()
	rights := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := unix.Recvmsg(socket, make([]byte, 1), rights, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrUnavailable // the process ended before it handed out a listener
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
