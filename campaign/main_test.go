package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The command prints the table, and writes it to the file.
func TestRun(t *testing.T) {
	out := filepath.Join(t.TempDir(), "campaign.md")
	var printed, progress strings.Builder
	if err := run([]string{"-only", "commonmark", "-out", out}, &printed, &progress); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if printed.String() != string(written) {
		t.Errorf("printed:\n%s\nwritten:\n%s", printed.String(), written)
	}
	for _, want := range []string{"# The campaigns\n", "`go run ./campaign -only commonmark -out ", "| campaign | count |", "| CommonMark inputs"} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, printed.String())
		}
	}
}

func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{{"-only", "nothing"}, {"-scale", "0"}, {"-scale", "x"}, {"-nonsense"}, {"extra"}} {
		if err := run(args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
}
