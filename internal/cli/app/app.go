// Package app is one run of hark on the command line: what it gets from the world, the notebook it
// opens, what it prints and says, and the exit code it ends with. The commands themselves are in
// the packages take, lookback and files, which share nothing but this.
package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/internal/storage"
)

// Env is what a command gets from the world. All of it is required but OpenJournal, Interrupts, Exit,
// Width, Commit and Committed.
type Env struct {
	Args           []string // without the name of the program
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// StdinIsTerminal and the others say whether a person is there.
	StdinIsTerminal, StdoutIsTerminal, StderrIsTerminal bool
	// Width is how many cells a line of the terminal has, 0 when that is not known.
	Width  int
	Getenv func(string) string
	Now    func() time.Time
	Zone   *time.Location
	// Interrupts brings here the signals that ask a command to end, which otherwise end the
	// process. Commands that only read do not call it.
	Interrupts func() <-chan os.Signal
	// Exit ends the process at once. It is called when a command that was asked to end does not.
	Exit func(code int)
	// OpenStore opens the notebook in a file, and makes it when there is none.
	OpenStore func(ctx context.Context, path string) (storage.Store, error)
	// OpenJournal opens the journal for what the notebook in that file cannot take; nil for none.
	OpenJournal func(path string) (storage.Journal, error)
	// Maintain returns the maintainer of the file of a notebook. Nothing is opened yet.
	Maintain func(path string) storage.Maintainer
	// RunApp shows the screens until they are left.
	RunApp func(context.Context, Request) error
	// Version, Commit and the day of the commit, as in 2026-11-28, say which hark this is.
	Version, Commit, Committed string
}

// Request says what the screens are to show.
type Request struct {
	Book      *notebook.Notebook
	Playbooks *playbook.Library
	// Interview is opened in the live screen; zero is the library.
	Interview interview.ID
	Settings  config.Settings
	// Notice is a sentence to begin with, "" for none.
	Notice string
	// Faults is the folder in which a crash of the screens is written down, "" for none.
	Faults string
	// Export writes an interview as Markdown into a folder, and returns the path of the file. An
	// error is a sentence.
	Export func(ctx context.Context, id interview.ID, folder string) (path string, err error)
}

// App is one run of hark.
type App struct {
	Env
	Out *bufio.Writer // standard output
	DB  string        // the --db flag

	loaded *config.Loaded     // the settings, once they were asked for
	opened *notebook.Notebook // nil until a command needed it
	status status
	waits  atomic.Bool   // it was said that the notebook is in use
	hurry  time.Duration // how long to wait for the notebook; 0 is for ever

	heeding  sync.Mutex
	stopping <-chan os.Signal // see Heed; nil while signals end the process
}

// New returns a run of hark in which nothing was done yet.
func New(env Env) *App { return &App{Env: env, Out: bufio.NewWriter(env.Stdout)} }

// End finishes what the run has begun, reports err, which is what the command came to, and returns
// the exit code.
func (a *App) End(err error) int {
	err = a.settle(err)
	a.finish()
	// The writer holds on to its first error, even when it was ignored.
	if unprinted := a.Out.Flush(); unprinted != nil && (err == nil || errors.Is(err, unprinted)) {
		err = fmt.Errorf("Not everything could be printed: %w", Reason(unprinted))
	}
	if errors.Is(err, syscall.EPIPE) {
		return ExitDone // the reader has seen enough
	}
	a.Complain(err)
	return ExitCode(err)
}

// Doing is what a command does with the notebook.
type Doing = func(ctx context.Context, book *notebook.Notebook, args []string) error

// Run returns what cobra runs for a command that changes the notebook or takes long: it opens the
// notebook with open, and the context ends when somebody asks hark to stop.
func (a *App) Run(open func() (*notebook.Notebook, error), do Doing) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		book, err := open()
		if err != nil {
			return err
		}
		ctx, stop := a.Watched(cmd.Context())
		defer stop()
		return do(ctx, book, args)
	}
}

// Read is Run for a command that only reads: see BookToRead.
func (a *App) Read(do Doing) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		book, err := a.BookToRead()
		if err != nil {
			return err
		}
		ctx, end := a.watched(cmd.Context())
		defer end()
		return do(ctx, book, args)
	}
}

// LocalNow is the time where the person is.
func (a *App) LocalNow() time.Time { return a.Now().In(a.Zone) }

// Settings reads the settings, once. The error is a *config.Error.
func (a *App) Settings() (*config.Loaded, error) {
	if a.loaded == nil {
		loaded, err := config.Load(a.Getenv)
		if err != nil {
			return nil, err
		}
		a.loaded = &loaded
	}
	return a.loaded, nil
}

// Library returns the playbooks that there are.
func (a *App) Library() *playbook.Library {
	return playbook.NewLibrary(config.Playbooks(a.Getenv))
}

// Open opens the interview that the words of a reference name, as Find does.
func Open(ctx context.Context, book *notebook.Notebook, words []string) (notebook.View, error) {
	id, err := Find(ctx, book, words)
	if err != nil {
		return notebook.View{}, err
	}
	return book.Open(ctx, id)
}

// Find returns the interview that the words of a reference name together; no words at all are the
// newest. The error is a *notebook.FindError when there is none, and ErrNoInterviews when there are
// none at all.
func Find(ctx context.Context, book *notebook.Notebook, words []string) (interview.ID, error) {
	if len(words) > 0 {
		return book.Find(ctx, strings.Join(words, " "))
	}
	newest, err := book.List(ctx, 1)
	if err != nil {
		return interview.ID{}, err
	}
	if len(newest) == 0 {
		return interview.ID{}, ErrNoInterviews
	}
	return newest[0].ID, nil
}
