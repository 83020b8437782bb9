package house

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// machinePaths answers the lines of a text that name a folder of one machine, which nobody else
// has. A path that goes on from something else, such as ./work/ or docs/work/, is none.
func machinePaths(name string, text []byte) []string {
	machine := regexp.MustCompile(`(^|[^A-Za-z0-9_.~%)}-])/(work|root)/`)
	var wrong []string
	for i, line := range bytes.Split(text, []byte("\n")) {
		if machine.Match(line) {
			wrong = append(wrong, fmt.Sprintf("%s:%d names a path of one machine", name, i+1))
		}
	}
	return wrong
}

// isRead reports whether people read or run a file as text: code, documents and settings.
func isRead(name string) bool {
	return slices.Contains([]string{
		"", ".1", ".go", ".html", ".json", ".md", ".mod", ".sh", ".tape", ".toml", ".txt", ".txtar", ".yaml", ".yml",
	}, path.Ext(name))
}

func TestMachinePaths(t *testing.T) {
	root := top(t)
	err := walk(root, func(name string) error {
		if !isRead(name) && path.Base(name) != ".gitignore" {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return nil // a built program
		}
		for _, wrong := range machinePaths(name, text) {
			t.Error(wrong)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The check itself: it must catch what it is there for, and let the rest pass.
func TestMachinePathsFound(t *testing.T) {
	const work, home = "/wo" + "rk/", "/ro" + "ot/"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "see docs and internal/plain", nil},
		{"at the start", work + "main", []string{"f:1 names a path of one machine"}},
		{"in quotes", "a\nx := \"" + home + ".cache\"\n", []string{"f:2 names a path of one machine"}},
		{"as an address", "file://" + work + "x", []string{"f:1 names a path of one machine"}},
		{"after a colon", "PATH=a:" + home + "bin", []string{"f:1 names a path of one machine"}},
		{"relative", "./work/ ../root/ a/work/b $HOME/work/ ~/work/ ${x}/root/ $(pwd)/work/", nil},
		{"another folder", "/workshop/ /roots/", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, machinePaths("f", []byte(tt.text))); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}
