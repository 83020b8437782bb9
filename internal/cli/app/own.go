package app

import (
	"context"
	"slices"
	"strings"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// Own gathers from which interviews a command shows something that is for the seller alone: with
// names and quotes whatever the customers allowed. A terminal shows it to the seller; what goes to a
// pipe or a file says what to read over before it is passed on.
type Own struct {
	of       map[interview.ID]bool
	unquoted []string // the customers who are quoted and do not want to be
}

// Shows notes that something of an interview is shown, quoted word for word or not.
func (o *Own) Shows(id interview.ID, customer string, allowed interview.Quoting, quoted bool) {
	if allowed == interview.QuoteByName {
		return
	}
	if o.of == nil {
		o.of = map[interview.ID]bool{}
	}
	o.of[id] = true
	if quoted && allowed == interview.QuoteNone && !slices.Contains(o.unquoted, customer) {
		o.unquoted = append(o.unquoted, customer)
	}
}

// SayOwn says of a text for the seller alone, where it does not go to a terminal, what to read over in
// it. all are the summaries of the interviews that it was made of, or more.
func (a *App) SayOwn(text string, o Own, all []interview.Summary) {
	if a.StdoutIsTerminal || len(o.of) == 0 {
		return
	}
	held := map[string]bool{}
	var customers []string
	for _, s := range all {
		if key := plain.FoldName(s.Customer); o.of[s.ID] && !held[key] {
			held[key] = true
			customers = append(customers, s.Customer)
		}
	}
	const most = 40 // customers whose people are looked for
	var r ReadOver
	if len(customers) <= most {
		r.lookFor(text, held, all)
	}
	if len(customers) > most {
		a.Note("%s", forSeller+"it can name people who are not to be named: "+SomeOf(customers))
	}
	a.sayOwn(r, o.unquoted)
}

// SayOwnOf is SayOwn for what was made of one interview.
func (a *App) SayOwnOf(ctx context.Context, book *notebook.Notebook, iv *interview.Interview, text string) error {
	allowed := iv.Consent.Quotes
	if a.StdoutIsTerminal || allowed == interview.QuoteByName {
		return nil
	}
	known, err := NewKnown(book).In(ctx, iv)
	if err != nil {
		return err
	}
	var r ReadOver
	r.Add(iv.Customer, export.StillIn(iv, export.Options{Known: known}, text))
	var unquoted []string
	if allowed == interview.QuoteNone && strings.Contains(text, "“") {
		unquoted = []string{iv.Customer}
	}
	a.sayOwn(r, unquoted)
	return nil
}

// forSeller is how what is for the seller alone is handed on.
const forSeller = "It is for you; read it over before you pass it on: "

func (a *App) sayOwn(r ReadOver, unquoted []string) {
	for _, about := range r.sentences() {
		a.Note("%s", forSeller+about)
	}
	if len(unquoted) > 0 {
		a.Note("%s", forSeller+"it quotes customers who are not to be quoted: "+SomeOf(unquoted))
	}
}

// lookFor adds who of some customers, by folded name, is named in a text.
func (r *ReadOver) lookFor(text string, customers map[string]bool, all []interview.Summary) {
	people, ours := map[string][]export.Unnamed{}, []string{}
	var inOrder []string
	add := func(s interview.Summary, name string, side interview.Side) {
		key := plain.FoldName(s.Customer)
		switch {
		case name == "":
		case side == interview.Ours:
			ours = append(ours, name)
		case slices.ContainsFunc(people[key], func(p export.Unnamed) bool { return p.Names[0] == name }):
		default:
			if people[key] == nil {
				inOrder = append(inOrder, s.Customer)
			}
			people[key] = append(people[key], export.Unnamed{Names: []string{name}})
		}
	}
	for _, s := range all {
		if !customers[plain.FoldName(s.Customer)] {
			continue
		}
		for _, p := range s.People {
			add(s, p.Name, p.Side)
		}
		for _, p := range s.Promises {
			add(s, p.Owner, p.Side)
		}
	}
	for _, customer := range inOrder {
		r.Add(customer, export.NewNames(people[plain.FoldName(customer)], ours).Still(text))
	}
}

// SayAll says, where standard output is a file, that the JSON in it has everything.
func (a *App) SayAll() {
	if a.StdoutIsFile() {
		a.Note("JSON has all names and quotes, whatever the customers allowed: it is for you, and `quoting` and `consent` in it say what that is")
	}
}
