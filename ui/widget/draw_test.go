package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/ui/theme"
	"hark/ui/widget"
)

// plainText returns the text of a block, line by line, without styles.
func plainText(block widget.Block) []string {
	lines := make([]string, block.Height())
	for i, line := range block.Lines {
		lines[i] = ansi.Strip(line)
	}
	return lines
}

func TestBox(t *testing.T) {
	content := []string{"✓ What is in the way?", "焼け直し", "cut because it is too long for this"}
	for _, test := range []struct {
		name          string
		frame         widget.Frame
		width, height int
		want          []string
	}{
		{"plain", widget.Frame{Title: "Ask"}, 26, 5, []string{
			"╭ Ask ───────────────────╮",
			"│ ✓ What is in the way?  │",
			"│ 焼け直し               │",
			"│ cut because it is too… │",
			"╰────────────────────────╯",
		}},
		{"everything", widget.Frame{Title: "Ask", Right: "3 of 7", Foot: "↓ 4 more", Focused: true}, 26, 4, []string{
			"╭▸Ask ─────────── 3 of 7 ╮",
			"│ ✓ What is in the way?  │",
			"│ 焼け直し               │",
			"╰────────────── ↓ 4 more ╯",
		}},
		{"no title", widget.Frame{}, 8, 3, []string{
			"╭──────╮",
			"│ ✓ W… │",
			"╰──────╯",
		}},
		{"no room for the right title", widget.Frame{Title: "What they said", Right: "3 of 7"}, 22, 3, []string{
			"╭ What they said ────╮",
			"│ ✓ What is in the … │",
			"╰────────────────────╯",
		}},
		{"title cut", widget.Frame{Title: "What they said"}, 12, 3, []string{
			"╭ What th… ╮",
			"│ ✓ What … │",
			"╰──────────╯",
		}},
		{"hostile title", widget.Frame{Title: "A\x1b[2J\nB"}, 20, 3, []string{
			"╭ A␛[2J⏎B ─────────╮",
			"│ ✓ What is in th… │",
			"╰──────────────────╯",
		}},
		{"too small for a border", widget.Frame{Title: "Ask"}, 4, 2, []string{
			"✓ W…",
			"焼… ",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			box := widget.Box(test.frame, test.width, test.height, content, theme.New(theme.Dark()))
			if diff := cmp.Diff(test.want, plainText(box)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// everything draws one of each widget in some size, with any text.
func everything(text string, lines []string, width, height, number int, styles theme.Styles) map[string]widget.Block {
	one := func(line string) widget.Block { return widget.Block{Width: max(width, 0), Lines: []string{line}} }
	frame := widget.Frame{Title: text, Right: text, Foot: text, Focused: number%2 == 0}
	var menu widget.Menu
	menu.SetItems([]widget.MenuItem{{Title: text, Detail: text}, {Title: text + "x", Why: text}, {Title: "weld", Detail: "w"}})
	menu.Move(number)
	var scroller widget.Scroller
	scroller.Resize(width, height)
	scroller.SetItems(7, func(int, int, bool) []string { return lines })
	scroller.Select(number % 7)
	return map[string]widget.Block{
		"box":      widget.Box(frame, width, height, lines, styles),
		"bar":      one(widget.Bar(number, 40, width, styles)),
		"check":    one(widget.Check(number%2 == 0, text, text, width, styles)),
		"pair":     one(widget.Pair(text, text, width)),
		"menu":     menu.View(width, height, styles),
		"scroller": scroller.View(),
	}
}

func TestEveryWidgetHasTheSizeAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(0, 40).Draw(t, "width"), rapid.IntRange(0, 8).Draw(t, "height")
		text := anyLine().Draw(t, "text")
		lines := rapid.SliceOfN(anyLine(), 0, 4).Draw(t, "lines")
		number := rapid.IntRange(-3, 60).Draw(t, "number")
		palette := rapid.SampledFrom([]theme.Palette{theme.Dark(), theme.None()}).Draw(t, "palette")
		for name, block := range everything(text, lines, width, height, number, theme.New(palette)) {
			want := height
			if name == "bar" || name == "check" || name == "pair" {
				want = 1
			}
			t.Log(name)
			mustMeasure(t, block, width, want)
		}
	})
}

func TestBar(t *testing.T) {
	styles := theme.New(theme.None())
	for _, test := range []struct {
		value, limit, width int
		want                string
	}{
		{8, 8, 12, "██████████ 8"},
		{4, 8, 12, "█████      4"},
		{0, 8, 12, "           0"},
		{1, 1000, 16, "▏              1"},
		{13, 120, 12, "▊         13"},
		{120, 120, 12, "████████ 120"},
		{200, 120, 12, "████████ 200"},
		{-5, 8, 6, "     0"},
		{7, 0, 6, "████ 7"},
		{12, 12, 3, "12 "},
	} {
		if got := ansi.Strip(widget.Bar(test.value, test.limit, test.width, styles)); got != test.want {
			t.Errorf("Bar(%d, %d, %d) = %q, want %q", test.value, test.limit, test.width, got, test.want)
		}
	}
}

func TestCheck(t *testing.T) {
	styles := theme.New(theme.None())
	for _, test := range []struct {
		done          bool
		label, detail string
		width         int
		want          string
	}{
		{true, "a problem in their words", "", 30, "✓ a problem in their words    "},
		{false, "settle each problem", "2 to go", 30, "○ settle each problem  2 to go"},
		{false, "settle each problem", "2 to go", 20, "○ settle e…  2 to go"},
		{false, "settle each problem", "2 to go", 11, "○ settle e…"},
	} {
		if got := ansi.Strip(widget.Check(test.done, test.label, test.detail, test.width, styles)); got != test.want {
			t.Errorf("Check(%v, %q, %q, %d) = %q, want %q", test.done, test.label, test.detail, test.width, got, test.want)
		}
	}
}

func TestDim(t *testing.T) {
	styles := theme.New(theme.Dark())
	base := widget.NewBlock(9, 2, []string{styles.Problem.Render("weld") + " " + styles.Highlight("焼け"), ""})
	dim := widget.Dim(base, styles.Faint)
	if diff := cmp.Diff(plainText(base), plainText(dim)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := styles.Faint.Render("weld 焼け"); dim.Lines[0] != want {
		t.Errorf("dimmed to %q, want %q", dim.Lines[0], want)
	}
}

func TestMenuFilter(t *testing.T) {
	items := []string{"Export", "Next question", "Play back a problem", "Set a problem aside", "End the interview", "Next stage", "Über uns", "焼け直し"}
	for _, test := range []struct {
		query string
		want  []string
	}{
		{"", items},
		{"next", []string{"Next stage", "Next question"}},
		{"NQ", []string{"Next question"}},
		{"pb", []string{"Play back a problem", "Set a problem aside"}},
		{"prob", []string{"Play back a problem", "Set a problem aside"}},
		{"e", []string{"Export", "End the interview", "Über uns", "Next stage", "Next question", "Play back a problem", "Set a problem aside"}},
		{"end int", []string{"End the interview"}},
		{"über", []string{"Über uns"}},
		{"焼直", []string{"焼け直し"}},
		{"xyz", nil},
	} {
		var menu widget.Menu
		list := make([]widget.MenuItem, len(items))
		for i, title := range items {
			list[i].Title = title
		}
		menu.SetItems(list)
		menu.Filter(test.query)
		var got []string
		for y := range menu.Len() {
			if i, ok := menu.At(y, menu.Len()); ok {
				got = append(got, items[i])
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("filtered by %q (-want +got):\n%s", test.query, diff)
		}
	}
}

func TestMenuPrefersStartsOfWords(t *testing.T) {
	var menu widget.Menu
	menu.SetItems([]widget.MenuItem{{Title: "basis"}, {Title: "ab so"}})
	menu.Filter("s")
	if item, _ := menu.Selected(); item != 1 {
		t.Errorf("item %d comes first, want the one with a word that begins so", item)
	}
}

func TestMenuScrolls(t *testing.T) {
	var menu widget.Menu
	menu.SetItems(make([]widget.MenuItem, 20))
	for selected, want := range map[int]int{0: 0, 2: 0, 3: 1, 10: 8, 17: 15, 19: 15} {
		menu.Move(selected)
		if first, _ := menu.At(0, 5); first != want {
			t.Errorf("with item %d selected the first row is item %d, want %d", selected, first, want)
		}
		menu.Move(-selected)
	}
}

// TestMenuFindsWhatMatches compares the ranking with the definition of a match.
func TestMenuFindsWhatMatches(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("abAB -")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		title, query := letters.Draw(t, "title"), letters.Draw(t, "query")
		rest := strings.ToLower(strings.ReplaceAll(query, " ", ""))
		for _, r := range strings.ToLower(title) {
			if rest != "" && rune(rest[0]) == r {
				rest = rest[1:]
			}
		}
		var menu widget.Menu
		menu.SetItems([]widget.MenuItem{{Title: title}})
		menu.Filter(query)
		if got, want := menu.Len() == 1, rest == ""; got != want {
			t.Fatalf("%q matches %q: %v, want %v", query, title, got, want)
		}
	})
}

func TestMenu(t *testing.T) {
	var menu widget.Menu
	if _, ok := menu.Selected(); ok {
		t.Error("an empty menu has a selection")
	}
	menu.Move(1) // must not fail
	menu.SetItems([]widget.MenuItem{
		{Title: "/ask", Detail: "which question"},
		{Title: "/end", Detail: "end the interview"},
		{Title: "/solve", Detail: "a solution", Why: "nothing is confirmed yet"},
		{Title: "/undo"},
	})
	menu.Move(-1)
	menu.Move(-1)
	want := []string{
		"  /end         end the interview",
		"▸ /solve  nothing is confirmed …",
		"  /undo                         ",
	}
	block := menu.View(32, 3, theme.New(theme.None()))
	if diff := cmp.Diff(want, plainText(block)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if item, ok := menu.Selected(); !ok || item != 2 {
		t.Errorf("selected %d, want 2", item)
	}
	if item, ok := menu.At(0, 3); !ok || item != 1 {
		t.Errorf("row 0 is item %d, want 1", item)
	}
	if item, ok := menu.At(3, 3); ok {
		t.Errorf("a row below the menu is item %d", item)
	}
	menu.SetItems([]widget.MenuItem{{Title: "/solve"}, {Title: "/undo"}})
	if item, _ := menu.Selected(); item != 0 {
		t.Errorf("after the items changed %d is selected, want /solve still", item)
	}
	menu.Move(1)
	menu.Move(1)
	if item, _ := menu.Selected(); item != 0 {
		t.Errorf("moving beyond the end selects %d, want the first", item)
	}
}
