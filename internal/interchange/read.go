package interchange

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"hark/internal/interview"
)

// Incoming is one interview in a file: its ID and its document.
type Incoming struct {
	ID interview.ID
	// Line is the line of the file on which it begins.
	Line int
	// Sum is the checksum of its JSON.
	Sum [sha256.Size]byte
	// Checked makes Stored skip the verification, for JSON that has passed it before.
	Checked  bool
	document *Document
	size     int
}

// Size returns how many bytes its JSON takes in the file.
func (in *Incoming) Size() int { return in.size }

// FileError names the line of a file on which something is wrong. It usually wraps an
// *interview.Error with code Invalid.
type FileError struct {
	Line int
	Err  error
}

// Error names the line.
func (e *FileError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *FileError) Unwrap() error { return e.Err }

// Read reads interviews from JSON, one object or an array of them, and holds one of them in memory.
//
// An interview without ID or document, an unknown field within a document, and text that is not
// UTF-8 are errors; other fields of the interview are ignored. Errors are *FileError or come from
// r, and the first one ends the sequence.
func Read(r io.Reader) iter.Seq2[Incoming, error] {
	return func(yield func(Incoming, error) bool) {
		s := &splitter{r: bufio.NewReaderSize(r, 1<<16), line: 1}
		for {
			raw, line, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			var in Incoming
			if err == nil {
				in, err = readOne(raw, line)
			}
			if !yield(in, err) || err != nil {
				return
			}
		}
	}
}

// readOne reads one interview.
func readOne(raw []byte, line int) (Incoming, error) {
	in := Incoming{Line: line, Sum: sha256.Sum256(raw), size: len(raw)}
	at := func(offset int) int { return line + bytes.Count(raw[:min(max(offset, 0), len(raw))], []byte("\n")) }
	if !utf8.Valid(raw) {
		bad := 0
		for len(raw[bad:]) > 0 {
			r, size := utf8.DecodeRune(raw[bad:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			bad += size
		}
		return in, &FileError{at(bad), invalid("this is not readable as UTF-8 text; save the file as UTF-8 and try again")}
	}
	if offset, err := in.decode(raw); err != nil {
		return in, &FileError{at(offset), err}
	}
	if in.document == nil || in.ID.IsZero() {
		return in, &FileError{line, invalid("an interview without its \"id\" and \"document\", as `hark export --format json` writes them, " +
			"cannot be imported; `hark take` reads notes in plain lines")}
	}
	return in, nil
}

// decode decodes the ID and the document and skips every other field. With an error it returns the
// offset at which that occurred.
func (in *Incoming) decode(raw []byte) (offset int, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	field, err := dec.Token() // the opening brace
	for err == nil && dec.More() {
		if field, err = dec.Token(); err != nil {
			break
		}
		offset = int(dec.InputOffset())
		var value any = new(json.RawMessage)
		switch field {
		case "id":
			value = &in.ID
		case "document":
			value = &in.document
		}
		err = dec.Decode(value)
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
		return offset, fmt.Errorf("%w: its document has an %s", interview.ErrNewer, strings.TrimPrefix(err.Error(), "json: "))
	}
	return offset, invalid("%v", err)
}

// Stored returns the interview and its history, oldest first, verified against the rules of the
// domain.
//
// The error is a *FileError. It wraps an *interview.Error with code Refused for what the gate
// forbids, and interview.ErrNewer for what only a later version can read.
func (in *Incoming) Stored() (*interview.Interview, []interview.Record, error) {
	doc, log, err := in.document.restore(in.ID, in.Checked)
	if err != nil {
		return nil, nil, &FileError{in.Line, err}
	}
	return interview.Fold(doc), log, nil
}
