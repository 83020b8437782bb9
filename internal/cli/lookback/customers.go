package lookback

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Customers is hark customers.
func (a Commands) Customers() *cobra.Command {
	var o app.Output
	cmd := &cobra.Command{
		Use:   "customers [NAME]",
		Short: "Customers, or everything with one of them",
		Long: `Lists the customers, those met last first. With a name, or a unique beginning of
one, it shows everything with that customer on a page: their problems over time and
how they stand now, what they have told you already and need not be asked again,
the people, what was promised both ways, what was carried to whom, and the
interviews.`,
		Example:           `  hark customers harbour`,
		ValidArgsFunction: a.CompleteInterviews,
	}
	cmd.RunE = a.overAll(&o, func(all []interview.Summary, args []string) error {
		customers := insight.Customers(all)
		if len(args) == 0 {
			return a.customers(customers, o)
		}
		name := strings.Join(args, " ")
		fit := insight.Named(customers, func(c insight.Customer) string { return c.Name }, name)
		switch {
		case len(fit) != 1:
			return noSuch("customer", name, app.Map(fit, func(c insight.Customer) string { return c.Name }), "hark customers")
		case o.JSON:
			return a.writeJSON(a.customerDoc(fit[0]))
		}
		return a.customer(fit[0])
	})
	o.AddTo(cmd, app.LimitText("customers", app.ListedAtOnce))
	return cmd
}

// customers lists customers.
func (a Commands) customers(customers []insight.Customer, o app.Output) error {
	shown, more := app.First(customers, o.Limit)
	switch {
	case o.JSON:
		return a.writeJSON(app.Map(shown, a.customerDoc))
	case len(shown) == 0:
		a.Note("%s", app.ErrNoInterviews)
		return nil
	}
	row := func(c insight.Customer) []string {
		open := len(c.OpenPromises(interview.Ours)) + len(c.OpenPromises(interview.Theirs)) + len(c.OpenPromises(""))
		return []string{
			a.CustomerCell(c.Name), a.Day(c.LastMet()),
			app.Count(len(c.Interviews), "interview", "interviews"), app.Count(c.Standing(), "problem", "problems"),
			app.Count(open, "promise", "promises") + " open",
		}
	}
	return a.Rows(app.Map(shown, row), more, allShown)
}

// customer shows everything with one customer.
func (a Commands) customer(c insight.Customer) error {
	s := a.sheet()
	s.aboutOne = true
	for _, r := range refsOf(c) {
		s.shows(r, false)
	}
	s.hang("", 0, plain.Terminal(c.Name))
	met := "met on " + s.day(c.LastMet())
	if n := len(c.Interviews); n > 1 {
		met = fmt.Sprintf("met %d times, from %s to %s", n, s.day(c.FirstMet()), s.day(c.LastMet()))
	}
	s.line(met)
	s.section("Problems over time", len(c.Troubles), func(i int) { s.trouble(c.Troubles[i]) })
	known := c.AlreadyKnown()
	s.section("Already told us: don't ask again", len(known), func(i int) { s.known(known[i]) })
	s.section("People", len(c.People), func(i int) {
		p := c.People[i]
		s.hang("", 2, joinWords(", ", plain.Terminal(p.Name), plain.Terminal(p.Role), p.Standing(), "last met "+s.day(p.Met[0].Met)))
	})
	ours, theirs := c.OpenPromises(interview.Ours), c.OpenPromises(interview.Theirs)
	s.section("What we promised", len(ours), func(i int) { s.promise(ours[i], promiser(ours[i])) })
	s.section("What they promised", len(theirs), func(i int) { s.promise(theirs[i], promiser(theirs[i])) })
	doubtful := c.OpenPromises("")
	s.section("Promised, and whose is to settle", len(doubtful), func(i int) { s.promise(doubtful[i], promiser(doubtful[i])) })
	s.section("Carried to a department", len(c.Routes), func(i int) {
		s.route(c.Routes[i], joinWords(", ", c.Routes[i].Department, c.Routes[i].Owner))
	})
	s.section("Interviews", len(c.Interviews), func(i int) {
		one := c.Interviews[i]
		asked := ""
		if one.Questions > 0 {
			asked = fmt.Sprintf("%d of %s asked", one.Asked, app.Count(one.Questions, "question", "questions"))
		}
		s.hang("  "+one.ID.Short(), 11, joinWords(" · ", s.day(one.StartedAt), plain.Terminal(one.Playbook), string(one.Outcome), asked))
	})
	return a.print(s, 0)
}

// refsOf returns the interviews with a customer.
func refsOf(c insight.Customer) []insight.Ref {
	return app.Map(c.Interviews, func(s interview.Summary) insight.Ref {
		return insight.Ref{Interview: s.ID, Customer: s.Customer, Met: s.StartedAt, Quoting: s.Quotes}
	})
}

// section writes a heading and n items below it, and nothing at all for no item.
func (s *sheet) section(head string, n int, item func(i int)) {
	if n == 0 {
		return
	}
	s.line("\n" + head)
	for i := range n {
		item(i)
	}
}

// trouble writes the status of a problem, and when it came up.
func (s *sheet) trouble(t insight.Trouble) {
	const cells = stateCells + 2
	s.hang("  "+string(t.Status), cells, s.worded(t.Problem))
	var days []string
	for _, m := range t.Mentions {
		day := s.day(m.Ref.Met)
		if m.Status != t.Status {
			day += " " + string(m.Status)
		}
		if no := m.No(); no != "" {
			day += " (" + no + ")"
		}
		days = append(days, day)
	}
	about := "came up on " + strings.Join(days, ", ")
	for _, theme := range t.Themes {
		about += " #" + plain.Terminal(theme)
	}
	s.hang("", cells, about+" · "+s.where(t.Ref, 0))
}

// known writes what is known of a problem.
func (s *sheet) known(t insight.Trouble) {
	s.hang("", 2, s.worded(t.Problem))
	if t.Status == interview.Aside {
		s.hang("", 4, joinWords(": ", "set aside on "+s.day(t.Ref.Met), plain.Terminal(t.Reason)))
	}
	for _, answer := range t.Answers() {
		s.hang("", 4, answer.Text+" on "+s.day(answer.Ref.Met))
	}
	for _, known := range t.Known() {
		s.hang("", 4, plain.Terminal(known))
	}
}

// customerDoc is everything with one customer, as a JSON document.
type customerDoc struct {
	Customer   string         `json:"customer"`
	FirstMet   time.Time      `json:"first_met"`
	LastMet    time.Time      `json:"last_met"`
	Interviews []interview.ID `json:"interviews"` // newest first
	People     []personDoc    `json:"people"`
	Problems   []troubleDoc   `json:"problems"`
	Promises   []promiseDoc   `json:"promises"`
	Routes     []routeDoc     `json:"routes"`
}

// personDoc is a person of a customer.
type personDoc struct {
	Name    string         `json:"name"`
	Role    string         `json:"role,omitempty"`
	Side    interview.Side `json:"side,omitempty"`
	Adviser *bool          `json:"adviser,omitempty"` // absent while nobody asked
	LastMet time.Time      `json:"last_met"`
	allowed
}

// troubleDoc is a problem through all interviews in which it came up.
type troubleDoc struct {
	problemDoc
	Impact       interview.Impact `json:"impact"`
	ConfirmedIn  *refDoc          `json:"confirmed_in,omitempty"`
	DeniedIn     *refDoc          `json:"denied_in,omitempty"`
	AlreadyKnown bool             `json:"already_told"`
	Mentions     []problemDoc     `json:"mentions"` // oldest first
}

func (a Commands) customerDoc(c insight.Customer) customerDoc {
	return customerDoc{
		Customer: c.Name, FirstMet: moment(c.FirstMet()), LastMet: moment(c.LastMet()),
		Interviews: app.Map(c.Interviews, func(s interview.Summary) interview.ID { return s.ID }),
		People:     app.Map(c.People, newPersonDoc),
		Problems: app.Map(c.Troubles, func(t insight.Trouble) troubleDoc {
			doc := troubleDoc{
				problemDoc: newProblemDoc(t.Problem), Impact: t.Impact, AlreadyKnown: t.AlreadyKnown(),
				Mentions: app.Map(t.Mentions, newProblemDoc),
			}
			if !t.ConfirmedIn.Interview.IsZero() {
				doc.ConfirmedIn = new(newRefDoc(t.ConfirmedIn))
			}
			if !t.DeniedIn.Interview.IsZero() {
				doc.DeniedIn = new(newRefDoc(t.DeniedIn))
			}
			return doc
		}),
		Promises: app.Map(c.Promises, a.promiseDoc),
		Routes:   app.Map(c.Routes, a.routeDoc),
	}
}

func newPersonDoc(p insight.Person) personDoc {
	doc := personDoc{Name: p.Name, Role: p.Role, Side: p.Side, LastMet: moment(p.Met[0].Met), allowed: allowed{p.Met[0].Quoting}}
	if p.Asked {
		doc.Adviser = new(p.Adviser)
	}
	return doc
}
