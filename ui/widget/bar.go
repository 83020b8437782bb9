package widget

import (
	"strconv"
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
)

// Bar draws one bar of a chart in exactly width cells, the number behind it: ██████▌ 13. The bar is as long as
// value is of limit, which should be the greatest value of the chart; the numbers of all the bars line up on the
// right as long as limit is the same. Anything above nothing shows at least a sliver. A negative value counts as 0.
func Bar(value, limit, width int, styles theme.Styles) string {
	value = max(value, 0)
	limit = max(limit, value, 1)
	number := strconv.Itoa(value)
	room := width - len(strconv.Itoa(limit)) - 1
	if room < 1 {
		return Fit(number, width)
	}
	const eighths = 8
	filled := value * room * eighths / limit
	if value > 0 {
		filled = max(filled, 1)
	}
	bar := strings.Repeat("█", filled/eighths)
	if rest := filled % eighths; rest > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	pad := width - Width(bar) - len(number)
	return styles.Accent.Render(bar) + blanks(pad) + styles.Text.Render(number)
}

// Check draws one line of a checklist in exactly width cells: ✓ or ○, the plain label, and the plain detail at
// the right edge, such as how many are left. When there is too little room the detail stays and the label is cut.
func Check(done bool, label, detail string, width int, styles theme.Styles) string {
	glyph, text := styles.Warn.Render("○"), styles.Text
	if done {
		glyph, text = styles.Confirmed.Render("✓"), styles.Muted
	}
	return Fit(glyph+" "+Pair(text.Render(plain.Terminal(label)), styles.Muted.Render(plain.Terminal(detail)), width-2), width)
}

// Pair sets two styled texts into one line of exactly width cells: one at the left edge, the other at the right,
// with at least two blanks between them. When there is too little room the left one is cut, and the right one
// goes once nothing of the left one would be left.
func Pair(left, right string, width int) string {
	w := Width(right)
	if w == 0 || width < w+3 {
		return Fit(left, width)
	}
	return Fit(left, width-w-2) + "  " + Fit(right, w)
}
