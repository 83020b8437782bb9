package uitest

import (
	"flag"
	"os"
	"path/filepath"

	"github.com/google/go-cmp/cmp"
)

// update is a flag of every test binary that links this package: go test ./ui/... -update
var update = flag.Bool("update", false, "write the golden files of screens anew")

// Golden compares the screen with testdata/NAME.txt in the folder of the test, as plain text. With
// the flag -update it writes the file; review the change before you commit it.
func (term *Terminal) Golden(name string) {
	term.t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got := term.Screen()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			term.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			term.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		term.t.Fatalf("no golden file yet (go test -update writes it): %v\nthe screen is:\n%s", err, got)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		term.t.Errorf("the screen differs from %s (-want +got):\n%s\nthe screen is:\n%s", path, diff, got)
	}
}
