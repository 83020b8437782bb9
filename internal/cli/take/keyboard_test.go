package take

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hark/internal/cli/app"
	"hark/internal/plain"
)

// pressed returns the lines that keys end, up to Ctrl+D or the end of the input.
func pressed(keys string) (lines []typed) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	k := &keyboard{in: strings.NewReader(keys), write: func(string) {}, width: func() int { return 80 }}
	for line := range k.read(ctx) {
		if errors.Is(line.err, io.EOF) {
			return lines
		}
		lines = append(lines, line)
	}
	return lines
}

func textsOf(lines []typed) (texts []string) {
	for _, line := range lines {
		texts = append(texts, line.text)
	}
	return texts
}

// A key that types nothing takes nothing with it but itself.
func TestKeysThatTypeNothing(t *testing.T) {
	for keys, want := range map[string]string{
		"\x1b[A": "a bc", "\x1b[1;5C": "a bc", "\x1b[3~": "a bc", "\x1bOP": "a bc", "\x1b[[A": "a bc", "\x1b[200~": "a bc", "\x1b[<0;3;4M": "a bc",
		"\x1b[?1;2c": "a bc", "\x1b\x1b[A": "a bc", "\x1bé": "a béc", "\x1b[é": "a béc", "\x1bO接": "a b接c", "\x1b[1;é": "a béc", "\x1bX": "a bXc",
		"\x1b[\x15x": "xc", "\x1b[1\x7f": "a c", "\x1b\x17": "a c",
	} {
		text := "a b" + keys + "c"
		if got := textsOf(pressed(text + "\nnext\n")); !slices.Equal(got, []string{want, "next"}) {
			t.Errorf("%q types %q, want %q", text, got, want)
		}
	}
	// Whatever comes behind esc, a line end ends the line, and the next lines come as they are
	// typed.
	for first := rune(0); first < 0x100; first++ {
		for _, second := range []string{"", "[", "O", "\x1b", "1;", "é"} {
			for _, end := range []string{"\n", "\r"} {
				keys := "a\x1b" + string(first) + second + end + "one" + end + "two" + end + "\x04"
				if got := textsOf(pressed(keys)); len(got) < 3 || !slices.Equal(got[len(got)-2:], []string{"one", "two"}) {
					t.Errorf("%q types %q", keys, got)
				}
			}
		}
	}
}

// Whatever was typed before it, a line is what is typed, and what is taken back of it are whole
// characters of its end.
func TestKeysProperty(t *testing.T) {
	word := rapid.StringOf(rapid.SampledFrom([]rune("ab é接\u3000\u00A0\u2003\u2028ñ👩👍🏽\u0301\t")))
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringOf(rapid.SampledFrom([]rune("a[O]PX_^~;1é\x1b\x07\x12\x15\x17\x7f\n"))).Draw(t, "before")
		text := word.Draw(t, "text")
		erase := rapid.SampledFrom([]string{"", "\x17", "\x7f", "\x08", "\x17\x17", "\x7f\x17"}).Draw(t, "erase")
		lines := pressed(before + "\n" + text + erase + "\nnext\n")
		n := len(lines)
		if n < 3 || lines[n-1].text != "next" {
			t.Fatalf("%q types %q", before, textsOf(lines))
		}
		got := lines[n-2]
		if !strings.HasPrefix(text, got.text) || !utf8.ValidString(got.text) || got.err != nil {
			t.Fatalf("%q and %q leaves %q: %v", text, erase, got.text, got.err)
		}
		if erase == "" && got.text != text {
			t.Fatalf("%q is typed as %q", text, got.text)
		}
		if last := len(text) - plain.LastCharacter(text); erase == "\x7f" && got.text != text[:last] {
			t.Fatalf("backspace leaves %q of %q", got.text, text)
		}
		if strings.Contains(erase, "\x17") && strings.TrimSpace(text) != "" && len(got.text) >= len(strings.TrimSpace(text)) && text == strings.TrimSpace(text) {
			t.Fatalf("Ctrl+W leaves %q of %q", got.text, text)
		}
	})
}

// What is beyond the longest line is not held, so that taking some of it back must not make the
// line look whole.
func TestKeysBeyondTheLongestLine(t *testing.T) {
	for _, tt := range []struct {
		length int
		erase  string
		long   bool
	}{
		{longestLine, "", false},
		{longestLine + 1, "", true},
		{longestLine + 1, "\x7f", false},
		{80_000, "\x7f", true},
		{80_000, "\x17", false}, // one word: all of it
		{80_000, "\x15", false},
	} {
		lines := pressed(strings.Repeat("x", tt.length) + tt.erase + "\nnext\n")
		var long *app.UsageError
		if len(lines) != 2 || errors.As(lines[0].err, &long) != tt.long || lines[1].text != "next" {
			t.Errorf("%d bytes and %q: %d lines, %v", tt.length, tt.erase, len(lines), lines[0].err)
		}
	}
}
