package kill_test

import (
	"context"
	"os"
	"testing"

	"hark/campaign/kill"
	"hark/campaign/trial"
)

func TestMain(m *testing.M) {
	trial.Play(kill.Processes())
	os.Exit(m.Run())
}

func TestKill(t *testing.T) {
	o := trial.Options{Scale: 0.03, Seed: 1, Folder: t.TempDir(), Say: func(line string) { t.Log(line) }}
	if testing.Short() {
		o.Scale = 0.005
	}
	row, err := kill.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(row.Found)
	for _, bad := range row.Bad {
		t.Error(bad)
	}
}
