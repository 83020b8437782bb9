package app

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/nearest"
	"hark/internal/plain"
)

// OnlyCommands refuses words after a command that has commands below it, with the nearest of those.
func OnlyCommands(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	typed := strings.TrimSpace(cmd.CommandPath() + " " + args[0])
	if near := nearest.Begun(args[0], names); near != "" {
		return Usagef("There is no command `%s`; did you mean `%s %s`?", typed, cmd.CommandPath(), near)
	}
	return Usagef("There is no command `%s`; `%s --help` shows all", typed, cmd.CommandPath())
}

// AtMost refuses more than n arguments.
func AtMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) <= n {
			return nil
		}
		return Usagef("%q is too much for `%s`: use it as `%s`; a name of several words needs quotes",
			args[n], cmd.CommandPath(), cmd.UseLine())
	}
}

// Completer offers what could be typed next.
type Completer = func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective)

// NoCompletion offers nothing, not even files.
func NoCompletion(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// Words returns a Completer that offers a few fixed words.
func Words(all ...cobra.Completion) Completer {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// Complete gives a flag of a command its completions.
func Complete(cmd *cobra.Command, flag string, with Completer) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(fmt.Sprintf("the flag --%s of %s: %v", flag, cmd.Name(), err)) // it is not there, or has them already
	}
}

// CompleteInterviews offers the customers, and the short IDs of their interviews.
func (a *App) CompleteInterviews(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const newest = 200
	book, err := a.BookToRead()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, err := book.List(cmd.Context(), newest)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var offers []cobra.Completion
	seen := map[string]bool{}
	for _, s := range list {
		customer := plain.Terminal(s.Customer)
		if !seen[customer] {
			seen[customer] = true
			offers = append(offers, cobra.CompletionWithDesc(customer, "newest of "+a.Day(s.StartedAt)))
		}
	}
	for _, s := range list {
		offers = append(offers, cobra.CompletionWithDesc(s.ID.Short(), plain.Terminal(s.Customer)+", "+a.Day(s.StartedAt)))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
