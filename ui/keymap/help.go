package keymap

import (
	"sort"
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
	"hark/ui/widget"
)

const (
	helpColumn = 44 // least width of a column
	helpGap    = 3  // between columns
)

// Help lays all bindings out, grouped by scope, in as many columns as fit the width, filling each
// up to height before the next one begins. It returns lines of exactly width cells: at least height
// of them, and more when they do not fit, for the caller to scroll.
//
// Disabled bindings are listed with the reason, and further keys after the first.
func Help(scopes []Scope, width, height int, styles theme.Styles) []string {
	columns := max((width+helpGap)/(helpColumn+helpGap), 1)
	columnWidth := max((width-helpGap*(columns-1))/columns, 0)
	groups := make([][]string, 0, len(scopes))
	for _, scope := range scopes {
		if len(scope.Bindings) > 0 {
			groups = append(groups, helpGroup(scope, columnWidth, styles))
		}
	}
	placed := placeGroups(groups, columns, height)
	for _, column := range placed {
		height = max(height, len(column))
	}
	blocks := make([]widget.Block, 0, 2*len(placed))
	for i, column := range placed {
		if i > 0 {
			blocks = append(blocks, widget.NewBlock(helpGap, height, nil))
		}
		blocks = append(blocks, widget.NewBlock(columnWidth, height, column))
	}
	return widget.NewBlock(width, height, widget.Columns(blocks...).Lines).Lines
}

// helpGroup draws one scope: its name, then its bindings.
func helpGroup(scope Scope, width int, styles theme.Styles) []string {
	keys := 0
	for _, b := range scope.Bindings {
		keys = max(keys, plain.Width(keyList(b)))
	}
	keys = min(keys, width/2)
	lines := []string{styles.Title.Render(plain.Terminal(scope.Name))}
	for _, b := range scope.Bindings {
		key := widget.Fit(styles.Key.Render(keyList(b)), keys)
		text, style := plain.Terminal(b.Long), styles.Text
		if !b.Enabled() {
			text, style = text+": "+plain.Terminal(b.Why), styles.Faint
		}
		for _, part := range plain.Wrap(text, width-keys-2) {
			lines = append(lines, key+"  "+style.Render(part))
			key = strings.Repeat(" ", keys)
		}
	}
	return lines
}

// keyList returns the keys of a binding: its label, else all of them.
func keyList(b Binding) string {
	if b.Label != "" {
		return plain.Terminal(b.Label)
	}
	list := make([]string, len(b.Keys))
	for i, key := range b.Keys {
		list[i] = keyLabel(key)
	}
	return plain.Terminal(strings.Join(list, " "))
}

// placeGroups distributes the groups to columns, in order and undivided, with a blank line between
// two in one column. A column is filled up to height, or as far as needed, before the next one
// begins.
func placeGroups(groups [][]string, columns, height int) [][]string {
	lines := 0
	for _, group := range groups {
		lines += len(group) + 1
	}
	tall := height + sort.Search(lines, func(more int) bool {
		return len(placeWithin(groups, height+more)) <= columns
	})
	placed := make([][]string, 0, columns)
	for _, indices := range placeWithin(groups, tall) {
		var column []string
		for k, i := range indices {
			if k > 0 {
				column = append(column, "")
			}
			column = append(column, groups[i]...)
		}
		placed = append(placed, column)
	}
	return placed
}

// placeWithin fills columns of at most tall lines, more where a single group is taller, and returns
// the groups of each.
func placeWithin(groups [][]string, tall int) [][]int {
	var placed [][]int
	used := 0
	for i, group := range groups {
		if last := len(placed) - 1; last >= 0 && used+1+len(group) <= tall {
			placed[last] = append(placed[last], i)
			used += 1 + len(group)
			continue
		}
		placed = append(placed, []int{i})
		used = len(group)
	}
	return placed
}
