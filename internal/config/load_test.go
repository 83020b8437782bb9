package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecode(t *testing.T) {
	t.Setenv("HOME", "/home/mia")
	tests := []struct {
		name, src string
		change    func(*Settings)
		from      []string
	}{
		{"nothing", "", func(*Settings) {}, nil},
		{"comments alone", "# theme = \"dark\"\n", func(*Settings) {}, nil},
		{"some", "\ufefftheme = \"dark\" # at night\r\nmotion = false\r\n", func(s *Settings) {
			s.Theme, s.Motion = "dark", false
		}, []string{"theme", "motion"}},
		{"a list over several lines", "departments = [\n  \"Sales\", # ours\n  ' legal ',\n]\n", func(s *Settings) {
			s.Departments = []string{"Sales", "legal"}
		}, []string{"departments"}},
		{"no departments", "departments = []", func(s *Settings) { s.Departments = []string{} }, []string{"departments"}},
		{"in the home folder", `notebook = "~/notes/a.db"`, func(s *Settings) { s.Notebook = "/home/mia/notes/a.db" }, []string{"notebook"}},
		{"elsewhere", `notebook = "/srv/a.db"`, func(s *Settings) { s.Notebook = "/srv/a.db" }, []string{"notebook"}},
		{"empty is unset", "author = \"\"\nplaybook = ' '\nnotebook = ''", func(*Settings) {}, []string{"author", "playbook", "notebook"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := Defaults()
			tt.change(&want)
			got, from, err := Decode([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("settings (-want +got):\n%s", d)
			}
			wantFrom := map[string]Source{}
			for _, name := range tt.from {
				wantFrom[name] = FromFile
			}
			if d := cmp.Diff(wantFrom, from); d != "" {
				t.Errorf("where from (-want +got):\n%s", d)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct {
		name, src string
		line      int
		reason    string
	}{
		{"a slip", "# mine\n\ntheem = \"dark\"\n", 3, "theem is not a setting of hark; did you mean theme?"},
		{"cut short", "dep = []", 1, "dep is not a setting of hark; did you mean departments?"},
		{"in a section", "[screen]\ntheme = \"dark\"", 1, "screen is not a setting of hark; there are author, notebook, "},
		{"a dotted key", "ui.theme = \"dark\"", 1, "ui.theme is not a setting of hark; did you mean theme?"},
		{"nothing like it", "colour = 1", 1, "colour is not a setting of hark; there are author, notebook, "},
		{"a second one", "theme = \"dark\"\nmotoin = true", 2, "motoin is not a setting of hark; did you mean motion?"},
		{"no such theme", "theme = \"drak\"", 1, `theme has to be auto, dark, light or none, as in theme = "dark"`},
		{"no text", "theme = 3", 1, `theme has to be auto, dark, light or none, as in theme = "dark"`},
		{"a section by the name of a key", "[theme]", 1, `theme has to be auto, dark, light or none, as in theme = "dark"`},
		{"in quotes", "\nmotion = \"off\"", 2, "motion has to be true or false, as in motion = false"},
		{"one department", "departments = \"sales\"", 1, `departments has to be a list of names, as in departments = ["engineering", "marketing"]`},
		{"a department without a name", "departments = [\"\"]", 1, "departments has to be a list of names, as in "},
		{"a department that is a number", "departments = [1, \"a\"]", 1, "departments has to be a list of names, as in "},
		{"a path from nowhere", "notebook = \"notes/a.db\"", 1, `notebook has to be the full path of a file (~ is your home folder), as in notebook = "~/notes/hark.db"`},
		{"two lines", "author = \"a\\nb\"", 1, `author has to be a text, as in author = "Mia"`},
		{"without quotes", "nudge = true\ntheme = dark\n", 2, "this cannot be read: words stand in quotes; a line reads like theme = \"dark\""},
		{"twice", "theme = \"dark\"\ntheme = \"light\"", 2, "this cannot be read: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := Decode([]byte(tt.src))
			var wrong *Error
			if !errors.As(err, &wrong) || wrong.Line != tt.line || !strings.HasPrefix(wrong.Reason, tt.reason) {
				t.Errorf("got %+v, want line %d, %s", err, tt.line, tt.reason)
			}
		})
	}
}

// Whatever stands in the file, it is read or refused with a line of it.
func FuzzDecode(f *testing.F) {
	f.Add("theme = \"dark\"")
	f.Add("a.b.c = [1, {x = 2}]\n[[q]]\n")
	f.Add(string(Template()))
	f.Fuzz(func(t *testing.T, src string) {
		s, from, err := Decode([]byte(src))
		var wrong *Error
		switch {
		case err == nil && len(from) == 0:
			if d := cmp.Diff(Defaults(), s); d != "" {
				t.Errorf("nothing is set, and yet (-want +got):\n%s", d)
			}
		case err == nil:
		case !errors.As(err, &wrong) || wrong.Line < 1 || wrong.Line > strings.Count(src, "\n")+1 || wrong.Reason == "":
			t.Errorf("the error %+v names no line of %q", err, src)
		}
	})
}

func TestTheTemplateIsTheDefaults(t *testing.T) {
	got, from, err := Decode(Template())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(Defaults(), got); d != "" {
		t.Errorf("settings (-want +got):\n%s", d)
	}
	for _, k := range Keys() {
		example := "# " + k.Name + " = " + k.Example + "\n"
		if _, set := from[k.Name]; set == (k.Unset != "") || !set && !strings.Contains(string(Template()), example) {
			t.Errorf("%s: set %t, and %q when it is not", k.Name, set, example)
		}
		if _, _, err := Decode([]byte(k.Name + " = " + k.Example)); err != nil {
			t.Errorf("the example of %s: %v", k.Name, err)
		}
	}
}

func TestLoad(t *testing.T) {
	set := env(t, map[string]string{"HOME": "/home/mia", "XDG_CONFIG_HOME": t.TempDir()})
	path := filepath.Join(set("XDG_CONFIG_HOME"), "hark", "config.toml")
	with := func(more map[string]string) func(string) string {
		return func(name string) string {
			if v, ok := more[name]; ok {
				return v
			}
			return set(name)
		}
	}
	l, err := Load(with(map[string]string{"LOGNAME": "mia"}))
	if err != nil || l.Found || l.Path != path || l.Author != "mia" || l.From["author"] != "" {
		t.Errorf("without a file: %+v, %v", l, err)
	}
	write(t, path, "author = \"Mia K.\"\nnotebook = \"/srv/a.db\"")
	l, err = Load(with(map[string]string{"LOGNAME": "mia"}))
	if err != nil || !l.Found || l.Author != "Mia K." || l.From["author"] != FromFile || l.Notebook != "/srv/a.db" {
		t.Errorf("with a file: %+v, %v", l, err)
	}
	l, err = Load(with(map[string]string{"HARK_AUTHOR": " Tom ", "HARK_DB": "b.db"}))
	if err != nil || l.Author != "Tom" || l.From["author"] != FromEnvironment || l.Notebook != "b.db" || l.From["notebook"] != FromEnvironment {
		t.Errorf("with variables: %+v, %v", l, err)
	}
	other := filepath.Join(t.TempDir(), "\x1b[2J.toml")
	write(t, other, "\n\nmotoin = true")
	_, err = Load(with(map[string]string{"HARK_CONFIG": other}))
	const want = "[2J.toml, line 3: motoin is not a setting of hark; did you mean motion?"
	if err == nil || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("HARK_CONFIG: %q, want …%q", err, want)
	}
	for name, path := range map[string]string{"a folder": t.TempDir(), "a file as a folder": filepath.Join(other, "x")} {
		var wrong *Error
		if _, err := Load(with(map[string]string{"HARK_CONFIG": path})); !errors.As(err, &wrong) || wrong.Path != path {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
