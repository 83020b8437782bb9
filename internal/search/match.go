package search

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Hit is one passage that a query found.
type Hit struct {
	Interview interview.ID
	Customer  string
	At        time.Time // when the interview began
	// Number is that of the line, promise or route; of the problem for the kinds problem, impact,
	// respect and advice; of the solution for solution and reaction; else 0.
	Number  interview.Number
	Kind    string
	Text    string
	Quoted  bool     // Text stands in quotation marks
	Matches [][2]int // byte offsets into Text, from and to
}

// Hits returns the passages of an interview that the query finds, in the order of the record. Times
// are in the given zone. The error wraps ErrRecord.
func (q Query) Hits(id interview.ID, record []byte, zone *time.Location) ([]Hit, error) {
	for _, w := range q.words { // most interviews without a hit lack a word
		if !bytes.Contains(record, []byte(w)) {
			return nil, nil
		}
	}
	folded, r, err := decode(record, zone)
	if err != nil || !q.selects(r) {
		return nil, err
	}
	in := fields{b: r.passages}
	problems := slices.Contains(q.kinds, kindProblem) || len(q.words) == 0
	var hits []Hit
	for range r.count {
		line, rest, _ := bytes.Cut(folded, []byte{'\n'})
		folded = rest
		one := fields{b: in.text()}
		if !matchesAll(line, q.words) {
			continue
		}
		p := one.passage(r.names, line)
		in.bad = in.bad || one.bad
		if q.finds(p) && (problems || !p.repeated) {
			hits = append(hits, Hit{
				Interview: id, Customer: r.customer, At: r.started,
				Number: p.number, Kind: p.kind, Text: p.text, Quoted: p.quoted, Matches: matches(plain.FoldIndex(p.text), q.words),
			})
		}
	}
	if in.bad {
		return nil, errUnreadable()
	}
	return hits, nil
}

// matchesAll reports whether all words stand in a folded line.
func matchesAll(line []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(line, []byte(w)) || indexWord(string(line), w, 0) < 0 {
			return false
		}
	}
	return true
}

// indexWord returns the first offset at or after from where w stands at the beginning of a word of
// s, -1 for none.
func indexWord(s, w string, from int) int {
	for from <= len(s) {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		first, _ := utf8.DecodeRuneInString(w)
		if at == 0 || !plain.Wordy(before) || !plain.Wordy(first) || plain.Alone(before) || plain.Alone(first) {
			return at
		}
		from = at + 1
	}
	return -1
}

// matches returns where the words stand, as offsets into the text that was folded, in order and
// joined where they overlap.
func matches(folded plain.Folded, words []string) [][2]int {
	text := oneLine(folded.String())
	var all [][2]int
	for _, w := range words {
		for i := indexWord(text, w, 0); i >= 0; i = indexWord(text, w, i+1) {
			from, to := folded.Span(i, i+len(w))
			all = append(all, [2]int{from, to})
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	var joined [][2]int
	for _, m := range all {
		if last := len(joined) - 1; last >= 0 && m[0] <= joined[last][1] {
			joined[last][1] = max(joined[last][1], m[1])
			continue
		}
		joined = append(joined, m)
	}
	return joined
}
