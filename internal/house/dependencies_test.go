package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every module that go.mod asks for directly is explained, and nothing is that is no longer asked
// for.
func TestEveryDependencyIsExplained(t *testing.T) {
	read := func(parts ...string) string {
		b, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, parts...)...))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	page, direct := read("docs", "dependencies.md"), map[string]bool{}
	for line := range strings.Lines(read("go.mod")) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) < 2 || !strings.HasPrefix(fields[1], "v") || strings.Contains(line, "// indirect") {
			continue
		}
		direct[fields[0]] = true
		if !strings.Contains(page, "`"+fields[0]+"`") {
			t.Errorf("docs/dependencies.md does not say why %s is there", fields[0])
		}
	}
	if len(direct) == 0 {
		t.Fatal("no module was found in go.mod")
	}
	for _, m := range regexp.MustCompile("`([a-z.]+\\.[a-z]+/[^`]+)`").FindAllStringSubmatch(page, -1) {
		if !direct[m[1]] && m[1] != "github.com/mattn/go-runewidth" {
			t.Errorf("docs/dependencies.md explains %s, which go.mod does not ask for", m[1])
		}
	}
}
