//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"hark/store"
)

// output is what a process has written so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *output) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *output) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// Every command that opens the notebook says for whom it waits, and ends when it is asked to, with a
// sentence.
func TestWaitingSaysForWhom(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "x.db")
	s, err := store.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(folder, "copy.db")
	if _, err := s.Backup(t.Context(), copied, false); err != nil {
		t.Fatal(err)
	}
	locked := func(path string) func(t *testing.T) (release func()) {
		return func(t *testing.T) func() {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
				t.Fatal(err)
			}
			return func() { _ = f.Close() }
		}
	}
	hark := func(t *testing.T) func() {
		has, free, gone := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			gone <- s.Update(context.Background(), func(*store.Tx) error {
				close(has)
				<-free
				return nil
			})
		}()
		<-has
		return func() {
			close(free)
			if err := <-gone; err != nil {
				t.Error(err)
			}
		}
	}
	us := fmt.Sprintf("in use by another hark (process %d); waiting", os.Getpid())
	for _, tt := range []struct {
		name   string
		hold   func(*testing.T) func()
		whom   string
		signal os.Signal
		undone string
		call   []string
	}{
		{"doctor, hark", hark, us, os.Interrupt, "not all of the notebook was checked", []string{"doctor"}},
		{"doctor, another program", locked(db), "another program", syscall.SIGTERM, "not all of the notebook was checked", []string{"doctor"}},
		{"backup", hark, us, os.Interrupt, "no backup was written", []string{"backup", filepath.Join(folder, "new.db")}},
		{"backup, the lock file", locked(filepath.Join(folder, "x.lock")), "another program", os.Interrupt, "no backup was written", []string{"backup", filepath.Join(folder, "new.db")}},
		{"restore", hark, us, os.Interrupt, "your notebook is as it was", []string{"restore", copied}},
		{"restore of what is in use", locked(copied), "another program", os.Interrupt, "your notebook is as it was", []string{"restore", copied}},
		{"list", hark, us, os.Interrupt, "nothing was done", []string{"list"}},
		{"export", locked(db), "another program", os.Interrupt, "nothing was done", []string{"export", "--all", "--out", filepath.Join(folder, "out") + "/"}},
		{"take", locked(db), "another program", syscall.SIGTERM, "nothing was done", []string{"take", "--new", "Acme"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			release := tt.hold(t)
			defer release()
			var out output
			cmd := exec.Command("hark", append(tt.call, "--db", db)...)
			cmd.Stderr, cmd.Stdout = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(20 * time.Second); !strings.Contains(out.String(), tt.whom) && time.Now().Before(deadline); {
				time.Sleep(20 * time.Millisecond)
			}
			if err := cmd.Process.Signal(tt.signal); err != nil {
				t.Error(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case err = <-ended:
			case <-time.After(20 * time.Second):
				_ = cmd.Process.Kill()
				t.Fatalf("it waits on; it said %q", out.String())
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 130 {
				t.Errorf("ended with %v, want 130", err)
			}
			if text := out.String(); !strings.Contains(text, tt.whom) || !strings.Contains(text, "hark: stopped: ") || !strings.Contains(text, tt.undone) {
				t.Errorf("said %q, want %q and %q", text, tt.whom, tt.undone)
			}
		})
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) != 3 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}
