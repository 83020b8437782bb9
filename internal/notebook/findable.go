package notebook

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// findable is what a search needs of an interview, so that none is read for it:
// it is kept beside the folded text, in the same record.
//
// The record is the folded text, a place a line, then a line with the customer
// and all themes; a zero byte; and then this, in the order of the fields. What
// the store does with the folded text (scan it, index its words) is its affair;
// what is behind the zero byte is this file's. It is written anew with each line
// that is kept, so it is small: kinds and themes are named once, and of a text
// only the capitals are kept where the folded line has the rest.
type findable struct {
	customer         string
	started          time.Time
	discarded, ended bool
	outcome          interview.Outcome
	names            []string // of kinds, statuses and themes
	places           int
	rest             []byte // the places, each as (*names).place wrote it
}

// findableFormat is the first byte of what is behind the zero byte.
const findableFormat = 1

// searchText returns what is kept of an interview for search.
func searchText(iv *interview.Interview) []byte {
	all := places(iv)
	length := 0
	for i := range all {
		length += len(all[i].text) + 16
	}
	// This is done at every line that is kept, for all lines before it, so it makes
	// nothing anew that there is room for. Both are mostly long enough.
	b, body := make([]byte, 0, 2*length), make([]byte, 0, length)
	var (
		known  names
		one    []byte
		themes []string
	)
	for i := range all {
		s := &all[i]
		from := len(b)
		b = plain.AppendFold(b, s.text)
		line := b[from:]
		onOneLine(line)
		b = append(b, '\n')
		one = known.place(one[:0], s, line)
		body = append(binary.AppendUvarint(body, uint64(len(one))), one...)
		for _, t := range s.themes {
			if t = oneLine(plain.Fold(t)); !slices.Contains(themes, t) {
				themes = append(themes, t)
			}
		}
	}
	b = append(b, oneLine(plain.Fold(iv.Customer)+" "+strings.Join(themes, " "))...)
	b = append(b, '\n', 0, findableFormat)
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

// names are words that places share; a place has their numbers.
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

// place appends a place as it is kept, without its folded line.
func (n *names) place(b []byte, s *said, line []byte) []byte {
	b = binary.AppendUvarint(b, uint64(s.number))
	b = n.add(n.add(b, s.kind), string(s.status))
	b = binary.AppendUvarint(b, uint64(len(s.themes)))
	for _, t := range s.themes {
		b = n.add(b, t)
	}
	return appendTyped(append(b, flag(s.again)), s.text, line)
}

// How a text is kept: by where its folded line has to have capitals, or whole.
const (
	byCapitals = 0
	asItIs     = 1
)

// appendTyped appends a text, given the line that it was folded into.
func appendTyped(b []byte, text string, line []byte) []byte {
	if len(text) != len(line) {
		return append(append(b, asItIs), text...)
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
			return append(append(b[:begin], asItIs), text...)
		}
	}
	return b
}

// typed returns the text that appendTyped was given; ok is false when it wrote
// no such thing.
func typed(b, line []byte) (text string, ok bool) {
	switch {
	case len(b) == 0 || b[0] > asItIs:
		return "", false
	case b[0] == asItIs:
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

// fields takes apart what searchText put behind the text. After the first thing
// that cannot be, it returns zeros, and bad is true.
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

// name returns the name whose number comes next.
func (f *fields) name(names []string) string {
	i := f.number()
	if i >= uint64(len(names)) {
		f.b, f.bad = nil, true
		return ""
	}
	return names[i]
}

// place takes the rest apart, which is one place whose folded line is given.
func (f *fields) place(names []string, line []byte) said {
	s := said{number: int(f.number()), kind: f.name(names), status: interview.Status(f.name(names))}
	for range min(f.number(), uint64(len(f.b))) {
		s.themes = append(s.themes, f.name(names))
	}
	s.again = f.flag()
	text, ok := typed(f.b, line)
	s.text, f.bad = text, f.bad || !ok
	return s
}

// split takes the record of an interview apart: its folded text, and the rest.
func split(text []byte, zone *time.Location) (folded []byte, f findable, err error) {
	folded, rest, ok := bytes.Cut(text, []byte{0})
	if !ok || len(rest) == 0 || rest[0] != findableFormat {
		return nil, findable{}, fmt.Errorf("%w: what is kept for searching is of another hark; `hark doctor --mend` makes it anew", storage.ErrDamaged)
	}
	in := fields{b: rest[1:]}
	f.customer = string(in.text())
	f.started = in.time(zone)
	f.discarded, f.ended = in.flag(), in.flag()
	f.outcome = interview.Outcome(in.text())
	for range min(in.number(), uint64(len(in.b))) {
		f.names = append(f.names, string(in.text()))
	}
	f.places = int(in.number())
	f.rest = in.b
	if in.bad {
		return nil, findable{}, fmt.Errorf("%w: what is kept of an interview for searching cannot be read", storage.ErrDamaged)
	}
	return folded, f, nil
}

// search returns the hits in the record of an interview.
func (q query) search(id interview.ID, text []byte, zone *time.Location) ([]Hit, error) {
	for _, w := range q.words { // most interviews that come here and have no hit lack a word
		if !bytes.Contains(text, []byte(w)) {
			return nil, nil
		}
	}
	folded, f, err := split(text, zone)
	if err != nil || !q.counts(f) {
		return nil, err
	}
	in := fields{b: f.rest}
	problems := slices.Contains(q.kinds, kindProblem) || len(q.words) == 0
	var hits []Hit
	for range f.places {
		line, rest, _ := bytes.Cut(folded, []byte{'\n'})
		folded = rest
		one := fields{b: in.text()}
		if !matchesAll(line, q.words) {
			continue
		}
		s := one.place(f.names, line)
		in.bad = in.bad || one.bad
		if q.at(s) && (problems || !s.again) {
			hits = append(hits, Hit{
				Interview: id, Customer: f.customer, At: f.started,
				Number: s.number, Kind: s.kind, Text: s.text, Matches: matches(plain.FoldIndex(s.text), q.words),
			})
		}
	}
	if in.bad {
		return nil, fmt.Errorf("%w: what is kept of an interview for searching cannot be read", storage.ErrDamaged)
	}
	return hits, nil
}
