package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// looking are the commands that only look, or that add to what is there: none of them makes a
// notebook.
func looking() [][]string {
	return [][]string{
		{"list"}, {"show"}, {"show", "Acme"}, {"search", "aside"}, {"themes"}, {"themes", "--suggest"}, {"customers"}, {"customers", "Acme"},
		{"advisers"}, {"advisers", "--card"}, {"promises"}, {"promises", "--ics", "-"}, {"routes"}, {"recap"}, {"recap", "Acme"},
		{"export", "Acme"}, {"export", "--all", "--format", "json"}, {"card"}, {"playbooks"}, {"config"}, {"version"}, {"man"}, {"completion", "bash"},
		{"doctor"}, {"doctor", "--mend"}, {"backup", "backup.db"}, {"erase", "Acme"}, {"take", "Acme"}, {"open", "Acme"},
		{"__complete", "show", ""}, {"__complete", "take", ""}, {"__complete", "recap", "A"}, {"__complete", "export", ""},
		{"__complete", "routes", "--department", ""}, {"__complete", "themes", ""}, {"__complete", "customers", ""},
	}
}

// While the notebook is gone, no command that looks makes one, and none touches what waits for it.
// Once it is back, that goes in.
func TestLookingMakesNoNotebook(t *testing.T) {
	for _, waits := range []bool{true, false} {
		d := newDeskWith(t, "Acme")
		t.Chdir(d.folder)
		if waits {
			if err := d.leave("Acme", "kept aside").Close(); err != nil {
				t.Fatal(err)
			}
		}
		path, away := filepath.Join(d.folder, "x.db"), filepath.Join(d.folder, "away.db")
		if err := os.Rename(path, away); err != nil {
			t.Fatal(err)
		}
		before := d.files()
		for _, args := range looking() {
			_, out, said := d.run(nil, "a line\n", args...)
			if after := d.files(); after != before {
				t.Fatalf("after hark %s there are\n%swhere there were\n%s", strings.Join(args, " "), after, before)
			}
			if strings.Contains(out+said, "in the notebook now") {
				t.Errorf("hark %s says %q, %q", strings.Join(args, " "), out, said)
			}
		}
		if waits {
			d.says("x.db is gone. What could not be written to it waits beside it", 2, "list")
			d.says("is gone. Beside it lies a journal", 3, "doctor")
		}
		if err := os.Rename(away, path); err != nil {
			t.Fatal(err)
		}
		if waits {
			d.says("1 entry that could not be written before: in the notebook now", 0, "list")
			d.says("kept aside", 0, "show", "Acme")
		}
	}
}

// A notebook that is made meanwhile leaves alone what waits for the other.
func TestANewNotebookTakesNothingUp(t *testing.T) {
	for _, args := range [][]string{{"take", "--new", "Mill"}, {"import", "-"}} {
		d := newDeskWith(t, "Acme")
		d.run(nil, "", "export", "--all", "--format", "json", "--thoughts", "--out", filepath.Join(d.folder, "all.json"))
		all, err := os.ReadFile(filepath.Join(d.folder, "all.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.leave("Acme", "kept aside").Close(); err != nil {
			t.Fatal(err)
		}
		path, away := filepath.Join(d.folder, "x.db"), filepath.Join(d.folder, "away.db")
		if err := os.Rename(path, away); err != nil {
			t.Fatal(err)
		}
		input := "one\n"
		if args[0] == "import" {
			input = strings.ReplaceAll(string(all), "Acme", "Mill")
		}
		if code, out, said := d.run(nil, input, args...); code != 0 || !strings.Contains(said, "is gone, and a new one begins there") || strings.Contains(said, "in the notebook now") {
			t.Errorf("exit code %d, printed %q, said %q", code, out, said)
		}
		d.says("is of another notebook; it goes in by itself once that one is there", 0, "doctor")
		for range 2 {
			if _, out, said := d.run(nil, "", "show", "Mill"); strings.Contains(out+said, "aside") {
				t.Errorf("the new one has it, or says so: %q, %q", out, said)
			}
		}
		if _, err := os.Stat(filepath.Join(d.folder, "quarantine")); err == nil {
			t.Error("it is in quarantine")
		}
		if err := os.Rename(away, path); err != nil {
			t.Fatal(err)
		}
		d.says("in the notebook now", 0, "list")
		d.says("kept aside", 0, "show", "Acme")
	}
}

// What an older file had no place for lies in quarantine, where doctor names it, and takes it up
// once the newer file is back, or what it is about was imported.
func TestDoctorTakesUpQuarantine(t *testing.T) {
	for _, imported := range []bool{false, true} {
		d := newDeskWith(t, "Mill")
		path, older, newer := filepath.Join(d.folder, "x.db"), filepath.Join(d.folder, "older.db"), filepath.Join(d.folder, "newer.db")
		d.says("checked", 0, "backup", older)
		if code, _, said := d.run(nil, "one\n", "take", "--new", "Acme"); code != 0 {
			t.Fatal(said)
		}
		if err := d.leave("Acme", "kept aside").Close(); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.Rename(path, newer), os.Rename(older, path)); err != nil {
			t.Fatal(err)
		}
		d.says("quarantine", 0, "list")
		d.says("in quarantine has 1 entry of interviews that this notebook does not have", 0, "doctor")
		if imported {
			_, all, _ := d.run(nil, "", "--db", newer, "export", "--all", "--format", "json", "--thoughts")
			if code, _, said := d.run(nil, all, "import", "-"); code != 0 {
				t.Fatal(said)
			}
		} else if err := os.Rename(newer, path); err != nil {
			t.Fatal(err)
		}
		d.says("1 entry that lay in quarantine: in the notebook now", 0, "doctor")
		d.says("kept aside", 0, "show", "Acme")
		if _, out, said := d.run(nil, "", "doctor"); strings.Contains(out+said, "quarantine") {
			t.Errorf("once more it says %q, %q", out, said)
		}
	}
}

// files names the files in the desk's folder, and in the folders below it.
func (d *desk) files() string {
	d.t.Helper()
	var all strings.Builder
	err := filepath.Walk(d.folder, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			all.WriteString(path + "\n")
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all.String()
}
