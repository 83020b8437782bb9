package capture

import (
	"slices"
	"strings"
	"time"

	"hark/internal/capture/day"
	"hark/internal/interview"
	"hark/internal/language"
	"hark/internal/plain"
)

// Context is what a line is typed into: it decides what the same words mean. The
// zero Context knows nobody, and has no day to count from.
type Context struct {
	// Day is the one that days are counted from: today, and in a debrief that of
	// the meeting.
	Day interview.Date
	// Language is that of the interview; "" when that is not known. English is
	// always understood as well.
	Language language.Language
	// People are those whom the interview knows.
	People []interview.Person
	// Problems are those on the screen of the writer: an answer to a playback is to the
	// wording that stands there, unless Unseen.
	Problems []interview.Problem
	// Unseen says that the writer has no screen, as in a file: an answer to a playback is to the
	// wording that is stored when the line is.
	Unseen bool
	// Lines are those of the interview.
	Lines []interview.Line
	// Met returns the names of those whom earlier meetings with the customer know; nil knows
	// nobody. It is called only for a line that may name somebody.
	Met func() []string
	// Customer is with whom the interview is.
	Customer string
	// Asks says that the customer has not been asked yet whether notes may be taken and quoted.
	Asks bool
}

// In returns the context of a line that is typed into an interview now. What
// "today" is comes from now's own zone.
func In(iv *interview.Interview, now time.Time) Context {
	in := Context{Day: interview.DateOf(now), People: iv.People, Problems: iv.Problems, Lines: iv.Lines, Customer: iv.Customer}
	in.Asks = iv.Consent.Notes == interview.NotesNotAsked || iv.Consent.Quotes == interview.QuotingNotAsked
	if iv.Debrief {
		in.Day = interview.DateOf(iv.MetAt().In(now.Location()))
	}
	return in
}

// Parse is [Context.Parse] of a line that is typed into nothing in particular.
func Parse(line string, now time.Time) (interview.Action, error) {
	return Context{Day: interview.DateOf(now)}.Parse(line)
}

// days returns what reads the days in a text of the line.
func (in Context) days() day.Reader {
	return day.Reader{From: in.Day, Language: in.Language, Knows: in.knows}
}

// knows reports whether the name of somebody whom the interview knows begins with a folded word.
func (in Context) knows(word string) bool {
	for _, p := range in.People {
		if name := strings.Fields(plain.Fold(p.Name)); len(name) > 0 && word == name[0] {
			return true
		}
	}
	return false
}

// isHere reports whether a name is that of somebody whom the interview knows.
func (in Context) isHere(name string) bool {
	return name != "" && slices.ContainsFunc(in.People, func(p interview.Person) bool { return plain.FoldName(p.Name) == plain.FoldName(name) })
}

// isLine reports whether a number behind which text may stand is that of a line. One without letters
// is a number whatever it is of.
func (in Context) isLine(n interview.Number) bool {
	return n.Letters() == "" || slices.ContainsFunc(in.Lines, func(l interview.Line) bool { return l.Number == n })
}

// isProblem is isLine for a problem.
func (in Context) isProblem(n interview.Number) bool {
	return n.Letters() == "" || slices.ContainsFunc(in.Problems, func(p interview.Problem) bool { return p.Number == n })
}

// wording returns the wording of a problem on the screen, "" when there is none.
func (in Context) wording(problem interview.Number) string {
	shown := interview.Interview{Problems: in.Problems}
	if p, ok := shown.Problem(problem); ok && !in.Unseen {
		return p.Statement
	}
	return ""
}
