package cli_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/cli"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
	"hark/store/repair"
)

// leave journals a line, as a hark that could not write to the notebook does. Its journal is to be
// closed when that hark has ended.
func (d *desk) leave(customer, line string) *journal.Journal {
	d.t.Helper()
	ctx := context.Background()
	path := filepath.Join(d.folder, "x.db")
	stored, err := store.Open(path)
	if err != nil {
		d.t.Fatal(err)
	}
	journal, err := journal.Open(path)
	if err != nil {
		d.t.Fatal(err)
	}
	full := &notebooktest.Flaky{Store: stored}
	full.Break(func() (bool, error) { return false, storage.ErrUnwritable })
	book, err := notebook.New(notebook.Options{Store: full, Journal: journal, Now: time.Now, Random: rand.Reader})
	if err != nil {
		d.t.Fatal(err)
	}
	id, err := book.Find(ctx, customer)
	if err != nil {
		d.t.Fatal(err)
	}
	r, err := book.Apply(ctx, id, interview.Add{Kind: interview.Quote, Text: line}, notebook.Live)
	if err != nil || r.Journalled == nil {
		d.t.Fatalf("aside because of %v, %v", r.Journalled, err)
	}
	return journal
}

func (d *desk) says(want string, code int, args ...string) {
	d.t.Helper()
	got, out, said := d.run(nil, "", args...)
	if got != code || !strings.Contains(out+said, want) {
		d.t.Errorf("hark %s: exit code %d, printed %q, said %q; want %d and %q", strings.Join(args, " "), got, out, said, code, want)
	}
}

func newDeskWith(t *testing.T, customer string) *desk {
	t.Helper()
	d := newDesk(t)
	if code, _, said := d.run(nil, "one\n", "take", "--new", customer); code != 0 {
		t.Fatalf("exit code %d: %s", code, said)
	}
	return d
}

func TestDoctorTakesUpTheJournal(t *testing.T) {
	d := newDeskWith(t, "Acme")
	journal := d.leave("Acme", "kept aside")
	d.says("Beside it lies a journal", 0, "doctor") // of a hark that is open
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	d.says("1 entry that could not be written before: in the notebook now", 0, "doctor")
	d.says("kept aside", 0, "show", "Acme")
}

// What was journalled goes into the notebook that it was meant for, not into the backup that takes
// its place.
func TestRestoreTakesUpTheJournal(t *testing.T) {
	d := newDeskWith(t, "Acme")
	backup := filepath.Join(d.folder, "backup.db")
	d.says("checked", 0, "backup", backup)
	if err := d.leave("Acme", "kept aside").Close(); err != nil {
		t.Fatal(err)
	}
	d.says("in the notebook now", 0, "restore", backup)
	if _, out, _ := d.run(nil, "", "show", "Acme"); strings.Contains(out, "kept aside") {
		t.Errorf("the backup has what was said after it: %q", out)
	}
	before, err := filepath.Glob(filepath.Join(d.folder, "x-until-*.db"))
	if err != nil || len(before) != 1 {
		t.Fatalf("kept: %v, %v", before, err)
	}
	d.says("kept aside", 0, "--db", before[0], "show", "Acme")
}

// A notebook that is gone is not made again for what is journalled; that goes into the one that
// takes its place.
func TestRestoreOfALostNotebook(t *testing.T) {
	d := newDeskWith(t, "Acme")
	backup := filepath.Join(d.folder, "backup.db")
	d.says("checked", 0, "backup", backup)
	if err := d.leave("Acme", "kept aside").Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(d.folder, "x.db")); err != nil {
		t.Fatal(err)
	}
	d.says("Your notebook is now that of", 0, "restore", backup)
	d.says("kept aside", 0, "show", "Acme")
}

// A search does not look into the journal, and says so.
func TestSearchTellsOfTheJournal(t *testing.T) {
	d := newDeskWith(t, "Acme")
	if _, _, said := d.run(nil, "", "search", "one"); strings.Contains(said, "journal") {
		t.Errorf("with nothing aside it said %q", said)
	}
	journal := d.leave("Acme", "kept aside")
	d.says("beside the notebook lies a journal with lines that are waiting to be stored; they are not searched", 0, "search", "aside")
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	d.says("“kept aside”", 0, "search", "aside")
}

func TestEraseKnowsTheJournal(t *testing.T) {
	d := newDeskWith(t, "Acme")
	journal := d.leave("Acme", "kept aside")
	d.says("close every hark that is open", 5, "erase", "--customer", "Acme", "--yes")
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	d.says("1 interview is gone", 0, "erase", "--customer", "Acme", "--yes")
	if left, err := os.ReadDir(journal.Path()); err == nil {
		t.Errorf("beside the notebook lies %v", left)
	}
}

// A command that waits for the notebook says what for, and can be stopped. A command that only
// reads leaves that to the system: it does not ask for signals.
func TestWaitingForTheNotebook(t *testing.T) {
	for name, try := range map[string]struct {
		command []string
		stops   bool
	}{
		"until it is free":          {[]string{"export", "--all", "--format", "json"}, false},
		"until somebody stops it":   {[]string{"export", "--all", "--format", "json"}, true},
		"until it is free, to read": {[]string{"list"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			stops := try.stops
			synctest.Test(t, func(t *testing.T) {
				free, interrupts := make(chan struct{}), make(chan os.Signal, 1)
				var out, said strings.Builder
				ended := make(chan int, 1)
				db := filepath.Join(t.TempDir(), "x.db")
				if _, err := store.Open(db); err != nil {
					t.Fatal(err)
				}
				empty := notebooktest.New(t)
				go func() {
					ended <- cli.Run(context.Background(), cli.Env{
						Args: append(try.command, "--db", db), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said,
						Getenv: func(string) string { return "" }, Now: time.Now, Zone: time.UTC,
						Interrupts: func() <-chan os.Signal {
							if try.command[0] == "list" {
								t.Error("list asked for signals")
							}
							return interrupts
						},
						OpenStore: func(context.Context, string) (storage.Store, error) { <-free; return empty, nil },
						Maintain:  func(path string) storage.Maintainer { return repair.New(path, time.Now) },
					})
				}()
				time.Sleep(2 * time.Second)
				synctest.Wait()
				if !strings.Contains(said.String(), "opening the notebook takes long: it is checked as a whole, or brought up to date; waiting") {
					t.Errorf("said %q", said.String())
				}
				want := 0
				if stops {
					interrupts <- os.Interrupt
					want = 130
				} else {
					close(free)
				}
				if code := <-ended; code != want {
					t.Errorf("exit code %d, want %d; said %q", code, want, said.String())
				}
				if stops {
					close(free)
				}
			})
		})
	}
}

// A hark that is open while an older backup takes the notebook's place goes on with its journal.
// Once that is taken up, the notebook has what was said last, and not what was said between the
// backup and then: importing the notebook that was kept brings it back, every line of it and every
// correction, once.
func TestImportBringsBackWhatARestoreLeftOut(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	path := filepath.Join(d.folder, "x.db")
	stored, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := journal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := notebook.New(notebook.Options{Store: stored, Journal: journal, Now: time.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Begin(ctx, interview.Beginning{Customer: "Acme"})
	if err != nil {
		t.Fatal(err)
	}
	do := func(actions ...interview.Action) (last notebook.Result) {
		t.Helper()
		for _, a := range actions {
			if last, err = book.Apply(ctx, r.ID, a, notebook.Live); err != nil {
				t.Fatalf("%T%+v: %v", a, a, err)
			}
		}
		return last
	}
	says := func(text string) interview.Action { return interview.Add{Kind: interview.Quote, Text: text} }

	do(says("before the backup"), says("corected"))
	backup := filepath.Join(d.folder, "backup.db")
	d.says("checked", 0, "backup", backup)
	do(says("after the backup"), interview.Fix{Number: 2, Text: "corrected"}, says("after it too"), interview.Fix{Number: 2, Text: "Corrected"})
	d.says("Your notebook is now that of", 0, "restore", backup)
	if last := do(says("typed on"), interview.Fix{Number: 2, Text: "Corrected."}); last.Journalled == nil {
		t.Fatal("a hark that was open wrote into the backup")
	}
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}

	d.says("typed on", 0, "show", "Acme")
	before, err := filepath.Glob(filepath.Join(d.folder, "x-until-*.db"))
	if err != nil || len(before) != 1 {
		t.Fatalf("kept: %v, %v", before, err)
	}
	all := filepath.Join(d.folder, "all.json")
	d.says("", 0, "--db", before[0], "export", "--all", "--thoughts", "--format", "json", "--out", all)
	d.says("", 0, "import", all)
	restored, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := restored.Read(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range interview.Fold(doc).Lines {
		got = append(got, l.Text)
	}
	want := []string{"before the backup", "Corrected.", "after the backup", "after it too", "typed on"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("brought back (-want +got):\n%s", diff)
	}
	d.says("1 here already", 0, "import", all)
}
