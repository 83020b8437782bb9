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
	// mostValues limits the values in the JSON of one interview, since the shortest ones take a hundred
	// times as much memory as text. A long interview has a fiftieth of this.
	mostValues = 1_000_000
	// mostParts limits the interviews in a file, and mostBlank the white space between two of them.
	mostParts = 1_000_000
	mostBlank = 1 << 20
	// mostSkipped limits the search for the end of an interview that is too large.
	mostSkipped = 4 * mostBytes
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

// part is the JSON of one interview.
type part struct {
	raw  []byte
	line int // on which it begins
	// unfit says why it was skipped and raw is nil; nil otherwise.
	unfit *FileError
}

// next returns the next interview, or io.EOF after the last one. After any other error there is no
// telling where the next one would begin.
func (s *splitter) next() (part, error) {
	if !s.started {
		s.started = true
		if head, err := s.r.Peek(3); err == nil && bytes.Equal(head, []byte("\xEF\xBB\xBF")) {
			_, _ = s.r.Discard(3) // they are there
		}
		c, err := s.blank()
		switch {
		case errors.Is(err, io.EOF):
			return part{}, s.wrong("there is nothing in it")
		case err != nil:
			return part{}, err
		case c == '{':
			return s.object()
		case c != '[':
			return part{}, s.wrong("this is not JSON as `hark export --format json` writes it")
		}
		s.array = true
	}
	c, err := s.blank()
	switch {
	case errors.Is(err, io.EOF) && !s.array:
		return part{}, io.EOF
	case errors.Is(err, io.EOF):
		return part{}, s.wrong("it breaks off; the file is not whole")
	case err != nil:
		return part{}, err
	case !s.array:
		return part{}, s.wrong("there is something behind the end")
	case c == ']':
		s.array = false
		return s.next()
	case s.parts > 0 && c != ',':
		return part{}, s.wrong("a comma or the end is missing between two interviews")
	case s.parts > 0:
		c, err = s.blank()
		switch {
		case errors.Is(err, io.EOF):
			return part{}, s.wrong("it breaks off; the file is not whole")
		case err != nil:
			return part{}, err
		}
	}
	if c != '{' {
		return part{}, s.wrong("here should be an interview, in { }")
	}
	return s.object()
}

// wrong returns the error that ends the reading, on the current line.
func (s *splitter) wrong(why string, args ...any) error {
	return &FileError{Line: s.line, Unread: s.line, Err: invalid(why, args...)}
}

// blank skips white space and returns the byte after it.
func (s *splitter) blank() (byte, error) {
	for n := 0; ; n++ {
		c, err := s.r.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case n > mostBlank:
			return 0, s.wrong("there are more than %d MB of blanks, and no export has them", mostBlank>>20)
		case c == '\n':
			s.line++
		case c != ' ' && c != '\t' && c != '\r':
			return c, nil
		}
	}
}

// object returns the object whose opening brace has been read. One that is too large, or nested too
// deep, is skipped to its end.
func (s *splitter) object() (part, error) {
	if s.parts++; s.parts > mostParts {
		return part{}, s.wrong("there are more than %d interviews in it, and no notebook has as many; export them in parts", mostParts)
	}
	p := part{raw: []byte{'{'}, line: s.line}
	in := nesting{depth: 1}
	for size := 1; in.depth > 0; {
		if _, err := s.r.Peek(1); errors.Is(err, io.EOF) {
			return part{}, &FileError{Line: s.line, Unread: p.line, Err: invalid("it breaks off; the file is not whole")}
		} else if err != nil {
			return part{}, err
		}
		ahead, _ := s.r.Peek(s.r.Buffered()) // all of it is there
		n := in.pass(ahead)
		s.line += bytes.Count(ahead[:n], []byte("\n"))
		size += n
		switch {
		case p.unfit != nil && size > mostSkipped:
			p.unfit.Unread = p.line
			return part{}, p.unfit
		case p.unfit != nil:
		case in.tooDeep:
			p.unfit = &FileError{Line: s.line, Err: invalid("it is nested more than %d deep, and no interview is", mostNested)}
		case in.values > mostValues:
			p.unfit = &FileError{Line: s.line, Err: invalid("this interview has more than %d values, and no interview does", mostValues)}
		case size > mostBytes:
			p.unfit = &FileError{Line: p.line, Err: invalid("this interview takes more than %d MB, and no interview does", mostBytes>>20)}
		default:
			p.raw = append(p.raw, ahead[:n]...)
		}
		if p.unfit != nil {
			p.raw = nil
		}
		_, _ = s.r.Discard(n) // likewise
	}
	return p, nil
}

// nesting is the state of a scan through an object.
type nesting struct {
	depth             int
	inString, escaped bool
	tooDeep           bool
	values            int // how many there were, at least
}

// pass scans text up to the end of the object, or to where it is nested too deep for the first time,
// and returns how many bytes that is.
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
		case c == ',':
			n.values++
		case c == '{', c == '[':
			n.values++
			n.depth++
		case c == '}', c == ']':
			n.depth--
		}
		if n.depth == 0 {
			return i + 1
		}
		if n.depth > mostNested && !n.tooDeep {
			n.tooDeep = true
			return i + 1
		}
	}
	return len(text)
}
