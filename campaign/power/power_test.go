package power_test

import (
	"context"
	"os"
	"testing"

	"hark/campaign/power"
	"hark/campaign/trial"
)

func TestMain(m *testing.M) {
	trial.Play(power.Processes())
	os.Exit(m.Run())
}

func TestPowerFailures(t *testing.T) {
	o := trial.Options{Scale: 0.02, Seed: 1, Folder: t.TempDir(), Say: func(line string) { t.Log(line) }}
	if testing.Short() {
		o.Scale = 0.01
	}
	row, err := power.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if row.Skipped != "" {
		t.Skip(row.Skipped)
	}
	t.Log(row.Found)
	for _, bad := range row.Bad {
		t.Error(bad)
	}
}
