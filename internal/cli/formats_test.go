package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// offered returns what completion offers for a flag of hark export.
func offered(t *testing.T, db, flag string) []string {
	t.Helper()
	var all []string
	for line := range strings.Lines(command(t, db, "", 0, "__complete", "export", flag, "")) {
		if name := strings.TrimSpace(line); !strings.HasPrefix(name, ":") {
			all = append(all, name)
		}
	}
	if len(all) < 4 {
		t.Fatalf("only %q are offered for %s", all, flag)
	}
	return all
}

// wordsInDoubt are those of a promise whose day is not understood.
const wordsInDoubt = "by nextmonth"

// sayDoubt fails the test unless a promise that goes out without its day is mentioned. JSON has
// what is in doubt as well.
func sayDoubt(t *testing.T, written, said, format string) {
	t.Helper()
	if format == "json" {
		if !strings.Contains(written, `"words": "`+wordsInDoubt+`"`) {
			t.Errorf("the doubt about the day is missing in\n%s", written)
		}
		return
	}
	without := strings.Contains(written, wordsInDoubt)
	if mentioned := strings.Contains(said, "1 promise went out without its day"); mentioned != without {
		t.Errorf("a promise went out without its day: %v, and hark says so: %v\n%s", without, mentioned, said)
	}
}

// Whatever an interview is written as: it is a form of its own, it stands in the documentation, its
// files end in its name, it keeps to what the customer allowed, and a promise without its day is
// mentioned. JSON is the notebook's own record and has names and quotes.
func TestEveryFormat(t *testing.T) {
	db := filepath.Join(t.TempDir(), "n.db")
	const story = "/consent yes none\n/person Ana Ruiz, foreman\n@Ana \"Spatter everywhere\n@Ana !\"Seams are done twice\n/impact 1 how-bad=4\n" +
		"/playback 1 nearly by Ana : Seams are done over\n/playback 1 yes by Ana\n>dearly bought\n~a full skip\n+Ana counts them\n" +
		"+send the list " + wordsInDoubt + "\n"
	command(t, db, story, 0, "take", "--new", "Harbour")
	command(t, db, story, 0, "take", "--new", "Acme")
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "exports.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, format := range offered(t, db, "--format") {
		t.Run(format, func(t *testing.T) {
			one, said := outputs(t, db, "", 0, "export", "harbour", "--format", format)
			sayDoubt(t, one, said, format)
			if other, twice := seen[one]; twice {
				t.Errorf("what it writes is what %s writes", other)
			}
			seen[one] = format
			if !strings.Contains(one, "a full skip") {
				t.Errorf("what was seen is missing in\n%s", one)
			}
			held := []string{"dearly bought"}
			if format != "json" {
				held = append(held, "Ana", "Ruiz", "Spatter", "done twice")
			}
			for _, text := range held {
				if strings.Contains(one, text) {
					t.Errorf("%q is handed on in\n%s", text, one)
				}
			}
			folder := filepath.Join(t.TempDir(), "notes")
			command(t, db, "", 0, "export", "--all", "--format", format, "--out", folder+"/")
			files, err := filepath.Glob(filepath.Join(folder, "*."+format))
			if err != nil || len(files) != 2 {
				t.Errorf("two interviews become the files %q (%v)", files, err)
			}
			named := filepath.Join(t.TempDir(), "named."+format)
			command(t, db, "", 0, "export", "harbour", "--out", named)
			if b, err := os.ReadFile(named); err != nil || string(b) != one {
				t.Errorf("a file that ends in .%s is written in another format (%v)", format, err)
			}
			if !bytes.Contains(page, []byte("| `--format "+format)) {
				t.Error("docs/exports.md has no row for it")
			}
		})
	}
	for _, table := range offered(t, db, "--table") {
		t.Run("csv, "+table, func(t *testing.T) {
			rows, said := outputs(t, db, "", 0, "export", "harbour", "--table", table)
			sayDoubt(t, rows, said, "csv")
		})
	}
}
