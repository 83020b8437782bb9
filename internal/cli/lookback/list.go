package lookback

import (
	"context"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/interchange"
	"hark/internal/notebook"
)

// List is hark list.
func (a Commands) List() *cobra.Command {
	var o app.Output
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Past interviews, newest first",
		Long: `Lists interviews, newest first: ID, date, customer, how many of the problems are
confirmed, how it ended, and how many promises are open.`,
	}
	cmd.RunE = a.Read(func(ctx context.Context, book *notebook.Notebook, _ []string) error {
		o.Usually(a.App, cmd, app.ListedAtOnce)
		return a.list(ctx, book, o)
	})
	o.AddTo(cmd, app.LimitText("interviews", app.ListedAtOnce))
	return cmd
}

func (a Commands) list(ctx context.Context, book *notebook.Notebook, o app.Output) error {
	all, err := book.List(ctx, o.ToRead())
	if err != nil {
		return err
	}
	all, more := app.First(all, o.Limit)
	switch {
	case o.JSON:
		return a.writeJSON(app.Map(all, interchange.Listed))
	case len(all) == 0:
		a.Note("%s", app.ErrNoInterviews)
		return nil
	}
	return a.Rows(app.Map(all, a.Row), more, "hark list --limit 0 shows all, hark search WORDS finds what was said")
}
