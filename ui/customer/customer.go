// Package customer is the screen of everything with one customer on one page:
// their problems over time, what they have told us already, the people, what was
// promised both ways, and the interviews.
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

// New returns the page of a customer, named in full without regard to case. It is
// read by Init.
func New(env *screen.Env, name string) *Model {
	m := &Model{name: name}
	m.Board = page.NewBoard(env, m.look)
	return m
}

// look finds the customer among all. Interviews with others are left out first:
// what is known of one customer is in their own.
func (m *Model) look(all []interview.Summary) func() page.Sheet {
	var theirs []interview.Summary
	for _, s := range all {
		if plain.Fold(s.Customer) == plain.Fold(m.name) {
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
		if p.Side == interview.Ours && !p.DoneAt.IsZero() && p.ToldAt.IsZero() {
			ours = append(ours, p)
		}
	}
	return page.Sheet{
		Head: c.Name, Title: "Everything with them", Detail: met,
		Sections: []page.Section{
			m.troubles(c.Troubles), m.told(c.AlreadyTold()),
			m.promises("What we promised", ours), m.promises("What they promised", theirs),
			m.routes(c.Routes), m.people(c.People), m.interviews(c.Interviews),
		},
	}
}

// troubles are their problems over time.
func (m *Model) troubles(all []insight.Trouble) page.Section {
	section := page.Section{Title: "Problems over time", Short: fmt.Sprint(len(all))}
	standing := 0
	for i, t := range all {
		if t.Status != interview.Aside {
			standing++
		}
		section.Items = append(section.Items, page.Item{
			Of: "trouble" + t.Ref.Interview.String() + fmt.Sprint(t.Number), Apart: i > 0, Open: page.At(t.Ref),
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				style := s.Problem
				if t.Status == interview.Aside {
					style = s.Faint
				}
				so := s.Muted
				if t.Status == interview.Confirmed {
					so = s.Confirmed
				}
				more = page.Detail(show.Joined(page.StatusOf(t.Problem), page.Tags(t.Themes)), width, so)
				return show.Hang("", 0, page.Worded(t.Problem), width, style), append(more, page.Detail(m.came(t), width, s.Muted)...)
			},
		})
	}
	section.Detail = fmt.Sprintf("%d of %d stand", standing, len(all))
	return section
}

// came says when a problem came up, and how it stood then where that was
// otherwise.
func (m *Model) came(t insight.Trouble) string {
	days := make([]string, len(t.Mentions))
	for i, one := range t.Mentions {
		days[i] = show.Day(one.Ref.Met, m.Env.Zone)
		if one.Status != t.Status {
			days[i] += " (" + show.Status(one.Status) + ")"
		}
	}
	return "came up on " + strings.Join(days, ", ")
}

// told is what need not be asked again.
func (m *Model) told(all []insight.Trouble) page.Section {
	section := page.Section{Title: "Already told us: don't ask again", Short: fmt.Sprint(len(all))}
	for i, t := range all {
		section.Items = append(section.Items, page.Item{
			Of: "told" + t.Ref.Interview.String() + fmt.Sprint(t.Number), Apart: i > 0, Open: page.At(t.Ref),
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				if t.Status == interview.Aside {
					more = page.Detail("set aside on "+show.Day(t.Ref.Met, m.Env.Zone)+because(t.Reason), width, s.Muted)
				}
				if !t.ConfirmedIn.Interview.IsZero() {
					more = append(more, page.Detail("they said yes to it on "+show.Day(t.ConfirmedIn.Met, m.Env.Zone), width, s.Confirmed)...)
				}
				for _, known := range t.Known() {
					more = append(more, page.Detail(known, width, s.Text)...)
				}
				return show.Hang("", 0, page.Worded(t.Problem), width, s.Problem), more
			},
		})
	}
	return section
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

func (m *Model) promises(title string, all []insight.Promise) page.Section {
	section := page.Section{Title: title, Short: fmt.Sprint(len(all))}
	for _, p := range all {
		section.Items = append(section.Items, page.Promise(m.Env, p, "promise", page.Promiser(p), show.Day(p.Since(), m.Env.Zone)))
	}
	return section
}

func (m *Model) routes(all []insight.Route) page.Section {
	section := page.Section{Title: "Carried to a department", Short: fmt.Sprint(len(all))}
	for _, r := range all {
		section.Items = append(section.Items, page.Route(m.Env, r, "route", r.Department, r.Owner))
	}
	return section
}

func (m *Model) people(all []insight.Person) page.Section {
	section := page.Section{Title: "People", Short: fmt.Sprint(len(all))}
	for _, p := range all {
		section.Items = append(section.Items, page.Item{
			Of: "person" + string(p.Side) + p.Name, Open: page.At(p.Met[0]),
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				who := s.Text.Render(plain.Terminal(p.Name)) + s.Muted.Render(plain.Terminal(comma(p.Role)+comma(p.Standing())))
				return []string{widget.Pair(who, s.Muted.Render("last met "+show.Day(p.Met[0].Met, m.Env.Zone)), width)}, nil
			},
		})
	}
	return section
}

// comma puts a comma before what is not "".
func comma(text string) string {
	if text == "" {
		return ""
	}
	return ", " + text
}

func (m *Model) interviews(all []interview.Summary) page.Section {
	section := page.Section{Title: "Interviews", Short: fmt.Sprint(len(all))}
	for _, one := range all {
		section.Items = append(section.Items, page.Item{
			Of: "interview" + one.ID.String(), Open: screen.GoReview{Interview: one.ID},
			Draw: func(width int, s theme.Styles) (lit, more []string) {
				how := one.Outcome.Words()
				if one.EndedAt.IsZero() {
					how = "open"
				}
				asked := ""
				if one.Questions > 0 {
					asked = fmt.Sprintf("%d of %s asked", one.Asked, show.Count(one.Questions, "question", "questions"))
				}
				rest := plain.Terminal(show.Joined(one.Playbook, how, asked))
				return []string{widget.Fit(s.Text.Render(show.Day(one.StartedAt, m.Env.Zone))+s.Muted.Render(" · "+rest), width)}, nil
			},
		})
	}
	return section
}

var _ screen.Screen = (*Model)(nil)
