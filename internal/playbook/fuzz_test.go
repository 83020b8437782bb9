package playbook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

// FuzzRead holds that whatever is read, it takes no long time, gives texts of one line each,
// accounts for every line, takes no words for formatting, and stays the same when it is written and
// read again.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"builtin/*.md", "testdata/guides/*.md"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(src))
		}
	}
	for _, src := range []string{
		"- a\n\t- b\n\n\t\tc", "1)\n  2. a\n -\t b", "> # a\n> - b?\n\n- > - c", "a\n===\nb\n---\n***\n- - - c", "|a|\n|-|\n|b?|\n- c",
		"- [a\n  b](c\n  \"d\") *e\n  f* `g\n  h` <i\n  j> <!--k\n  l--> m\\\n  n", "# a [playback] (5 min)\n- b", "<pre>\n\n- a\n</pre>\n\n- b\n<!--",
		"[a]: b\n'c\nd'\n- [a] [e][a]", "---\na: b\n---\n- c", "Q: a\nA: b\n- &#0;&#xD800;&nbsp;&gt;\\&", "- a\r\r\n\u2028- b\x1b\x7f", "```\n- a\n~~~\n- b", "- a\n\nb\n<!-- c -->\nd\n===", "1)\n   a",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		start := time.Now()
		p, report, err := Read("fuzz", []byte(src))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		if err != nil {
			if unreadable := (*UnreadableError)(nil); !errors.As(err, &unreadable) {
				t.Errorf("error of type %T: %v", err, err)
			}
			return
		}
		checkTexts(t, p)
		checkReport(t, src, report)
		once, _, err := Read("fuzz", Write(p))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if diff := cmp.Diff(asRead(p), once, sameNothing); diff != "" {
			t.Fatalf("read otherwise than written (-want +got):\n%s\n%s", diff, Write(p))
		}
		if again, _, err := Read("fuzz", Write(once)); err != nil || !cmp.Equal(once, again, sameNothing) {
			t.Fatalf("writing a second time changes it: %v\n%s", err, cmp.Diff(once, again, sameNothing))
		}
	})
}

func checkTexts(t *testing.T, p interview.Playbook) {
	texts := []string{p.Name}
	if p.About != "" {
		texts = append(texts, p.About)
	}
	own := 0
	for _, s := range p.Stages {
		texts = append(append(texts, s.Name), s.Notes...)
		for _, q := range s.Questions {
			own++
			texts = append(append(append(texts, q.Text), q.Probes...), q.Notes...)
		}
	}
	for _, text := range texts {
		if text == "" || text != clean(text) || !utf8.ValidString(text) {
			t.Errorf("text %q is not one clean line", text)
		}
	}
	if own == 0 || marked(p, interview.MarkPlayback) < 0 || marked(p, interview.MarkSolution) < 0 {
		t.Errorf("something is missing: %+v", p)
	}
}

// checkReport holds that the report covers the file, in order, and that what it calls formatting
// holds no words.
func checkReport(t *testing.T, src string, report Report) {
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(src, "\uFEFF"))
	lines := strings.Split(src, "\n")
	covered := make([]bool, len(lines)+1)
	last := 0
	for _, e := range report.Entries {
		if e.First < last || e.First < 1 || e.Last < e.First || e.Last > len(lines) || e.Text == "" {
			t.Fatalf("entry %+v after line %d of %d", e, last, len(lines))
		}
		last = e.First
		for n := e.First; n <= e.Last; n++ {
			covered[n] = true
			rest := strings.TrimLeft(lines[n-1], " \t>-+*.)0123456789") // behind markers
			if e.Text == "formatting only" && len(words(rest)) > 0 && !strings.HasPrefix(rest, "```") && !strings.HasPrefix(rest, "~~~") {
				t.Errorf("line %d is taken for formatting: %q", n, lines[n-1])
			}
		}
	}
	for i, line := range lines {
		if strings.TrimSpace(line) != "" && !covered[i+1] {
			t.Errorf("line %d is not reported: %q", i+1, line)
		}
	}
}
