package hostile

import (
	"context"
	"path/filepath"
	"testing"

	"hark/campaign/trial/trialtest"
)

func TestHostile(t *testing.T) {
	trialtest.Run(t, Run, 0.02, 0.003)
}

// A new command has to be added to the campaign.
func TestEveryCommandIsCovered(t *testing.T) {
	commands := Commands(context.Background(), filepath.Join(t.TempDir(), "hark.db"))
	if len(commands) < 10 {
		t.Fatalf("only %q found: the check is blind", commands)
	}
	covered := map[string]bool{"help": true}
	for _, i := range invocations("", "", "", forms{}) {
		covered[i.command] = true
	}
	for _, command := range commands {
		if !covered[command] {
			t.Errorf("hark %s is called nowhere in the campaign: add it to invocations", command)
		}
	}
}
