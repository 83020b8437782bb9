package cli

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// recapWidth is what a line of a mail may take.
const recapWidth = 72

func (a *app) recapCommand() *cobra.Command {
	var (
		markdown bool
		e        = exporting{app: a}
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
		ValidArgsFunction: a.completeInterviews,
	}
	cmd.RunE = a.run(func(ctx context.Context, book *notebook.Notebook, args []string) error {
		if e.out == "" {
			return usagef("--out names no place; write --out FILE, or leave it away for standard output")
		}
		id, err := find(ctx, book, args)
		if err != nil {
			return err
		}
		view, err := book.Open(ctx, id)
		if err != nil {
			return err
		}
		opts := export.Options{Location: a.env.Zone, Width: recapWidth}
		text := []byte(export.RecapText(view.Interview, opts))
		if markdown {
			text = export.Recap(view.Interview, opts)
		}
		err = e.toFile("the recap; read it over before you send it", func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
		if err == nil && len(view.Lines)+len(view.Promises) == 0 {
			a.note("Nothing was written down yet in this interview, the newest with %s; hark recap ID takes an older one, hark list has the IDs",
				plain.Terminal(view.Customer))
			return nil
		}
		if err == nil && !confirmedAny(view.Interview) {
			a.note("They have not confirmed a problem yet, so the recap says nothing of what you heard")
		}
		return err
	})
	cmd.Flags().BoolVar(&markdown, "markdown", false, "as Markdown; else as plain text for a mail")
	cmd.Flags().StringVar(&e.out, "out", "-", "to `FILE|-`: a file, or standard output")
	cmd.Flags().BoolVar(&e.force, "force", false, "write over a file that is there already")
	return cmd
}

func confirmedAny(iv *interview.Interview) bool {
	return slices.ContainsFunc(iv.Problems, func(p interview.Problem) bool { return p.Status == interview.Confirmed })
}
