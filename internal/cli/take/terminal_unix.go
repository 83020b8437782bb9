//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package take

import (
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// takeKeys has a terminal hand over each key at once, without showing it, and Ctrl+C preserve what
// was typed. restore sets the terminal back, and discards what was typed and not entered, so that
// it does not end up in the shell. So does stopping hark with Ctrl+Z, and going on takes the keys
// again. handed is false when in is no terminal.
func takeKeys(in io.Reader, keys *keyboard) (restore func(), handed bool) {
	f, ok := in.(*os.File)
	if !ok {
		return func() {}, false
	}
	fd := int(f.Fd())
	was, err := unix.IoctlGetTermios(fd, getTerminal)
	if err != nil {
		return func() {}, false
	}
	changed := *was
	changed.Lflag &^= unix.ICANON | unix.ECHO
	changed.Lflag |= unix.NOFLSH
	changed.Cc[unix.VMIN], changed.Cc[unix.VTIME] = 1, 0
	if err := unix.IoctlSetTermios(fd, setTerminal, &changed); err != nil {
		return func() {}, false
	}
	keys.width = func() int {
		if size, err := unix.IoctlGetWinsize(fd, unix.TIOCGWINSZ); err == nil && size.Col > 0 {
			return int(size.Col)
		}
		const usual = 80
		return usual
	}
	signals, ended := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGTSTP, syscall.SIGCONT)
	go func() {
		for {
			select {
			case <-ended:
				return
			case s := <-signals:
				switch s {
				case syscall.SIGCONT:
					_ = unix.IoctlSetTermios(fd, setTerminal, &changed) // the terminal may be gone
					keys.again()
				default:
					_ = unix.IoctlSetTermios(fd, setTerminal, was)
					_ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP)
				}
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(ended)
		_ = unix.IoctlSetTermios(fd, setAndFlushTerminal, was)
	}, true
}
