package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hark/internal/cli"
	"hark/internal/storage"
	"hark/store"
	"hark/store/repair"
)

// many is a notebook with more interviews than are exported at once.
func many(t *testing.T) *desk {
	d := newDesk(t)
	if code, _, said := d.run(nil, "", "demo", "--size", "80"); code != 0 {
		t.Fatalf("exit code %d: %s", code, said)
	}
	return d
}

// must runs a command that has to go well, and returns what it printed.
func (d *desk) must(args ...string) string {
	d.t.Helper()
	code, out, said := d.run(nil, "", args...)
	if code != 0 {
		d.t.Fatalf("hark %q ended with %d: %s", args, code, said)
	}
	return out
}

// ids are the IDs of all interviews as lists have them.
func (d *desk) ids() []string {
	d.t.Helper()
	var list []struct{ ID string }
	if err := json.Unmarshal([]byte(d.must("list", "--json")), &list); err != nil {
		d.t.Fatal(err)
	}
	all := make([]string, len(list))
	for i, one := range list {
		all[i] = one.ID
	}
	return all
}

// files returns what is in each file of a folder.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		in[e.Name()] = string(text)
	}
	return in
}

// Among many an interview comes out as it does alone, and they come in order.
func TestExportOfMany(t *testing.T) {
	d := many(t)
	t.Run("broken off", func(t *testing.T) { breakOff(t, d) })
	ids := d.ids()
	folder := filepath.Join(d.folder, "out")
	if printed := d.must("export", "--all", "--out", folder+"/"); printed != "" {
		t.Errorf("so many are printed:\n%s", printed)
	}
	texts := files(t, folder)
	few := append([]string{"export", "--force", "--out", folder}, ids[:20]...)
	printed := strings.Fields(d.must(few...))
	if len(printed) != 20 || len(texts) != len(ids) {
		t.Fatalf("%d interviews, %d paths of 20, %d files", len(ids), len(printed), len(texts))
	}
	named := map[string]string{}
	for name, text := range texts {
		named[name[len(name)-len("abcdefg.md"):][:7]] = text
	}
	whole := d.must("export", "--all", "--format", "json", "--thoughts")
	rows := strings.TrimPrefix(d.must("export", "--all", "--format", "csv"), d.must("export", ids[0], "--format", "csv"))
	for i, id := range ids {
		if i < len(printed) && !strings.Contains(printed[i], id[:7]) {
			t.Errorf("%s is printed as number %d, which is %s", printed[i], i, id)
		}
		if i%39 > 0 {
			continue // a look at some will do
		}
		if alone := d.must("export", id); named[id[:7]] != alone {
			t.Errorf("%s is\n%s\nand alone\n%s", id, named[id[:7]], alone)
		}
		var here, there any
		from := strings.Index(whole, "\n    \"id\": \""+id+"\"")
		if from < 0 || json.NewDecoder(strings.NewReader("{"+whole[from:])).Decode(&there) != nil {
			t.Fatalf("%s is not in the JSON of all", id)
		}
		if err := json.Unmarshal([]byte(d.must("export", id, "--format", "json", "--thoughts")), &here); err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(here)
		b, _ := json.Marshal(there)
		if !bytes.Equal(a, b) {
			t.Errorf("%s is in the JSON of all\n%s\nand alone\n%s", id, b, a)
		}
		if _, row, _ := strings.Cut(d.must("export", id, "--format", "csv"), "\r\n"); i > 0 && !strings.Contains(rows, row) {
			t.Errorf("%s is not in the table of all as it is alone:\n%s", id, row)
		}
	}
}

// stopper ends a context when something is written to it.
type stopper struct{ stop context.CancelFunc }

func (s stopper) Write(b []byte) (int, error) {
	s.stop()
	return len(b), nil
}

// breakOff tries that an export that is broken off leaves whole files behind it, and nothing else.
func breakOff(t *testing.T, d *desk) {
	const most = 20 // of more than that no path is written, which is what breaks it off
	ids := d.ids()[:most]
	d.must(append([]string{"export", "--out", filepath.Join(d.folder, "all") + "/"}, ids...)...)
	all := files(t, filepath.Join(d.folder, "all"))
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	long := strings.Repeat("p", 200) // so that the paths do not wait for the end to be written
	out := filepath.Join(d.folder, long, long)
	var said bytes.Buffer
	code := cli.Run(ctx, cli.Env{
		Args:  append([]string{"--db", filepath.Join(d.folder, "x.db"), "export", "--out", out + "/"}, ids...),
		Stdin: strings.NewReader(""), Stdout: stopper{stop}, Stderr: &said,
		Getenv: func(string) string { return "" }, Now: time.Now, Zone: time.UTC,
		OpenStore: func(ctx context.Context, path string) (storage.Store, error) { return store.OpenContext(ctx, path) },
		Maintain:  func(path string) storage.Maintainer { return repair.New(path, time.Now) },
	})
	part := files(t, out)
	if code == 0 || len(part) == 0 || len(part) == len(all) {
		t.Fatalf("it ended with %d and %d of %d files: %s", code, len(part), len(all), &said)
	}
	for name, text := range part {
		if want, known := all[name]; !known || text != want {
			t.Errorf("%s holds %d bytes, want %d", name, len(text), len(want))
		}
	}
}
