package show_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

func TestShortDay(t *testing.T) {
	berlin := time.FixedZone("Berlin", 3600)
	now := time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC) // the 21st in Berlin
	tests := []struct {
		at   time.Time
		want string
	}{
		{now, "today"},
		{time.Date(2026, 11, 20, 22, 59, 0, 0, time.UTC), "20 Nov"},
		{time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC), "today"},
		{time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC), "1 Jan"},
		{time.Date(2025, 12, 31, 22, 59, 0, 0, time.UTC), "Dec 2025"},
		{time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC), "1 Jan"},
	}
	for _, tt := range tests {
		if got := show.ShortDay(tt.at, now, berlin); got != tt.want {
			t.Errorf("%v is %q, want %q", tt.at, got, tt.want)
		}
	}
}

func TestLasting(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Minute: "0 min", 59 * time.Second: "0 min", 48 * time.Minute: "48 min",
		time.Hour: "1 h 00", 65*time.Minute + 59*time.Second: "1 h 05", 26 * time.Hour: "26 h 00",
	} {
		if got := show.Lasting(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestConsent(t *testing.T) {
	for c, want := range map[interview.Consent]string{
		{}:                              "consent not asked",
		{Notes: interview.NotesRefused}: "no notes, quoting not asked",
		{Quotes: interview.QuoteByRole}: "notes not asked, quote by role",
		{Notes: interview.NotesAllowed, Quotes: interview.QuoteNone}: "notes allowed, no quotes",
	} {
		if got := show.Consent(c); got != want {
			t.Errorf("%v is %q, want %q", c, got, want)
		}
	}
}

func TestHang(t *testing.T) {
	got := show.Hang("1: ", 3, "one two\x1b[2Jthree", 11, theme.New(theme.None()).Text)
	want := []string{"1: one two␛", "   [2Jthree"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("drawn (-want +got):\n%s", diff)
	}
}

func TestChoice(t *testing.T) {
	s := theme.New(theme.Dark())
	plain := show.Choice([]string{"one", "two"}, false, 10, s)
	if diff := cmp.Diff([]string{"  one", "  two"}, plain); diff != "" {
		t.Errorf("not selected (-want +got):\n%s", diff)
	}
	lit := show.Choice([]string{"one", "two"}, true, 10, s)
	for i, line := range lit {
		if widget.Width(line) != 10 || strings.Contains(line, "▸") != (i == 0) {
			t.Errorf("line %d of the selected item is %q", i, line)
		}
	}
}
