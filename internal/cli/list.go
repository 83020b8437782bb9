package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// Of a list on a terminal, this many of the newest are shown unless asked for
// more, and customers get so much room.
const (
	listedAtOnce  = 20
	customerWidth = 32
)

// output are the flags of the commands that look things up.
type output struct {
	json  bool
	limit int
}

// addTo gives a command the flags --json and --limit.
func (o *output) addTo(cmd *cobra.Command, limits string) {
	cmd.Flags().BoolVar(&o.json, "json", false, "as JSON")
	cmd.Flags().IntVar(&o.limit, "limit", 0, limits)
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if o.limit < 0 {
			return usagef("--limit %d makes no sense; 0 is all", o.limit)
		}
		return nil
	}
}

// usually sets the limit that holds on a terminal unless somebody says another.
func (o *output) usually(a *app, cmd *cobra.Command, n int) {
	if !o.json && !cmd.Flags().Changed("limit") && a.env.StdoutIsTerminal {
		o.limit = n
	}
}

// toRead is how many things to read for the limit: one more tells whether there
// are more, and 0 is all.
func (o *output) toRead() int {
	if o.limit == 0 {
		return 0
	}
	return o.limit + 1
}

// day is the date of a time where the person is.
func (a *app) day(t time.Time) string { return interview.DateOf(t.In(a.env.Zone)).String() }

// writeJSON prints v as JSON.
func (a *app) writeJSON(v any) error {
	b, err := plain.JSON(v)
	if err != nil {
		return err
	}
	_, err = a.out.Write(b)
	return err
}

func (a *app) listCommand() *cobra.Command {
	var o output
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Past interviews, newest first",
		Long: `Lists interviews, newest first: ID, date, customer, how many of the problems are
confirmed, how it ended, and how many promises are open.`,
		Args:              atMost(0),
		ValidArgsFunction: noCompletion,
	}
	cmd.RunE = a.read(func(ctx context.Context, book *notebook.Notebook, _ []string) error {
		o.usually(a, cmd, listedAtOnce)
		return a.list(ctx, book, o)
	})
	o.addTo(cmd, fmt.Sprintf("at most `N` interviews; 0 is all, and on a terminal it is %d unless you say so", listedAtOnce))
	return cmd
}

func (a *app) list(ctx context.Context, book *notebook.Notebook, o output) error {
	all, err := book.List(ctx, o.toRead())
	if err != nil {
		return err
	}
	all, more := first(all, o.limit)
	if o.json {
		return a.writeJSON(docs(all, export.Listed))
	}
	if len(all) == 0 {
		a.note("%s", errNoInterviews)
		return nil
	}
	return a.rows(docs(all, a.listRow), more, "hark list --limit 0 shows all, hark search WORDS finds what was said")
}

// rows prints a table. On a terminal it says behind it what to do when there are
// more.
func (a *app) rows(rows [][]string, more int, do string) error {
	if err := a.table(rows); err != nil {
		return err
	}
	a.noteMoreBy(more, do)
	return nil
}

func (a *app) listRow(s interview.Summary) []string {
	customer := plain.Terminal(s.Customer)
	if a.env.StdoutIsTerminal {
		customer = plain.Truncate(customer, customerWidth, "…")
	}
	confirmed, problems := 0, 0
	for _, p := range s.Problems {
		switch p.Status {
		case interview.Confirmed:
			confirmed++
			problems++
		case interview.Heard, interview.Weighed:
			problems++
		case interview.Aside: // settled, and not a problem for now
		}
	}
	state := string(s.Outcome)
	switch {
	case state != "":
	case s.EndedAt.IsZero():
		state = "open"
	default:
		state = "ended"
	}
	open := 0
	for _, p := range s.Promises {
		if p.DoneAt.IsZero() {
			open++
		}
	}
	return []string{
		s.ID.Short(), a.day(s.StartedAt), customer,
		fmt.Sprintf("%d/%d confirmed", confirmed, problems), state, count(open, "promise", "promises") + " open",
	}
}

// table prints rows with their columns aligned.
func (a *app) table(rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], plain.Width(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-plain.Width(cell)))
			}
		}
		if _, err := a.out.WriteString(strings.TrimRight(line.String(), " ") + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// count puts a number before the right form of a word.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
