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
	Words  string // further words it is found by; not shown
	Detail string // beside it, such as the key that does the same
	Why    string // the reason why it cannot be chosen now; shown in place of the detail
}

// Menu is a list to pick from that narrows down as a query is typed: the command palette, and what is offered
// behind / @ # in the capture box. It holds no text box of its own. Whoever owns one passes on what is typed.
//
// The zero Menu is empty. A Menu is kept by pointer.
type Menu struct {
	items    []MenuItem
	query    string
	matches  []match
	selected int // in matches
}

// match is an item that fits the query.
type match struct {
	item  int
	score int
	at    []int // the clusters of the title that the query matched
}

// SetItems replaces the items and filters them by the query there is. The selected item stays selected when the
// same title is still on offer.
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

// Filter keeps the items whose title holds the letters of the query in their order, whatever their case, and those
// that one of their further words begins with the query, the best match first; items that match equally well keep
// their order. An empty query keeps all. The selection goes to
// the best match when the query changes.
func (m *Menu) Filter(query string) {
	if query == m.query {
		return
	}
	m.query = query
	m.apply()
}

// Len is the number of items that match the query.
func (m *Menu) Len() int { return len(m.matches) }

// Move moves the selection by n, going round at the ends.
func (m *Menu) Move(n int) {
	if len(m.matches) == 0 {
		return
	}
	m.selected = ((m.selected+n)%len(m.matches) + len(m.matches)) % len(m.matches)
}

// Selected returns the selected item as an index into the items that were set. Without a match there is none.
// Whether it can be chosen is for the caller to see, by its Why.
func (m *Menu) Selected() (item int, ok bool) {
	if len(m.matches) == 0 {
		return 0, false
	}
	return m.matches[m.selected].item, true
}

// At returns the item that a menu drawn with the given height shows in row y, as an index into the items.
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

// line draws one match. The title goes first: its detail is cut or left out where there is no room for both.
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
	if room := width - Width(line) - gap; room >= least {
		line = Pair(line, detail.Render(plain.Truncate(plain.Terminal(detailText), room, ellipsis)), width)
	}
	if selected {
		return styles.Highlight(Fit(line, width))
	}
	return line
}

// markMatches draws clusters in one style and those at the given places, which ascend, in another.
func markMatches(title []string, at []int, text, match theme.Style) string {
	var line, run strings.Builder
	hit := false // what run holds
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

// first returns the match to draw in the first of height rows: the selection stands in the middle where it can.
func (m *Menu) first(height int) int {
	return max(min(m.selected-height/2, len(m.matches)-height), 0)
}

// apply filters and ranks anew.
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
