package keymap_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/ui/keymap"
	"hark/ui/theme"
)

func capture() keymap.Scope {
	return keymap.Scope{Name: "Capture", Bindings: []keymap.Binding{
		{Action: "line.keep", Keys: []string{"enter"}, Short: "keep", Long: "keep the line"},
		{Action: "question.next", Keys: []string{"tab"}, Short: "next question", Long: "the next lines answer the next question", Rank: 1},
		{Action: "box.leave", Keys: []string{"esc"}, Short: "move around", Long: "leave the box, so that single keys move and edit", Rank: 2},
	}}
}

func problems() keymap.Scope {
	return keymap.Scope{Name: "Their problems", Bindings: []keymap.Binding{
		{Action: "move", Keys: []string{"up", "down", "k", "j"}, Label: "↑↓", Short: "move", Long: "select a problem", Rank: 3},
		{Action: "solve", Keys: []string{"s"}, Short: "solve", Long: "write down a solution", Why: "nothing is confirmed yet"},
		{Action: "weigh", Keys: []string{"w", "right"}, Long: "say what it costs"},
	}}
}

func everywhere() keymap.Scope {
	return keymap.Scope{Name: "Everywhere", Bindings: []keymap.Binding{
		{Action: "palette", Keys: []string{"ctrl+p"}, Short: "commands", Long: "everything there is to do", Rank: 1},
		{Action: "share", Keys: []string{"s"}, Long: "who does what"},
	}}
}

func TestFind(t *testing.T) {
	later := keymap.Scope{Bindings: []keymap.Binding{
		{Action: "off", Keys: []string{"x"}, Why: "not now"}, {Action: "on", Keys: []string{"x"}},
	}}
	for _, test := range []struct {
		key    string
		scopes []keymap.Scope
		want   keymap.Action
		ok     bool
	}{
		{"enter", []keymap.Scope{capture(), everywhere()}, "line.keep", true},
		{"ctrl+p", []keymap.Scope{capture(), everywhere()}, "palette", true},
		{"j", []keymap.Scope{problems(), everywhere()}, "move", true},
		{"s", []keymap.Scope{problems(), everywhere()}, "solve", true}, // disabled, and hides the outer one
		{"s", []keymap.Scope{everywhere(), problems()}, "share", true},
		{"x", []keymap.Scope{later}, "on", true},
		{"q", []keymap.Scope{capture(), everywhere()}, "", false},
		{"q", nil, "", false},
	} {
		got, ok := keymap.Find(test.key, test.scopes...)
		if got.Action != test.want || ok != test.ok {
			t.Errorf("%q finds %q (%v), want %q (%v)", test.key, got.Action, ok, test.want, test.ok)
		}
	}
}

func TestCheck(t *testing.T) {
	if err := keymap.Check(capture(), problems(), everywhere()); err != nil {
		t.Errorf("good bindings are called bad: %v", err)
	}
	good := keymap.Binding{Action: "a", Keys: []string{"a"}, Long: "does a"}
	with := func(change func(b *keymap.Binding)) keymap.Binding {
		b := good
		change(&b)
		return b
	}
	for _, test := range []struct {
		name     string
		bindings []keymap.Binding
		want     string // part of the fault; empty for none
	}{
		{"one key twice", []keymap.Binding{good, with(func(b *keymap.Binding) { b.Action, b.Keys = "b", []string{"b", "a"} })}, `"a" means both "a" and "b"`},
		{"one key twice, one disabled", []keymap.Binding{good, with(func(b *keymap.Binding) { b.Action, b.Why = "b", "not now" })}, ""},
		{"no action", []keymap.Binding{with(func(b *keymap.Binding) { b.Action = "" })}, "needs"},
		{"no key", []keymap.Binding{with(func(b *keymap.Binding) { b.Keys = nil })}, "needs"},
		{"no long help", []keymap.Binding{with(func(b *keymap.Binding) { b.Long = "" })}, "needs"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := keymap.Check(keymap.Scope{Name: "test", Bindings: test.bindings})
			switch {
			case test.want == "" && err != nil:
				t.Errorf("got %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestCheckKnowsWhatTerminalsSend(t *testing.T) {
	for key, want := range map[string]bool{
		"a": true, "A": true, "?": true, "+": true, "enter": true, "space": true, "ctrl+a": true, "alt+b": true, "shift+tab": true,
		"ctrl+left": true, "shift+up": true, "f5": true, "alt+enter": true, "ctrl+space": true,
		"shift+enter": false, "ctrl+enter": false, "ctrl+i": false, "ctrl+m": false, "ctrl+j": false, "ctrl+h": false, "ctrl+tab": false,
		"ctrl+shift+z": false, "ctrl+?": false, "alt+?": false, "shift+space": false, "super+s": false, "ctrl++": false, "ctrl+1": false,
	} {
		scope := func(keys ...string) keymap.Scope {
			return keymap.Scope{Bindings: []keymap.Binding{{Action: "a", Keys: keys, Long: "does it"}}}
		}
		if got := keymap.Check(scope(key)) == nil; got != want {
			t.Errorf("%q as the only key is fine: %v, want %v", key, got, want)
		}
		if err := keymap.Check(scope(key, "f6")); err != nil {
			t.Errorf("%q beside another key: %v", key, err)
		}
	}
}

func TestFooter(t *testing.T) {
	bindings := append(append(capture().Bindings, problems().Bindings...), everywhere().Bindings...)
	for _, test := range []struct {
		width int
		want  string
	}{
		{80, " enter keep · tab next question · esc move around · ↑↓ move · ctrl+p commands"},
		{66, " enter keep · tab next question · ctrl+p commands"},
		{67, " enter keep · tab next question · esc move around · ctrl+p commands"},
		{48, " enter keep · tab next question"},
		{31, " enter keep · tab next question"},
		{30, " enter keep"},
		{11, " enter keep"},
		{10, ""},
		{0, ""},
	} {
		line, hits := keymap.Footer(bindings, test.width, theme.New(theme.Dark()))
		text := ansi.Strip(line)
		if got := strings.TrimRight(text, " "); got != test.want {
			t.Errorf("in %d cells the footer is %q, want %q", test.width, got, test.want)
		}
		if got := ansi.StringWidthWc(line); got != test.width {
			t.Errorf("the footer takes %d cells, want %d", got, test.width)
		}
		for _, hit := range hits {
			label := hit.Binding.KeyLabel() + " " + hit.Binding.Short
			if got := ansi.Strip(ansi.Cut(text, hit.From, hit.To)); got != label {
				t.Errorf("in %d cells %q stands where %q should", test.width, got, label)
			}
		}
	}
}

func TestHelp(t *testing.T) {
	scopes := []keymap.Scope{capture(), problems(), {Name: "empty"}, everywhere()}
	for _, test := range []struct {
		name          string
		width, height int
		want          []string
	}{
		{"two columns", 91, 8, []string{
			"Capture                                        Their problems",
			"enter  keep the line                           ↑↓   select a problem",
			"tab    the next lines answer the next          s    write down a solution: nothing is",
			"       question                                     confirmed yet",
			"esc    leave the box, so that single keys      w →  say what it costs",
			"       move and edit",
			"                                               Everywhere",
			"                                               ctrl+p  everything there is to do",
			"                                               s       who does what",
		}},
		{"one column, filled up", 60, 14, []string{
			"Capture",
			"enter  keep the line",
			"tab    the next lines answer the next question",
			"esc    leave the box, so that single keys move and edit",
			"",
			"Their problems",
			"↑↓   select a problem",
			"s    write down a solution: nothing is confirmed yet",
			"w →  say what it costs",
			"",
			"Everywhere",
			"ctrl+p  everything there is to do",
			"s       who does what",
			"",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			lines := keymap.Help(scopes, test.width, test.height, theme.New(theme.Light()))
			var got []string
			for _, line := range lines {
				got = append(got, strings.TrimRight(ansi.Strip(line), " "))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestHelpSaysEverything lays out any bindings in any size.
func TestHelpSaysEverything(t *testing.T) {
	text := rapid.SampledFrom([]string{"keep", "a longer help in several words", "焼け直し", "x\x1b[2J\ny", ""})
	rapid.Check(t, func(t *rapid.T) {
		binding := rapid.Custom(func(t *rapid.T) keymap.Binding {
			return keymap.Binding{
				Keys: rapid.SliceOfN(rapid.SampledFrom([]string{"enter", "ctrl+p", "up", "焼"}), 0, 3).Draw(t, "keys"),
				Long: text.Draw(t, "long"), Short: text.Draw(t, "short"), Why: text.Draw(t, "why"), Rank: rapid.IntRange(0, 3).Draw(t, "rank"),
			}
		})
		var scopes []keymap.Scope
		names := []string{"First", "Second"}
		for _, name := range names {
			scopes = append(scopes, keymap.Scope{Name: name, Bindings: rapid.SliceOfN(binding, 1, 3).Draw(t, name)})
		}
		width, height := rapid.IntRange(0, 150).Draw(t, "width"), rapid.IntRange(4, 12).Draw(t, "height")
		styles := theme.New(theme.Dark())
		lines := keymap.Help(scopes, width, height, styles)
		if len(lines) < height {
			t.Fatalf("the help has %d lines, want at least %d", len(lines), height)
		}
		for _, line := range lines {
			if got := ansi.StringWidthWc(line); got != width || strings.ContainsAny(ansi.Strip(line), "\x1b\n") {
				t.Fatalf("a line takes %d cells, want %d: %q", got, width, line)
			}
		}
		seen := ansi.Strip(strings.Join(lines, "\n"))
		for _, name := range names {
			if width >= len(name) && !strings.Contains(seen, name) {
				t.Fatalf("%q is never shown in %q", name, seen)
			}
		}
		line, _ := keymap.Footer(scopes[0].Bindings, width, styles)
		if got := ansi.StringWidthWc(line); got != width {
			t.Fatalf("the footer takes %d cells, want %d", got, width)
		}
	})
}
