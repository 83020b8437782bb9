// Package cli is hark's command line: the commands, `hark take` for interviews
// as plain lines, exit codes, and what is said when something goes wrong.
//
// Results go to standard output and everything else to standard error. Whatever
// people wrote goes through package plain on its way out.
package cli

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/internal/storage"
)

// Env is what a command gets from the world. All of it is required but
// OpenJournal, Interrupts, Width, Commit and Committed.
type Env struct {
	Args           []string // without the name of the program
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// StdinIsTerminal and the others say whether a person is there.
	StdinIsTerminal, StdoutIsTerminal, StderrIsTerminal bool
	// Width is how many cells a line of the terminal has, 0 when that is not
	// known.
	Width  int
	Getenv func(string) string
	Now    func() time.Time
	Zone   *time.Location
	// Interrupts has the signals that ask a command to end brought here, where
	// otherwise they end the process. Commands that only read leave them alone.
	Interrupts func() <-chan os.Signal
	// OpenStore opens the notebook in a file, and makes it when there is none.
	OpenStore func(path string) (storage.Store, error)
	// OpenJournal opens what keeps, beside the notebook, what that cannot take;
	// nil for nothing.
	OpenJournal func(path string) (storage.Journal, error)
	// Maintain returns the maintainer of the file of a notebook. Nothing is opened yet.
	Maintain func(path string) storage.Maintainer
	// RunApp shows the app until it is left.
	RunApp func(context.Context, AppRequest) error
	// Version, Commit and the day of the commit, as in 2026-11-28, say which hark this is.
	Version, Commit, Committed string
}

// AppRequest says what the app is to show.
type AppRequest struct {
	Book      *notebook.Notebook
	Playbooks *playbook.Library
	// Interview is opened in the live screen; zero is the library.
	Interview interview.ID
	Settings  config.Settings
	// Notice is a sentence to begin with, "" for none.
	Notice string
	// Faults is the folder in which a fault of the app is written down, "" for none.
	Faults string
	// Export writes an interview as Markdown into a folder, and returns the path
	// of the file. An error is a sentence.
	Export func(ctx context.Context, id interview.ID, folder string) (path string, err error)
}

// Run carries out one command and returns its exit code:
//
//	0  done
//	1  failed
//	2  wrong usage, and lines that cannot be understood
//	3  nothing, or more than one thing, by that name or number
//	4  refused by the gate, a lock or missing consent
//	5  the notebook is damaged, of a newer hark, or cannot be written
//
// Unless it is 0, the reason was said on env.Stderr.
func Run(ctx context.Context, env Env) int {
	a := &app{env: env, out: bufio.NewWriter(env.Stdout)}
	root := a.root()
	root.SetArgs(env.Args)
	err := a.settle(root.ExecuteContext(ctx))
	if a.opened != nil {
		a.opened.Finish()
	}
	// The writer holds on to its first error, whoever came upon it.
	if unprinted := a.out.Flush(); unprinted != nil && (err == nil || errors.Is(err, unprinted)) {
		err = fmt.Errorf("Not everything could be printed: %w", reason(unprinted))
	}
	if errors.Is(err, syscall.EPIPE) {
		return exitDone // whoever was reading has seen enough
	}
	a.complain(err)
	return exitCode(err)
}

// app is one run of hark.
type app struct {
	env Env
	out *bufio.Writer // standard output
	db  string        // the --db flag

	loaded *config.Loaded     // the settings, once they were asked for
	warned bool               // of the place where the notebook lies
	opened *notebook.Notebook // nil until a command needed it

	interrupts <-chan os.Signal // nil while signals end the process
}

// The groups that help shows the commands in.
const (
	groupMeet  = "meet"
	groupLook  = "look"
	groupGuide = "guide"
	groupHark  = "hark"
)

func (a *app) root() *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "hark",
		Short: "A notebook for listening to customers",
		Long: `hark is a terminal notebook for sales discovery meetings. It keeps what the
customer says is wrong in the customer's words, helps you to weigh it and to
play it back, and unlocks solutions once they say "yes, that's it".

Without a command it opens the app.`,
		Example: `  # begin an interview, straight into the live screen
  hark new "Harbour Welding"
  # the same as plain lines, without a screen
  hark take --new "Harbour Welding"
  # what was said about welds, whoever said it
  hark search weld`,
		Args: a.onlyCommands,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return a.version()
			}
			return a.runApp(cmd.Context())
		},
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetOut(a.out)
	root.SetErr(a.env.Stderr)
	root.SetIn(a.env.Stdin)
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().StringVar(&a.db, "db", "", "the notebook is in `FILE` (else HARK_DB, your settings, your data folder)")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("db") && a.db == "" {
			return usagef("--db names no file; leave it away for your own notebook, or write --db FILE")
		}
		return nil
	}
	root.Flags().BoolVarP(&version, "version", "v", false, "which hark this is")
	root.AddGroup(
		&cobra.Group{ID: groupMeet, Title: "Meet"},
		&cobra.Group{ID: groupLook, Title: "Look back"},
		&cobra.Group{ID: groupGuide, Title: "Questions to ask"},
		&cobra.Group{ID: groupHark, Title: "hark itself"},
	)
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add(groupMeet, a.newCommand(), a.openCommand(), a.takeCommand())
	add(groupLook, a.listCommand(), a.showCommand(), a.searchCommand(), a.exportCommand(), a.recapCommand(), a.importCommand())
	add(groupLook, a.themesCommand(), a.customersCommand(), a.advisersCommand(), a.promisesCommand(), a.routesCommand())
	add(groupGuide, a.playbooksCommand(), a.cardCommand())
	add(groupHark, a.backupCommand(), a.restoreCommand(), a.doctorCommand(), a.eraseCommand())
	add(groupHark, a.demoCommand(), a.configCommand(), a.versionCommand(), a.completionCommand(), a.manCommand())
	a.setHelp(root)
	return root
}

// openBook opens the notebook, and makes it when there is none.
func (a *app) openBook() (*notebook.Notebook, error) {
	set, err := a.settings()
	if err != nil {
		return nil, err
	}
	path, err := a.notebookPath()
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(path)
	if err != nil {
		return nil, err
	}
	var journal storage.Journal
	if a.env.OpenJournal != nil {
		if journal, err = a.env.OpenJournal(path); err != nil {
			return nil, err
		}
	}
	a.opened, err = notebook.New(notebook.Options{
		Store: store, Journal: journal, Now: a.env.Now, Random: rand.Reader,
		Author: set.Author, NoNudge: !set.Nudge, Departments: set.Departments,
	})
	if err != nil {
		return nil, err
	}
	a.warn(path)
	if set.Backups {
		a.opened.BackUpDaily()
	}
	return a.opened, nil
}

// longOpening is how long opening the notebook may take before hark says why.
const (
	longOpening = time.Second
	busyOpening = "hark: another hark is busy with the notebook; waiting…"
)

// openStore opens a store. While another hark has the notebook to itself for
// long, it says what it waits for, and whoever asks hark to stop is heard.
func (a *app) openStore(path string) (storage.Store, error) {
	type opening struct {
		store storage.Store
		err   error
	}
	done := make(chan opening, 1)
	if a.interrupts == nil {
		return a.openUnheeded(path)
	}
	go func() {
		store, err := a.env.OpenStore(path)
		done <- opening{store, err}
	}()
	long := time.NewTimer(longOpening)
	defer long.Stop()
	for {
		select {
		case o := <-done:
			return o.store, o.err
		case <-long.C:
			a.note(busyOpening)
		case <-a.interrupts:
			return nil, context.Canceled
		}
	}
}

// openUnheeded is openStore while signals end the process, which needs nobody to
// hear them.
func (a *app) openUnheeded(path string) (storage.Store, error) {
	said := make(chan struct{})
	long := time.AfterFunc(longOpening, func() {
		defer close(said)
		a.note(busyOpening)
	})
	defer func() {
		if !long.Stop() {
			<-said
		}
	}()
	return a.env.OpenStore(path)
}

// heed has signals brought to hark from now on.
func (a *app) heed() {
	if a.interrupts == nil && a.env.Interrupts != nil {
		a.interrupts = a.env.Interrupts()
	}
}

// playbooks returns the playbooks that there are.
func (a *app) playbooks() *playbook.Library {
	return playbook.NewLibrary(config.Playbooks(a.env.Getenv))
}

// now is the time where the person is.
func (a *app) now() time.Time { return a.env.Now().In(a.env.Zone) }

// interruptible returns a context that ends when somebody asks hark to stop.
func (a *app) interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	a.heed()
	signals := a.interrupts
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-signals:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// doing is what a command does with the notebook.
type doing = func(ctx context.Context, book *notebook.Notebook, args []string) error

// run makes what a command does of a function: it opens the notebook that is
// there, and the context ends when somebody asks hark to stop.
func (a *app) run(do doing) func(*cobra.Command, []string) error { return a.runIn(a.book, do) }

// runIn is run in a notebook that is opened so.
func (a *app) runIn(open func() (*notebook.Notebook, error), do doing) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		book, err := open()
		if err != nil {
			return err
		}
		ctx, stop := a.interruptible(cmd.Context())
		defer stop()
		return do(ctx, book, args)
	}
}

// read is run for what only reads: see bookToRead.
func (a *app) read(do doing) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		book, err := a.bookToRead()
		if err != nil {
			return err
		}
		return do(cmd.Context(), book, args)
	}
}

// find returns the interview that the words of a reference name together; no
// words at all are the newest. The error is a *notebook.FindError when there is
// none, and errNoInterviews when there are none at all.
func find(ctx context.Context, book *notebook.Notebook, words []string) (interview.ID, error) {
	if len(words) > 0 {
		return book.Find(ctx, strings.Join(words, " "))
	}
	newest, err := book.List(ctx, 1)
	if err != nil {
		return interview.ID{}, err
	}
	if len(newest) == 0 {
		return interview.ID{}, errNoInterviews
	}
	return newest[0].ID, nil
}
