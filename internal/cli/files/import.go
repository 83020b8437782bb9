package files

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// importing is what hark import was asked for.
type importing struct {
	Commands
	erase bool
}

// Import is hark import.
func (a Commands) Import() *cobra.Command {
	i := importing{Commands: a}
	cmd := &cobra.Command{
		Use:   "import FILE|-",
		Short: "Interviews from a file, as export wrote them",
		Long: `Brings interviews into the notebook that hark export --format json wrote. Of
each its id and its document are read, which everything else in the file follows
from. One that will not do is named and left out, and the others come in. The same
file twice changes nothing the second time, and an interview that went on here and
elsewhere is merged: no word of either is lost. What a newer hark wrote in one is
kept as it is, and that interview is read-only here.

What the gate forbids is refused here too, such as a solution for a problem that
the customer has not confirmed.

The export of a whole notebook says which interviews were erased there. One that
was never here is marked, so that it stays out when it comes later. One that is
here is named, and hark asks whether it is to go for good; where there is nobody
to ask, it stays unless --erase says otherwise.`,
		Example: `  hark import everything.json
  hark import --erase everything.json
  hark --db old.db export --all --format json --thoughts | hark import -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return app.Usagef("import needs a file: hark import FILE, or - for what comes through a pipe")
			}
			return app.AtMost(1)(cmd, args)
		},
		RunE: a.Run(a.BookToFill, func(ctx context.Context, book *notebook.Notebook, args []string) error {
			file, err := config.Expand(args[0], a.Getenv)
			if err != nil {
				return err
			}
			return i.run(ctx, book, file)
		}),
	}
	cmd.Flags().BoolVar(&i.erase, "erase", false, "erase without asking what was erased elsewhere and is here")
	return cmd
}

func (i *importing) run(ctx context.Context, book *notebook.Notebook, name string) error {
	in, name, err := i.openIncoming(ctx, name)
	if err != nil {
		return err
	}
	defer in.Close()
	p := i.Progress(false)
	result, err := book.Import(ctx, interchange.Read(in), func(done int) { p.At("imported", done, 0) })
	p.End()
	err = i.report(name, result, err)
	erased := i.eraseStanding(ctx, book, result.Standing)
	if err == nil {
		return erased
	}
	i.Complain(erased)
	return err
}

// eraseStanding erases what was erased elsewhere and is here, once that was allowed; what came with
// the same file needs no word.
func (i *importing) eraseStanding(ctx context.Context, book *notebook.Notebook, standing []notebook.Standing) error {
	a := i.Commands
	var ids []interview.ID
	var asked []interview.Summary
	for _, s := range standing {
		if s.Brought {
			ids = append(ids, s.ID)
		} else {
			asked = append(asked, s.Summary)
		}
	}
	refused, err := i.mayErase(ctx, asked)
	if err != nil {
		return err
	}
	if refused == nil {
		ids = append(ids, app.Map(asked, func(s interview.Summary) interview.ID { return s.ID })...)
	}
	if len(ids) == 0 {
		return refused
	}
	if _, err := a.StoreWaiting(a.Maintain(book.Path())); err != nil {
		return err
	}
	return cmp.Or(a.eraseForGood(ctx, book, ids, false), refused)
}

// mayErase names what would go, and asks unless --erase was given. refused is not nil when it is to
// stay.
func (i *importing) mayErase(ctx context.Context, asked []interview.Summary) (refused, err error) {
	a := i.Commands
	if len(asked) == 0 {
		return nil, nil
	}
	err = a.Table(app.Map(asked, func(s interview.Summary) []string {
		return []string{s.ID.Short(), a.Day(s.StartedAt), a.CustomerCell(s.Customer), app.Count(s.Lines, "line", "lines")}
	}))
	switch {
	case err != nil || i.erase:
		return nil, err
	case !a.StdinIsTerminal:
		a.Note("hark: %s elsewhere, and stays here: hark asks before it erases, and there is nobody to ask; --erase erases without asking",
			app.Count(len(asked), "interview was erased", "interviews were erased"))
		return app.Said(app.ExitUsage), nil
	}
	yes, err := a.Confirm(ctx, fmt.Sprintf("Erased elsewhere. Erase %s here for good too? It cannot be undone.", app.Count(len(asked), "interview", "interviews")))
	if err == nil && !yes {
		a.Note("Nothing was erased.")
		refused = app.Said(app.ExitFailed)
	}
	return refused, err
}

// report says what was imported, what was not and why, and what ended the import before its end, if
// something did. The error has the exit code of the first of these.
func (i *importing) report(name string, r notebook.Imported, ended error) error {
	a := i.Commands
	for _, refused := range r.Refused {
		a.Note("hark: %s, %s%s; it was left out", name, refused, update(refused))
	}
	if r.More > 0 {
		a.Note("hark: %s, and %s more that will not do; they were left out", name, app.Count(r.More, "interview", "interviews"))
	}
	unread, isFile := errors.AsType[*interchange.FileError](ended)
	nothing := r.Len()+r.Erasures == 0
	switch {
	case ended != nil && nothing && isFile:
		a.Note("hark: %s, %s; nothing was changed", name, unread)
		return app.Said(importCode(unread))
	case ended != nil && nothing:
		return stopped(ended, "nothing was changed")
	case isFile:
		a.Note("hark: %s, %s; from line %d on nothing was read", name, unread, unread.Unread)
	}
	if _, err := fmt.Fprintln(a.Out, imported(r)); err != nil {
		return err
	}
	if r.ToSettle > 0 {
		a.Note("%s to settle in what was merged: `hark show` lists what", app.Count(r.ToSettle, "thing is", "things are"))
	}
	switch {
	case ended != nil && !isFile:
		return stopped(ended, "what came before is in the notebook, and the same import again brings the rest")
	case len(r.Refused) > 0:
		return app.Said(importCode(r.Refused[0]))
	case isFile:
		return app.Said(importCode(unread))
	}
	return nil
}

// stopped adds to an error what was done until then.
func stopped(err error, done string) error {
	if errors.Is(err, context.Canceled) {
		return app.Stopped(done)
	}
	return fmt.Errorf("%w; %s", err, done)
}

// update says what helps against a hark that is too old.
func update(refused error) string {
	if errors.Is(refused, interview.ErrNewer) {
		return "; update hark to import it"
	}
	return ""
}

// importCode returns the exit code for what a file has.
func importCode(err error) int {
	if errors.Is(err, interview.ErrNewer) {
		return app.ExitNotebook
	}
	if refusal, ok := errors.AsType[*interview.Error](err); ok && refusal.Code == interview.Refused {
		return app.ExitRefused
	}
	return app.ExitUsage
}

// imported describes the result of an import.
func imported(r notebook.Imported) string {
	all := counted(app.Count(r.Len(), "interview", "interviews"), []part{
		{r.New, "new"}, {r.Merged, "merged with what was here"}, {r.Same, "here already"}, {r.Erased, "left out, erased"},
		{r.LeftOut(), "not imported"},
	})
	if r.Erasures == 0 {
		return all
	}
	return all + "\n" + counted(app.Count(r.Erasures, "interview was", "interviews were")+" erased elsewhere", []part{
		{r.Marked, "marked, to stay out"}, {r.Erasures - r.Marked - len(r.Standing), "erased here already"}, {len(r.Standing), "here"},
	})
}

// part is a part of a sum: how many, of what.
type part struct {
	n    int
	text string
}

// counted describes a sum and those of its parts that are not zero.
func counted(sum string, parts []part) string {
	var shown []string
	for _, p := range parts {
		if p.n > 0 {
			shown = append(shown, fmt.Sprintf("%d %s", p.n, p.text))
		}
	}
	if len(shown) == 0 {
		return sum
	}
	return sum + ": " + strings.Join(shown, ", ")
}

// incoming is a file to import.
type incoming struct {
	io.Reader
	from io.Closer
}

// Close closes the file, which was only read.
func (in incoming) Close() { _ = in.from.Close() }

// openIncoming opens a file, or standard input for "-". It returns the name for messages, too.
func (a Commands) openIncoming(ctx context.Context, name string) (incoming, string, error) {
	if name == "-" {
		if a.StdinIsTerminal {
			return incoming{}, "", app.Usagef("import - reads what comes through a pipe, and this is a terminal; write hark import FILE")
		}
		return incoming{patient{ctx, a.Stdin}, io.NopCloser(a.Stdin)}, "standard input", nil
	}
	f, err := openPatiently(ctx, name)
	if errors.Is(err, context.Canceled) {
		return incoming{}, "", app.Stopped("nothing was read, and nothing was changed")
	}
	if err != nil {
		return incoming{}, "", fmt.Errorf("%s cannot be read: %w", name, app.Reason(err))
	}
	switch info, err := f.Stat(); {
	case err == nil && info.IsDir():
		_ = f.Close() // nothing was read
		return incoming{}, "", app.Usagef("%s is a folder, and import reads a file", name)
	case err == nil && info.Mode().IsRegular():
		return incoming{f, f}, name, nil
	}
	return incoming{patient{ctx, f}, f}, name, nil
}

// openPatiently opens a file to read. A pipe opens once somebody writes to it; the wait for that ends
// with ctx.
func openPatiently(ctx context.Context, name string) (*os.File, error) {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.Open(name)
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		return o.f, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// patient is a reader that stops waiting when ctx ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	type got struct {
		n   int
		err error
	}
	// The caller may use b again after ctx has ended, so the read has a buffer of its own.
	own := make([]byte, len(b))
	read := make(chan got, 1)
	go func() {
		n, err := p.r.Read(own)
		read <- got{n, err}
	}()
	select {
	case <-p.ctx.Done():
		return 0, p.ctx.Err()
	case g := <-read:
		return copy(b, own[:g.n]), g.err
	}
}
