package nearest_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/nearest"
)

func commands() []string {
	return []string{"new", "open", "take", "list", "show", "search", "export", "playbooks", "card", "version"}
}

func TestBegun(t *testing.T) {
	for typed, want := range map[string]string{
		"lst": "list", "LIST": "list", "lsit": "list", "exprot": "export", "serach": "search", "versoin": "version",
		"play": "playbooks", "exp": "export", "nwe": "new", "zzz": "", "x": "", "": "", "harbour": "",
	} {
		if got := nearest.Begun(typed, commands()); got != want {
			t.Errorf("%q is near to %q, want %q", typed, got, want)
		}
	}
}

func TestWord(t *testing.T) {
	for typed, want := range map[string]string{
		"list": "list", "lsit": "list", "playboks": "playbooks", "plaboks": "playbooks", "play": "", "LIST": "",
		"": "", "l": "", "n": "", "mist": "", "nex": "", "nwe": "new", "ilst": "list", "harbour": "", strings.Repeat("list", 9): "",
	} {
		if got := nearest.Word(typed, commands()); got != want {
			t.Errorf("%q is near to %q, want %q", typed, got, want)
		}
	}
	if got := nearest.Word("cards", []string{"carts", "carps"}); got != "carts" {
		t.Errorf("of two that are as near, %q; want the first", got)
	}
}

func TestSlips(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"theme", "theme", 0}, {"theem", "theme", 1}, {"them", "theme", 1},
		{"thheme", "theme", 1}, {"thame", "theme", 1}, {"müller", "muller", 1}, {"ca", "abc", 3},
	} {
		if got := nearest.Slips(tt.a, tt.b); got != tt.want {
			t.Errorf("%d slips from %q to %q, want %d", got, tt.a, tt.b, tt.want)
		}
	}
}

// It makes no difference from which word one starts, one letter more is one slip at most, and words
// of different lengths are that far apart at least.
func TestSlipsAreADistance(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abü")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		n := nearest.Slips(a, b)
		if back := nearest.Slips(b, a); back != n {
			t.Fatalf("%d slips there, %d back", n, back)
		}
		if (n == 0) != (a == b) {
			t.Fatalf("%d slips between %q and %q", n, a, b)
		}
		if more := nearest.Slips(a+"a", b); more > n+1 || more < n-1 {
			t.Fatalf("%d slips, %d with one letter more", n, more)
		}
		if apart := len([]rune(a)) - len([]rune(b)); n < max(apart, -apart) {
			t.Fatalf("%d slips between words of lengths %d apart", n, apart)
		}
	})
}
