package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/rogpeppe/go-internal/testscript"

	"hark/internal/cli"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
	"hark/store/repair"
)

// hurry keeps the race detector from holding up each end of a command for a second.
const hurry = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hark": func() { os.Exit(hark()) }})
}

// hark is the program with a real notebook, and an app that only says what it was asked to show.
func hark() int {
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	return cli.Run(context.Background(), cli.Env{
		Args:             os.Args[1:],
		Stdin:            os.Stdin,
		Stdout:           os.Stdout,
		Stderr:           os.Stderr,
		StdinIsTerminal:  term.IsTerminal(os.Stdin.Fd()),
		StdoutIsTerminal: term.IsTerminal(os.Stdout.Fd()),
		Getenv:           os.Getenv,
		Now:              time.Now,
		Zone:             time.UTC,
		Interrupts:       func() <-chan os.Signal { return interrupts },
		OpenStore: func(ctx context.Context, path string) (storage.Store, error) {
			s, err := store.OpenContext(ctx, path)
			if err != nil {
				return nil, err
			}
			return s, nil
		},
		OpenJournal: func(path string) (storage.Journal, error) { return journal.Open(path) },
		Maintain:    func(path string) storage.Maintainer { return repair.New(path, time.Now) },
		RunApp: func(ctx context.Context, r cli.AppRequest) error {
			if r.Interview.IsZero() {
				fmt.Println("the app shows the library")
				return nil
			}
			v, err := r.Book.Open(ctx, r.Interview)
			if err == nil {
				fmt.Printf("the app shows %s, %s\n", v.Customer, v.Playbook.Name)
			}
			return err
		},
		Version: "v1.2.3", Commit: "0123456789abcdef",
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			for name, value := range map[string]string{
				"HOME": "home", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "TMPDIR": "tmp",
			} {
				env.Setenv(name, filepath.Join(env.WorkDir, value))
			}
			env.Setenv("HARK_AUTHOR", "Mia")
			env.Setenv("GORACE", hurry)
			env.Setenv("HOSTILE", "\x1b[2J\x1b]0;title\aEve")
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name == "superuser" {
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"jsonq":  jsonq,
			"repeat": repeat,
			"bytes":  writeBytes,
		},
	})
}

// exits CODE COMMAND… runs a command that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	got := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// jsonq FILE PATH [VALUE] looks a value up in JSON: names and indices joined by dots, and len for
// how many there are. Without a value it must be there; with !, it must not.
func jsonq(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: jsonq FILE PATH [VALUE]")
	}
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	found := true
	for key := range strings.SplitSeq(args[1], ".") {
		switch at := v.(type) {
		case map[string]any:
			v, found = at[key]
		case []any:
			i, err := strconv.Atoi(key)
			switch {
			case key == "len":
				v = float64(len(at))
			case err == nil && i < len(at):
				v = at[i]
			default:
				found = false
			}
		default:
			found = false
		}
		if !found {
			break
		}
	}
	got := fmt.Sprint(v)
	ok := found && (len(args) == 2 || got == strings.Join(args[2:], " "))
	if ok == neg {
		ts.Fatalf("%s is %q (there: %t)", args[1], got, found)
	}
}

// repeat FILE N TEXT writes a file of N lines; \n in TEXT is a line end, and a text without one
// stands N times on one line.
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := strings.ReplaceAll(strings.Join(args[2:], " "), `\n`, "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, n)), 0o600))
}

// bytes FILE TEXT writes a text with Go's escapes.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	text, err := strconv.Unquote(`"` + strings.Join(args[1:], " ") + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// Every command has a script.
func TestEveryCommandHasAScript(t *testing.T) {
	out, err := exec.Command("hark", "__complete", "").Output()
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(out)) {
		name, _, described := strings.Cut(line, "\t")
		if !described {
			continue
		}
		n++
		if !slices.ContainsFunc(scripts, func(s string) bool { return strings.HasPrefix(filepath.Base(s), name) }) {
			t.Errorf("no script for hark %s", name)
		}
	}
	if n < 10 && runtime.GOOS != "windows" {
		t.Errorf("only %d commands found in %s", n, out)
	}
}
