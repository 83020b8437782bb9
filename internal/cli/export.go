package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// format is what an export is written as. It is what the names of its files end
// in, too.
type format string

// The formats of an export.
const (
	formatMarkdown format = "md"
	formatHTML     format = "html"
	formatCSV      format = "csv"
	formatJSON     format = "json"
)

func formats() []format { return []format{formatMarkdown, formatHTML, formatCSV, formatJSON} }

// formatNames are the formats as they are typed.
func formatNames() []string { return docs(formats(), func(f format) string { return string(f) }) }

// exporting is one hark export.
type exporting struct {
	app          *app
	book         *notebook.Notebook
	all          bool
	format       format
	table        string
	bom          bool
	templateFile string
	template     *export.Template // nil without --template
	department   string
	out          string
	force        bool
	thoughts     bool
	// named are the customers who are not to be named, and of whose people a name
	// stands in what was written all the same.
	named []string
}

func (a *app) exportCommand() *cobra.Command {
	e := exporting{app: a}
	cmd := &cobra.Command{
		Use:   "export [ID|CUSTOMER…|--all]",
		Short: "Interviews as files for others",
		Long: `Writes interviews to pass on: as Markdown, as HTML to read and print, as CSV for
a spreadsheet or a CRM, through a template of your own, or as JSON, which
hark import reads back. Quotes and names follow what the customer allowed: by
name, by role, or not at all; JSON has all of them. Your own thoughts stay out
unless you ask for them; with --thoughts JSON is complete, history and all.

One interview goes to standard output unless --out says where. Several as
Markdown go into a folder, a file each; in the other formats into one file, or a
file each if --out is a folder.

--department writes what was carried to one department, out of all interviews
or those that are named.`,
		Example: `  hark export "Harbour Welding" --out notes/
  hark export --all --format html --out interviews.html
  hark export --all --format csv --table problems --out problems.csv
  hark export --department engineering --out engineering.md
  hark export --all --format json --thoughts --out everything.json`,
		ValidArgsFunction: a.completeInterviews,
		PreRunE: func(cmd *cobra.Command, args []string) error {
			return e.check(args, cmd.Flags().Changed)
		},
		RunE: a.run(func(ctx context.Context, book *notebook.Notebook, args []string) error {
			e.book = book
			return e.run(ctx, args)
		}),
	}
	tables := make([]string, len(export.Tables()))
	for i, t := range export.Tables() {
		tables[i] = string(t)
	}
	flags := cmd.Flags()
	flags.BoolVar(&e.all, "all", false, "all interviews")
	flags.StringVar((*string)(&e.format), "format", string(formatMarkdown), "as `"+strings.Join(formatNames(), "|")+"`; without it the name in --out or --table says which")
	flags.StringVar(&e.table, "table", tables[0], "of CSV, the rows: `"+strings.Join(tables, "|")+"`")
	flags.BoolVar(&e.bom, "bom", false, "of CSV, begin with the mark by which Excel knows UTF-8")
	flags.StringVar(&e.templateFile, "template", "", "through a template of your own: Go's text/template in `FILE`")
	flags.StringVar(&e.department, "department", "", "what was carried to the department `NAME`")
	flags.StringVar(&e.out, "out", "-", "to `DIR|FILE|-`: a folder (there already, or with a / at the end), a file, or standard output")
	flags.BoolVar(&e.force, "force", false, "write over files that are there already")
	flags.BoolVar(&e.thoughts, "thoughts", false, "your own thoughts too")
	a.complete(cmd, "format", words(formatNames()...))
	a.complete(cmd, "table", words(tables...))
	return cmd
}

// check refuses what makes no sense together, before anything is read.
func (e *exporting) check(args []string, given func(flag string) bool) error {
	e.guessFormat(given)
	digest := e.department != "" || given("department")
	switch {
	case !slices.Contains(formats(), e.format):
		return usagef("%q is no format that hark writes; it writes %s", e.format, listed(formatNames()))
	case !slices.Contains(export.Tables(), export.Table(e.table)):
		return usagef("%q is no table; there are lines, problems, promises and notes", e.table)
	case e.bom && e.format != formatCSV:
		return usagef("--bom is for --format csv alone")
	case given("template") && (given("format") || given("table")):
		return usagef("Either --template or --format; the name of the template says what it makes")
	case e.out == "":
		return usagef("--out names no place; write --out DIR, --out FILE, or leave it away for standard output")
	case !given("format") && !given("template") && e.strangeEnding() != "":
		return usagef("%q is no format that hark writes; it writes %s. Name the file so, or say which with --format", e.strangeEnding(), listed(formatNames()))
	case e.all && len(args) > 0:
		return usagef("Either --all or %q, not both", args[0])
	case digest && (e.templateFile != "" || e.format != formatMarkdown && e.format != formatHTML):
		return usagef("What was carried to a department comes as md or html")
	case digest && strings.TrimSpace(e.department) == "":
		return usagef("--department names none; `hark routes` shows which there are")
	case !digest && e.several(args) && e.alone() && e.templateFile == "" && !e.intoFolder():
		return usagef("Several interviews as Markdown go into a folder, a file each: --out DIR/")
	}
	return e.readTemplate()
}

// guessFormat takes the format from what was said besides: the name of the file,
// or the table.
func (e *exporting) guessFormat(given func(flag string) bool) {
	switch ext := format(strings.ToLower(strings.TrimPrefix(filepath.Ext(e.out), "."))); {
	case given("format"):
	case given("table"):
		e.format = formatCSV
	case given("template"):
	case slices.Contains(formats(), ext):
		e.format = ext
	}
}

// strangeEnding is the ending of the file in --out when it promises what hark
// does not write, such as docx; "" when there is none.
func (e *exporting) strangeEnding() string {
	name := filepath.Base(e.out)
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	_, err := strconv.Atoi(ext) // as in “figures 2.1”
	if ext == "" || err == nil || "."+ext == strings.ToLower(name) || e.intoFolder() ||
		slices.Contains(formats(), format(ext)) || ext == "markdown" || ext == "txt" {
		return ""
	}
	return ext
}

// listed writes some names one after the other.
func listed(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// several reports whether there can be several interviews; then JSON is an
// array, and HTML has a list of contents.
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
	defer e.sayNamed()
	if e.department != "" {
		return e.digest(ctx, args)
	}
	all, err := e.interviews(ctx, args)
	if err != nil {
		return err
	}
	if e.intoFolder() {
		return e.toFolder(ctx, all)
	}
	return e.toFile(count(len(all), "interview", "interviews"), func(w io.Writer) error {
		return e.write(ctx, w, e.form(e.several(args)), all)
	})
}

// names says whom an interview names who is not to be named: "" for nobody.
func (e *exporting) names(iv *interview.Interview, laid *export.Laid) string {
	if e.format == formatJSON && e.template == nil {
		return "" // it has all names anyway
	}
	names := laid.StillNamed()
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%s)", iv.Customer, strings.Join(names, ", "))
}

// remember keeps what names said, for sayNamed.
func (e *exporting) remember(named string) {
	if named != "" {
		e.named = append(e.named, named)
	}
}

// sayNamed says what to read over before it is passed on.
func (e *exporting) sayNamed() {
	const most = 5
	if len(e.named) == 0 {
		return
	}
	shown, more := first(e.named, most)
	text := strings.Join(shown, "; ")
	if more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	e.app.note("Read it over before you pass it on: what was said or noted names people who are not to be named: %s", text)
}

// toFile writes one file, or to standard output, and says what is in it.
func (e *exporting) toFile(what string, write func(io.Writer) error) error {
	if e.out == "-" {
		return write(e.app.out)
	}
	if err := putAt(e.out, e.force, write); err != nil {
		return err
	}
	e.app.note("%s: %s", e.out, what)
	return nil
}

// interviews returns the interviews to export: those that are named, each once,
// or all, or the newest.
func (e *exporting) interviews(ctx context.Context, args []string) ([]export.HTMLEntry, error) {
	var all []export.HTMLEntry
	if e.all {
		err := e.book.Each(ctx, func(s interview.Summary) bool {
			all = append(all, export.HTMLEntry{ID: s.ID, Customer: s.Customer, StartedAt: s.StartedAt})
			return true
		})
		return all, err
	}
	if len(args) == 0 {
		id, err := find(ctx, e.book, nil)
		return []export.HTMLEntry{{ID: id}}, err
	}
	for _, ref := range args {
		id, err := e.book.Find(ctx, ref)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(c export.HTMLEntry) bool { return c.ID == id }) {
			continue
		}
		view, err := e.book.Open(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, export.HTMLEntry{ID: id, Customer: view.Customer, StartedAt: view.MetAt()})
	}
	return all, nil
}

// write writes interviews into one file.
func (e *exporting) write(ctx context.Context, w io.Writer, f form, all []export.HTMLEntry) error {
	if _, err := w.Write(f.begin(all)); err != nil {
		return err
	}
	err := e.each(ctx, f, all, e.app.progress(e.out == "-"), func(m made) error {
		_, err := w.Write(m.part)
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.Write(f.end())
	return err
}

func (e *exporting) open(ctx context.Context, id interview.ID) (*interview.Interview, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	view, err := e.book.Open(ctx, id)
	return view.Interview, err
}

// comesBack reports whether hark import takes the files in again, so that somebody
// may keep them instead of a backup.
func (e *exporting) comesBack() bool { return e.template == nil && e.format == formatJSON }

// mostPaths is how many paths of files are printed one by one.
const mostPaths = 20

// toFolder writes a file for each interview, and prints their paths, or how many
// there are when nobody would read them. A file that is there already is left
// alone and reported; the others are written all the same.
func (e *exporting) toFolder(ctx context.Context, all []export.HTMLEntry) error {
	if err := os.MkdirAll(e.out, 0o700); err != nil {
		return noFolder(e.out, err)
	}
	root, err := os.OpenRoot(e.out)
	if err != nil {
		return noFolder(e.out, err)
	}
	defer func() { _ = root.Close() }() // nothing is written through it
	var failed error
	written := 0
	f := e.form(false)
	begin, end := f.begin(nil), f.end()
	err = e.each(ctx, f, all, e.app.progress(true), func(m made) error {
		path := filepath.Join(e.out, m.name)
		err := putOneOfMany(root, m.name, e.force, e.comesBack(), slices.Concat(begin, m.part, end))
		switch {
		case errors.Is(err, errThere):
			e.app.complain(notWritten(path, err))
			failed = &saidError{exitFailed}
			return nil
		case err != nil:
			return notWritten(path, err)
		case len(all) <= mostPaths:
			_, err := fmt.Fprintln(e.app.out, plain.Terminal(path))
			return err
		}
		written++
		return nil
	})
	if written > 0 {
		e.app.note("%s: %s", e.out, count(written, "interview", "interviews"))
	}
	return cmp.Or(err, failed)
}

// exportFor writes one interview as Markdown into a folder, for the app, and
// returns the path of the file. "~/" is the home folder.
func (a *app) exportFor(ctx context.Context, book *notebook.Notebook, id interview.ID, folder string) (string, error) {
	if below, ok := strings.CutPrefix(folder, "~/"); ok && a.env.Getenv("HOME") != "" {
		folder = filepath.Join(a.env.Getenv("HOME"), below)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	e := exporting{app: a, book: book, format: formatMarkdown, out: folder}
	iv, err := e.open(ctx, id)
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, plain.FileName(iv.Customer, id.Short(), e.ext()))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", noFolder(folder, err)
	}
	err = putAt(path, false, func(w io.Writer) error {
		_, err := w.Write(export.Markdown(iv, e.options()))
		return err
	})
	if errors.Is(err, errThere) {
		return "", fmt.Errorf("%s is there already, so it was left alone; name another folder", path)
	}
	return path, err
}

// digest writes what was carried to one department. Of the interviews only
// those that carried something there are read.
func (e *exporting) digest(ctx context.Context, args []string) error {
	list, err := e.book.List(ctx, 0)
	if err != nil {
		return err
	}
	if len(args) > 0 {
		chosen, err := e.interviews(ctx, args)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(s interview.Summary) bool {
			return !slices.ContainsFunc(chosen, func(c export.HTMLEntry) bool { return c.ID == s.ID })
		})
	}
	name, err := department(list, e.department)
	switch {
	case err != nil:
		return err
	case name == "":
		e.app.note("hark: Nothing was carried to %s; `hark routes` shows what was carried where", e.department)
		return &saidError{exitNoSuch}
	}
	d := export.NewDigest(name, e.options())
	for _, s := range list {
		if !slices.ContainsFunc(s.Routes, func(r interview.RouteSummary) bool { return export.SameDepartment(r.Department, name) }) {
			continue
		}
		iv, err := e.open(ctx, s.ID)
		if err != nil {
			return err
		}
		d.Add(iv)
		e.remember(e.names(iv, export.LayOut(iv, e.options())))
	}
	b := d.Markdown()
	if e.format == formatHTML {
		b = d.HTML()
	}
	if e.intoFolder() {
		e.out = filepath.Join(e.out, plain.FileName(name, "", e.ext()))
	}
	return e.toFile(count(d.Len(), "route", "routes"), func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// department returns the department that a name means, in full or by a beginning
// that no other has; "" when nothing was carried to it. The error is a
// *notebook.FindError.
func department(list []interview.Summary, name string) (string, error) {
	var begin []string
	want := plain.Fold(strings.TrimSpace(name))
	for _, s := range list {
		for _, r := range s.Routes {
			if export.SameDepartment(r.Department, name) {
				return r.Department, nil
			}
			known := slices.ContainsFunc(begin, func(d string) bool { return export.SameDepartment(d, r.Department) })
			if strings.HasPrefix(plain.Fold(r.Department), want) && !known {
				begin = append(begin, r.Department)
			}
		}
	}
	switch len(begin) {
	case 0:
		return "", nil
	case 1:
		return begin[0], nil
	}
	slices.SortFunc(begin, func(a, b string) int { return cmp.Compare(plain.Fold(a), plain.Fold(b)) })
	return "", &notebook.FindError{Name: name, Fit: begin}
}

// templateError says what is wrong with a template, which is for the person who
// wrote it.
func templateError(err error) error {
	var about *export.TemplateError
	if errors.As(err, &about) {
		return usagef("The template does not work: %s", about)
	}
	return err
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
