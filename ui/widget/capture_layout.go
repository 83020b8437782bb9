package widget

// row is one row of softly wrapped text: the clusters from (inclusive) to to (exclusive).
type row struct {
	from, to int
}

// layout wraps the text. There is always at least one row. The last column of each row is kept for a blank that
// ends it, and for the cursor behind its last character.
func (c *Capture) layout(width int) []row {
	limit := max(width-1, 1)
	rows := make([]row, 0, 1+len(c.cells)/limit)
	start, x := 0, 0
	breakAt := 0 // where the row can end without breaking a word
	for i, cell := range c.cells {
		room, blank := limit, c.isBlank(i)
		if blank {
			room++
		}
		for x+cell.width > room && i > start {
			end := i
			if breakAt > start {
				end = breakAt
			}
			rows = append(rows, row{from: start, to: end})
			start, x = end, c.columns(end, i)
		}
		x += cell.width
		if blank || cell.width > 1 {
			breakAt = i + 1
		}
	}
	rows = append(rows, row{from: start, to: len(c.cells)})
	if x > limit {
		// The blank in the last column leaves the cursor no place in this row.
		rows = append(rows, row{from: len(c.cells), to: len(c.cells)})
	}
	return rows
}

// isBlank reports whether cluster i is one that shows as a gap between words.
func (c *Capture) isBlank(i int) bool {
	switch c.text[c.cells[i].at] {
	case ' ', '\n', '\t':
		return c.offset(i+1)-c.offset(i) == 1
	}
	return false
}

// columns returns how many cells the clusters from (inclusive) to to (exclusive) take.
func (c *Capture) columns(from, to int) int {
	width := 0
	for _, cell := range c.cells[from:to] {
		width += cell.width
	}
	return width
}

// rowOf returns the row that cluster i is in. A place between two rows belongs to the second.
func (c *Capture) rowOf(rows []row, i int) int {
	at := len(rows) - 1
	for at > 0 && rows[at].from > i {
		at--
	}
	return at
}

// firstRow returns the first row to draw: the cursor stands in the middle of the box where it can.
func (c *Capture) firstRow(rows []row) int {
	return max(min(c.rowOf(rows, c.cursor)-maxRows/2, len(rows)-maxRows), 0)
}

// clusterAt returns the cluster in column x of a row. Beyond its end that is the end of the text in the last row,
// and else the last cluster, because the place behind that one belongs to the next row.
func (c *Capture) clusterAt(row row, x int, last bool) int {
	for i := row.from; i < row.to; i++ {
		x -= c.cells[i].width
		if x < 0 {
			return i
		}
	}
	if last || row.to == row.from {
		return row.to
	}
	return row.to - 1
}

// moveRow moves the cursor n rows down, keeping its column as nearly as the rows allow, and reports whether there
// is such a row.
func (c *Capture) moveRow(n, width int) bool {
	rows := c.layout(width)
	at := c.rowOf(rows, c.cursor)
	if at+n < 0 || at+n >= len(rows) {
		return false
	}
	goal := c.goal
	if goal == 0 {
		goal = c.columns(rows[at].from, c.cursor) + 1
	}
	c.moveTo(c.clusterAt(rows[at+n], goal-1, at+n == len(rows)-1))
	c.goal = goal
	return true
}
