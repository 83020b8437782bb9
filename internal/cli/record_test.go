package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/cli"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/repair"
)

// A story has notebooks and a clock. What is typed into one is read back by every way out.
type story struct {
	*testing.T
	folder string
	now    time.Time
}

func newStory(t *testing.T, now time.Time) *story { return &story{t, t.TempDir(), now} }

// hark runs a command on a notebook and returns what it prints.
func (s *story) hark(db, input string, args ...string) string {
	s.Helper()
	code, out, said := s.run(db, input, args...)
	if code != 0 {
		s.Fatalf("hark %q ended with %d:\n%s%s", args, code, out, said)
	}
	return out
}

// refuses runs a command that must fail, and returns what it says.
func (s *story) refuses(db, input string, args ...string) string {
	s.Helper()
	code, _, said := s.run(db, input, args...)
	if code == 0 {
		s.Fatalf("hark %q did not fail", args)
	}
	return said
}

func (s *story) run(db, input string, args ...string) (code int, stdout, stderr string) {
	s.Helper()
	var out, said bytes.Buffer
	clock := func() time.Time { s.now = s.now.Add(time.Second); return s.now }
	code = cli.Run(context.Background(), cli.Env{
		Args: append([]string{"--db", filepath.Join(s.folder, db)}, args...), Stdin: strings.NewReader(input), Stdout: &out, Stderr: &said,
		Getenv: func(string) string { return "" }, Now: clock, Zone: time.UTC,
		OpenStore: func(ctx context.Context, path string) (storage.Store, error) { return store.OpenContext(ctx, path) },
		Maintain:  func(path string) storage.Maintainer { return repair.New(path, clock) },
	})
	return code, out.String(), said.String()
}

// waysOut is everything that can be read of a customer's interview, by the way.
func (s *story) waysOut(db, customer string) map[string]string {
	s.Helper()
	out := map[string]string{}
	for _, way := range []string{
		"show", "show --json", "recap", "export --format md --out -", "export --format html --out -",
		"export --format csv --table lines --out -", "export --format csv --table problems --out -",
		"export --format csv --table promises --out -", "export --format csv --table notes --out -",
	} {
		words := strings.Fields(way)
		out[way] = s.hark(db, "", slices.Insert(words, 1, customer)...)
	}
	for _, way := range []string{"list --json", "promises", "promises --json", "promises --ics -", "themes --json", "customers --json", "search --json rework"} {
		out[way] = s.hark(db, "", strings.Fields(way)...)
	}
	return out
}

// shown is an interview in the JSON of hark show.
func (s *story) shown(db, customer string) (doc interchange.Interview) {
	s.Helper()
	if err := json.Unmarshal([]byte(s.hark(db, "", "show", customer, "--json")), &doc); err != nil {
		s.Fatal(err)
	}
	return doc
}

// typed returns the notebooks of an interview: the one it was typed into, and one that the export
// of everything was imported into.
func (s *story) typed(customer, lines string, flags ...string) []string {
	s.Helper()
	s.hark("typed.db", lines, append([]string{"take", "--new", customer}, flags...)...)
	s.hark("typed.db", "", "export", "--all", "--format", "json", "--out", filepath.Join(s.folder, "all.json"), "--force")
	s.hark("imported.db", "", "import", filepath.Join(s.folder, "all.json"))
	return []string{"typed.db", "imported.db"}
}

// A debrief is of the meeting's day on every way out, and says once that and when it was written
// down.
func TestDebriefIsOfTheMeetingsDay(t *testing.T) {
	d := newStory(t, time.Date(2026, 11, 28, 20, 51, 0, 0, time.UTC))
	const lines = `/consent yes name
/person Ana, foreman
@Ana !"We rework one weld in five #rework
/weigh 1 how-bad=4 how-often="every day"
/playback 1 nearly by Ana: We rework one weld in six
/playback 1 yes by Ana
@Ana "Every Friday
/left-out the apprentices
+send the list due 2026-12-04
/solve 1 a camera on line two
`
	changed := regexp.MustCompile(`^(DTSTAMP|LAST-MODIFIED):`) // by which a calendar knows the newer of two events
	typing := regexp.MustCompile(`28 Nov|2026-11-28|20261128|20:5[1-9]`)
	for _, db := range d.typed("Harbour", lines, "--ended", "2026-01-20 14:30") {
		ways := d.waysOut(db, "Harbour")
		for _, way := range slices.Sorted(maps.Keys(ways)) {
			for _, line := range strings.Split(ways[way], "\n") {
				if typing.MatchString(line) && !changed.MatchString(line) {
					t.Errorf("%s, hark %s says when it was typed: %s", db, way, line)
				}
			}
			if !regexp.MustCompile(`20 Jan|2026-01-20|20260120|1768919400000`).MatchString(ways[way]) && way != "promises" && way != "themes --json" {
				t.Errorf("%s, hark %s does not say the day of the meeting:\n%s", db, way, ways[way])
			}
		}
		for _, way := range []string{"show", "export --format md --out -", "export --format html --out -"} {
			if n := strings.Count(ways[way], "312 days later"); n != 1 {
				t.Errorf("%s, hark %s says %d times how much later it was written down, want once:\n%s", db, way, n, ways[way])
			}
			if strings.Contains(ways[way], "recalled") {
				t.Errorf("%s, hark %s says it on a line again:\n%s", db, way, ways[way])
			}
		}
		first := d.shown(db, "Harbour").Lines[0]
		if !first.At.Equal(time.Date(2026, 1, 20, 14, 30, 0, 0, time.UTC)) || !first.Recalled || first.RecalledAfter < 312*24*3600 {
			t.Errorf("%s, in JSON the first line is %+v", db, first)
		}
	}
	// What is done afterwards is of the day on which it is done.
	d.now = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	d.hark("typed.db", "/route 1 engineering @Bo\n/done 3\n/told 3\n", "take", "Harbour")
	page := d.hark("typed.db", "", "export", "Harbour", "--format", "md", "--out", "-")
	if !strings.Contains(page, "done 30 November 2026, told them 30 November 2026") {
		t.Errorf("the promise was done and told:\n%s", page)
	}
	digest := d.hark("typed.db", "", "export", "--department", "engineering", "--format", "md", "--out", "-")
	for _, want := range []string{"Harbour, 20 January 2026", "written down after the meeting, 312 days later", "Carried 30 November 2026", "confirmed by Ana ·"} {
		if !strings.Contains(digest, want) {
			t.Errorf("the digest lacks %q:\n%s", want, digest)
		}
	}
}

// A line that was recalled after a meeting that was written down while it lasted says so itself.
func TestRecalledLine(t *testing.T) {
	d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
	d.hark("typed.db", "one line\n/end\n", "take", "--new", "Mill")
	d.now = time.Date(2026, 11, 21, 8, 30, 0, 0, time.UTC)
	for _, db := range d.typed("Other", "x") {
		d.hark(db, "rework, they said\n", "take", "Mill")
		page, csv := d.hark(db, "", "show", "Mill"), d.hark(db, "", "export", "Mill", "--format", "csv", "--out", "-")
		if !strings.Contains(page, "rework, they said (recalled, 18 hours later)") || strings.Contains(page, "21 November") {
			t.Errorf("%s: the page is\n%s", db, page)
		}
		if !strings.Contains(csv, "2,2026-11-20,paraphrase,\"rework, they said\"") {
			t.Errorf("%s: the rows are\n%s", db, csv)
		}
	}
}

// A yes is that of the only one of theirs in the room; somebody who only owns a promise confirms
// nothing.
func TestOnlyThoseInTheRoomConfirm(t *testing.T) {
	d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
	for _, db := range d.typed("Harbour", "/consent yes name\n/person Ana, foreman\n!We rework one in five\n+send the list @Piet\n/weigh 1 how-bad=4\n/playback 1 yes\n/route 1 sales\n") {
		digest := d.hark(db, "", "export", "--department", "sales", "--format", "md", "--out", "-")
		for way, text := range map[string]string{
			"show": d.hark(db, "", "show", "Harbour"), "Markdown": d.hark(db, "", "export", "Harbour", "--out", "-"), "digest": digest,
		} {
			if !strings.Contains(text, "confirmed by Ana") {
				t.Errorf("%s, %s:\n%s", db, way, text)
			}
		}
		if by := d.shown(db, "Harbour").Problems[0].Playbacks[0].By; by != "Ana" {
			t.Errorf("%s: by %q", db, by)
		}
	}
}

// What was done answers the question that it is about; moving between questions answers none, and
// says nothing about how a problem came up.
func TestAskedIsWhatWasAnswered(t *testing.T) {
	const acts = `/consent yes role
/weigh 1 how-bad=4
/playback 1 yes
/left-out
`
	for name, c := range map[string]struct {
		lines   string
		flags   []string
		asked   []int
		raised  interview.Raised
		said    []string // on the page
		notSaid []string
	}{
		"moves alone": {"/person Ana\n/next\n/next\n/ask 5\n!It breaks #wear\n", nil, []int{5}, "",
			[]string{"- I would like to take notes", "- How often does it come up?", "- Let me say back"}, []string{"came up", "- Who else touches it"}},
		"acts":               {"/person Ana\n!It breaks #wear\n" + acts, nil, []int{1, 3, 14, 15, 17, 18}, "", []string{"- How often does it come up?"}, []string{"take notes", "say back", "came up"}},
		"acts in a debrief":  {"/person Ana\n!It breaks #wear\n" + acts, []string{"--ended", "1h ago"}, []int{1, 3, 14, 15, 17, 18}, "", nil, []string{"take notes", "say back"}},
		"asked for":          {"/person Ana\n/ask 7\n!It breaks #wear\n", nil, []int{7}, interview.WhenAsked, []string{"came up when asked"}, nil},
		"said to be so":      {"/person Ana\n!It breaks #wear\n/raised 1 unprompted\n", nil, nil, interview.Unprompted, []string{"came up unprompted"}, nil},
		"a thought about it": {"/person Ana\n/ask 4\n>they avoid this\n/ask 5\n!It breaks #wear\n", nil, []int{5}, "", []string{"- Walk me through"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
			for _, db := range d.typed("Harbour", c.lines, c.flags...) {
				doc := d.shown(db, "Harbour")
				if !slices.Equal(doc.Asked, c.asked) || doc.Problems[0].Raised != c.raised {
					t.Errorf("%s, JSON: asked %v, raised %q", db, doc.Asked, doc.Problems[0].Raised)
				}
				for _, list := range []string{"list", "themes"} {
					if has := strings.Contains(d.hark(db, "", list, "--json"), `"raised"`); has != (c.raised != "") {
						t.Errorf("%s, hark %s --json says how it came up: %v", db, list, has)
					}
				}
				page := d.hark(db, "", "export", "Harbour", "--out", "-")
				_, gaps, _ := strings.Cut(page, "## Not asked")
				for _, want := range c.said {
					if !strings.Contains(page, want) {
						t.Errorf("%s: the page lacks %q:\n%s", db, want, page)
					}
				}
				for _, not := range c.notSaid {
					if strings.Contains(gaps, not) || not == "came up" && strings.Contains(page, not) {
						t.Errorf("%s: the page says %q:\n%s", db, not, page)
					}
				}
			}
		})
	}
}
