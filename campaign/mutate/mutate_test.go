package mutate_test

import (
	"os"
	"testing"

	"hark/campaign/mutate"
	"hark/campaign/trial"
	"hark/campaign/trial/trialtest"
)

func TestMain(m *testing.M) {
	trial.Play(mutate.Processes())
	os.Exit(m.Run())
}

func TestMutate(t *testing.T) {
	trialtest.Run(t, mutate.Run, 0.012, 0.005)
}
