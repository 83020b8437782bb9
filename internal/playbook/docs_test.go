package playbook

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hark/internal/interview"
)

// Every mark stands in the page for people, in the file that one begins with, and can be written
// and read.
func TestEveryMarkIsExplained(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "playbooks.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range interview.StageMarks() {
		if !strings.Contains(string(b), "\n| `["+string(m)+"]` |") {
			t.Errorf("docs/playbooks.md has no row for [%s]", m)
		}
		if !strings.Contains(starter, "\n  ["+string(m)+"] ") {
			t.Errorf("the comments of starter/starter.md do not explain [%s]", m)
		}
		p, report, err := Read("p", []byte("# P\n\n## A stage ["+string(m)+"]\n\n- Why?\n"))
		if err != nil || p.Stages[marked(p, m)].Name != "A stage" {
			t.Errorf("[%s] is read as %+v, %+v (%v)", m, p.Stages, report, err)
		}
	}
}
