package files

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// format is what an export is written as, which is also the ending of its file names.
type format string

// The formats of an export.
const (
	formatMarkdown format = "md"
	formatHTML     format = "html"
	formatCSV      format = "csv"
	formatJSON     format = "json"
)

func formats() []format { return []format{formatMarkdown, formatHTML, formatCSV, formatJSON} }

// formatNames returns the formats as they are typed.
func formatNames() []string { return app.Map(formats(), func(f format) string { return string(f) }) }

// exporting is what hark export was asked for.
type exporting struct {
	Commands
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
	// known finds whom else an interview can name.
	known *app.Known
	// still has who is named in the text and should not be.
	still app.ReadOver
	// held are the customers who did not allow all that JSON has of them.
	held []string
	// erased are the interviews of which JSON says that they were erased.
	erased []interview.ID
	// undated is how many promises went out without a day that is still to settle.
	undated int
}

// Export is hark export.
func (a Commands) Export() *cobra.Command {
	e := exporting{Commands: a}
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
		ValidArgsFunction: a.CompleteInterviews,
		PreRunE: func(cmd *cobra.Command, args []string) error {
			return e.check(args, cmd.Flags().Changed)
		},
		RunE: a.Run(a.Book, func(ctx context.Context, book *notebook.Notebook, args []string) error {
			e.book = book
			return app.StoppedOr(e.run(ctx, args), "nothing was written")
		}),
	}
	tables := app.Map(export.Tables(), func(t export.Table) string { return string(t) })
	flags := cmd.Flags()
	flags.BoolVar(&e.all, "all", false, "all interviews")
	flags.StringVar((*string)(&e.format), "format", string(formatMarkdown), "as `"+strings.Join(formatNames(), "|")+"`; without it the name in --out or --table says which")
	flags.StringVar(&e.table, "table", tables[0], "of CSV, the rows: `"+strings.Join(tables, "|")+"`")
	flags.BoolVar(&e.bom, "bom", false, "of CSV, begin with the mark by which Excel knows UTF-8")
	a.PathVar(flags, &e.templateFile, "template", "", "through a template of your own: Go's text/template in `FILE`")
	flags.StringVar(&e.department, "department", "", "what was carried to the department `NAME`")
	a.PathVar(flags, &e.out, "out", "-", "to `DIR|FILE|-`: a folder (there already, or with a / at the end), a file, or standard output")
	flags.BoolVar(&e.force, "force", false, "write over files that are there already")
	flags.BoolVar(&e.thoughts, "thoughts", false, "your own thoughts too")
	app.Complete(cmd, "format", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp))
	app.Complete(cmd, "table", cobra.FixedCompletions(tables, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// check refuses flags that contradict each other, before anything is read.
func (e *exporting) check(args []string, given func(flag string) bool) error {
	e.guessFormat(given)
	digest := e.department != "" || given("department")
	switch {
	case !slices.Contains(formats(), e.format):
		return app.Usagef("%q is no format that hark writes; it writes %s", e.format, plain.List(formatNames(), "and"))
	case !slices.Contains(export.Tables(), export.Table(e.table)):
		return app.Usagef("%q is no table; there are lines, problems, promises and notes", e.table)
	case e.bom && e.format != formatCSV:
		return app.Usagef("--bom is for --format csv alone")
	case given("template") && (given("format") || given("table")):
		return app.Usagef("Either --template or --format; the name of the template says what it makes")
	case e.out == "":
		return app.Usagef("--out names no place; write --out DIR, --out FILE, or leave it away for standard output")
	case !given("format") && !given("template") && e.strangeEnding() != "":
		return app.Usagef("%q is no format that hark writes; it writes %s. Name the file so, or say which with --format", e.strangeEnding(), plain.List(formatNames(), "and"))
	case e.all && len(args) > 0:
		return app.Usagef("Either --all or %q, not both", args[0])
	case digest && (e.templateFile != "" || e.format != formatMarkdown && e.format != formatHTML):
		return app.Usagef("What was carried to a department comes as md or html")
	case digest && strings.TrimSpace(e.department) == "":
		return app.Usagef("--department names none; `hark routes` shows which there are")
	case !digest && e.several(args) && e.alone() && e.templateFile == "" && !e.intoFolder():
		return app.Usagef("Several interviews as Markdown go into a folder, a file each: --out DIR/")
	}
	return e.readTemplate()
}

// guessFormat takes the format from the name of the file or from the table, where none was asked
// for.
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

// strangeEnding returns the ending of the file in --out when it promises a format that hark does
// not write, such as docx; "" otherwise.
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

// several reports whether there can be several interviews: JSON is an array then, and HTML has a
// table of contents.
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
	defer func() {
		e.SayReadOver(e.still)
		e.sayHeld()
		e.NoteUndated(e.undated)
	}()
	e.known = app.NewKnown(e.book)
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
	err = e.WriteOut(e.out, e.force, e.exported(len(all)), func(w io.Writer) error {
		return e.write(ctx, w, e.form(e.several(args)), all)
	})
	if e.out == "-" {
		return app.StoppedOr(err, "not all of it was printed")
	}
	return app.StoppedOr(err, e.out+" was not written")
}

// exported says how much was exported.
func (e *exporting) exported(interviews int) string {
	text := app.Count(interviews, "interview", "interviews")
	if n := len(e.erased); n > 0 {
		text += fmt.Sprintf(", and %d erased", n)
	}
	return text
}

// stillIn returns who is named and should not be in the part of an export that was made of an interview. JSON has all names anyway.
func (e *exporting) stillIn(p piece, part []byte) export.Still {
	switch {
	case e.template != nil:
		return export.SharedStill(p.Interview, p.opts)
	case e.format == formatMarkdown, e.format == formatHTML:
		return p.page.Still()
	case e.format == formatCSV:
		return export.StillIn(p.Interview, p.opts, string(part))
	}
	return export.Still{}
}

// undatedIn counts the promises of an interview that this export writes without their day. JSON has
// what is in doubt as well, and some tables have no promises.
func (e *exporting) undatedIn(iv *interview.Interview) int {
	if e.template != nil {
		return export.Undated(iv)
	}
	switch e.format {
	case formatMarkdown, formatHTML:
		return export.Undated(iv)
	case formatCSV:
		switch export.Table(e.table) {
		case export.TablePromises, export.TableNotes:
			return export.Undated(iv)
		case export.TableLines, export.TableProblems:
		}
	case formatJSON:
	}
	return 0
}

// sayHeld says, once, that JSON in a file has what customers did not allow. That in a pipe says so by
// its consent alone.
func (e *exporting) sayHeld() {
	if len(e.held) == 0 || e.out == "-" && !e.StdoutIsFile() {
		return
	}
	e.Note("JSON has all names and quotes. Not everything of that was allowed by %s: it is for you, and `consent` in it says what they allow", app.SomeOf(e.held))
}

// interviews returns the interviews to export: those that are named, each once, or all, or the
// newest.
func (e *exporting) interviews(ctx context.Context, args []string) ([]export.HTMLEntry, error) {
	var all []export.HTMLEntry
	if e.all {
		err := e.book.Each(ctx, func(s interview.Summary) bool {
			e.known.Read(s)
			all = append(all, export.HTMLEntry{ID: s.ID, Customer: s.Customer, StartedAt: s.StartedAt})
			return true
		})
		if err == nil && e.comesBack() {
			e.erased, err = e.book.Erased(ctx)
		}
		return all, err
	}
	if len(args) == 0 {
		id, err := app.Find(ctx, e.book, nil)
		return []export.HTMLEntry{{ID: id}}, err
	}
	for _, ref := range args {
		id, err := e.book.Find(ctx, ref)
		if err != nil {
			if err := e.findErased(ctx, ref, err); err != nil {
				return nil, err
			}
			continue
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

// findErased takes the erased interview whose ID begins with ref, where the format has it. missed is
// why there is no other, and is returned when there is none of these.
func (e *exporting) findErased(ctx context.Context, ref string, missed error) error {
	none, ok := errors.AsType[*notebook.FindError](missed)
	if !ok || len(none.Fit) > 0 || !e.comesBack() || ref == "" {
		return missed
	}
	all, err := e.book.Erased(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(id interview.ID) bool { return !strings.HasPrefix(id.String(), strings.ToLower(ref)) })
	if len(all) != 1 {
		return missed
	}
	if !slices.Contains(e.erased, all[0]) {
		e.erased = append(e.erased, all[0])
	}
	return nil
}

// write writes interviews into one file.
func (e *exporting) write(ctx context.Context, w io.Writer, f form, all []export.HTMLEntry) error {
	if _, err := w.Write(f.begin(all)); err != nil {
		return err
	}
	err := e.each(ctx, f, all, e.Progress(e.out == "-"), func(m made) error {
		e.wentOut(m)
		_, err := w.Write(m.part)
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.Write(f.end(all))
	return err
}

func (e *exporting) open(ctx context.Context, id interview.ID) (*interview.Interview, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	view, err := e.book.Open(ctx, id)
	return view.Interview, err
}

// comesBack reports whether hark import reads the files, so that somebody may rely on them instead
// of a backup.
func (e *exporting) comesBack() bool { return e.template == nil && e.format == formatJSON }

// mostPaths is how many paths of files are printed one by one.
const mostPaths = 20

// erasedName is the file that lists in a folder what was erased. The names of others end in an ID.
const erasedName = "erased.json"

// toFolder writes a file for each interview, and prints their paths, or their number when it is
// large. A file that is there already is left alone and reported; the others are written all the
// same.
func (e *exporting) toFolder(ctx context.Context, all []export.HTMLEntry) error {
	place, err := e.MakePlace(e.out)
	if err != nil {
		return err
	}
	defer place.Close()
	var failed error
	done, written := 0, 0 // written are those that are not named
	var begin, end []byte
	put := func(m made) error {
		path := filepath.Join(e.out, m.name)
		err := place.PutOneOfMany(m.name, e.force, e.comesBack(), slices.Concat(begin, m.part, end))
		switch {
		case errors.Is(err, app.ErrThere):
			e.Complain(err)
			failed = app.Said(app.ExitFailed)
			return nil
		case err != nil:
			return err
		}
		if m.name != erasedName {
			e.wentOut(m)
			done++
		}
		if len(all) <= mostPaths || m.name == erasedName {
			_, err := fmt.Fprintln(e.Out, plain.Terminal(path))
			return err
		}
		written++
		return nil
	}
	if len(e.erased) > 0 {
		f := arrayOf(nil, e.erased)
		if err := put(made{name: erasedName, part: slices.Concat(f.begin(nil), f.end(nil))}); err != nil {
			return err
		}
		e.erased = nil
	}
	f := e.form(false)
	begin, end = f.begin(nil), f.end(nil)
	err = e.each(ctx, f, all, e.Progress(true), put)
	if written > 0 {
		e.Note("%s: %s", e.out, app.Count(written, "interview", "interviews"))
	}
	return cmp.Or(app.StoppedOr(err, fmt.Sprintf("%d of %d files were written", done, len(all))), failed)
}

// digest writes what was carried to one department. It reads only the interviews that carried
// something there.
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
	groups := insight.ByDepartment(insight.Routes(list), nil)
	fit := insight.Named(groups, func(g insight.Group[insight.Route]) string { return g.Name }, e.department)
	switch len(fit) {
	case 0:
		e.Note("hark: Nothing was carried to %s; `hark routes` shows what was carried where", e.department)
		return app.Said(app.ExitNoSuch)
	case 1:
	default:
		return &notebook.FindError{Name: e.department, Fit: app.Map(fit, func(g insight.Group[insight.Route]) string { return g.Name })}
	}
	department := fit[0]
	d := export.NewDigest(department.Name, e.options())
	for _, s := range list {
		if !slices.ContainsFunc(department.Items, func(r insight.Route) bool { return r.Ref.Interview == s.ID }) {
			continue
		}
		iv, err := e.open(ctx, s.ID)
		if err != nil {
			return err
		}
		known, err := e.known.In(ctx, iv)
		if err != nil {
			return err
		}
		e.still.Add(iv.Customer, d.Add(iv, known))
	}
	b := d.Markdown()
	if e.format == formatHTML {
		b = d.HTML()
	}
	if e.intoFolder() {
		e.out = filepath.Join(e.out, plain.FileName(department.Name, "", e.ext()))
	}
	return e.WriteOut(e.out, e.force, app.Count(d.Len(), "route", "routes"), app.Content(b))
}

// templateError makes a sentence of a mistake in a template, for the person who wrote it.
func templateError(err error) error {
	if about, ok := errors.AsType[*export.TemplateError](err); ok {
		return app.Usagef("The template does not work: %s", about)
	}
	return err
}
