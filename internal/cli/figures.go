package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// What looks back over many interviews is wrapped for reading: to the width of
// the terminal, or this many cells where there is none, and never fewer than
// that.
const (
	usualWidth = 80
	leastWidth = 40
)

// lookingBack makes what a command over all interviews does of a function. On a
// terminal, this many things are shown unless asked for more.
func (a *app) lookingBack(o *output, do func(all []interview.Summary, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		o.usually(a, cmd, listedAtOnce)
		return a.read(func(ctx context.Context, book *notebook.Notebook, args []string) error {
			all, err := book.List(ctx, 0)
			if err != nil {
				return err
			}
			return do(all, args)
		})(cmd, args)
	}
}

// limitText explains --limit of such a command.
func limitText(things string) string {
	return fmt.Sprintf("at most `N` %s; 0 is all, and on a terminal it is %d unless you say so", things, listedAtOnce)
}

// first returns the first n of all things, all of them when n is 0, and how many
// that leaves out.
func first[T any](all []T, n int) (shown []T, more int) {
	if n == 0 || n >= len(all) {
		return all, 0
	}
	return all[:n], len(all) - n
}

// noteMore says that there are more than were shown.
func (a *app) noteMore(more int) { a.noteMoreBy(more, "--limit 0 shows all") }

// noteMoreBy is noteMore with another thing to do about it.
func (a *app) noteMoreBy(more int, do string) {
	if more > 0 && a.env.StdoutIsTerminal {
		a.note("There are more: %s", do)
	}
}

// sheet is text for reading, wrapped.
type sheet struct {
	strings.Builder
	width int
	zone  *time.Location
	// about says that it is about one customer, who need not be named again.
	about bool
}

func (a *app) sheet() *sheet {
	width := a.env.Width
	if width < 1 {
		width = usualWidth
	}
	return &sheet{width: max(width, leastWidth), zone: a.env.Zone}
}

// print prints the sheet.
func (a *app) print(s *sheet) error {
	_, err := a.out.WriteString(s.String())
	return err
}

// hang writes a text behind a lead of so many cells, and its further lines below
// it. What people typed in either of them is to be safe already.
func (s *sheet) hang(lead string, cells int, text string) {
	for i, line := range plain.Wrap(text, s.width-cells) {
		before := strings.Repeat(" ", cells)
		if i == 0 {
			before = plain.Pad(plain.Truncate(lead, cells, "…"), cells)
		}
		s.line(before + line)
	}
}

// line writes one line without blanks at its end.
func (s *sheet) line(text string) { s.WriteString(strings.TrimRight(text, " ") + "\n") }

// day is a date where the person is, "" for no time.
func (s *sheet) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return interview.DateOf(t.In(s.zone)).String()
}

// where says which interview something is from, and the number it has there, 0
// for none.
func (s *sheet) where(r insight.Ref, number int) string {
	place := r.Interview.Short()
	if number > 0 {
		place += fmt.Sprintf(" %d", number)
	}
	if s.about {
		return place
	}
	return plain.Terminal(r.Customer) + " · " + place
}

// spoken is a quote with who said it and where. These are the seller's own views:
// they name everybody and quote everything whatever the customer allowed, as hark
// show does.
func (s *sheet) spoken(q insight.Quote) string {
	text := plain.Terminal(q.Text)
	if q.Verbatim {
		text = "“" + text + "”"
	}
	who := plain.Terminal(q.Speaker)
	if q.Role != "" && who != "" {
		who += ", " + plain.Terminal(q.Role)
	}
	if who != "" {
		who += ", "
	}
	text += " — " + who + s.where(q.Ref, 0)
	switch {
	case q.Reason != "":
		text += " (set aside: " + plain.Terminal(q.Reason) + ")"
	case q.Refused:
		text += " (they said no to it)"
	}
	return text
}

// worded is a problem's statement, in quotation marks where it was said so.
func worded(p insight.Problem) string {
	text := plain.Terminal(p.Statement)
	if p.Quote.Text == p.Statement || p.Status == interview.Confirmed {
		text = "“" + text + "”"
	}
	return text
}

// joinWords puts non-empty parts of a line together.
func joinWords(separator string, parts ...string) string {
	var full []string
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, separator)
}

// moment is a time as documents give it: in UTC, to the millisecond.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// docs converts all of in for a document, in which no array is null.
func docs[T, U any](in []T, convert func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = convert(v)
	}
	return out
}

// refDoc is what is behind a figure, as a JSON document.
type refDoc struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	At        time.Time    `json:"at"` // when the interview began
	Problem   int          `json:"problem,omitempty"`
	Line      int          `json:"line,omitempty"`
}

func newRefDoc(r insight.Ref) refDoc {
	return refDoc{Interview: r.Interview, Customer: r.Customer, At: moment(r.Met), Problem: r.Problem, Line: r.Line}
}

// problemDoc is one problem of one interview, as a JSON document.
type problemDoc struct {
	Interview interview.ID     `json:"interview"`
	Customer  string           `json:"customer"`
	At        time.Time        `json:"at"`
	Number    int              `json:"number"`
	Statement string           `json:"statement"`
	Status    interview.Status `json:"status"`
	Reason    string           `json:"reason,omitempty"`
	Raised    interview.Raised `json:"raised,omitempty"`
	HowBad    int              `json:"how_bad,omitempty"`
	HowOften  string           `json:"how_often,omitempty"`
	Themes    []string         `json:"themes"`
}

func newProblemDoc(p insight.Problem) problemDoc {
	return problemDoc{
		Interview: p.Ref.Interview, Customer: p.Ref.Customer, At: moment(p.Ref.Met), Number: p.Number, Statement: p.Statement,
		Status: p.Status, Reason: p.Reason, Raised: p.Raised, HowBad: p.HowBad, HowOften: p.HowOften,
		Themes: docs(p.Themes, func(theme string) string { return theme }),
	}
}
