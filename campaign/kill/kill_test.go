package kill_test

import (
	"os"
	"testing"

	"hark/campaign/kill"
	"hark/campaign/trial"
	"hark/campaign/trial/trialtest"
)

func TestMain(m *testing.M) {
	trial.Play(kill.Processes())
	os.Exit(m.Run())
}

func TestKill(t *testing.T) {
	trialtest.Run(t, kill.Run, 0.03, 0.005)
}
