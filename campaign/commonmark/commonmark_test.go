package commonmark_test

import (
	"context"
	"testing"

	"hark/campaign/commonmark"
	"hark/campaign/trial"
)

func TestCommonMark(t *testing.T) {
	row, err := commonmark.Run(context.Background(), trial.Options{Scale: 1, Say: func(line string) { t.Log(line) }})
	if err != nil {
		t.Fatal(err)
	}
	if row.Skipped != "" {
		t.Skip(row.Skipped)
	}
	for _, bad := range row.Bad {
		t.Error(bad)
	}
}
