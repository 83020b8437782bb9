package targets

import (
	"context"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"hark/campaign/command"
	"hark/campaign/hostile"
	"hark/campaign/trial/trialtest"
)

func TestTargets(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making links needs a right there that people rarely have")
	}
	trialtest.Run(t, Run, 0.05, 0.02)
}

// A new flag or argument that takes a path has to be added: to what writes, or to what reads.
func TestEveryPathIsKnown(t *testing.T) {
	db := filepath.Join(t.TempDir(), "hark.db")
	known := map[string]bool{}
	for _, name := range reads() {
		known[name] = false
	}
	for _, w := range writers() {
		known[w.named] = false
	}
	flag := regexp.MustCompile(`^ +(?:-\w, )?(--[a-z-]+) (\S+)  `)
	for _, name := range append(hostile.Commands(context.Background(), db), "") {
		help, _ := command.Run(context.Background(), db, "", append([]string{"help"}, strings.Fields(name)...)...)
		for line := range strings.Lines(help) {
			var takes string
			switch m := flag.FindStringSubmatch(line); {
			case m != nil && m[1] == "--db":
				takes = m[1]
			case m != nil && (strings.Contains(m[2], "FILE") || strings.Contains(m[2], "DIR")):
				takes = name + " " + m[1]
			case strings.HasPrefix(line, "  hark "+name+" ") && strings.Contains(line, "FILE") && !strings.Contains(line, "--out"):
				takes = name + " FILE"
			}
			if takes == "" || name == "" && takes != "--db" {
				continue
			}
			if _, ok := known[takes]; !ok {
				t.Errorf("%q takes a path, and the campaign does not know it: add it to writers or reads", takes)
			}
			known[takes] = true
		}
	}
	var missing []string
	for name, found := range known {
		if !found {
			missing = append(missing, name)
		}
	}
	if slices.Sort(missing); len(missing) > 0 {
		t.Errorf("%q take no path", missing)
	}
}
