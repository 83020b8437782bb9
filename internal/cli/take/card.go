package take

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/notebook"
)

// carding is what hark card was asked for.
type carding struct {
	html, force bool
	out         string
}

// Card is hark card.
func (a Commands) Card() *cobra.Command {
	var c carding
	cmd := &cobra.Command{
		Use:   "card [PLAYBOOK]",
		Short: "The questions on one page, to print",
		Long: `Prints the questions of a playbook with their numbers and room to write, for a
meeting without a screen: as plain text, or with --html for a browser to print.
Without a name it is the playbook that a new interview would get. Afterwards,
hark take --new CUSTOMER --debrief keeps what you wrote down; /ask N says which
question the lines answer.`,
		Example: `  hark card loyal-customer | lp
  hark card --html --out card.html`,
		Args:              app.AtMost(1),
		ValidArgsFunction: a.completePlaybooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.card(cmd.Context(), append(args, "")[0], c)
		},
	}
	cmd.Flags().BoolVar(&c.html, "html", false, "as an HTML page, made for A4 paper")
	a.PathVar(cmd.Flags(), &c.out, "out", "-", "to a `FILE`, or - for standard output")
	cmd.Flags().BoolVar(&c.force, "force", false, "write over a file that is there already")
	return cmd
}

// card prints the questions of a playbook, the default one for "".
func (a Commands) card(ctx context.Context, name string, c carding) error {
	if c.out == "" {
		return app.Usagef("--out names no file; write --out FILE, or leave it away for standard output")
	}
	var book *notebook.Notebook
	if name == "" {
		book = a.bookIfAny()
	}
	p, err := a.guide(ctx, book, name)
	if err != nil {
		return err
	}
	page := export.Card(p)
	if c.html {
		page = export.CardHTML(p)
	}
	return a.WriteOut(c.out, c.force, fmt.Sprintf("%s of %s", app.Count(p.Len(), "question", "questions"), p.Name), app.Content(page))
}

// bookIfAny opens the notebook for a command that can do without one. It returns nil when there is
// none, or when it cannot be opened.
func (a Commands) bookIfAny() *notebook.Notebook {
	path, err := a.NotebookPath()
	if err != nil || a.IsNowhere(path) {
		return nil
	}
	book, err := a.BookToRead()
	if err != nil {
		return nil
	}
	return book
}
