package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
)

func versionCommand(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Which hark this is",
		RunE:  func(*cobra.Command, []string) error { return version(a) },
	}
}

// version prints which hark this is.
func version(a *app.App) error {
	const shown = 7 // of a commit
	line := "hark " + a.Version
	if commit := a.Commit; commit != "" {
		line += " (" + commit[:min(shown, len(commit))] + ")"
	}
	_, err := fmt.Fprintln(a.Out, line)
	return err
}

func completionCommand(a *app.App) *cobra.Command {
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
		Args:              app.AtMost(1),
		ValidArgsFunction: cobra.FixedCompletions(shells, cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return app.Usagef("For which shell? hark completion bash, zsh, fish or powershell")
			}
			switch root := cmd.Root(); args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.Out, true)
			case "zsh":
				return root.GenZshCompletion(a.Out)
			case "fish":
				return root.GenFishCompletion(a.Out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.Out)
			}
			return app.Usagef("%q is no shell that hark knows; it knows bash, zsh, fish and powershell", args[0])
		},
	}
}
