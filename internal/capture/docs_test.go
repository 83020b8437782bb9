package capture

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The page for people names every mark and every command as it is typed, each of its examples can
// be read, and it stays a page.
func TestThePageIsComplete(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "capture.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	if n := strings.Count(page, "\n"); n > 80 {
		t.Errorf("docs/capture.md has %d lines: more than a salesperson reads", n)
	}
	named := map[string]bool{}
	read := func(example string) {
		var opens *Opens
		if _, err := Parse(example, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)); err != nil && !errors.As(err, &opens) {
			t.Errorf("%s: %v", example, err)
		}
	}
	for i, example := range strings.Split(page, "`") {
		if typed, isCommand := strings.CutPrefix(example, "/"); isCommand && i%2 == 1 && example != "/…" {
			fit, _, _ := findCommand(typed)
			for _, c := range fit {
				named[c.Name] = true
			}
			read(example)
		}
	}
	for _, c := range Commands() {
		if c.Group != InShell && !named[c.Name] {
			t.Errorf("docs/capture.md has no example of /%s", c.Name)
		}
	}
	for _, s := range Marks() {
		if s.Char != "" && !strings.Contains(page, "`"+s.Char) {
			t.Errorf("docs/capture.md does not explain %s", s.Char)
		}
	}
	examples := 0
	for line := range strings.Lines(page) {
		if example, ok := strings.CutPrefix(line, "    "); ok {
			examples++
			read(strings.TrimSpace(example))
		}
	}
	if examples == 0 {
		t.Error("there are no examples")
	}
}
