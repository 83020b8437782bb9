package plain_test

import (
	"slices"
	"strings"
	"testing"

	"hark/internal/plain"
)

func TestLines(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"} {
		text := "one" + end + "zwei, « trois »" + end + end + "四…" + end
		if got, want := plain.Lines(text), []string{"one", "zwei, « trois »", "", "四…", ""}; !slices.Equal(got, want) {
			t.Errorf("lines with %q are %q, want %q", end, got, want)
		}
		if got, want := plain.Newlines(text), strings.ReplaceAll(text, end, "\n"); got != want {
			t.Errorf("with newlines %q is %q, want %q", text, got, want)
		}
		if at, size := plain.LineEnd([]byte(text)); at != 3 || size != len(end) {
			t.Errorf("the first end of %q is at %d, %d bytes", text, at, size)
		}
	}
	for _, text := range []string{"", "one", "\u0084\u2027\u202A", "\xE2\x80", "\xC2", "\x85", "â\u0080"} {
		if got := plain.Lines(text); len(got) != 1 || got[0] != text {
			t.Errorf("the lines of %q are %q", text, got)
		}
	}
}
