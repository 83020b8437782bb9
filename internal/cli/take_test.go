//go:build unix

package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// feed starts hark take with a pipe that stays open.
func feed(t *testing.T, home string) (cmd *exec.Cmd, in io.WriteCloser, out *bufio.Reader, errs *bytes.Buffer) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), "hark", "take", "--new", "Acme")
	cmd.Env = homeEnv(home)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs = &bytes.Buffer{}
	cmd.Stderr = errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, in, bufio.NewReader(stdout), errs
}

func send(t *testing.T, in io.Writer, line string) {
	t.Helper()
	if _, err := io.WriteString(in, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

func lineCount(t *testing.T, home string) int {
	t.Helper()
	var iv struct{ Lines []json.RawMessage }
	if err := json.Unmarshal([]byte(run(t, home, "show", "--json")), &iv); err != nil {
		t.Fatal(err)
	}
	return len(iv.Lines)
}

// Each line is answered when it is kept, while the pipe is still open; and what was answered
// outlives any end.
func TestTakeAnswersAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name   string
		signal os.Signal
		code   int
	}{
		{"interrupted", os.Interrupt, 130},
		{"killed", os.Kill, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			home := t.TempDir()
			cmd, in, out, errs := feed(t, home)
			for _, want := range []string{"  1  paraphrase   one\n", "  2  paraphrase   two\n"} {
				send(t, in, strings.Fields(want)[2])
				if got, err := out.ReadString('\n'); got != want || err != nil {
					t.Fatalf("answer %q, %v; want %q", got, err, want)
				}
			}
			if err := cmd.Process.Signal(tt.signal); err != nil {
				t.Fatal(err)
			}
			if got := codeOf(cmd.Wait()); got != tt.code {
				t.Errorf("exit code %d, want %d; %s", got, tt.code, errs)
			}
			if tt.code == 130 && !strings.Contains(errs.String(), "stopped; what was kept until then is kept") {
				t.Errorf("it does not say that it stopped: %s", errs)
			}
			if got := lineCount(t, home); got != 2 {
				t.Errorf("%d lines are kept, want 2", got)
			}
		})
	}
}

// A reader that goes away is no reason to stop keeping.
func TestTakeKeepsWithoutAReader(t *testing.T) {
	home := t.TempDir()
	cmd := exec.Command("sh", "-c", "printf 'one\\ntwo\\nthree\\n' | hark take --new Acme | head -n 1")
	cmd.Env = homeEnv(home)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if out, err := cmd.Output(); err != nil || string(out) != "  1  paraphrase   one\n" {
		t.Fatalf("%q, %v, %s", out, err, &errs)
	}
	// head ends the pipeline before hark has ended.
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		got := lineCount(t, home)
		if got == 3 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%d lines are kept, want 3", got)
		}
	}
	if strings.Contains(errs.String(), "pipe") {
		t.Errorf("it complains of the pipe: %s", &errs)
	}
}

// Twenty megabytes without a line end are one line, and no burden.
func TestTakeHugeLine(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "huge.txt")
	const size = 20 << 20
	text := append(bytes.Repeat([]byte("word "), size/5), "\nand a good one\n"...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("hark", "take", "--new", "Acme", file)
	cmd.Env = homeEnv(home)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if codeOf(err) != 2 || string(out) != "  1  paraphrase   and a good one\n" {
		t.Errorf("%q, %v", out, err)
	}
	if want := "line 1: this line has 20971520 bytes, and 65536 are the most that one holds; keep it in several lines\n"; !strings.HasPrefix(errs.String(), want) {
		t.Errorf("it says %q, want %q", errs.String(), want)
	}
}

// The beginning of an ID that fits several interviews names none.
func TestAmbiguousID(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "notes.txt")
	if err := os.WriteFile(file, []byte("one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// An ID begins with one of 32 characters, and none of those is a 9.
	begins := map[byte][]string{}
	for made := 0; made == len(begins); made++ { // until two begin alike, after 33 at most
		run(t, home, "take", "--new", "9 lives", file)
		clear(begins)
		for line := range strings.Lines(run(t, home, "list")) {
			begins[line[0]] = append(begins[line[0]], line[:7])
		}
	}
	for first, ids := range begins {
		cmd := exec.Command("hark", "show", string(first))
		cmd.Env = homeEnv(home)
		out, err := cmd.CombinedOutput()
		if len(ids) == 1 {
			if err != nil {
				t.Errorf("%c names one interview: %s", first, out)
			}
			continue
		}
		if codeOf(err) != 3 || !strings.Contains(string(out), "could be") || !strings.Contains(string(out), ids[0]) {
			t.Errorf("%c could be any of %v: exit code %d, %s", first, ids, codeOf(err), out)
		}
	}
}
