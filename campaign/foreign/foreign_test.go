package foreign

import (
	"context"
	"slices"
	"testing"

	"hark/campaign/command"
	"hark/campaign/trial/trialtest"
)

func TestForeign(t *testing.T) {
	trialtest.Run(t, Run, 0.05, 0.02)
}

// What is called on files that are not hark's has to be a command, or the campaign is blind.
func TestCallsAreCommands(t *testing.T) {
	for _, call := range calls(t.TempDir()) {
		if _, code := command.Run(context.Background(), "none.db", "", "help", call[0]); code != 0 && call[0] != "__complete" {
			t.Errorf("hark %q is no command", call)
		}
	}
	if !slices.ContainsFunc(targets(), func(x target) bool { return x.begins }) {
		t.Error("no target is one in which a notebook may be begun")
	}
}
