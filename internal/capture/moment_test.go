package capture_test

import (
	"errors"
	"testing"
	"time"

	"hark/internal/capture"
)

// A Wednesday afternoon.
func afternoon() time.Time {
	return time.Date(2026, time.November, 25, 16, 20, 30, 0, time.FixedZone("HERE", 60*60))
}

func TestMoment(t *testing.T) {
	tests := map[string]string{
		"2h ago":                "2026-11-25 14:20",
		"90m ago":               "2026-11-25 14:50",
		"1h30m ago":             "2026-11-25 14:50",
		"1 hour 30 minutes ago": "2026-11-25 14:50",
		"45 min ago":            "2026-11-25 15:35",
		"3 days ago":            "2026-11-22 16:20",
		"0m ago":                "2026-11-25 16:20",
		"15:00":                 "2026-11-25 15:00",
		"today 9:30":            "2026-11-25 09:30",
		" Yesterday   15:00 ":   "2026-11-24 15:00",
		"yesterday at 3pm":      "2026-11-24 15:00",
		"tue 9.30":              "2026-11-24 09:30",
		"wednesday 15:00":       "2026-11-25 15:00",
		"thu 15:00":             "2026-11-19 15:00",
		"Friday 3:30 pm":        "2026-11-20 15:30",
		"2026-11-20 15:00":      "2026-11-20 15:00",
	}
	for words, want := range tests {
		at, err := capture.Moment(words, afternoon())
		if got := at.Format("2006-01-02 15:04 MST"); err != nil || got != want+" HERE" {
			t.Errorf("%q: %s, %v; want %s", words, got, err, want)
		}
	}
}

func TestMomentThatIsNone(t *testing.T) {
	tests := map[string]string{
		"":                    "“” is no time that hark knows; type 2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00",
		"later":               "“later” is no time that hark knows; type 2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00",
		"17:00":               "“17:00” is still to come; type 2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00",
		"2026-11-26 09:00":    "“2026-11-26 09:00” is still to come; type 2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00",
		"yesterday":           "“yesterday” has no time of day; type yesterday 15:00",
		"2026-02-30 15:00":    "“2026-02-30 15:00” is no time that hark knows; type 2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00",
		"yesterday 25:00":     "“yesterday 25:00” is no time that hark knows; type 2h ago, 15:00, yesterday 15:00, friday 15:00 or 2026-11-20 15:00",
		"a while ago":         "“a while ago” does not say how long ago; type 90m ago, 2h ago or 3 days ago",
		"-2h ago":             "“-2h ago” does not say how long ago; type 90m ago, 2h ago or 3 days ago",
		"99999999999days ago": "“99999999999days ago” does not say how long ago; type 90m ago, 2h ago or 3 days ago",
	}
	for words, want := range tests {
		at, err := capture.Moment(words, afternoon())
		var refused *capture.Error
		if !errors.As(err, &refused) || refused.Error() != want || !at.IsZero() {
			t.Errorf("%q: %v, %v\nwant %s", words, at, err, want)
		}
	}
}
