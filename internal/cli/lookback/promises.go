package lookback

import (
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
later, it changes the events that your calendar has. Names are in it as far as
the customers allowed.`,
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
	case p.ours && one.Side != interview.Ours, p.theirs && one.Side != interview.Theirs:
		return false
	case p.due:
		return state == interview.StateDue || state == interview.StateOverdue
	case p.all:
		return true
	}
	return state.Waits()
}

// calendar writes a calendar file. --limit alone limits it: a terminal does not.
func (p *promising) calendar(ctx context.Context, book *notebook.Notebook, _ []string) error {
	if os.IsPathSeparator(p.ics[len(p.ics)-1]) {
		return app.Usagef("%s is a folder; --ics wants the name of a file", p.ics)
	}
	all, err := book.List(ctx, 0)
	if err != nil {
		return err
	}
	promises, _ := app.First(p.wanted(all, p.today()), p.output.Limit)
	dated := 0
	for _, one := range promises {
		if !one.Due.IsZero() {
			dated++
		}
	}
	var still app.ReadOver
	inDoubt, err := lookUp(ctx, book, promises, &still)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%s with a day, of %d", app.Count(dated, "promise", "promises"), len(promises))
	if err := p.WriteOut(p.ics, p.force, what, app.Content(export.Calendar(promises))); err != nil {
		return err
	}
	p.SayReadOver(still)
	if inDoubt > 0 {
		p.Note("%s left out: the day is still to settle", app.Count(inDoubt, "promise was", "promises were"))
	}
	return nil
}

// lookUp reads from the interviews what their summaries do not say: the IDs of promises, and how many
// of them have a day that is still to settle. A promise that is not there any more has no ID. Names are
// left as far as the customers allowed; still gets who is named all the same.
func lookUp(ctx context.Context, book *notebook.Notebook, promises []insight.Promise, still *app.ReadOver) (inDoubt int, err error) {
	known := app.NewKnown(book)
	of := map[interview.ID][]*insight.Promise{}
	var ids []interview.ID
	for i := range promises {
		one := &promises[i]
		if of[one.Ref.Interview] == nil {
			ids = append(ids, one.Ref.Interview)
		}
		of[one.Ref.Interview] = append(of[one.Ref.Interview], one)
	}
	const atOnce = 16
	for some := range slices.Chunk(ids, atOnce) {
		err := book.OpenMany(ctx, some, false, func(o notebook.Opened) error {
			var opts export.Options
			if opts.Known, err = known.In(ctx, o.Interview); err != nil {
				return err
			}
			for _, one := range of[o.ID] {
				p, ok := o.Promise(one.Number)
				if !ok { // the summary of an earlier hark may have another number
					i := slices.IndexFunc(o.Promises, func(p interview.Promise) bool { return p.Text == one.Text })
					if i < 0 {
						continue
					}
					p = o.Promises[i]
				}
				one.ID = p.ID
				if !p.Due.IsZero() {
					still.Add(o.Customer, export.Allowed(o.Interview, opts, one, p))
				}
				if !p.Doubt.IsZero() {
					inDoubt++
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return inDoubt, err
		}
	}
	return inDoubt, nil
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
