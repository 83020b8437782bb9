package files

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
)

// erasing is what hark erase was asked for.
type erasing struct {
	Commands
	customer string
	yes      bool
	copies   bool
}

// Erase is hark erase.
func (a Commands) Erase() *cobra.Command {
	e := erasing{Commands: a}
	cmd := &cobra.Command{
		Use:   "erase ID…|--customer NAME",
		Short: "Interviews gone for good",
		Long: `Takes interviews out of the notebook for good: everything that was said, with its
history, also of interviews that you deleted before. It cannot be undone. The
notebook is written anew, so that nothing of it stays in the file.

The same words still lie in backups and other copies that hark has put beside the
notebook; --backups takes them out of those as well, and removes damaged copies,
which cannot be cleaned. Files that you exported, and backups that you put
elsewhere, are yours to remove.`,
		Example: `  hark erase k3f
  hark erase --customer "Harbour Welding" --backups`,
		ValidArgsFunction: a.CompleteInterviews,
		RunE: a.Run(a.Book, func(ctx context.Context, book *notebook.Notebook, args []string) error {
			return e.run(ctx, book, args)
		}),
	}
	cmd.Flags().StringVar(&e.customer, "customer", "", "all interviews with customer `NAME`")
	cmd.Flags().BoolVar(&e.yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&e.copies, "backups", false, "out of the backups too")
	cmd.PreRunE = func(_ *cobra.Command, args []string) error {
		switch {
		case e.customer == "" && len(args) == 0:
			return app.Usagef("Say what to erase: hark erase ID, or hark erase --customer NAME; `hark list` shows the IDs")
		case e.customer != "" && len(args) > 0:
			return app.Usagef("Either --customer or %q, not both", args[0])
		}
		return nil
	}
	return cmd
}

func (e *erasing) run(ctx context.Context, book *notebook.Notebook, args []string) error {
	a := e.Commands
	if _, err := a.StoreWaiting(a.Maintain(book.Path())); err != nil {
		return err
	}
	doomed, err := e.interviews(ctx, book, args)
	if err != nil {
		return err
	}
	if !e.yes && !a.StdinIsTerminal {
		return app.Usagef("hark asks before it erases, and there is nobody to ask; --yes erases without asking")
	}
	ids := app.Map(doomed, func(s interview.Summary) interview.ID { return s.ID })
	if !e.yes {
		if err := a.Table(app.Map(doomed, a.Row)); err != nil {
			return err
		}
		yes, err := a.Confirm(ctx, fmt.Sprintf("Erase %s for good? It cannot be undone.", app.Count(len(ids), "interview", "interviews")))
		if err != nil {
			return err
		}
		if !yes {
			a.Note("Nothing was erased.")
			return app.Said(app.ExitFailed)
		}
	}
	return a.eraseForGood(ctx, book, ids, e.copies)
}

// eraseForGood erases interviews, with copies in the backups too, and reports it. The notebook has
// another file then, so that nothing can be done with book any more.
func (a Commands) eraseForGood(ctx context.Context, book *notebook.Notebook, ids []interview.ID, copies bool) error {
	book.Finish() // a backup that is being made is a copy too
	done, err := a.Maintain(book.Path()).Erase(ctx, ids, copies)
	if done.Erased == 0 {
		return app.StoppedOr(err, "nothing was erased")
	}
	if err := a.reportErased(ids, copies, done); err != nil {
		return err
	}
	return app.StoppedOr(err, "the notebook has nothing of it any more; of the copies beside it not all were looked at")
}

// interviews returns the interviews to erase.
func (e *erasing) interviews(ctx context.Context, book *notebook.Notebook, args []string) ([]interview.Summary, error) {
	if e.customer != "" {
		return book.OfCustomer(ctx, e.customer)
	}
	var all []interview.Summary
	for _, ref := range args {
		s, err := book.ByID(ctx, ref)
		if err != nil {
			// An interview that was erased already can still be erased from the backups.
			id, wrong := document.ParseID(strings.ToLower(ref))
			if wrong != nil {
				return nil, err
			}
			s = interview.Summary{ID: id}
		}
		all = append(all, s)
	}
	return all, nil
}

// reportErased says what was erased, and where the words still are.
func (a Commands) reportErased(ids []interview.ID, copies bool, done storage.Erasure) error {
	if err := a.Tell("%s gone from the notebook for good.", app.Count(done.Erased, "interview is", "interviews are")); err != nil {
		return err
	}
	for _, path := range done.Cleaned {
		if err := a.Tell("Taken out of %s too.", path); err != nil {
			return err
		}
	}
	for _, path := range done.Removed {
		if err := a.Tell("%s is damaged and could not be cleaned, so it was removed.", path); err != nil {
			return err
		}
	}
	if len(done.Remaining) == 0 {
		return nil
	}
	a.Note("The same words may still lie in:")
	for _, path := range done.Remaining {
		a.Note("  %s", path)
	}
	if copies {
		return nil
	}
	const named = 5
	if len(ids) > named {
		a.Note("Remove those files to be rid of them.")
		return nil
	}
	var again strings.Builder
	for _, id := range ids {
		again.WriteString(" " + id.String())
	}
	a.Note("`hark erase%s --backups` takes them out of those too.", again.String())
	return nil
}
