package imports_test

import (
	"os"
	"testing"

	"hark/campaign/imports"
	"hark/campaign/trial"
	"hark/campaign/trial/trialtest"
)

func TestMain(m *testing.M) {
	trial.Play(imports.Processes())
	os.Exit(m.Run())
}

func TestImports(t *testing.T) {
	trialtest.Run(t, imports.Run, 0.02, 0.01)
}
