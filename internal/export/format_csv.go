package export

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Table says what each row of a CSV file is.
type Table string

// The tables.
const (
	TableLines    Table = "lines"
	TableProblems Table = "problems"
	TablePromises Table = "promises"
	// TableNotes has a row for each interview, with the columns that HubSpot imports notes from.
	TableNotes Table = "notes"
)

// Tables returns all tables, the default one first.
func Tables() []Table { return []Table{TableLines, TableProblems, TablePromises, TableNotes} }

// CSVHead returns the first row of a table, with the names of its columns.
func CSVHead(t Table) []byte { return csvRows([][]string{columns(t)}) }

// CSV returns the rows of an interview as RFC 4180 has them, in UTF-8 without a byte order mark. No
// field can be taken for a formula. Names and quotes are as far as the customer allowed. Times are
// 2026-12-03 14:29 and days 2026-12-03, in opts.Location; what was recalled has the day of the
// meeting in place of a time.
func CSV(iv *interview.Interview, t Table, opts Options) []byte {
	r := rows{iv: iv, doc: Shared(iv, opts), opts: opts, audience: others(iv, opts)}
	switch t {
	case TableLines:
		return csvRows(r.lines())
	case TableProblems:
		return csvRows(r.problems())
	case TablePromises:
		return csvRows(r.promises())
	case TableNotes:
		return csvRows([][]string{r.note()})
	}
	return nil
}

func columns(t Table) []string {
	common := []string{"interview", "customer", "date"}
	const concurrent = "concurrent"
	switch t {
	case TableLines:
		return append(common, "number", "time", "kind", "text", "speaker", "stage", "question", "problem", "themes", "recalled", "first_wording", concurrent)
	case TableProblems:
		return append(common, "number", "statement", "quoted", "said_by", "status", "reason", "raised", "themes",
			"how_often", "how_bad", "costs", "bears", "tried", "wants", "confirmed", "first_heard", "evidence", concurrent)
	case TablePromises:
		return append(common, "number", "text", "owner", "side", "due", "done", "told", concurrent)
	case TableNotes:
		return []string{"Company name", "Activity date", "Note body", "Interview"}
	}
	return nil
}

// rows makes the rows of one interview.
type rows struct {
	iv       *interview.Interview
	doc      interchange.Interview
	opts     Options
	audience audience
}

func (r rows) row(fields ...string) []string {
	return append([]string{r.iv.ID.String(), r.iv.Customer, r.date(r.iv.MetAt())}, fields...)
}

func (r rows) date(t time.Time) string { return r.time(t, time.DateOnly) }

// moment is a time, or its day alone if the time of day is not known.
func (r rows) moment(t time.Time, clock bool) string {
	if clock {
		return r.time(t, minute)
	}
	return r.date(t)
}

func (r rows) time(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(r.opts.zone()).Format(layout)
}

func (r rows) lines() [][]string {
	return mapped(r.doc.Lines, func(l interchange.Line) []string {
		n, _ := interview.ParseNumber(l.Shown())
		is, _ := r.iv.Line(n)
		at := r.moment(r.iv.SaidAt(is))
		return r.row(l.Shown(), at, string(is.CountsAs()), l.Text, l.Speaker, l.Stage, l.QuestionText,
			l.ShownProblem(), strings.Join(l.Themes, "; "), yes(l.Recalled), l.FirstWording, r.concurrent(l.Concurrent))
	})
}

func (r rows) problems() [][]string {
	return mapped(r.doc.Problems, func(p interchange.Problem) []string {
		is, _ := r.iv.ProblemByID(p.ID)
		wording, by := r.audience.wording(is, p.Statement)
		confirmed := ""
		for _, proof := range r.iv.Proofs(is) {
			if p.Status == interview.Confirmed {
				confirmed = r.moment(r.iv.Happened(proof.At))
			}
		}
		evidence := p.EvidenceLabels
		if evidence == nil {
			evidence = mapped(p.Evidence, strconv.Itoa)
		}
		i := p.Impact
		return r.row(p.Shown(), p.Statement, yes(wording.sort == quotedText), r.audience.speaker(by), string(p.Status), p.Reason,
			string(p.Raised), strings.Join(p.Themes, "; "), i.HowOften, number(i.HowBad), i.Costs, i.Bears, i.Tried, i.Wants,
			confirmed, p.FirstHeard, strings.Join(evidence, "; "), r.concurrent(p.Concurrent))
	})
}

func (r rows) promises() [][]string {
	return mapped(r.doc.Promises, func(p interchange.Promise) []string {
		return r.row(p.Shown(), p.Text, p.Owner, string(p.Side), p.Due.String(), r.date(p.DoneAt), r.date(p.ToldAt), r.concurrent(p.Concurrent))
	})
}

// concurrent returns the values of which nobody has picked one yet, with who wrote each and when:
// "due: 2026-12-03 (Mia, 2026-12-02 14:05); due: none (Jo, 2026-12-02 14:20)".
func (r rows) concurrent(all []interchange.Concurrent) string {
	return strings.Join(mapped(all, func(c interchange.Concurrent) string {
		who := r.time(c.At, minute)
		if c.Author != "" {
			who = c.Author + ", " + who
		}
		return fmt.Sprintf("%s: %s (%s)", c.Field, cmp.Or(c.Value, "none"), who)
	}), "; ")
}

const (
	// mostNote is the number of characters to which HubSpot limits a note.
	mostNote = 65_536
	// minute is the layout of a time.
	minute = "2006-01-02 15:04"
)

// note returns the row of an interview in TableNotes. HubSpot takes the body of a note as HTML, and
// its time in milliseconds since 1970, the only form in which it does not confuse days and months.
func (r rows) note() []string {
	w := newWriter(r.iv, r.opts, r.audience)
	var parts [][]block
	for _, write := range []func(){w.head, w.problems, w.workedOut, w.leftOut, w.promises, w.followUps} {
		w.blocks = nil
		write()
		parts = append(parts, w.blocks)
	}
	var body string
	// Whole parts are dropped from the end until it fits.
	for n := len(parts); n > 0; n-- {
		var b strings.Builder
		writeHTML(&b, slices.Concat(parts[:n]...))
		if n < len(parts) {
			b.WriteString("<p>The rest is too long for a note.</p>\n")
		}
		body = b.String()
		if utf8.RuneCountInString(body) <= mostNote {
			break
		}
	}
	if utf8.RuneCountInString(body) > mostNote {
		body = "<p>This interview is too long for a note.</p>"
	}
	return []string{r.iv.Customer, strconv.FormatInt(r.iv.MetAt().UnixMilli(), 10), body, r.iv.ID.String()}
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// csvRows returns rows with CRLF at their ends only. encoding/csv would also write it for the line
// breaks within a field, and so change what was said.
func csvRows(rows [][]string) []byte {
	var all []byte
	var b bytes.Buffer
	for _, row := range rows {
		b.Reset()
		w := csv.NewWriter(&b)
		safe := mapped(row, plain.CSVField)
		if err := w.Write(safe); err != nil {
			panic(fmt.Sprintf("a row of CSV: %v", err)) // a buffer takes everything
		}
		w.Flush()
		all = append(append(all, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...), "\r\n"...)
	}
	return all
}
