package cli_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/cli"
	"hark/internal/plain"
	"hark/internal/storage"
	"hark/store"
	"hark/store/repair"
)

var update = flag.Bool("update", false, "write the golden files")

// meeting is one interview in plain lines.
type meeting struct{ customer, lines string }

// meetings are four months with three customers.
func meetings() []meeting {
	return []meeting{
		{"Harbour Welding", `/person Ana Ruiz, foreman
/person Ben, sales, ours
/consent yes role
@Ana !"One weld in five is done twice #rework
/impact 1 how-often="every day" how-bad=4 costs="a day a week" bears="the night shift"
@Ana !"Nobody knows which job is next #planning
/playback 1 yes by Ana
/playback 2 nearly by Ana: Nobody knows on Mondays which job is next
/playback 2 yes by Ana
/impact 2 how-often="every Monday" how-bad=2
!"The canteen is cold
/aside 3: they like it so
/left-out nothing
/solve 1 count the scrap every Friday, together
/agree 1
/adviser Ana yes
/route 1 engineering @Ida due 2026-10-01
/route 2 accounting
+Send the list of alloys to the shop, with the prices, the delivery times and whatever else the foreman asked for; @Ben due 2026-11-20
@Ana +count the rejects due 2026-12-10
/outcome worked-out
/end`},
		{"Mill & Sons", `/person Lou, miller
@Lou !"We bag every order twice #rework
@Lou !"Half of the orders are bagged wrong
@Lou "Planning runs like clockwork here #planning
/impact 1 how-bad=5 how-often="twice a week"
/adviser Lou yes
+call back`},
		{"Bäckerei Süß", `/consent yes none
!"Jeden Morgen fehlt Mehl #supply
~日本語の看板がとても大きく掛かっていて、その下で皆が長い列を作って待っている #supply
/person Max
/adviser Max yes`},
		{"HARBOUR welding", `@Ana !"One weld in five is done twice. #rework
/playback 1 no by Ana
/answer 1 nothing
+Done at once
/done 2`},
	}
}

// notebookOf takes meetings, one a month, and returns a function that runs a command over them.
func notebookOf(t *testing.T, all ...meeting) func(width int, args ...string) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "n.db")
	now := time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)
	run := func(width int, input string, args ...string) string {
		t.Helper()
		var stdout, stderr bytes.Buffer
		code := cli.Run(context.Background(), cli.Env{
			Args: append([]string{"--db", db}, args...), Stdin: strings.NewReader(input), Stdout: &stdout, Stderr: &stderr, Width: width,
			Getenv: func(string) string { return "" }, Now: func() time.Time { return now }, Zone: time.UTC,
			OpenStore: func(ctx context.Context, path string) (storage.Store, error) { return store.OpenContext(ctx, path) },
			Maintain:  func(path string) storage.Maintainer { return repair.New(path, time.Now) },
		})
		if code != 0 && input == "" {
			t.Fatalf("hark %q ended with %d:\n%s", args, code, stderr.String())
		}
		return stdout.String()
	}
	for _, m := range all {
		run(0, m.lines, "take", "--new", m.customer)
		now = now.AddDate(0, 1, 0)
	}
	return func(width int, args ...string) string { return run(width, "", args...) }
}

// named puts the place of an interview in the list instead of its ID, which is drawn.
func named(run func(int, ...string) string) *strings.Replacer {
	var pairs []string
	for i, id := range regexp.MustCompile(`(?m)^[a-z2-7]{7}`).FindAllString(run(0, "list"), -1) {
		pairs = append(pairs, id, fmt.Sprintf("meetin%d", i))
	}
	return strings.NewReplacer(pairs...)
}

// Golden files of what looks back, wide and narrow: no line is wider than the terminal, and nothing
// in it acts on one.
func TestLookingBackGolden(t *testing.T) {
	run := notebookOf(t, meetings()...)
	shown := named(run)
	for name, args := range map[string][]string{
		"themes": {"themes"}, "theme": {"themes", "planning"}, "suggest": {"themes", "--suggest"}, "weights": {"themes", "--weights"},
		"customers": {"customers"}, "customer": {"customers", "harbour"}, "advisers": {"advisers"}, "promises": {"promises", "--all"},
		"promises-by-person": {"promises", "--by-person"}, "routes": {"routes"}, "routes-by-person": {"routes", "--by-person"},
	} {
		for _, width := range []int{90, 44} {
			t.Run(fmt.Sprintf("%s at %d", name, width), func(t *testing.T) {
				got := shown.Replace(run(width, args...))
				for line := range strings.Lines(got) {
					line = strings.TrimSuffix(line, "\n")
					if plain.Terminal(line) != line {
						t.Errorf("not plain: %q", line)
					}
					if tabular := name == "weights" || name == "customers"; !tabular && plain.Width(line) > width {
						t.Errorf("%d cells wide: %q", plain.Width(line), line)
					}
				}
				sameAsGolden(t, fmt.Sprintf("%s-%d.txt", name, width), got)
			})
		}
	}
}

// Whatever anybody typed acts on no terminal, in any of the fields.
func TestLookingBackIsPlain(t *testing.T) {
	const evil = "\x1b]0;x\x07\u202ee\u200b\x9b"
	lines := strings.ReplaceAll(`/person E Ve, role EVIL
/person Ben EVIL, ours
@"E Ve" !Broken wheel EVIL #tEVIL
/impact 1 how-bad=4 how-often="EVIL" costs="EVIL" bears="EVIL" tried="EVIL" wants="EVIL"
/playback 1 yes by "E Ve"
@"E Ve" "Line EVIL #tEVIL
!"Broken wheel too EVIL
!"Aside EVIL #tEVIL
/aside 3: reason EVIL
/left-out
/solve 1 solution EVIL
/route 1 EVIL
/answer 5 EVIL
/adviser "E Ve"
+promise EVIL @"Ben EVIL" due 2026-12-01`, "EVIL", strings.ToValidUTF8(evil, "\u0085"))
	run := notebookOf(t, meeting{"Customer " + strings.ToValidUTF8(evil, ""), lines}, meeting{"Other", lines})
	for _, args := range [][]string{
		{"themes"}, {"themes", "t"}, {"themes", "--suggest"}, {"customers"}, {"customers", "cust"}, {"advisers"},
		{"advisers", "--card", "t", "--since", "2099-01-01"}, {"promises", "--all"}, {"promises", "--by-person"}, {"routes"},
		{"routes", "--by-person"}, {"themes", "--json"}, {"customers", "--json"}, {"advisers", "--json"}, {"routes", "--json"},
	} {
		got := strings.ReplaceAll(run(0, args...), "\f", "")
		if len(got) < 40 && args[0] != "customers" {
			t.Errorf("hark %q says little: %q", args, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if plain.Terminal(line) != line {
				t.Errorf("hark %q: %q", args, line)
			}
		}
	}
}

func sameAsGolden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", "figures", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}
