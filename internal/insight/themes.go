package insight

import (
	"cmp"
	"slices"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Theme is a tag, and what is behind it.
type Theme struct {
	Name string // without "#"
	// Customers are the distinct customers who have a problem with it that was not set
	// aside or refused, or said something tagged with it; as their newest interview
	// spells them, in the order of their newest interview with the theme.
	Customers []string
	// Problems are those that were neither set aside nor refused, strongest first.
	Problems []Problem
	// Lines are the tagged ones that show none of these problems, newest first.
	Lines []Line
	// SetAside are the problems with the theme that were set aside, newest first.
	// They count for nothing but a no of the customer's.
	SetAside []Problem
	// Refused are those that the customer said no to, newest first; see ProblemSummary.Refused. They count
	// for nothing but the no.
	Refused []Problem
	// Interviews are all in which the theme came up, newest first.
	Interviews []Ref
	// Quotes are the customers' words: the best quote of each problem, strongest
	// first, and then the tagged quotes; each text once.
	Quotes []Quote
	// Strongest is what speaks for the theme most: the best quote of the strongest problem, or that
	// problem's statement where there is no quote. Problems that came up unprompted are stronger
	// than those that were asked for; of these the confirmed ones; of these those that the customer
	// rated worse; of these those that more lines show; and of these the one heard first.
	Strongest Quote
	// Dissent is what speaks against it, zero when nothing does: the newest problem with the theme
	// to whose wording of today the customer said no when it was played back.
	Dissent Quote
}

// Themes returns all themes: those at more customers first, of these those with
// more problems, and of these by name.
func Themes(all []interview.Summary) []Theme {
	g := themeGathering{at: map[string]*gathered{}, folded: map[string]string{}}
	for _, s := range live(all) {
		g.interview(s)
	}
	themes := make([]Theme, 0, len(g.at))
	for _, t := range g.at {
		themes = append(themes, t.theme())
	}
	slices.SortFunc(themes, func(a, b Theme) int {
		return cmp.Or(
			cmp.Compare(len(b.Customers), len(a.Customers)), cmp.Compare(len(b.Problems), len(a.Problems)),
			cmp.Compare(a.Name, b.Name),
		)
	})
	return themes
}

// themeGathering gathers what belongs to each theme, newest interviews first.
type themeGathering struct {
	at       map[string]*gathered // by folded name
	folded   map[string]string    // by name as it is spelled
	spelling map[string]string    // of customers, by folded name
}

// gathered is what belongs to one theme.
type gathered struct {
	name      string // as it was spelled last
	themed    []quoted[Problem]
	aside     []quoted[Problem]
	refused   []quoted[Problem]
	lines     []quoted[Line]
	customers []string // as spelled
	seen      map[string]bool
	refs      []Ref
}

// quoted is something with its words.
type quoted[T any] struct {
	what  T
	words Quote
}

func (g *themeGathering) of(theme string) *gathered {
	key, known := g.folded[theme]
	if !known {
		key = plain.FoldName(theme)
		g.folded[theme] = key
	}
	t := g.at[key]
	if t == nil {
		t = &gathered{name: theme, seen: map[string]bool{}}
		g.at[key] = t
	}
	return t
}

func (g *themeGathering) interview(s *interview.Summary) {
	customer := plain.FoldName(s.Customer)
	if g.spelling == nil {
		g.spelling = map[string]string{}
	}
	spelling, known := g.spelling[customer]
	if !known {
		spelling = s.Customer
		g.spelling[customer] = spelling
	}
	shown := map[interview.Number]bool{} // the problems whose lines came with them
	for _, p := range problemsOf(s) {
		shown[p.Number] = true
		one := quoted[Problem]{p, p.quote(s)}
		for _, theme := range p.Themes {
			t := g.of(theme)
			t.heardIn(s)
			if p.Status == interview.Aside {
				one.words.Reason = p.Reason
				t.aside = append(t.aside, one)
				continue
			}
			if p.Refused() {
				t.refused = append(t.refused, one)
				continue
			}
			t.themed = append(t.themed, one)
			t.count(customer, spelling)
		}
	}
	for _, l := range s.Tagged {
		if shown[l.Problem] {
			continue
		}
		ref := refTo(s)
		ref.Line, ref.Problem = l.Number, l.Problem
		words := Quote{
			Ref: ref, Text: l.Text, Speaker: l.Speaker, Role: roleOf(s, l.Speaker), Verbatim: l.Quoted(),
		}
		for _, theme := range l.Themes {
			t := g.of(theme)
			t.heardIn(s)
			t.lines = append(t.lines, quoted[Line]{Line{Ref: ref, LineSummary: l}, words})
			t.count(customer, spelling)
		}
	}
}

func (t *gathered) heardIn(s *interview.Summary) {
	if n := len(t.refs); n == 0 || t.refs[n-1].Interview != s.ID {
		t.refs = append(t.refs, refTo(s))
	}
}

func (t *gathered) count(customer, spelling string) {
	if !t.seen[customer] {
		t.seen[customer] = true
		t.customers = append(t.customers, spelling)
	}
}

func (t *gathered) theme() Theme {
	theme := Theme{Name: t.name, Customers: t.customers, Interviews: t.refs}
	slices.SortFunc(t.themed, func(a, b quoted[Problem]) int { return compareStrength(a.what, b.what) })
	said := map[string]bool{}
	add := func(q Quote) {
		if q.Verbatim && !said[q.Text] {
			said[q.Text] = true
			theme.Quotes = append(theme.Quotes, q)
		}
	}
	for _, p := range t.themed {
		theme.Problems = append(theme.Problems, p.what)
		add(p.words)
	}
	for _, l := range t.lines {
		theme.Lines = append(theme.Lines, l.what)
		add(l.words)
	}
	for _, p := range t.aside {
		theme.SetAside = append(theme.SetAside, p.what)
	}
	for _, p := range t.refused {
		theme.Refused = append(theme.Refused, p.what)
	}
	if len(t.themed) > 0 {
		theme.Strongest = t.themed[0].words
	} else if len(theme.Quotes) > 0 {
		theme.Strongest = theme.Quotes[0]
	}
	theme.Dissent = t.dissent()
	return theme
}

// dissent picks what speaks against the theme; see Theme.Dissent.
func (t *gathered) dissent() Quote {
	var refused Quote
	for _, p := range slices.Concat(t.themed, t.aside, t.refused) {
		if p.what.Denied && (refused.IsZero() || compareRefs(p.what.Ref, refused.Ref) < 0) {
			// They said no to the wording, whatever the lines that show it.
			refused = Quote{
				Ref: p.what.Ref, Text: p.what.Statement, Verbatim: p.what.Quoted,
				Reason: p.words.Reason, Refused: true,
			}
		}
	}
	return refused
}

// compareStrength orders problems as Theme.Strongest says.
func compareStrength(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(last(a.Raised != interview.Unprompted), last(b.Raised != interview.Unprompted)),
		cmp.Compare(last(a.Status != interview.Confirmed), last(b.Status != interview.Confirmed)),
		cmp.Compare(b.HowBad, a.HowBad), cmp.Compare(b.Evidence, a.Evidence), a.Ref.Met.Compare(b.Ref.Met), compareRefs(a.Ref, b.Ref),
	)
}
