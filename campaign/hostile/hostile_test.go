package hostile_test

import (
	"context"
	"path/filepath"
	"testing"

	"hark/campaign/hostile"
	"hark/campaign/trial/trialtest"
)

func TestHostile(t *testing.T) {
	trialtest.Run(t, hostile.Run, 0.02, 0.003)
}

// A new command has to be added to the campaign.
func TestEveryCommandIsCovered(t *testing.T) {
	commands := hostile.Commands(context.Background(), filepath.Join(t.TempDir(), "hark.db"))
	if len(commands) < 10 {
		t.Fatalf("only %q found: the check is blind", commands)
	}
	for _, command := range hostile.Uncovered(commands) {
		t.Errorf("hark %s is called nowhere in the campaign: add it to invocations", command)
	}
}
