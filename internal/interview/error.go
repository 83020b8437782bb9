package interview

import "strings"

// Code is the kind of an Error. Front ends choose exit codes and colours by it.
type Code string

// The codes of an Error.
const (
	Invalid  Code = "invalid"   // the request makes no sense
	NotFound Code = "not-found" // no thing of that name or number, or more than one
	Refused  Code = "refused"   // the gate, a lock or missing consent forbids it
	ReadOnly Code = "read-only" // a newer hark wrote this interview
)

// Error is a refusal in sentences that a salesperson understands. Nothing was changed, except that
// the text may have been saved as Line.
type Error struct {
	Code    Code
	Message string // what is wrong
	Next    string // what to do next; may be ""
	// Missing lists what the gate or a lock still waits for.
	Missing []Gap
	// Line is the number of the line that saved the text, 0 for none: a thought when it was typed
	// too early, otherwise an unsettled line.
	Line Number
}

// Error returns the message, what is missing, and what to do next.
func (e *Error) Error() string {
	parts := []string{e.Message}
	for _, g := range e.Missing {
		parts = append(parts, "still missing: "+g.Text)
	}
	if e.Next != "" {
		parts = append(parts, e.Next)
	}
	return strings.Join(parts, "; ")
}

func errReadOnly() *Error {
	return &Error{
		Code:    ReadOnly,
		Message: "A newer hark wrote this interview: this one can show it, and must not change it",
		Next:    "install the newer hark to go on with it",
	}
}

func invalid(message, next string) *Error {
	return &Error{Code: Invalid, Message: message, Next: next}
}

func refused(message, next string) *Error {
	return &Error{Code: Refused, Message: message, Next: next}
}

func notFound(message, next string) *Error {
	return &Error{Code: NotFound, Message: message, Next: next}
}
