package interchange

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"hark/internal/interview"
)

// Incoming is one interview in a file. What is wrong with it, Stored says.
type Incoming struct {
	// Erased means that it was erased for good. Only ID is known of it, and Stored refuses it.
	Erased bool
	// ID and Customer are zero where they are not known.
	ID       interview.ID
	Customer string
	// Line is the line of the file on which it begins.
	Line     int
	document *Document
	size     int
	wrong    *FileError
}

// Size returns how many bytes its JSON takes in the file.
func (in *Incoming) Size() int { return in.size }

// FileError says what is wrong with a file. It usually wraps an *interview.Error with code Invalid.
type FileError struct {
	// Line is the line of the file on which it is wrong.
	Line int
	// Unread is the line from which on nothing was read; 0 when the error concerns one interview alone.
	Unread int
	// ID and Customer are those of the interview, as far as they are known.
	ID       interview.ID
	Customer string
	Err      error
}

// Error names the line and the interview.
func (e *FileError) Error() string {
	name := e.Customer
	switch {
	case e.ID.IsZero():
	case name == "":
		name = e.ID.Short()
	default:
		name += ", " + e.ID.Short()
	}
	if name != "" {
		name = " (" + name + ")"
	}
	return fmt.Sprintf("line %d%s: %s", e.Line, name, e.Err)
}

// Unwrap returns what is wrong.
func (e *FileError) Unwrap() error { return e.Err }

// Read reads interviews from JSON, one object or an array of them, and holds one of them in memory.
// Of each the ID and the document count, or that it was erased; other fields are ignored.
//
// What is wrong with one interview its Stored returns, and the next one is read. An error of the
// sequence ends it: a *FileError with Unread, for text that cannot be split into interviews, or an
// error of r.
func Read(r io.Reader) iter.Seq2[Incoming, error] {
	return func(yield func(Incoming, error) bool) {
		s := &splitter{r: bufio.NewReaderSize(r, 1<<16), line: 1}
		for {
			p, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Incoming{}, err)
				return
			}
			if !yield(readOne(p), nil) {
				return
			}
		}
	}
}

// readOne reads one interview.
func readOne(p part) Incoming {
	in := Incoming{Line: p.line, size: len(p.raw), wrong: p.unfit}
	fails := func(offset int, err error) Incoming {
		in.document, in.Erased = nil, false
		in.wrong = in.at(p.line+bytes.Count(p.raw[:min(max(offset, 0), len(p.raw))], []byte("\n")), err)
		return in
	}
	if in.wrong != nil {
		return in
	}
	if !utf8.Valid(p.raw) {
		bad := 0
		for len(p.raw[bad:]) > 0 {
			r, size := utf8.DecodeRune(p.raw[bad:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			bad += size
		}
		return fails(bad, invalid("this is not readable as UTF-8 text; save the file as UTF-8 and try again"))
	}
	if offset, err := in.decode(p.raw); err != nil {
		return fails(offset, err)
	}
	if in.Erased && !in.ID.IsZero() {
		erased := Incoming{Erased: true, ID: in.ID, Line: in.Line}
		erased.wrong = erased.Refuse(invalid("this interview was erased"))
		return erased
	}
	if in.document == nil || in.ID.IsZero() {
		return fails(0, invalid("an interview without its \"id\" and \"document\", as `hark export --format json` writes them, "+
			"cannot be imported; `hark take` reads notes in plain lines"))
	}
	return in
}

// at returns an error about the interview, on a line.
func (in *Incoming) at(line int, err error) *FileError {
	if e, ok := err.(*interview.Error); ok { //nolint:errorlint // what wraps one is short
		said := *e
		said.Message = short(e.Message)
		err = &said
	}
	return &FileError{Line: line, ID: in.ID, Customer: in.Customer, Err: err}
}

// short returns the beginning of a text that says what is wrong, which can have any text of the file in it.
func short(text string) string {
	const most = 500 // bytes
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// Refuse returns an error about the interview, on the line on which it begins.
func (in *Incoming) Refuse(err error) *FileError { return in.at(in.Line, err) }

// decode decodes the ID, the document, and whether it was erased, and skips every other field. With an error it returns the
// offset at which that occurred.
func (in *Incoming) decode(raw []byte) (offset int, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	field, err := dec.Token() // the opening brace
	had := map[json.Token]bool{}
	for err == nil && dec.More() {
		if field, err = dec.Token(); err != nil {
			break
		}
		if field == "id" || field == "document" || field == "erased" {
			if had[field] {
				return int(dec.InputOffset()), invalid("it has %q twice", fmt.Sprint(field))
			}
			had[field] = true
		}
		offset = int(dec.InputOffset())
		var skipped json.RawMessage
		var value any = &skipped
		switch field {
		case "id":
			value = &in.ID
		case "document":
			value = &in.document
		case "erased":
			value = &in.Erased
		}
		err = dec.Decode(value)
		const mostName = 200 // bytes, of a customer
		if field == "customer" && len(skipped) <= mostName {
			_ = json.Unmarshal(skipped, &in.Customer) // one that is no text is not known
		}
	}
	var (
		syntax *json.SyntaxError
		typed  *json.UnmarshalTypeError
	)
	switch {
	case err == nil:
		return 0, nil
	case errors.As(json.Unmarshal(raw, new(struct{})), &syntax): // which knows the offset in all of raw
		return int(syntax.Offset), invalid("this is not JSON: %v", syntax)
	case errors.As(err, &typed):
		name := typed.Field[strings.LastIndexByte(typed.Field, '.')+1:] // the rest has names of Go
		return offset + int(typed.Offset), invalid("%q cannot be a %s", cmp.Or(name, fmt.Sprint(field)), typed.Value)
	case strings.Contains(err.Error(), "unknown field"):
		return offset, fmt.Errorf("%w: its document has an %s", interview.ErrNewer, short(strings.TrimPrefix(err.Error(), "json: ")))
	}
	return offset, invalid("%v", err)
}

// Stored returns the interview and its history, oldest first, verified against the rules of the
// domain.
//
// The error is a *FileError. It wraps an *interview.Error with code Refused for what the gate
// forbids, and interview.ErrNewer for what only a later version can read.
func (in *Incoming) Stored() (*interview.Interview, []interview.Record, error) {
	if in.wrong != nil {
		return nil, nil, in.wrong
	}
	doc, log, err := in.document.restore(in.ID)
	if err != nil {
		return nil, nil, in.Refuse(err)
	}
	return interview.Fold(doc), log, nil
}
