package faults_test

import (
	"context"
	"os"
	"testing"

	"hark/campaign/faults"
	"hark/campaign/trial"
)

func TestMain(m *testing.M) {
	trial.Play(faults.Processes())
	os.Exit(m.Run())
}

func TestFaults(t *testing.T) {
	o := trial.Options{Scale: 0.1, Seed: 1, Folder: t.TempDir(), Say: func(line string) { t.Log(line) }}
	if testing.Short() {
		o.Scale = 0.03
	}
	row, err := faults.Run(context.Background(), o)
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
