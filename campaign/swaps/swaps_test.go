package swaps_test

import (
	"testing"

	"hark/campaign/swaps"
	"hark/campaign/trial/trialtest"
)

func TestOlder(t *testing.T) { trialtest.Run(t, swaps.RunOlder, 0.1, 0.03) }

func TestGone(t *testing.T) { trialtest.Run(t, swaps.RunGone, 0.1, 0.03) }

func TestClock(t *testing.T) { trialtest.Run(t, swaps.RunClock, 0.1, 0.05) }
