package widget

import (
	"strconv"
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
)

// Bar draws one bar of a chart in exactly width cells, followed by the number: ██████▌ 13. The
// bar's length is value/limit of the space; limit should be the greatest value of the chart, so
// that the numbers of all its bars line up on the right. A value above 0 shows at least an eighth
// of a cell. A negative value counts as 0.
func Bar(value, limit, width int, styles theme.Styles) string {
	value = max(value, 0)
	limit = max(limit, value, 1)
	number := strconv.Itoa(value)
	space := width - len(strconv.Itoa(limit)) - 1
	if space < 1 {
		return Fit(number, width)
	}
	const eighths = 8
	filled := value * space * eighths / limit
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

// Check draws one line of a checklist in exactly width cells: ✓ or ○, the plain label, and the
// plain detail at the right edge, such as how many are left. When the line is too narrow the label
// is truncated.
func Check(done bool, label, detail string, width int, styles theme.Styles) string {
	glyph, text := styles.Warn.Render("○"), styles.Text
	if done {
		glyph, text = styles.Confirmed.Render("✓"), styles.Muted
	}
	return Fit(glyph+" "+Pair(text.Render(plain.Terminal(label)), styles.Muted.Render(plain.Terminal(detail)), width-2), width)
}

// Pair sets two styled texts into one line of exactly width cells: one at the left edge, one at the
// right, with at least two blanks between them. When the line is too narrow the left text is
// truncated; the right one is left out once it would leave nothing of the left one.
func Pair(left, right string, width int) string {
	w := Width(right)
	if w == 0 || width < w+3 {
		return Fit(left, width)
	}
	return Fit(left, width-w-2) + "  " + Fit(right, w)
}
