package interchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	// mostBytes limits the JSON of one interview. A long one with all of its history takes a
	// hundredth of this.
	mostBytes = 64 << 20
	// mostNested limits how deep arrays and objects may be nested; hark's own are at most 14 deep.
	mostNested = 32
)

// splitter splits a file into the JSON objects of its interviews, without decoding them: no field
// that a file claims to have can make it allocate more than it reads.
type splitter struct {
	r       *bufio.Reader
	line    int
	array   bool // inside the array
	started bool
	parts   int
}

// next returns the JSON of the next interview and the line on which it begins, or io.EOF after the
// last one.
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

// wrong returns an error on the current line.
func (s *splitter) wrong(format string, args ...any) error {
	return &FileError{s.line, invalid(format, args...)}
}

// blank skips white space and returns the byte after it.
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

// object returns the object whose opening brace has been read.
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

// nesting is the state of a scan through an object.
type nesting struct {
	depth             int
	inString, escaped bool
}

// pass scans text up to the end of the object, or to where it is nested too deep, and returns how
// many bytes that is.
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
