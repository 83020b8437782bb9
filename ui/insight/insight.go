// Package insight is the screen of figures over all interviews: which themes come up at how many
// customers, whether interviews still bring new ones, how many problems were confirmed as heard,
// what weighs most, and which themes fit problems that have none. Every figure opens its sources.
package insight

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/show"
)

// Model is the board of figures over all interviews.
type Model struct {
	*page.Board
	column int // selected column of the table of weights
}

// The actions of the screen, in addition to those of every board.
const (
	actAccept keymap.Action = "theme.accept"
	actLeft   keymap.Action = "column.left"
	actRight  keymap.Action = "column.right"
)

// New returns the screen, which is read by Init.
func New(env *screen.Env) *Model {
	m := &Model{}
	m.Board = page.NewBoard(env, m.query)
	return m
}

// figures is the result of the query.
type figures struct {
	themes        []insight.Theme
	hearings      []insight.Hearing // newest first
	months        []month           // newest first
	weights       *insight.Weights
	weighed       int // problems
	untagged      int
	suggestions   []insight.Suggestion
	most, mostNew int // maximum of customers per theme, and of new themes per interview
}

// month holds the problems confirmed in one month, by whether their first wording was corrected.
type month struct {
	name               string
	asHeard, corrected []insight.Problem
}

const (
	// hearingsShown is how many interviews are listed by their new themes.
	hearingsShown = 12
	// mostSuggested limits the problems with suggestions; accepted ones are replaced by the next.
	mostSuggested = 60
)

// query computes the figures.
func (m *Model) query(all []interview.Summary) func() page.Sheet {
	f := figures{
		themes: insight.Themes(all), weights: insight.Weigh(all), suggestions: insight.Suggest(all, mostSuggested),
		untagged: len(insight.Untagged(all)),
	}
	for _, t := range f.themes {
		f.most = max(f.most, len(t.Customers))
	}
	hearings := insight.Hearings(all)
	for i := len(hearings) - 1; i >= max(0, len(hearings)-hearingsShown); i-- {
		f.hearings = append(f.hearings, hearings[i])
		f.mostNew = max(f.mostNew, len(hearings[i].New))
	}
	confirmations := insight.Confirmations(all)
	for _, c := range slices.Backward(confirmations) {
		name := c.Ref.Met.In(m.Env.Zone).Format("Jan 2006")
		if n := len(f.months); n == 0 || f.months[n-1].name != name {
			f.months = append(f.months, month{name: name})
		}
		last := &f.months[len(f.months)-1]
		last.asHeard = append(last.asHeard, c.AsHeard...)
		last.corrected = append(last.corrected, c.Corrected...)
	}
	for bad := range worst + 1 {
		for _, often := range insight.Oftens() {
			f.weighed += len(f.weights.At(bad, often))
		}
	}
	return func() page.Sheet { return m.sheet(f) }
}

// The titles of sections.
const (
	weightsTitle = "How bad by how often"
	suggestTitle = "Themes that would fit"
)

// sheet lays out the figures.
func (m *Model) sheet(f figures) page.Sheet {
	sheet := page.Sheet{
		Head: "Insight", Title: "What they tell us", Detail: show.Joined(show.Count(len(f.themes), "theme", "themes"), show.Count(f.weighed, "problem", "problems")),
		Empty: "There is nothing to look back on yet.\nA problem that is kept with ! in an interview shows here, by how bad it is and how often it comes up.\n#theme in a line joins what belongs together, and then says at how many customers it came up.",
	}
	if f.weighed+len(f.themes) == 0 {
		return sheet
	}
	sheet.Sections = []page.Section{
		m.themes(f), m.hearings(f), m.confirmed(f), m.weights(f), m.suggested(f),
	}
	return sheet
}

// suggested are themes for the problems without one.
func (m *Model) suggested(f figures) page.Section {
	section := page.Section{
		Title: suggestTitle, Detail: show.Count(f.untagged, "problem", "problems") + " without a theme",
		Short: fmt.Sprint(len(f.suggestions)),
	}
	for _, one := range f.suggestions {
		for i, theme := range one.Themes {
			section.Items = append(section.Items, m.suggestion(one.Problem, theme, i == 0))
		}
	}
	return section
}

// accept gives the selected problem the suggested theme.
func (m *Model) accept() tea.Cmd {
	it, _ := m.Selected()
	offer, ok := it.Key.(offered)
	if !ok {
		return nil
	}
	what := page.Tag(offer.theme) + ": " + plain.Truncate(plain.Terminal(offer.statement), 40, "…")
	return m.Do(interview.Tag{Problem: offer.problem, Add: []string{offer.theme}}, screen.Change{Interview: offer.interview, What: what})
}

// Scopes implements screen.Screen.
func (m *Model) Scopes() []keymap.Scope {
	scopes := m.Board.Scopes()
	if m.Typing() || m.Deeper() {
		return scopes
	}
	it, _ := m.Selected()
	switch it.Key.(type) {
	case offered:
		accept := keymap.Binding{Action: actAccept, Keys: []string{"a"}, Short: "accept", Long: "Give the problem this theme", Why: m.Why()}
		scopes[0].Bindings = append([]keymap.Binding{accept}, scopes[0].Bindings...)
	case row:
		scopes[0].Bindings = append(scopes[0].Bindings,
			keymap.Binding{Action: actLeft, Keys: []string{"left", "h"}, Long: "Column to the left"},
			keymap.Binding{Action: actRight, Keys: []string{"right", "l"}, Label: "←→", Short: "how often", Long: "Column to the right"})
	}
	return scopes
}

// Act implements screen.Screen.
func (m *Model) Act(action keymap.Action) tea.Cmd {
	columns := len(insight.Oftens())
	switch action {
	case actAccept:
		return m.accept()
	case actLeft:
		m.column = (m.column + columns - 1) % columns
		m.Refill()
	case actRight:
		m.column = (m.column + 1) % columns
		m.Refill()
	default:
		return m.Board.Act(action)
	}
	return nil
}

var _ screen.Screen = (*Model)(nil)
