package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
)

func (a *app) showCommand() *cobra.Command {
	var o output
	cmd := &cobra.Command{
		Use:   "show [ID|CUSTOMER]",
		Short: "One interview, to read",
		Long: `Shows one interview: the one with that ID (its beginning is enough), the newest
with that customer, or the newest of all. It is for you: it shows your own
thoughts too, and all quotes with their names. hark export follows what the
customer allowed.`,
		Example: `  hark show "Harbour Welding"
  hark show k3f --json`,
		ValidArgsFunction: a.completeInterviews,
	}
	cmd.RunE = a.run(func(ctx context.Context, book *notebook.Notebook, args []string) error {
		id, err := find(ctx, book, args)
		if err != nil {
			return err
		}
		view, err := book.Open(ctx, id)
		if err != nil {
			return err
		}
		iv := lastLines(view.Interview, o.limit)
		if o.json {
			return a.writeJSON(export.JSON(iv))
		}
		_, err = a.out.WriteString(export.Text(iv, export.Options{Location: a.env.Zone, Thoughts: true, Width: a.env.Width}))
		return err
	})
	o.addTo(cmd, "of the lines, the last `N`; 0 is all")
	return cmd
}

// lastLines returns an interview with the last n of its lines; with all when n
// is 0.
func lastLines(iv *interview.Interview, n int) *interview.Interview {
	if n == 0 || n >= len(iv.Lines) {
		return iv
	}
	short := *iv
	short.Lines = slices.Clone(iv.Lines[len(iv.Lines)-n:])
	return &short
}
