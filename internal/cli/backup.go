package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/plain"
	"hark/internal/storage"
)

func (a *app) backupCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "The whole notebook as one file, checked",
		Long: `Writes the notebook to a file: everything, as it is at this moment, also while
hark is open. Every record is read again from the new file before it gets its
name. hark restore puts it back.

hark also makes a backup by itself with the first thing you write on a day, and
keeps the last seven in the folder backups beside the notebook.`,
		Example: `  hark backup /media/stick/hark-friday.db`,
		Args:    oneFile,
		RunE: a.maintaining(func(ctx context.Context, maintainer storage.Maintainer, args []string) error {
			if err := a.mistaken(); err != nil {
				return err
			}
			folder := filepath.Dir(args[0])
			if _, err := os.Stat(folder); err != nil {
				return noFolder(folder, err)
			}
			c, err := maintainer.Backup(ctx, args[0], force)
			if errors.Is(err, fs.ErrExist) {
				return notWritten(args[0], errThere)
			}
			if err != nil {
				return err
			}
			return a.tell("%s: %s, %s, checked", args[0], count(c.Interviews, "interview", "interviews"), size(c.Size))
		}),
	}
	cmd.Flags().BoolVar(&force, "force", false, "write over a file that is there already")
	return cmd
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "A backup in the place of the notebook",
		Long: `Puts a backup in the place of your notebook, once every record in it was checked.
What was in its place is kept beside it, under a name that hark tells you. A hark
that is open meanwhile asks to be started again.`,
		Example: `  hark restore /media/stick/hark-friday.db`,
		Args:    oneFile,
		RunE: a.maintaining(func(ctx context.Context, maintainer storage.Maintainer, args []string) error {
			if _, err := os.Stat(args[0]); err != nil {
				return fmt.Errorf("%s cannot be read: %w", args[0], reason(err))
			}
			// What could not be written yet belongs to the notebook that is there; if
			// that takes nothing any more, the next one has it.
			if _, err := a.takeUpBeside(maintainer); err != nil {
				return err
			}
			c, err := maintainer.Restore(ctx, args[0])
			if err != nil {
				return err
			}
			if err := a.tell("Your notebook is now that of %s: %s", args[0], a.holds(c)); err != nil || c.Previous == "" {
				return err
			}
			return a.tell("What was there before is kept in %s", c.Previous)
		}),
	}
}

// oneFile wants the name of one file.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("`%s` needs the name of a file: use it as `%s`", cmd.CommandPath(), cmd.UseLine())
	}
	return atMost(1)(cmd, args)
}

// keeping makes what a command does of a function that works on the notebook's
// file; the context ends when somebody asks hark to stop.
func (a *app) maintaining(do func(ctx context.Context, maintainer storage.Maintainer, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx, stop := a.interruptible(cmd.Context())
		defer stop()
		path, err := a.notebookPath()
		if err != nil {
			return err
		}
		return do(ctx, a.env.Maintain(path), args)
	}
}

// warn says once what speaks against the place where the notebook lies.
func (a *app) warn(path string) {
	if a.warned {
		return
	}
	a.warned = true
	for _, note := range a.env.Maintain(path).LocationWarnings() {
		a.note("hark: %s", note)
	}
}

// tell prints a line of text that may hold names.
func (a *app) tell(format string, args ...any) error {
	_, err := fmt.Fprintln(a.out, plain.Terminal(fmt.Sprintf(format, args...)))
	return err
}

// holds says what is in a copy of a notebook.
func (a *app) holds(c storage.Copied) string {
	held := count(c.Interviews, "interview", "interviews")
	if c.Newest.IsZero() {
		return held
	}
	return fmt.Sprintf("%s, last written to on %s at %s", held, a.day(c.Newest), c.Newest.In(a.env.Zone).Format("15:04"))
}

// size puts a number of bytes into words.
func size(n int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if n < mega {
		return fmt.Sprintf("%d KB", (n+kilo-1)/kilo)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/mega)
}

// confirm asks a question at the terminal that is answered with yes or no; an
// empty answer is no.
func (a *app) confirm(ctx context.Context, question string) (bool, error) {
	if err := a.say(plain.Terminal(question) + " (y/n) "); err != nil {
		return false, err
	}
	answer, _ := a.typed(ctx) // nothing is no
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(answer)), ctx.Err()
}
