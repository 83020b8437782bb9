package bench_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// versions reads the module versions from a go.mod.
func versions(t *testing.T, folder string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.SplitSeq(string(text), "\n") {
		if fields := strings.Fields(line); len(fields) >= 2 && strings.HasPrefix(fields[1], "v") {
			all[fields[0]] = fields[1]
		}
	}
	return all
}

// hark and the program that it is compared with must use the same modules, or the modules would be
// measured.
func TestBareStandsOnTheSameModules(t *testing.T) {
	ours, bare := versions(t, ".."), versions(t, "bare")
	if bare["charm.land/bubbletea/v2"] == "" || ours["charm.land/bubbletea/v2"] == "" {
		t.Fatal("no version of Bubble Tea found: this would pass on nothing")
	}
	for module, version := range bare {
		if our := ours[module]; our != "" && our != version {
			t.Errorf("%s: bare has %s, hark %s", module, version, our)
		}
	}
}
