package playbook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"hark/internal/interview"
)

// TestRealGuides reads guides as real teams wrote them and holds that nothing in them is lost: each
// word of each line is in what the report says the line was understood as, and that is in the
// playbook. Whatever looks like a question is one.
func TestRealGuides(t *testing.T) {
	data := os.Getenv("HARK_TEST_DATA")
	if data == "" {
		t.Skip("HARK_TEST_DATA names no folder with real guides")
	}
	files, useful, asked := 0, 0, 0
	err := filepath.WalkDir(filepath.Join(data, "guides"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		files++
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		p, report, err := ReadFile(path)
		if err != nil {
			if unreadable := (*UnreadableError)(nil); !errors.As(err, &unreadable) || asks.Match(src) {
				t.Errorf("%s: %v", path, err)
			}
			return nil
		}
		useful++
		for _, e := range report.Entries {
			if e.Kind == KindQuestion || e.Kind == KindProbe {
				asked++
			}
		}
		if again, _, err := Read(p.ID, Write(p)); err != nil || dump(again) != dump(p) {
			t.Errorf("%s: written and read again: %v, %s", path, err, dump(again))
		}
		for _, complaint := range lost(string(src), p, report) {
			t.Errorf("%s: %s", path, complaint)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// Of 27 files two ask nothing: one points to another, one was left empty.
	if files < 27 || useful < 25 || asked < 640 {
		t.Errorf("%d files, %d with questions, %d questions and probes", files, useful, asked)
	}
}

var (
	// asks matches a line that ends in a question mark, or an item with one.
	asks   = regexp.MustCompile(`(?m)^\s*(?:[-*+]|\d+[.)])\s.*\?|\?["”_* ]*$`)
	markup = regexp.MustCompile(`<[^>]*>|\]\([^)]*\)`)
	marker = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\])?|^\W*Q\d*:`)
)

// lost compares a file with what was made of it, and complains of each difference.
func lost(src string, p interview.Playbook, report Report) (complaints []string) {
	kept := kept(p)
	for _, e := range report.Entries {
		if e.Kind != KindIgnored && !strings.Contains(kept[e.Kind], e.Text) {
			complaints = append(complaints, "reported as "+string(e.Kind)+", but not there: "+e.Text)
		}
	}
	for i, line := range strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		have, covered, asked, set := map[string]bool{}, false, false, false
		for _, e := range report.Entries {
			if i+1 < e.First || e.Last < i+1 {
				continue
			}
			covered = true
			switch e.Kind {
			case KindIgnored:
				if e.Text != "formatting only" {
					set = true
				}
				continue
			case KindQuestion, KindProbe:
				asked = true
			case KindName, KindAbout, KindStage, KindNote:
			}
			for _, w := range words(e.Text + " " + string(e.Mark)) {
				have[w] = true
			}
		}
		if !covered {
			complaints = append(complaints, "not reported: "+line)
		}
		line = markup.ReplaceAllString(line, " ")
		for _, w := range words(marker.ReplaceAllString(line, "")) {
			if !have[w] && !set {
				complaints = append(complaints, "lost "+w+" of: "+line)
			}
		}
		if !asked && !set && asks.MatchString(line) && !planned(i+1, report) {
			complaints = append(complaints, "not asked: "+line)
		}
	}
	return complaints
}

// planned reports whether a line stands before the first stage or in a plan that is for the seller
// alone.
func planned(line int, report Report) bool {
	for _, e := range report.Entries {
		if e.Kind == KindStage && e.Mark != interview.MarkOnlyYou {
			return line <= e.First
		}
	}
	return true
}

// kept returns all texts of a playbook by what they are.
func kept(p interview.Playbook) map[Kind]string {
	kept := map[Kind]string{KindName: p.Name, KindAbout: p.About}
	for _, s := range p.Stages {
		kept[KindStage] += s.Name + "\n"
		kept[KindNote] += strings.Join(s.Notes, "\n") + "\n"
		for _, q := range s.Questions {
			kept[KindQuestion] += q.Text + "\n"
			kept[KindNote] += strings.Join(q.Notes, "\n") + "\n"
			kept[KindProbe] += strings.Join(q.Probes, "\n") + "\n"
		}
	}
	return kept
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// TestRealGuideCounts holds how many stages, questions and probes hark finds in each guide. The
// numbers are hark's own, written down once what it made of the guides had been compared with the
// files: they tell when that changes.
func TestRealGuideCounts(t *testing.T) {
	data := os.Getenv("HARK_TEST_DATA")
	if data == "" {
		t.Skip("HARK_TEST_DATA names no folder with real guides")
	}
	type counts struct{ stages, questions, probes int }
	for name, want := range map[string]counts{
		"otel/end-user*":           {6, 15, 0},
		"saas/meetings*":           {16, 11, 3},
		"saas/templates*":          {8, 14, 0},
		"onrr/*__02_*":             {3, 5, 0},
		"onrr/*__03_*":             {3, 4, 0},
		"onrr/*__04_*":             {3, 4, 0},
		"onrr/*__05_*":             {3, 5, 0},
		"onrr/*__06_*":             {3, 11, 0},
		"onrr/*__07_*":             {3, 4, 0},
		"onrr/*__08_*":             {0, 0, 0},
		"onrr/*__10_*":             {3, 0, 0},
		"onrr/*__11_*":             {3, 8, 0},
		"onrr/*__12_*":             {3, 8, 0},
		"onrr/*__14_*":             {4, 18, 10},
		"onrr/*__18_*":             {5, 10, 23},
		"onrr/*__20_*":             {8, 28, 7},
		"onrr/*__23_*":             {6, 14, 25},
		"onrr/*__24_*":             {4, 9, 21},
		"onrr/*__25_*general*":     {6, 15, 22},
		"onrr/*__25_*interviews2*": {10, 17, 47},
		"onrr/*__26_*":             {7, 19, 26},
		"onrr/*__27_*":             {2, 4, 0},
		"onrr/*__29_*":             {6, 12, 0},
		"onrr/*__31_*":             {9, 50, 38},
		"onrr/*__32_*":             {8, 30, 9},
		"onrr/*__33_*":             {17, 51, 9},
		"onrr/*__34_*":             {11, 53, 0},
	} {
		paths, err := filepath.Glob(filepath.Join(data, "guides", name))
		if err != nil || len(paths) != 1 {
			t.Errorf("%s: %d files, %v", name, len(paths), err)
			continue
		}
		_, report, _ := ReadFile(paths[0]) // two of them ask nothing, which is an error
		var got counts
		for _, e := range report.Entries {
			switch e.Kind {
			case KindStage:
				got.stages++
			case KindQuestion:
				got.questions++
			case KindProbe:
				got.probes++
			case KindName, KindAbout, KindNote, KindIgnored:
			}
		}
		if got != want {
			t.Errorf("%s: stages, questions and probes are %v, want %v", name, got, want)
		}
	}
}
