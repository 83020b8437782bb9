package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/demo"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// mostMade is more interviews than anybody has ever led. A slip of the finger must not fill the
// disk.
const mostMade = 1_000_000

// demoFlags are what hark demo was asked for.
type demoFlags struct {
	fresh bool
	size  int
	seed  uint64
}

// Demo is hark demo.
func (a Commands) Demo() *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "The app on a sample notebook, apart from yours",
		Long: `Opens the app on a sample notebook of a dozen interviews, which shows what hark
can do. It has a file of its own, so that nothing gets into your notebook, and
what you change in it stays until --fresh makes it anew.

With --size it adds made-up interviews to a file instead, to try how hark does
with many. They follow from the seed: the same seed gives the same ones, and
asking again adds the next ones.`,
		Example: `  hark demo
  hark demo --size 10000 --db big.db`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			switch given := cmd.Flags().Changed; {
			case !given("size") && given("seed"):
				return app.Usagef("--seed goes with --size: hark demo --size N --db FILE --seed S")
			case !given("size"):
				return a.showSample(ctx, f.fresh)
			case f.fresh:
				return app.Usagef("--fresh makes the sample anew and has nothing to do with --size")
			case f.size < 1 || f.size > mostMade:
				return app.Usagef("%d is no number of interviews to make up; 1 to %d can be", f.size, mostMade)
			case a.DB == "":
				return app.Usagef("Which file? hark demo --size %d --db FILE; made-up interviews are kept out of your own notebook", f.size)
			}
			return a.makeUp(ctx, f)
		},
	}
	cmd.Flags().BoolVar(&f.fresh, "fresh", false, "make the sample anew, without what was changed in it")
	cmd.Flags().IntVar(&f.size, "size", 0, "add `N` made-up interviews to the file that --db names")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "the `NUMBER` that the made-up interviews follow from")
	return cmd
}

// showSample opens the app on the sample notebook, and makes that when it is not there.
func (a Commands) showSample(ctx context.Context, fresh bool) error {
	path, err := a.samplePath(fresh)
	if err != nil {
		return err
	}
	book, err := a.BookApart(path)
	if err != nil {
		return err
	}
	if err := a.fillSample(ctx, book); err != nil {
		return err
	}
	a.Note("The sample notebook is %s", path)
	if err := a.NeedScreen("hark list --db " + path); err != nil {
		return err
	}
	err = a.OpenApp(ctx, book, interview.ID{}, "")
	if strings.Contains(path, " ") {
		path = `"` + path + `"`
	}
	a.Note("Commands look at it with --db: hark show harbour --db %s", path)
	return err
}

// samplePath returns the path of the sample notebook. It removes an old one when a fresh one is
// wanted.
func (a Commands) samplePath(fresh bool) (string, error) {
	if a.DB != "" {
		if fresh {
			return "", app.Usagef("hark does not remove a file that you named; remove %s yourself, or leave --db away", a.DB)
		}
		return filepath.Abs(a.DB)
	}
	folder := config.Sample(a.Getenv)
	if folder == "" {
		return "", errors.New("Your home folder is not known (HOME is not set), so there is no place for a sample; name one: hark demo --db FILE")
	}
	if fresh {
		if err := os.RemoveAll(folder); err != nil {
			return "", fmt.Errorf("The old sample in %s cannot be removed: %w", folder, app.Reason(err))
		}
	}
	return filepath.Join(folder, "hark.db"), nil
}

// fillSample puts the sample into an empty notebook. A notebook with the sample stays as it is; one
// with anything else in it is an error.
func (a Commands) fillSample(ctx context.Context, book *notebook.Notebook) error {
	there, err := demo.Filled(ctx, book)
	if err != nil || there {
		return err
	}
	some, err := book.List(ctx, 1)
	switch {
	case err != nil:
		return err
	case len(some) > 0:
		return app.Usagef("%s is a notebook with interviews of its own; name another file for the sample, or leave --db away", book.Path())
	}
	return demo.Fill(ctx, book, a.LocalNow())
}

// makeUp adds made-up interviews to the file that --db names.
func (a Commands) makeUp(ctx context.Context, f demoFlags) error {
	ctx, stop := a.Interruptible(ctx)
	defer stop()
	book, err := a.BookApart(a.DB)
	if err != nil {
		return err
	}
	p := a.Progress(false)
	added, err := demo.Add(ctx, book, demo.Made{
		Size: f.size, Seed: f.seed, Now: a.LocalNow(),
		Progress: func(done int) { p.At("Made up", done, f.size) },
	})
	p.End()
	if added > 0 {
		if said := a.Tell("%s made up and kept in %s", app.Count(added, "interview", "interviews"), book.Path()); err == nil {
			err = said
		}
	}
	return err
}
