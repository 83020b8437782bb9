package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hark/ui/theme"
)

// Block is a rectangle of styled text. Every line measures exactly Width cells; [NewBlock] and
// every other function of this package that returns a Block guarantee it. The zero Block is empty.
type Block struct {
	Width int
	Lines []string
}

// NewBlock fits styled lines into a block of exactly width by height cells: lines that are too long
// end in an ellipsis, extra lines are left out, missing cells are blank. A negative size counts as
// 0.
func NewBlock(width, height int, lines []string) Block {
	width, height = max(width, 0), max(height, 0)
	fitted := make([]string, height)
	for i := range fitted {
		if i < len(lines) {
			fitted[i] = Fit(lines[i], width)
		} else {
			fitted[i] = blanks(width)
		}
	}
	return Block{Width: width, Lines: fitted}
}

// Height is the number of lines.
func (b Block) Height() int { return len(b.Lines) }

// String joins the lines with newlines, without a trailing one, as tea.NewView takes them.
func (b Block) String() string { return strings.Join(b.Lines, "\n") }

// Columns puts blocks side by side from left to right, aligned at the top. Shorter blocks are
// padded with blanks.
func Columns(blocks ...Block) Block {
	var joined Block
	height := 0
	for _, b := range blocks {
		joined.Width += b.Width
		height = max(height, b.Height())
	}
	joined.Lines = make([]string, height)
	for y := range joined.Lines {
		var line strings.Builder
		for _, b := range blocks {
			if y < b.Height() {
				line.WriteString(b.Lines[y])
			} else {
				line.WriteString(blanks(b.Width))
			}
		}
		joined.Lines[y] = line.String()
	}
	return joined
}

// Stack puts blocks below each other, aligned at the left. Narrower blocks are padded with blanks.
func Stack(blocks ...Block) Block {
	var stacked Block
	height := 0
	for _, b := range blocks {
		stacked.Width = max(stacked.Width, b.Width)
		height += b.Height()
	}
	stacked.Lines = make([]string, 0, height)
	for _, b := range blocks {
		for _, line := range b.Lines {
			stacked.Lines = append(stacked.Lines, line+blanks(stacked.Width-b.Width))
		}
	}
	return stacked
}

// Dim returns a block with all its text in one style, for the background of an overlay.
func Dim(b Block, style theme.Style) Block {
	lines := make([]string, len(b.Lines))
	for i, line := range b.Lines {
		lines[i] = style.Render(ansi.Strip(line))
	}
	return Block{Width: b.Width, Lines: lines}
}

// Overlay returns base with top drawn over it, top's upper left corner at column x and row y of
// base. top is clipped to base, so the result has the size of base. Neither argument changes.
func Overlay(base, top Block, x, y int) Block {
	lines := append([]string(nil), base.Lines...)
	left, right := max(x, 0), min(x+top.Width, base.Width)
	if left >= right {
		return Block{Width: base.Width, Lines: lines}
	}
	for i, line := range top.Lines {
		row := y + i
		if row < 0 || row >= len(lines) {
			continue
		}
		if left != x || right != x+top.Width {
			line = cut(line, left-x, right-x)
		}
		lines[row] = cut(lines[row], 0, left) + line + cut(lines[row], right, base.Width)
	}
	return Block{Width: base.Width, Lines: lines}
}
