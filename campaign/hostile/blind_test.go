package hostile

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// The checks must find faults in text that was not made safe.
func TestChecksCanFail(t *testing.T) {
	sorts := tricks()
	for _, s := range slices.Concat(sorts[:4]...) {
		if strings.TrimLeft(s, "א1ב2גمرحبا") == "" {
			continue // right-to-left letters are harmless
		}
		if active(s, "") == "" {
			t.Errorf("nothing active is found in %q", s)
		}
	}
	for _, s := range sorts[6] {
		if active(s, "") == "" {
			t.Errorf("%q passes as UTF-8", s)
		}
	}
	for _, s := range sorts[7][:10] {
		if formula(s) == nil {
			t.Errorf("%q passes as no formula", s)
		}
	}
	found := map[string]bool{}
	as := func(s string) string { return s }
	for _, s := range slices.Concat(sorts...) {
		through(s, []way{{"HTML", "", as, markup}, {"CSV", "", as, formula}, {"JSON", "", as, isJSON}, {"file name", "", as, fileName}},
			func(way, _ string) { found[way] = true })
	}
	if len(found) != 4 {
		t.Errorf("only %v found something", slices.Collect(maps.Keys(found)))
	}
}

func TestScreenedCanFail(t *testing.T) {
	harmless := read("\x1b]2;welds\a\x1b[1;1H\x1b[38;5;1mwelds\x1b[m")
	for _, tt := range []struct {
		sent string
		bad  bool
	}{
		{"\x1b[2;9H\x1b[38;5;2mwelds é 日本\x1b[m", false},
		{"\x1b[?7lwelds\x1b[?7h", false},
		{"\x1b]2;␛[" + mark + "m\awelds", false},
		{"\x1b]2;\u202ewelds\a", true},
		{"\x1b[2;9H\x1b[" + mark + "mwelds", true},
		{"\x1b]0;title\awelds", true},
		{"\x1b[?1049hwelds", true},
		{"welds\a", true},
		{"welds\u202e", true},
		{"welds\u009b31m", true},
		{"welds\xff", true},
	} {
		bad := false
		screened(tt.sent, harmless, func(string, string) { bad = true })
		if bad != tt.bad {
			t.Errorf("screened(%q): bad = %v, want %v", tt.sent, bad, tt.bad)
		}
	}
}
