// Package trialtest runs a small part of a campaign as a test.
package trialtest

import (
	"context"
	"testing"

	"hark/campaign/trial"
)

// Run runs a part of a campaign, a smaller one with -short, and fails for each broken promise. It
// skips a campaign that cannot run here.
func Run(t *testing.T, run func(context.Context, trial.Options) (trial.Row, error), part, short float64) {
	t.Helper()
	o := trial.Options{Scale: part, Seed: 1, Folder: t.TempDir(), Say: func(line string) { t.Log(line) }}
	if testing.Short() {
		o.Scale = short
	}
	row, err := run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if row.Skipped != "" {
		t.Skip(row.Skipped)
	}
	t.Log(row.Count, row.Found)
	for _, bad := range row.Bad {
		t.Error(bad)
	}
}
