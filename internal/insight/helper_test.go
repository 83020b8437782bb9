package insight_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
	"hark/internal/insight"
	"hark/internal/interview"
)

// met is a summary of an interview with a customer, on a day of November 2026.
func met(customer string, day int) interview.Summary {
	return interview.Summary{
		ID: document.DerivedID(customer, fmt.Sprint(day)), Customer: customer, Playbook: "Listen first",
		StartedAt: time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC), Quotes: interview.QuoteByName,
	}
}

// with adds problems, numbered from 1.
func with(s interview.Summary, problems ...interview.ProblemSummary) interview.Summary {
	for _, p := range problems {
		p.Number = interview.Number(len(s.Problems) + 1)
		s.Problems = append(s.Problems, p)
	}
	return s
}

// said is a problem quoted in its own words.
func said(statement string, themes ...string) interview.ProblemSummary {
	return interview.ProblemSummary{
		Statement: statement, Status: interview.Heard, Raised: interview.WhenAsked, Themes: themes, Evidence: 1,
		Quote: interview.QuoteSummary{Line: 1, Text: statement, Speaker: "Ana"},
	}
}

func statements[T any](all []T, of func(T) string) string {
	var texts []string
	for _, one := range all {
		texts = append(texts, of(one))
	}
	return strings.Join(texts, " | ")
}

func ofProblem(p insight.Problem) string   { return p.Statement }
func ofRef(r insight.Ref) string           { return fmt.Sprintf("%s %d", r.Customer, r.Met.Day()) }
func ofPromise(p insight.Promise) string   { return p.Text }
func ofRoute(r insight.Route) string       { return r.Department }
func ofAdviser(a insight.Adviser) string   { return a.Name }
func ofTheme(t insight.Theme) string       { return t.Name }
func ofSummary(s interview.Summary) string { return fmt.Sprint(s.StartedAt.Day()) }
func ofTrouble(t insight.Trouble) string   { return t.Statement }
func ofQuote(q insight.Quote) string       { return q.Text }
func itself(text string) string            { return text }
func nov(day int) interview.Date           { return interview.Date{Year: 2026, Month: 11, Day: day} }
func morning(day int) time.Time            { return time.Date(2026, 11, day, 8, 0, 0, 0, time.UTC) }
func person(name string) (p interview.PersonSummary) {
	return interview.PersonSummary{Name: name, Side: interview.Theirs}
}

// sorted puts what statements joined into one order.
func sorted(joined string) string {
	parts := strings.Split(joined, " | ")
	slices.Sort(parts)
	return strings.Join(parts, " | ")
}
