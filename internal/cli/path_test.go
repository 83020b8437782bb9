package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hark/internal/cli/app"
)

// A flag that takes a path is one: ~ is the home folder in it. That goes for a new one too.
func TestFlagsWithPaths(t *testing.T) {
	var paths []string
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			what, _ := pflag.UnquoteUsage(f)
			_, isPath := f.Value.(*app.PathValue)
			named := strings.Contains(what, "FILE") || strings.Contains(what, "DIR")
			if isPath != named {
				t.Errorf("--%s of %s takes %s, and is a path: %v", f.Name, cmd.CommandPath(), what, isPath)
			}
			if isPath {
				paths = append(paths, cmd.CommandPath()+" --"+f.Name)
			}
		})
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(tree(app.New(Env{Getenv: os.Getenv})))
	for _, want := range []string{"hark --db", "hark export --out", "hark export --template", "hark promises --ics", "hark recap --out", "hark card --out", "hark playbooks new --out"} {
		if !slices.Contains(paths, want) {
			t.Errorf("%s takes no path", want)
		}
	}
}
