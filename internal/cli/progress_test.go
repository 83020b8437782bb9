package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hark/internal/cli"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
	"hark/store/repair"
)

// desk runs commands on one notebook, in this process, with a clock that goes on by a second at
// every look.
type desk struct {
	t      *testing.T
	folder string
	now    time.Time
}

func newDesk(t *testing.T) *desk {
	return &desk{t: t, folder: t.TempDir(), now: time.Date(2026, 11, 5, 14, 0, 0, 0, time.UTC)}
}

// run runs a command and returns its exit code and what it said.
func (d *desk) run(interrupts <-chan os.Signal, stdin string, args ...string) (code int, stdout, stderr string) {
	d.t.Helper()
	var out, said bytes.Buffer
	code = cli.Run(context.Background(), cli.Env{
		Args:  append([]string{"--db", filepath.Join(d.folder, "x.db")}, args...),
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &said, StderrIsTerminal: true,
		Getenv: func(name string) string {
			if name == "HOME" {
				return d.folder
			}
			return ""
		},
		Now: func() time.Time { d.now = d.now.Add(time.Second); return d.now }, Zone: time.UTC, Interrupts: func() <-chan os.Signal { return interrupts },
		OpenStore:   func(ctx context.Context, path string) (storage.Store, error) { return store.OpenContext(ctx, path) },
		OpenJournal: func(path string) (storage.Journal, error) { return journal.Open(path) },
		Maintain:    func(path string) storage.Maintainer { return repair.New(path, time.Now) },
	})
	return code, out.String(), said.String()
}

// What takes long says how far it has come, and takes that away again.
func TestProgress(t *testing.T) {
	d := newDesk(t)
	for i := range 3 {
		if code, _, said := d.run(nil, "\"It is the dust\n", "take", "--new", fmt.Sprint("Mill ", i)); code != 0 {
			t.Fatalf("exit code %d: %s", code, said)
		}
	}
	file := filepath.Join(d.folder, "all.json")
	code, _, said := d.run(nil, "", "export", "--all", "--format", "json", "--out", file)
	if code != 0 || !strings.Contains(said, "\rexported 2 of 3") || !strings.Contains(said, "\r"+strings.Repeat(" ", len("exported 3 of 3"))+"\r") {
		t.Errorf("exit code %d, said %q", code, said)
	}
	if code, out, said := d.run(nil, "", "import", file); code != 0 || !strings.Contains(said, "\rimported 2") || !strings.Contains(said, "\rimported 3") {
		t.Errorf("exit code %d, printed %q, said %q", code, out, said)
	}
}

// An export that is stopped leaves nothing behind, and no half file.
func TestStoppedExportLeavesNoFile(t *testing.T) {
	d := newDesk(t)
	for i := range 3 {
		if code, _, said := d.run(nil, "\"It is the dust\n", "take", "--new", fmt.Sprint("Mill ", i)); code != 0 {
			t.Fatalf("exit code %d: %s", code, said)
		}
	}
	folder := filepath.Join(d.folder, "out")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"json", "html", "csv"} {
		stop := make(chan os.Signal, 1)
		stop <- syscall.SIGINT
		code, _, _ := d.run(stop, "", "export", "--all", "--format", format, "--out", filepath.Join(folder, "all."+format))
		left, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		// The signal may come too late to stop anything; then the file is whole.
		if code != 0 && len(left) > 0 || code == 0 && len(left) != 1 {
			t.Errorf("%s: exit code %d, left %v", format, code, left)
		}
		for _, f := range left {
			if err := os.Remove(filepath.Join(folder, f.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	// A command that was stopped while it opened the notebook may be opening it still.
	for tries := 0; os.RemoveAll(d.folder) != nil && tries < 100; tries++ {
		time.Sleep(10 * time.Millisecond)
	}
}
