package hostile_test

import (
	"context"
	"path/filepath"
	"testing"

	"hark/campaign/hostile"
	"hark/campaign/trial"
)

func TestHostile(t *testing.T) {
	o := trial.Options{Scale: 0.02, Seed: 1, Folder: t.TempDir(), Say: func(line string) { t.Log(line) }}
	if testing.Short() {
		o.Scale = 0.003
	}
	row, err := hostile.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(row.Count, row.Found)
	for _, bad := range row.Bad {
		t.Error(bad)
	}
}

// A command that is new has to be added to the campaign.
func TestEveryCommandIsCovered(t *testing.T) {
	commands := hostile.Commands(context.Background(), filepath.Join(t.TempDir(), "hark.db"))
	if len(commands) < 10 {
		t.Fatalf("only %q found: the check is blind", commands)
	}
	for _, command := range hostile.Uncovered(commands) {
		t.Errorf("hark %s is called nowhere in the campaign: add it to invocations", command)
	}
}
