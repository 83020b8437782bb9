package insight

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Ref says what is behind a figure: an interview, and what in it.
type Ref struct {
	Interview interview.ID
	Customer  string           // as this interview spells it
	Met       time.Time        // when the interview began
	Problem   interview.Number // the number of the problem, 0 when it is about none
	Line      interview.Number // the number of the line, promise or route, 0 for none
	// Quoting says how the customer may be quoted to others.
	Quoting interview.Quoting
}

// Problem is one problem of one interview.
type Problem struct {
	Ref Ref
	interview.ProblemSummary
	// Themes are those of the problem and of the lines that show it.
	Themes []string
}

// Line is one line with themes of one interview.
type Line struct {
	Ref Ref
	interview.LineSummary
}

// Quote is what somebody said and where. The zero Quote means that there is none.
type Quote struct {
	Ref     Ref
	Text    string
	Speaker string // "" when nobody was named
	Role    string // of the speaker, "" when it is not known
	// Verbatim says that these are their words, which get quotation marks; otherwise it is a
	// paraphrase, or a problem's statement that nobody is on record as saying.
	Verbatim bool
	// Reason is why the problem was set aside, and Refused says that the customer
	// said no when it was played back: both in the dissenting quote of a theme.
	Reason  string
	Refused bool
}

// IsZero reports whether there is no quote.
func (q Quote) IsZero() bool { return q.Text == "" }

// Said returns the words with who said them and where, and what speaks against them.
func (q Quote) Said(where string) string {
	text := q.Text
	if q.Verbatim {
		text = "“" + text + "”"
	}
	text += " — "
	if q.Speaker != "" {
		text += q.Speaker + ", "
		if q.Role != "" {
			text += q.Role + ", "
		}
	}
	text += where
	switch {
	case q.Refused && q.Reason != "":
		text += " (" + interview.SaidNo + "; set aside: " + q.Reason + ")"
	case q.Refused:
		text += " (" + interview.SaidNo + ")"
	case q.Reason != "":
		text += " (set aside: " + q.Reason + ")"
	}
	return text
}

// live returns the summaries that were not discarded, newest first.
func live(all []interview.Summary) []*interview.Summary {
	listed := make([]*interview.Summary, 0, len(all))
	for i := range all {
		if !all[i].Discarded {
			listed = append(listed, &all[i])
		}
	}
	slices.SortFunc(listed, func(a, b *interview.Summary) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return listed
}

func refTo(s *interview.Summary) Ref {
	return Ref{Interview: s.ID, Customer: s.Customer, Met: s.StartedAt, Quoting: s.Quotes}
}

// compareRefs orders what is behind a figure: newest interview first, and in it by number.
func compareRefs(a, b Ref) int {
	return cmp.Or(
		b.Met.Compare(a.Met), bytes.Compare(a.Interview[:], b.Interview[:]),
		a.Problem.Compare(b.Problem), a.Line.Compare(b.Line),
	)
}

// problemsOf returns the customer's problems of an interview: neither those that turned out to be the
// same as another one, which stands for them, nor those that we alone spoke of.
func problemsOf(s *interview.Summary) []Problem {
	var all []Problem
	for _, p := range s.Problems {
		if p.Joined != 0 || p.OursOnly {
			continue
		}
		ref := refTo(s)
		ref.Problem = p.Number
		themes := slices.Clone(p.Themes)
		for _, l := range s.Tagged {
			if l.Problem == p.Number {
				themes = append(themes, l.Themes...)
			}
		}
		all = append(all, Problem{Ref: ref, ProblemSummary: p, Themes: distinct(themes)})
	}
	return all
}

// distinct returns texts each once, in the order in which they came first.
func distinct(texts []string) []string {
	var once []string
	for _, t := range texts {
		if !slices.Contains(once, t) {
			once = append(once, t)
		}
	}
	return once
}

// last ranks what is to come after the others.
func last(is bool) int {
	if is {
		return 1
	}
	return 0
}

// sameTheme reports whether two themes differ in their spelling alone.
func sameTheme(a, b string) bool { return a == b || plain.FoldName(a) == plain.FoldName(b) }

// quote returns the words of a problem: the best quote that shows it, or its statement.
func (p Problem) quote(s *interview.Summary) Quote {
	q := Quote{Ref: p.Ref, Text: p.Statement, Verbatim: p.Quoted}
	if p.Quote.Text != "" {
		q.Ref.Line = p.Quote.Line
		q.Text, q.Speaker, q.Verbatim = p.Quote.Text, p.Quote.Speaker, true
		q.Role = roleOf(s, q.Speaker)
	}
	return q
}

func roleOf(s *interview.Summary, name string) string {
	for _, p := range s.People {
		if p.Name == name {
			return p.Role
		}
	}
	return ""
}

// Named returns what a name means among all, whose names nameOf tells: the one with that very name,
// or else all whose name begins so. Case, accents and blanks make no difference. It is how a
// customer or a theme is named on the command line.
func Named[T any](all []T, nameOf func(T) string, name string) []T {
	want := plain.FoldName(name)
	if want == "" {
		return nil
	}
	var fit []T
	for _, one := range all {
		switch have := plain.FoldName(nameOf(one)); {
		case have == want:
			return []T{one}
		case strings.HasPrefix(have, want):
			fit = append(fit, one)
		}
	}
	return fit
}
