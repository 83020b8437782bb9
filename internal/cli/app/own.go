package app

import (
	"context"
	"strings"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// Own gathers from which interviews a command shows something that is for the seller alone: with
// names and quotes whatever the customers allowed. A terminal shows it to the seller; what goes to a
// pipe or a file says what to read over before it is passed on.
type Own struct {
	// Text is what is shown.
	Text     string
	ids      []interview.ID // in the order in which they are shown first
	unnamed  []string       // the customers
	unquoted []string       // those who are quoted and do not want to be
	seen     map[string]bool
}

// Shows notes that something of an interview is shown, quoted word for word or not.
func (o *Own) Shows(id interview.ID, customer string, allowed interview.Quoting, quoted bool) {
	if allowed == interview.QuoteByName {
		return
	}
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	if !o.seen[id.String()] {
		o.seen[id.String()] = true
		o.ids = append(o.ids, id)
	}
	once := func(all []string, of string) []string {
		if o.seen[of+customer] {
			return all
		}
		o.seen[of+customer] = true
		return append(all, customer)
	}
	o.unnamed = once(o.unnamed, "named ")
	if quoted && allowed == interview.QuoteNone {
		o.unquoted = once(o.unquoted, "quoted ")
	}
}

// SayOwn says, where it does not go to a terminal, what to read over in what is shown.
func (a *App) SayOwn(ctx context.Context, book *notebook.Notebook, o Own) error {
	if a.StdoutIsTerminal || len(o.ids) == 0 {
		return nil
	}
	const most = 64 // interviews that are opened to learn who was in them
	var r ReadOver
	if len(o.ids) > most {
		a.Note("%s", forSeller+"it can name people who are not to be named: "+SomeOf(o.unnamed))
	} else {
		known := NewKnown(book)
		err := book.OpenMany(ctx, o.ids, false, func(one notebook.Opened) error {
			return r.look(ctx, known, one.Interview, o.Text)
		})
		if err != nil {
			return err
		}
	}
	a.sayOwn(r, o.unquoted)
	return nil
}

// look adds who of an interview is named in a text.
func (r *ReadOver) look(ctx context.Context, known *Known, iv *interview.Interview, text string) error {
	all, err := known.In(ctx, iv)
	if err == nil {
		r.Add(iv.Customer, export.StillIn(iv, export.Options{Known: all}, text))
	}
	return err
}

// SayOwnOf is SayOwn for what was made of one interview.
func (a *App) SayOwnOf(ctx context.Context, book *notebook.Notebook, iv *interview.Interview, text string) error {
	allowed := iv.Consent.Quotes
	if a.StdoutIsTerminal || allowed == interview.QuoteByName {
		return nil
	}
	var r ReadOver
	if err := r.look(ctx, NewKnown(book), iv, text); err != nil {
		return err
	}
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

// SayAll says, where standard output is a file, that the JSON in it has everything.
func (a *App) SayAll() {
	if a.StdoutIsFile() {
		a.Note("JSON has all names and quotes, whatever the customers allowed: it is for you, and `quoting` and `consent` in it say what that is")
	}
}
