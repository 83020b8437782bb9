package export

import (
	"bufio"
	"bytes"
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

const (
	// mostBytes is what the JSON of one interview may take: a hundred times that
	// of a long one with all of its history.
	mostBytes = 64 << 20
	// mostNested is how deep arrays and objects may stand in each other; hark's
	// own stand at most fourteen deep.
	mostNested = 32
)

// Incoming is one interview out of a file: what its ID and its document say. The
// rest of its JSON follows from them and is not read.
type Incoming struct {
	ID interview.ID
	// Line is where in the file it begins.
	Line int
	// Sum tells this text of an interview from any other.
	Sum [sha256.Size]byte
	// Checked says that Stored looked at this very text before, and need not
	// again.
	Checked  bool
	document Document
	size     int
}

// Size is how many bytes of the file it took.
func (in *Incoming) Size() int { return in.size }

// FileError says where in a file something is wrong. It wraps what: mostly an
// *interview.Error with code Invalid.
type FileError struct {
	Line int
	Err  error
}

// Error names the line.
func (e *FileError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *FileError) Unwrap() error { return e.Err }

// Read reads interviews from JSON, one object or an array of them, and holds no
// more than two of them at a time: the next one is read while one is being looked
// at. An interview without a document, and text that is not UTF-8, are errors; so
// is a field of a document that hark does not know, while those beside it do not
// matter. The errors are *FileError, or those of r; one ends the reading. Whoever stops
// before the end does not wait for r, of which something may still be read.
func Read(r io.Reader) iter.Seq2[Incoming, error] {
	return func(yield func(Incoming, error) bool) {
		coming, stop := make(chan arrival), make(chan struct{})
		defer close(stop)
		go readAhead(r, coming, stop)
		for a := range coming {
			if !yield(a.in, a.err) || a.err != nil {
				return
			}
		}
	}
}

// arrival is an interview, or why there is none and no other will come.
type arrival struct {
	in  Incoming
	err error
}

// readAhead sends what r holds, and closes coming at its end, or when it is told
// to stop.
func readAhead(r io.Reader, coming chan<- arrival, stop <-chan struct{}) {
	defer close(coming)
	s := &splitter{r: bufio.NewReaderSize(r, 1<<16), line: 1}
	for {
		raw, line, err := s.next()
		if errors.Is(err, io.EOF) {
			return
		}
		a := arrival{err: err}
		if err == nil {
			a.in, a.err = readOne(raw, line)
		}
		select {
		case coming <- a:
		case <-stop:
			return
		}
		if a.err != nil {
			return
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
	var parts struct {
		ID       interview.ID    `json:"id"`
		Document json.RawMessage `json:"document"`
	}
	if offset, err := decoded("", 0, json.Unmarshal(raw, &parts)); err != nil {
		return in, &FileError{at(offset), err}
	}
	if len(parts.Document) == 0 || parts.ID.IsZero() {
		return in, &FileError{line, invalid("an interview without its \"id\" and \"document\", as `hark export --format json` writes them, " +
			"cannot be imported; `hark take` reads notes in plain lines")}
	}
	in.ID = parts.ID
	dec := json.NewDecoder(bytes.NewReader(parts.Document))
	dec.DisallowUnknownFields()
	err := dec.Decode(&in.document)
	if offset, err := decoded("document.", int(dec.InputOffset()), err); err != nil {
		return in, &FileError{at(bytes.Index(raw, parts.Document) + offset), err}
	}
	return in, nil
}

// decoded says what an error of encoding/json means for a file, and at which
// offset; where that does not say, it is the offset that was given. within is the
// name of what was decoded, with a point.
func decoded(within string, offset int, err error) (int, error) {
	var (
		syntax *json.SyntaxError
		typed  *json.UnmarshalTypeError
	)
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &syntax):
		return int(syntax.Offset), invalid("this is not JSON: %v", syntax)
	case errors.As(err, &typed):
		return int(typed.Offset), invalid("%q cannot be a %s", strings.TrimSuffix(within+typed.Field, "."), typed.Value)
	case strings.Contains(err.Error(), "unknown field"):
		return offset, fmt.Errorf("%w: its document has an %s", interview.ErrNewer, strings.TrimPrefix(err.Error(), "json: "))
	}
	return offset, invalid("%v", err)
}

// Stored returns the interview as a notebook keeps it, with its history, oldest
// first. It must be what hark could have written.
//
// The error is a *FileError; it wraps an *interview.Error with code Refused for
// what the gate forbids, and interview.ErrNewer for what only a newer hark can
// read.
func (in *Incoming) Stored() (*interview.Interview, []interview.Record, error) {
	doc, log, err := in.document.restore(in.ID, in.Checked)
	if err != nil {
		return nil, nil, &FileError{in.Line, err}
	}
	return interview.Fold(doc), log, nil
}

// splitter finds where each interview begins and ends.
type splitter struct {
	r       *bufio.Reader
	line    int
	array   bool // inside the array
	started bool
	parts   int
}

// next returns the text of the next interview and the line on which it begins;
// io.EOF behind the last.
func (s *splitter) next() ([]byte, int, error) {
	if !s.started {
		s.started = true
		if head, err := s.r.Peek(3); err == nil && bytes.Equal(head, []byte("\xEF\xBB\xBF")) {
			_, _ = s.r.Discard(3) // they are there
		}
		c, err := s.blank()
		switch {
		case errors.Is(err, io.EOF):
			return nil, 0, s.wrong("there is nothing in it")
		case err != nil:
			return nil, 0, err
		case c == '{':
			return s.object()
		case c != '[':
			return nil, 0, s.wrong("this is not JSON as `hark export --format json` writes it")
		}
		s.array = true
	}
	c, err := s.blank()
	switch {
	case errors.Is(err, io.EOF) && !s.array:
		return nil, 0, io.EOF
	case errors.Is(err, io.EOF):
		return nil, 0, s.wrong("it breaks off; the file is not whole")
	case err != nil:
		return nil, 0, err
	case !s.array:
		return nil, 0, s.wrong("there is something behind the end")
	case c == ']':
		s.array = false
		return s.next()
	case s.parts > 0 && c != ',':
		return nil, 0, s.wrong("a comma or the end is missing between two interviews")
	case s.parts > 0:
		c, err = s.blank()
		switch {
		case errors.Is(err, io.EOF):
			return nil, 0, s.wrong("it breaks off; the file is not whole")
		case err != nil:
			return nil, 0, err
		}
	}
	if c != '{' {
		return nil, 0, s.wrong("here should be an interview, in { }")
	}
	return s.object()
}

func (s *splitter) wrong(format string, args ...any) error {
	return &FileError{s.line, invalid(format, args...)}
}

// blank passes over blanks and returns the byte after them.
func (s *splitter) blank() (byte, error) {
	for {
		c, err := s.r.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case c == '\n':
			s.line++
		case c != ' ' && c != '\t' && c != '\r':
			return c, nil
		}
	}
}

// object returns an object whose first brace was read.
func (s *splitter) object() ([]byte, int, error) {
	s.parts++
	begins := s.line
	raw := []byte{'{'}
	in := nesting{depth: 1}
	for in.depth > 0 {
		if _, err := s.r.Peek(1); errors.Is(err, io.EOF) {
			return nil, 0, s.wrong("it breaks off; the file is not whole")
		} else if err != nil {
			return nil, 0, err
		}
		ahead, _ := s.r.Peek(s.r.Buffered()) // all of it is there
		n := in.pass(ahead)
		if len(raw)+n > mostBytes {
			return nil, 0, &FileError{begins, invalid("this interview takes more than %d MB, and no interview does", mostBytes>>20)}
		}
		raw = append(raw, ahead[:n]...)
		s.line += bytes.Count(ahead[:n], []byte("\n"))
		_, _ = s.r.Discard(n) // likewise
		if in.depth > mostNested {
			return nil, 0, s.wrong("it is nested more than %d deep, and no interview is", mostNested)
		}
	}
	return raw, begins, nil
}

// nesting is where in an object its text has come to.
type nesting struct {
	depth             int
	inString, escaped bool
}

// pass goes on through text, up to the end of the object or to where it is
// nested too deep, and returns how much of the text that is.
func (n *nesting) pass(text []byte) int {
	for i, c := range text {
		switch {
		case n.escaped:
			n.escaped = false
		case n.inString && c == '\\':
			n.escaped = true
		case c == '"':
			n.inString = !n.inString
		case n.inString:
		case c == '{', c == '[':
			n.depth++
		case c == '}', c == ']':
			n.depth--
		}
		if n.depth == 0 || n.depth > mostNested {
			return i + 1
		}
	}
	return len(text)
}
