package playbook

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hark/internal/interview"
)

// sameNothing makes a list that is nil equal to one that is empty.
var sameNothing = cmpopts.EquateEmpty()

func TestWrite(t *testing.T) {
	p := interview.Playbook{
		ID: "visit", Name: "Site *visit*", About: "When they  let you in.\nWhy?",
		Stages: []interview.Stage{
			{Name: "Gate (5 min)", Notes: []string{"10 min", "Who is on duty?"}, Questions: []interview.Question{
				{Text: "Who are you?", Probes: []string{"Q: since when?", "and [why]?"}},
				{Text: "Where to?", Notes: []string{"Point. Where?", ""}, Probes: []string{"1. how far"}},
				{Text: " "},
				{Text: "- What for?"},
			}},
			{Name: "", Mark: interview.MarkOnlyYou},
			{Name: "Mirror", Mark: interview.MarkPlayback, Questions: ask("Right\x1b[2J?")},
			{Name: "Repair", Mark: interview.MarkSolution},
		},
	}
	const want = `# Site \*visit\*

When they let you in. Why\?

## Gate (5 min\)

10 min

Who is on duty\?

- Who are you?
  - Q\: since when?
  - and \[why\]?
- Where to?

  Point. Where\?

  - 1\. how far

- \- What for?

## Questions [only you]

## Mirror [playback]

- Right␛\[2J?

## Repair [solution]
`
	if diff := cmp.Diff(want, string(Write(p))); diff != "" {
		t.Errorf("written otherwise (-want +got):\n%s", diff)
	}
	if got, _, _ := strings.Cut(string(Write(interview.Playbook{ID: "site-visit"})), "\n"); got != "# Site visit" {
		t.Errorf("without a name it begins %q", got)
	}
}

// TestWriteRead holds that what is written is read as it was, whatever the texts look like.
func TestWriteRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlaybook(t)
		src := Write(p)
		got, report, err := Read(p.ID, src)
		if err != nil {
			t.Fatalf("%v:\n%s", err, src)
		}
		if diff := cmp.Diff(asRead(p), got, sameNothing); diff != "" {
			t.Fatalf("read otherwise than written (-want +got):\n%s\n%s", diff, src)
		}
		for _, problem := range report.Problems {
			if !strings.HasSuffix(problem.Text, "a stage with no questions") {
				t.Fatalf("%v in:\n%s", problem, src)
			}
		}
	})
}

// TestHostileTexts writes and reads texts that break programs, and Markdown as text, in each place
// where a text can stand.
func TestHostileTexts(t *testing.T) {
	data := os.Getenv("HARK_TEST_DATA")
	if data == "" {
		t.Skip("HARK_TEST_DATA names no folder with hostile texts")
	}
	var texts []string
	var examples []struct{ Markdown string }
	for file, into := range map[string]any{"hostile/blns/blns.json": &texts, "conformance/commonmark-spec.json": &examples} {
		raw, err := os.ReadFile(filepath.Join(data, file))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range examples {
		texts = append(texts, e.Markdown)
	}
	read := 0
	for _, text := range texts {
		if shown(text) == "" {
			continue
		}
		read++
		all := []string{text, text}
		p := interview.Playbook{ID: "x", Name: text, About: text, Stages: []interview.Stage{
			{Name: text, Notes: all, Questions: []interview.Question{{Text: text, Probes: all, Notes: all}, {Text: text}}},
			{Name: text, Mark: interview.MarkOnlyYou, Notes: all},
		}}
		got, _, err := Read(p.ID, Write(p))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if diff := cmp.Diff(asRead(p), got, sameNothing); diff != "" {
			t.Errorf("%q is read otherwise than written (-want +got):\n%s", text, diff)
		}
	}
	if read < 1000 {
		t.Errorf("only %d texts", read)
	}
}

// asRead returns what a playbook is after it was written and read: texts shown on one line, marks
// given by names, no stage missing.
func asRead(p interview.Playbook) interview.Playbook {
	p.Name, p.About = shown(p.Name), shown(p.About)
	p.Stages = slices.Clone(p.Stages)
	all := func(texts []string) []string {
		texts = slices.Clone(texts)
		for i := range texts {
			texts[i] = shown(texts[i])
		}
		return texts
	}
	for i, s := range p.Stages {
		s.Name, s.Notes = shown(s.Name), all(s.Notes)
		if s.Mark == interview.MarkNone {
			s.Mark = markOfName(s.Name)
		}
		s.Questions = slices.Clone(s.Questions)
		for j, q := range s.Questions {
			s.Questions[j] = interview.Question{Text: shown(q.Text), Probes: all(q.Probes), Notes: all(q.Notes)}
		}
		p.Stages[i] = s
	}
	return complete(p, &Report{})
}

func drawPlaybook(t *rapid.T) interview.Playbook {
	// Bits that mean something to Markdown or to Read, more often than they would come by chance.
	bits := rapid.SampledFrom([]string{
		"a", "b", " ", " ", "why", "?", "？", "Q", "A", "Q:", "A:", "Q1.", "1.", "2)", "-", "*", "**", "_", "__", "`", "~~~", "#", "##",
		">", "|", "|-|", "---", "===", "[", "]", "(", ")", "[ ]", "[x]", "(5 min)", "[playback]", "[plyback]", "[only you]", "Solution",
		"\\", "&", "&amp;", "&#63;", "<", "<b>", "<!--", "-->", "<https://a.b>", "http://a.b", "a@b.c", "[a](b)", "[a]: b", "!", "![a](b)",
		"\"", "”", "'", ":", ".", "é", "日本", "\u00a0", "\t", "\n", "\r\n", "\x1b[2J", "\u202e", "\u200b", "\x00", "\xff", "🔥", "e\u0301", "interview guide",
	})
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(bits, 1, 8).Draw(t, "bits"), "")
	}).Filter(func(s string) bool { return shown(s) != "" })
	texts := rapid.SliceOfN(text, 0, 3)
	question := rapid.Custom(func(t *rapid.T) interview.Question {
		return interview.Question{Text: text.Draw(t, "text"), Probes: texts.Draw(t, "probes"), Notes: texts.Draw(t, "notes")}
	})
	mark := rapid.SampledFrom(append(interview.StageMarks(), interview.MarkNone, interview.MarkNone))
	stage := rapid.Custom(func(t *rapid.T) interview.Stage {
		return interview.Stage{
			Name: text.Draw(t, "name"), Mark: mark.Draw(t, "mark"), Notes: texts.Draw(t, "notes"),
			Questions: rapid.SliceOfN(question, 0, 3).Draw(t, "questions"),
		}
	})
	return interview.Playbook{
		ID: "drawn", Name: text.Draw(t, "name"), About: rapid.OneOf(rapid.Just(""), text).Draw(t, "about"),
		Stages: append(rapid.SliceOfN(stage, 0, 4).Draw(t, "stages"), interview.Stage{Name: "last", Questions: ask("asked")}),
	}
}
