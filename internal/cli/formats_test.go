package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// offeredFormats are the formats that --format offers.
func offeredFormats(t *testing.T, db string) []string {
	t.Helper()
	var all []string
	for line := range strings.Lines(command(t, db, "", 0, "__complete", "export", "--format", "")) {
		if name := strings.TrimSpace(line); !strings.HasPrefix(name, ":") {
			all = append(all, name)
		}
	}
	if len(all) < 4 {
		t.Fatalf("only the formats %q are offered", all)
	}
	return all
}

// Whatever an interview is written as: it is a form of its own, it stands in the documentation, its
// files end in its name, and it keeps to what the customer allowed. JSON is the notebook's own
// record and has names and quotes.
func TestEveryFormat(t *testing.T) {
	db := filepath.Join(t.TempDir(), "n.db")
	const story = "/consent yes none\n/person Ana Ruiz, foreman\n@Ana \"Spatter everywhere\n@Ana !Seams are done twice\n/impact 1 how-bad=4\n" +
		"/playback 1 nearly by Ana : Seams are done over\n/playback 1 yes by Ana\n>dearly bought\n~a full skip\n+Ana counts them\n"
	command(t, db, story, 0, "take", "--new", "Harbour")
	command(t, db, story, 0, "take", "--new", "Acme")
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "exports.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, format := range offeredFormats(t, db) {
		t.Run(format, func(t *testing.T) {
			one := command(t, db, "", 0, "export", "harbour", "--format", format)
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
}
