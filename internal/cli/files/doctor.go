package files

import (
	"context"
	"errors"
	"fmt"
	"hark/internal/cli/app"
	"hark/internal/plain"
	"hark/internal/storage"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// bestWay stands for the way to mend that recovers most.
const bestWay = "best"

// Doctor is hark doctor.
func (a Commands) Doctor() *cobra.Command {
	var mend string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Checks the notebook, and mends it",
		Long: `Looks at everything: each page and each record of the notebook, the lists and the
search, backups, permissions, and the place where it lies. What can be put right
without a risk is put right at once.

If the notebook is damaged, it says what can be saved and what would be missing,
and --mend does it: into a new file that takes the place of the damaged one, of
which a copy stays in the folder quarantine. There are four ways: salvage takes
what can still be read, earlier goes back to before the last change, backup takes
the newest good backup, and empty begins anew where nothing of the notebook is left
in its file. Without a name it is the one that brings back most.`,
		Example: `  hark doctor
  hark doctor --mend
  hark doctor --mend=backup`,
		RunE: a.maintaining("not all of the notebook was checked, and it was not mended", func(ctx context.Context, maintainer storage.Maintainer, _ []string) error {
			return a.doctor(ctx, maintainer, mend)
		}),
	}
	ways := []string{string(storage.WaySalvage), string(storage.WayEarlier), string(storage.WayBackup), string(storage.WayEmpty)}
	cmd.Flags().StringVar(&mend, "mend", "", "mend a damaged notebook; `WAY` is salvage, earlier, backup or empty")
	cmd.Flags().Lookup("mend").NoOptDefVal = bestWay
	app.Complete(cmd, "mend", cobra.FixedCompletions(ways, cobra.ShellCompDirectiveNoFileComp))
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if mend != "" && mend != bestWay && !slices.Contains(ways, mend) {
			return app.Usagef("%q is no way to mend a notebook; the ways are %s", mend, plain.List(ways, "and"))
		}
		return nil
	}
	return cmd
}

// doctor checks the notebook, says what it found, and mends it when that was asked for or loses
// nothing.
func (a Commands) doctor(ctx context.Context, maintainer storage.Maintainer, mend string) error {
	c, err := maintainer.Check(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		if n, _ := maintainer.Waiting(); n > 0 {
			a.Note("The notebook %s is gone. Beside it %s what could not be written to it, which goes in by itself once it is back.", c.Path, lies(n))
			return app.Said(app.ExitNoSuch)
		}
		a.Note("There is no notebook in %s yet; `hark new CUSTOMER` makes one", c.Path)
		return app.Said(app.ExitNoSuch)
	}
	if err != nil {
		return err
	}
	if err := a.found(c); err != nil {
		return err
	}
	if len(c.Damage) == 0 {
		if mend != "" {
			return errors.Join(a.Tell("There is nothing to mend."), a.waiting(ctx, maintainer))
		}
		return a.waiting(ctx, maintainer)
	}
	if len(c.Remedies) == 0 {
		a.Note("Nothing of it can be read any more. If you have a backup, `hark restore FILE` puts it in its place; "+
			"else move %s away, and hark begins a new notebook.", c.Path)
		return app.Said(app.ExitNotebook)
	}
	best := c.Remedies[0]
	switch {
	case mend == bestWay, mend == "" && len(best.Missing) == 0: // mending loses nothing
		return a.mend(ctx, maintainer, best.Way)
	case mend != "":
		return a.mend(ctx, maintainer, storage.Way(mend))
	}
	return a.offer(ctx, maintainer, c.Remedies)
}

// found prints the result of a check.
func (a Commands) found(c storage.Checkup) error {
	var lines []string
	if len(c.Damage) == 0 {
		is := "well"
		if c.Outdated != "" {
			is = "sound, but not what it was"
		}
		lines = append(lines, fmt.Sprintf("The notebook %s is %s: %s, %s. Every page and every record was checked.",
			c.Path, is, a.holds(c.Copied), size(c.Size)))
		if c.Outdated != "" {
			lines = append(lines, c.Outdated+". "+app.BringBack+".")
		}
	} else {
		const named = 5
		lines = append(lines, fmt.Sprintf("The notebook %s is damaged:", c.Path))
		for i, d := range c.Damage {
			if i == named {
				lines = append(lines, fmt.Sprintf("  and %d more faults.", len(c.Damage)-named))
				break
			}
			lines = append(lines, "  "+d)
		}
		if c.Previous != "" {
			lines = append(lines, fmt.Sprintf("It was left as it is, and a copy is kept in %s.", c.Previous))
		}
	}
	for _, line := range append(append(lines, c.Mended...), c.Notes...) {
		if err := a.Tell("%s", line); err != nil {
			return err
		}
	}
	return nil
}

// offer prints the ways to mend a notebook, and on a terminal asks whether to take the first.
func (a Commands) offer(ctx context.Context, maintainer storage.Maintainer, ways []storage.Remedy) error {
	for _, r := range ways {
		err := a.Tell("`%s --mend=%s` %s: %s. %s", a.DoctorCall(), r.Way, brings(r), a.holds(r.Copied), strings.Join(r.Missing, " "))
		if err != nil {
			return err
		}
	}
	if !a.StdinIsTerminal || !a.StdoutIsTerminal {
		return app.Said(app.ExitNotebook)
	}
	yes, err := a.Confirm(ctx, fmt.Sprintf("Shall it be mended in the first of these ways, %s?", ways[0].Way))
	if err != nil {
		return err
	}
	if !yes {
		a.Note("Nothing was changed.")
		return app.Said(app.ExitNotebook)
	}
	return a.mend(ctx, maintainer, ways[0].Way)
}

// brings says what a way to mend does.
func brings(r storage.Remedy) string {
	switch r.Way {
	case storage.WaySalvage:
		return "takes what can still be read"
	case storage.WayEarlier:
		return "goes back to before the last change"
	case storage.WayBackup:
		return "takes the backup " + r.Path
	case storage.WayEmpty:
		return "begins an empty notebook"
	}
	return ""
}

// mend mends the notebook and prints the result.
func (a Commands) mend(ctx context.Context, maintainer storage.Maintainer, way storage.Way) error {
	r, err := maintainer.Mend(ctx, way)
	if err != nil {
		return fmt.Errorf("The notebook could not be mended in the way %q, and is as it was: %w", way, err)
	}
	sentence := fmt.Sprintf("The notebook was mended: %s.", a.holds(r.Copied))
	if r.Previous != "" {
		sentence += fmt.Sprintf(" The damaged one is kept in %s.", r.Previous)
	}
	if err := a.Tell("%s", sentence); err != nil {
		return err
	}
	missing := strings.Join(r.Missing, " ")
	if missing == "" {
		missing = "Everything that was written in it could be read; nothing is missing."
	}
	return errors.Join(a.Tell("%s", missing), a.waiting(ctx, maintainer))
}

// waiting stores what is journalled, or lies in quarantine, and says what is left.
func (a Commands) waiting(ctx context.Context, maintainer storage.Maintainer) error {
	n, err := a.StoreWaiting(maintainer)
	if err != nil {
		return err
	}
	if n > 0 {
		err = a.Tell("Beside it %s what a hark could not write to it yet. That goes in by itself, at the latest when hark is started the next time.",
			lies(n))
	}
	said, recoverErr := a.Recover(ctx)
	for _, sentence := range said {
		err = errors.Join(err, a.Tell("%s", sentence))
	}
	return errors.Join(err, recoverErr)
}

func lies(n int) string {
	if n == 1 {
		return "lies a journal with"
	}
	return fmt.Sprintf("lie %d journals with", n)
}
