package lookback

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/insight"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// promising is what hark promises was asked for.
type promising struct {
	Commands
	output                 app.Output
	ours, theirs, due, all bool
	byPerson               bool
	ics                    string
	force                  bool
}

// Promises is hark promises.
func (a Commands) Promises() *cobra.Command {
	p := promising{Commands: a}
	cmd := &cobra.Command{
		Use:   "promises",
		Short: "Who promised what, due first",
		Long: `Lists the promises that are not done, due first: how they stand, when they are
due, what, who and whose, and the interview and number that /done and /told take.
--all adds those that are done, and says whether the customer was told.

--ics writes those that have a day to a calendar file, an event each. Taken again
later, it changes the events that your calendar has: it moves those that are due
on another day, and cancels those that are done, dropped or without a day. Names
are in it as far as the customers allowed.`,
		Example: `  hark promises --ours --due
  hark promises --ics promises.ics`,
	}
	run := a.overAll(&p.output, func(all []interview.Summary, _ []string) error { return p.run(all) })
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := p.check(cmd.Flags().Changed("ics")); err != nil {
			return err
		}
		if p.ics != "" {
			return a.Read(p.calendar)(cmd, args)
		}
		return run(cmd, args)
	}
	p.output.AddTo(cmd, app.LimitText("promises", app.ListedAtOnce))
	cmd.Flags().BoolVar(&p.ours, "ours", false, "only what we promised")
	cmd.Flags().BoolVar(&p.theirs, "theirs", false, "only what they promised")
	cmd.Flags().BoolVar(&p.due, "due", false, "only what is due by today")
	cmd.Flags().BoolVar(&p.all, "all", false, "those that are done too")
	cmd.Flags().BoolVar(&p.byPerson, "by-person", false, "in parts, one for each person")
	a.PathVar(cmd.Flags(), &p.ics, "ics", "", "as a calendar, to `FILE|-`: a file, or standard output")
	cmd.Flags().BoolVar(&p.force, "force", false, "write over the calendar file if it is there already")
	return cmd
}

// check refuses flags that contradict each other.
func (p *promising) check(icsGiven bool) error {
	switch {
	case icsGiven && p.ics == "":
		return app.Usagef("--ics names no file; write --ics FILE, or --ics - for standard output")
	case p.ics != "" && p.output.JSON:
		return app.Usagef("Either --ics or --json, not both")
	case p.ours && p.theirs:
		return app.Usagef("Either --ours or --theirs; without them it is both")
	case p.due && p.all:
		return app.Usagef("Either --due or --all, not both")
	}
	return nil
}

func (p *promising) run(all []interview.Summary) error {
	promises := p.wanted(all, p.today())
	const none = "No such promise is open; + keeps one in an interview, and --all shows those that are done"
	return listing(p.Commands, p.output, promises, p.promiseDoc, none, func(s *sheet, shown []insight.Promise) {
		if !p.byPerson {
			for _, one := range shown {
				s.promise(one, promiser(one))
			}
			return
		}
		for i, g := range insight.PromisesByPerson(shown) {
			if i > 0 {
				s.line("")
			}
			s.hang("", 0, groupName(g.Name, g.Customer, "us"))
			for _, one := range g.Items {
				s.promise(one, "")
			}
		}
	})
}

// wanted returns the promises that the flags ask for.
func (p *promising) wanted(all []interview.Summary, today interview.Date) []insight.Promise {
	return slices.DeleteFunc(insight.Promises(all), func(one insight.Promise) bool { return !p.wants(one, today) })
}

// wants reports whether the flags ask for a promise.
func (p *promising) wants(one insight.Promise, today interview.Date) bool {
	state := one.State(today)
	switch {
	case !p.ofSide(one):
		return false
	case p.due:
		return state == interview.StateDue || state == interview.StateOverdue
	case p.all:
		return true
	}
	return state.Waits()
}

// ofSide reports whether the flags ask for promises of that side.
func (p *promising) ofSide(one insight.Promise) bool {
	return (!p.ours || one.Side == interview.Ours) && (!p.theirs || one.Side == interview.Theirs)
}

// calendar writes a calendar file. --limit alone limits it: a terminal does not.
func (p *promising) calendar(ctx context.Context, book *notebook.Notebook, _ []string) error {
	if os.IsPathSeparator(p.ics[len(p.ics)-1]) {
		return app.Usagef("%s is a folder; --ics wants the name of a file", p.ics)
	}
	d, err := p.lookUp(ctx, book)
	if err != nil {
		return err
	}
	shown, _ := app.First(d.events, p.output.Limit)
	standing := 0
	var still app.ReadOver
	for _, e := range shown {
		if e.Dated.Stands() {
			standing++
		}
		still.Add(e.Ref.Customer, e.still)
	}
	events := app.Map(shown, func(e readEvent) export.Event { return e.Event })
	what := fmt.Sprintf("%s with a day, of %d", app.Count(standing, "promise", "promises"), d.open)
	if err := p.WriteOut(p.ics, p.force, what, app.Content(export.Calendar(events))); err != nil {
		return err
	}
	if n := len(events) - standing; n > 0 && p.ics != "-" {
		p.Note("%s done, dropped or without a day now, so that a calendar takes %s off", app.Count(n, "promise", "promises"), pronoun(n))
	}
	p.SayReadOver(still)
	if d.inDoubt > 0 {
		p.Note("%s left out: the day is still to settle", app.Count(d.inDoubt, "promise was", "promises were"))
	}
	return nil
}

func pronoun(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// dated are the promises that a calendar has.
type dated struct {
	events        []readEvent // what stands first, by day
	open, inDoubt int         // of those that the flags ask for; inDoubt are those whose day is to settle
	read          int         // interviews
}

// readEvent is an event with who is named in it although the customer did not allow it.
type readEvent struct {
	export.Event
	still export.Still
}

// lookUp reads from the interviews, discarded ones among them, the promises that the flags ask for, as
// a calendar needs them. What is done, dropped or has no day any more is among them whatever --all
// says, or a calendar would keep it. Names are left as far as the customers allowed.
func (p *promising) lookUp(ctx context.Context, book *notebook.Notebook) (d dated, err error) {
	var ids []interview.ID
	err = book.EachWithDiscarded(ctx, func(s interview.Summary) bool { ids = append(ids, s.ID); return true })
	if err != nil {
		return d, err
	}
	known := app.NewKnown(book)
	progress := p.Progress(p.ics == "-")
	defer progress.End()
	const atOnce = 16
	for some := range slices.Chunk(ids, atOnce) {
		err := book.OpenMany(ctx, some, false, func(o notebook.Opened) error {
			dated := o.Dated()
			var opts export.Options
			if len(dated) > 0 {
				if opts.Known, err = known.In(ctx, o.Interview); err != nil {
					return err
				}
			}
			p.add(&d, o.Interview, dated, opts)
			return ctx.Err()
		})
		if err != nil {
			return d, err
		}
		d.read += len(some)
		progress.At("read", d.read, len(ids))
	}
	slices.SortFunc(d.events, func(a, b readEvent) int {
		rank := func(e readEvent) int {
			if e.Dated.Stands() {
				return 0
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(rank(a), rank(b)), a.Dated.Day.Time().Compare(b.Dated.Day.Time()), a.Since().Compare(b.Since()), bytes.Compare(a.Dated.ID[:], b.Dated.ID[:]),
		)
	})
	return d, nil
}

// add adds the promises of an interview, of which some have or had a day.
func (p *promising) add(d *dated, iv *interview.Interview, withDay []interview.Dated, opts export.Options) {
	today := p.today()
	summary := iv.Summarise()
	for _, one := range iv.Promises {
		if listed := insight.PromiseIn(&summary, iv.SummarisePromise(one)); !iv.Discarded && p.wants(listed, today) {
			d.open++
			if !one.Doubt.IsZero() {
				d.inDoubt++
			}
		}
	}
	for _, one := range withDay {
		listed := insight.PromiseIn(&summary, iv.SummarisePromise(one.Promise))
		if p.ofSide(listed) && (!p.due || !today.Before(one.Day)) {
			still := export.Allowed(iv, opts, &listed, one.Promise)
			d.events = append(d.events, readEvent{export.Event{Promise: listed, Dated: one}, still})
		}
	}
}

// The cells of a state, and of a day.
const (
	stateCells = 10
	dayCells   = 12
)

// promise writes one promise. who made it is "" where a heading says it.
func (s *sheet) promise(p insight.Promise, who string) {
	state := p.State(s.today)
	s.hang(plain.Pad(string(state), stateCells)+p.Due.String(), stateCells+dayCells, plain.Terminal(p.Text))
	about := joinWords(" · ", who, s.where(p.Ref, p.Number))
	if p.ToTell() {
		about += " · nobody told them yet"
	}
	s.hang("", stateCells+dayCells, about)
}

// promiser returns who made a promise: a person, or a side.
func promiser(p insight.Promise) string {
	switch {
	case p.Owner != "":
		return plain.Terminal(p.Owner)
	case p.Side == interview.Theirs:
		return "them"
	case p.Side == "":
		return "whose?"
	}
	return "us"
}

// groupName returns the heading of what belongs to a person or department, and nobody where there
// is none.
func groupName(name, customer, nobody string) string {
	name, customer = plain.Terminal(name), plain.Terminal(customer)
	switch {
	case name == "" && customer == "":
		return nobody
	case name == "":
		return customer
	case customer == "":
		return name
	}
	return name + ", " + customer
}

// promiseDoc is one promise as a JSON document.
type promiseDoc struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	interchange.Promise
	State interview.State `json:"state"`
	allowed
}

func (a Commands) promiseDoc(p insight.Promise) promiseDoc {
	p.At = p.Since()
	return promiseDoc{p.Ref.Interview, p.Ref.Customer, interchange.ListedPromise(p.PromiseSummary), p.State(a.today()), allowed{p.Ref.Quoting}}
}

// noSuch says that nothing, or more than one thing, has a name.
func noSuch(thing, name string, fit []string, command string) error {
	name = plain.Terminal(name)
	if len(fit) == 0 {
		return &interview.Error{
			Code: interview.NotFound, Message: "There is no " + thing + " “" + name + "”", Next: "`" + command + "` shows what there is",
		}
	}
	const most = 9
	for i := range fit {
		fit[i] = plain.Terminal(fit[i])
	}
	return &interview.Error{
		Code: interview.NotFound, Message: "“" + name + "” could be " + strings.Join(fit[:min(len(fit), most)], " or "), Next: "write more of the name",
	}
}
