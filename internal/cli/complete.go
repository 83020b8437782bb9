package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"hark/internal/plain"
)

// completer offers what could be typed next.
type completer = func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective)

func noCompletion(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// words completes from a few fixed words.
func words(all ...cobra.Completion) completer {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// complete gives a flag its completions.
func (a *app) complete(cmd *cobra.Command, flag string, with completer) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(fmt.Sprintf("the flag --%s of %s: %v", flag, cmd.Name(), err)) // it is not there, or has them already
	}
}

// completeInterviews offers the customers, and the shortened IDs of their
// interviews.
func (a *app) completeInterviews(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const newest = 200
	book, err := a.bookToRead()
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
			offers = append(offers, cobra.CompletionWithDesc(customer, "newest of "+a.day(s.StartedAt)))
		}
	}
	for _, s := range list {
		offers = append(offers, cobra.CompletionWithDesc(s.ID.Short(), plain.Terminal(s.Customer)+", "+a.day(s.StartedAt)))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completePlaybooks offers the IDs of the playbooks.
func (a *app) completePlaybooks(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	items, err := a.playbooks().List()
	if err != nil && len(items) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var offers []cobra.Completion
	for _, it := range items {
		offers = append(offers, cobra.CompletionWithDesc(plain.Terminal(it.ID), plain.Terminal(it.Name)))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
