// Package customer is the page of one customer: their problems over time, what they have told us,
// the people, the promises of both sides, and the interviews.
package customer

import (
	"fmt"
	"strings"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/page"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// Model is the page of one customer.
type Model struct {
	*page.Board
	name string
}

// New returns the page of a customer, named in full without regard to case. Init reads it.
func New(env *screen.Env, name string) *Model {
	m := &Model{name: name}
	m.Board = page.NewBoard(env, m.query)
	return m
}

// query selects the customer's interviews first: nothing else is needed of the others.
func (m *Model) query(all []interview.Summary) func() page.Sheet {
	var theirs []interview.Summary
	for _, s := range all {
		if plain.FoldName(s.Customer) == plain.FoldName(m.name) {
			theirs = append(theirs, s)
		}
	}
	customers := insight.Customers(theirs)
	if len(customers) == 0 {
		sheet := page.Sheet{Head: m.name, Title: "Everything with them", Empty: "There is no interview with this customer any more.\nu in the library brings back what was deleted there last.\nn in the library begins a new one."}
		return func() page.Sheet { return sheet }
	}
	sheet := m.sheet(customers[0])
	return func() page.Sheet { return sheet }
}

// sheet lays out the page.
func (m *Model) sheet(c insight.Customer) page.Sheet {
	zone := m.Env.Zone
	met := "met on " + show.Day(c.LastMet(), zone)
	if n := len(c.Interviews); n > 1 {
		met = fmt.Sprintf("met %d times, from %s to %s", n, show.Day(c.FirstMet(), zone), show.Day(c.LastMet(), zone))
	}
	ours, theirs := c.OpenPromises(interview.Ours), c.OpenPromises(interview.Theirs)
	for _, p := range c.Promises {
		if p.ToTell() {
			ours = append(ours, p)
		}
	}
	problems := page.List("Problems over time", c.Troubles, m.problem)
	problems.Detail = fmt.Sprintf("%d of %d stand", c.Standing(), len(c.Troubles))
	return page.Sheet{
		Head: c.Name, Title: "Everything with them", Detail: met,
		Sections: []page.Section{
			problems, page.List("Already told us: don't ask again", c.AlreadyKnown(), m.known),
			page.List("What we promised", ours, m.promise), page.List("What they promised", theirs, m.promise),
			page.List("Promised, and whose is to settle", c.OpenPromises(""), m.promise),
			page.List("Carried to a department", c.Routes, m.route), page.List("People", c.People, m.person),
			page.List("Interviews", c.Interviews, m.interview),
		},
	}
}

// problem is one of their problems, with when it came up.
func (m *Model) problem(t insight.Trouble) page.Item {
	return page.Item{
		Key: fmt.Sprint("trouble", t.Ref.Interview, t.Number), Apart: true, Open: page.At(t.Ref),
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			style, status := s.Problem, s.Muted
			switch t.Status {
			case interview.Aside:
				style = s.Faint
			case interview.Confirmed:
				status = s.Confirmed
			case interview.Heard, interview.Weighed:
			}
			more = page.Detail(show.Joined(page.StatusOf(t.Problem), page.Tags(t.Themes)), width, status)
			return show.Hang("", 0, t.Problem.Worded(), width, style), append(more, page.Detail(m.mentions(t), width, s.Muted)...)
		},
	}
}

// mentions describes when a problem came up, with its status then where that was another.
func (m *Model) mentions(t insight.Trouble) string {
	days := make([]string, len(t.Mentions))
	for i, one := range t.Mentions {
		days[i] = show.Day(one.Ref.Met, m.Env.Zone)
		if one.Status != t.Status {
			days[i] += " (" + show.Status(one.Status) + ")"
		}
		if no := one.No(); no != "" {
			days[i] += " (" + no + ")"
		}
	}
	return "came up on " + strings.Join(days, ", ")
}

// known is a problem with what need not be asked again.
func (m *Model) known(t insight.Trouble) page.Item {
	return page.Item{
		Key: fmt.Sprint("told", t.Ref.Interview, t.Number), Apart: true, Open: page.At(t.Ref),
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			if t.Status == interview.Aside {
				more = page.Detail("set aside on "+show.Day(t.Ref.Met, m.Env.Zone)+prefixed(": ", t.Reason), width, s.Muted)
			}
			for _, answer := range t.Answers() {
				more = append(more, page.Detail(answer.Text+" on "+show.Day(answer.Ref.Met, m.Env.Zone), width, s.Text)...)
			}
			for _, known := range t.Known() {
				more = append(more, page.Detail(known, width, s.Text)...)
			}
			return show.Hang("", 0, t.Problem.Worded(), width, s.Problem), more
		},
	}
}

func (m *Model) promise(p insight.Promise) page.Item {
	return page.Promise(m.Env, p, "promise", show.Owner(p.Owner, p.Side), show.Day(p.Since(), m.Env.Zone))
}

func (m *Model) route(r insight.Route) page.Item {
	return page.Route(m.Env, r, "route", r.Department, r.Owner)
}

func (m *Model) person(p insight.Person) page.Item {
	return page.Item{
		Key: "person" + string(p.Side) + p.Name, Open: page.At(p.Met[0]),
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			who := s.Text.Render(plain.Terminal(p.Name)) + s.Muted.Render(plain.Terminal(prefixed(", ", p.Role)+prefixed(", ", p.Standing())))
			return []string{widget.Pair(who, s.Muted.Render("last met "+show.Day(p.Met[0].Met, m.Env.Zone)), width)}, nil
		},
	}
}

// prefixed returns a text after its prefix, "" without a text.
func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

func (m *Model) interview(sum interview.Summary) page.Item {
	return page.Item{
		Key: "interview" + sum.ID.String(), Open: screen.GoReview{Interview: sum.ID},
		Draw: func(width int, s theme.Styles) (lit, more []string) {
			how := sum.Outcome.Words()
			if !sum.Ended() {
				how = "open"
			}
			asked := ""
			if sum.Questions > 0 {
				asked = fmt.Sprintf("%d of %s asked", sum.Asked, show.Count(sum.Questions, "question", "questions"))
			}
			rest := plain.Terminal(show.Joined(sum.Playbook, how, asked))
			return []string{widget.Fit(s.Text.Render(show.Day(sum.StartedAt, m.Env.Zone))+s.Muted.Render(" · "+rest), width)}, nil
		},
	}
}

var _ screen.Screen = (*Model)(nil)
