// Command hark is a terminal notebook for sales discovery meetings.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"hark/internal/cli"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
	"hark/store/repair"
	"hark/ui"
	"hark/ui/theme"
)

func main() { os.Exit(run()) }

// run runs one command in this process's world and returns its exit code.
func run() int {
	// On Ctrl+\ Go prints what all goroutines are at, over whatever stands on the terminal. A command that
	// takes long heeds it as it does Ctrl+C: see heedSignals.
	signal.Ignore(syscall.SIGQUIT)
	width, _, err := term.GetSize(os.Stdout.Fd())
	if err != nil {
		width = 0
	}
	version, commit, committed := build()
	return cli.Run(context.Background(), cli.Env{
		Args:             os.Args[1:],
		Stdin:            os.Stdin,
		Stdout:           os.Stdout,
		Stderr:           os.Stderr,
		StdinIsTerminal:  term.IsTerminal(os.Stdin.Fd()),
		StdoutIsTerminal: term.IsTerminal(os.Stdout.Fd()),
		StderrIsTerminal: term.IsTerminal(os.Stderr.Fd()),
		Width:            width,
		Getenv:           os.Getenv,
		Now:              time.Now,
		Zone:             time.Local,
		Interrupts:       sync.OnceValue(heedSignals),
		Exit:             os.Exit,
		OpenStore:        openStore,
		OpenJournal:      openJournal,
		Maintain:         maintain,
		RunApp:           runApp,
		Version:          version,
		Commit:           commit,
		Committed:        committed,
	})
}

// heedSignals has the signals that end a process sent here. That takes a thread of its own, a tenth
// of the time of a short command, so only a command with something to put in order first calls it.
func heedSignals() <-chan os.Signal {
	interrupts := make(chan os.Signal, 2) // the second may come while the first is handled
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	// With SIGPIPE handled, a write that nobody reads is an error: hark take goes on storing lines
	// then, and the others end quietly.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	return interrupts
}

func openStore(ctx context.Context, path string) (storage.Store, error) {
	s, err := store.OpenContext(ctx, path)
	if err != nil {
		return nil, err // not a nil *store.Store in an interface that is not nil
	}
	return s, nil
}

func openJournal(path string) (storage.Journal, error) {
	j, err := journal.Open(path)
	if err != nil {
		return nil, err // likewise
	}
	return j, nil
}

func maintain(path string) storage.Maintainer {
	return repair.New(path, time.Now)
}

func runApp(ctx context.Context, r cli.AppRequest) error {
	return ui.Run(ctx, ui.Options{
		Book: r.Book, Playbooks: r.Playbooks, Playbook: r.Settings.Playbook, Interview: r.Interview, Notice: r.Notice,
		Zone: time.Local, Getenv: os.Getenv, Setting: theme.Setting(r.Settings.Theme), Motion: r.Settings.Motion,
		Departments: r.Settings.Departments, Export: r.Export, CrashFolder: r.Faults,
	})
}

// build returns the version and the commit that the program was built from, and the day of that
// commit, as far as the Go toolchain recorded them.
func build() (version, commit, committed string) {
	const unknown = "built from source"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unknown, "", ""
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value
		case "vcs.time":
			committed, _, _ = strings.Cut(s.Value, "T") // RFC 3339
		}
	}
	if version = info.Main.Version; version == "" || version == "(devel)" {
		version = unknown
	}
	return version, commit, committed
}
