package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hark/internal/cli"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/store"
	"hark/store/repair"
)

// The app exports an interview into a folder, which it makes, and never over another file or
// through a link.
func TestAppExports(t *testing.T) {
	home := t.TempDir()
	db := filepath.Join(home, "n.db")
	run := func(input string, app func(context.Context, cli.AppRequest) error, args ...string) {
		t.Helper()
		var stderr bytes.Buffer
		code := cli.Run(context.Background(), cli.Env{
			Args: append([]string{"--db", db}, args...), Stdin: strings.NewReader(input), Stdout: &bytes.Buffer{}, Stderr: &stderr,
			StdinIsTerminal: app != nil, StdoutIsTerminal: app != nil,
			Getenv: func(name string) string { return map[string]string{"HOME": home}[name] }, Now: time.Now, Zone: time.UTC,
			OpenStore: func(ctx context.Context, path string) (storage.Store, error) { return store.OpenContext(ctx, path) }, RunApp: app,
			Maintain: func(path string) storage.Maintainer { return repair.New(path, time.Now) },
		})
		if code != 0 {
			t.Fatalf("hark %q ended with %d:\n%s", args, code, stderr.String())
		}
	}
	run("!One weld in five is done twice\n>dear\n", nil, "take", "--new", "Harbour Welding")
	run("", func(ctx context.Context, r cli.AppRequest) error {
		all, err := r.Book.List(ctx, 1)
		if err != nil {
			return err
		}
		path, err := r.Export(ctx, all[0].ID, "~/out/notes")
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if dir := filepath.Join(home, "out", "notes"); filepath.Dir(path) != dir || !strings.Contains(path, "harbour-welding") && !strings.Contains(path, "Harbour") {
			t.Errorf("it is in %s, not a file of that customer in %s", path, dir)
		}
		if !strings.Contains(string(text), "One weld in five is done twice") || strings.Contains(string(text), "dear") {
			t.Errorf("the file says\n%s", text)
		}
		if _, err := r.Export(ctx, all[0].ID, "~/out/notes"); err == nil || !strings.Contains(err.Error(), "is there already") {
			t.Errorf("a second time: %v", err)
		}
		if _, err := r.Book.Apply(ctx, all[0].ID, interview.Promises{Text: "send it", Doubt: interview.DayDoubt{Words: "by next month"}}, notebook.Live); err != nil {
			return err
		}
		if said, err := r.Export(ctx, all[0].ID, filepath.Join(home, "again")); err != nil || !strings.HasSuffix(said, "; 1 promise went out without its day, which is still to settle") {
			t.Errorf("with a day in doubt: %q, %v", said, err)
		}
		if _, err := r.Export(ctx, interview.ID{1}, home); err == nil {
			t.Error("an interview that is not there was exported")
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		if err := os.Symlink(filepath.Join(home, "elsewhere"), path); err != nil {
			return err
		}
		if _, err := r.Export(ctx, all[0].ID, "~/out/notes"); err == nil {
			t.Error("it was written through a link")
		}
		if _, err := os.Stat(filepath.Join(home, "elsewhere")); !os.IsNotExist(err) {
			t.Errorf("behind the link: %v", err)
		}
		return nil
	})
}
