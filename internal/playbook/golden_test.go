package playbook

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGuides reads guides written for this test, each with another habit, and compares the playbook
// and the report with what they should be.
func TestGuides(t *testing.T) {
	paths, err := filepath.Glob("testdata/guides/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no guides: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".md"), func(t *testing.T) {
			p, report, err := ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(p) + "\n" + dumpReport(report)
			golden := strings.TrimSuffix(path, ".md") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("read otherwise than in %s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// TestLineEndings holds that line endings and a byte order mark change nothing.
func TestLineEndings(t *testing.T) {
	src, err := os.ReadFile("testdata/guides/odd.md")
	if err != nil {
		t.Fatal(err)
	}
	want, wantReport, err := Read("odd", src)
	if err != nil {
		t.Fatal(err)
	}
	for name, variant := range map[string][]byte{
		"CRLF":             bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n")),
		"CR":               bytes.ReplaceAll(src, []byte("\n"), []byte("\r")),
		"BOM":              append([]byte("\uFEFF"), src...),
		"BOM and CRLF":     append([]byte("\uFEFF"), bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))...),
		"no last line end": bytes.TrimRight(src, "\n"),
	} {
		got, report, err := Read("odd", variant)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s changes the playbook:\n%s", name, diff)
		}
		if diff := cmp.Diff(wantReport, report); diff != "" {
			t.Errorf("%s changes the report:\n%s", name, diff)
		}
	}
}

// dump shows a playbook as text.
func dump(p interview.Playbook) string {
	var b strings.Builder
	fmt.Fprintf(&b, "id %s\nname %s\nabout %s\n", p.ID, p.Name, p.About)
	for _, s := range p.Stages {
		fmt.Fprintf(&b, "stage %s <%s>\n", s.Name, s.Mark)
		for _, n := range s.Notes {
			fmt.Fprintf(&b, "  note %s\n", n)
		}
		for _, q := range s.Questions {
			fmt.Fprintf(&b, "  question %s\n", q.Text)
			for _, n := range q.Notes {
				fmt.Fprintf(&b, "    note %s\n", n)
			}
			for _, probe := range q.Probes {
				fmt.Fprintf(&b, "    probe %s\n", probe)
			}
		}
	}
	return b.String()
}

func dumpReport(r Report) string {
	var b strings.Builder
	for _, e := range r.Entries {
		fmt.Fprintf(&b, "%d-%d %s %s", e.First, e.Last, e.Kind, e.Text)
		if e.Mark != interview.MarkNone {
			fmt.Fprintf(&b, " <%s>", e.Mark)
		}
		b.WriteString("\n")
	}
	for _, p := range r.Problems {
		fmt.Fprintln(&b, p)
	}
	for _, name := range r.Added {
		fmt.Fprintf(&b, "added %s\n", name)
	}
	return b.String()
}
