package config

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/settings.md anew")

// The documentation says what the table of keys says.
func TestDocumentation(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "settings.md")
	want := documentation()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil { //nolint:gosec // a page for everybody
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, strings.ReplaceAll(string(got), "\r\n", "\n")); d != "" {
		t.Errorf("docs/settings.md is not what the keys say; go test ./internal/config -update writes it (-want +got):\n%s", d)
	}
}

func documentation() string {
	var b strings.Builder
	b.WriteString(`# Settings

hark needs no settings. Those there are lie in a TOML file that you edit: ` + "`hark/config.toml`" + ` in your config folder
(` + "`~/.config`" + ` on Linux), or the file that ` + "`HARK_CONFIG`" + ` names. ` + "`hark config path`" + ` says where that is, ` + "`hark config init`" + `
writes one with everything explained, and ` + "`hark config`" + ` shows what holds and where that came from.

A flag goes before an environment variable, that before the file, and the file before the default. A key that hark does
not know, or a value that cannot be, is refused with its line before anything else is done: nothing you type is read, so
nothing is lost.

`)
	for _, k := range Keys() {
		b.WriteString("## " + k.Name + "\n\n")
		b.WriteString("    " + k.Name + " = " + k.Example + "\n\n")
		b.WriteString(strings.Join(k.Explained(), "\n") + "\n\n")
	}
	b.WriteString("## A whole file\n\n```toml\n" + string(Template()) + "```\n")
	return b.String()
}
