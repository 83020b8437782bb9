//go:build unix

package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
)

// The test binary is also the other processes: with childEnv set it does what is asked there, "KIND
// PATH NUMBER", and ends.
const childEnv = "HARK_STORE_CHILD"

func TestMain(m *testing.M) {
	asked := os.Getenv(childEnv)
	if asked == "" {
		os.Exit(m.Run())
	}
	if err := child(strings.Split(asked, "\n")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(asked []string) error {
	number, err := strconv.Atoi(asked[2])
	if err != nil {
		return err
	}
	if mask := asked[3]; mask != "" {
		bits, err := strconv.ParseInt(mask, 8, 32)
		if err != nil {
			return err
		}
		syscall.Umask(int(bits))
	}
	if asked[0] == "repair" {
		return mend(asked[1], asked[4])
	}
	s, err := store.Open(asked[1])
	if err != nil {
		return err
	}
	switch asked[0] {
	case "open":
		return nil
	case "write":
		return writeOn(s, number, time.Now().Add(together()))
	case "read":
		for end := time.Now().Add(together()); time.Now().Before(end); {
			if _, err := read(s); err != nil {
				return err
			}
		}
		return nil
	case "write until killed":
		return writeOn(s, number, time.Now().Add(time.Minute))
	}
	return errors.New("unknown kind of child")
}

// together is how long processes work on one notebook in a test.
func together() time.Duration {
	if asked, err := time.ParseDuration(os.Getenv("HARK_STORE_TOGETHER")); err == nil {
		return asked
	}
	return 2 * time.Second
}

// writeOn keeps lines in two interviews, and now and then begins one, and says on stdout what was
// acknowledged, as soon as it was.
func writeOn(s *store.Store, process int, end time.Time) error {
	w := writer(process)
	for i := 0; time.Now().Before(end); i++ {
		n, item, text := i%2, number(process, i), fmt.Sprintf("%d by %d", i, process)
		if i%10 == 9 {
			n, item = 1000*process+i, lineID(1000*process+i, 0)
			text = "line 0"
			doc := document.New(interviewID(n))
			if _, err := s.Create(context.Background(), write(n, doc, w, said(item, text))); err != nil {
				return err
			}
		} else if _, err := add(s, n, w, item, text); err != nil {
			return err
		}
		if i%7 == 0 {
			if err := s.SetDraft(context.Background(), interviewID(n), text); err != nil {
				return err
			}
		}
		if _, err := fmt.Printf("%d %s %s\n", n, item, text); err != nil { // one write: whole lines, even when killed
			return err
		}
	}
	return nil
}

// startChild starts a process; its stdout is read from out.
func startChild(t *testing.T, kind, path string, number int, umask string) (cmd *exec.Cmd, out *bufio.Scanner) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{kind, path, strconv.Itoa(number), umask}, "\n"))
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(pipe)
}

// acknowledged is one write that was reported as done.
type acknowledged struct {
	n    int
	item document.ID
	text string
}

func parse(t *testing.T, line string) acknowledged {
	t.Helper()
	n, rest, _ := strings.Cut(line, " ")
	item, text, _ := strings.Cut(rest, " ")
	number, err := strconv.Atoi(n)
	id, idErr := document.ParseID(item)
	if err := errors.Join(err, idErr); err != nil {
		t.Fatalf("a child said %q: %v", line, err)
	}
	return acknowledged{number, id, text}
}

// TestManyProcesses lets processes write and read one notebook, in a folder that they all try to
// make. No write is lost and no revision given twice.
func TestManyProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "hark.db")
	for n := range 2 {
		begin(t, open(t, path), n, 1)
	}
	var (
		all  sync.WaitGroup
		mu   sync.Mutex
		acks []acknowledged
	)
	for i, kind := range []string{"write", "read", "write", "read", "write"} {
		cmd, out := startChild(t, kind, path, i+1, "")
		all.Go(func() {
			for out.Scan() {
				mu.Lock()
				acks = append(acks, parse(t, out.Text()))
				mu.Unlock()
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("process %d (%s): %v", i+1, kind, err)
			}
		})
	}
	all.Wait()
	c := mustVerify(t, open(t, path))
	wantGapless(t, c, 2+len(acks))
	for _, ack := range acks {
		wantLine(t, c, ack.n, ack.item, ack.text)
	}
	t.Logf("%d writes in %v", len(acks), together())
	if len(acks) < 20 {
		t.Errorf("only %d writes in %v: somebody starved", len(acks), together())
	}
}

// TestKilled kills a process in the middle of writing, again and again. What it said was done is
// there, and at most one write more. HARK_STORE_KILLS sets how often.
func TestKilled(t *testing.T) {
	kills := 30
	if testing.Short() {
		kills = 5
	}
	if asked, err := strconv.Atoi(os.Getenv("HARK_STORE_KILLS")); err == nil {
		kills = asked
	}
	s := fresh(t)
	for n := range 2 {
		begin(t, s, n, 1)
	}
	records, lost := 2, 0
	var acks []acknowledged
	for i := range kills {
		cmd, out := startChild(t, "write until killed", s.Path(), i+1, "")
		if !out.Scan() {
			t.Fatal("the process wrote nothing")
		}
		done := []acknowledged{parse(t, out.Text())}
		time.AfterFunc(time.Duration(rand.IntN(40_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		for out.Scan() {
			done = append(done, parse(t, out.Text()))
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process ended by itself")
		}
		acks = append(acks, done...)
		c := mustVerify(t, s)
		got := 0
		for _, log := range c.Logs {
			got += len(log)
		}
		wantGapless(t, c, got)
		for _, ack := range done {
			wantLine(t, c, ack.n, ack.item, ack.text)
		}
		switch got - records - len(done) {
		case 0:
		case 1:
			lost++ // done, but killed before it could say so
		default:
			t.Fatalf("after kill %d there are %d records more, and %d were acknowledged", i+1, got-records, len(done))
		}
		records = got
	}
	c := mustVerify(t, s)
	for _, ack := range acks {
		wantLine(t, c, ack.n, ack.item, ack.text)
	}
	t.Logf("%d kills, %d writes acknowledged, %d done and not acknowledged", kills, len(acks), lost)
}

// TestCreatedTogether lets processes make the same notebook at the same time.
func TestCreatedTogether(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "a", "b", "hark.db")
		var children []*exec.Cmd
		for i := range 4 {
			cmd, _ := startChild(t, "open", path, i, "")
			children = append(children, cmd)
		}
		for _, cmd := range children {
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		}
		mustVerify(t, open(t, path))
	}
}

func TestPermissions(t *testing.T) {
	for _, umask := range []string{"000", "022", "077", "777"} {
		t.Run(umask, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "share", "hark", "hark.db")
			cmd, _ := startChild(t, "open", path, 0, umask)
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
			want := map[string]fs.FileMode{
				"share": fs.ModeDir | 0o700, "share/hark": fs.ModeDir | 0o700, "share/hark/hark.db": 0o600, "share/hark/hark.lock": 0o600,
			}
			for name, mode := range want {
				info, err := os.Stat(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				if info.Mode() != mode {
					t.Errorf("%s has mode %v, want %v", name, info.Mode(), mode)
				}
			}
		})
	}
}

// What was there before keeps its permissions.
func TestPermissionsStay(t *testing.T) {
	s := fresh(t)
	if err := errors.Join(os.Chmod(s.Path(), 0o640), os.Chmod(filepath.Dir(s.Path()), 0o750)); err != nil {
		t.Fatal(err)
	}
	begin(t, open(t, s.Path()), 1, 1)
	for name, want := range map[string]fs.FileMode{s.Path(): 0o640, filepath.Dir(s.Path()): 0o750} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want mode %v", name, info.Mode(), err, want)
		}
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is read-only for the superuser")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "hark.db"), filepath.Join(dir, "folder", "hark.db")} {
		if _, err := store.Open(path); !errors.Is(err, storage.ErrUnwritable) || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("store.Open(%s): error = %v, want ErrUnwritable for want of permission", path, err)
		}
	}
}

// Opening a pipe would wait for somebody at its other end.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hark.db")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	if _, err := store.Open(path); !errors.Is(err, storage.ErrUnwritable) {
		t.Errorf("error = %v, want ErrUnwritable", err)
	}
}

// A file that is cut short while it is mapped faults where it is missing. That is damage too, even
// when it is the caller who reads there.
func TestCutShortInUse(t *testing.T) {
	s := fresh(t)
	w := write(1, document.New(interviewID(1)), writer(0), said(lineID(1, 0), "x"))
	w.Text = make([]byte, 100*check.PageSize)
	if _, err := s.Create(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	sound := bytesOf(t, s.Path())
	sum := 0
	err := s.Candidates(context.Background(), nil, func(_ interview.ID, folded []byte) bool {
		if err := os.Truncate(s.Path(), 2*check.PageSize); err != nil {
			t.Fatal(err)
		}
		for _, b := range folded {
			sum += int(b)
		}
		return true
	})
	if !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("error = %v after reading %d, want ErrDamaged", err, sum)
	}
	if err := os.WriteFile(s.Path(), sound, 0o600); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, s)
}
