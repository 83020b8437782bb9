package plain_test

import (
	"strings"
	"testing"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/plain"
)

func TestWidth(t *testing.T) {
	tests := []struct {
		in   string
		want int
	}{
		{"", 0},
		{"weld", 4},
		{"é", 1},
		{"e\u0301", 1},
		{"日本", 4},
		{"ｱｲ", 2},
		{"한국", 4},
		{"👍", 2},
		{"👍🏽", 4},
		{"⚠\uFE0F", 1},
		{"👨\u200D👩\u200D👧", 6},
		{"नमस्ते", 4},
		{"␛⏎", 2},
	}
	for _, tt := range tests {
		if got := plain.Width(tt.in); got != tt.want {
			t.Errorf("Width(%q) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestWidthOfEveryCharacter(t *testing.T) {
	for r := rune(' '); r <= unicode.MaxRune; r++ {
		if got, want := plain.Width(string(r)), ansi.StringWidthWc(string(r)); got != want {
			t.Errorf("Width(%U) = %d, the renderer says %d", r, got, want)
		}
	}
}

// A new screen buffer, as Bubble Tea makes one, measures the same, and a line drawn on the cells
// given by Width is complete.
func TestWidthIsTheRenderers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := plain.Terminal(anyText().Draw(t, "s"))
		width := plain.Width(s)
		if got := uv.NewScreenBuffer(1, 1).WidthMethod().StringWidth(s); got != width {
			t.Fatalf("Width(%q) = %d, the renderer says %d", s, width, got)
		}
		if width == 0 {
			return
		}
		screen := uv.NewScreenBuffer(width, 1)
		uv.NewStyledString(s).Draw(screen, screen.Bounds())
		var drawn strings.Builder
		for x := 0; x < width; x++ {
			if cell := screen.CellAt(x, 0); cell != nil && cell.Width > 0 {
				drawn.WriteString(cell.Content)
			}
		}
		if drawn.String() != s {
			t.Fatalf("%q on %d cells is drawn as %q", s, width, drawn.String())
		}
	})
}

func TestTruncate(t *testing.T) {
	tests := []struct {
		in    string
		cells int
		tail  string
		want  string
	}{
		{"weld", 4, "…", "weld"},
		{"welding", 4, "…", "wel…"},
		{"welding", 4, "", "weld"},
		{"welding", 1, "…", "…"},
		{"welding", 0, "…", ""},
		{"welding", -3, "…", ""},
		{"welding", 2, "...", ".."},
		{"日本語", 4, "…", "日…"},
		{"日本語", 5, "…", "日本…"},
		{"cafe\u0301s", 4, "", "cafe\u0301"},
		{"👨\u200D👩\u200D👧 x", 5, "…", "…"},
		{"👨\u200D👩\u200D👧 x", 7, "…", "👨\u200D👩\u200D👧…"},
	}
	for _, tt := range tests {
		if got := plain.Truncate(tt.in, tt.cells, tt.tail); got != tt.want {
			t.Errorf("Truncate(%q, %d, %q) = %q, want %q", tt.in, tt.cells, tt.tail, got, tt.want)
		}
	}
}

func TestPad(t *testing.T) {
	tests := []struct {
		in    string
		cells int
		want  string
	}{
		{"a", 3, "a  "},
		{"日", 3, "日 "},
		{"long", 3, "long"},
		{"", 2, "  "},
		{"", -1, ""},
	}
	for _, tt := range tests {
		if got := plain.Pad(tt.in, tt.cells); got != tt.want {
			t.Errorf("Pad(%q, %d) = %q, want %q", tt.in, tt.cells, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		name  string
		in    string
		cells int
		want  []string
	}{
		{"empty", "", 10, []string{""}},
		{"fits", "one weld", 10, []string{"one weld"}},
		{"fits exactly", "one weld", 8, []string{"one weld"}},
		{"between words", "one weld in five", 8, []string{"one weld", "in five"}},
		{"spaces at the break", "one    weld", 5, []string{"one", "weld"}},
		{"spaces inside", "a  b c", 6, []string{"a  b c"}},
		{"spaces at the end", "a   ", 2, []string{"a"}},
		{"only spaces", "   ", 2, []string{""}},
		{"indent", "  a b", 4, []string{"  a", "b"}},
		{"indent that leaves no room", "     ab", 4, []string{"ab"}},
		{"newlines", "a\n\nb c", 2, []string{"a", "", "b", "c"}},
		{"newline at the end", "a\n", 5, []string{"a", ""}},
		{"long word", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"long word begins on its line", "a bcdefgh i", 4, []string{"a bc", "defg", "h i"}},
		{"long word with no room left", "abc defgh", 4, []string{"abc", "defg", "h"}},
		{"wide characters", "日本語", 5, []string{"日本", "語"}},
		{"wide characters after a word", "ab 日本語の", 5, []string{"ab 日", "本語", "の"}},
		{"no room for a wide one", "abcd 日本語", 6, []string{"abcd", "日本語"}},
		{"no room for the first of many", "abcd 日本語の", 6, []string{"abcd", "日本語", "の"}},
		{"marks stay with their letter", "e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
		{"a vowel sign stays with its letter", "abc\u1000\u102B", 4, []string{"abc", "\u1000\u102B"}},
		{"emoji whole", "👨\u200D👩 👨\u200D👩", 4, []string{"👨\u200D👩", "👨\u200D👩"}},
		{"emoji wider than a line", "👨\u200D👩", 3, []string{"👨\u200D", "👩"}},
		{"no-break space", "a\u00A0b c", 3, []string{"a\u00A0b", "c"}},
		{"too narrow to be asked for", "日本", 0, []string{"日", "本"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, plain.Wrap(tt.in, tt.cells)); diff != "" {
				t.Errorf("Wrap(%q, %d) (-want +got):\n%s", tt.in, tt.cells, diff)
			}
		})
	}
}

// checkCut holds for every text: no line is wider than asked, and only blanks are left out.
func checkCut(t interface {
	Errorf(format string, args ...any)
}, s string, cells int) {
	text := strings.Join(plain.TerminalLines(s), "\n")
	lines := plain.Wrap(text, cells)
	for _, line := range lines {
		if w := plain.Width(line); w > cells {
			t.Errorf("Wrap(%q, %d) gives %q, %d cells wide", text, cells, line, w)
		}
	}
	gone := strings.NewReplacer(" ", "", "\n", "")
	if got, want := gone.Replace(strings.Join(lines, "")), gone.Replace(text); got != want {
		t.Errorf("Wrap(%q, %d) holds %q, want %q", text, cells, got, want)
	}
	line := plain.Terminal(s)
	short := plain.Truncate(line, cells, "…")
	if w := plain.Width(short); w > cells {
		t.Errorf("Truncate(%q, %d) gives %q, %d cells wide", line, cells, short, w)
	}
	if short != line && !strings.HasPrefix(line, strings.TrimSuffix(short, "…")) {
		t.Errorf("Truncate(%q, %d) gives %q", line, cells, short)
	}
	if w := plain.Width(plain.Pad(short, cells)); w != cells {
		t.Errorf("Pad(%q, %d) is %d cells wide", short, cells, w)
	}
}

func TestCutAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkCut(t, anyText().Draw(t, "s"), rapid.IntRange(2, 40).Draw(t, "cells"))
	})
}

func FuzzWrap(f *testing.F) {
	for _, s := range append(hostile(), ordinary()...) {
		f.Add(s, uint8(10))
	}
	f.Fuzz(func(t *testing.T, s string, cells uint8) { checkCut(t, s, max(int(cells), 2)) })
}
