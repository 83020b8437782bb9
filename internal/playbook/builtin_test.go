package playbook

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

// TestBuiltin holds that each playbook is read as it was written. The numbers were counted in the
// files with grep.
func TestBuiltin(t *testing.T) {
	for id, want := range map[string]struct {
		name   string
		counts []int // the questions of each stage
		marks  string
	}{
		"listen-first":   {"Listen first", []int{3, 3, 4, 4, 5, 4}, "    ps"},
		"loyal-customer": {"Loyal customer and board of advisers", []int{4, 4, 6, 5, 4}, "   ps"},
		"past-facts":     {"Past facts only", []int{3, 4, 3, 3, 5, 4}, "    ps"},
		"four-turn":      {"Four-turn diagnosis", []int{3, 3, 4, 3, 5, 4}, "    ps"},
		"pain-ladder":    {"Pain ladder", []int{3, 3, 3, 3, 5, 4}, "    ps"},
		"gap":            {"Here to there", []int{3, 3, 3, 3, 5, 4}, "    ps"},
		"before-after":   {"Before and after", []int{3, 3, 3, 3, 5, 4}, "    ps"},
		"deal-map":       {"Deal map", []int{3, 3, 3, 3, 3, 5, 4}, "     ps"},
		"story-snapshot": {"Story snapshot", []int{3, 4, 3, 5, 4, 3}, "   pso"},
		"switch-story":   {"Switch story", []int{3, 3, 3, 4, 3, 5, 4}, "     ps"},
		"field-test":     {"Field test", []int{3, 3, 3, 5, 4, 3}, "o  pso"},
	} {
		src, ok := builtinSource(id)
		if !ok {
			t.Errorf("%s is missing", id)
			continue
		}
		p, report, err := Read(id, src)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		if p.ID != id || p.Name != want.name || p.About == "" {
			t.Errorf("%s: read ID %q, name %q, about %q", id, p.ID, p.Name, p.About)
		}
		var counts []int
		var marks strings.Builder
		for _, s := range p.Stages {
			counts = append(counts, len(s.Questions))
			marks.WriteString((string(s.Mark) + " ")[:1])
			if len(s.Notes) > 0 {
				t.Errorf("%s: stage %q has notes %q", id, s.Name, s.Notes)
			}
			for _, q := range s.Questions {
				if len(q.Probes)+len(q.Notes) > 0 {
					t.Errorf("%s: question %q has probes or notes", id, q.Text)
				}
			}
		}
		if !slices.Equal(counts, want.counts) || marks.String() != want.marks {
			t.Errorf("%s: questions %v and marks %q, want %v and %q", id, counts, marks.String(), want.counts, want.marks)
		}
		if len(report.Problems)+len(report.Added) > 0 {
			t.Errorf("%s: problems %v, added %v", id, report.Problems, report.Added)
		}
		if i := slices.IndexFunc(report.Entries, func(e Entry) bool { return e.Kind == KindIgnored }); i >= 0 {
			t.Errorf("%s: ignored %+v", id, report.Entries[i])
		}
		if item := builtinItem(id); item.ID != id || item.Name != p.Name || item.About != p.About {
			t.Errorf("%s: listed as %+v", id, item)
		}
		if again, _, err := Read(id, Write(p)); err != nil || !cmp.Equal(p, again) {
			t.Errorf("%s: written and read again: %v\n%s", id, err, cmp.Diff(p, again))
		}
	}
}

// TestBuiltinOrder holds that every file is offered, the default first.
func TestBuiltinOrder(t *testing.T) {
	ids := builtinIDs()
	if ids[0] != Default {
		t.Errorf("%s comes first", ids[0])
	}
	files, err := os.ReadDir("builtin")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.Contains(ids, strings.TrimSuffix(f.Name(), ".md")) {
			t.Errorf("%s is not offered", f.Name())
		}
	}
	if len(files) != len(ids) {
		t.Errorf("%d files, %d offered", len(files), len(ids))
	}
	for _, id := range []string{"", "Listen-First", "nothing", "../builtin/gap", "gap.md"} {
		if _, ok := builtinSource(id); ok {
			t.Errorf("there is a built-in playbook %q", id)
		}
	}
}

// TestComplete holds where the stages stand that every playbook has.
func TestComplete(t *testing.T) {
	for name, test := range map[string]struct {
		src   string
		want  []string
		added int
	}{
		"both missing": {"## A\n- a?\n", []string{"A", "Play it back", "Work it out together"}, 2},
		"before what is after": {
			"## You [only you]\n- a?\n## A\n- b?\n## Notes [only you]\n- c?\n## Mail [only you]\n",
			[]string{"You", "A", "Play it back", "Work it out together", "Notes", "Mail"}, 2,
		},
		"solution missing":   {"## Mirror [playback]\n- a?\n## B\n- b?\n", []string{"Mirror", "B", "Work it out together"}, 1},
		"playback missing":   {"## A\n- a?\n## Build [solution]\n- b?\n## B\n- c?\n", []string{"A", "Play it back", "Build", "B"}, 1},
		"marked by name":     {"## PLAYBACK\n- a?\n## Work it out\n- b?\n", []string{"PLAYBACK", "Work it out"}, 0},
		"a mark over a name": {"## Solution [only you]\n- a?\n", []string{"Play it back", "Work it out together", "Solution"}, 2},
		"not quite the name": {"## Playback theatre\n- a?\n", []string{"Playback theatre", "Play it back", "Work it out together"}, 2},
	} {
		p, report, err := Read("x", []byte(test.src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, s := range p.Stages {
			got = append(got, s.Name)
		}
		if !slices.Equal(got, test.want) || len(report.Added) != test.added {
			t.Errorf("%s: stages %q, added %q; want %q, %d added", name, got, report.Added, test.want, test.added)
		}
		playback, solution := marked(p, interview.MarkPlayback), marked(p, interview.MarkSolution)
		if playback < 0 || solution < playback || len(p.Stages[playback].Questions) == 0 || len(p.Stages[solution].Questions) == 0 {
			t.Errorf("%s: playback is stage %d, solution stage %d", name, playback, solution)
		}
	}
}
