package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/internal/storage"
)

func TestExitCode(t *testing.T) {
	missing := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"nothing", nil, 0},
		{"anything else", errors.New("no luck"), 1},
		{"stopped", context.Canceled, 130},
		{"stopped, with what was done", Stopped("nothing was done"), 130},
		{"a file that is not there", missing, 1},
		{"a playbook file that is not there", &playbook.UnreadableError{Err: missing}, 1},
		{"wrong usage", Usagef("what?"), 2},
		{"a line", &capture.Error{Reason: "what?"}, 2},
		{"a line of a file", fmt.Errorf("line 7: %w", &capture.Error{Reason: "what?"}), 2},
		{"a value", &interview.Error{Code: interview.Invalid}, 2},
		{"a playbook that asks nothing", &playbook.UnreadableError{Reason: "nothing"}, 2},
		{"nobody by that name", &notebook.FindError{Name: "x"}, 3},
		{"no interview yet", ErrNoInterviews, 3},
		{"an interview that is gone", fmt.Errorf("x: %w", storage.ErrNotFound), 3},
		{"a number that is not there", &interview.Error{Code: interview.NotFound}, 3},
		{"the gate", fmt.Errorf("line 7: %w", &interview.Error{Code: interview.Refused}), 4},
		{"written by a newer hark", &interview.Error{Code: interview.ReadOnly}, 5},
		{"damaged", fmt.Errorf("%w: x", storage.ErrDamaged), 5},
		{"not to be written", fmt.Errorf("%w: %w", storage.ErrUnwritable, missing), 5},
		{"a newer notebook", interview.ErrNewer, 5},
		{"said already", fmt.Errorf("x: %w", &saidError{4}), 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ExitCode(tt.err); got != tt.want {
				t.Errorf("exit code %d, want %d", got, tt.want)
			}
		})
	}
}
