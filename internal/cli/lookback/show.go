package lookback

import (
	"context"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/interchange"
	"hark/internal/notebook"
)

// Show is hark show.
func (a Commands) Show() *cobra.Command {
	var o app.Output
	cmd := &cobra.Command{
		Use:   "show [ID|CUSTOMER]",
		Short: "One interview, to read",
		Long: `Shows one interview: the one with that ID (its beginning is enough), the newest
with that customer, or the newest of all. It is for you: it shows your own
thoughts too, and all quotes with their names. hark export follows what the
customer allowed.`,
		Example: `  hark show "Harbour Welding"
  hark show k3f --json`,
		ValidArgsFunction: a.CompleteInterviews,
	}
	cmd.RunE = a.Read(func(ctx context.Context, book *notebook.Notebook, args []string) error {
		view, err := app.Open(ctx, book, args)
		if err != nil {
			return err
		}
		if o.JSON {
			doc := interchange.Shown(view.Interview)
			doc.Lines = last(doc.Lines, o.Limit)
			return a.writeJSON(doc)
		}
		short := *view.Interview
		short.Lines = last(short.Lines, o.Limit)
		text := export.Text(&short, export.Options{Location: a.Zone, Thoughts: true, Width: a.Width})
		if _, err = a.Out.WriteString(text); err != nil {
			return err
		}
		return a.SayOwnOf(ctx, book, view.Interview, text)
	})
	o.AddTo(cmd, "of the lines, the last `N`; 0 is all")
	return cmd
}

// last returns the last n of all lines, all of them when n is 0.
func last[T any](lines []T, n int) []T {
	if n == 0 || n >= len(lines) {
		return lines
	}
	return lines[len(lines)-n:]
}
