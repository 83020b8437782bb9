package lookback

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hark/internal/cli/app"
	"hark/internal/insight"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// allShown is what to do about more things than were shown.
const allShown = "--limit 0 shows all"

// leastWidth is how many cells the lines of a sheet have at least, however narrow the terminal is.
const leastWidth = 40

// overAll returns what cobra runs for a command over the summaries of all interviews. On a terminal
// it shows app.ListedAtOnce things unless asked for more.
func (a Commands) overAll(o *app.Output, do func(all []interview.Summary, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		o.Usually(a.App, cmd, app.ListedAtOnce)
		return a.Read(func(ctx context.Context, book *notebook.Notebook, args []string) error {
			all, err := book.List(ctx, 0)
			if err != nil {
				return err
			}
			if err := do(all, args); err != nil {
				return err
			}
			return a.SayOwn(ctx, book, *a.own)
		})(cmd, args)
	}
}

// sheet is text for reading, wrapped to the terminal.
type sheet struct {
	strings.Builder
	width int
	zone  *time.Location
	today interview.Date
	// aboutOne says that all of it is about one customer, who need not be named again.
	aboutOne bool
	own      *app.Own
}

func (a Commands) sheet() *sheet {
	return &sheet{width: max(a.LineWidth(), leastWidth), zone: a.Zone, today: a.today(), own: a.own}
}

// today is the date where the person is.
func (a Commands) today() interview.Date { return interview.DateOf(a.LocalNow()) }

// print prints a sheet, and says on a terminal that there is more than it shows.
func (a Commands) print(s *sheet, more int) error {
	_, err := a.Out.WriteString(s.String())
	if err == nil {
		a.NoteMore(more, allShown)
		a.own.Text = s.String()
	}
	return err
}

// writeJSON prints v, which has what customers said.
func (a Commands) writeJSON(v any) error {
	a.SayAll()
	return a.WriteJSON(v)
}

// listing prints the first of all things: as JSON documents, as draw writes them on a sheet, or
// none as a sentence for there being none.
func listing[T, D any](a Commands, o app.Output, all []T, doc func(T) D, none string, draw func(s *sheet, shown []T)) error {
	shown, more := app.First(all, o.Limit)
	switch {
	case o.JSON:
		return a.writeJSON(app.Map(shown, doc))
	case len(shown) == 0:
		a.Note("%s", none)
		return nil
	}
	s := a.sheet()
	draw(s, shown)
	return a.print(s, more)
}

// hang writes a lead, padded to so many cells, and a text next to it whose further lines begin
// below its first. Both must be safe.
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

// day returns the date of a time where the person is, "" for no time.
func (s *sheet) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return interview.DateOf(t.In(s.zone)).String()
}

// where names the interview that something is from, and its number there unless that is 0.
func (s *sheet) where(r insight.Ref, number interview.Number) string {
	s.shows(r, false)
	place := r.Interview.Short()
	if number > 0 {
		place += fmt.Sprintf(" %s", number)
	}
	if s.aboutOne {
		return place
	}
	return plain.Terminal(r.Customer) + " · " + place
}

// spoken returns a quote with who said it and where. This is the seller's own view: it names and
// quotes everybody, whatever the customer allowed, as hark show does.
func (s *sheet) spoken(q insight.Quote) string {
	s.shows(q.Ref, q.Verbatim)
	return plain.Terminal(q.Said(s.where(q.Ref, 0)))
}

// worded returns a problem's statement, in quotation marks where the customer said it so.
func (s *sheet) worded(p insight.Problem) string {
	s.shows(p.Ref, p.Quoted)
	return plain.Terminal(p.Worded())
}

// shows notes that the sheet has something of an interview, quoted word for word or not.
func (s *sheet) shows(r insight.Ref, quoted bool) {
	s.own.Shows(r.Interview, r.Customer, r.Quoting, quoted)
}

// joinWords joins the parts that are not empty.
func joinWords(separator string, parts ...string) string {
	var full []string
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, separator)
}

// moment returns a time as documents have it: in UTC, to the millisecond.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// refDoc is the source of a figure, as a JSON document.
type refDoc struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	At        time.Time    `json:"at"` // when the interview began
	interchange.OfProblem
	Line      int    `json:"line,omitempty"`
	LineLabel string `json:"line_label,omitempty"` // as in interchange.Numbered
	allowed
}

// allowed is what the customer allows, as part of each JSON document that has their words or names.
type allowed struct {
	Quoting interview.Quoting `json:"quoting,omitempty"`
}

func newRefDoc(r insight.Ref) refDoc {
	line := interchange.NumberOf(r.Line)
	return refDoc{Interview: r.Interview, Customer: r.Customer, At: moment(r.Met), OfProblem: interchange.ProblemOf(r.Problem), Line: line.Number, LineLabel: line.Label, allowed: allowed{r.Quoting}}
}

// problemDoc is one problem of one interview, as a JSON document.
type problemDoc struct {
	Interview interview.ID `json:"interview"`
	Customer  string       `json:"customer"`
	At        time.Time    `json:"at"`
	interchange.Numbered
	Statement string           `json:"statement"`
	Quoted    bool             `json:"quoted"`
	Status    interview.Status `json:"status"`
	Reason    string           `json:"reason,omitempty"`
	Denied    bool             `json:"denied,omitempty"` // a no to its wording of today stands
	Raised    interview.Raised `json:"raised,omitempty"`
	HowBad    int              `json:"how_bad,omitempty"`
	HowOften  string           `json:"how_often,omitempty"`
	Themes    []string         `json:"themes"`
	allowed
}

func newProblemDoc(p insight.Problem) problemDoc {
	return problemDoc{
		Interview: p.Ref.Interview, Customer: p.Ref.Customer, At: moment(p.Ref.Met), Numbered: interchange.NumberOf(p.Number), Statement: p.Statement,
		Quoted: p.Quoted, Status: p.Status, Reason: p.Reason, Denied: p.Denied, Raised: p.Raised, HowBad: p.HowBad, HowOften: p.HowOften,
		Themes: append([]string{}, p.Themes...), allowed: allowed{p.Ref.Quoting},
	}
}
