package tap_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/campaign/tap"
	"hark/campaign/trial"
)

func TestMain(m *testing.M) {
	trial.Play(map[string]trial.Process{"tap": tap.Process, "changes": changes})
	os.Exit(m.Run())
}

// changes makes one change of each kind below a folder.
func changes(args []string) error {
	folder := filepath.Join(args[0], "folder")
	name := filepath.Join(folder, "a")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err1 := f.WriteString("one")
	_, err2 := f.WriteAt([]byte("two"), 10)
	err = errors.Join(err1, err2, f.Truncate(4096), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	fmt.Println("said")
	g, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = g.WriteString("three")
	dir, err1 := os.Open(folder)
	err = errors.Join(err, err1, g.Close(), os.Rename(name, name+"b"), dir.Sync(), os.Remove(name+"b"))
	return err
}

// run taps the process changes and returns the calls that were seen.
func run(t *testing.T, see func(tap.Call) tap.Verdict) (folder string, seen []string, err error) {
	t.Helper()
	folder = t.TempDir()
	cmd, err := trial.Command(context.Background(), "tap", "changes", folder)
	if err != nil {
		t.Fatal(err)
	}
	err = tap.Run(cmd, folder, func(c tap.Call) tap.Verdict {
		said := fmt.Sprint(c.Op)
		for _, path := range []string{c.Path, c.To} {
			if path != "" {
				said += " " + strings.TrimPrefix(path, folder+"/folder")
			}
		}
		seen = append(seen, strings.TrimSpace(fmt.Sprintf("%s %d %d %s", said, c.Offset, c.Size, c.Data)))
		return see(c)
	})
	if errors.Is(err, tap.ErrUnavailable) {
		t.Skip(err)
	}
	return folder, seen, err
}

func TestRun(t *testing.T) {
	_, seen, err := run(t, func(tap.Call) tap.Verdict { return tap.Verdict{} })
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"make folder 0 0", "create /a 0 0", "write /a 0 0 one", "write /a 10 0 two", "truncate /a 0 4096",
		"sync /a 0 0", "say 0 0 said", "write /a 4096 0 three", "rename /a /ab 0 0", "sync 0 0", "remove /ab 0 0",
	}
	for i := range seen {
		seen[i] = strings.ReplaceAll(seen[i], "  ", " ")
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
}

func TestFailing(t *testing.T) {
	_, seen, err := run(t, func(c tap.Call) tap.Verdict {
		if c.Op == tap.Sync {
			return tap.Verdict{Errno: syscall.EIO}
		}
		return tap.Verdict{}
	})
	if err == nil || seen[len(seen)-1] != "sync /a 0 0" {
		t.Errorf("error %v after %q, want one after the failed sync", err, seen)
	}
}

func TestShort(t *testing.T) {
	var file string
	folder, _, err := run(t, func(c tap.Call) tap.Verdict {
		switch {
		case c.Op == tap.Write && string(c.Data) == "one":
			return tap.Verdict{Short: 2}
		case c.Op == tap.Write && string(c.Data) == "e": // the rest is tried again
			b, err := os.ReadFile(c.Path)
			if err != nil {
				t.Error(err)
			}
			file = string(b)
		}
		return tap.Verdict{}
	})
	if err != nil || file != "on" {
		t.Errorf("error %v, kept %q in %s, want on", err, file, folder)
	}
}
