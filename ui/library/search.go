package library

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/search"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// searching is a search through everything said, as it is typed.
type searching struct {
	box    widget.Capture
	list   widget.Scroller
	hits   []search.Hit
	query  string // query of the hits
	more   bool   // there are hits beyond the limit
	err    error
	cancel context.CancelFunc // of the running search; nil for none
}

const (
	// searchAfter is the pause in typing after which the search starts.
	searchAfter = 120 * time.Millisecond
	// mostHits limits the hits listed.
	mostHits = 200
)

// searchDue starts the search after a pause in typing.
type searchDue struct {
	screen.Addressed
	request int
}

// found is the result of a search.
type found struct {
	screen.Addressed
	request int
	query   string
	hits    []search.Hit
	err     error
}

func (m *Model) startSearching() {
	m.search = &searching{}
	m.search.box.Placeholder = `words that were said, "a phrase", #theme, kind:quote, customer:name`
}

// Search opens the search for some words.
func (m *Model) Search(words string) tea.Cmd {
	m.startSearching()
	m.search.box.SetValue(words)
	m.searches++
	return m.find()
}

// stopSearching closes the search, if there is one.
func (m *Model) stopSearching() {
	m.cancelSearch()
	m.search = nil
	m.searches++ // drops results still to come
}

func (m *Model) cancelSearch() {
	if m.search != nil && m.search.cancel != nil {
		m.search.cancel()
		m.search.cancel = nil
	}
}

// searchInput handles a key or a paste in the search box.
func (m *Model) searchInput(msg tea.Msg) tea.Cmd {
	before := m.search.box.Value()
	m.search.box.Update(msg, max(m.inside.Width, 1))
	if m.search.box.Value() == before {
		return nil
	}
	m.searches++
	m.cancelSearch()
	if strings.TrimSpace(m.search.box.Value()) == "" {
		m.search.show(m, found{})
		return nil
	}
	request := m.searches
	return tea.Tick(searchAfter, func(time.Time) tea.Msg { return searchDue{screen.For(m), request} })
}

// find searches for the text in the box.
func (m *Model) find() tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	m.search.cancel = cancel
	book, request, query := m.env.Book, m.searches, m.search.box.Value()
	return func() tea.Msg {
		hits, err := book.Search(ctx, query, mostHits+1)
		return found{Addressed: screen.For(m), request: request, query: query, hits: hits, err: err}
	}
}

func (m *Model) found(msg found) {
	m.cancelSearch()
	m.search.show(m, msg)
	if n := m.env.Book.Journalled(); n > 0 {
		are := " are"
		if n == 1 {
			are = " is"
		}
		m.note = widget.Note{Text: show.Count(n, "line", "lines") + are + " waiting to be stored, and not searched yet"}
	}
}

// show lists the hits.
func (f *searching) show(m *Model, msg found) {
	f.query, f.err = msg.query, msg.err
	f.hits, f.more = msg.hits[:min(len(msg.hits), mostHits)], len(msg.hits) > mostHits
	hits := f.hits
	f.list.SetItems(len(hits), func(i, width int, on bool) []string { return m.drawHit(hits[i], width, on) })
	f.list.Home()
	f.list.Select(0)
}

// selectedHit returns the selected hit.
func (m *Model) selectedHit() (search.Hit, bool) {
	if m.search == nil {
		return search.Hit{}, false
	}
	return widget.Selected(&m.search.list, m.search.hits)
}

// openHit goes to where the selected hit was said.
func (m *Model) openHit() tea.Cmd {
	hit, ok := m.selectedHit()
	if !ok {
		return nil
	}
	thing, number := interview.Numbered, hit.Number
	switch hit.Kind {
	case "problem", "impact", "respect", "advice":
		thing = interview.ThingProblem
	case "solution", "reaction":
		thing = interview.ThingSolution
	}
	return screen.Go(screen.GoReview{Interview: hit.Interview, Thing: thing, Number: number})
}

// summary describes how much was found.
func (f *searching) summary() string {
	if len(f.hits) == 0 {
		return ""
	}
	in := map[interview.ID]bool{}
	for _, h := range f.hits {
		in[h.Interview] = true
	}
	if f.more {
		return fmt.Sprintf("the first %d places", len(f.hits))
	}
	return show.Count(len(f.hits), "place", "places") + " in " + show.Count(len(in), "interview", "interviews")
}

// nothing describes why there are no hits.
func (f *searching) nothing() string {
	var bad *search.QueryError
	switch {
	case errors.As(f.err, &bad):
		return bad.Message + "."
	case f.err != nil:
		return "The search failed: " + f.err.Error()
	case strings.TrimSpace(f.box.Value()) == "":
		return "Everything said is looked through. All the words must be there, in any order; the beginning of a word is enough. #theme, kind:quote, status:confirmed, customer:name, after:2026-11 and before:2026-11-22 narrow it down."
	case f.query == "":
		return "" // the search is running
	default:
		return "Nobody said that. Fewer words, or only their beginnings, find more."
	}
}

// drawHit draws one hit: what was said, with the matches marked, then who said it, when, and what
// it is.
func (m *Model) drawHit(h search.Hit, width int, selected bool) []string {
	s := m.env.Styles()
	said := excerpt(h, max(width-2, 8), s)
	what := " · " + show.ShortDay(h.At, m.env.Now(), m.env.Zone) + " · " + h.Kind
	if h.Number > 0 {
		what += fmt.Sprintf(" %s", h.Number)
	}
	who := plain.Truncate(plain.Terminal(h.Customer), max(width-4-plain.Width(what), 4), "…")
	return show.Choice([]string{said, "  " + s.Muted.Render(who+what)}, selected, width, s)
}

// excerpt draws what was said on one line, with the matches marked. Text before the first match is
// shortened when the match would not be visible.
func excerpt(h search.Hit, width int, s theme.Styles) string {
	kind := interview.LineKind(h.Kind)
	style := show.KindStyle(kind, s)
	open, closing := show.Mark(kind), ""
	if h.Kind == "problem" {
		style = s.Problem
	}
	if h.Quoted {
		open, closing = open+"“", "”"
	}
	var b strings.Builder
	at := 0
	for i, match := range h.Matches {
		between := plain.Terminal(h.Text[at:match[0]])
		if i == 0 {
			marked := plain.Width(plain.Terminal(h.Text[match[0]:match[1]]))
			between = lastOf(open+between, max(width-marked-1, 1), width/3)
		}
		b.WriteString(style.Render(between))
		b.WriteString(s.Match.Render(plain.Terminal(h.Text[match[0]:match[1]])))
		at = match[1]
	}
	rest := plain.Terminal(h.Text[at:]) + closing
	if at == 0 {
		rest = open + rest
	}
	return widget.Fit(b.String()+style.Render(rest), width)
}

// lastOf returns a text that takes at most limit cells, of a longer one its end: whole words within
// least cells.
func lastOf(text string, limit, least int) string {
	if plain.Width(text) <= limit {
		return text
	}
	rest := text
	for plain.Width(rest) > least {
		_, after, ok := strings.Cut(rest, " ")
		if !ok {
			return "…"
		}
		rest = after
	}
	return "… " + rest
}
