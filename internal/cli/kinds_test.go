package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hark/internal/interview"
)

// Every kind of line can be looked for, and the help and the page about JSON name it.
func TestEveryKindIsExplained(t *testing.T) {
	db := filepath.Join(t.TempDir(), "n.db")
	command(t, db, "anything\n", 0, "take", "--new", "Harbour")
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "json.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, row, found := strings.Cut(string(b), "\n| `lines[].kind` |")
	if !found {
		t.Fatal("docs/json.md has no row for lines[].kind")
	}
	row, _, _ = strings.Cut(row, "\n")
	help := command(t, db, "", 0, "help", "search")
	for _, kind := range interview.LineKinds() {
		command(t, db, "", 0, "search", "kind:"+string(kind))
		if !strings.Contains(help, string(kind)+",") {
			t.Errorf("hark help search does not name kind:%s", kind)
		}
		if !strings.Contains(row, "`"+string(kind)+"`") {
			t.Errorf("docs/json.md does not name the kind %s", kind)
		}
	}
}
