package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Which hark this is",
		Args:              atMost(0),
		ValidArgsFunction: noCompletion,
		RunE:              func(*cobra.Command, []string) error { return a.version() },
	}
}

func (a *app) version() error {
	const shown = 7 // of a commit
	line := "hark " + a.env.Version
	if commit := a.env.Commit; commit != "" {
		line += " (" + commit[:min(shown, len(commit))] + ")"
	}
	_, err := fmt.Fprintln(a.out, line)
	return err
}

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "A script that teaches your shell to complete hark's commands",
		Long: `Prints a script for your shell. To have it at every start, in bash:

  hark completion bash > ~/.local/share/bash-completion/completions/hark

in zsh, into a folder of $fpath:

  hark completion zsh > "${fpath[1]}/_hark"

in fish:

  hark completion fish > ~/.config/fish/completions/hark.fish`,
		Args:              atMost(1),
		ValidArgsFunction: words(shells...),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("For which shell? hark completion bash, zsh, fish or powershell")
			}
			switch root := cmd.Root(); args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			return usagef("%q is no shell that hark knows; it knows bash, zsh, fish and powershell", args[0])
		},
	}
}
