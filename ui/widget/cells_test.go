package widget_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"hark/ui/theme"
	"hark/ui/widget"
)

// fragments are parts of hostile and ordinary lines.
func fragments() []string {
	return []string{
		"a", "weld", " ", "   ", "é", "e\u0301", "焼", "け直し", "ß", "“", "…", "👍", "👩‍🔧", "🇩🇪", "❤️", "ก็", "स्ते", "한", "\u0301",
		"\x1b[1m", "\x1b[31m", "\x1b[38;2;1;2;3m", "\x1b[4:3m", "\x1b[m", "\x1b[0m", "\x1b[0;7m",
		"\x1b[2J", "\x1b]0;title\a", "\x1b]8;;http://x\x1b\\", "\x1b[5A", "\x1b", "\x1b[", "\x1b[3", "\x9b31m", "\u009b2J",
		"\t", "\r", "\n", "\a", "\x00", "\x7f", "\xff", "\xc3", "\u200b", "\u202e", "\u2066",
	}
}

// anyLine generates lines out of fragments.
func anyLine() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments()), 0, 20).Draw(t, "fragments"), "")
	})
}

// styledLine generates styled lines as widgets get them: safe text in styles that end.
func styledLine() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		styles := theme.New(theme.Dark())
		var line strings.Builder
		for range rapid.IntRange(0, 6).Draw(t, "spans") {
			text := rapid.SampledFrom([]string{"weld ", "焼け直し", "e\u0301a", " ", "“One in five”", "👍", "x"}).Draw(t, "text")
			style := rapid.SampledFrom([]string{styles.Title.Render(text), styles.Match.Render(text), text}).Draw(t, "style")
			line.WriteString(style)
		}
		return line.String()
	})
}

// fatal is implemented by rapid.T and testing.T.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// mustMeasure fails unless a block has exactly the given size, measured by the renderer's own code,
// and holds nothing but printable characters and style sequences that are closed at the end of each
// line.
func mustMeasure(t fatal, block widget.Block, width, height int) {
	t.Helper()
	if block.Width != width || block.Height() != height {
		t.Fatalf("the block is %d by %d, want %d by %d:\n%s", block.Width, block.Height(), width, height, block)
	}
	for _, line := range block.Lines {
		mustBeLine(t, line, width)
	}
}

func mustBeLine(t fatal, line string, width int) {
	t.Helper()
	if got := uv.NewStyledString(line).WcWidth(); got != width {
		t.Fatalf("%q takes %d cells, want %d", line, got, width)
	}
	open := false
	for rest := line; rest != ""; {
		if rest[0] == ansi.ESC {
			end := strings.IndexByte(rest, 'm') + 1
			if end == 0 || strings.Trim(rest[:end], "\x1b[0123456789;:m") != "" {
				t.Fatalf("%q holds a sequence that is no style", line)
			}
			open = rest[:end] != "\x1b[m" && rest[:end] != "\x1b[0m"
			rest = rest[end:]
			continue
		}
		cluster, cells := ansi.FirstGraphemeCluster(rest, ansi.WcWidth)
		if cells == 0 || !utf8.ValidString(cluster) || strings.ContainsFunc(cluster, unicode.IsControl) {
			t.Fatalf("%q holds %q", line, cluster)
		}
		rest = rest[len(cluster):]
	}
	if open {
		t.Fatalf("%q leaves a style open", line)
	}
}

func TestFit(t *testing.T) {
	for _, test := range []struct {
		name  string
		line  string
		width int
		want  string
	}{
		{"as wide as asked", "weld", 4, "weld"},
		{"padded", "weld", 6, "weld  "},
		{"cut", "welding", 4, "wel…"},
		{"cut before a wide character", "焼け直し", 4, "焼… "},
		{"cut behind a wide character", "焼け直し", 5, "焼け…"},
		{"combining", "e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"one cell", "weld", 1, "…"},
		{"one cell, wide", "焼", 1, "…"},
		{"none", "weld", 0, ""},
		{"negative", "weld", -3, ""},
		{"empty", "", 2, "  "},
		{"style padded outside", "\x1b[1mab\x1b[m", 4, "\x1b[1mab\x1b[m  "},
		{"style cut inside", "\x1b[1mabcdef\x1b[m", 4, "\x1b[1mabc…\x1b[m"},
		{"style left open", "\x1b[1mab", 3, "\x1b[1mab\x1b[m "},
		{"style behind the cut", "abcdef\x1b[1mg\x1b[m", 4, "abc…"},
		{"other sequences", "a\x1b[2Jb\x1b]0;title\ac", 4, "abc "},
		{"control characters", "a\rb\x00c\u009bd", 4, "abcd"},
		{"tab", "a\tb", 3, "a b"},
		{"newline", "a\nb", 3, "ab "},
		{"not UTF-8", "a\x9bb", 3, "a\ufffdb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := widget.Fit(test.line, test.width); got != test.want {
				t.Errorf("Fit(%q, %d) = %q, want %q", test.line, test.width, got, test.want)
			}
		})
	}
}

func TestFitIsExactAndSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := anyLine().Draw(t, "line")
		width := rapid.IntRange(0, 30).Draw(t, "width")
		fitted := widget.Fit(line, width)
		mustBeLine(t, fitted, width)
		if again := widget.Fit(fitted, width); again != fitted {
			t.Fatalf("fitting %q again gives %q", fitted, again)
		}
	})
}

func FuzzFit(f *testing.F) {
	for _, fragment := range fragments() {
		f.Add(fragment+"ab"+fragment, 5)
	}
	f.Fuzz(func(t *testing.T, line string, width int) {
		width = min(max(width, 0), 200)
		mustBeLine(t, widget.Fit(line, width), width)
	})
}

// cells draws a block as Bubble Tea's renderer does and returns the content of each cell.
func cells(block widget.Block) *uv.ScreenBuffer {
	screen := uv.NewScreenBuffer(block.Width, block.Height())
	uv.NewStyledString(block.String()).Draw(screen, screen.Bounds())
	return &screen
}

func TestOverlayDrawsWhatTheRendererWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 12)
		block := func(name string) widget.Block {
			lines := rapid.SliceOfN(styledLine(), 0, 6).Draw(t, name)
			return widget.NewBlock(size.Draw(t, name+" width"), size.Draw(t, name+" height"), lines)
		}
		base, top := block("base"), block("top")
		x, y := rapid.IntRange(-8, 14).Draw(t, "x"), rapid.IntRange(-8, 14).Draw(t, "y")

		got := widget.Overlay(base, top, x, y)
		mustMeasure(t, got, base.Width, base.Height())

		// The model: draw the base, then each cell of the top that falls on it.
		want := cells(base)
		over := cells(top)
		for ty := range top.Height() {
			for tx := range top.Width {
				cell := over.CellAt(tx, ty)
				if cell == nil || cell.Width == 0 {
					continue // the right half of a wide character is drawn with its left half
				}
				if tx+x < 0 || tx+x+cell.Width > base.Width {
					for i := range cell.Width { // a wide character that is cut through leaves blanks
						blank := uv.EmptyCell
						blank.Style = cell.Style
						want.SetCell(tx+x+i, ty+y, &blank)
					}
					continue
				}
				want.SetCell(tx+x, ty+y, cell)
			}
		}
		drawn := cells(got)
		for cy := range base.Height() {
			for cx := range base.Width {
				a, b := want.CellAt(cx, cy), drawn.CellAt(cx, cy)
				if left := want.CellAt(cx-1, cy); a.Width == 0 && (left == nil || left.Width < 2) {
					a = &uv.EmptyCell // the screen leaves half of a wide character that was overdrawn
				}
				if a.Content != b.Content || a.Width != b.Width {
					t.Fatalf("cell %d,%d shows %q, want %q, in\n%q", cx, cy, b.Content, a.Content, got.Lines)
				}
				if strings.TrimSpace(a.Content) != "" && !a.Style.Equal(&b.Style) {
					t.Fatalf("cell %d,%d has another style, in\n%q", cx, cy, got.Lines)
				}
			}
		}
	})
}

func TestColumnsAndStack(t *testing.T) {
	a := widget.NewBlock(3, 2, []string{"焼", "x"})
	b := widget.NewBlock(2, 3, []string{"1", "2", "3"})
	columns := widget.Columns(a, b)
	mustMeasure(t, columns, 5, 3)
	if got, want := columns.String(), "焼 1 \nx  2 \n   3 "; got != want {
		t.Errorf("columns: %q, want %q", got, want)
	}
	stack := widget.Stack(a, b)
	mustMeasure(t, stack, 3, 5)
	if got, want := stack.String(), "焼 \nx  \n1  \n2  \n3  "; got != want {
		t.Errorf("stack: %q, want %q", got, want)
	}
	mustMeasure(t, widget.Columns(), 0, 0)
	mustMeasure(t, widget.NewBlock(-1, -2, []string{"x"}), 0, 0)
}
