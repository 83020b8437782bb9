package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/internal/storage"
	"hark/store"
	"hark/ui"
)

// Where hark-at-fault panics once the first line is entered, and with what.
const (
	onTheScreen = "screen"     // on the goroutine that draws
	offScreen   = "background" // on one that writes
	faultText   = "this fault was asked for"
)

// atFault is the app on a notebook which panics, as its one argument says where: there is
// no other way to see what a panic leaves of a terminal.
func atFault() {
	var entered atomic.Bool
	now := func() time.Time {
		if entered.Load() && os.Args[1] == onTheScreen {
			panic(faultText)
		}
		return time.Now()
	}
	s, err := store.Open("fault.db")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	book, err := notebook.New(notebook.Options{Store: &faulty{s, &entered}, Now: now, Random: rand.Reader})
	if err == nil {
		var begun notebook.Result
		if begun, err = book.Begin(context.Background(), interview.Beginning{Customer: "Harbour Welding"}); err == nil {
			err = ui.Run(context.Background(), ui.Options{
				Book: book, Playbooks: playbook.NewLibrary(""), Interview: begun.ID, Zone: time.UTC, Getenv: os.Getenv, CrashFolder: "faults",
			})
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// faulty is a store that panics, or arms the clock, when something is changed.
type faulty struct {
	storage.Store
	entered *atomic.Bool
}

// Change implements storage.Store.
func (f *faulty) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	if os.Args[1] == offScreen {
		panic(faultText)
	}
	revision, err := f.Store.Change(ctx, id, decide)
	f.entered.Store(true)
	return revision, err
}
