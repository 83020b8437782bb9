package cli

import (
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// setHelp gives the commands their help: in fang's look on a terminal with
// colours, as plain text anywhere else. fang asks the terminal for its
// background, so it is brought in when help is shown and at no other time.
func (a *app) setHelp(root *cobra.Command) {
	inPlain := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if !a.dressed() {
			inPlain(cmd, args)
			return
		}
		withoutTicks(root)
		root.SetArgs(append(strings.Fields(cmd.CommandPath())[1:], "--help"))
		// Asking for help cannot fail: the command was found before.
		_ = fang.Execute(cmd.Context(), root, fang.WithoutManpage(), fang.WithoutCompletions(), fang.WithoutVersion())
	})
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [COMMAND]",
		Short: "What a command does",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.onlyCommands(about, rest)
			}
			about.InitDefaultHelpFlag() // so that help names it
			return about.Help()
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			about, _, err := root.Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []cobra.Completion
			for _, c := range about.Commands() {
				if c.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	})
	root.SetHelpCommandGroupID(groupHark)
}

// withoutTicks takes the marks off the names of values in what flags say: fang
// shows them, and does not put the names behind the flags.
func withoutTicks(cmd *cobra.Command) {
	plainly := func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") }
	cmd.PersistentFlags().VisitAll(plainly)
	cmd.Flags().VisitAll(plainly)
	for _, c := range cmd.Commands() {
		withoutTicks(c)
	}
}

// dressed reports whether help may have colours and shapes. Where nobody answers
// fang's question it waits four seconds, so only a terminal that says that it
// knows colours is asked.
func (a *app) dressed() bool {
	return a.env.StdinIsTerminal && a.env.StdoutIsTerminal && a.env.Getenv("COLORTERM") != "" &&
		a.env.Getenv("TERM") != "dumb" && a.env.Getenv("NO_COLOR") == ""
}
