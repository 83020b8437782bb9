package lookback

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/insight"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Advisers is hark advisers.
func (a Commands) Advisers() *cobra.Command {
	var (
		o           app.Output
		card, since string
	)
	cmd := &cobra.Command{
		Use:   "advisers",
		Short: "Who agreed to be asked again, and what we owe them",
		Long: `Shows the board of advisers, those not asked for longest first: who they are, when
they were asked last, what they told us by theme, what was done about it, and what
we still owe them.

--card puts a theme to the board: it prints what to ask, with room to write, a card
for each adviser who has not spoken of the theme, and says who has. An adviser has
spoken of it who told us of a problem with it or said a line tagged with it; with
--since, in an interview on that day or later. What customers said who do not want
to be quoted is not on the card.`,
		Example: `  hark advisers
  hark advisers --card rework | lp`,
	}
	run := a.overAll(&o, func(all []interview.Summary, _ []string) error {
		if card != "" {
			return a.putCard(all, card, since, o)
		}
		return a.advisers(insight.Advisers(all), o)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case cmd.Flags().Changed("card") && card == "":
			return app.Usagef("--card names no theme; write --card THEME, or leave it away")
		case since != "" && card == "":
			return app.Usagef("--since goes with --card THEME: the day on which the theme was put to the board")
		}
		return run(cmd, args)
	}
	o.AddTo(cmd, app.LimitText("advisers", app.ListedAtOnce))
	cmd.Flags().StringVar(&card, "card", "", "what to ask them about `THEME`, to print")
	cmd.Flags().StringVar(&since, "since", "", "with --card: only what was said on `DAY` or later counts as answered, as in 2026-12-03")
	app.Complete(cmd, "card", a.completeThemes)
	return cmd
}

func (a Commands) advisers(board []insight.Adviser, o app.Output) error {
	return listing(a, o, board, a.adviserDoc, noAdvisers, func(s *sheet, shown []insight.Adviser) {
		for i, one := range shown {
			if i > 0 {
				s.line("")
			}
			s.adviser(one)
		}
	})
}

// noAdvisers is what is said where there are none.
const noAdvisers = "Nobody agreed to be asked again yet; ask, and /adviser NAME keeps that they did"

// onHold says of a solution that it is held.
func onHold(held bool) string {
	if held {
		return "held until its problems are confirmed as they are worded now"
	}
	return ""
}

// adviser writes what one adviser told us, and what we owe them.
func (s *sheet) adviser(a insight.Adviser) {
	for _, met := range a.Met {
		s.shows(met, false)
	}
	s.hang("", 0, plain.Terminal(a.Introduced()))
	s.hang("", 2, fmt.Sprintf("last asked on %s · %s · %s", s.day(a.LastAsked()), a.Met[0].Interview.Short(), app.Count(len(a.Met), "interview", "interviews")))
	for _, t := range a.Themes {
		head := tag(t.Theme)
		if t.Theme == "" {
			head = "without a theme"
		}
		s.hang("", 2, head)
		for _, p := range t.Problems {
			s.hang("", 4, joinWords(" · ", s.worded(p.Problem), string(p.Status), p.No(), s.day(p.Ref.Met)))
			for _, r := range p.Routes {
				done := "carried to " + plain.Terminal(r.Department) + ": " + string(r.State(s.today))
				if !r.Waits() {
					done += ": " + plain.Terminal(r.Answer)
				}
				s.hang("", 6, joinWords(" · ", done, r.Hold))
			}
			for _, one := range p.Solutions {
				s.hang("", 6, joinWords(", ", "worked out: "+plain.Terminal(one.Text), string(one.Decided()), onHold(one.Held)))
			}
		}
	}
	if len(a.OwedPromises)+len(a.OwedRoutes) == 0 {
		s.hang("", 2, "nothing is owed to them")
		return
	}
	s.hang("", 2, "we owe them")
	for _, p := range a.OwedPromises {
		do := plain.Terminal(p.Text)
		if p.State(s.today) == interview.StateDone {
			do = "to tell them that it is done: " + do
		}
		s.hang("", 4, joinWords(" · ", do, p.Due.String(), s.where(p.Ref, p.Number)))
	}
	for _, r := range a.OwedRoutes {
		do := "an answer from " + plain.Terminal(r.Department)
		if r.State(s.today) == interview.StateAnswered {
			do = "to tell them what " + plain.Terminal(r.Department) + " answered"
		}
		s.hang("", 4, joinWords(" · ", do, r.Due.String(), s.where(r.Ref, r.Number)))
	}
}

// putCard prints the cards that put a theme to the board.
func (a Commands) putCard(all []interview.Summary, name, since string, o app.Output) error {
	var day interview.Date
	if err := day.UnmarshalText([]byte(since)); err != nil {
		return app.Usagef("%q is no day; write it as in --since 2026-12-03", since)
	}
	var from time.Time
	if !day.IsZero() {
		from = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, a.Zone)
	}
	theme, err := namedTheme(insight.Themes(all), name)
	if err != nil {
		return err
	}
	board, _ := insight.Put(all, theme.Name, from)
	if o.JSON {
		return a.writeJSON(a.boardDoc(board))
	}
	waiting, more := app.First(board.Waiting, o.Limit)
	s := a.sheet()
	for _, q := range board.Questions {
		s.shows(q.Ref, q.Quoted)
	}
	for i, one := range waiting {
		if i > 0 {
			s.WriteString("\f") // a page of its own
		}
		s.shows(one.Met[0], false)
		s.Write(export.Card(board.Guide(one)))
	}
	if err := a.print(s, more); err != nil {
		return err
	}
	for _, r := range board.Answered {
		a.Note("%s has spoken of #%s already: %s on %s", r.Adviser.Introduced(), board.Theme, r.Refs[0].Interview.Short(), a.Day(r.Refs[0].Met))
	}
	if len(board.Answered)+len(board.Waiting) == 0 {
		a.Note("%s", noAdvisers)
	}
	return nil
}

// adviserDoc is one adviser as a JSON document.
type adviserDoc struct {
	Customer   string            `json:"customer"`
	Name       string            `json:"name"`
	Role       string            `json:"role,omitempty"`
	LastAsked  time.Time         `json:"last_asked"`
	Interviews []interview.ID    `json:"interviews"` // newest first
	Themes     []adviserThemeDoc `json:"told"`
	Owed       owedDoc           `json:"owed"`
	allowed
}

// adviserThemeDoc is what an adviser told us about one theme.
type adviserThemeDoc struct {
	Theme    string        `json:"theme,omitempty"` // absent for problems without one
	Problems []followedDoc `json:"problems"`
}

// followedDoc is a problem and what was done about it.
type followedDoc struct {
	problemDoc
	Routes    []routeDoc    `json:"routes"`
	Solutions []solutionDoc `json:"solutions"`
}

// solutionDoc is one solution.
type solutionDoc struct {
	interchange.Numbered
	Text     string             `json:"text"`
	Decision interview.Decision `json:"decision,omitempty"`
	Held     bool               `json:"held"`
}

// owedDoc is what we still owe an adviser.
type owedDoc struct {
	Promises []promiseDoc `json:"promises"`
	Routes   []routeDoc   `json:"routes"`
}

// boardDoc is a theme put to the board.
type boardDoc struct {
	Theme     string       `json:"theme"`
	Questions []problemDoc `json:"questions"`
	Waiting   []adviserDoc `json:"waiting"`
	Answered  []replyDoc   `json:"answered"`
}

// replyDoc is an adviser who has spoken of a theme, and where.
type replyDoc struct {
	Adviser adviserDoc `json:"adviser"`
	In      []refDoc   `json:"in"` // newest first
}

func (a Commands) adviserDoc(one insight.Adviser) adviserDoc {
	return adviserDoc{
		Customer: one.Customer, Name: one.Name, Role: one.Role, LastAsked: moment(one.LastAsked()), allowed: allowed{one.Met[0].Quoting},
		Interviews: app.Map(one.Met, func(r insight.Ref) interview.ID { return r.Interview }),
		Themes: app.Map(one.Themes, func(t insight.AdviserTheme) adviserThemeDoc {
			return adviserThemeDoc{Theme: t.Theme, Problems: app.Map(t.Problems, func(f insight.Followed) followedDoc {
				return followedDoc{
					problemDoc: newProblemDoc(f.Problem), Routes: app.Map(f.Routes, a.routeDoc),
					Solutions: app.Map(f.Solutions, func(s interview.SolutionSummary) solutionDoc {
						return solutionDoc{Numbered: interchange.NumberOf(s.Number), Text: s.Text, Decision: s.Decided(), Held: s.Held}
					}),
				}
			})}
		}),
		Owed: owedDoc{Promises: app.Map(one.OwedPromises, a.promiseDoc), Routes: app.Map(one.OwedRoutes, a.routeDoc)},
	}
}

func (a Commands) boardDoc(b insight.Board) boardDoc {
	return boardDoc{
		Theme: b.Theme, Questions: app.Map(b.Questions, newProblemDoc), Waiting: app.Map(b.Waiting, a.adviserDoc),
		Answered: app.Map(b.Answered, func(r insight.Reply) replyDoc { return replyDoc{a.adviserDoc(r.Adviser), app.Map(r.Refs, newRefDoc)} }),
	}
}
