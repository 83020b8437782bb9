//go:build unix

package ptytest

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"hark/ui/uitest"
)

// Patience is the longest wait before a test fails. The machine may be busy.
const Patience = 20 * time.Second

// Config describes the terminal.
type Config struct {
	Width, Height int // in cells
	// Background is the background colour that the terminal reports; nil is black.
	Background color.Color
}

// Terminal is a program running in a pseudo-terminal.
type Terminal struct {
	tb   testing.TB
	cmd  *exec.Cmd
	file *os.File // the terminal's side

	unheard atomic.Int32 // chunks that were read, but not yet passed to the emulator

	mu       sync.Mutex // guards everything below; never held while the emulator's replies are read
	emulator *vt.Emulator
	stream   bytes.Buffer
	heard    time.Time // when output was last read
	wait     *wait     // nil for none

	read  chan struct{} // closed when the last output has been read
	ended chan struct{} // closed when the program has ended
}

// wait is a caller waiting for a condition of the screen.
type wait struct {
	ok   func() bool // called with mu held
	done chan time.Time
}

// Start runs cmd in a terminal of its own, as the leader of a session. The program is killed when
// the test ends, if it still runs.
func Start(tb testing.TB, cmd *exec.Cmd, c Config) *Terminal {
	tb.Helper()
	master, slave, err := open()
	if err != nil {
		tb.Skipf("this machine has no pseudo-terminals: %v", err)
	}
	t := &Terminal{
		tb: tb, cmd: cmd, file: master, emulator: vt.NewEmulator(c.Width, c.Height),
		read: make(chan struct{}), ended: make(chan struct{}),
	}
	if c.Background != nil {
		t.emulator.SetDefaultBackgroundColor(c.Background)
	}
	t.setSize(c.Width, c.Height)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err = cmd.Start()
	_ = slave.Close() // the program has its own
	if err != nil {
		_ = master.Close()
		tb.Fatal(err)
	}
	go func() {
		defer close(t.ended)
		_ = cmd.Wait() // Exit returns how it ended
	}()
	replied := make(chan struct{})
	go func() {
		defer close(replied)
		t.reply()
	}()
	go t.listen()
	tb.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-t.ended
		_ = master.Close() // ends listen even if a child of the program still holds the terminal
		<-t.read
		// Emulator.Close would end reply too, but races with it.
		if pipe, ok := t.emulator.InputPipe().(io.Closer); ok {
			_ = pipe.Close()
		}
		<-replied
	})
	return t
}

// open returns a pseudo-terminal. The pty package's terminal side reads in blocking mode, and
// closing that waits for more to read; this one closes at once.
func open() (master, slave *os.File, err error) {
	blocking, slave, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err = errors.Join(err, blocking.Close()); err != nil {
		return nil, nil, errors.Join(err, slave.Close())
	}
	return os.NewFile(uintptr(fd), "terminal"), slave, nil
}

// chunk is a piece of the program's output.
type chunk struct {
	text []byte
	at   time.Time // when it was read
}

// backlog limits the chunks that wait for the emulator, which is far slower than reading.
const backlog = 1024

// listen reads the program's output. Another goroutine passes it to the emulator, because the time
// of a read must not depend on how long the emulator takes for what came before.
func (t *Terminal) listen() {
	chunks := make(chan chunk, backlog)
	go func() {
		defer close(t.read)
		for c := range chunks {
			t.hear(c)
		}
	}()
	defer close(chunks)
	for {
		buf := make([]byte, 16<<10)
		n, err := t.file.Read(buf)
		if n > 0 {
			t.unheard.Add(1)
			chunks <- chunk{buf[:n], time.Now()}
		}
		if err != nil {
			return // on Linux EIO: nobody holds the other side
		}
	}
}

func (t *Terminal) hear(c chunk) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.unheard.Add(-1)
	t.heard = c.at
	_, _ = t.stream.Write(c.text)   // a buffer does not fail
	_, _ = t.emulator.Write(c.text) // nor does the emulator
	if t.wait != nil && t.wait.ok() {
		t.wait.done <- c.at
		t.wait = nil
	}
}

// reply forwards the terminal's answers. The emulator blocks until they have been read.
func (t *Terminal) reply() {
	buf := make([]byte, 4096)
	for {
		n, err := t.emulator.Read(buf)
		if n > 0 {
			_, _ = t.file.Write(buf[:n]) // fails when the program has ended
		}
		if err != nil {
			return
		}
	}
}

// Type sends bytes as a keyboard does: "\r" is enter, "\x03" ctrl+c, "\x1b[A" up.
func (t *Terminal) Type(keys string) {
	t.tb.Helper()
	if _, err := t.file.WriteString(keys); err != nil {
		t.tb.Fatalf("typing %q: %v; the screen was\n%s", keys, err, t.Screen())
	}
}

// Resize changes the size of the terminal.
func (t *Terminal) Resize(width, height int) {
	t.tb.Helper()
	t.mu.Lock()
	t.emulator.Resize(width, height)
	t.mu.Unlock()
	t.setSize(width, height)
}

func (t *Terminal) setSize(width, height int) {
	t.tb.Helper()
	err := t.control(func(fd uintptr) error {
		return unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(height), Col: uint16(width)})
	})
	if err != nil {
		t.tb.Fatalf("setting the terminal's size: %v", err)
	}
}

// control passes the descriptor to f. os.File.Fd would make reading block again.
func (t *Terminal) control(f func(fd uintptr) error) error {
	conn, err := t.file.SyscallConn()
	if err != nil {
		return err
	}
	var inner error
	return errors.Join(conn.Control(func(fd uintptr) { inner = f(fd) }), inner)
}

// Pid returns the ID of the program's process.
func (t *Terminal) Pid() int { return t.cmd.Process.Pid }

// Signal sends the program a signal.
func (t *Terminal) Signal(s os.Signal) {
	t.tb.Helper()
	if err := t.cmd.Process.Signal(s); err != nil {
		t.tb.Fatalf("sending %v: %v", s, err)
	}
}

// Close closes the terminal, as closing its window does: the program gets a SIGHUP and cannot write
// any more. After it, only Exit, Screen and Stream make sense.
func (t *Terminal) Close() {
	t.tb.Helper()
	if err := t.file.Close(); err != nil {
		t.tb.Fatal(err)
	}
}

// Sees waits until the screen shows all of the texts at once.
func (t *Terminal) Sees(texts ...string) {
	t.tb.Helper()
	t.Await("shows "+strings.Join(texts, " and "), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// Await waits until ok accepts the screen, as Screen returns it, and returns when the output that
// made it so was read. what describes the condition in the error.
func (t *Terminal) Await(what string, ok func(screen string) bool) time.Time {
	t.tb.Helper()
	return t.await(what, func() bool { return ok(uitest.Text(t.emulator)) })
}

// Drawn waits until the screen shows a text in a colour; nil is the terminal's own.
func (t *Terminal) Drawn(text string, in color.Color) {
	t.tb.Helper()
	t.await(fmt.Sprintf("shows %s in %v", text, in), func() bool {
		for y, line := range strings.Split(uitest.Text(t.emulator), "\n") {
			before, _, found := strings.Cut(line, text)
			if !found {
				continue
			}
			cell := t.emulator.CellAt(ansi.StringWidthWc(before), y)
			return cell != nil && sameColour(cell.Style.Fg, in)
		}
		return false
	})
}

func sameColour(a, b color.Color) bool {
	if a == nil || b == nil {
		return a == b
	}
	return color.RGBAModel.Convert(a) == color.RGBAModel.Convert(b)
}

func (t *Terminal) await(what string, ok func() bool) time.Time {
	t.tb.Helper()
	w := &wait{ok, make(chan time.Time, 1)}
	t.mu.Lock()
	if ok() {
		defer t.mu.Unlock()
		return t.heard
	}
	t.wait = w
	t.mu.Unlock()
	select {
	case at := <-w.done:
		return at
	case <-time.After(Patience):
	case <-t.read:
		select {
		case at := <-w.done:
			return at
		default:
		}
	}
	t.tb.Fatalf("the screen never %s:\n%s\nthe last of what was written: %q", what, t.Screen(), t.last())
	return time.Time{}
}

// Quiet waits until the program has written nothing for d.
func (t *Terminal) Quiet(d time.Duration) {
	t.tb.Helper()
	for deadline := time.Now().Add(Patience); ; {
		t.mu.Lock()
		rest := time.Until(t.heard.Add(d))
		t.mu.Unlock()
		if t.unheard.Load() > 0 {
			rest = d
		}
		switch {
		case rest <= 0:
			return
		case time.Now().After(deadline):
			t.tb.Fatalf("the program never stops writing; the last was %q", t.last())
		}
		time.Sleep(rest)
	}
}

// Screen returns the lines of the screen from the first to the last, without trailing blanks, each
// with a newline.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return uitest.Text(t.emulator)
}

// Stream returns all output of the program so far.
func (t *Terminal) Stream() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stream.String()
}

// Written returns the number of bytes of output so far.
func (t *Terminal) Written() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stream.Len()
}

// last returns the end of the stream, for an error.
func (t *Terminal) last() string {
	s := t.Stream()
	return s[max(len(s)-500, 0):]
}

// Exit waits until the program has ended and all its output was read, and returns its exit code, or
// -1 when a signal ended it.
func (t *Terminal) Exit() int {
	t.tb.Helper()
	deadline := time.After(Patience)
	for _, end := range []chan struct{}{t.ended, t.read} {
		select {
		case <-end:
		case <-deadline:
			t.tb.Fatalf("the program does not end; the screen is\n%s", t.Screen())
		}
	}
	return t.cmd.ProcessState.ExitCode()
}

// Raw reports whether the program has changed the terminal's mode from that of a new one: no echo,
// no line editing.
func (t *Terminal) Raw() bool {
	t.tb.Helper()
	now, err := t.state()
	if err != nil {
		t.tb.Fatal(err)
	}
	master, slave, err := pty.Open()
	if err != nil {
		t.tb.Fatal(err)
	}
	fresh, err := term.GetState(slave.Fd())
	if err = errors.Join(err, master.Close(), slave.Close()); err != nil {
		t.tb.Fatal(err)
	}
	return !reflect.DeepEqual(now, fresh)
}

func (t *Terminal) state() (state *term.State, err error) {
	err = t.control(func(fd uintptr) error {
		state, err = term.GetState(fd)
		return err
	})
	return state, err
}
