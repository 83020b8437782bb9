package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a way out does with what the customer allowed.
type keeping int

const (
	// keeps: nobody is named, and nobody quoted, who is not to be, but in what was said or noted; then
	// it says so.
	keeps keeping = iota
	// says: it is for the seller, and says who is named and quoted that is not to be, unless it goes to a
	// terminal.
	says
	// hasAll: JSON, with what they allow.
	hasAll
	// hasNone: no name and nothing that a customer said.
	hasNone
)

// wayOut is a command that writes something, and how it keeps to what the customer allowed.
type wayOut struct {
	args    string // the words of the command line, at blanks
	input   string
	keeping keeping
	exit    int
}

// waysOut are all commands of hark, in every form that has names or quotes in it. TEMPLATE. stands for
// the beginning of a template's name, FILE for that of a file to write, ID for the interview.
func waysOut(t *testing.T, db string) []wayOut {
	ways := []wayOut{
		{args: "export ID --template TEMPLATE.txt"}, {args: "export ID --template TEMPLATE.html"},
		{args: "export --department engineering"}, {args: "export --department engineering --format html"},
		{args: "recap ID"}, {args: "recap ID --markdown"}, {args: "promises --ics -"}, {args: "promises --all --ics -"}, {args: "advisers --card seams"},
		{args: "show ID", keeping: says}, {args: "search weld", keeping: says}, {args: "search waves", keeping: says}, {args: "themes", keeping: says},
		{args: "themes seams", keeping: says}, {args: "themes --suggest", keeping: says}, {args: "customers harbour", keeping: says}, {args: "advisers", keeping: says},
		{args: "promises", keeping: says}, {args: "promises --by-person", keeping: says}, {args: "routes", keeping: says}, {args: "routes --by-person", keeping: says},
		{args: "take ID -", input: "@Ana \"it creaks\n", keeping: says},
		{args: "show ID --json", keeping: hasAll}, {args: "list --json", keeping: hasAll}, {args: "search weld --json", keeping: hasAll}, {args: "themes --json", keeping: hasAll},
		{args: "themes seams --json", keeping: hasAll}, {args: "themes --weights --json", keeping: hasAll}, {args: "customers --json", keeping: hasAll},
		{args: "customers harbour --json", keeping: hasAll}, {args: "advisers --json", keeping: hasAll}, {args: "advisers --card seams --json", keeping: hasAll},
		{args: "promises --json", keeping: hasAll}, {args: "routes --json", keeping: hasAll},
		{args: "list", keeping: hasNone}, {args: "customers", keeping: hasNone}, {args: "themes --weights", keeping: hasNone},
		{args: "new Harbour", keeping: hasNone, exit: 2}, {args: "open harbour", keeping: hasNone, exit: 2}, {args: "demo", keeping: hasNone, exit: 2},
		{args: "import FILE.none", keeping: hasNone, exit: 1}, {args: "erase ID", keeping: hasNone, exit: -1}, {args: "card", keeping: hasNone}, {args: "playbooks", keeping: hasNone},
		{args: "config", keeping: hasNone, exit: -1}, {args: "version", keeping: hasNone}, {args: "completion bash", keeping: hasNone}, {args: "man", keeping: hasNone}, {args: "help", keeping: hasNone},
		{args: "doctor", keeping: hasNone}, {args: "backup FILE.db", keeping: hasNone}, {args: "restore FILE.none", keeping: hasNone, exit: -1},
	}
	for _, format := range offered(t, db, "--format") {
		one := wayOut{args: "export ID --format " + format}
		if format == "json" {
			one.keeping = hasAll
		}
		ways = append(ways, one)
	}
	for _, table := range offered(t, db, "--table") {
		ways = append(ways, wayOut{args: "export ID --table " + table})
	}
	return ways
}

// notebookAllowing returns a notebook with a customer who allows that, a second one who may be named
// and advises us, and the ID of the first interview.
func notebookAllowing(t *testing.T, consent string) (db, id string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "n.db")
	command(t, db, "/consent yes name\n/person Lou, miller\n/adviser Lou yes\n@Lou \"dust\n", 0, "take", "--new", "Mill")
	command(t, db, "/consent yes"+consent+"\n/person Ana Ruiz, foreman\n/adviser Ana yes\n@Ana \"The seams split #seams\n@Ana !\"We weld it twice #seams\n"+
		"/impact 1 how-bad=4 bears=\"ana ruiz\"\n/playback 1 yes by Ana\n/left-out\n/solve 1 A jig\n/share 1 theirs=\"ana builds it\"\n/agree 1\n"+
		"+send the figures @Ana due 2026-12-03\n+call ANA at ana.ruiz@harbour.example due 2026-12-04\n~Ana waves\n/theme 1 #AnaRuiz\n/route 1 engineering\n"+
		"@Ana !\"Nobody knows who welds\n", 0, "take", "--new", "Harbour")
	rows := strings.Fields(command(t, db, "", 0, "list"))
	return db, rows[0]
}

// Everything that leaves by a pipe or a file keeps to what the customer allowed, or says that it does
// not and what to read over.
func TestWhatLeavesKeepsToWhatWasAllowed(t *testing.T) {
	named := regexp.MustCompile(`(?i)\bana|ruiz`)
	for _, consent := range []string{" name", " role", " none", ""} {
		db, id := notebookAllowing(t, consent)
		folder := t.TempDir()
		for name, text := range map[string]string{"t.txt": "{{range .Lines}}{{.Text}} {{.Speaker}}\n{{end}}{{range .Problems}}{{.Impact.Bears}} {{.Themes}}{{end}}{{range .Promises}}{{.Text}} {{.Owner}}{{end}}", "t.html": "<p>{{range .Lines}}{{.Text}}{{end}}</p>"} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, w := range waysOut(t, db) {
			t.Run(strings.TrimSpace(consent)+": "+w.args, func(t *testing.T) {
				var args []string
				for _, arg := range strings.Fields(w.args) {
					arg = strings.Replace(arg, "TEMPLATE", filepath.Join(folder, "t"), 1)
					arg = strings.Replace(arg, "FILE", filepath.Join(folder, strings.TrimSpace(consent)+"f"), 1)
					args = append(args, strings.Replace(arg, "ID", id, 1))
				}
				out, said := anyOutputs(t, db, w.input, w.exit, args...)
				left := strings.NewReplacer("Ana waves", "", "Ana\\_waves", "").Replace(out)
				quotes := strings.Contains(out, "“We weld it twice”") || strings.Contains(out, "“Nobody knows who welds”") || strings.Contains(out, "“it creaks”")
				toSay := consent != " name" && (w.keeping == keeps && strings.Contains(out, "Ana waves") || w.keeping == says && named.MatchString(out))
				switch w.keeping {
				case keeps:
					if consent != " name" && named.MatchString(left) {
						t.Errorf("somebody is named who is not to be:\n%s", out)
					}
					if consent == " none" && (quotes || strings.Contains(out, "The seams split")) {
						t.Errorf("somebody is quoted who is not to be:\n%s", out)
					}
				case says:
					if consent == " none" && quotes != strings.Contains(said, "it quotes customers who are not to be quoted: Harbour") {
						t.Errorf("it quotes: %v, and says\n%s", quotes, said)
					}
				case hasAll:
					if want := `": "` + strings.TrimSpace(consent) + `"`; consent != "" && !strings.Contains(out, `"quoting`+want) && !strings.Contains(out, `"quotes`+want) {
						t.Errorf("what they allow is not in it:\n%s", out)
					}
				case hasNone:
					if named.MatchString(out) || strings.Contains(out, "weld it twice") {
						t.Errorf("it has what a customer said:\n%s", out)
					}
				}
				if got := strings.Contains(said, "not to be named: Harbour (Ana Ruiz)"); got != toSay {
					t.Errorf("it says whom it names: %v, want %v:\n%s\n%s", got, toSay, said, out)
				}
			})
		}
	}
}

// anyOutputs is outputs, for any exit code if want is negative.
func anyOutputs(t *testing.T, db, input string, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	if want >= 0 {
		return outputs(t, db, input, want, args...)
	}
	return outputsOf(t, db, input, func(int) bool { return true }, args...)
}

// Every command is in the table.
func TestEveryWayOutIsTried(t *testing.T) {
	db, _ := notebookAllowing(t, " name")
	ways := waysOut(t, db)
	for line := range strings.Lines(command(t, db, "", 0, "__complete", "")) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(name, ":") {
			continue
		}
		if !slices.ContainsFunc(ways, func(w wayOut) bool { return strings.Fields(w.args)[0] == name }) {
			t.Errorf("nothing says how hark %s keeps to what the customer allowed", name)
		}
	}
}

// JSON in a file says once that it has everything, however many interviews are in it, and nothing
// where all of it was allowed.
func TestJSONInAFileSaysThatItHasAll(t *testing.T) {
	for consent, want := range map[string]int{" name": 0, " role": 1, " none": 1, "": 1} {
		db, _ := notebookAllowing(t, consent)
		for _, out := range []string{"all.json", "all/"} {
			_, said := outputs(t, db, "", 0, "export", "--all", "--format", "json", "--out", filepath.Join(t.TempDir(), "x")+out)
			if got := strings.Count(said, "JSON has all names and quotes"); got != want {
				t.Errorf("%q to %s: said %d times, want %d:\n%s", consent, out, got, want, said)
			}
		}
	}
}
