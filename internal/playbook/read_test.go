package playbook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

// own returns the stages of a playbook but for those that hark added.
func own(p interview.Playbook, r Report) []interview.Stage {
	var stages []interview.Stage
	for _, s := range p.Stages {
		if len(r.Added) > 0 && s.Name == r.Added[0] {
			r.Added = r.Added[1:]
			continue
		}
		stages = append(stages, s)
	}
	return stages
}

func ask(texts ...string) []interview.Question {
	questions := make([]interview.Question, len(texts))
	for i, text := range texts {
		questions[i].Text = text
	}
	return questions
}

// TestRead holds the rules of the package comment, one habit of writing at a time.
func TestRead(t *testing.T) {
	type stages = []interview.Stage
	for name, test := range map[string]struct {
		src   string
		title string
		want  stages
	}{
		"probes at any depth": {
			"# T\n## S\n- a\n  - b\n    1. c\n    2. d\n  - e\n- f\n", "T",
			stages{{Name: "S", Questions: []interview.Question{{Text: "a", Probes: []string{"b", "c", "d", "e"}}, {Text: "f"}}}},
		},
		"set in by one blank": {
			"# T\n## S\n* a\n - b\n - c\n* d\n", "T",
			stages{{Name: "S", Questions: []interview.Question{{Text: "a", Probes: []string{"b", "c"}}, {Text: "d"}}}},
		},
		"set in by a tab under a heading": {
			"# T\n## S\n\t- a\n\t\t- b\n\t- [ ] c\n\t  and d\n\t-\n", "T",
			stages{{Name: "S", Notes: []string{"and d"}, Questions: []interview.Question{{Text: "a", Probes: []string{"b"}}, {Text: "c"}}}},
		},
		"numbers and other bullets are questions": {
			"# T\n## S\n1. a\n2) b\n+ c\n- d\n", "T",
			stages{{Name: "S", Questions: ask("a", "b", "c", "d")}},
		},
		"a list under a question holds its probes": {
			"# T\n## S\nWhy?\n- a\n- b\n\nHow?\n\n- c\n", "T",
			stages{{Name: "S", Questions: []interview.Question{{Text: "Why?", Probes: []string{"a", "b"}}, {Text: "How?"}, {Text: "c"}}}},
		},
		"quoted and remarked questions ask": {
			"# T\n## S\n\"Why?\"\n\n**“How?”** _(wait (a while))_ [and nod]\n\n¿Qué? (sí)\n\n何？\n\nWhy? Because.\n", "T",
			stages{{Name: "S", Notes: []string{"Why? Because."}, Questions: ask(
				`"Why?"`, "“How?” (wait (a while)) [and nod]", "¿Qué? (sí)", "何？")}},
		},
		"a backslash takes it literally": {
			"# T\n## S \\[playback\\]\nWhy\\?\n\nQ\\: no\n\n- \\[ \\] a\n- Q\\: b\n", "T",
			stages{{Name: "S [playback]", Notes: []string{"Why?", "Q: no"}, Questions: ask("[ ] a", "Q: b")}},
		},
		"Q and A": {
			"# T\n## S\n**Q:** one\ntwo\n**A:** three\nfour\nQ2. five\nA:\n\nA: six\n\n**Q:**\n", "T",
			stages{{Name: "S", Questions: []interview.Question{
				{Text: "one two", Notes: []string{"A: three four"}}, {Text: "five", Notes: []string{"A: six"}},
			}}},
		},
		"inline marks leave their text": {
			"# T\n## S\n" +
				"- **a** _b_ `c*d` [e](f) ![g](h) <i>j</i><br>k <https://l.m> [n] [o][p] &eacute;&#233;&#xE9; &#010;q\\_r &noent; <!-- s -->t\n\n[p]: u/v\n", "T",
			stages{{Name: "S", Questions: ask("a b c*d e g j k https://l.m [n] o ééé q_r &noent; t")}},
		},
		"an empty link is its target": {"# T\n## S\n- see [](a.md) ![](b.png)\n", "T", stages{{Name: "S", Questions: ask("see a.md b.png")}}},
		"what an item says more is a note": {
			"# T\n## S\n- a?\n  b\n\n  c\n\n  > d\n\n  e?\n  ```\n  f\n  ```\n  - g?\n    h\n", "T",
			stages{{Name: "S", Questions: []interview.Question{{Text: "a?", Notes: []string{"b", "c", "d", "f", "h"}, Probes: []string{"e?", "g?"}}}}},
		},
		"a bullet without words gives up what it holds": {
			"# T\n## S\n-\n  - a\n  - b\n- > c\n", "T",
			stages{{Name: "S", Notes: []string{"c"}, Questions: ask("a", "b")}},
		},
		"notes lead up to the question that follows": {
			"# T\n## S\nfirst\n\n- a\n\nthen\n\n- b\n\nlast\n", "T",
			stages{{Name: "S", Notes: []string{"first", "last"}, Questions: []interview.Question{{Text: "a"}, {Text: "b", Notes: []string{"then"}}}}},
		},
		"hard breaks part notes": {"# T\n## S\na  \nb\\\nc\nd\n- e\n", "T", stages{{Name: "S", Notes: []string{"a", "b", "c d"}, Questions: ask("e")}}},
		"marks, times and emphasis in headings": {
			"# T\n## **S (about 5 to 10 mins)**\n- a\n## U [Only-You] [1 h]\n## (20 min)\n- b\n## [only you]\n## C# ##\n- c\n## D [2] (what for)\n- d\n", "T",
			stages{
				{Name: "S", Notes: []string{"about 5 to 10 mins"}, Questions: ask("a")},
				{Name: "U", Mark: interview.MarkOnlyYou, Notes: []string{"1 h"}},
				{Name: "(20 min)", Questions: ask("b")},
				{Name: "Only you", Mark: interview.MarkOnlyYou},
				{Name: "C#", Questions: ask("c")},
				{Name: "D [2] (what for)", Questions: ask("d")},
			},
		},
		"a heading over others": {
			"# T\n## A [only you]\nwhy\n### B\n- a\n#### C [solution]\n- b\n### D\n## E\n- c\n### F\n- d\n", "T",
			stages{
				{Name: "B", Mark: interview.MarkOnlyYou, Notes: []string{"A [only you]", "why"}, Questions: ask("a")},
				{Name: "C", Mark: interview.MarkSolution, Questions: ask("b")},
				{Name: "D", Mark: interview.MarkOnlyYou},
				{Name: "E", Questions: ask("c")},
				{Name: "F", Questions: ask("d")},
			},
		},
		"no heading at all":        {"Why?\n\n- a\n", "X y", stages{{Name: "Questions", Questions: ask("Why?", "a")}}},
		"only a name":              {"# T\n\nAbout.\n\nWhy?\n", "T", stages{{Name: "Questions", Questions: ask("Why?")}}},
		"only a stage":             {"## S\n- a\n", "X y", stages{{Name: "S", Questions: ask("a")}}},
		"stages at the top":        {"# A\n- a\n# B\n- b\n", "X y", stages{{Name: "A", Questions: ask("a")}, {Name: "B", Questions: ask("b")}}},
		"a name among them":        {"# T\nabout\n# A\n- a\n# B\n- b\n", "T", stages{{Name: "A", Questions: ask("a")}, {Name: "B", Questions: ask("b")}}},
		"a name with a time":       {"# T (5 min)\n## A\n- a\n", "T (5 min)", stages{{Name: "A", Questions: ask("a")}}},
		"front matter alone":       {"---\na: b\n...\n- a\n", "X y", stages{{Name: "Questions", Questions: ask("a")}}},
		"TOML front matter":        {"+++\n# why\na = 1\n+++\n- a\n", "X y", stages{{Name: "Questions", Questions: ask("a")}}},
		"a rule, no matter":        {"---\nSay hello.\n\n---\n## S\n- a\n", "X y", stages{{Name: "S", Questions: ask("a")}}},
		"matter without an end":    {"---\na: b\n- c\n", "X y", stages{{Name: "Questions", Questions: ask("c")}}},
		"text behind a comment":    {"## S\n- a\n\n<!-- b\n--> c\n\n<!-- d --> e\n", "X y", stages{{Name: "S", Notes: []string{"c", "e"}, Questions: ask("a")}}},
		"no target, but a note":    {"## S\n- a\n\n[Note]: wait\n", "X y", stages{{Name: "S", Notes: []string{"[Note]: wait"}, Questions: ask("a")}}},
		"a script is not read":     {"## S\n- a\n\n<script>\nb?\n</script>\n", "X y", stages{{Name: "S", Questions: ask("a")}}},
		"a folded list is":         {"## S\n<details><summary>b</summary>\n\n- a\n\n</details>\n", "X y", stages{{Name: "S", Notes: []string{"b"}, Questions: ask("a")}}},
		"nothing to read in it":    {"##\n# <!-- b -->\n## S\n- a\n\n  <!-- b -->\n\n  c <!-- d -->\n- <b></b>\n\n> <i></i>\n", "X y", stages{{Name: "S", Notes: nil, Questions: []interview.Question{{Text: "a", Notes: []string{"c"}}}}}},
		"references that are none": {"## S\n- &#0; &#xD800; &#12345678; &; &# &#x; & &amp\n", "X y", stages{{Name: "S", Questions: ask("\uFFFD \uFFFD &#12345678; &; &# &#x; & &amp")}}},
		"blanks of every sort":     {"##  S \n-  a\u00a0\tb\u3000c  \n", "X y", stages{{Name: "S", Questions: ask("a b c")}}},
		"bold where nothing is":    {"**Start:**\n- a\n\n__B__\n\n- b\n\n**not** all\n", "X y", stages{{Name: "Start", Questions: ask("a")}, {Name: "B", Notes: []string{"not all"}, Questions: ask("b")}}},
		"bold beside a heading":    {"## A\n- a\n\n**B**\n\n- b\n", "X y", stages{{Name: "A", Questions: []interview.Question{{Text: "a"}, {Text: "b", Notes: []string{"B"}}}}}},
		"a plan before the guide": {
			"# Plan (1 h)\n- learn\n## Goals\nWhy?\n- g\n  - h\n# User interview script\n## A\n- a\n", "User interview script",
			stages{{Name: "Plan (1 h)", Mark: interview.MarkOnlyYou, Notes: []string{"learn", "Goals", "Why?", "g", "h"}}, {Name: "A", Questions: ask("a")}},
		},
	} {
		p, report, err := Read("x-y", []byte(test.src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.Name != test.title {
			t.Errorf("%s: the name is %q, want %q", name, p.Name, test.title)
		}
		if diff := cmp.Diff(test.want, own(p, report), sameNothing); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestNameOfID(t *testing.T) {
	for id, want := range map[string]string{"site-visit_2": "Site visit 2", "-": "Playbook", "": "Playbook", "über": "Über", "ﬁx": "ﬁx"} {
		if p, _, err := Read(id, []byte("- a\n")); err != nil || p.Name != want {
			t.Errorf("%q is called %q, %v; want %q", id, p.Name, err, want)
		}
	}
}

// TestProblems holds what is said about files that may not mean what they say.
func TestProblems(t *testing.T) {
	for src, want := range map[string][]string{
		"# T\n## S [playback]\n- a\n":             nil,
		"# T\n## S\n\n## U\n- a\n":                {"line 2: a stage with no questions"},
		"# T\n## S [only you]\n\n## U\n- a\n":     nil,
		"# T\n## S [plyback]\n- a\n":              {"line 2: unknown mark [plyback]; did you mean [playback]?"},
		"# T\n## S [sollution]\n- a\n":            {"line 2: unknown mark [sollution]; did you mean [solution]?"},
		"# T\n## S [only yuo]\n- a\n":             {"line 2: unknown mark [only yuo]; did you mean [only you]?"},
		"# T\n## S [optional]\n- a\n":             nil,
		"# T\n- a\n## S\n- b\n":                   {`line 2: questions before the first stage; they are in one called "Questions" now`},
		"\n- a\n":                                 {`line 1: no heading gives the playbook a name (# name); after its file it is called "X"`},
		"# T\n## S\n- a\n\n<!-- b\n- c\n\n## U\n": {"line 5: a comment begins here and is never closed"},
	} {
		_, report, err := Read("x", []byte(src))
		if err != nil {
			t.Errorf("%q: %v", src, err)
			continue
		}
		var got []string
		for _, p := range report.Problems {
			got = append(got, p.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", src, diff)
		}
	}
}

// TestUnreadable holds what is refused, and in which words.
func TestUnreadable(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		want string
	}{
		"no question":     {"# T\n\n## S\n\nText.\n", `there is no question in it; write each question as a line that begins with "- "`},
		"nothing":         {"", `there is no question in it; write each question as a line that begins with "- "`},
		"only a comment":  {"<!-- - a -->", `there is no question in it; write each question as a line that begins with "- "`},
		"binary":          {"- a\x00", "this is not a text file; hark reads playbooks as plain Markdown"},
		"UTF-16":          {"\xff\xfe-\x00 \x00a\x00", "this is not a text file; hark reads playbooks as plain Markdown"},
		"Latin-1":         {"- caf\xe9", "this is not UTF-8 text; save it as UTF-8 and try again"},
		"too large":       {"- " + strings.Repeat("a", maxSize-1), "this is larger than 1 MB, and a playbook is not; keep the questions and leave out the rest"},
		"too many lines":  {strings.Repeat("- a\n", maxLines+1), "this is larger than 20000 lines, and a playbook is not; keep the questions and leave out the rest"},
		"deep quotations": {"- a\n" + strings.Repeat(">", maxDepth+1), "line 2: lists or quotations are nested too deep here for hark to follow; set it further out"},
		"deep list":       {strings.Repeat("1. ", maxDepth+1), "line 1: lists or quotations are nested too deep here for hark to follow; set it further out"},
		"far in":          {"- a\n" + strings.Repeat("\t", 17) + "* b", "line 2: lists or quotations are nested too deep here for hark to follow; set it further out"},
	} {
		p, _, err := Read("x", []byte(test.src))
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
		if len(p.Stages) > 0 {
			t.Errorf("%s: there is a playbook all the same: %+v", name, p)
		}
	}
	for name, src := range map[string]string{
		"just small enough": "- " + strings.Repeat("a", maxSize-2),
		"just few enough":   strings.Repeat("- a\n", maxLines),
		"a long rule":       "- a\n\n" + strings.Repeat("- ", 100) + "\n",
		"far in, no marker": "- a\n" + strings.Repeat(" ", 500) + "b 1.5 -c\n",
	} {
		if _, _, err := Read("x", []byte(src)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "site-visit.md")
	if err := os.WriteFile(path, []byte("- a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, report, err := ReadFile(path)
	if err != nil || p.ID != "site-visit" || p.Name != "Site visit" || len(report.Entries) != 1 {
		t.Errorf("read %+v, %+v, %v", p, report, err)
	}
	large := filepath.Join(dir, "large.md")
	if err := os.WriteFile(large, make([]byte, 3*maxSize), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:                           "this is not a file with text in it",
		filepath.Join(dir, "none.md"): "this file cannot be read: no such file or directory",
		large:                         "this is larger than 1 MB, and a playbook is not",
	} {
		_, _, err := ReadFile(path)
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) || unreadable.Path != path || unreadable.Reason != want || !strings.HasPrefix(err.Error(), `"`+path+`": `) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	if _, _, err := ReadFile(filepath.Join(dir, "none.md")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the cause is lost: %v", err)
	}
}

// TestPathological reads files made to take long. Without the limits several of them take minutes;
// with them, a second at most on a slow machine.
func TestPathological(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s, maxSize/len(s)) }
	deep := ""
	for i := range 24 {
		deep += strings.Repeat("  ", i) + "- a\n"
	}
	for name, src := range map[string]string{
		"brackets":      fill("["),
		"links":         fill("[a]("),
		"emphasis":      fill("*a_"),
		"quotations":    strings.Repeat(strings.Repeat("> ", maxDepth)+"a\n", maxSize/(2*maxDepth+2)),
		"nested lists":  strings.Repeat(strings.Repeat("- ", maxDepth)+"a\n", maxSize/(2*maxDepth+2)),
		"blanks in one": deep + strings.Repeat("\n", maxLines-24),
		"link targets":  strings.Repeat("[a]: "+strings.Repeat("b", 40)+"\n", maxLines),
		"tags":          fill(strings.Repeat("<a ", 30) + "\n\n"),
		"marked items":  fill("- " + strings.Repeat("_*", 45) + "\n"),
	} {
		start := time.Now()
		_, _, err := Read("x", []byte(src))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: took %v (%v)", name, took, err)
		}
	}
}
