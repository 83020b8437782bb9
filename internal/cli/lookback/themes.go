package lookback

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
)

// theming is what hark themes was asked for.
type theming struct {
	Commands
	output           app.Output
	suggest, weights bool
}

// Themes is hark themes.
func (a Commands) Themes() *cobra.Command {
	t := theming{Commands: a}
	cmd := &cobra.Command{
		Use:   "themes [THEME]",
		Short: "What comes up at how many customers",
		Long: `Lists the themes, those at more customers first, each with what speaks for it
most and with what speaks against it. A customer counts who has a problem with the
theme that was neither set aside nor refused, or said something tagged with it. Below stand how
many new themes the last interviews brought, and how many problems were confirmed
without correction.

With a theme, or a unique beginning of one, it shows what is behind it: the
problems, the lines, the interviews.

--suggest offers themes for the problems that have none, by the words that they
share with others. /theme P #THEME takes one up; nothing does so by itself.
--weights shows how bad the problems are by how often they come up.`,
		Example: `  hark themes
  hark themes rework
  hark themes --suggest`,
		Args:              app.AtMost(1),
		ValidArgsFunction: a.completeThemes,
	}
	run := a.overAll(&t.output, t.run)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if t.suggest && t.weights || (t.suggest || t.weights) && len(args) > 0 {
			return app.Usagef("Either a theme, --suggest or --weights")
		}
		return run(cmd, args)
	}
	t.output.AddTo(cmd, app.LimitText("themes, or suggestions", app.ListedAtOnce))
	cmd.Flags().BoolVar(&t.suggest, "suggest", false, "themes for the problems that have none")
	cmd.Flags().BoolVar(&t.weights, "weights", false, "how bad problems are by how often they come up")
	return cmd
}

// completeThemes offers the themes.
func (a Commands) completeThemes(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return a.Offers(0, func(all []interview.Summary) []cobra.Completion {
		return app.Map(insight.Themes(all), func(t insight.Theme) cobra.Completion {
			return cobra.CompletionWithDesc(plain.Terminal(t.Name), figures(t))
		})
	})(cmd, args, typed)
}

func (t *theming) run(all []interview.Summary, args []string) error {
	switch {
	case t.suggest:
		return t.suggestions(insight.Suggest(all, t.output.ToRead()))
	case t.weights:
		return t.table(insight.Weigh(all))
	}
	themes := insight.Themes(all)
	if len(args) == 0 {
		return t.list(all, themes)
	}
	theme, err := namedTheme(themes, args[0])
	if err != nil {
		return err
	}
	if t.output.JSON {
		return t.writeJSON(newThemeDoc(theme))
	}
	return t.show(theme)
}

// namedTheme returns the theme that a name means.
func namedTheme(themes []insight.Theme, name string) (insight.Theme, error) {
	nameOf := func(t insight.Theme) string { return t.Name }
	fit := insight.Named(themes, nameOf, interview.Theme(name))
	if len(fit) != 1 {
		return insight.Theme{}, noSuch("theme", name, app.Map(fit, nameOf), "hark themes")
	}
	return fit[0], nil
}

// The most cells of a theme's name, of a bar, and of the figures next to it.
const (
	themeWidth  = 24
	longestBar  = 30
	figureCells = 28 // "10 customers, 100 problems"
)

// list shows all themes with bars.
func (t *theming) list(all []interview.Summary, themes []insight.Theme) error {
	const none = "No theme yet; #theme in a line or problem tags it, and hark themes --suggest offers some"
	return listing(t.Commands, t.output, themes, newThemeDoc, none, func(s *sheet, shown []insight.Theme) {
		names, most := 0, 0
		for _, theme := range shown {
			names = max(names, plain.Width(tag(theme.Name)))
			most = max(most, len(theme.Customers))
		}
		names = min(names, themeWidth)
		cells := max(1, min(longestBar, s.width-names-figureCells-2))
		for _, theme := range shown {
			s.line(plain.Pad(plain.Truncate(tag(theme.Name), names, "…"), names) + "  " +
				plain.Pad(bar(len(theme.Customers), most, cells), cells) + "  " + figures(theme))
			s.forAndAgainst(theme, 4)
		}
		s.overTime(all)
	})
}

// tag returns a theme as it is typed.
func tag(theme string) string { return "#" + plain.Terminal(theme) }

// figures returns at how many customers a theme came up, and in how many problems.
func figures(t insight.Theme) string {
	return app.Count(len(t.Customers), "customer", "customers") + ", " + app.Count(len(t.Problems), "problem", "problems")
}

// bar draws n of most in so many cells; a count above 0 has at least one.
func bar(n, most, cells int) string {
	if n == 0 {
		return ""
	}
	return strings.Repeat("█", max(1, n*cells/most))
}

// forAndAgainst writes the strongest quote and a dissenting one.
func (s *sheet) forAndAgainst(t insight.Theme, margin int) {
	const lead = 9 // "against  "
	indent := strings.Repeat(" ", margin)
	if !t.Strongest.IsZero() {
		s.hang(indent+"for", margin+lead, s.spoken(t.Strongest))
	}
	if !t.Dissent.IsZero() {
		s.hang(indent+"against", margin+lead, s.spoken(t.Dissent))
	}
}

// overTime writes how many new themes the last interviews brought, and how many problems were
// confirmed as they had been heard.
func (s *sheet) overTime(all []interview.Summary) {
	const newest = 10
	hearings := insight.Hearings(all)
	hearings = hearings[max(0, len(hearings)-newest):]
	fresh := app.Map(hearings, func(h insight.Hearing) string { return fmt.Sprint(len(h.New)) })
	s.line("")
	s.hang("", 0, fmt.Sprintf("New themes in the last %s, oldest first: %s", app.Count(len(fresh), "interview", "interviews"), strings.Join(fresh, " ")))
	asHeard, confirmed := 0, 0
	for _, c := range insight.Confirmations(all) {
		asHeard += len(c.AsHeard)
		confirmed += len(c.AsHeard) + len(c.Corrected)
	}
	if confirmed > 0 {
		s.hang("", 0, fmt.Sprintf("Confirmed without correction: %d of %s", asHeard, app.Count(confirmed, "problem", "problems")))
	}
	if n := len(insight.Untagged(all)); n > 0 {
		s.hang("", 0, fmt.Sprintf("Without a theme: %s; hark themes --suggest offers some", app.Count(n, "problem", "problems")))
	}
}

// show shows the problems, lines and interviews of one theme.
func (t *theming) show(theme insight.Theme) error {
	s := t.sheet()
	s.hang("", 0, tag(theme.Name)+": "+figures(theme))
	s.hang("", 0, plain.Terminal(strings.Join(theme.Customers, ", ")))
	s.WriteString("\n")
	s.forAndAgainst(theme, 0)
	const cells = stateCells + 2
	problem := func(p insight.Problem) {
		s.hang("  "+string(p.Status), cells, s.worded(p))
		s.hang("", cells, joinWords(" · ", p.No(), p.Rating(), plain.Terminal(p.HowOften), plain.Terminal(p.Reason), s.day(p.Ref.Met), s.where(p.Ref, 0), fmt.Sprintf("problem %s", p.Number)))
	}
	s.section("Problems", len(theme.Problems), func(i int) { problem(theme.Problems[i]) })
	s.section("They said no to", len(theme.Refused), func(i int) { problem(theme.Refused[i]) })
	s.section("Set aside", len(theme.SetAside), func(i int) { problem(theme.SetAside[i]) })
	s.section("Said besides", len(theme.Lines), func(i int) {
		l := theme.Lines[i]
		s.shows(l.Ref, l.Quoted())
		s.hang("", 2, plain.Terminal(l.Worded()))
		s.hang("", 4, joinWords(" · ", plain.Terminal(l.Speaker), s.day(l.Ref.Met), s.where(l.Ref, l.Number)))
	})
	s.section("Interviews", len(theme.Interviews), func(i int) {
		r := theme.Interviews[i]
		s.hang("  "+r.Interview.Short(), 11, s.day(r.Met)+" · "+plain.Terminal(r.Customer))
	})
	return t.print(s, 0)
}

// suggestions offers themes for problems that have none.
func (t *theming) suggestions(all []insight.Suggestion) error {
	const none = "Nothing to suggest: no problem without a theme shares its words with others"
	return listing(t.Commands, t.output, all, newSuggestionDoc, none, func(s *sheet, shown []insight.Suggestion) {
		for _, one := range shown {
			s.hang("", 0, s.worded(one.Problem)+" · "+s.where(one.Problem.Ref, 0)+fmt.Sprintf(" · problem %s", one.Problem.Number))
			for _, theme := range one.Themes {
				why := " by “" + plain.Terminal(strings.Join(theme.Words, "”, “")) + "”"
				if theme.New {
					why = " (new)" + why
				}
				s.hang("", 4, tag(theme.Name)+why)
				for _, p := range theme.Like {
					s.hang("", 6, s.worded(p)+" · "+s.where(p.Ref, 0))
				}
			}
		}
	})
}

// table shows how many problems are how bad and come up how often.
func (t *theming) table(w *insight.Weights) error {
	const worst = 5
	cells := []weightDoc{}
	rows := [][]string{{"how bad"}}
	for _, often := range insight.Oftens() {
		rows[0] = append(rows[0], often.String())
	}
	for bad := worst; bad >= 0; bad-- {
		row := []string{fmt.Sprintf("%d of %d", bad, worst)}
		if bad == 0 {
			row[0] = "not asked"
		}
		for _, often := range insight.Oftens() {
			problems, figure := w.At(bad, often), "·"
			if len(problems) > 0 {
				figure = fmt.Sprint(len(problems))
				cells = append(cells, weightDoc{HowBad: bad, HowOften: often.String(), Problems: app.Map(problems, newProblemDoc)})
			}
			row = append(row, figure)
		}
		rows = append(rows, row)
	}
	if t.output.JSON {
		return t.writeJSON(cells)
	}
	return t.Table(rows)
}

// themeDoc is one theme as a JSON document.
type themeDoc struct {
	Theme      string         `json:"theme"`
	Customers  int            `json:"customers"`  // distinct ones
	Problems   int            `json:"problems"`   // that were neither set aside nor refused
	Interviews []interview.ID `json:"interviews"` // newest first
	Quotes     []string       `json:"quotes"`     // strongest first
	Strongest  *quoteDoc      `json:"strongest,omitempty"`
	Dissent    *quoteDoc      `json:"dissent,omitempty"`
	At         []string       `json:"at"` // the customers by name
	Behind     []problemDoc   `json:"behind"`
	Refused    []problemDoc   `json:"refused"`
	SetAside   []problemDoc   `json:"set_aside"`
	Lines      []lineDoc      `json:"lines"`
}

// quoteDoc is what somebody said.
type quoteDoc struct {
	refDoc
	Text     string `json:"text"`
	Speaker  string `json:"speaker,omitempty"`
	Role     string `json:"role,omitempty"`
	Verbatim bool   `json:"verbatim"`
	Reason   string `json:"reason,omitempty"`
	Refused  bool   `json:"refused,omitempty"`
}

// lineDoc is one tagged line.
type lineDoc struct {
	refDoc
	Kind    interview.LineKind `json:"kind"`
	Text    string             `json:"text"`
	Speaker string             `json:"speaker,omitempty"`
}

// suggestionDoc is a problem with the themes that it could have.
type suggestionDoc struct {
	Problem problemDoc          `json:"problem"`
	Themes  []suggestedThemeDoc `json:"themes"`
}

// suggestedThemeDoc is one of those themes.
type suggestedThemeDoc struct {
	Theme string       `json:"theme"`
	New   bool         `json:"new"`
	Words []string     `json:"words"`
	Like  []problemDoc `json:"like"`
}

// weightDoc is one cell of the table of weights that is not empty.
type weightDoc struct {
	HowBad   int          `json:"how_bad,omitempty"` // absent where nobody rated it
	HowOften string       `json:"how_often"`
	Problems []problemDoc `json:"problems"`
}

func newThemeDoc(t insight.Theme) themeDoc {
	return themeDoc{
		Theme: t.Name, Customers: len(t.Customers), Problems: len(t.Problems),
		Interviews: app.Map(t.Interviews, func(r insight.Ref) interview.ID { return r.Interview }),
		Quotes:     app.Map(t.Quotes, func(q insight.Quote) string { return q.Text }),
		Strongest:  newQuoteDoc(t.Strongest), Dissent: newQuoteDoc(t.Dissent),
		At: append([]string{}, t.Customers...), Behind: app.Map(t.Problems, newProblemDoc), SetAside: app.Map(t.SetAside, newProblemDoc), Refused: app.Map(t.Refused, newProblemDoc),
		Lines: app.Map(t.Lines, func(l insight.Line) lineDoc {
			return lineDoc{refDoc: newRefDoc(l.Ref), Kind: l.Kind, Text: l.Text, Speaker: l.Speaker}
		}),
	}
}

// newQuoteDoc returns nil for no quote.
func newQuoteDoc(q insight.Quote) *quoteDoc {
	if q.IsZero() {
		return nil
	}
	return &quoteDoc{
		refDoc: newRefDoc(q.Ref), Text: q.Text, Speaker: q.Speaker, Role: q.Role, Verbatim: q.Verbatim, Reason: q.Reason,
		Refused: q.Refused,
	}
}

func newSuggestionDoc(s insight.Suggestion) suggestionDoc {
	return suggestionDoc{
		Problem: newProblemDoc(s.Problem),
		Themes: app.Map(s.Themes, func(t insight.SuggestedTheme) suggestedThemeDoc {
			return suggestedThemeDoc{Theme: t.Name, New: t.New, Words: t.Words, Like: app.Map(t.Like, newProblemDoc)}
		}),
	}
}
