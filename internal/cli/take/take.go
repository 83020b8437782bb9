package take

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hark/internal/capture"
	"hark/internal/cli/app"
	"hark/internal/config"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
)

// takeFlags are what hark take was asked for.
type takeFlags struct {
	customer string // of a new interview
	isNew    bool
	begin    beginFlags
	ref      string // of an interview that is there
	file     string // "-" is standard input
	as       string // how its lines are read: asMarks, asText, or "" for what it looks like
}

// The ways to read the lines of a file.
const (
	asMarks = "marks"
	asText  = "text"
)

// Take is hark take.
func (a Commands) Take() *cobra.Command {
	var f takeFlags
	cmd := &cobra.Command{
		Use:   "take [ID|CUSTOMER] [FILE]",
		Short: "An interview as plain lines, without a screen",
		Long: `Keeps an interview line by line: typed at a terminal, with prompts; from a pipe;
or from a file. Nothing moves the cursor, so it suits screen readers, scripts and
notes that were written elsewhere.

  text   their meaning, in your words     "text  their words, verbatim
  !text  a problem; !"text in their words ~text  what you saw
  =text  what they value                  ?text  to ask later
  >text  your own thought, held back      +text  a promise (@who, due friday)
  /…     a command; /help lists them

@Name in front says who said it, #theme marks a theme.

Each line is answered once it is kept, with its number and the text as kept. At a
terminal hark asks about a line that it does not understand: enter keeps it as it
is, to settle later, or you type it again. Of a file every good line is kept, each
bad one is reported with its number and the reason, and the exit code is that of
the first bad one.

In Markdown and mail a line that begins with + or > is no promise and no thought.
Where a file looks like one of them, nothing is kept until you say what its lines
are: --as text keeps every line as it stands, --as marks reads them like any others.`,
		Example: `  hark take --new "Harbour Welding"
  hark take --new "Harbour Welding" --ended "2h ago" notes.txt
  hark take harbour more.txt`,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if f.customer == "" && len(args) == 0 {
				return a.CompleteInterviews(cmd, args, typed)
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		PreRunE: func(cmd *cobra.Command, args []string) error {
			f.isNew = cmd.Flags().Changed("new")
			return f.read(args, a.Getenv)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return a.take(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.customer, "new", "", "a new interview with `CUSTOMER`")
	app.Complete(cmd, "new", cobra.NoFileCompletions)
	cmd.Flags().StringVar(&f.as, "as", "", "how the lines of a file are read: `marks|text`")
	app.Complete(cmd, "as", cobra.FixedCompletions([]cobra.Completion{asMarks, asText}, cobra.ShellCompDirectiveNoFileComp))
	a.addBeginFlags(cmd, &f.begin)
	return cmd
}

// read reads the arguments.
func (f *takeFlags) read(args []string, getenv func(string) string) error {
	const most = "a name of several words needs quotes"
	switch {
	case f.isNew && strings.TrimSpace(f.customer) == "":
		return app.Usagef("The customer needs a name: hark take --new CUSTOMER")
	case f.isNew && len(args) > 1:
		return app.Usagef("There can be one file, and %q is one too many; %s", args[1], most)
	case !f.isNew && len(args) == 0:
		return app.Usagef("Which interview? hark take --new CUSTOMER begins one, hark take ID|CUSTOMER goes on with one")
	case !f.isNew && len(args) > 2:
		return app.Usagef("There can be one interview and one file, and %q is one too many; %s", args[2], most)
	case f.as != "" && f.as != asMarks && f.as != asText:
		return app.Usagef("--as is %s or %s, not %q", asMarks, asText, f.as)
	case !f.isNew && f.begin.playbook != "":
		return app.Usagef("A playbook is chosen when an interview begins, with --new CUSTOMER; this one keeps the one it has")
	case !f.isNew && f.begin.ended != "":
		return app.Usagef("--ended is for a new interview, with --new CUSTOMER; of one that is there, /end says when it was over")
	}
	if !f.isNew {
		f.ref, args = args[0], args[1:]
	}
	f.file = "-"
	if len(args) == 0 {
		return nil
	}
	var err error
	f.file, err = config.Expand(args[0], getenv)
	return err
}

// taking is one run of hark take.
type taking struct {
	app   *app.App
	book  *notebook.Notebook
	mode  notebook.Mode
	start interview.Beginning // of an interview that is not there yet
	// view is the interview as it stands, empty until it is begun. began is its first revision, 0
	// when it was there before.
	view  notebook.View
	began interview.Revision
	// met returns the names of those whom earlier meetings with the customer know. They are read
	// when a line may name one of them.
	met func() []string
	// talking is true at a terminal, with prompts.
	talking bool
	// as is how lines of a file are read.
	as string
	// asked is the line that the person is asked about, nil for none.
	asked *interview.Typed
	// pasted are the lines that the person is asked about, as one, nil for none.
	pasted []typed
	// answers are those that did not go to a terminal.
	answers strings.Builder
}

func (a Commands) take(ctx context.Context, f takeFlags) error {
	in, err := a.openInput(f.file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	t := &taking{app: a.App}
	if f.begin.debrief || f.begin.ended != "" {
		t.mode = notebook.Debrief
	}
	open := a.Book
	if f.isNew {
		open = a.BookToFill
	}
	if t.book, err = open(); err != nil {
		return err
	}
	if f.isNew {
		if t.start, err = a.beginning(ctx, t.book, f.customer, f.begin); err == nil {
			a.noteAlike(ctx, t.book, f.customer, "hark take --new")
		}
	} else {
		err = t.open(ctx, f.ref)
	}
	if err != nil {
		return err
	}
	t.met = func() []string { return t.readMet(ctx) }
	if f.file == "-" && a.StdinIsTerminal && a.StdoutIsTerminal {
		return t.talk(ctx)
	}
	t.as = f.as
	ctx, stop := a.Interruptible(ctx)
	defer stop()
	return t.takeAll(ctx, in, inputName(f.file))
}

func inputName(file string) string {
	if file == "-" {
		return "what came in"
	}
	return file
}

// open opens an interview that is there.
func (t *taking) open(ctx context.Context, ref string) error {
	id, err := t.book.Find(ctx, ref)
	if err != nil {
		return err
	}
	t.view, err = t.book.Open(ctx, id)
	return err
}

// begin begins the new interview, once.
func (t *taking) begin(ctx context.Context) error {
	if t.view.Interview != nil {
		return nil
	}
	r, err := t.book.Begin(ctx, t.start)
	if err != nil {
		return err
	}
	t.view, t.began = r.View, r.Revision // no revision when it is only in the journal
	return nil
}

// do carries out what a line says and prints the answer. The action is nil when the line cannot be
// understood. The error is a *capture.Error or an *interview.Error when it is about that line.
func (t *taking) do(ctx context.Context, text string) (interview.Action, notebook.Result, error) {
	action, err := t.context().Parse(text)
	if err != nil {
		return nil, notebook.Result{}, err
	}
	r, err := t.apply(ctx, action)
	return action, r, err
}

// context is what a line is typed into.
func (t *taking) context() capture.Context {
	now := t.app.LocalNow()
	if t.view.Interview != nil {
		in := capture.In(t.view.Interview, now)
		in.Met, in.Unseen = t.met, !t.talking
		return in
	}
	day := now
	if !t.start.MetUntil.IsZero() {
		day = t.start.MetUntil.In(now.Location())
	}
	return capture.Context{Day: interview.DateOf(day), Customer: t.start.Customer, Met: t.met}
}

// readMet reads the names of those whom earlier meetings with the customer know. What cannot be
// read stays unknown: writing the line will find out why.
func (t *taking) readMet(ctx context.Context) []string {
	iv := t.view.Interview
	if iv == nil {
		iv = &interview.Interview{Customer: t.start.Customer, StartedAt: t.app.LocalNow(), MetUntil: t.start.MetUntil}
	}
	return insight.Customer{People: t.book.MetBefore(ctx, iv)}.Names()
}

// apply does an action and prints the answer.
func (t *taking) apply(ctx context.Context, action interview.Action) (notebook.Result, error) {
	if err := t.begin(ctx); err != nil {
		return notebook.Result{}, &stopError{err}
	}
	r, err := t.book.Apply(ctx, t.view.ID, action, t.mode)
	if r.Interview == nil {
		return r, err
	}
	t.view = r.View
	if r.Journalled != nil {
		t.began = 0 // the revision does not change with what is only in the journal
	}
	// A failure to print the answer does not stop the input from being stored: nobody may be left
	// to read it. The writer holds on to its error until the end.
	said := answer(r, action, t.talking)
	if !t.app.StdoutIsTerminal {
		t.answers.WriteString(said + "\n")
	}
	_, _ = fmt.Fprintln(t.app.Out, said)
	_ = t.app.Out.Flush()
	return r, err
}

// takeAll stores all lines of a file or pipe.
func (t *taking) takeAll(ctx context.Context, in io.Reader, name string) error {
	r := bufio.NewReaderSize(in, inputBuffer)
	page := capture.Markdown{In: t.context()}
	if err := examine(r, in, name, &page); err != nil {
		return err
	}
	if open := page.Open(); len(open) > 0 && t.as == "" {
		return app.Usagef("%s looks like Markdown or mail, and %s can be bullets, quotations or code as well as lines of hark, such as line %d: --as text keeps every line as it stands, --as marks reads them as promises, thoughts and so on",
			name, app.Count(len(open), "line", "lines"), open[0])
	}
	var (
		first error // of the bad lines
		seen  bool  // anything but blanks
	)
	lines := readLines(ctx, r)
	for {
		var line typed
		select {
		case <-ctx.Done():
			return t.leave(ctx.Err())
		case line = <-lines:
		}
		if errors.Is(line.err, io.EOF) {
			break
		}
		if line.number > mostLines { // blank ones count: a pipe can give them for ever
			return t.leave(tooManyLines(fmt.Sprintf("This is line %d", line.number)))
		}
		if capture.Blank(line.text) && line.err == nil {
			continue
		}
		seen = true
		err := t.takeLine(ctx, line)
		if err == nil {
			continue
		}
		err = fmt.Errorf("line %d: %w", line.number, err)
		if !aboutLine(err) {
			return t.leave(err)
		}
		t.app.Note("%s", err)
		if first == nil {
			first = app.Said(app.ExitCode(err))
		}
	}
	if !seen {
		return app.Usagef("There is nothing to keep in %s", name)
	}
	return t.leave(first)
}

func (t *taking) takeLine(ctx context.Context, line typed) error {
	if line.err != nil {
		return line.err
	}
	var (
		r   notebook.Result
		err error
	)
	if t.as == asText {
		r, err = t.apply(ctx, interview.Add{Kind: interview.Paraphrase, Text: strings.TrimSpace(line.text)})
	} else {
		_, r, err = t.do(ctx, line.text)
	}
	for _, n := range r.Notices {
		if n.Kind != interview.NoticeOpened { // the answer says it
			t.app.Note("note on line %d: %s", line.number, n.Text)
		}
	}
	return err
}

// stopError is an error after which no other line is tried.
type stopError struct{ err error }

func (e *stopError) Error() string { return e.err.Error() }

func (e *stopError) Unwrap() error { return e.err }

// aboutLine reports whether an error is about one line, so that the next ones can be tried.
func aboutLine(err error) bool {
	if _, ok := errors.AsType[*stopError](err); ok {
		return false
	}
	switch app.ExitCode(err) {
	case app.ExitUsage, app.ExitRefused:
		return true
	case app.ExitNoSuch:
		return !errors.Is(err, storage.ErrNotFound)
	}
	return false
}

// leave says how to go on with the interview, and discards one that nothing was added to. It
// returns err.
func (t *taking) leave(err error) error {
	if t.view.Interview == nil {
		return err
	}
	ctx := context.Background() // ctx may have ended, and what is left to do is short
	id := t.view.ID.Short()
	if t.began != 0 && t.view.Revision == t.began {
		if _, discardErr := t.book.Apply(ctx, t.view.ID, interview.Discard{}, t.mode); discardErr != nil {
			return errors.Join(err, discardErr)
		}
		t.app.Note("Nothing was kept, so there is no interview with %s", t.view.Customer)
		return err
	}
	t.app.Note("%s is kept as %s: hark show %s reads it, hark take %s goes on", t.view.Customer, id, id, id)
	if n := len(t.view.ToSettle()); n > 0 {
		t.app.Note("%s to settle: hark open %s lists what, with esc i", app.Count(n, "thing is", "things are"), id)
	}
	_ = t.app.SayOwnOf(ctx, t.book, t.view.Interview, t.answers.String()) // the notebook may be in trouble, and the lines are kept
	return err
}

// openInput opens a file to read, or standard input for "-".
func (a Commands) openInput(name string) (io.ReadCloser, error) {
	if name == "-" {
		if f, ok := a.Stdin.(*os.File); ok {
			return f, nil
		}
		return io.NopCloser(a.Stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("The file %q cannot be read: %w", name, app.Reason(err))
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		_ = f.Close() // nothing was read
		return nil, fmt.Errorf("The file %q is a folder", name)
	}
	return f, nil
}
