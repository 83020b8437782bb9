//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// tmux runs a command of a tmux server of its own, with tmux's own settings: it waits half a second
// after esc for what may belong to it.
func (tb *table) tmux(args ...string) string {
	tb.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-S", filepath.Join(tb.home, "t"), "-f", os.DevNull}, args...)...)
	cmd.Env = tb.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		tb.t.Fatalf("tmux %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// killServer ends the server, and waits until hark, which has that process number, is gone: it writes its
// last things to the disk when its terminal is taken away.
func (tb *table) killServer(hark string) {
	tb.t.Helper()
	tb.tmux("kill-server")
	pid, err := strconv.Atoi(hark)
	if err != nil {
		tb.t.Fatal(err)
	}
	for range 200 {
		if syscall.Kill(pid, 0) != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	tb.t.Error("hark goes on without its terminal")
}

// In a real tmux, sentences typed right behind an esc land in the box whole, wherever the screen
// was.
func TestTheBoxOwnsTheKeyboardInTmux(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("there is no tmux here")
	}
	for name, opening := range map[string][]string{"the box": nil, "weighing": {"Escape", "w"}, "a playback": {"Escape", "p"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeInTmux(t, opening)
		})
	}
}

// typeInTmux types sentences behind an esc, each after the keys that open something.
func typeInTmux(t *testing.T, opening []string) {
	tb := at(t)
	tb.tmux("new-session", "-d", "-x", "100", "-y", "30", "hark", "new", "Harbour Welding")
	defer tb.killServer(strings.TrimSpace(tb.tmux("display-message", "-p", "#{pane_pid}")))
	keys := func(keys ...string) { tb.tmux(append([]string{"send-keys"}, keys...)...) }
	look := func() { time.Sleep(700 * time.Millisecond) }
	shows := func(want string) {
		t.Helper()
		for range 100 {
			if strings.Contains(tb.tmux("capture-pane", "-p"), want) {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatalf("tmux does not show %q:\n%s", want, tb.tmux("capture-pane", "-p"))
	}
	shows("what they say —")
	for _, line := range []string{"/person Ana, foreman", "!\"the skip is full", "/impact 1 how-bad=4"} {
		keys("-l", line)
		keys("Enter")
	}
	sentences := []string{
		"a lot of people complain", "but they never tell us", "customers wait half a day", "doctors hate it too", "for us it is the forms", "goes wrong every friday",
		"keeps coming back", "people ring us up", "quite a few people complain", "some of them leave", "we lose two days", "yes and the phones too",
		"People wait", "On mondays it is worse", "X-rays are late", "[they laugh]", "We lose two days",
	}
	if testing.Short() {
		sentences = sentences[:4]
	}
	for _, said := range sentences {
		if len(opening) > 0 {
			keys(opening...)
			look()
		}
		keys("Escape") // closes what is open, or is one too many
		keys("-l", said)
		keys("Enter")
	}
	book, id := tb.book()
	var iv notebook.View
	var got []string
	for range 100 {
		var err error
		if iv, err = book.Open(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		got = nil
		for _, l := range iv.Lines {
			if l.Kind == interview.Paraphrase {
				got = append(got, l.Text)
			}
		}
		if len(got) >= len(sentences) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if fmt.Sprint(got) != fmt.Sprint(sentences) {
		t.Errorf("kept %q, want %q", got, sentences)
	}
	if open := iv.ToSettle(); len(open) > 0 {
		t.Errorf("to settle: %+v", open)
	}
	if p := iv.Problems[0]; p.Status != interview.Weighed || len(p.Playbacks) > 0 {
		t.Errorf("the problem is %+v", p)
	}
}
