package take

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/kept"
	"hark/internal/plain"
	"hark/internal/playbook"
)

// Playbooks is hark playbooks.
func (a Commands) Playbooks() *cobra.Command {
	list := func(*cobra.Command, []string) error { return a.listPlaybooks() }
	cmd := &cobra.Command{
		Use:   "playbooks",
		Short: "The questions to ask: list, show, check, new, path",
		Long: `A playbook is a Markdown file: "# name", "## stage", "- question", and bullets
below a question to probe further. hark brings some along, and your own lie in
the folder that hark playbooks path names; a guide that your team has already
should work as it is.

Without a command it lists them.`,
		Args: app.OnlyCommands,
		RunE: list,
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "All playbooks", RunE: list,
		},
		&cobra.Command{
			Use: "show [PLAYBOOK]", Short: "A playbook as Markdown", Args: app.AtMost(1), ValidArgsFunction: a.completePlaybooks,
			RunE: func(_ *cobra.Command, args []string) error {
				p, err := a.Library().Get(append(args, playbook.Default)[0])
				if err != nil {
					return err
				}
				_, err = a.Out.Write(playbook.Write(p))
				return err
			},
		},
		&cobra.Command{
			Use: "check FILE", Short: "What hark understands of a file, line by line", Args: app.AtMost(1),
			Long: `Reads a playbook, or any discovery guide in Markdown, and shows line by line what
hark understood, what it could not use, and what it added.`,
			RunE: func(_ *cobra.Command, args []string) error {
				if len(args) == 0 {
					return app.Usagef("Which file? hark playbooks check FILE")
				}
				file, err := config.Expand(args[0], a.Getenv)
				if err != nil {
					return err
				}
				return a.checkPlaybook(file)
			},
		},
		a.newPlaybook(),
		&cobra.Command{
			Use: "path", Short: "The folder of your own playbooks",
			RunE: func(*cobra.Command, []string) error {
				dir, err := a.playbookFolder()
				if err != nil {
					return err
				}
				return a.Tell("%s", dir)
			},
		},
	)
	return cmd
}

func (a Commands) newPlaybook() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "new NAME", Short: "A playbook of your own to edit", ValidArgsFunction: cobra.NoFileCompletions,
		Long: `Makes a playbook of your own: a file with a few questions to begin with, and
comments that say how to write one. It lies in your folder of playbooks, where
hark finds it by its name, or where --out says. No other file is written over.`,
		Example: `  hark playbooks new "First visits"
  hark playbooks new "First visits" --out guide.md`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := strings.TrimSpace(strings.Join(args, " "))
			if name == "" {
				return app.Usagef("What is it called? hark playbooks new NAME")
			}
			if cmd.Flags().Changed("out") {
				if out == "" {
					return app.Usagef("--out names no file; leave it away for your folder of playbooks, or write --out FILE")
				}
				return a.putPlaybook(name, out)
			}
			dir, err := a.playbookFolder()
			if err != nil {
				return err
			}
			place, err := a.MakePlace(dir, kept.Playbooks)
			if err != nil {
				return err
			}
			place.Close()
			return a.putPlaybook(name, filepath.Join(dir, plain.FileName(name, "", ".md")))
		},
	}
	a.PathVar(cmd.Flags(), &out, "out", "", "write it to `FILE` and not to your folder of playbooks")
	return cmd
}

// playbookFolder returns the folder of the user's own playbooks.
func (a Commands) playbookFolder() (string, error) {
	dir := config.Playbooks(a.Getenv)
	if dir == "" {
		return "", errors.New("Your home folder is not known (HOME is not set), so there is no folder for playbooks")
	}
	return dir, nil
}

func (a Commands) listPlaybooks() error {
	items, err := a.Library().List()
	if err != nil {
		a.Complain(err) // the built-in ones are there all the same
	}
	rows := make([][]string, len(items))
	for i, it := range items {
		from := ""
		if it.Path != "" {
			from = "yours"
		}
		about := plain.Terminal(it.About)
		if it.Err != nil {
			about = "cannot be used: " + plain.Terminal(it.Err.Error())
		}
		rows[i] = []string{plain.Terminal(it.ID), plain.Terminal(it.Name), from, about}
	}
	if a.StdoutIsTerminal {
		a.cutToWidth(rows)
	}
	if tableErr := a.Table(rows); tableErr != nil {
		return tableErr
	}
	if err != nil {
		return app.Said(app.ExitCode(err))
	}
	return nil
}

// cutToWidth shortens the last cell of each row to what a line of the terminal holds.
func (a Commands) cutToWidth(rows [][]string) {
	const least = 10
	width := a.LineWidth()
	for _, column := range []int{0, 1, 2} {
		widest := 0
		for _, row := range rows {
			widest = max(widest, plain.Width(row[column]))
		}
		width -= widest + len("  ")
	}
	for _, row := range rows {
		row[3] = plain.Truncate(row[3], max(width, least), "…")
	}
}

// checkPlaybook prints how a file is understood.
func (a Commands) checkPlaybook(path string) error {
	p, report, err := playbook.ReadFile(path)
	for _, e := range report.Entries {
		lines := fmt.Sprint(e.First)
		if e.Last > e.First {
			lines = fmt.Sprintf("%d-%d", e.First, e.Last)
		}
		text := plain.Terminal(e.Text)
		if e.Mark != interview.MarkNone {
			text += " [" + string(e.Mark) + "]"
		}
		if _, err := fmt.Fprintf(a.Out, "%7s  %-8s  %s\n", lines, e.Kind, text); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	for _, stage := range report.Added {
		a.Note("hark adds the stage %q, which every playbook has", stage)
	}
	for _, problem := range report.Problems {
		a.Note("%s", problem)
	}
	a.Note("%s: %s in %s", p.Name, app.Count(p.Len(), "question", "questions"), app.Count(len(p.Stages), "stage", "stages"))
	return nil
}

// putPlaybook makes a playbook called name in a file that is not there yet, and prints its path.
func (a Commands) putPlaybook(name, path string) error {
	a.Heed()
	err := a.PutAt(path, false, app.Content(playbook.Starter(name)), kept.Playbooks)
	if errors.Is(err, app.ErrThere) {
		return fmt.Errorf("%s is there already; choose another name, or edit it", path)
	}
	if err != nil {
		return err
	}
	return a.Tell("%s", path)
}

// completePlaybooks offers the IDs of the playbooks.
func (a Commands) completePlaybooks(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	items, err := a.Library().List()
	if err != nil && len(items) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	offer := func(it playbook.Item) cobra.Completion {
		return cobra.CompletionWithDesc(plain.Terminal(it.ID), plain.Terminal(it.Name))
	}
	return app.Map(items, offer), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
