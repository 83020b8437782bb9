package power_test

import (
	"os"
	"testing"

	"hark/campaign/power"
	"hark/campaign/trial"
	"hark/campaign/trial/trialtest"
)

func TestMain(m *testing.M) {
	trial.Play(power.Processes())
	os.Exit(m.Run())
}

func TestPowerFailures(t *testing.T) {
	trialtest.Run(t, power.Run, 0.02, 0.01)
}
