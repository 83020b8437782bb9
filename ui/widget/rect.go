package widget

// Rect is a rectangle of cells on the screen: its upper left corner and its size.
type Rect struct {
	X, Y, Width, Height int
}

// Contains reports whether the rectangle contains column x of row y.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.Width && y >= r.Y && y < r.Y+r.Height
}

// Inset returns the rectangle without its outermost x columns on both sides and y rows at top and
// bottom, at least an empty one.
func (r Rect) Inset(x, y int) Rect {
	x, y = min(x, r.Width/2), min(y, r.Height/2)
	return Rect{X: r.X + x, Y: r.Y + y, Width: r.Width - 2*x, Height: r.Height - 2*y}
}

// Centre returns a rectangle of the given size in the middle of r, reduced to fit.
func (r Rect) Centre(width, height int) Rect {
	width, height = min(width, r.Width), min(height, r.Height)
	return Rect{X: r.X + (r.Width-width)/2, Y: r.Y + (r.Height-height)/2, Width: width, Height: height}
}

// Part is the size of one piece of a split. Make it with [Fixed] or [Share].
type Part struct {
	fixed  int
	weight int
	least  int
}

// Fixed is a part of exactly n cells, or what is left of them.
func Fixed(n int) Part { return Part{fixed: max(n, 0)} }

// Share is a part of what the fixed parts leave, in proportion to its weight (at least 1), but at
// least least cells while there are that many.
func Share(weight, least int) Part { return Part{weight: max(weight, 1), least: max(least, 0)} }

// Columns splits the rectangle from left to right. The pieces are in the order of the parts and
// stay within r; with at least one [Share] they fill it. When r is too small for all, the fixed
// parts come first, then the shares, each in their order.
func (r Rect) Columns(parts ...Part) []Rect {
	rects := make([]Rect, len(parts))
	x := r.X
	for i, width := range divide(r.Width, parts) {
		rects[i] = Rect{X: x, Y: r.Y, Width: width, Height: r.Height}
		x += width
	}
	return rects
}

// Rows splits the rectangle from top to bottom, in the same way as [Rect.Columns].
func (r Rect) Rows(parts ...Part) []Rect {
	rects := make([]Rect, len(parts))
	y := r.Y
	for i, height := range divide(r.Height, parts) {
		rects[i] = Rect{X: r.X, Y: y, Width: r.Width, Height: height}
		y += height
	}
	return rects
}

// divide distributes total cells to the parts.
func divide(total int, parts []Part) []int {
	sizes := make([]int, len(parts))
	left := max(total, 0)
	var open []int // the shares not decided yet
	for i, p := range parts {
		if p.weight > 0 {
			open = append(open, i)
			continue
		}
		sizes[i] = min(p.fixed, left)
		left -= sizes[i]
	}
	// A share that would get less than its least gets that, and the rest is distributed again.
	for settled := true; settled && len(open) > 0; {
		settled = false
		weight := weightOf(parts, open)
		for k, i := range open {
			if p := parts[i]; left*p.weight < p.least*weight {
				sizes[i] = min(p.least, left)
				left -= sizes[i]
				open = append(open[:k:k], open[k+1:]...)
				settled = true
				break
			}
		}
	}
	// The remainder of the division goes to the last shares.
	weight := weightOf(parts, open)
	for _, i := range open {
		sizes[i] = left * parts[i].weight / weight
		left -= sizes[i]
		weight -= parts[i].weight
	}
	return sizes
}

func weightOf(parts []Part, indices []int) int {
	weight := 0
	for _, i := range indices {
		weight += parts[i].weight
	}
	return weight
}
