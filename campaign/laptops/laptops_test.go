package laptops_test

import (
	"testing"

	"hark/campaign/laptops"
	"hark/campaign/trial/trialtest"
)

func TestLaptops(t *testing.T) {
	t.Parallel()
	trialtest.Run(t, laptops.Run, 0.002, 0.0005)
}
