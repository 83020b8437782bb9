package lookback

import (
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/insight"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Routes is hark routes.
func (a Commands) Routes() *cobra.Command {
	var (
		o          app.Output
		department string
		byPerson   bool
	)
	cmd := &cobra.Command{
		Use:   "routes",
		Short: "What was carried to whom, oldest first",
		Long: `Lists the problems that were carried to a department, by department, oldest
first: how they stand, when an answer is due, who answers for it, the answer, and
whether the customer was told of it.`,
		Example: `  hark routes --department engineering
  hark routes --by-person`,
	}
	cmd.RunE = a.overAll(&o, func(all []interview.Summary, _ []string) error {
		set, err := a.Settings()
		if err != nil {
			return err
		}
		routes := insight.Routes(all)
		if cmd.Flags().Changed("department") {
			if routes, err = routesOf(routes, set.Departments, department); err != nil {
				return err
			}
		}
		return a.routes(routes, set.Departments, byPerson, o)
	})
	o.AddTo(cmd, app.LimitText("routes", app.ListedAtOnce))
	cmd.Flags().StringVar(&department, "department", "", "only those carried to department `NAME`, or the beginning of it")
	cmd.Flags().BoolVar(&byPerson, "by-person", false, "in parts, one for each person who answers for them")
	app.Complete(cmd, "department", a.completeDepartments)
	return cmd
}

// completeDepartments offers the departments of the settings.
func (a Commands) completeDepartments(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	set, err := a.Settings()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return app.Map(set.Departments, plain.Terminal), cobra.ShellCompDirectiveNoFileComp
}

// routesOf returns the routes to the department that a name means.
func routesOf(routes []insight.Route, departments []string, name string) ([]insight.Route, error) {
	fit := insight.Named(insight.ByDepartment(routes, departments), func(g insight.Group[insight.Route]) string { return g.Name }, name)
	if len(fit) != 1 {
		names := app.Map(fit, func(g insight.Group[insight.Route]) string { return g.Name })
		return nil, noSuch("department", name, names, "hark routes")
	}
	return fit[0].Items, nil
}

func (a Commands) routes(routes []insight.Route, departments []string, byPerson bool, o app.Output) error {
	const none = "Nothing was carried there yet; /route P DEPARTMENT carries a confirmed problem"
	return listing(a, o, routes, a.routeDoc, none, func(s *sheet, shown []insight.Route) {
		groups := insight.ByDepartment(shown, departments)
		if byPerson {
			groups = insight.RoutesByPerson(shown)
		}
		for _, g := range groups {
			if len(g.Items) == 0 {
				continue
			}
			if s.Len() > 0 {
				s.line("")
			}
			s.hang("", 0, groupName(g.Name, "", "nobody named"))
			for _, r := range g.Items {
				who := r.Owner
				if byPerson {
					who = r.Department
				}
				s.route(r, who)
			}
		}
	})
}

// route writes one route. who is its department or its owner, whichever no heading says.
func (s *sheet) route(r insight.Route, who string) {
	const cells = stateCells + dayCells
	state := r.State(s.today)
	s.shows(r.Ref, r.Quoted)
	s.hang(plain.Pad(string(state), stateCells)+r.Due.String(), cells, plain.Terminal(r.Worded))
	s.hang("", cells, joinWords(" · ", plain.Terminal(who), s.where(r.Ref, r.Number), "since "+s.day(r.Since()), r.No, r.Hold))
	if !r.Waits() {
		s.hang("", cells, "answer: "+plain.Terminal(strings.TrimSpace(r.Answer)))
	}
	switch state {
	case interview.StateTold:
		s.hang("", cells, "they were told on "+s.day(r.ToldAt))
	case interview.StateAnswered:
		s.hang("", cells, "nobody told them yet")
	case interview.StateOpen, interview.StateDue, interview.StateOverdue, interview.StateDone:
	}
}

// routeDoc is one route as a JSON document.
type routeDoc struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	interchange.Route
	Statement string          `json:"statement,omitempty"`
	Quoted    bool            `json:"quoted"`
	Denied    bool            `json:"denied,omitempty"` // they said no to the problem
	State     interview.State `json:"state"`
	allowed
}

func (a Commands) routeDoc(r insight.Route) routeDoc {
	r.At = r.Since()
	return routeDoc{r.Ref.Interview, r.Ref.Customer, interchange.ListedRoute(r.RouteSummary, r.Hold != ""), r.Statement, r.Quoted, r.No != "", r.State(a.today()), allowed{r.Ref.Quoting}}
}
