package many_test

import (
	"os"
	"testing"

	"hark/campaign/many"
	"hark/campaign/trial"
	"hark/campaign/trial/trialtest"
)

func TestMain(m *testing.M) {
	trial.Play(many.Processes())
	os.Exit(m.Run())
}

func TestMany(t *testing.T) {
	trialtest.Run(t, many.Run, 0.05, 0.005)
}
