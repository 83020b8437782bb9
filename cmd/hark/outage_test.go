//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/ui/ptytest"
)

// occupied takes the notebook for another program until it is given back.
func (tb *table) occupied() (giveBack func()) {
	tb.t.Helper()
	f, err := os.OpenFile(filepath.Join(tb.home, "hark", "hark.lock"), os.O_RDWR, 0)
	if err != nil {
		tb.t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		tb.t.Fatal(err)
	}
	return func() {
		tb.t.Helper()
		if err := f.Close(); err != nil {
			tb.t.Fatal(err)
		}
	}
}

// hasJournalled waits until the journal has text in it.
func (tb *table) hasJournalled(text string) {
	tb.t.Helper()
	for deadline := time.Now().Add(ptytest.Patience); ; time.Sleep(20 * time.Millisecond) {
		names, err := filepath.Glob(filepath.Join(tb.home, "hark", "hark.journal", "*"))
		if err != nil {
			tb.t.Fatal(err)
		}
		for _, name := range names {
			if b, err := os.ReadFile(name); err == nil && bytes.Contains(b, []byte(text)) {
				return
			}
		}
		if time.Now().After(deadline) {
			tb.t.Fatalf("%q is in none of %q", text, names)
		}
	}
}

// While another program has the notebook, lines go into the journal, and into the notebook as soon
// as it is free.
func TestTypingOnWhileTheNotebookIsInUse(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.Type("before" + enter)
	tb.Sees("before", "saved ")
	giveBack := tb.occupied()
	tb.Type("one" + enter)
	tb.Sees("one", "kept aside ", "another program has the notebook in use")
	tb.Type("two" + enter + "half a sent")
	tb.Sees("two", "half a sent", "kept aside ")
	tb.hasJournalled("half a sent")
	giveBack()
	tb.Sees("in the notebook now", "saved ")
	tb.Type(ctrlQ)
	tb.ends(0)
	if diff := cmp.Diff([]string{"before", "one", "two"}, tb.lines()); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	tb.hasDraft("half a sent")
}

// hark take answers each line meanwhile, too: what else it would like to know, such as whom earlier
// meetings know, it does not wait for.
func TestTakeWhileTheNotebookIsInUse(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.Type("before" + enter + ctrlQ)
	tb.ends(0)
	tb.opens(ptytest.Config{}, "hark", "take", "harbour")
	tb.Sees("Harbour")
	giveBack := tb.occupied()
	tb.Type("one" + enter)
	tb.Sees("one  (kept aside)")
	tb.Type("/fix 1 two" + enter)
	tb.Sees("(corrected)  (kept aside)")
	giveBack()
	tb.Type("three" + enter)
	tb.Sees("three")
	tb.Type("\x04")
	tb.ends(0)
	if diff := cmp.Diff([]string{"two", "one", "three"}, tb.lines()); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}

// Killed meanwhile, everything is there again: the next hark takes it up.
func TestKilledWhileTheNotebookIsInUse(t *testing.T) {
	t.Parallel()
	tb := sit(t)
	tb.Type("before" + enter)
	tb.Sees("before", "saved ")
	giveBack := tb.occupied()
	tb.Type("one" + enter)
	tb.Sees("one", "kept aside ")
	tb.Type(`"half a sent`)
	tb.hasJournalled(`"half a sent`)
	tb.Signal(syscall.SIGKILL)
	tb.Exit()
	giveBack()

	tb.opens(ptytest.Config{}, "hark", "open", "harbour")
	tb.Sees("before", "one", `"half a sent`, "when hark was left")
	tb.Type(ctrlQ)
	tb.ends(0)
	if diff := cmp.Diff([]string{"before", "one"}, tb.lines()); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}
