package capture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The page for people names every mark and every command as it is typed, and its examples can be read.
func TestThePageIsComplete(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "capture.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	for _, c := range Commands() {
		usage := "| `" + strings.ReplaceAll(c.Usage, "|", `\|`) + "` |"
		if c.Shows() || strings.HasSuffix(c.Usage, c.Name+" text") {
			usage = "`" + c.Usage + "`" // in a row or a sentence with others
		}
		if !strings.Contains(page, usage) {
			t.Errorf("docs/capture.md has no row for %s", c.Usage)
		}
	}
	for _, s := range Sigils() {
		if s.Mark != "" && !strings.Contains(page, "`"+s.Mark) {
			t.Errorf("docs/capture.md does not explain %s", s.Mark)
		}
	}
	examples := 0
	for line := range strings.Lines(page) {
		if example, ok := strings.CutPrefix(line, "    "); ok {
			examples++
			if _, err := Parse(strings.TrimSpace(example), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)); err != nil {
				t.Errorf("%s: %v", example, err)
			}
		}
	}
	if examples == 0 {
		t.Error("there are no examples")
	}
}
