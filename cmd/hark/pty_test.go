//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/store"
	"hark/ui/ptytest"
	"hark/ui/theme"
)

// Keys as a keyboard sends them.
const (
	enter = "\r"
	esc   = "\x1b"
	ctrlC = "\x03"
	ctrlG = "\x07"
	ctrlP = "\x10"
	ctrlQ = "\x11"
	ctrlU = "\x15"
	ctrlZ = "\x1a"
)

// table is where somebody sits with hark in a terminal of its own and a notebook of its own.
type table struct {
	*ptytest.Terminal
	t    *testing.T
	home string
	env  []string
}

// at returns a table with no terminal on it yet; env is added to its environment.
func at(t *testing.T, env ...string) *table {
	t.Helper()
	home := t.TempDir()
	return &table{t: t, home: home, env: append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_CONFIG_HOME=" + home,
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "PS1=prompt> ", "GOCOVERDIR=" + os.Getenv("GOCOVERDIR"),
		// Killed, Bubble Tea closes its input while a goroutine still reads it: no race of hark's.
		"GORACE=atexit_sleep_ms=0 exitcode=0 log_path=" + filepath.Join(home, "race"),
	}, env...)}
}

// opens starts a command in the terminal, of the size that screens are designed for first.
func (tb *table) opens(c ptytest.Config, name string, args ...string) {
	tb.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Dir = tb.env, tb.home
	if c.Width == 0 {
		c.Width, c.Height = 100, 30
	}
	tb.Terminal = ptytest.Start(tb.t, cmd, c)
}

// sit opens the live screen of a new interview.
func sit(t *testing.T, env ...string) *table {
	t.Helper()
	tb := at(t, env...)
	tb.opens(ptytest.Config{}, "hark", "new", "Harbour Welding")
	tb.Sees("Harbour Welding", "enter keep")
	return tb
}

// book opens the notebook in this process, at the same time as hark in the terminal.
func (tb *table) book() (*notebook.Notebook, interview.ID) {
	tb.t.Helper()
	s, err := store.Open(filepath.Join(tb.home, "hark", "hark.db"))
	if err != nil {
		tb.t.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: s, Now: time.Now, Random: rand.Reader})
	if err != nil {
		tb.t.Fatal(err)
	}
	var id interview.ID
	err = s.Summaries(context.Background(), func(one interview.Summary) bool {
		id = one.ID
		return false
	})
	if err != nil {
		tb.t.Fatal(err)
	}
	return book, id
}

// holds waits until text is in the file of the notebook: as long as the window lives, its draft is
// offered to nobody.
func (tb *table) holds(text string) {
	tb.t.Helper()
	for deadline := time.Now().Add(ptytest.Patience); ; time.Sleep(20 * time.Millisecond) {
		b, err := os.ReadFile(filepath.Join(tb.home, "hark", "hark.db"))
		switch {
		case err != nil:
			tb.t.Fatal(err)
		case bytes.Contains(b, []byte(text)):
			tb.book() // which waits for the end of the commit
			return
		case time.Now().After(deadline):
			tb.t.Fatalf("%q is not in the notebook", text)
		}
	}
}

// hasDraft waits until the notebook offers text as what is in the box.
func (tb *table) hasDraft(text string) {
	tb.t.Helper()
	book, id := tb.book()
	for deadline := time.Now().Add(ptytest.Patience); ; time.Sleep(20 * time.Millisecond) {
		switch draft, err := book.Draft(context.Background(), id); {
		case err != nil:
			tb.t.Fatal(err)
		case draft == text:
			return
		case time.Now().After(deadline):
			tb.t.Fatalf("the draft is %q, want %q", draft, text)
		}
	}
}

// loses waits until the screen no longer shows text.
func (tb *table) loses(text string) {
	tb.t.Helper()
	tb.Await("loses "+text, func(screen string) bool { return !strings.Contains(screen, text) })
}

// ends waits for the exit code and checks that the terminal is as it was before.
func (tb *table) ends(code int) {
	tb.t.Helper()
	if got := tb.Exit(); got != code {
		tb.t.Errorf("exit code %d, want %d; the screen is\n%s", got, code, tb.Screen())
	}
	tb.restored()
}

func (tb *table) restored() {
	tb.t.Helper()
	if left := ptytest.Unrestored(tb.Stream()); len(left) > 0 {
		tb.t.Errorf("the terminal is left with %s", strings.Join(left, ", "))
	}
	if tb.Raw() {
		tb.t.Error("the terminal is left raw")
	}
}

// taken fails unless hark has the terminal to itself: restored would find nothing otherwise.
func (tb *table) taken() {
	tb.t.Helper()
	left := ptytest.Unrestored(tb.Stream())
	for _, want := range []string{"alternate screen: true", "bracketed paste: true", "mouse buttons: true"} {
		if !slices.Contains(left, want) {
			tb.t.Errorf("hark runs without %q; what it changed is %q", want, left)
		}
	}
	if !tb.Raw() {
		tb.t.Error("hark runs in a terminal that is not raw")
	}
}

func TestTypingResizingLeaving(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.taken()
	tb.Type("We rework one weld")
	tb.Sees("We rework one weld")
	tb.Resize(60, 20)
	tb.Type(" in fi")
	tb.Sees("We rework one weld in fi")
	tb.Resize(40, 10)
	tb.Sees("too small", "40×10")
	tb.Type("ve, 日本")
	tb.Resize(200, 50)
	tb.Sees("We rework one weld in five, 日本")
	tb.Resize(100, 30)
	tb.Type(ctrlC)
	tb.Sees("We rework one weld in five, 日本", "once more")
	tb.Type(".")
	tb.Sees("five, 日本.", "enter keep")
	tb.Type(enter)
	tb.Sees("1  ", "We rework one weld in five, 日本.", "saved ")
	tb.Type("half a sent")
	tb.Sees("half a sent")
	tb.Type(ctrlC)
	tb.Sees("once more")
	tb.Type(ctrlC)
	tb.ends(0)
	tb.hasDraft("half a sent")
}

func TestASignalRestoresTheTerminal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			tb := sit(t)
			tb.Type("kept" + enter + "half a sent")
			tb.Sees("1  ", "half a sent", "saved ")
			tb.taken()
			tb.Signal(signal) // before a draft is kept of itself
			tb.ends(0)
			tb.hasDraft("half a sent")
		})
	}
}

// Closing a terminal's window is more than a signal: there is nothing left to write to.
func TestTheWindowIsClosed(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.Type("kept" + enter + "half a sent")
	tb.Sees("1  ", "half a sent", "saved ")
	tb.Close()
	if got := tb.Exit(); got != 0 {
		t.Errorf("exit code %d", got)
	}
	tb.hasDraft("half a sent")
	if diff := cmp.Diff([]string{"kept"}, tb.lines()); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}

// After a panic people read a sentence, and what happened is in a file without a word of what they
// typed.
func TestAPanicRestoresTheTerminal(t *testing.T) {
	for _, where := range []string{onTheScreen, offScreen} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			tb := at(t)
			tb.opens(ptytest.Config{}, "hark-at-fault", where)
			tb.Sees("Harbour Welding", "enter keep")
			tb.taken()
			tb.Type("kept" + enter)
			tb.ends(1)
			said := tb.Stream()
			if !strings.Contains(said, "a fault in hark itself has ended the app") || strings.Contains(said, "goroutine ") {
				t.Errorf("it ended with %q", said[max(0, len(said)-800):])
			}
			notes, err := filepath.Glob(filepath.Join(tb.home, "faults", "fault-*.txt"))
			if err != nil || len(notes) != 1 {
				t.Fatalf("written down in %q, %v", notes, err)
			}
			note, err := os.ReadFile(notes[0])
			if err != nil {
				t.Fatal(err)
			}
			if text := string(note); !strings.Contains(text, "goroutine ") || !strings.Contains(text, "fault_test.go") || strings.Contains(text, faultText) {
				t.Errorf("written down is\n%s", text)
			}
			if info, err := os.Stat(notes[0]); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("its mode is %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestNothingTypedIsLostWhenKilled(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.Type("!\"One weld in five is done twice" + enter)
	tb.Sees("“One weld in five", "saved ")
	tb.Type(`"half a sent`)
	tb.Sees(`"half a sent`)
	tb.holds(`"half a sent`)
	tb.Signal(syscall.SIGKILL)
	tb.Exit()

	tb.opens(ptytest.Config{}, "hark", "open", "harbour")
	tb.Sees("“One weld in five", `"half a sent`, "when hark was left")
	tb.Type("ence" + enter)
	tb.Sees("“half a sentence”")
	tb.Type(ctrlQ)
	tb.ends(0)
}

// Two windows on one interview each have a draft of their own. A colleague's Enter does not take
// mine, and after a crash it is offered on the next start.
func TestTwoWindowsOnOneInterview(t *testing.T) {
	t.Parallel()
	mine := sit(t)
	mine.Type("half of mine")
	mine.holds("half of mine")
	theirs := &table{t: t, home: mine.home, env: mine.env}
	theirs.opens(ptytest.Config{}, "hark", "open", "harbour")
	theirs.Sees("Harbour Welding", "enter keep")
	if strings.Contains(theirs.Screen(), "half of mine") {
		t.Fatalf("my draft stands in the other window:\n%s", theirs.Screen())
	}
	theirs.Type("half of theirs")
	theirs.holds("half of theirs")
	theirs.Type(", whole" + enter)
	theirs.Sees("half of theirs, whole", "saved ")
	theirs.Type(ctrlQ)
	theirs.ends(0)
	mine.Signal(syscall.SIGKILL)
	mine.Exit()
	mine.opens(ptytest.Config{}, "hark", "open", "harbour")
	mine.Sees("half of theirs, whole", "half of mine", "when hark was left")
	mine.Type(", whole" + enter)
	mine.Sees("half of mine, whole", "saved ")
	mine.Type(ctrlQ)
	mine.ends(0)
	if diff := cmp.Diff([]string{"half of theirs, whole", "half of mine, whole"}, mine.lines()); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	mine.hasDraft("")
	if left, err := filepath.Glob(filepath.Join(mine.home, "hark", "*.window")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

// A shell with job control stands behind hark here, as it does for people.
func TestSuspending(t *testing.T) {
	t.Parallel()
	tb := at(t)
	tb.opens(ptytest.Config{}, "sh", "-i")
	tb.Sees("prompt>")
	tb.Type("hark new 'Harbour Welding'\r")
	tb.Sees("Harbour Welding", "enter keep")
	tb.taken()
	tb.Type("half a sent" + esc)
	tb.Sees("one key", "half a sent")
	tb.Type(ctrlZ)
	tb.Await("shows the shell again", func(screen string) bool {
		return strings.Count(screen, "prompt>") == 2 && !strings.Contains(screen, "half a sent")
	})
	// The shell has the terminal in a state of its own: only what hark wrote can be looked at.
	if left := ptytest.Unrestored(tb.Stream()); len(left) > 0 {
		t.Errorf("suspended, the terminal is left with %s", strings.Join(left, ", "))
	}
	tb.Type("echo meanwhile\r")
	tb.Sees("\nmeanwhile\n")
	tb.Resize(80, 24)
	tb.Type("fg\r")
	tb.Sees("one key", "half a sent")
	tb.Type(esc)
	tb.Sees("enter keep")
	tb.taken()
	tb.Type("ence" + enter)
	tb.Sees("1  ", "half a sentence", "saved ")
	tb.Type(ctrlQ)
	tb.Await("shows the shell at the end", func(screen string) bool { return strings.Count(screen, "prompt>") == 4 })
	tb.Type("exit\r")
	tb.ends(0)
}

// What a terminal runs itself, without a shell, cannot be suspended: it would never come back.
func TestNotSuspendedWithoutAShell(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.Type("half a sent")
	tb.Sees("half a sent")
	tb.Type(ctrlZ) // while typing, it takes back a word
	tb.loses("half a sent")
	tb.Sees("half a", "enter keep")
	tb.Type(esc)
	tb.Sees("one key")
	tb.Type(ctrlZ)
	tb.Sees("no shell started hark")
	tb.taken()
	tb.Type(ctrlQ)
	tb.ends(0)
}

func TestNoColour(t *testing.T) {
	for _, value := range []string{"1", "yes", "anything"} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			tb := sit(t, "NO_COLOR="+value)
			tb.Type("!\"One weld in five" + enter + "~the board is empty" + enter + ">a jig" + enter)
			tb.Sees("“One weld in five”", "the board is empty", "a jig", "saved ")
			tb.Type(ctrlG)
			tb.Sees("Still missing")
			tb.Type(esc)
			tb.loses("Still missing")
			tb.Type(ctrlP)
			tb.Sees("Commands")
			tb.Type(esc)
			tb.loses("Commands")
			tb.Type(esc)
			tb.Sees("one key")
			tb.Type(ctrlQ)
			tb.ends(0)
			if colours := ptytest.Colours(tb.Stream()); len(colours) > 0 {
				t.Errorf("drawn with colours: %q", colours)
			}
		})
	}
	t.Run("without it", func(t *testing.T) {
		t.Parallel()
		tb := sit(t)
		tb.Type(ctrlQ)
		tb.ends(0)
		if len(ptytest.Colours(tb.Stream())) == 0 {
			t.Error("drawn without a colour: the other tests of this cannot fail")
		}
	})
}

func TestFollowsTheBackground(t *testing.T) {
	for name, background := range map[string]color.Color{"light": color.White, "dark": color.Black} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			palette := theme.Dark()
			if name == "light" {
				palette = theme.Light()
			}
			tb := at(t)
			tb.opens(ptytest.Config{Background: background}, "hark", "new", "Harbour Welding")
			tb.Drawn("Harbour Welding", palette.Title)
			tb.Drawn("tab", palette.Accent)
			tb.Type(ctrlQ)
			tb.ends(0)
		})
	}
}

func TestNoScreenNoApp(t *testing.T) {
	for _, command := range [][]string{{"new", "Harbour Welding"}, {}} {
		t.Run("dumb "+strings.Join(command, " "), func(t *testing.T) {
			t.Parallel()
			tb := at(t, "TERM=dumb")
			tb.opens(ptytest.Config{}, "hark", command...)
			tb.ends(2)
			tb.Sees("hark take", "TERM is dumb")
			if strings.Contains(tb.Stream(), esc) {
				t.Errorf("it sends control sequences to a terminal that has none: %q", tb.Stream())
			}
		})
		t.Run("piped "+strings.Join(command, " "), func(t *testing.T) {
			t.Parallel()
			tb := at(t)
			script := append([]string{"-c", `hark "$@" >piped; echo "exit code $?"`, "sh"}, command...)
			tb.opens(ptytest.Config{}, "sh", script...)
			tb.Sees("needs a terminal", "hark take", "exit code 2")
			if piped, err := os.ReadFile(filepath.Join(tb.home, "piped")); err != nil || len(piped) > 0 {
				t.Errorf("into the pipe goes %q, error %v", piped, err)
			}
		})
	}
}

func TestPastingAsks(t *testing.T) {
	t.Parallel()
	const paste, pasted = "\x1b[200~", "\x1b[201~"
	tb := sit(t)
	tb.Type(paste + "\"one\r!two\r" + pasted)
	tb.Sees("Pasted text", "2 lines, beginning", "2 many lines", "3 many lines, read as if typed")
	tb.Type(esc)
	tb.loses("Pasted text")
	if added := tb.lines(); len(added) > 0 {
		t.Errorf("kept without a word: %q", added)
	}
	tb.Type(paste + "\"one\r!two\r" + pasted)
	tb.Sees("Pasted text", "2 lines, beginning")
	tb.Quiet(time.Second) // keys count only after somebody had the time to read
	tb.Type("3" + enter)
	tb.Sees("“one”", " two ", "2 lines kept", "saved ")
	if diff := cmp.Diff([]string{"one", "two"}, tb.lines()); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	tb.Type(ctrlQ)
	tb.ends(0)
}

// lines returns the texts that the notebook has.
func (tb *table) lines() []string {
	tb.t.Helper()
	book, id := tb.book()
	v, err := book.Open(context.Background(), id)
	if err != nil {
		tb.t.Fatal(err)
	}
	var texts []string
	for _, l := range v.Lines {
		texts = append(texts, l.Text)
	}
	return texts
}
