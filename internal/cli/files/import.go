package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// Import is hark import.
func (a Commands) Import() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE|-",
		Short: "Interviews from a file, as export wrote them",
		Long: `Brings interviews into the notebook that hark export --format json wrote. Of
each its id and its document are read, which everything else in the file follows
from. One that will not do is named and left out, and the others come in. The same
file twice changes nothing the second time, and an interview that went on here and
elsewhere is merged: no word of either is lost. What a newer hark wrote in one is
kept as it is, and that interview is read-only here.

What the gate forbids is refused here too, such as a solution for a problem that
the customer has not confirmed.`,
		Example: `  hark import everything.json
  hark --db old.db export --all --format json --thoughts | hark import -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return app.Usagef("import needs a file: hark import FILE, or - for what comes through a pipe")
			}
			return app.AtMost(1)(cmd, args)
		},
		RunE: a.Run(a.BookToFill, func(ctx context.Context, book *notebook.Notebook, args []string) error {
			return a.importFile(ctx, book, args[0])
		}),
	}
}

func (a Commands) importFile(ctx context.Context, book *notebook.Notebook, name string) error {
	in, name, err := a.openIncoming(ctx, name)
	if err != nil {
		return err
	}
	defer in.Close()
	p := a.Progress(false)
	result, err := book.Import(ctx, interchange.Read(in), func(done int) { p.At("imported", done, 0) })
	p.End()
	return a.reportImport(name, result, err)
}

// reportImport says what was imported, what was not and why, and what ended the import before its
// end, if something did. The error has the exit code of the first of these.
func (a Commands) reportImport(name string, r notebook.Imported, ended error) error {
	for _, refused := range r.Refused {
		a.Note("hark: %s, %s%s; it was left out", name, refused, update(refused))
	}
	unread, isFile := errors.AsType[*interchange.FileError](ended)
	switch {
	case ended != nil && r.Len() == 0 && isFile:
		a.Note("hark: %s, %s; nothing was changed", name, unread)
		return app.Said(importCode(unread))
	case ended != nil && r.Len() == 0:
		return stopped(ended, "nothing was changed")
	case isFile:
		a.Note("hark: %s, %s; from line %d on nothing was read", name, unread, unread.Unread)
	}
	if _, err := fmt.Fprintln(a.Out, imported(r)); err != nil {
		return err
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

// stopped adds to an error what was done until then. One who stopped the import knows it.
func stopped(err error, done string) error {
	if errors.Is(err, context.Canceled) {
		return err
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
	var parts []string
	for _, part := range []struct {
		n    int
		text string
	}{
		{r.New, "new"}, {r.Merged, "merged with what was here"}, {r.Same, "here already"}, {r.Erased, "left out, erased here"},
		{len(r.Refused), "not imported"},
	} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.text))
		}
	}
	all := app.Count(r.Len(), "interview", "interviews")
	if len(parts) == 0 {
		return all
	}
	return all + ": " + strings.Join(parts, ", ")
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
	f, err := os.Open(name)
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
