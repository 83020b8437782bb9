// Package command runs hark's commands in this process on a real notebook.
package command

import (
	"bytes"
	"context"
	"strings"
	"time"

	"hark/internal/cli"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
	"hark/store/repair"
)

// Run runs one command on the notebook db with typed as its input. It returns everything printed on
// either stream, and the exit code. There is no terminal and no app.
func Run(ctx context.Context, db, typed string, args ...string) (printed string, code int) {
	return RunAs(ctx, "", db, typed, args...)
}

// RunAs is Run by an author, "" for the one that the system knows.
func RunAs(ctx context.Context, author, db, typed string, args ...string) (printed string, code int) {
	env := map[string]string{"HARK_AUTHOR": author}
	var out bytes.Buffer
	code = cli.Run(ctx, cli.Env{
		Args: append([]string{"--db", db}, args...), Stdin: strings.NewReader(typed), Stdout: &out, Stderr: &out,
		Getenv: func(key string) string { return env[key] }, Now: time.Now, Zone: time.UTC,
		OpenStore: func(ctx context.Context, path string) (storage.Store, error) {
			s, err := store.OpenContext(ctx, path)
			if err != nil {
				return nil, err
			}
			return s, nil
		},
		OpenJournal: func(path string) (storage.Journal, error) {
			j, err := journal.Open(path)
			if err != nil {
				return nil, err
			}
			return j, nil
		},
		Maintain: func(path string) storage.Maintainer { return repair.New(path, time.Now) },
		RunApp:   func(context.Context, cli.AppRequest) error { return nil },
		Version:  "v0",
	})
	return out.String(), code
}
