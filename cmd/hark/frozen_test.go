package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hark/campaign/book"
	"hark/campaign/command"
)

// Every notebook, journal, backup and export that an earlier commit made is read for ever, and says
// now what it said then. testdata/frozen/README.md describes how the archives were made.
func TestFrozen(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join("testdata", "frozen", "*.zip"))
	if err != nil || len(archives) < 6 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".zip"), func(t *testing.T) {
			t.Parallel()
			for name, read := range map[string]func(*frozen){
				"notebook": (*frozen).notebook, "export": (*frozen).export, "journal": (*frozen).journal, "backup": (*frozen).backup,
				"import": (*frozen).imported, "import in two parts": (*frozen).importedInParts,
			} {
				t.Run(name, func(t *testing.T) { read(thaw(t, archive)) })
			}
		})
	}
}

// frozen is a copy of what one archive holds.
type frozen struct {
	*testing.T
	folder string
	said   map[string]map[string]json.RawMessage // what the hark of then printed: "notebook" or "journal", then the command
}

func thaw(t *testing.T, archive string) *frozen {
	t.Helper()
	r, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f := &frozen{T: t, folder: t.TempDir()}
	if err := os.CopyFS(f.folder, r); err != nil {
		t.Fatal(err)
	}
	f.decode([]byte(f.read("said.json")), &f.said)
	f.leaveOutOwners("notebook")
	f.leaveOutOwners("journal")
	return f
}

func (f *frozen) path(name string) string { return filepath.Join(f.folder, name) }

func (f *frozen) read(name string) string {
	f.Helper()
	b, err := os.ReadFile(f.path(name))
	if err != nil {
		f.Fatal(err)
	}
	return string(b)
}

func (f *frozen) decode(text []byte, into any) {
	f.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		f.Fatalf("%v in %s", err, text)
	}
}

// run carries out a command on a notebook and returns what it printed. It must succeed.
func (f *frozen) run(db, typed string, args ...string) string {
	f.Helper()
	printed, code := command.Run(f.Context(), f.path(db), typed, args...)
	if code != 0 {
		f.Fatalf("hark %s: exit code %d: %s", strings.Join(args, " "), code, printed)
	}
	return printed
}

// json is what a command prints, decoded.
func (f *frozen) json(db string, args ...string) any {
	f.Helper()
	var v any
	f.decode([]byte(f.run(db, "", append(args, "--json")...)), &v)
	return v
}

// must checks that a JSON value of today holds all that one of then does.
func (f *frozen) must(what string, then, now any) {
	f.Helper()
	unsay(then)
	for _, one := range lost(what, then, now) {
		f.Error(one)
	}
}

// says checks that every command prints of a notebook what it printed then.
func (f *frozen) says(db, then string) {
	f.Helper()
	if len(f.said[then]) < 8 {
		f.Fatalf("said.json holds of %q only %v", then, slices.Collect(maps.Keys(f.said[then])))
	}
	for command, printed := range f.said[then] {
		switch command {
		case "show", "search": // by customer, and by word
			var all map[string]any
			f.decode(printed, &all)
			for about, then := range all {
				f.must(command+" "+about, then, f.json(db, command, about))
			}
		default:
			var then any
			f.decode(printed, &then)
			if command == "themes" {
				leaveOutQuotes(then)
			}
			f.must(command, then, f.json(db, command))
		}
	}
	if said := f.run(db, "", "doctor"); !strings.Contains(said, " is well: ") {
		f.Errorf("hark doctor: %s", said)
	}
	for _, format := range []string{"md", "html", "csv"} {
		f.run(db, "", "export", "--all", "--format", format, "--out", f.path(format)+"/", "--force")
	}
	if recap := f.run(db, "", "recap", "harbour"); !strings.Contains(recap, "One weld in five is done twice, on Fridays") {
		f.Errorf("hark recap: %s", recap)
	}
}

// leaveOutQuotes takes the quotes out of what was said of themes. Hark up to 87acc05 took every
// text behind ! for a quote and did not store whether it was typed as one, so that today's leaves
// it out.
func leaveOutQuotes(themes any) {
	all, _ := themes.([]any)
	for _, theme := range all {
		if theme, ok := theme.(map[string]any); ok {
			for _, claim := range []string{"quotes", "strongest", "dissent"} {
				delete(theme, claim)
			}
		}
	}
}

func (f *frozen) notebook() {
	f.Helper()
	if err := os.RemoveAll(f.path("hark.journal")); err != nil {
		f.Fatal(err)
	}
	f.says("hark.db", "notebook")
	f.drafts("hark.db", "café", `"half a sentence, when the`)
}

// drafts checks what stood in the box of an interview.
func (f *frozen) drafts(db, customer, want string) {
	f.Helper()
	b, err := book.Open(f.Context(), f.path(db))
	if err != nil {
		f.Fatal(err)
	}
	id, err := b.Find(f.Context(), customer)
	if err != nil {
		f.Fatal(err)
	}
	if draft, err := b.Draft(f.Context(), id); err != nil || draft != want {
		f.Errorf("the draft of %s is %q, %v, want %q", customer, draft, err, want)
	}
}

// export checks that the notebook gives the export that it gave then.
func (f *frozen) export() {
	for name, args := range map[string][]string{"export.json": {"--thoughts"}, "export-without-thoughts.json": nil} {
		var then, now any
		f.decode([]byte(f.read(name)), &then)
		f.decode([]byte(f.run("backup.db", "", append([]string{"export", "--all", "--format", "json"}, args...)...)), &now)
		if reflect.DeepEqual(leaveOutErased(now), now) {
			f.Errorf("%s does not say what was erased", name)
		}
		unsayDropped(then)
		f.must(name, leaveOutErased(then), leaveOutErased(now))
	}
}

// leaveOutErased takes out of an export what it says was erased, the one interview that was. Up to
// 69841b9 no export said so.
func leaveOutErased(export any) any {
	all, _ := export.([]any)
	if len(all) == 0 {
		return export
	}
	if first, _ := all[0].(map[string]any); first["erased"] == true && len(first) == 2 {
		return all[1:]
	}
	return export
}

// author returns who wrote the notebook.
func (f *frozen) author() string {
	f.Helper()
	var all []struct {
		Document struct{ Log []struct{ Author string } }
	}
	f.decode([]byte(f.read("export.json")), &all)
	for _, one := range all {
		for _, record := range one.Document.Log {
			return record.Author
		}
	}
	f.Fatal("the export has no log")
	return ""
}

func (f *frozen) journal() {
	// Undo takes back what one did oneself.
	if printed, code := command.RunAs(f.Context(), f.author(), f.path("hark.db"), "/undo\n/redo\n", "take", "café"); code != 0 {
		f.Fatalf("hark take: exit code %d: %s", code, printed)
	}
	f.says("hark.db", "journal")
	f.drafts("hark.db", "mill", "the filter, said Lou")
	f.drafts("hark.db", "café", `"half a sentence, when the`)
	if left, err := os.ReadDir(f.path("hark.journal")); err == nil && len(left) > 0 {
		f.Errorf("%d journals are still there", len(left))
	}
}

func (f *frozen) backup() {
	f.run("restored.db", "", "restore", f.path("backup.db"))
	f.says("restored.db", "notebook")
	f.drafts("restored.db", "café", `"half a sentence, when the`)
}

// imported takes the whole export into a new notebook, once more, and into the notebook that it
// came from.
func (f *frozen) imported() {
	for _, step := range []struct{ db, want string }{
		{"new.db", "4 interviews: 4 new\n"}, {"new.db", "4 interviews: 4 here already\n"}, {"backup.db", "4 interviews: 4 here already\n"},
	} {
		got, erased, _ := strings.Cut(f.run(step.db, "", "import", f.path("export.json")), "1 interview was erased elsewhere")
		if says := strings.Contains(f.read("export.json"), `"erased": true`); got != step.want || says != (erased != "") {
			f.Errorf("into %s: %q, want %q; and of what was erased: %q", step.db, got, step.want, erased)
		}
	}
	f.says("new.db", "notebook")
}

// leaveOutOwners takes Kim out of what the lists said. She owns a route and was not in the room:
// the first two commits listed her, and a list that today's hark makes does not.
func (f *frozen) leaveOutOwners(then string) {
	for _, name := range []string{"list", "customers"} {
		var list []map[string]any
		f.decode(f.said[then][name], &list)
		for _, one := range list {
			if people, ok := one["people"].([]any); ok {
				one["people"] = slices.DeleteFunc(people, func(p any) bool { return strings.Contains(fmt.Sprint(p), "name:Kim") })
			}
		}
		b, err := json.Marshal(list)
		if err != nil {
			f.Fatal(err)
		}
		f.said[then][name] = b
	}
}

// importedInParts takes the export without thoughts into a new notebook, and then the whole one.
func (f *frozen) importedInParts() {
	f.run("new.db", "", "import", f.path("export-without-thoughts.json"))
	const thought = "they could do with our weld camera"
	if page := f.run("new.db", "", "show", "harbour"); strings.Contains(page, thought) || !strings.Contains(page, "zinnober") {
		f.Errorf("without thoughts the page is\n%s", page)
	}
	f.run("new.db", "", "import", f.path("export.json"))
	f.says("new.db", "notebook")
}

// unsay takes out of what an earlier hark said what it did not know. Moving between questions made
// them asked, and problems asked for; and what was recalled it put at the time at which it was
// entered. All that the document still holds.
func unsay(then any) {
	switch then := then.(type) {
	case []any:
		for _, one := range then {
			unsay(one)
		}
	case map[string]any:
		if then["debrief"] == true {
			for _, part := range []string{"gate", "left_out", "lines", "problems", "solutions", "respect", "advice", "promises"} {
				unsayTimes(then[part])
			}
		}
		if then["recalled"] == true {
			delete(then, "at")
		}
		delete(then, "raised")
		if _, is := then["asked"].([]any); is {
			delete(then, "asked")
		}
		for name, value := range then {
			if name != "document" {
				unsay(value)
			}
		}
	}
}

// unsayDropped takes out of what an earlier hark exported that a line was dropped of which the text
// is not there: it said so of every thought that it withheld.
func unsayDropped(then any) {
	switch then := then.(type) {
	case []any:
		for _, one := range then {
			unsayDropped(one)
		}
	case map[string]any:
		if body, is := then["body"].(map[string]any); is && then["kind"] == "line" && (body["text"] == nil || body["text"] == "") {
			delete(then, "deleted")
		}
		for _, value := range then {
			unsayDropped(value)
		}
	}
}

// unsayTimes takes out of a part of a debrief when it was entered.
func unsayTimes(part any) {
	switch part := part.(type) {
	case []any:
		for _, one := range part {
			unsayTimes(one)
		}
	case map[string]any:
		delete(part, "at")
		delete(part, "opened_at")
		for _, value := range part {
			unsayTimes(value)
		}
	}
}

// lost lists what a JSON value of today lacks of one of then. Fields may have been added, the
// sentences about what the gate waits for may be put in other words, and how a promise or a route
// stands depends on today's date.
func lost(path string, then, now any) []string {
	var all []string
	switch then := then.(type) {
	case map[string]any:
		now, ok := now.(map[string]any)
		if !ok {
			break
		}
		for _, name := range slices.Sorted(maps.Keys(then)) {
			value, there := now[name]
			switch {
			case (name == "told" || name == "told_at") && toldTooEarly(then): // today's hark says told_earlier
			case name == "owed": // of an adviser: follows from what was told
			case name == "decision" && now["held"] == true: // none holds while the solution is held
			case !there:
				all = append(all, fmt.Sprintf("%s.%s is gone", path, name))
			case name != "missing" && name != "state":
				all = append(all, lost(path+"."+name, then[name], value)...)
			}
		}
		return all
	case []any:
		now, ok := now.([]any)
		if !ok || len(now) != len(then) {
			break
		}
		for i := range then {
			all = append(all, lost(fmt.Sprintf("%s[%d]", path, i), then[i], now[i])...)
		}
		return all
	}
	if !reflect.DeepEqual(then, now) {
		return []string{fmt.Sprintf("%s was %.300v and is %.300v", path, then, now)}
	}
	return nil
}

// toldTooEarly reports whether a route was marked as told before it was answered, or without an
// answer.
func toldTooEarly(route map[string]any) bool {
	told, _ := route["told_at"].(string)
	answered, _ := route["answered_at"].(string)
	_, promised := route["side"]
	return told != "" && !promised && (answered == "" || told < answered)
}

// The comparison itself: it must find what was lost, and let additions pass.
func TestLost(t *testing.T) {
	decode := func(text string) (v any) {
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	then := decode(`{"a":[{"b":1,"state":"open"}],"c":"x"}`)
	for now, want := range map[string]string{
		`{"a":[{"b":1,"state":"late","new":2}],"c":"x","d":null}`: "",
		`{"a":[{"b":2,"state":"open"}],"c":"x"}`:                  "it.a[0].b was 1 and is 2",
		`{"a":[{"b":1,"state":"open"}]}`:                          "it.c is gone",
		`{"a":[{"b":1,"state":"open"},{}],"c":"x"}`:               "it.a was [map[b:1 state:open]] and is [map[b:1 state:open] map[]]",
		`{"a":{},"c":"x"}`:                                        "it.a was [map[b:1 state:open]] and is map[]",
		`7`:                                                       "it was map[a:[map[b:1 state:open]] c:x] and is 7",
	} {
		if got := strings.Join(lost("it", then, decode(now)), "; "); got != want {
			t.Errorf("%s: %q, want %q", now, got, want)
		}
	}
}

// An interview that went on in three notebooks at once, and was merged by a hark that gave numbers again:
// each thing has the number that it was shown with, with letters, and what was set in two of them stands.
func TestFrozenApart(t *testing.T) {
	for _, of := range []string{"69841b9", "50b6f44"} {
		t.Run(of, func(t *testing.T) { thaw(t, filepath.Join("testdata", "frozen", of+".zip")).apart() })
	}
}

func (f *frozen) apart() {
	f.Helper()
	var shown struct {
		Problems []struct {
			Number     int
			Label      string
			Statement  string
			Themes     []string
			Concurrent []struct{ Field, Value, Author, At string }
		}
		Lines      []struct{ Number int }
		Promises   []struct{ Text string }
		People     []struct{ Name string }
		Concurrent []struct{ Field, Value string }
	}
	f.decode([]byte(f.run("apart.db", "", "show", "delta", "--json")), &shown)
	if len(shown.Problems) != 4 || shown.Problems[0].Label != "" {
		f.Fatalf("%+v", shown.Problems)
	}
	labels := map[string]bool{}
	for _, p := range shown.Problems[1:] {
		if labels[p.Label] = true; p.Number != 2 || !strings.HasPrefix(p.Label, "2") || len(p.Label) < 2 {
			f.Errorf("%q is %d, %q", p.Statement, p.Number, p.Label)
		}
	}
	if len(labels) != 3 {
		f.Errorf("labels: %v", labels)
	}
	first := shown.Problems[0]
	if !slices.Equal(first.Themes, []string{"rework", "scrap"}) && !slices.Equal(first.Themes, []string{"scrap", "rework"}) {
		f.Errorf("themes: %q", first.Themes)
	}
	if c := first.Concurrent; len(c) != 2 || c[0].Field != "how_bad" || c[0].Author == "" || c[0].At == "" {
		f.Errorf("ratings 5 and 3 stand: %+v", c)
	}
	if c := shown.Concurrent; len(c) != 2 || c[0].Field != "outcome" {
		f.Errorf("two outcomes stand: %+v", c)
	}
	if len(shown.People) != 3 {
		f.Errorf("Ana, Ben and Bob: %+v", shown.People)
	}
	if printed, code := command.Run(f.Context(), f.path("apart.db"), "/playback 2 yes by Ana\n", "take", "delta"); code == 0 || !strings.Contains(printed, "the skip is full") {
		f.Errorf("a yes to one of three: exit code %d: %s", code, printed)
	}
}
