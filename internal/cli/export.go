package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// The formats of an export.
const (
	formatMarkdown = "md"
	formatJSON     = "json"
)

// exporting is one hark export.
type exporting struct {
	app      *app
	book     *notebook.Notebook
	all      bool
	format   string
	out      string
	force    bool
	thoughts bool
}

func (a *app) exportCommand() *cobra.Command {
	var e exporting
	cmd := &cobra.Command{
		Use:   "export [ID|CUSTOMER…|--all]",
		Short: "Interviews as files for others",
		Long: `Writes interviews as Markdown, to pass on, or as JSON, which holds everything.
Quotes in Markdown follow what the customer allowed: by name, by role, or not at
all. Your own thoughts stay out unless you ask for them.

One interview goes to standard output unless --out says where. Several go into a
folder, a file each, or with --format json to one array.`,
		Example: `  hark export "Harbour Welding" --out notes/
  hark export --all --format json --out everything.json`,
		ValidArgsFunction: a.completeInterviews,
		PreRunE: func(cmd *cobra.Command, args []string) error {
			return e.check(args, cmd.Flags().Changed("format"))
		},
		RunE: a.run(func(ctx context.Context, book *notebook.Notebook, args []string) error {
			e.app, e.book = a, book
			return e.run(ctx, args)
		}),
	}
	cmd.Flags().BoolVar(&e.all, "all", false, "all interviews")
	cmd.Flags().StringVar(&e.format, "format", formatMarkdown, "`md|json`")
	cmd.Flags().StringVar(&e.out, "out", "-", "into a folder (there already, or with a / at the end), to a file, or - for standard output: `DIR|FILE|-`")
	cmd.Flags().BoolVar(&e.force, "force", false, "write over files that are there already")
	cmd.Flags().BoolVar(&e.thoughts, "thoughts", false, "your own thoughts too")
	a.complete(cmd, "format", words(formatMarkdown, formatJSON))
	return cmd
}

// check refuses what makes no sense together, before anything is read.
func (e *exporting) check(args []string, formatGiven bool) error {
	if !formatGiven && strings.EqualFold(filepath.Ext(e.out), ".json") {
		e.format = formatJSON
	}
	switch {
	case e.format != formatMarkdown && e.format != formatJSON:
		return usagef("%q is no format that hark writes; it writes md and json", e.format)
	case e.out == "":
		return usagef("--out names no place; write --out DIR, --out FILE, or leave it away for standard output")
	case e.all && len(args) > 0:
		return usagef("Either --all or %q, not both", args[0])
	case e.several(args) && e.format == formatMarkdown && !e.intoFolder():
		return usagef("Several interviews as Markdown go into a folder, a file each: --out DIR/")
	}
	return nil
}

// several reports whether there can be several interviews; then JSON is an
// array.
func (e *exporting) several(args []string) bool { return e.all || len(args) > 1 }

// intoFolder reports whether --out names a folder.
func (e *exporting) intoFolder() bool {
	if os.IsPathSeparator(e.out[len(e.out)-1]) {
		return true
	}
	info, err := os.Stat(e.out)
	return e.out != "-" && err == nil && info.IsDir()
}

func (e *exporting) run(ctx context.Context, args []string) error {
	ids, err := e.interviews(ctx, args)
	if err != nil {
		return err
	}
	switch {
	case e.intoFolder():
		return e.toFolder(ctx, ids)
	case e.out == "-":
		return e.write(ctx, e.app.out, ids, e.several(args))
	}
	folder, name := filepath.Split(e.out)
	root, err := os.OpenRoot(filepath.Join(folder, "."))
	if err != nil {
		return noFolder(folder, err)
	}
	defer func() { _ = root.Close() }() // nothing is written through it
	err = putFile(root, name, e.force, func(w io.Writer) error { return e.write(ctx, w, ids, e.several(args)) })
	if err != nil {
		return notWritten(e.out, err)
	}
	e.app.note("%s: %s", e.out, count(len(ids), "interview", "interviews"))
	return nil
}

// interviews returns the interviews to export: those that are named, each once,
// or all, or the newest.
func (e *exporting) interviews(ctx context.Context, args []string) ([]interview.ID, error) {
	var ids []interview.ID
	if e.all {
		list, err := e.book.List(ctx, 0)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			ids = append(ids, s.ID)
		}
		return ids, nil
	}
	if len(args) == 0 {
		id, err := find(ctx, e.book, nil)
		return []interview.ID{id}, err
	}
	for _, ref := range args {
		id, err := e.book.Find(ctx, ref)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// write writes interviews one after the other; with array, as a JSON array.
func (e *exporting) write(ctx context.Context, w io.Writer, ids []interview.ID, array bool) error {
	if !array || e.format == formatMarkdown {
		for _, id := range ids {
			b, _, err := e.render(ctx, id)
			if err != nil {
				return err
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	}
	// One at a time, so that a large notebook need not fit into memory; the
	// bytes are those that plain.JSON would give the whole.
	separator := "[\n  "
	for _, id := range ids {
		b, _, err := e.render(ctx, id)
		if err != nil {
			return err
		}
		b = bytes.ReplaceAll(bytes.TrimSuffix(b, []byte("\n")), []byte("\n"), []byte("\n  "))
		if _, err := fmt.Fprintf(w, "%s%s", separator, b); err != nil {
			return err
		}
		separator = ",\n  "
	}
	end := "\n]\n"
	if len(ids) == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// render returns one interview in the chosen format, and the name of a file for
// it.
func (e *exporting) render(ctx context.Context, id interview.ID) (b []byte, name string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	view, err := e.book.Open(ctx, id)
	if err != nil {
		return nil, "", err
	}
	name = plain.FileName(view.Customer, id.Short(), "."+e.format)
	if e.format == formatMarkdown {
		return export.Markdown(view.Interview, export.Options{Location: e.app.env.Zone, Thoughts: e.thoughts}), name, nil
	}
	doc := export.JSON(view.Interview)
	if !e.thoughts {
		doc = doc.WithoutThoughts()
	}
	b, err = plain.JSON(doc)
	return b, name, err
}

// toFolder writes a file for each interview, and prints their paths. A file that
// is there already is left alone and reported; the others are written all the
// same.
func (e *exporting) toFolder(ctx context.Context, ids []interview.ID) error {
	if err := os.MkdirAll(e.out, 0o700); err != nil {
		return noFolder(e.out, err)
	}
	root, err := os.OpenRoot(e.out)
	if err != nil {
		return noFolder(e.out, err)
	}
	defer func() { _ = root.Close() }() // nothing is written through it
	var failed error
	for _, id := range ids {
		b, name, err := e.render(ctx, id)
		if err != nil {
			return err
		}
		path := filepath.Join(e.out, name)
		err = putFile(root, name, e.force, func(w io.Writer) error {
			_, err := w.Write(b)
			return err
		})
		switch {
		case errors.Is(err, errThere):
			e.app.complain(notWritten(path, err))
			failed = &saidError{exitFailed}
		case err != nil:
			return notWritten(path, err)
		default:
			if _, err := fmt.Fprintln(e.app.out, plain.Terminal(path)); err != nil {
				return err
			}
		}
	}
	return failed
}

func noFolder(folder string, err error) error {
	return fmt.Errorf("The folder %s cannot be used: %w", folder, reason(err))
}

// notWritten says which file an error is about. Errors that have nothing to do
// with the file are left as they are.
func notWritten(path string, err error) error {
	switch {
	case errors.Is(err, errThere), errors.Is(err, errNoFile):
		return fmt.Errorf("%s: %w", path, err)
	case isFile(err):
		return fmt.Errorf("%s could not be written: %w", path, reason(err))
	}
	return err
}

// reason takes the path off what the operating system said: it has been said.
func reason(err error) error {
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		return inPath.Err
	case errors.As(err, &inLink):
		return inLink.Err
	}
	return err
}
