package faults_test

import (
	"os"
	"testing"

	"hark/campaign/faults"
	"hark/campaign/trial"
	"hark/campaign/trial/trialtest"
)

func TestMain(m *testing.M) {
	trial.Play(faults.Processes())
	os.Exit(m.Run())
}

func TestFaults(t *testing.T) {
	trialtest.Run(t, faults.Run, 0.1, 0.03)
}
