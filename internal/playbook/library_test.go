package playbook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

// folder writes files into a folder of their own and returns its path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, src := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestGet(t *testing.T) {
	dir := folder(t, map[string]string{
		"gap.md":        "# Mind the gap\n- ours\n",
		"Café-Visit.md": "# Round the café\n- coffee\n",
		"visit.MD":      "# Visit\n- a\n",
		"visit-2.md":    "# Four-turn diagnosis\n- b\n",
		"broken.md":     "no question",
		".hidden.md":    "- hidden\n",
		"notes.txt":     "- text\n",
		"folder.md":     "", // replaced by a folder below
	})
	if err := os.Remove(filepath.Join(dir, "folder.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	library := NewLibrary(dir)
	for name, want := range map[string]string{
		"listen-first":        "listen-first", // by ID
		"Listen First":        "listen-first", // by name
		" LISTEN  ":           "listen-first", // by a beginning
		"here to":             "",             // the built-in gap is shadowed
		"gap":                 "gap",
		"mind":                "gap",
		"CAFE-VISIT":          "Café-Visit",
		"round the cafe":      "Café-Visit",
		"visit":               "visit", // in full, though visit-2 begins so too
		"visit-":              "visit-2",
		"vis":                 "",
		"four-turn":           "four-turn", // an ID over the name of another
		"four-turn diagnosis": "",          // the name of two
		"p":                   "",
		"":                    "",
		"  ":                  "",
		"\u200b":              "",
		".hidden":             "",
		"notes":               "",
		"folder":              "",
		"../gap":              "",
	} {
		p, err := library.Get(name)
		if want == "" {
			var refusal *interview.Error
			if !errors.As(err, &refusal) || refusal.Code != interview.NotFound {
				t.Errorf("Get(%q) gives %q, %v; want nothing of that name", name, p.ID, err)
			}
			continue
		}
		if err != nil || p.ID != want {
			t.Errorf("Get(%q) gives %q, %v; want %q", name, p.ID, err, want)
		}
	}
	if p, err := library.Get("gap"); err != nil || p.Stages[0].Questions[0].Text != "ours" {
		t.Errorf("gap is not the user's own: %+v, %v", p, err)
	}
	var unreadable *UnreadableError
	if _, err := library.Get("broken"); !errors.As(err, &unreadable) || unreadable.Path != filepath.Join(dir, "broken.md") {
		t.Errorf("broken: %v", err)
	}
	if _, err := library.Get("bro"); !errors.As(err, &unreadable) {
		t.Errorf("bro: %v", err)
	}
}

func TestGetSays(t *testing.T) {
	library := NewLibrary("")
	for name, want := range map[string]string{
		"listn-first": `No playbook is called "listn-first"; nearest are listen-first, `,
		"deel map":    `No playbook is called "deel map"; nearest are deal-map, `,
		"s":           `"s" could be story-snapshot or switch-story; write more of the name`,
		"\x1b[2J":     `No playbook is called "\x1b[2J"; nearest are gap, `,
	} {
		if _, err := library.Get(name); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Get(%q) says %v, want %s", name, err, want)
		}
	}
}

func TestList(t *testing.T) {
	dir := folder(t, map[string]string{
		"Deal-Map.md":     "# Our map\n\nFor deals.\n\n- a\n",
		"yard.md":         "# Yard\n\n- a\n",
		"barn-raising.md": "",
	})
	items, err := NewLibrary(dir).List()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range items {
		source := "built-in"
		if it.Path != "" {
			source = filepath.Base(it.Path)
		}
		if it.Err != nil {
			source += ", unusable"
		}
		got = append(got, it.ID+": "+it.Name+" ("+source+")")
	}
	if diff := cmp.Diff([]string{
		"listen-first: Listen first (built-in)",
		"loyal-customer: Loyal customer and board of advisers (built-in)",
		"past-facts: Past facts only (built-in)",
		"four-turn: Four-turn diagnosis (built-in)",
		"pain-ladder: Pain ladder (built-in)",
		"gap: Here to there (built-in)",
		"before-after: Before and after (built-in)",
		"Deal-Map: Our map (Deal-Map.md)",
		"story-snapshot: Story snapshot (built-in)",
		"switch-story: Switch story (built-in)",
		"field-test: Field test (built-in)",
		"barn-raising: Barn raising (barn-raising.md, unusable)",
		"yard: Yard (yard.md)",
	}, got); diff != "" {
		t.Errorf("listed otherwise (-want +got):\n%s", diff)
	}
	if about := items[7].About; about != "For deals." {
		t.Errorf("about %q", about)
	}
	if _, err := NewLibrary(filepath.Join(dir, "none")).List(); err != nil {
		t.Errorf("without a folder: %v", err)
	}
}

// TestEdits holds that a change on disk is seen at once.
func TestEdits(t *testing.T) {
	dir := t.TempDir()
	library := NewLibrary(dir)
	if _, err := library.Get("yard"); err == nil {
		t.Fatal("there is a yard before there is one")
	}
	for _, want := range []string{"a", "b"} {
		if err := os.WriteFile(filepath.Join(dir, "yard.md"), []byte("- "+want+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := library.Get("yard")
		if err != nil || p.Stages[0].Questions[0].Text != want {
			t.Errorf("%+v, %v; want question %s", p, err, want)
		}
	}
}

func TestLinks(t *testing.T) {
	dir := folder(t, map[string]string{"real.md": "- a\n"})
	for name, target := range map[string]string{
		"linked.md": filepath.Join(dir, "real.md"), "device.md": os.DevNull, "up.md": dir, "nowhere.md": filepath.Join(dir, "none"), "loop.md": filepath.Join(dir, "loop.md"),
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skipf("no links here: %v", err)
		}
	}
	library := NewLibrary(dir)
	for name, want := range map[string]bool{"real": true, "linked": true, "device": false, "up": false, "nowhere": false, "loop": false} {
		if _, err := library.Get(name); (err == nil) != want {
			t.Errorf("Get(%q): %v", name, err)
		}
	}
}

func TestFolderUnreadable(t *testing.T) {
	path := filepath.Join(folder(t, map[string]string{"file": ""}), "file")
	library := NewLibrary(path)
	var unreadable *UnreadableError
	if _, err := library.Get(Default); !errors.As(err, &unreadable) || unreadable.Path != path {
		t.Errorf("Get: %v", err)
	}
	items, err := library.List()
	if !errors.As(err, &unreadable) || len(items) != len(builtinIDs()) || items[0].Name == "" {
		t.Errorf("List: %d items, %v", len(items), err)
	}
}

// A file that is edited while hark runs is read as it is then.
func TestLibraryReadsAgain(t *testing.T) {
	dir := t.TempDir()
	l := NewLibrary(dir)
	path := filepath.Join(dir, "own.md")
	for _, question := range []string{"first", "second"} {
		if err := os.WriteFile(path, []byte("# Own "+question+"\n- "+question+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := l.Get("own")
		if err != nil || p.Name != "Own "+question || p.Stages[0].Questions[0].Text != question {
			t.Errorf("got %q, %v; want what was written last", p.Name, err)
		}
		items, err := l.List()
		if err != nil || items[len(items)-1].Name != "Own "+question {
			t.Errorf("the list says %q, %v", items[len(items)-1].Name, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Get("own"); err == nil {
		t.Error("a file that is gone is still a playbook")
	}
}
