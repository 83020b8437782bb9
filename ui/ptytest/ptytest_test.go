//go:build unix

package ptytest_test

import (
	"os/exec"
	"syscall"
	"testing"
	"time"

	"hark/ui/ptytest"
)

func TestTerminal(t *testing.T) {
	start := func(t *testing.T, script string) *ptytest.Terminal {
		t.Helper()
		return ptytest.Start(t, exec.Command("sh", "-c", script), ptytest.Config{Width: 40, Height: 5})
	}
	t.Run("typing and exit code", func(t *testing.T) {
		term := start(t, `printf 'name? '; read name; stty size; printf '%s\n' "日本 $name"; exit 3`)
		term.Sees("name?")
		term.Resize(50, 7)
		term.Type("Ana\r")
		if code := term.Exit(); code != 3 {
			t.Errorf("exit code %d", code)
		}
		if got, want := term.Screen(), "name? Ana\n7 50\n日本 Ana\n\n\n\n\n"; got != want {
			t.Errorf("the screen is %q, want %q", got, want)
		}
		if term.Raw() {
			t.Error("raw, though nobody changed it")
		}
	})
	t.Run("raw", func(t *testing.T) {
		term := start(t, "stty raw; echo ready; sleep 60")
		term.Sees("ready")
		if !term.Raw() {
			t.Error("not raw after stty raw")
		}
	})
	t.Run("signals", func(t *testing.T) {
		term := start(t, `trap 'echo caught' USR1; echo ready; while :; do sleep 0.05; done`)
		term.Sees("ready")
		term.Signal(syscall.SIGUSR1)
		term.Sees("caught")
	})
	t.Run("closing", func(t *testing.T) {
		term := start(t, "echo ready; sleep 60 & wait")
		term.Sees("ready")
		begun := time.Now()
		term.Close()
		if code := term.Exit(); code != -1 || time.Since(begun) > ptytest.Patience/2 {
			t.Errorf("exit code %d after %v, want a SIGHUP at once", code, time.Since(begun))
		}
	})
	t.Run("when output came", func(t *testing.T) {
		begun := time.Now()
		term := start(t, "sleep 0.3; echo ready")
		at := term.Await("is ready", func(screen string) bool { return screen[:5] == "ready" })
		if after := at.Sub(begun); after < 300*time.Millisecond {
			t.Errorf("seen after %v", after)
		}
		term.Quiet(50 * time.Millisecond)
		if term.Written() != len("ready\r\n") {
			t.Errorf("%d bytes written: %q", term.Written(), term.Stream())
		}
	})
}
