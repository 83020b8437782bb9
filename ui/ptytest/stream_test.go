package ptytest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/ui/ptytest"
)

func TestUnrestored(t *testing.T) {
	const (
		begin = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[>4;2m\x1b[>1u\x1b[6 q\x1b]2;hark\x07\x1b[1;31mtext"
		end   = "\x1b[m\x1b[>4m\x1b[<1u\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[0 q\x1b]2;\x07"
	)
	tests := []struct {
		name, stream string
		want         []string
	}{
		{"nothing written", "", nil},
		{"plain text", "text\r\n", nil},
		{"all restored", begin + end, nil},
		{"nothing restored", begin, []string{
			"alternate screen: true", "bracketed paste: true", "colours", "cursor shown: false", "cursor style",
			"keyboard settings", "modified keys", "mouse buttons: true", "mouse in SGR form: true", "title hark",
		}},
		{"the cursor stays hidden", "\x1b[?25l\x1b[?1049h\x1b[?1049l", []string{"cursor shown: false"}},
		{"several in one", "\x1b[?1000;1004h\x1b[?1000l", []string{"focus events: true"}},
		{"popped once too often", "\x1b[>1u\x1b[<2u", []string{"keyboard settings"}},
		{"a mode without a name", "\x1b[?9999h", []string{"mode 9999: true"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, ptytest.Unrestored(tt.stream)); diff != "" {
				t.Errorf("left behind (-want +got):\n%s", diff)
			}
		})
	}
}

func TestColours(t *testing.T) {
	tests := []struct {
		stream string
		want   []string
	}{
		{"text \x1b[1mbold\x1b[m \x1b[4;7mx\x1b[0m\x1b[22;23;24;27m", nil},
		{"\x1b[31mred\x1b[m", []string{"31"}},
		{"\x1b[1;38;2;1;2;3mx\x1b[38;5;9m", []string{"1;38;2;1;2;3", "38;5;9"}},
		{"\x1b[97mx\x1b[39m", []string{"39", "97"}},
		{"\x1b[?31h\x1b[>4;2m", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, ptytest.Colours(tt.stream)); diff != "" {
			t.Errorf("colours of %q (-want +got):\n%s", tt.stream, diff)
		}
	}
}
