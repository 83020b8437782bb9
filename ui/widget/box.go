package widget

import (
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
)

// Frame holds the plain texts in the border of a [Box].
type Frame struct {
	Title   string // upper left
	Right   string // upper right; left out when it does not fit on the line
	Foot    string // lower right, such as how many items are below
	Focused bool   // the box has the focus: shown by colour and by a ▸ before the title
}

// Box draws styled lines inside a rounded border with titles in it:
//
//	╭ Ask ──────── 3 of 7 ╮
//	│ ✓ What is in the way │
//	╰──────────── ↓ 4 more ╯
//
// The result measures exactly width by height cells, with a free column on both sides of the
// content: the content has the size of Rect.Inset(2, 1). A box too small for a border is drawn
// without one.
func Box(f Frame, width, height int, lines []string, styles theme.Styles) Block {
	if width < 5 || height < 3 {
		return NewBlock(width, height, lines)
	}
	border := styles.Border
	if f.Focused {
		border = styles.FocusedBorder
	}
	content := NewBlock(width-4, height-2, lines)
	drawn := make([]string, 0, height)
	drawn = append(drawn, f.top(width, styles))
	left, right := border.Render("│")+" ", " "+border.Render("│")
	for _, line := range content.Lines {
		drawn = append(drawn, left+line+right)
	}
	drawn = append(drawn, f.bottom(width, styles))
	return Block{Width: width, Lines: drawn}
}

// top draws the upper border.
func (f Frame) top(width int, styles theme.Styles) string {
	border, mark := styles.Border, " "
	if f.Focused {
		border, mark = styles.FocusedBorder, "▸"
	}
	space := width - 2
	title := ""
	if f.Title != "" {
		title = border.Render(mark) + styles.Title.Render(plain.Truncate(plain.Terminal(f.Title), space-2, ellipsis)) + " "
	}
	space -= Width(title)
	right := ""
	if f.Right != "" {
		if text := plain.Terminal(f.Right); Width(text)+2 < space {
			right = " " + styles.Muted.Render(text) + " "
		}
	}
	space -= Width(right)
	return border.Render("╭") + title + border.Render(strings.Repeat("─", max(space, 0))) + right + border.Render("╮")
}

// bottom draws the lower border.
func (f Frame) bottom(width int, styles theme.Styles) string {
	border := styles.Border
	if f.Focused {
		border = styles.FocusedBorder
	}
	space := width - 2
	foot := ""
	if f.Foot != "" {
		if text := plain.Terminal(f.Foot); Width(text)+2 < space {
			foot = " " + styles.Muted.Render(text) + " "
		}
	}
	space -= Width(foot)
	return border.Render("╰"+strings.Repeat("─", max(space, 0))) + foot + border.Render("╯")
}
