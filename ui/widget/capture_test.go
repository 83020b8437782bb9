package widget_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

const captureWidth = 20

// press sends a key by name that types nothing.
func press(t fatal, c *widget.Capture, name string) bool {
	t.Helper()
	keys := map[string]tea.Key{
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
		"ctrl+left": {Code: tea.KeyLeft, Mod: tea.ModCtrl}, "ctrl+right": {Code: tea.KeyRight, Mod: tea.ModCtrl},
		"alt+left": {Code: tea.KeyLeft, Mod: tea.ModAlt}, "alt+right": {Code: tea.KeyRight, Mod: tea.ModAlt},
		"alt+backspace": {Code: tea.KeyBackspace, Mod: tea.ModAlt}, "alt+d": {Code: 'd', Mod: tea.ModAlt},
		"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "esc": {Code: tea.KeyEscape}, "pgup": {Code: tea.KeyPgUp},
	}
	key, ok := keys[name]
	if letter, isCtrl := strings.CutPrefix(name, "ctrl+"); !ok && isCtrl && len(letter) == 1 {
		key, ok = tea.Key{Code: rune(letter[0]), Mod: tea.ModCtrl}, true
	}
	if !ok {
		t.Fatalf("the test knows no key %q", name)
	}
	msg := tea.KeyPressMsg(key)
	if msg.String() != name {
		t.Fatalf("the key %q goes by %q", name, msg.String())
	}
	return c.Update(msg, captureWidth)
}

// typeIn types text, one key per cluster.
func typeIn(c *widget.Capture, text string) {
	for _, cluster := range split(text) {
		c.Update(tea.KeyPressMsg{Text: cluster}, captureWidth)
	}
}

// split splits text into grapheme clusters.
func split(text string) []string {
	var clusters []string
	for text != "" {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.WcWidth)
		clusters = append(clusters, cluster)
		text = text[len(cluster):]
	}
	return clusters
}

// state returns the text with the cursor as |.
func state(c *widget.Capture) string {
	before := c.BeforeCursor()
	return before + "|" + c.Value()[len(before):]
}

func TestCaptureEditing(t *testing.T) {
	for _, test := range []struct {
		name, typed string
		keys        string
		want        string
	}{
		{"typing", "weld", "", "weld|"},
		{"typing in the middle", "weld", "left left", "we|ld"},
		{"at the edges", "w", "right left left left", "|w"},
		{"wide", "焼け直し", "left backspace", "焼け|し"},
		{"combining", "ae\u0301b", "left left", "a|e\u0301b"},
		{"combining, erased whole", "ae\u0301", "backspace", "a|"},
		{"family", "x👩‍👩‍👧y", "left backspace", "x|y"},
		{"flag", "🇩🇪🇫🇷", "left delete", "🇩🇪|"},
		{"delete", "weld", "home delete", "|eld"},
		{"delete at the end", "weld", "delete", "weld|"},
		{"home and end", "weld", "home end left", "wel|d"},
		{"ctrl+a, ctrl+e", "weld", "ctrl+a right ctrl+e", "weld|"},
		{"word left", "one in  five", "ctrl+left ctrl+left", "one |in  five"},
		{"word left, alt", "one in five", "alt+left", "one in |five"},
		{"word right", "one in five", "home ctrl+right alt+right", "one in| five"},
		{"words with accents", "naïve cafe\u0301 x", "ctrl+left ctrl+left", "naïve |cafe\u0301 x"},
		{"erase a word", "one in five", "ctrl+w", "one in |"},
		{"erase a word in the middle", "one in five", "left left left left left ctrl+w", "one | five"},
		{"erase a word, alt", "one in five", "alt+backspace alt+backspace", "one |"},
		{"erase the next word", "one in five", "home alt+d", "| in five"},
		{"erase to the start", "one in five", "ctrl+left ctrl+u", "|five"},
		{"erase to the end", "one in five", "ctrl+left ctrl+k", "one in |"},
		{"undo typing by words", "one in five", "ctrl+z", "one in |"},
		{"undo twice", "one in five", "ctrl+z ctrl+z", "one |"},
		{"undo all and redo", "one in", "ctrl+z ctrl+z ctrl+z ctrl+y ctrl+y", "one in|"},
		{"undo erasing", "one in five", "ctrl+u ctrl+z", "one in five|"},
		{"undo erasing one by one", "one in five", "backspace backspace backspace ctrl+z", "one in five|"},
		{"undo deleting one by one", "one in", "home delete delete ctrl+z", "|one in"},
		{"undo puts the cursor back", "one in five", "home delete end ctrl+z", "|one in five"},
		{"moving ends a step", "weld", "left right backspace ctrl+z ctrl+z", "|"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var c widget.Capture
			typeIn(&c, test.typed)
			for _, key := range strings.Fields(test.keys) {
				press(t, &c, key)
			}
			if got := state(&c); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCaptureLeavesOtherKeysAlone(t *testing.T) {
	var c widget.Capture
	typeIn(&c, "one row")
	for _, key := range []string{"enter", "tab", "esc", "pgup", "up", "down", "ctrl+p", "ctrl+c", "ctrl+s"} {
		if press(t, &c, key) {
			t.Errorf("the box took %s", key)
		}
	}
	press(t, &c, "ctrl+z")
	press(t, &c, "ctrl+z")
	if press(t, &c, "ctrl+z") {
		t.Error("the box took ctrl+z with nothing to undo")
	}
	if c.Update(tea.FocusMsg{}, captureWidth) {
		t.Error("the box took a message that is neither key nor paste")
	}
}

func TestCapturePaste(t *testing.T) {
	var c widget.Capture
	typeIn(&c, "They said: ")
	c.Update(tea.PasteMsg{Content: "one\r\ntwo\rthree\x1b[2J\xff\tend"}, captureWidth)
	if got, want := c.Value(), "They said: one\ntwo\nthree\x1b[2J\ufffd\tend"; got != want {
		t.Errorf("the value is %q, want %q", got, want)
	}
	block, _ := c.View(60, theme.New(theme.Dark()))
	if got, want := strings.TrimRight(plainText(block)[0], " "), "They said: one⏎two⏎three␛[2J\ufffd⇥end"; got != want {
		t.Errorf("it shows as %q, want %q", got, want)
	}
	press(t, &c, "ctrl+z")
	if got, want := state(&c), "They said: |"; got != want {
		t.Errorf("a paste undone leaves %q, want %q", got, want)
	}
}

func TestCaptureReplaceBefore(t *testing.T) {
	var c widget.Capture
	c.SetValue("ask @an about it")
	for range " about it" {
		press(t, &c, "left")
	}
	c.ReplaceBefore(len("@an"), "@Ana Ruiz")
	if got, want := state(&c), "ask @Ana Ruiz| about it"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	press(t, &c, "ctrl+z")
	if got, want := state(&c), "ask @an| about it"; got != want {
		t.Errorf("undone: %q, want %q", got, want)
	}
	c.SetValue("new")
	if press(t, &c, "ctrl+z") {
		t.Error("undo reaches back beyond SetValue")
	}
}

func TestCaptureLayout(t *testing.T) {
	for _, test := range []struct {
		name, text string
		width      int
		want       []string // with the cursor, at the end of the text, as |
	}{
		{"empty", "", 8, []string{"|"}},
		{"one row", "weld", 8, []string{"weld|"}},
		{"full", "welding", 8, []string{"welding|"}},
		{"a word moves on", "one weld", 8, []string{"one ", "weld|"}},
		{"a blank in the last column", "welding ", 8, []string{"welding ", "|"}},
		{"a blank that is not the end", "welding x", 8, []string{"welding ", "x|"}},
		{"many blanks", "welding   x", 8, []string{"welding ", "  x|"}},
		{"a long word", "weldingweldingw", 8, []string{"welding", "welding", "w|"}},
		{"a long word behind a short one", "a weldingwelding", 8, []string{"a ", "welding", "welding|"}},
		{"wide", "焼け直し焼け直し", 8, []string{"焼け直", "し焼け", "直し|"}},
		{"wide behind a word", "weld 焼け直し", 8, []string{"weld 焼", "け直し|"}},
		{"newlines", "one\ntwo three", 8, []string{"one⏎two ", "three|"}},
		{"narrow", "ab", 1, []string{"a", "b|"}},
		{"scrolled", "a a a a a a a a", 2, []string{"a ", "a ", "a ", "a ", "a|"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var c widget.Capture
			c.SetValue(test.text)
			block, cursor := c.View(test.width, theme.New(theme.None()))
			mustMeasure(t, block, test.width, c.Height(test.width))
			got := plainText(block)
			if len(got) != len(test.want) {
				t.Fatalf("the rows are %q, want %q", got, test.want)
			}
			for y, want := range test.want {
				before, _, here := strings.Cut(want, "|")
				if line := strings.TrimRight(got[y], " "); line != strings.TrimRight(before, " ") {
					t.Errorf("row %d is %q, want %q", y, line, before)
				}
				if x := min(ansi.StringWidthWc(before), test.width-1); here && (cursor.X != x || cursor.Y != y) {
					t.Errorf("the cursor is at %d,%d, want %d,%d", cursor.X, cursor.Y, x, y)
				}
			}
		})
	}
}

func TestCaptureUpAndDown(t *testing.T) {
	var c widget.Capture
	c.SetValue("one weld in five is done twice 焼け直し x") // "one weld in five is ", "done twice 焼け直し", "x"
	var got []string
	for _, key := range []string{"up", "up", "up", "right", "down", "down", "down"} {
		took := press(t, &c, key)
		_, cursor := c.View(captureWidth, theme.New(theme.None()))
		got = append(got, fmt.Sprintf("%s %v %d,%d", key, took, cursor.X, cursor.Y))
	}
	want := "up true 1,1; up true 1,0; up false 1,0; right true 2,0; down true 2,1; down true 1,2; down false 1,2"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestCaptureKeepsTheColumn(t *testing.T) {
	var c widget.Capture
	c.SetValue("aaaaaaaaaaaaaaaaaaa bb ccccccccccccccccccc") // three rows, the second one short
	var got []string
	for _, key := range []string{"left", "up", "up", "down", "down"} {
		press(t, &c, key)
		_, cursor := c.View(captureWidth, theme.New(theme.None()))
		got = append(got, fmt.Sprintf("%d,%d", cursor.X, cursor.Y))
	}
	if s, want := strings.Join(got, " "), "18,2 2,1 18,0 2,1 18,2"; s != want {
		t.Errorf("the cursor goes %s, want %s", s, want)
	}
}

func TestCaptureEditsEndRedo(t *testing.T) {
	var c widget.Capture
	typeIn(&c, "one two")
	press(t, &c, "ctrl+z")
	typeIn(&c, "2")
	if press(t, &c, "ctrl+y") {
		t.Error("something is done again after an edit")
	}
	if got, want := state(&c), "one 2|"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCapturePlaceCursor(t *testing.T) {
	var c widget.Capture
	c.SetValue("one weld in five is done twice 焼け直し x")
	for _, test := range []struct {
		x, y int
		want string
	}{
		{0, 0, "|one weld"}, {4, 0, "one |weld"}, {19, 0, "five is| done"}, {11, 1, "twice |焼け"}, {12, 1, "twice |焼け"},
		{13, 1, "twice 焼|け"}, {15, 2, " x|"}, {3, 9, " x|"},
	} {
		c.PlaceCursor(test.x, test.y, captureWidth)
		if got := state(&c); !strings.Contains(got, test.want) {
			t.Errorf("a click at %d,%d leaves %q, want %q", test.x, test.y, got, test.want)
		}
	}
}

func TestCapturePlaceholder(t *testing.T) {
	c := widget.Capture{Placeholder: "what they said"}
	block, cursor := c.View(10, theme.New(theme.None()))
	if got := plainText(block)[0]; got != "what they…" || cursor != (tea.Position{}) {
		t.Errorf("an empty box shows %q with the cursor at %v", got, cursor)
	}
}

// model is the simplest editor: text, and the cursor as a byte offset.
type model struct {
	text string
	at   int
}

// boundaries returns the byte offsets at which clusters begin, and the end.
func (m model) boundaries() []int {
	at := []int{0}
	for _, cluster := range split(m.text) {
		at = append(at, at[len(at)-1]+len(cluster))
	}
	return at
}

// snap returns the first boundary at or after a byte offset.
func (m model) snap(at int) int {
	for _, b := range m.boundaries() {
		if b >= at {
			return b
		}
	}
	return len(m.text)
}

// neighbour returns the boundary n clusters away from the cursor.
func (m model) neighbour(n int) int {
	b := m.boundaries()
	for i, at := range b {
		if at == m.at {
			return b[min(max(i+n, 0), len(b)-1)]
		}
	}
	panic("the cursor is within a cluster")
}

// word returns the end of the next word in a direction, -1 or 1.
func (m model) word(dir int) int {
	inWord := false
	for {
		next := m.neighbour(dir)
		if next == m.at {
			return m.at
		}
		r, _ := utf8.DecodeRuneInString(m.text[min(next, m.at):])
		isWord := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
		if inWord && !isWord {
			return m.at
		}
		inWord, m.at = inWord || isWord, next
	}
}

func (m *model) replace(from, to int, text string) {
	m.text = m.text[:from] + text + m.text[to:]
	m.at = m.snap(from + len(text))
}

func (m *model) press(key string) {
	switch key {
	case "left", "right":
		m.at = m.neighbour(map[string]int{"left": -1, "right": 1}[key])
	case "home":
		m.at = 0
	case "end":
		m.at = len(m.text)
	case "ctrl+left":
		m.at = m.word(-1)
	case "ctrl+right":
		m.at = m.word(1)
	case "backspace":
		m.replace(m.neighbour(-1), m.at, "")
	case "delete":
		m.replace(m.at, m.neighbour(1), "")
	case "ctrl+w":
		m.replace(m.word(-1), m.at, "")
	case "alt+d":
		m.replace(m.at, m.word(1), "")
	case "ctrl+u":
		m.replace(0, m.at, "")
	case "ctrl+k":
		m.replace(m.at, len(m.text), "")
	}
}

// anyText generates text that may be typed or pasted.
func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		pieces := []string{"a", "b", "weld", " ", "  ", "é", "\u0301", "焼", "け直", "👍", "👩", "\u200d", "🔧", "🇩", "🇪", "\ufe0f", "ก็", "한", "\n", "_", "-"}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 6).Draw(t, "pieces"), "")
	})
}

func TestCaptureAgreesWithTheModel(t *testing.T) {
	keys := []string{"left", "right", "home", "end", "ctrl+left", "ctrl+right", "backspace", "delete", "ctrl+w", "alt+d", "ctrl+u", "ctrl+k"}
	rapid.Check(t, func(t *rapid.T) {
		var c widget.Capture
		var m model
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch do := rapid.SampledFrom(append(keys, "type", "paste", "look", "up", "down")).Draw(t, "do"); do {
			case "type":
				text := anyText().Draw(t, "text")
				for _, cluster := range split(text) {
					c.Update(tea.KeyPressMsg{Text: cluster}, captureWidth)
					m.replace(m.at, m.at, cluster)
				}
			case "paste":
				text := anyText().Draw(t, "text")
				c.Update(tea.PasteMsg{Content: text}, captureWidth)
				m.replace(m.at, m.at, text)
			case "look":
				checkView(t, &c, rapid.IntRange(1, 24).Draw(t, "width"))
			case "up", "down":
				press(t, &c, do)
				m.at = len(c.BeforeCursor())
				if m.snap(m.at) != m.at {
					t.Fatalf("%s puts the cursor into a character: %q", do, state(&c))
				}
			default:
				press(t, &c, do)
				m.press(do)
			}
			if got, want := state(&c), m.text[:m.at]+"|"+m.text[m.at:]; got != want {
				t.Fatalf("the box holds %q, want %q", got, want)
			}
		}
	})
}

// checkView fails unless the box is drawn in its size, with the cursor inside it and after the text
// before it.
func checkView(t *rapid.T, c *widget.Capture, width int) {
	block, cursor := c.View(width, theme.New(theme.Dark()))
	mustMeasure(t, block, width, c.Height(width))
	if block.Height() < 1 || block.Height() > 5 {
		t.Fatalf("the box is %d rows high", block.Height())
	}
	if cursor.X < 0 || cursor.X >= width || cursor.Y < 0 || cursor.Y >= block.Height() {
		t.Fatalf("the cursor is at %d,%d of %d by %d", cursor.X, cursor.Y, width, block.Height())
	}
	// When everything fits one row, the text left of the cursor is the text before it.
	wide := 10 * (len(c.Value()) + 1)
	block, cursor = c.View(wide, theme.New(theme.None()))
	if block.Height() != 1 {
		t.Fatalf("the text takes %d rows of %d cells", block.Height(), wide)
	}
	var before strings.Builder
	for _, cluster := range split(c.BeforeCursor()) {
		before.WriteString(plain.Terminal(cluster))
	}
	if line := ansi.Strip(block.Lines[0]); !strings.HasPrefix(line, before.String()) || plain.Width(before.String()) != cursor.X {
		t.Fatalf("the cursor is at %d in %q, want it behind %q", cursor.X, line, before.String())
	}
}

// TestCaptureUndoGoesAllTheWay undoes every edit, and redoes them.
func TestCaptureUndoGoesAllTheWay(t *testing.T) {
	keys := []string{"left", "right", "home", "ctrl+left", "backspace", "delete", "ctrl+w", "alt+d", "ctrl+u", "ctrl+k"}
	rapid.Check(t, func(t *rapid.T) {
		var c widget.Capture
		first := anyText().Draw(t, "first")
		c.SetValue(first)
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			switch do := rapid.SampledFrom(append(keys, "type", "paste")).Draw(t, "do"); do {
			case "type":
				typeIn(&c, anyText().Draw(t, "text"))
			case "paste":
				c.Insert(anyText().Draw(t, "text"))
			default:
				press(t, &c, do)
			}
		}
		last := c.Value()
		for press(t, &c, "ctrl+z") {
		}
		if c.Value() != first {
			t.Fatalf("undone it holds %q, want %q", c.Value(), first)
		}
		for press(t, &c, "ctrl+y") {
		}
		if c.Value() != last {
			t.Fatalf("done again it holds %q, want %q", c.Value(), last)
		}
	})
}

func BenchmarkCaptureKey(b *testing.B) {
	styles := theme.New(theme.Dark())
	for _, size := range []int{100, 4_000, 40_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var c widget.Capture
			c.SetValue(strings.Repeat("The whole Friday batch came back. ", size/34+1))
			for b.Loop() {
				c.Update(tea.KeyPressMsg{Text: "x"}, 80)
				c.View(80, styles)
				c.Update(tea.KeyPressMsg{Code: tea.KeyBackspace}, 80)
				c.View(80, styles)
			}
		})
	}
}
