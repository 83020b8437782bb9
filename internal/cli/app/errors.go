package app

import (
	"context"
	"errors"
	"fmt"

	"hark/internal/capture"
	"hark/internal/config"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/internal/storage"
)

// The exit codes. ExitCodes says what they mean.
const (
	ExitDone = iota
	ExitFailed
	ExitUsage
	ExitNoSuch
	ExitRefused
	ExitNotebook

	ExitStopped = 130 // as shells say it of Ctrl+C
)

// Meaning is an exit code with what it means.
type Meaning struct {
	Code    int
	Meaning string
}

// ExitCodes returns what each exit code means, in the order of their numbers.
func ExitCodes() []Meaning {
	return []Meaning{
		{ExitDone, "Done."},
		{ExitFailed, "Failed."},
		{ExitUsage, "Wrong usage, and lines that cannot be understood."},
		{ExitNoSuch, "Nothing, or more than one thing, by that name or number."},
		{ExitRefused, "Refused by the gate, a lock or missing consent."},
		{ExitNotebook, "The notebook is damaged, of a newer hark, or cannot be written."},
		{ExitStopped, "Stopped by Ctrl+C, or by a signal that asks to end."},
	}
}

// ErrNoInterviews is what commands that need an interview say to an empty notebook.
var ErrNoInterviews = errors.New("There is no interview yet; `hark new CUSTOMER` begins one, or `hark take --new CUSTOMER` in plain lines")

// UsageError says that what was typed as a command makes no sense.
type UsageError struct{ sentence string }

func (e *UsageError) Error() string { return e.sentence }

// Usagef returns a *UsageError.
func Usagef(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// saidError was reported already, and only brings its exit code.
type saidError struct{ code int }

func (e *saidError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// Said returns an error for what was reported already. It only brings the exit code.
func Said(code int) error { return &saidError{code} }

// ExitCode returns the exit code that fits an error.
func ExitCode(err error) int {
	var (
		said       *saidError
		usage      *UsageError
		line       *capture.Error
		unreadable *playbook.UnreadableError
		nothing    *notebook.FindError
		refusal    *interview.Error
		settings   *config.Error
	)
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &said):
		return said.code
	case errors.Is(err, context.Canceled):
		return ExitStopped
	case errors.Is(err, storage.ErrDamaged), errors.Is(err, storage.ErrUnwritable), errors.Is(err, interview.ErrNewer):
		return ExitNotebook
	case errors.As(err, &usage), errors.As(err, &line), errors.As(err, &settings):
		return ExitUsage
	case errors.As(err, &nothing), errors.Is(err, storage.ErrNotFound), errors.Is(err, ErrNoInterviews):
		return ExitNoSuch
	case errors.As(err, &refusal):
		return refusalCode(refusal.Code)
	case errors.As(err, &unreadable) && fromSystem(err) == nil:
		return ExitUsage
	default:
		return ExitFailed
	}
}

func refusalCode(code interview.Code) int {
	switch code {
	case interview.Invalid:
		return ExitUsage
	case interview.NotFound:
		return ExitNoSuch
	case interview.Refused:
		return ExitRefused
	case interview.ReadOnly:
		return ExitNotebook
	}
	return ExitFailed
}
