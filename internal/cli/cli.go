// Package cli is hark's command line: the tree of commands, help, the manual page and completion.
// What the commands do is in the packages below: take (interviews, and the questions they ask),
// lookback (reading what was said) and files (exports, backups and the notebook's file). They stand
// on package app.
//
// Results go to standard output and everything else to standard error. Text that people wrote goes
// through package plain on its way out.
package cli

import (
	"context"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/cli/files"
	"hark/internal/cli/lookback"
	"hark/internal/cli/take"
	"hark/internal/interview"
)

// Env is what a command gets from the world.
type Env = app.Env

// AppRequest says what the screens are to show.
type AppRequest = app.Request

// Run carries out one command and returns its exit code; app.ExitCodes says what each means. Unless
// it is 0, the reason was said on env.Stderr.
func Run(ctx context.Context, env Env) int {
	a := app.New(env)
	root := tree(a)
	root.SetArgs(env.Args)
	return a.End(root.ExecuteContext(ctx))
}

// The groups that help shows the commands in.
const (
	groupMeet     = "meet"
	groupLookBack = "look"
	groupGuide    = "guide"
	groupHark     = "hark"
)

// tree returns the command hark with all commands below it.
func tree(a *app.App) *cobra.Command {
	var showVersion bool
	root := &cobra.Command{
		Use:   "hark",
		Short: "A notebook for listening to customers",
		Long: `hark is a terminal notebook for sales discovery meetings. It keeps what the
customer says is wrong in the customer's words, helps you to weigh it and to
play it back, and unlocks solutions once they say "yes, that's it".

Without a command it opens the app.`,
		Example: `  # begin an interview, straight into the live screen
  hark new "Harbour Welding"
  # the same as plain lines, without a screen
  hark take --new "Harbour Welding"
  # what was said about welds, whoever said it
  hark search weld`,
		Args: app.OnlyCommands,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				return version(a)
			}
			return openLibrary(cmd.Context(), a)
		},
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetOut(a.Out)
	root.SetErr(a.Stderr)
	root.SetIn(a.Stdin)
	root.SetFlagErrorFunc(flagError)
	a.PathVar(root.PersistentFlags(), &a.DB, "db", "", "the notebook is in `FILE` (else HARK_DB, your settings, your data folder)")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("db") && a.DB == "" {
			return app.Usagef("--db names no file; leave it away for your own notebook, or write --db FILE")
		}
		return nil
	}
	root.Flags().BoolVarP(&showVersion, "version", "v", false, "which hark this is")
	root.AddGroup(
		&cobra.Group{ID: groupMeet, Title: "Meet"},
		&cobra.Group{ID: groupLookBack, Title: "Look back"},
		&cobra.Group{ID: groupGuide, Title: "Questions to ask"},
		&cobra.Group{ID: groupHark, Title: "hark itself"},
	)
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	t, l, f := take.Commands{App: a}, lookback.New(a), files.Commands{App: a}
	add(groupMeet, t.New(), t.Open(), t.Take())
	add(groupLookBack, l.List(), l.Show(), l.Search(), f.Export(), l.Recap(), f.Import())
	add(groupLookBack, l.Themes(), l.Customers(), l.Advisers(), l.Promises(), l.Routes())
	add(groupGuide, t.Playbooks(), t.Card())
	add(groupHark, f.Backup(), f.Restore(), f.Doctor(), f.Erase())
	add(groupHark, f.Demo(), f.Config(), versionCommand(a), completionCommand(a), manCommand(a))
	app.Closed(root)
	setHelp(root, a)
	return root
}

// openLibrary is hark without a command.
func openLibrary(ctx context.Context, a *app.App) error {
	if err := a.NeedScreen("hark take --new CUSTOMER, or hark list"); err != nil {
		return err
	}
	book, err := a.BookToFill()
	if err != nil {
		return err
	}
	return a.OpenApp(ctx, book, interview.ID{}, "")
}
