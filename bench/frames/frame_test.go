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
	limit  string // why it is left out, unless it is asked for; "" for what comes out right everywhere
}

// alphabets are the kinds of text that frames hold. Of each frame a line holds one kind, so that a line that comes out
// wrong says which.
func alphabets() []alphabet {
	return []alphabet{
		{"ascii", strings.Split("abcdefghijklmnopqrstuvwxyz0123456789.,;:!?-'/()", ""), ""},
		{"latin", strings.Split("äöüßéèçñøåłŞİ“”‘’–—…€£§°½×", ""), ""},
		{"signs", strings.Split("─│╭╮╰╯▸●○✓→←↑↓☞⏎⊘█▌·•", ""), ""},
		{"greek and cyrillic", strings.Split("αβγδεζηθάέήίабвгдежзийклм", ""), ""},
		{"cjk", strings.Split("溶接一回直日本語中文測試，。「」", ""), ""},
		{"kana", strings.Split("ひらがなカタカナーｶﾀｶﾅ", ""), ""},
		{"hangul", strings.Split("한국어조선말용접", ""), ""},
		{"marks", []string{"e\u0301", "a\u0308", "n\u0303", "o\u0302\u0323", "x\u0338", "日\u0301", "c\u0327", "z"}, ""},
		{"thai", []string{"ก", "กิ", "กี่", "น้ำ", "ที่", "ร"}, ""},
		{"devanagari", []string{"क", "कि", "की", "क्", "न", "हिं"}, ""},
		{"hebrew", []string{"ש", "שָׁ", "ל", "לוֹ", "ם"}, ""},
		{"emoji", []string{"😀", "🎉", "🔒", "👍", "🚀", "⌚", "⚡", "✅"}, ""},
		{"emoji with a selector", []string{"❤\ufe0f", "☎\ufe0f", "✏\ufe0f", "☺\ufe0e"}, ""},
		{"emoji joined", []string{"👩\u200d💻", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈"}, ""},
		{"emoji in a skin tone", []string{"👍🏽", "👋🏿"}, ""},
		{"flags", []string{"🇩🇪", "🇯🇵", "🇧🇷"}, ""},
		{"keycaps", []string{"1\ufe0f\u20e3", "#\ufe0f\u20e3"}, ""},
	}
}

// A show is a reproducible sequence of frames, as different as they come and yet with much that stays from one to the
// next, so that the renderer has something to leave alone.
type show struct {
	seed  uint64
	kinds []alphabet
}

// frame returns frame n of the show for a screen. Its last line says which it is.
func (s show) frame(n, width, height int) widget.Block {
	styles := theme.New(theme.Dark())
	left := width * 3 / 5
	block := widget.Stack(
		widget.Beside(
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
		// Not onto the last line, which must stay legible.
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

// dice is what the content of a line that was last changed in frame n depends on.
func (s show) dice(n, place, y int) *rand.Rand {
	return rand.New(rand.NewPCG(s.seed^uint64(n)<<32, uint64(place)<<16|uint64(y)))
}

// lastChange returns the last frame up to n in which a line changed: each does in about every fourth.
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
