package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/export"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
)

func (a *app) advisersCommand() *cobra.Command {
	var (
		o           output
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
		Args:              atMost(0),
		ValidArgsFunction: noCompletion,
	}
	look := a.lookingBack(&o, func(all []interview.Summary, _ []string) error {
		if card != "" {
			return a.putCard(all, card, since, o)
		}
		return a.advisers(insight.Advisers(all), o)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case cmd.Flags().Changed("card") && card == "":
			return usagef("--card names no theme; write --card THEME, or leave it away")
		case since != "" && card == "":
			return usagef("--since goes with --card THEME: the day on which the theme was put to the board")
		}
		return look(cmd, args)
	}
	o.addTo(cmd, limitText("advisers"))
	cmd.Flags().StringVar(&card, "card", "", "what to ask them about `THEME`, to print")
	cmd.Flags().StringVar(&since, "since", "", "with --card: only what was said on `DAY` or later counts as answered, as in 2026-12-03")
	a.complete(cmd, "card", a.completeThemes)
	return cmd
}

func (a *app) advisers(board []insight.Adviser, o output) error {
	today := interview.DateOf(a.now())
	shown, more := first(board, o.limit)
	switch {
	case o.json:
		return a.writeJSON(docs(shown, func(one insight.Adviser) adviserDoc { return newAdviserDoc(one, today) }))
	case len(shown) == 0:
		a.note("Nobody agreed to be asked again yet; ask, and /adviser NAME keeps that they did")
		return nil
	}
	s := a.sheet()
	for i, one := range shown {
		if i > 0 {
			s.line("")
		}
		s.adviser(one, today)
	}
	if err := a.print(s); err != nil {
		return err
	}
	a.noteMore(more)
	return nil
}

// adviser writes what one adviser told us and is owed.
func (s *sheet) adviser(a insight.Adviser, today interview.Date) {
	s.hang("", 0, introduce(a))
	s.hang("", 2, fmt.Sprintf("last asked on %s · %s · %s", s.day(a.LastAsked()), a.Met[0].Interview.Short(), count(len(a.Met), "interview", "interviews")))
	for _, t := range a.Told {
		head := tag(t.Theme)
		if t.Theme == "" {
			head = "without a theme"
		}
		s.hang("", 2, head)
		for _, p := range t.Problems {
			s.hang("", 4, worded(p.Problem)+" · "+string(p.Status)+" · "+s.day(p.Ref.Met))
			for _, r := range p.Routes {
				done := "carried to " + plain.Terminal(r.Department) + ": " + string(r.State(today))
				if r.Answer != "" {
					done += ": " + plain.Terminal(r.Answer)
				}
				s.hang("", 6, done)
			}
			for _, one := range p.Solutions {
				s.hang("", 6, joinWords(", ", "worked out: "+plain.Terminal(one.Text), string(one.Decision)))
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
		if p.State(today) == insight.Done {
			do = "to tell them that it is done: " + do
		}
		s.hang("", 4, joinWords(" · ", do, p.Due.String(), s.where(p.Ref, p.Number)))
	}
	for _, r := range a.OwedRoutes {
		do := "an answer from " + plain.Terminal(r.Department)
		if r.State(today) == insight.Answered {
			do = "to tell them what " + plain.Terminal(r.Department) + " answered"
		}
		s.hang("", 4, joinWords(" · ", do, r.Due.String(), s.where(r.Ref, r.Number)))
	}
}

// introduce says who an adviser is.
func introduce(a insight.Adviser) string {
	return joinWords(", ", plain.Terminal(a.Name), plain.Terminal(a.Role), plain.Terminal(a.Customer))
}

// putCard puts a theme to the board.
func (a *app) putCard(all []interview.Summary, name, since string, o output) error {
	var day interview.Date
	if err := day.UnmarshalText([]byte(since)); err != nil {
		return usagef("%q is no day; write it as in --since 2026-12-03", since)
	}
	var from time.Time
	if !day.IsZero() {
		from = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, a.env.Zone)
	}
	theme, err := namedTheme(insight.Themes(all), name)
	if err != nil {
		return err
	}
	board, _ := insight.Put(all, theme.Name, from)
	if o.json {
		return a.writeJSON(newBoardDoc(board, interview.DateOf(a.now())))
	}
	waiting, more := first(board.Waiting, o.limit)
	var text strings.Builder
	for i, one := range waiting {
		if i > 0 {
			text.WriteString("\f") // a sheet of its own
		}
		text.Write(export.Card(board.Guide(one)))
	}
	if _, err := a.out.WriteString(text.String()); err != nil {
		return err
	}
	a.noteMore(more)
	for _, r := range board.Answered {
		a.note("%s has spoken of #%s already: %s on %s", introduce(r.Adviser), board.Theme, r.Refs[0].Interview.Short(), a.day(r.Refs[0].Met))
	}
	if len(board.Answered)+len(board.Waiting) == 0 {
		a.note("Nobody agreed to be asked again yet; ask, and /adviser NAME keeps that they did")
	}
	return nil
}

// adviserDoc is one adviser as a JSON document.
type adviserDoc struct {
	Customer   string         `json:"customer"`
	Name       string         `json:"name"`
	Role       string         `json:"role,omitempty"`
	LastAsked  time.Time      `json:"last_asked"`
	Interviews []interview.ID `json:"interviews"` // newest first
	Told       []toldDoc      `json:"told"`
	Owed       owedDoc        `json:"owed"`
}

// toldDoc is what an adviser told us about one theme.
type toldDoc struct {
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
	Number   int                `json:"number"`
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

func newAdviserDoc(a insight.Adviser, today interview.Date) adviserDoc {
	promise := func(p insight.Promise) promiseDoc { return newPromiseDoc(p, today) }
	route := func(r insight.Route) routeDoc { return newRouteDoc(r, today) }
	return adviserDoc{
		Customer: a.Customer, Name: a.Name, Role: a.Role, LastAsked: moment(a.LastAsked()),
		Interviews: docs(a.Met, func(r insight.Ref) interview.ID { return r.Interview }),
		Told: docs(a.Told, func(t insight.ToldTheme) toldDoc {
			return toldDoc{Theme: t.Theme, Problems: docs(t.Problems, func(f insight.Followed) followedDoc {
				return followedDoc{
					problemDoc: newProblemDoc(f.Problem), Routes: docs(f.Routes, route),
					Solutions: docs(f.Solutions, func(s interview.SolutionSummary) solutionDoc {
						return solutionDoc{Number: s.Number, Text: s.Text, Decision: s.Decision, Held: s.Held}
					}),
				}
			})}
		}),
		Owed: owedDoc{Promises: docs(a.OwedPromises, promise), Routes: docs(a.OwedRoutes, route)},
	}
}

func newBoardDoc(b insight.Board, today interview.Date) boardDoc {
	adviser := func(a insight.Adviser) adviserDoc { return newAdviserDoc(a, today) }
	return boardDoc{
		Theme: b.Theme, Questions: docs(b.Questions, newProblemDoc), Waiting: docs(b.Waiting, adviser),
		Answered: docs(b.Answered, func(r insight.Reply) replyDoc { return replyDoc{adviser(r.Adviser), docs(r.Refs, newRefDoc)} }),
	}
}
