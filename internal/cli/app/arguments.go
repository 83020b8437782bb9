package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/interview"
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

// Closed makes a command, and those below it, refuse arguments unless it says which it takes.
func Closed(cmd *cobra.Command) {
	if cmd.Args == nil && cmd.ValidArgsFunction == nil {
		cmd.Args, cmd.ValidArgsFunction = AtMost(0), cobra.NoFileCompletions
	}
	for _, c := range cmd.Commands() {
		Closed(c)
	}
}

// Complete gives a flag of a command its completions.
func Complete(cmd *cobra.Command, flag string, with cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(fmt.Sprintf("the flag --%s of %s: %v", flag, cmd.Name(), err)) // it is not there, or has them already
	}
}

// completionTime is how long a shell may wait for what completes an argument.
const completionTime = 500 * time.Millisecond

// Offers returns what completes an argument: what offer makes of the newest n interviews, of all
// for 0, in that order.
func (a *App) Offers(n int, offer func([]interview.Summary) []cobra.Completion) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		a.hurry = completionTime
		book, err := a.BookToRead()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		ctx, stop := context.WithTimeout(cmd.Context(), completionTime)
		defer stop()
		list, err := book.List(ctx, n)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(list), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// CompleteInterviews offers the customers, and the short IDs of their interviews.
func (a *App) CompleteInterviews(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const newest = 200
	return a.Offers(newest, func(list []interview.Summary) []cobra.Completion {
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
		return offers
	})(cmd, args, typed)
}
