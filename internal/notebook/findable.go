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
)

// findable is what a search needs of an interview, so that none is read for it:
// it is kept beside the folded text, in the same record.
//
// The record is the folded text, a place a line, then a line with the customer
// and all themes; a zero byte; and then this, in the order of the fields. What
// the store does with the folded text (scan it, index its words) is its affair;
// what is behind the zero byte is this file's.
type findable struct {
	customer         string
	started          time.Time
	discarded, ended bool
	outcome          interview.Outcome
	places           int
	rest             []byte // the places, each as appendPlace wrote it
}

// findableFormat is the first byte of what is behind the zero byte.
const findableFormat = 1

// searchText returns what is kept of an interview for search.
func searchText(iv *interview.Interview) []byte {
	all := places(iv)
	var b []byte
	var themes []string
	for _, s := range all {
		b = append(append(b, oneLine(plain.Fold(s.text))...), '\n')
		for _, t := range s.themes {
			if t = oneLine(plain.Fold(t)); !slices.Contains(themes, t) {
				themes = append(themes, t)
			}
		}
	}
	b = append(b, oneLine(plain.Fold(iv.Customer)+" "+strings.Join(themes, " "))...)
	b = append(b, '\n', 0, findableFormat)
	b = appendString(b, iv.Customer)
	b = binary.AppendVarint(b, iv.StartedAt.UnixNano())
	b = append(b, flag(iv.Discarded), flag(iv.Ended()))
	b = appendString(b, string(iv.Outcome))
	b = binary.AppendUvarint(b, uint64(len(all)))
	for _, s := range all {
		b = appendPlace(b, s)
	}
	return b
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

func appendPlace(b []byte, s said) []byte {
	b = appendString(binary.AppendUvarint(b, uint64(s.number)), s.kind)
	b = binary.AppendUvarint(appendString(b, string(s.status)), uint64(len(s.themes)))
	for _, t := range s.themes {
		b = appendString(b, t)
	}
	b = append(b, flag(s.again))
	return appendString(b, s.text)
}

// fields takes apart what the functions above wrote. After the first thing that
// cannot be, it returns zeros, and bad is true.
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

func (f *fields) place() said {
	s := said{number: int(f.number()), kind: string(f.text()), status: interview.Status(f.text())}
	for range min(f.number(), uint64(len(f.b))) {
		s.themes = append(s.themes, string(f.text()))
	}
	s.again = f.flag()
	s.text = string(f.text())
	return s
}

// skip passes over a place.
func (f *fields) skip() {
	f.number()
	f.text()
	f.text()
	for range min(f.number(), uint64(len(f.b))) {
		f.text()
	}
	f.flag()
	f.text()
}

// split takes the record of an interview apart: its folded text, and the rest.
func split(text []byte, zone *time.Location) (folded []byte, f findable, err error) {
	folded, rest, ok := bytes.Cut(text, []byte{0})
	if !ok || len(rest) == 0 || rest[0] != findableFormat {
		return nil, findable{}, fmt.Errorf("%w: what is kept for searching is of another hark; `hark doctor --mend` makes it anew", interview.ErrDamaged)
	}
	in := fields{b: rest[1:]}
	f.customer = string(in.text())
	f.started = in.time(zone)
	f.discarded, f.ended = in.flag(), in.flag()
	f.outcome = interview.Outcome(in.text())
	f.places = int(in.number())
	f.rest = in.b
	if in.bad {
		return nil, findable{}, fmt.Errorf("%w: what is kept of an interview for searching cannot be read", interview.ErrDamaged)
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
		if !matchesAll(line, q.words) {
			in.skip()
			continue
		}
		s := in.place()
		if q.at(s) && (problems || !s.again) {
			hits = append(hits, Hit{
				Interview: id, Customer: f.customer, At: f.started,
				Number: s.number, Kind: s.kind, Text: s.text, Matches: matches(plain.FoldIndex(s.text), q.words),
			})
		}
	}
	if in.bad {
		return nil, fmt.Errorf("%w: what is kept of an interview for searching cannot be read", interview.ErrDamaged)
	}
	return hits, nil
}
