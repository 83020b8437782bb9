package imports_test

import (
	"context"
	"os"
	"testing"

	"hark/campaign/imports"
	"hark/campaign/trial"
)

func TestMain(m *testing.M) {
	trial.Play(imports.Processes())
	os.Exit(m.Run())
}

func TestImports(t *testing.T) {
	o := trial.Options{Scale: 0.02, Seed: 1, Folder: t.TempDir(), Say: func(line string) { t.Log(line) }}
	if testing.Short() {
		o.Scale = 0.01
	}
	row, err := imports.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(row.Found)
	for _, bad := range row.Bad {
		t.Error(bad)
	}
}
