package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/kept"
	"hark/internal/storage"
)

// Backup is hark backup.
func (a Commands) Backup() *cobra.Command {
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
		RunE: a.maintaining("no backup was written", func(ctx context.Context, maintainer storage.Maintainer, args []string) error {
			if err := a.CheckPath(); err != nil {
				return err
			}
			if err := a.CheckTarget(args[0], kept.Copy); err != nil {
				return err
			}
			folder := filepath.Dir(args[0])
			if _, err := os.Stat(folder); err != nil {
				return app.NoFolder(folder, err)
			}
			c, err := maintainer.Backup(ctx, args[0], force)
			if errors.Is(err, fs.ErrExist) {
				return app.NotWritten(args[0], app.ErrThere)
			}
			if err != nil {
				return err
			}
			return a.Tell("%s: %s, %s, checked", args[0], app.Count(c.Interviews, "interview", "interviews"), size(c.Size))
		}),
	}
	cmd.Flags().BoolVar(&force, "force", false, "write over a file that is there already")
	return cmd
}

// Restore is hark restore.
func (a Commands) Restore() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "A backup in the place of the notebook",
		Long: `Puts a backup in the place of your notebook, once every record in it was checked.
What was in its place is kept beside it, under a name that hark tells you. A hark
that is open meanwhile goes on if the backup has all that it has seen; else it keeps
what you write beside the notebook, and asks to be started again.`,
		Example: `  hark restore /media/stick/hark-friday.db`,
		Args:    oneFile,
		RunE: a.maintaining("nothing was restored, and your notebook is as it was", func(ctx context.Context, maintainer storage.Maintainer, args []string) error {
			if _, err := os.Stat(args[0]); err != nil {
				return fmt.Errorf("%s cannot be read: %w", args[0], app.Reason(err))
			}
			if path, err := a.NotebookPath(); err != nil {
				return err
			} else if err := a.CheckNotebook(path); err != nil {
				return err
			}
			// What is journalled belongs to the notebook that is there. If that cannot be written
			// any more, it goes into the restored one.
			if _, err := a.StoreWaiting(maintainer); err != nil {
				return err
			}
			c, err := maintainer.Restore(ctx, args[0])
			if err != nil {
				return err
			}
			if err := a.Tell("Your notebook is now that of %s: %s", args[0], a.holds(c)); err != nil || c.Previous == "" {
				return err
			}
			return a.Tell("What was there before is kept in %s", c.Previous)
		}),
	}
}

// oneFile asks for the name of one file.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return app.Usagef("`%s` needs the name of a file: use it as `%s`", cmd.CommandPath(), cmd.UseLine())
	}
	return app.AtMost(1)(cmd, args)
}

// maintaining returns what cobra runs for a command that works on the notebook's file, and may take
// another one as its argument. The context ends when somebody asks hark to stop; undone says what was
// not done then.
func (a Commands) maintaining(undone string, do func(ctx context.Context, maintainer storage.Maintainer, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		path, err := a.NotebookPath()
		if err != nil {
			return err
		}
		if len(args) > 0 {
			file, err := config.Expand(args[0], a.Getenv)
			if err != nil {
				return err
			}
			args = []string{file}
		}
		ctx, stop := a.Watched(cmd.Context())
		defer stop()
		return app.StoppedOr(do(ctx, a.Maintain(path), args), undone)
	}
}

// holds describes a copy of a notebook.
func (a Commands) holds(c storage.Copied) string {
	held := app.Count(c.Interviews, "interview", "interviews")
	if c.Newest.IsZero() {
		return held
	}
	return fmt.Sprintf("%s, last written to on %s at %s", held, a.Day(c.Newest), c.Newest.In(a.Zone).Format("15:04"))
}

// size returns a number of bytes in words.
func size(n int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if n < mega {
		return fmt.Sprintf("%d KB", (n+kilo-1)/kilo)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/mega)
}
