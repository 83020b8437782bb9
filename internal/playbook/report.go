package playbook

import (
	"fmt"
	"slices"
	"strings"

	"hark/internal/interview"
)

// Kind is how a part of a playbook file was understood.
type Kind string

// The kinds of an Entry.
const (
	KindName     Kind = "name"
	KindAbout    Kind = "about"
	KindStage    Kind = "stage"
	KindQuestion Kind = "question"
	KindProbe    Kind = "probe"
	KindNote     Kind = "note"
	KindIgnored  Kind = "ignored"
)

// Entry says what the lines First to Last of a file, counted from 1, were understood as. One line
// can have several entries: a heading with a time in it is a stage and a note.
type Entry struct {
	First, Last int
	Kind        Kind
	// Text is the text as it was understood; of ignored lines, the reason.
	Text string
	// Mark is the mark of a stage, also where the file does not spell it out.
	Mark interview.StageMark
}

// Problem is something in a file that hark could read but that its writer may not have meant.
type Problem struct {
	Line int // from 1
	Text string
}

// String returns the problem with its line, as in "line 12: a stage with no questions".
func (p Problem) String() string {
	return fmt.Sprintf("line %d: %s", p.Line, p.Text)
}

// Report says how a playbook file was understood. It covers every line that is not blank.
type Report struct {
	Entries  []Entry   // in the order of the lines
	Problems []Problem // in the order of the lines
	// Added names the stages that hark added because every playbook has them.
	Added []string
}

func (r *Report) add(kind Kind, p piece) {
	r.Entries = append(r.Entries, Entry{First: p.first, Last: p.last, Kind: kind, Text: p.text})
}

func (r *Report) ignore(s span, why string) {
	r.add(KindIgnored, piece{span: s, text: why})
}

func (r *Report) problem(line int, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{Line: line, Text: fmt.Sprintf(format, args...)})
}

// finish sorts the report, and accounts for the lines that became nothing: underlines, fences and
// the like.
func (r *Report) finish(src source) {
	covered := make([]bool, len(src.starts)+1)
	for _, e := range r.Entries {
		for n := e.First; n <= e.Last; n++ {
			covered[n] = true
		}
	}
	for n := 1; n < len(covered); n++ {
		if covered[n] || strings.TrimSpace(src.line(n)) == "" {
			continue
		}
		s := span{n, n}
		for s.last+1 < len(covered) && !covered[s.last+1] && strings.TrimSpace(src.line(s.last+1)) != "" {
			s.last++
		}
		r.ignore(s, "formatting only")
		n = s.last
	}
	slices.SortStableFunc(r.Entries, func(a, b Entry) int { return a.First - b.First })
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return a.Line - b.Line })
}
