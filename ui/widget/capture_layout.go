package widget

// row is one row of softly wrapped text: the clusters from (inclusive) to to (exclusive).
type row struct {
	from, to int
}

// layout wraps the text into at least one row. The last column of each row is reserved for a blank
// at its end, and for the cursor after its last character.
func (c *Capture) layout(width int) []row {
	limit := max(width-1, 1)
	rows := make([]row, 0, 1+len(c.cells)/limit)
	start, x := 0, 0
	breakAt := 0 // end of the row that breaks no word
	for i, cell := range c.cells {
		space, blank := limit, c.isBlank(i)
		if blank {
			space++
		}
		for x+cell.width > space && i > start {
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
		// The blank in the last column leaves no place for the cursor in this row.
		rows = append(rows, row{from: len(c.cells), to: len(c.cells)})
	}
	return rows
}

// isBlank reports whether cluster i shows as a gap between words.
func (c *Capture) isBlank(i int) bool {
	switch c.text[c.cells[i].at] {
	case ' ', '\n', '\t':
		return c.offset(i+1)-c.offset(i) == 1
	}
	return false
}

// columns returns the width of the clusters from (inclusive) to to (exclusive).
func (c *Capture) columns(from, to int) int {
	width := 0
	for _, cell := range c.cells[from:to] {
		width += cell.width
	}
	return width
}

// rowOf returns the row of cluster i. A position between two rows belongs to the second.
func (c *Capture) rowOf(rows []row, i int) int {
	at := len(rows) - 1
	for at > 0 && rows[at].from > i {
		at--
	}
	return at
}

// firstRow returns the first row to draw: it keeps the cursor in the middle of the box where
// possible.
func (c *Capture) firstRow(rows []row) int {
	return max(min(c.rowOf(rows, c.cursor)-maxRows/2, len(rows)-maxRows), 0)
}

// clusterAt returns the cluster in column x of a row. Beyond the row's end that is the end of the
// text in the last row, else the row's last cluster, because the position after it belongs to the
// next row.
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

// moveRow moves the cursor n rows down, in the same column where possible, and reports whether that
// row exists.
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
