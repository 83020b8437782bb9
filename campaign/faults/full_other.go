//go:build !linux

package faults

import (
	"context"

	"hark/campaign/trial"
)

func fill(context.Context, string, *trial.Tally) (string, error) {
	return "no full file system, which is made on Linux only", nil
}
