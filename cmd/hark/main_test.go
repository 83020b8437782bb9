package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hark": main, "hark-at-fault": atFault})
}

// The scripts of internal/cli try every command. This is about what main adds: the real notebook,
// exit codes, and which hark it is.
func TestHark(t *testing.T) {
	home := t.TempDir()
	notes := filepath.Join(home, "notes.txt")
	if err := os.WriteFile(notes, []byte("\"We rework one weld in five.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args         []string
		code         int
		stdout, errs string
	}{
		{[]string{"version"}, 0, "hark ", ""},
		{[]string{"list"}, 0, "", "There is no interview yet"},
		{[]string{"take", "--new", "Acme", notes}, 0, "  1  quote        “We rework one weld in five.”\n", "Acme is kept as "},
		{[]string{"list"}, 0, "Acme  0/0 confirmed", ""},
		{[]string{"show", "nobody"}, 3, "", "There is no interview or customer"},
		{[]string{"lsit"}, 2, "", "did you mean `hark list`?"},
		{[]string{"new", "Acme"}, 2, "", "The app needs a terminal"},
		{[]string{"list", "--db", notes}, 5, "", "notes.txt is not a notebook of hark"},
	} {
		t.Run(strings.Join(tt.args[:1], " "), func(t *testing.T) {
			cmd := exec.Command("hark", tt.args...)
			cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "HARK_DB=", "GORACE=atexit_sleep_ms=0")
			var errs strings.Builder
			cmd.Stderr = &errs
			out, err := cmd.Output()
			code := 0
			var exit *exec.ExitError
			switch {
			case errors.As(err, &exit):
				code = exit.ExitCode()
			case err != nil:
				t.Fatal(err)
			}
			if code != tt.code || !strings.Contains(string(out), tt.stdout) || !strings.Contains(errs.String(), tt.errs) {
				t.Errorf("exit code %d, want %d; it printed %q, want %q; it said %q, want %q", code, tt.code, out, tt.stdout, errs.String(), tt.errs)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(home, "hark", "hark.db")); err != nil {
		t.Errorf("the notebook is not in the data folder: %v", err)
	}
}
