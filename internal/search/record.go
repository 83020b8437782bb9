package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// The text record of an interview is stored with it, so that a search reads no interview. It is
// rewritten with every line that is added, so it is small: kinds and themes are named once, and of
// a text only the capitals are stored where the folded line has the rest.
//
//	the folded text, a passage a line, then a line with the customer and all themes
//	a zero byte
//	format, customer, start, discarded, ended, outcome, names, number of passages, passages
//
// The store scans and indexes the folded text alone (Folded). What follows the zero byte belongs to
// this package.

// recordFormat is the byte after the zero byte.
const recordFormat = 1

// ErrRecord says that a text record cannot be read.
var ErrRecord = errors.New("the text record cannot be read")

func errUnreadable() error {
	return fmt.Errorf("%w: what is kept of an interview for searching cannot be read", ErrRecord)
}

// Folded returns the folded text of a record.
func Folded(record []byte) []byte {
	folded, _, _ := bytes.Cut(record, []byte{0})
	return folded
}

// Record returns the text record of an interview.
func Record(iv *interview.Interview) []byte {
	all := passages(iv)
	length := 0
	for i := range all {
		length += len(all[i].text) + 16
	}
	// A line that is added costs this for all lines before it. The capacities are mostly enough.
	b, body := make([]byte, 0, 2*length), make([]byte, 0, length)
	var (
		known  names
		one    []byte
		themes []string
	)
	for i := range all {
		p := &all[i]
		from := len(b)
		b = plain.AppendFold(b, p.text)
		line := b[from:]
		onOneLine(line)
		b = append(b, '\n')
		one = known.passage(one[:0], p, line)
		body = append(binary.AppendUvarint(body, uint64(len(one))), one...)
		for _, t := range p.themes {
			if t = oneLine(plain.Fold(t)); !slices.Contains(themes, t) {
				themes = append(themes, t)
			}
		}
	}
	b = append(b, oneLine(plain.Fold(iv.Customer)+" "+strings.Join(themes, " "))...)
	b = append(b, '\n', 0, recordFormat)
	b = appendString(b, iv.Customer)
	b = binary.AppendVarint(b, iv.MetAt().UnixNano())
	b = append(b, flag(iv.Discarded), flag(iv.Ended()))
	b = appendString(b, string(iv.Outcome))
	b = binary.AppendUvarint(b, uint64(len(known)))
	for _, name := range known {
		b = appendString(b, name)
	}
	return append(binary.AppendUvarint(b, uint64(len(all))), body...)
}

func flag(is bool) byte {
	if is {
		return 1
	}
	return 0
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// oneLine puts blanks where the record has marks of its own.
func oneLine(s string) string {
	b := []byte(s)
	onOneLine(b)
	return string(b)
}

// onOneLine is oneLine for text that may be changed.
func onOneLine(b []byte) {
	for _, mark := range []byte{'\n', 0} {
		rest := b
		for i := bytes.IndexByte(rest, mark); i >= 0; i = bytes.IndexByte(rest, mark) {
			rest[i] = ' '
			rest = rest[i+1:]
		}
	}
}

// names are words that passages share; a passage has their numbers.
type names []string

// add appends the number of a name.
func (n *names) add(b []byte, name string) []byte {
	i := slices.Index(*n, name)
	if i < 0 {
		i = len(*n)
		*n = append(*n, name)
	}
	return binary.AppendUvarint(b, uint64(i))
}

// passage appends a passage without its folded line.
func (n *names) passage(b []byte, p *passage, line []byte) []byte {
	b = binary.AppendUvarint(b, uint64(p.number))
	b = n.add(n.add(b, p.kind), string(p.status))
	b = binary.AppendUvarint(b, uint64(len(p.themes)))
	for _, t := range p.themes {
		b = n.add(b, t)
	}
	return appendTyped(append(b, flag(p.repeated)|flag(p.quoted)<<1), p.text, line)
}

// The forms of a stored text: the offsets of the capitals of its folded line, or the whole text.
const (
	byCapitals = 0
	verbatim   = 1
)

// appendTyped appends a text, given the line that it was folded into.
func appendTyped(b []byte, text string, line []byte) []byte {
	if len(text) != len(line) {
		return append(append(b, verbatim), text...)
	}
	begin, last := len(b), 0
	b = append(b, byCapitals)
	for i, small := range line {
		switch c := text[i]; {
		case c == small:
		case 'A' <= c && c <= 'Z' && c+'a'-'A' == small:
			b = binary.AppendUvarint(b, uint64(i-last))
			last = i
		default:
			return append(append(b[:begin], verbatim), text...)
		}
	}
	return b
}

// typed returns the text that appendTyped was given; ok is false when b is no output of it.
func typed(b, line []byte) (text string, ok bool) {
	switch {
	case len(b) == 0 || b[0] > verbatim:
		return "", false
	case b[0] == verbatim:
		return string(b[1:]), true
	}
	in, at := fields{b: b[1:]}, uint64(0)
	out := bytes.Clone(line)
	for len(in.b) > 0 {
		at += in.number()
		if in.bad || at >= uint64(len(out)) || out[at] < 'a' || out[at] > 'z' {
			return "", false
		}
		out[at] -= 'a' - 'A'
	}
	return string(out), true
}

// decoded is what follows the zero byte of a record.
type decoded struct {
	customer         string
	started          time.Time
	discarded, ended bool
	outcome          interview.Outcome
	names            names
	count            int    // of the passages
	passages         []byte // each as (*names).passage wrote it, with its length before it
}

// decode splits a record into its folded text and the rest. The error wraps ErrRecord.
func decode(record []byte, zone *time.Location) (folded []byte, d decoded, err error) {
	folded, rest, ok := bytes.Cut(record, []byte{0})
	if !ok || len(rest) == 0 || rest[0] != recordFormat {
		return nil, d, fmt.Errorf("%w: what is kept for searching is of another hark; `hark doctor --mend` makes it anew", ErrRecord)
	}
	in := fields{b: rest[1:]}
	d.customer = string(in.text())
	d.started = in.time(zone)
	d.discarded, d.ended = in.flag(), in.flag()
	d.outcome = interview.Outcome(in.text())
	for range min(in.number(), uint64(len(in.b))) {
		d.names = append(d.names, string(in.text()))
	}
	d.count = int(in.number())
	d.passages = in.b
	if in.bad {
		return nil, decoded{}, errUnreadable()
	}
	return folded, d, nil
}

// fields reads the fields of a record. After the first that cannot be, it returns zeros, and bad is
// true.
type fields struct {
	b   []byte
	bad bool
}

func (f *fields) number() uint64 {
	n, size := binary.Uvarint(f.b)
	if size <= 0 {
		f.b, f.bad = nil, true
		return 0
	}
	f.b = f.b[size:]
	return n
}

func (f *fields) bytes(n uint64) []byte {
	if n > uint64(len(f.b)) {
		f.b, f.bad = nil, true
		return nil
	}
	part := f.b[:n]
	f.b = f.b[n:]
	return part
}

func (f *fields) text() []byte { return f.bytes(f.number()) }

func (f *fields) flag() bool {
	b := f.bytes(1)
	return len(b) == 1 && b[0] == 1
}

func (f *fields) time(zone *time.Location) time.Time {
	n, size := binary.Varint(f.b)
	if size <= 0 {
		f.b, f.bad = nil, true
		return time.Time{}
	}
	f.b = f.b[size:]
	return time.Unix(0, n).In(zone)
}

// name reads the number of a name and returns the name.
func (f *fields) name(names names) string {
	i := f.number()
	if i >= uint64(len(names)) {
		f.b, f.bad = nil, true
		return ""
	}
	return names[i]
}

// passage reads all that is left as one passage, whose folded line is given.
func (f *fields) passage(names names, line []byte) passage {
	p := passage{number: interview.Number(f.number()), kind: f.name(names), status: interview.Status(f.name(names))}
	for range min(f.number(), uint64(len(f.b))) {
		p.themes = append(p.themes, f.name(names))
	}
	if marks := f.bytes(1); len(marks) == 1 {
		p.repeated, p.quoted = marks[0]&1 != 0, marks[0]&2 != 0
	}
	text, ok := typed(f.b, line)
	p.text, f.bad = text, f.bad || !ok
	return p
}
