package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/adrg/xdg"
	"github.com/google/go-cmp/cmp"

	"hark/internal/cli/app"
	"hark/internal/config"
)

func page(date string) string {
	return manual(tree(app.New(Env{Getenv: os.Getenv})), "v1.2.3", date)
}

// The sections that man-pages(7) asks for are there, in its order, and each has something in it.
func TestManualSections(t *testing.T) {
	var sections []string
	for _, part := range strings.Split(page("2026-11-28"), "\n.SH ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		if strings.TrimSpace(body) == "" {
			t.Errorf("%s is empty", title)
		}
		sections = append(sections, title)
	}
	want := []string{
		"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES",
	}
	if diff := cmp.Diff(want, sections); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}

// Every command and flag has its entry, with the text that its help has.
func TestManualIsComplete(t *testing.T) {
	for _, want := range []string{
		`.TH HARK 1 "2026-11-28" "hark v1.2.3"`,
		`hark \- a notebook for listening to customers`,
		`\fBhark export\fP [ID|CUSTOMER\[u2026]|\-\-all]`,
		`\fBhark playbooks check\fP FILE`,
		`\fB\-\-out\fP\fI DIR|FILE|\-\fP`,
		`\fB\-\-mend\fP\fI[=WAY]\fP`,
		`\fB\-h, \-\-help\fP`,
		"\n.SS Look back\n",
		"\\fB4\\fP\nRefused by the gate",
		`\fBHARK_DB\fP`,
		`  hark search \(aq#rework\(aq kind:quote after:2026`,
	} {
		if !strings.Contains(page("2026-11-28"), want) {
			t.Errorf("the page does not have %q", want)
		}
	}
}

// What mandoc and groff would complain about: lines too long, a request that man(7) does not know,
// bytes that are not ASCII, blanks at the end of a line, empty lines outside of verbatim text.
func TestManualSource(t *testing.T) {
	request := regexp.MustCompile(`^\.(TH|SH|SS|PP|IP|TP|RS|RE|B|I|RI|br|nf|fi)( |$)`)
	verbatim := false
	for i, line := range strings.Split(strings.TrimSuffix(page(""), "\n"), "\n") {
		switch {
		case line == ".nf", line == ".fi":
			verbatim = line == ".nf"
		case strings.HasPrefix(line, ".") && !request.MatchString(line):
			t.Errorf("line %d has a request that man(7) does not know: %q", i+1, line)
		case !verbatim && len(line) > 80, !verbatim && line == "", strings.TrimRight(line, " ") != line:
			t.Errorf("line %d is too long, empty or ends in a blank: %q", i+1, line)
		case strings.ContainsFunc(line, func(r rune) bool { return r > '~' || r < ' ' }):
			t.Errorf("line %d is not ASCII: %q", i+1, line)
		}
	}
}

func TestRoff(t *testing.T) {
	got := roff("a\\b 'c' \"d\" --e f… ~/g ^`h")
	if want := `a\eb \(aqc\(aq \(dqd\(dq \-\-e f\[u2026] \(ti/g \(ha\(gah`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p := &manPage{}
	p.text("one\n\n  .two\n  'three\n\n.four", ".PP")
	if got, want := p.String(), "one\n.PP\n.nf\n  .two\n  \\(aqthree\n.fi\n.PP\n\\&.four\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The places that the page names are those that the settings have.
func TestManualFiles(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the page names the places on Linux")
	}
	t.Cleanup(xdg.Reload) // runs last, with the environment as it was
	home := t.TempDir()
	t.Setenv("HOME", home)
	for _, name := range []string{"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "HARK_CONFIG", "HARK_DB"} {
		t.Setenv(name, "")
	}
	xdg.Reload()
	loaded, err := config.Load(os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		loaded.Notebook, config.File(os.Getenv), config.Playbooks(os.Getenv), config.Sample(os.Getenv), config.Faults(os.Getenv),
	}
	var got []string
	for _, f := range ordinaryFiles() {
		got = append(got, filepath.Join(home, strings.TrimPrefix(f.name, "~/")))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-settings +page):\n%s", diff)
	}
}
