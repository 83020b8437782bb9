package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/theme"
)

// maxRows is the height at which a [Capture] starts to scroll.
const maxRows = 5

// Capture is the box that notes are typed into: one line that wraps softly and grows to five rows.
// Line breaks in pasted text stay in the value and show as ⏎, because one line is one entry. It
// moves and deletes by grapheme cluster, returns the position of the terminal's cursor instead of
// drawing one, and undoes its own edits.
//
// bubbles' textinput does not wrap and misplaces the cursor after wide characters
// (charmbracelet/bubbles#906). Its textarea moves by code point, turns tabs into blanks, drops text
// beyond its line limit, has no undo, and gets slower with every line (charmbracelet/bubbles#1023).
//
// The zero Capture is empty and ready. Use it by pointer.
type Capture struct {
	// Placeholder is plain text shown while the box is empty.
	Placeholder string

	text   string
	cells  []cell // the text, cluster by cluster
	cursor int    // the cluster after the cursor
	goal   int    // column+1 that moving up and down aims at; 0 for none

	undo, redo []edit
	joining    bool // the next edit of the same kind extends the last step
}

// cell is one grapheme cluster of the text. Without strings, so that the garbage collector need not
// scan it.
type cell struct {
	at    int // byte offset in the text
	width int // in terminal cells, as drawn
}

// Value returns the text as typed or pasted.
func (c *Capture) Value() string { return c.text }

// SetValue replaces the text, puts the cursor at its end, and clears the undo history.
func (c *Capture) SetValue(text string) {
	c.setText(clean(text))
	c.undo, c.redo, c.joining = nil, nil, false
	c.CursorEnd()
}

// CursorEnd puts the cursor after the last character.
func (c *Capture) CursorEnd() { c.moveTo(len(c.cells)) }

// BeforeCursor returns the text before the cursor.
func (c *Capture) BeforeCursor() string { return c.text[:c.offset(c.cursor)] }

// Insert inserts text at the cursor, as if pasted.
func (c *Capture) Insert(text string) { c.ReplaceBefore(0, text) }

// ReplaceBefore replaces the last n bytes before the cursor by text, as one undo step: for
// completions.
func (c *Capture) ReplaceBefore(n int, text string) {
	at := c.offset(c.cursor)
	c.joining = false
	c.replace(max(at-n, 0), at, clean(text))
	c.joining = false
}

// Update handles a key or a paste and reports whether the box used it. It leaves enter, tab, esc,
// moving up or down from the outermost rows, and ctrl+z without anything to undo to the caller.
// width is the one passed to [Capture.View].
func (c *Capture) Update(msg tea.Msg, width int) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		c.Insert(msg.Content)
		return true
	case tea.KeyPressMsg:
		if msg.Text != "" {
			c.typed(msg.Text)
			return true
		}
		return c.key(msg.String(), width)
	}
	return false
}

// key handles a key that types nothing.
func (c *Capture) key(name string, width int) bool {
	switch name {
	case "left":
		c.moveTo(c.cursor - 1)
	case "right":
		c.moveTo(c.cursor + 1)
	case "ctrl+left", "alt+left", "alt+b":
		c.moveTo(c.wordLeft())
	case "ctrl+right", "alt+right", "alt+f":
		c.moveTo(c.wordRight())
	case "home", "ctrl+a":
		c.moveTo(0)
	case "end", "ctrl+e":
		c.CursorEnd()
	case "up":
		return c.moveRow(-1, width)
	case "down":
		return c.moveRow(1, width)
	case "backspace", "ctrl+h", "shift+backspace":
		c.erase(c.cursor-1, c.cursor, true)
	case "delete":
		c.erase(c.cursor, c.cursor+1, true)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		c.erase(c.wordLeft(), c.cursor, false)
	case "alt+d", "alt+delete", "ctrl+delete":
		c.erase(c.cursor, c.wordRight(), false)
	case "ctrl+u":
		c.erase(0, c.cursor, false)
	case "ctrl+k":
		c.erase(c.cursor, len(c.cells), false)
	case "ctrl+z":
		return c.stepBack()
	case "ctrl+y":
		return c.stepForward()
	default:
		return false
	}
	return true
}

// PlaceCursor puts the cursor at a click: column x of row y of what View draws at this width.
func (c *Capture) PlaceCursor(x, y, width int) {
	rows := c.layout(width)
	first := c.firstRow(rows)
	row := min(max(first+y, 0), len(rows)-1)
	c.moveTo(c.clusterAt(rows[row], x, row == len(rows)-1))
}

// Height returns the number of rows that View draws at this width: 1 to 5.
func (c *Capture) Height(width int) int { return min(len(c.layout(width)), maxRows) }

// View draws the box in exactly width cells and Height rows, and returns the position of the
// terminal's cursor in it.
func (c *Capture) View(width int, styles theme.Styles) (Block, tea.Position) {
	rows := c.layout(width)
	first := c.firstRow(rows)
	visible := rows[first:min(first+maxRows, len(rows))]
	lines := make([]string, len(visible))
	for i, row := range visible {
		lines[i] = c.drawRow(row, styles)
	}
	if c.text == "" {
		lines[0] = styles.Faint.Render(plain.Terminal(c.Placeholder))
	}
	at := c.rowOf(rows, c.cursor)
	position := tea.Position{X: c.columns(rows[at].from, c.cursor), Y: at - first}
	position.X = min(position.X, max(width-1, 0))
	return NewBlock(width, len(lines), lines), position
}

// drawRow draws one row. Text has the terminal's own colour, which keeps the output per key small;
// stand-ins for invisible characters have a style.
func (c *Capture) drawRow(row row, styles theme.Styles) string {
	var line strings.Builder
	for i := row.from; i < row.to; {
		var run strings.Builder
		standIn := c.standIn(i)
		for ; i < row.to && c.standIn(i) == standIn; i++ {
			run.WriteString(show(c.cluster(i)))
		}
		if standIn {
			line.WriteString(styles.Faint.Render(run.String()))
			continue
		}
		line.WriteString(run.String())
	}
	return line.String()
}

// standIn reports whether a cluster is drawn as something else.
func (c *Capture) standIn(i int) bool { return show(c.cluster(i)) != c.cluster(i) }

// clean returns pasted text as the box holds it: valid UTF-8 with plain newlines. Everything else
// stays, and is made safe where it is drawn.
func clean(text string) string {
	return plain.Newlines(strings.ToValidUTF8(text, "\ufffd"))
}

// show returns one cluster as it is drawn: itself, or its stand-in.
func show(cluster string) string {
	if cluster == "\t" {
		return "⇥" // the width of a tab is unknown in the middle of a line
	}
	return plain.Terminal(cluster)
}
