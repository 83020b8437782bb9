package widget

import (
	"slices"
	"strings"

	"hark/internal/plain"
	"hark/ui/theme"
)

// MenuItem is one line of a [Menu]. The texts are plain.
type MenuItem struct {
	Title  string // what is filtered
	Words  string // further words to find it by; not shown
	Detail string // shown to the right, such as its key
	Why    string // why it cannot be chosen now; shown in place of the detail
}

// Menu is a list to pick from that is filtered by a query: the command palette, and the offers
// after / @ # in the capture box. The caller owns the text box and passes the query on.
//
// The zero Menu is empty. Use it by pointer.
type Menu struct {
	items    []MenuItem
	query    string
	matches  []match
	selected int // in matches
}

// match is an item that matches the query.
type match struct {
	item  int
	score int
	at    []int // clusters of the title that the query matched
}

// SetItems replaces the items and filters them by the current query. The selected item stays
// selected if there is an item of the same title.
func (m *Menu) SetItems(items []MenuItem) {
	title, had := "", false
	if i, ok := m.Selected(); ok {
		title, had = m.items[i].Title, true
	}
	m.items = append([]MenuItem(nil), items...)
	m.apply()
	for i, found := range m.matches {
		if had && m.items[found.item].Title == title {
			m.selected = i
			return
		}
	}
}

// Filter shows the items whose title contains the letters of the query in order, ignoring case, and
// those of which a further word begins with the query: best match first, equal matches in their
// order. An empty query shows all. A new query selects the best match.
func (m *Menu) Filter(query string) {
	if query == m.query {
		return
	}
	m.query = query
	m.apply()
}

// Len returns the number of matching items.
func (m *Menu) Len() int { return len(m.matches) }

// Move moves the selection by n, wrapping around.
func (m *Menu) Move(n int) {
	if len(m.matches) == 0 {
		return
	}
	m.selected = ((m.selected+n)%len(m.matches) + len(m.matches)) % len(m.matches)
}

// Selected returns the selected item as an index into the items set; none without a match. The
// caller checks its Why.
func (m *Menu) Selected() (item int, ok bool) {
	if len(m.matches) == 0 {
		return 0, false
	}
	return m.matches[m.selected].item, true
}

// At returns the item in row y of a menu drawn with the given height, as an index into the items.
func (m *Menu) At(y, height int) (item int, ok bool) {
	row := m.first(height) + y
	if y < 0 || y >= height || row >= len(m.matches) {
		return 0, false
	}
	return m.matches[row].item, true
}

// View draws the menu in exactly width by height cells, with the selection in view.
func (m *Menu) View(width, height int, styles theme.Styles) Block {
	lines := make([]string, 0, max(height, 0))
	first := m.first(height)
	for i := first; i < len(m.matches) && i < first+height; i++ {
		lines = append(lines, m.line(m.matches[i], i == m.selected, width, styles))
	}
	return NewBlock(width, height, lines)
}

// line draws one match. The title takes precedence: the detail is truncated or left out.
func (m *Menu) line(found match, selected bool, width int, styles theme.Styles) string {
	const gap, least = 2, 4
	item := m.items[found.item]
	text, detail, detailText := styles.Text, styles.Muted, item.Detail
	if item.Why != "" {
		text, detail, detailText = styles.Faint, styles.Warn, item.Why
	}
	line := "  "
	if selected {
		line = styles.Accent.Render("▸") + " "
	}
	line += markMatches(clusters(plain.Terminal(item.Title)), found.at, text, styles.Match)
	if space := width - Width(line) - gap; space >= least {
		line = Pair(line, detail.Render(plain.Truncate(plain.Terminal(detailText), space, ellipsis)), width)
	}
	if selected {
		return styles.Highlight(Fit(line, width))
	}
	return line
}

// markMatches draws clusters in one style and those at the given ascending indices in another.
func markMatches(title []string, at []int, text, match theme.Style) string {
	var line, run strings.Builder
	hit := false // style of run
	flush := func() {
		switch {
		case run.Len() == 0:
		case hit:
			line.WriteString(match.Render(run.String()))
		default:
			line.WriteString(text.Render(run.String()))
		}
		run.Reset()
	}
	for i, cluster := range title {
		found := len(at) > 0 && at[0] == i
		if found {
			at = at[1:]
		}
		if found != hit {
			flush()
			hit = found
		}
		run.WriteString(cluster)
	}
	flush()
	return line.String()
}

// first returns the match in the first of height rows: it keeps the selection in the middle where
// possible.
func (m *Menu) first(height int) int {
	return max(min(m.selected-height/2, len(m.matches)-height), 0)
}

// apply filters and ranks the items.
func (m *Menu) apply() {
	m.matches = m.matches[:0]
	query := fold(m.query)
	for i, item := range m.items {
		score, at, ok := rank(query, clusters(plain.Terminal(item.Title)))
		if s, named := rankWords(query, item.Words); named && (!ok || s > score) {
			score, at, ok = s, nil, true
		}
		if ok {
			m.matches = append(m.matches, match{item: i, score: score, at: at})
		}
	}
	slices.SortStableFunc(m.matches, func(a, b match) int { return b.score - a.score })
	m.selected = 0
}
