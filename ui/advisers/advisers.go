// Package advisers is the page of the board of advisers: who agreed to be asked again, when they
// last were, what they told us by theme, what was done about it and whether they were told, and
// what we owe them. A theme can be put to them from here.
package advisers

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
)

// Model is the board of advisers.
type Model struct {
	*page.Board
	themes []insight.Theme
	all    []interview.Summary
	asked  int // number of the newest request to put a theme
}

const actPut keymap.Action = "theme.put"

// New returns the screen, which is read by Init.
func New(env *screen.Env) *Model {
	m := &Model{}
	m.Board = page.NewBoard(env, m.query)
	return m
}

// query computes the board.
func (m *Model) query(all []interview.Summary) func() page.Sheet {
	board, themes := insight.Advisers(all), insight.Themes(all)
	sheet := page.Sheet{
		Head: "Advisers", Title: "The board", Right: "not asked for longest first",
		Empty: "Nobody agreed to be asked again yet.\nAsk at the end of a meeting; /adviser NAME keeps that they did.\nThen this page shows what they told us, what was done about it, and what we owe them.",
	}
	owing := 0
	for _, a := range board {
		if owed(a) > 0 {
			owing++
		}
		sheet.Sections = append(sheet.Sections, m.adviser(a))
	}
	if len(board) > 0 {
		sheet.Detail = show.Count(len(board), "adviser", "advisers")
		if owing > 0 {
			sheet.Detail += fmt.Sprintf(" · we owe something to %d of them", owing)
		}
	}
	return func() page.Sheet {
		m.themes, m.all = themes, all
		return sheet
	}
}

// owed returns how many things we owe an adviser.
func owed(a insight.Adviser) int { return len(a.OwedPromises) + len(a.OwedRoutes) }

// adviser is the section of one adviser.
func (m *Model) adviser(a insight.Adviser) page.Section {
	of := a.Customer + "\x00" + a.Name + "\x00"
	section := page.Section{Title: a.Introduced(), Detail: "last asked on " + show.Day(a.LastAsked(), m.Env.Zone)}
	debt := "nothing is owed to them"
	if n := owed(a); n > 0 {
		debt, section.Short = "we owe them "+show.Count(n, "thing", "things"), fmt.Sprintf("%d owed", n)
	}
	section.Items = append(section.Items, page.Item{
		Key: of, Open: screen.GoReview{Interview: a.Met[0].Interview},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			style := s.Muted
			if owed(a) > 0 {
				style = s.Warn
			}
			text := show.Joined("last asked on "+show.Day(a.LastAsked(), m.Env.Zone), show.Count(len(a.Met), "interview", "interviews"))
			return show.Hang("", 0, text, width, s.Text), page.Detail(debt, width, style)
		},
	})
	for _, raised := range a.Themes {
		for i, one := range raised.Problems {
			section.Items = append(section.Items, m.followed(of+raised.Theme, raised.Theme, one, i == 0))
		}
	}
	owes := len(section.Items)
	for _, p := range a.OwedPromises {
		section.Items = append(section.Items, page.Promise(m.Env, p, of+"promise", show.Owner(p.Owner, p.Side), show.Day(p.Since(), m.Env.Zone)))
	}
	for _, r := range a.OwedRoutes {
		section.Items = append(section.Items, page.Route(m.Env, r, of+"route", r.Department, r.Owner))
	}
	if owes < len(section.Items) {
		section.Items[owes].Apart = true
		section.Items[owes].Above = heading("We owe them")
	}
	return section
}

// heading is drawn above items that belong together.
func heading(text string) func(int, theme.Styles) []string {
	return func(width int, s theme.Styles) []string {
		return []string{s.Accent.Render(plain.Truncate(plain.Terminal(text), width, "…"))}
	}
}

// followed is a problem that an adviser told us of, with what was done about it.
func (m *Model) followed(of, tag string, f insight.Followed, first bool) page.Item {
	item := page.Problem(m.Env, f.Problem, of)
	item.Draw = func(width int, s theme.Styles) (lit, more []string) {
		lit = show.Hang("", 0, f.Problem.Worded(), width, s.Problem)
		more = page.Detail(show.Joined(page.StatusOf(f.Problem), show.Day(f.Ref.Met, m.Env.Zone)), width, s.Muted)
		for _, r := range f.Routes {
			more = append(more, page.Detail(m.carried(r), width, s.Text)...)
		}
		for _, one := range f.Solutions {
			done := "worked out: " + one.Text
			if one.Held {
				done += ", held"
			} else if one.Decision != interview.Undecided {
				done += ", " + string(one.Decision)
			}
			more = append(more, page.Detail(done, width, s.Text)...)
		}
		if len(f.Routes)+len(f.Solutions) == 0 {
			more = append(more, page.Detail("nothing was done about it yet", width, s.Faint)...)
		}
		return lit, more
	}
	if first {
		item.Apart = true
		item.Above = heading(page.Tag(tag))
		if tag == "" {
			item.Above = heading("without a theme")
		}
	}
	return item
}

// carried describes the state of a route.
func (m *Model) carried(r insight.Route) string {
	text := "carried to " + show.Joined(r.Department, r.Hold)
	if state := r.State(m.Env.Today()); state.Waits() {
		return text + ": " + string(state)
	}
	text += ": " + strings.TrimSpace(r.Answer)
	if r.Owed() {
		return text + " · nobody told them yet"
	}
	return text + " · they were told on " + show.Day(r.ToldAt, m.Env.Zone)
}

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	scopes := m.Board.Scopes()
	if m.Typing() || m.Deeper() {
		return scopes
	}
	none := ""
	if len(m.themes) == 0 {
		none = "there is no theme yet: /theme P #theme gives a problem one"
	}
	return append(scopes, keymap.Scope{Name: "Advisers", Bindings: []keymap.Binding{
		{Action: actPut, Keys: []string{"p"}, Short: "put a theme to them", Long: "Put a theme to the board: a card with the questions, and who has answered", Why: none},
	}})
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	if action == actPut {
		m.Push(m.choose())
		return nil
	}
	return m.Board.Act(action)
}

// Update implements screen.Screen.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(put); ok {
		if screen.IsFor(msg, m) && msg.request == m.asked {
			m.Push(m.card(msg.board))
		}
		return nil
	}
	return m.Board.Update(msg)
}

var _ screen.Screen = (*Model)(nil)
