package commonmark_test

import (
	"testing"

	"hark/campaign/commonmark"
	"hark/campaign/trial/trialtest"
)

func TestCommonMark(t *testing.T) {
	trialtest.Run(t, commonmark.Run, 1, 1)
}
