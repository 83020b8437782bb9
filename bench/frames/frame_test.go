package frames_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

// alphabet is a kind of text, as pieces that words are made of.
type alphabet struct {
	name   string
	pieces []string
	// Why the kind is left out in one of the terminals unless asked for by name; "" where it is
	// drawn correctly.
	tmux, emulator string
}

// Reasons to leave out kinds of text.
const (
	dropsMarks   = "it drops combining marks, now and then or always"
	ownWidths    = "it measures by grapheme cluster, the renderer by code point as wcwidth does, so the line shifts"
	losesJoiners = "it loses a joiner now and then, which changes the picture and not the place"
)

// alphabets are the kinds of text in frames. A line of a box has one kind, so that a wrong line
// identifies it.
func alphabets() []alphabet {
	each := func(text string) []string { return strings.Split(text, "") }
	return []alphabet{
		{name: "ascii", pieces: each("abcdefghijklmnopqrstuvwxyz0123456789.,;:!?-'/()")},
		{name: "latin", pieces: each("äöüßéèçñøåłŞİ“”‘’–—…€£§°½×")},
		{name: "signs", pieces: each("─│╭╮╰╯▸●○✓→←↑↓☞⏎⊘█▌·•")},
		{name: "greek and cyrillic", pieces: each("αβγδεζηθάέήίабвгдежзийклм")},
		{name: "cjk", pieces: each("溶接一回直日本語中文測試，。「」")},
		{name: "kana", pieces: each("ひらがなカタカナーｶﾀｶﾅ")},
		{name: "hangul", pieces: each("한국어조선말용접")},
		{name: "emoji", pieces: each("😀🎉🔒👍🚀⌚⚡✅")},
		{name: "emoji in a skin tone", pieces: []string{"👍🏽", "👋🏿"}},
		{name: "marks", pieces: []string{"e\u0301", "a\u0308", "n\u0303", "o\u0302\u0323", "x\u0338", "日\u0301", "c\u0327", "z"}, emulator: dropsMarks},
		{name: "thai", pieces: []string{"ก", "กิ", "กี่", "น้ำ", "ที่", "ร"}, emulator: dropsMarks},
		{name: "devanagari", pieces: []string{"क", "कि", "की", "क्", "न", "हिं"}, emulator: dropsMarks},
		{name: "hebrew", pieces: []string{"ש", "שָׁ", "ל", "לוֹ", "ם"}, emulator: dropsMarks},
		{name: "keycaps", pieces: []string{"1\ufe0f\u20e3", "#\ufe0f\u20e3"}, emulator: dropsMarks},
		{name: "emoji with a selector", pieces: []string{"❤\ufe0f", "☎\ufe0f", "✏\ufe0f", "☺\ufe0e"}, emulator: ownWidths},
		{name: "flags", pieces: []string{"🇩🇪", "🇯🇵", "🇧🇷"}, emulator: ownWidths},
		{name: "emoji joined", pieces: []string{"👩\u200d💻", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈"}, tmux: losesJoiners, emulator: ownWidths},
	}
}

// A show is a reproducible sequence of frames. The frames differ strongly, but many lines stay from
// one to the next, so that the renderer can skip them.
type show struct {
	seed  uint64
	kinds []alphabet
}

// frame returns frame n of the show for a screen. Its last line names it.
func (s show) frame(n, width, height int) widget.Block {
	styles := theme.New(theme.Dark())
	left := width * 3 / 5
	block := widget.Stack(
		widget.Columns(
			s.box(n, 0, left, height-4, styles),
			s.box(n, 1, width-left, height-4, styles),
		),
		s.box(n, 2, width, 3, styles),
		widget.NewBlock(width, 1, []string{styles.Muted.Render(marker(n, width, height))}),
	)
	dice := rand.New(rand.NewPCG(s.seed, uint64(n)))
	if dice.IntN(3) == 0 {
		w, h := 8+dice.IntN(width/2), 3+dice.IntN(height/2)
		over := s.box(n, 3, w, h, styles)
		// The last line must stay legible.
		block = widget.Overlay(block, over, dice.IntN(width)-w/3, dice.IntN(height-1-min(h, height-2)))
	}
	return block
}

// marker is the last line of a frame.
func marker(n, width, height int) string { return fmt.Sprintf("frame %d at %dx%d", n, width, height) }

func (s show) box(n, place, width, height int, styles theme.Styles) widget.Block {
	lines := make([]string, max(height-2, 0))
	for y := range lines {
		lines[y] = s.line(n, place, y, styles)
	}
	dice := s.dice(s.lastChange(n, place, len(lines)), place, len(lines))
	title := words(dice, s.kinds[dice.IntN(len(s.kinds))], 3)
	return widget.Box(widget.Frame{Title: title, Focused: place == n%3}, width, height, lines, styles)
}

// dice is the random source for the content of a line that last changed in frame n.
func (s show) dice(n, place, y int) *rand.Rand {
	return rand.New(rand.NewPCG(s.seed^uint64(n)<<32, uint64(place)<<16|uint64(y)))
}

// lastChange returns the last frame up to n in which a line changed; each changes in about every
// fourth.
func (s show) lastChange(n, place, y int) int {
	for ; n > 0; n-- {
		if s.dice(n, place, y).IntN(4) == 0 {
			break
		}
	}
	return n
}

func (s show) line(n, place, y int, styles theme.Styles) string {
	dice := s.dice(s.lastChange(n, place, y), place, y)
	kind := s.kinds[dice.IntN(len(s.kinds))]
	var line strings.Builder
	for range dice.IntN(4) {
		text := words(dice, kind, 6) + " "
		line.WriteString([]string{
			text, styles.Muted.Render(text), styles.Title.Render(text), styles.Quote.Render(text), styles.Match.Render(text),
		}[dice.IntN(5)])
	}
	if dice.IntN(8) == 0 {
		return styles.Highlight(line.String())
	}
	return line.String()
}

// words returns up to so many words of one kind.
func words(dice *rand.Rand, kind alphabet, most int) string {
	all := make([]string, dice.IntN(most))
	for i := range all {
		for range 1 + dice.IntN(8) {
			all[i] += kind.pieces[dice.IntN(len(kind.pieces))]
		}
	}
	return plain.Terminal(strings.Join(all, " "))
}
