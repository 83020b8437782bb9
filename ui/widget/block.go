package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hark/ui/theme"
)

// Block is a rectangle of styled text. Every line measures exactly Width cells; [NewBlock] and everything else in
// this package that returns a Block keeps that. The zero Block is empty.
type Block struct {
	Width int
	Lines []string
}

// NewBlock fits styled lines into a block of exactly width by height cells: lines that are too long end in an
// ellipsis, lines too many are left out, and what is missing is blank. A negative size counts as 0.
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

// String joins the lines with newlines, without one at the end: what tea.NewView takes.
func (b Block) String() string { return strings.Join(b.Lines, "\n") }

// Beside puts blocks next to each other, from left to right, with their tops level. Shorter blocks are filled
// up with blanks.
func Beside(blocks ...Block) Block {
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

// Stack puts blocks below each other, from top to bottom, with their left sides level. Narrower blocks are filled
// up with blanks.
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

// Dim returns a block with all its text in one style, so that what is laid over it stands out.
func Dim(b Block, style theme.Style) Block {
	lines := make([]string, len(b.Lines))
	for i, line := range b.Lines {
		lines[i] = style.Render(ansi.Strip(line))
	}
	return Block{Width: b.Width, Lines: lines}
}

// Overlay returns base with top laid over it, top's upper left corner at column x and row y of base. What
// reaches beyond base is cut off, so the result has the size of base. Neither argument changes.
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
