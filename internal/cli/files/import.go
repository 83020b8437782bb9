package files

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
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
from. All of the file is looked at before anything is changed: if something in it
will not do, nothing is. The same file twice changes nothing the second time, and
an interview that went on here and elsewhere is merged: no word of either is lost.

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
	in, name, err := a.openIncoming(name)
	if err != nil {
		return err
	}
	defer in.close()
	p := a.Progress(false)
	result, err := book.Import(ctx, in.interviews(ctx), func(step string, done int) { p.At(step, done, 0) })
	p.End()
	if err != nil {
		return a.notImported(name, result, err)
	}
	_, err = fmt.Fprintln(a.Out, imported(result))
	return err
}

// imported describes the result of an import.
func imported(r notebook.Imported) string {
	var parts []string
	for _, part := range []struct {
		n    int
		text string
	}{{r.New, "new"}, {r.Merged, "merged with what was here"}, {r.Same, "here already"}, {r.Erased, "left out, erased here"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.text))
		}
	}
	all := app.Count(r.New+r.Merged+r.Same+r.Erased, "interview", "interviews")
	if len(parts) == 0 {
		return all
	}
	return all + ": " + strings.Join(parts, ", ")
}

// notImported says what is wrong with a file, and what was imported before that.
func (a Commands) notImported(name string, r notebook.Imported, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	result := "nothing was changed"
	if r != (notebook.Imported{}) {
		result = "until then: " + imported(r)
	}
	in, ok := errors.AsType[*interchange.FileError](err)
	if !ok {
		return fmt.Errorf("%w; %s", err, result)
	}
	a.Note("hark: %s, %s; %s", name, in, result)
	if errors.Is(err, interview.ErrNewer) {
		return app.Said(app.ExitNotebook)
	}
	if refusal, ok := errors.AsType[*interview.Error](err); ok && refusal.Code == interview.Refused {
		return app.Said(app.ExitRefused)
	}
	return app.Said(app.ExitUsage)
}

// input is a file that is read twice. What cannot be read twice, such as a pipe, is copied the
// first time to a temporary file, which has no name any more where the system allows that.
type input struct {
	from  io.ReadCloser
	again *os.File // the copy, nil when from can be read again
	named string   // the copy's name, where it could not be removed at once
	times int
}

// openIncoming opens a file, or standard input for "-". It returns the name for messages, too.
func (a Commands) openIncoming(name string) (*input, string, error) {
	in := &input{}
	if name == "-" {
		if a.StdinIsTerminal {
			return nil, "", app.Usagef("import - reads what comes through a pipe, and this is a terminal; write hark import FILE")
		}
		name = "standard input"
		in.from = io.NopCloser(a.Stdin)
	} else {
		f, err := os.Open(name)
		if err != nil {
			return nil, "", fmt.Errorf("%s cannot be read: %w", name, app.Reason(err))
		}
		in.from = f
		switch info, err := f.Stat(); {
		case err == nil && info.IsDir():
			in.close()
			return nil, "", app.Usagef("%s is a folder, and import reads a file", name)
		case err == nil && info.Mode().IsRegular():
			return in, name, nil
		}
	}
	f, err := os.CreateTemp("", "hark-")
	if err != nil {
		in.close()
		return nil, "", fmt.Errorf("There is no room to keep %s while it is looked at: %w", name, app.Reason(err))
	}
	in.again = f
	if os.Remove(f.Name()) != nil {
		in.named = f.Name()
	}
	return in, name, nil
}

func (in *input) close() {
	_ = in.from.Close() // it was only read
	if in.again != nil {
		_ = in.again.Close() // likewise, by now
	}
	if in.named != "" {
		_ = os.Remove(in.named) // there is nobody to tell of a failure
	}
}

// interviews reads the file from its beginning at every call.
func (in *input) interviews(ctx context.Context) notebook.Incoming {
	return func() iter.Seq2[interchange.Incoming, error] {
		return func(yield func(interchange.Incoming, error) bool) {
			in.times++
			r, err := in.reader(ctx)
			if err != nil {
				yield(interchange.Incoming{}, err)
				return
			}
			interchange.Read(r)(yield)
		}
	}
}

func (in *input) reader(ctx context.Context) (io.Reader, error) {
	first := in.times == 1
	file, _ := in.from.(*os.File)
	switch {
	case in.again == nil && first:
		return file, nil
	case in.again == nil:
		_, err := file.Seek(0, io.SeekStart)
		return file, err
	case first:
		return io.TeeReader(patient{ctx, bufio.NewReader(in.from)}, in.again), nil
	}
	_, err := in.again.Seek(0, io.SeekStart)
	return in.again, err
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
