package lookback

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// recapWidth is how many cells a line of a mail has.
const recapWidth = 72

// Recap is hark recap.
func (a Commands) Recap() *cobra.Command {
	var (
		markdown, force bool
		out             string
	)
	cmd := &cobra.Command{
		Use:   "recap [ID|CUSTOMER]",
		Short: "What to send the customer after a meeting",
		Long: `Writes what the customer is sent after a meeting, to be read over before it is
sent: what we heard, as they confirmed it; what was agreed; who does what, by
when. Your thoughts, what was set aside or not confirmed, and whom it was carried
to are not in it. Names and quotes follow what the customer allowed.`,
		Example: `  hark recap "Harbour Welding" --out recap.txt
  hark recap --markdown`,
		ValidArgsFunction: a.CompleteInterviews,
	}
	cmd.RunE = a.Run(a.Book, func(ctx context.Context, book *notebook.Notebook, args []string) error {
		if out == "" {
			return app.Usagef("--out names no place; write --out FILE, or leave it away for standard output")
		}
		view, err := app.Open(ctx, book, args)
		if err != nil {
			return err
		}
		opts := export.Options{Location: a.Zone, Width: recapWidth}
		if opts.Known, err = app.NewKnown(book).In(ctx, view.Interview); err != nil {
			return err
		}
		text := []byte(export.RecapText(view.Interview, opts))
		if markdown {
			text = export.Recap(view.Interview, opts)
		}
		if err := a.WriteOut(out, force, "the recap; read it over before you send it", app.Content(text)); err != nil {
			return err
		}
		var still app.ReadOver
		still.Add(view.Customer, export.RecapStill(view.Interview, opts))
		a.SayReadOver(still)
		a.NoteUndated(export.Undated(view.Interview))
		switch {
		case len(view.Lines)+len(view.Promises) == 0:
			a.Note("Nothing was written down yet in this interview, the newest with %s; hark recap ID takes an older one, hark list has the IDs",
				plain.Terminal(view.Customer))
		case !confirmedAny(view.Interview):
			a.Note("They have not confirmed a problem yet, so the recap says nothing of what you heard")
		}
		return nil
	})
	cmd.Flags().BoolVar(&markdown, "markdown", false, "as Markdown; else as plain text for a mail")
	a.PathVar(cmd.Flags(), &out, "out", "-", "to `FILE|-`: a file, or standard output")
	cmd.Flags().BoolVar(&force, "force", false, "write over a file that is there already")
	return cmd
}

func confirmedAny(iv *interview.Interview) bool {
	return slices.ContainsFunc(iv.Problems, func(p interview.Problem) bool { return p.Status == interview.Confirmed })
}
