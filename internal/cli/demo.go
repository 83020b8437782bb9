package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/config"
	"hark/internal/demo"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// mostMade is more than anybody has ever heard of; a slip of the finger is not
// to fill the disk.
const mostMade = 1_000_000

// demoFlags are what hark demo was asked for.
type demoFlags struct {
	fresh bool
	size  int
	seed  uint64
}

func (a *app) demoCommand() *cobra.Command {
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
		Args:              atMost(0),
		ValidArgsFunction: noCompletion,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			switch given := cmd.Flags().Changed; {
			case !given("size") && given("seed"):
				return usagef("--seed goes with --size: hark demo --size N --db FILE --seed S")
			case !given("size"):
				return a.showSample(ctx, f.fresh)
			case f.fresh:
				return usagef("--fresh makes the sample anew and has nothing to do with --size")
			case f.size < 1 || f.size > mostMade:
				return usagef("%d is no number of interviews to make up; 1 to %d can be", f.size, mostMade)
			case a.db == "":
				return usagef("Which file? hark demo --size %d --db FILE; made-up interviews are kept out of your own notebook", f.size)
			}
			return a.makeUp(ctx, f)
		},
	}
	cmd.Flags().BoolVar(&f.fresh, "fresh", false, "make the sample anew, without what was changed in it")
	cmd.Flags().IntVar(&f.size, "size", 0, "add `N` made-up interviews to the file that --db names")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "the `NUMBER` that the made-up interviews follow from")
	return cmd
}

// showSample opens the app on the sample notebook, and makes that when it is not
// there.
func (a *app) showSample(ctx context.Context, fresh bool) error {
	path, err := a.samplePath(fresh)
	if err != nil {
		return err
	}
	book, err := a.bookApart(path)
	if err != nil {
		return err
	}
	if err := a.fillSample(ctx, book); err != nil {
		return err
	}
	a.note("The sample notebook is %s", path)
	if err := a.needScreen("hark list --db " + path); err != nil {
		return err
	}
	err = a.openApp(ctx, book, interview.ID{}, "")
	if strings.Contains(path, " ") {
		path = `"` + path + `"`
	}
	a.note("Commands look at it with --db: hark show harbour --db %s", path)
	return err
}

// samplePath says where the sample notebook lies, and removes an old one there
// when a fresh one is wanted.
func (a *app) samplePath(fresh bool) (string, error) {
	if a.db != "" {
		if fresh {
			return "", usagef("hark does not remove a file that you named; remove %s yourself, or leave --db away", a.db)
		}
		return filepath.Abs(a.db)
	}
	folder := config.Sample(a.env.Getenv)
	if folder == "" {
		return "", errors.New("Your home folder is not known (HOME is not set), so there is no place for a sample; name one: hark demo --db FILE")
	}
	if fresh {
		if err := os.RemoveAll(folder); err != nil {
			return "", fmt.Errorf("The old sample in %s cannot be removed: %w", folder, reason(err))
		}
	}
	return filepath.Join(folder, "hark.db"), nil
}

// fillSample puts the sample into an empty notebook. One that has anything in it
// is the sample already, or somebody's own, which is left alone.
func (a *app) fillSample(ctx context.Context, book *notebook.Notebook) error {
	there, err := demo.Filled(ctx, book)
	if err != nil || there {
		return err
	}
	some, err := book.List(ctx, 1)
	switch {
	case err != nil:
		return err
	case len(some) > 0:
		return usagef("%s is a notebook with interviews of its own; name another file for the sample, or leave --db away", book.Path())
	}
	return demo.Fill(ctx, book, a.now())
}

// makeUp adds made-up interviews to the file that --db names.
func (a *app) makeUp(ctx context.Context, f demoFlags) error {
	ctx, stop := a.interruptible(ctx)
	defer stop()
	book, err := a.bookApart(a.db)
	if err != nil {
		return err
	}
	p := a.progress(false)
	added, err := demo.Add(ctx, book, demo.Made{
		Size: f.size, Seed: f.seed, Now: a.now(),
		Progress: func(done int) { p.at("Made up", done, f.size) },
	})
	p.end()
	if added > 0 {
		if said := a.tell("%s made up and kept in %s", count(added, "interview", "interviews"), book.Path()); err == nil {
			err = said
		}
	}
	return err
}

// bookApart opens a notebook that is not the user's own: nobody misses it, so
// there are no backups of it and no journal beside it.
func (a *app) bookApart(path string) (*notebook.Notebook, error) {
	a.heed()
	set, err := a.settings()
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(path)
	if err != nil {
		return nil, err
	}
	a.opened, err = notebook.New(notebook.Options{
		Store: store, Now: a.env.Now, Random: rand.Reader, Author: set.Author, NoNudge: !set.Nudge, Departments: set.Departments,
	})
	return a.opened, err
}
