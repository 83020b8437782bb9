package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/playbook"
)

func (a *app) playbooksCommand() *cobra.Command {
	list := func(*cobra.Command, []string) error { return a.listPlaybooks() }
	cmd := &cobra.Command{
		Use:   "playbooks",
		Short: "The questions to ask: list, show, check, new, path",
		Long: `A playbook is a Markdown file: "# name", "## stage", "- question", and bullets
below a question to probe further. hark brings some along, and your own lie in
the folder that hark playbooks path names; a guide that your team has already
should work as it is.

Without a command it lists them.`,
		Args: a.onlyCommands,
		RunE: list,
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "All playbooks", Args: atMost(0), ValidArgsFunction: noCompletion, RunE: list,
		},
		&cobra.Command{
			Use: "show [PLAYBOOK]", Short: "A playbook as Markdown", Args: atMost(1), ValidArgsFunction: a.completePlaybooks,
			RunE: func(_ *cobra.Command, args []string) error {
				p, err := a.playbooks().Get(append(args, playbook.Default)[0])
				if err != nil {
					return err
				}
				_, err = a.out.Write(playbook.Write(p))
				return err
			},
		},
		&cobra.Command{
			Use: "check FILE", Short: "What hark understands of a file, line by line", Args: atMost(1),
			Long: `Reads a playbook, or any discovery guide in Markdown, and shows line by line what
hark understood, what it could not use, and what it added.`,
			RunE: func(_ *cobra.Command, args []string) error {
				if len(args) == 0 {
					return usagef("Which file? hark playbooks check FILE")
				}
				return a.checkPlaybook(args[0])
			},
		},
		a.newPlaybookCommand(),
		&cobra.Command{
			Use: "path", Short: "The folder of your own playbooks", Args: atMost(0), ValidArgsFunction: noCompletion,
			RunE: func(*cobra.Command, []string) error {
				dir, err := a.playbookFolder()
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(a.out, plain.Terminal(dir))
				return err
			},
		},
	)
	return cmd
}

func (a *app) newPlaybookCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "new NAME", Short: "A playbook of your own to edit", ValidArgsFunction: noCompletion,
		Long: `Makes a playbook of your own: a file with a few questions to begin with, and
comments that say how to write one. It lies in your folder of playbooks, where
hark finds it by its name, or where --out says. No other file is written over.`,
		Example: `  hark playbooks new "First visits"
  hark playbooks new "First visits" --out guide.md`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := strings.TrimSpace(strings.Join(args, " "))
			if name == "" {
				return usagef("What is it called? hark playbooks new NAME")
			}
			if cmd.Flags().Changed("out") {
				if out == "" {
					return usagef("--out names no file; leave it away for your folder of playbooks, or write --out FILE")
				}
				return a.putPlaybook(name, filepath.Dir(out), filepath.Base(out))
			}
			dir, err := a.playbookFolder()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return noFolder(dir, err)
			}
			return a.putPlaybook(name, dir, plain.FileName(name, "", ".md"))
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "write it to `FILE` and not to your folder of playbooks")
	return cmd
}

// playbookFolder returns the folder of the user's own playbooks.
func (a *app) playbookFolder() (string, error) {
	dir := config.Playbooks(a.env.Getenv)
	if dir == "" {
		return "", errors.New("Your home folder is not known (HOME is not set), so there is no folder for playbooks")
	}
	return dir, nil
}

func (a *app) listPlaybooks() error {
	items, err := a.playbooks().List()
	if err != nil {
		a.complain(err) // the ones that hark brings along are there all the same
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
	if a.env.StdoutIsTerminal {
		a.cutToWidth(rows)
	}
	if tableErr := a.table(rows); tableErr != nil {
		return tableErr
	}
	if err != nil {
		return &saidError{exitCode(err)}
	}
	return nil
}

// cutToWidth shortens the last cells of rows to what a line of the terminal
// holds.
func (a *app) cutToWidth(rows [][]string) {
	const usual, least = 80, 10
	width := a.env.Width
	if width < 1 {
		width = usual
	}
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
func (a *app) checkPlaybook(path string) error {
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
		if _, err := fmt.Fprintf(a.out, "%7s  %-8s  %s\n", lines, e.Kind, text); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	for _, stage := range report.Added {
		a.note("hark adds the stage %q, which every playbook has", stage)
	}
	for _, problem := range report.Problems {
		a.note("%s", problem)
	}
	a.note("%s: %s in %s", p.Name, count(p.Len(), "question", "questions"), count(len(p.Stages), "stage", "stages"))
	return nil
}

// putPlaybook makes a playbook file called name, and prints where it is.
func (a *app) putPlaybook(name, dir, file string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return noFolder(dir, err)
	}
	defer func() { _ = root.Close() }() // nothing is written through it
	a.heed()
	err = putFile(root, file, false, func(w io.Writer) error {
		_, err := w.Write(playbook.Starter(name))
		return err
	})
	path := filepath.Join(dir, file)
	if errors.Is(err, errThere) {
		return fmt.Errorf("%s is there already; choose another name, or edit it", path)
	}
	if err != nil {
		return notWritten(path, err)
	}
	_, err = fmt.Fprintln(a.out, plain.Terminal(path))
	return err
}
