package export

import (
	"bytes"
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

// Table is what the rows of a CSV file are.
type Table string

// The tables.
const (
	TableLines    Table = "lines"
	TableProblems Table = "problems"
	TablePromises Table = "promises"
	// TableNotes has a row for each interview, with the columns that HubSpot
	// wants of notes.
	TableNotes Table = "notes"
)

// Tables are all tables, the usual one first.
func Tables() []Table { return []Table{TableLines, TableProblems, TablePromises, TableNotes} }

// CSVHead returns the first line of a table: the names of its columns.
func CSVHead(t Table) []byte { return csvRows([][]string{columns(t)}) }

// CSV returns the rows of an interview: comma-separated, with CRLF behind each,
// in UTF-8 without a byte order mark. No field is read as a formula. Whom it
// names and what it quotes is as in Markdown. Times are 2026-12-03 14:29, days
// 2026-12-03, both in opts.Location.
func CSV(iv *interview.Interview, t Table, opts Options) []byte {
	r := tabler{iv: iv, doc: Shared(iv, opts), opts: opts, voice: allowed(iv)}
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
	switch t {
	case TableLines:
		return append(common, "number", "time", "kind", "text", "speaker", "stage", "question", "problem", "themes", "recalled", "first_wording")
	case TableProblems:
		return append(common, "number", "statement", "quoted", "said_by", "status", "reason", "raised", "themes",
			"how_often", "how_bad", "costs", "bears", "tried", "wants", "confirmed", "first_heard", "evidence")
	case TablePromises:
		return append(common, "number", "text", "owner", "side", "due", "done", "told")
	case TableNotes:
		return []string{"Company name", "Activity date", "Note body", "Interview"}
	}
	return nil
}

// tabler makes the rows of one interview.
type tabler struct {
	iv    *interview.Interview
	doc   interchange.Interview
	opts  Options
	voice voice
}

func (r tabler) row(fields ...string) []string {
	return append([]string{r.iv.ID.String(), r.iv.Customer, r.date(r.iv.MetAt())}, fields...)
}

func (r tabler) date(t time.Time) string { return r.time(t, time.DateOnly) }

func (r tabler) time(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone(r.opts)).Format(layout)
}

func (r tabler) lines() [][]string {
	return mapped(r.doc.Lines, func(l interchange.Line) []string {
		return r.row(strconv.Itoa(l.Number), r.time(l.At, "2006-01-02 15:04"), string(l.Kind), l.Text, l.Speaker, l.Stage, l.QuestionText,
			number(l.Problem), strings.Join(l.Themes, "; "), yes(l.Recalled), l.FirstWording)
	})
}

func (r tabler) problems() [][]string {
	return mapped(r.doc.Problems, func(p interchange.Problem) []string {
		is, _ := r.iv.Problem(p.Number)
		wording, by := r.voice.wording(is, p.Statement)
		confirmed := ""
		for _, pb := range is.Playbacks {
			if p.Status == interview.Confirmed && pb.Answer == interview.Yes && !pb.Withdrawn && pb.Said == p.Statement {
				confirmed = r.time(pb.At, "2006-01-02 15:04")
			}
		}
		evidence := mapped(p.Evidence, strconv.Itoa)
		i := p.Impact
		return r.row(strconv.Itoa(p.Number), p.Statement, yes(wording.sort == quotedText), r.voice.speaker(by), string(p.Status), p.Reason,
			string(p.Raised), strings.Join(p.Themes, "; "), i.HowOften, number(i.HowBad), i.Costs, i.Bears, i.Tried, i.Wants,
			confirmed, p.FirstHeard, strings.Join(evidence, "; "))
	})
}

func (r tabler) promises() [][]string {
	return mapped(r.doc.Promises, func(p interchange.Promise) []string {
		return r.row(strconv.Itoa(p.Number), p.Text, p.Owner, string(p.Side), p.Due.String(), r.date(p.DoneAt), r.date(p.ToldAt))
	})
}

// mostNote is how many characters HubSpot takes of a note.
const mostNote = 65_536

// note is a row for HubSpot. A note's body is HTML there, so that is what it is
// here; its time is in milliseconds since 1970, the one form in which no month
// is taken for a day.
func (r tabler) note() []string {
	w := newWriter(r.iv, r.opts, r.voice)
	var parts []page
	for _, write := range []func(){w.head, w.problems, w.solving, w.leftOut, w.promises, w.followUps} {
		w.page = nil
		write()
		parts = append(parts, w.page)
	}
	var body string
	// Whole parts are left off the end until it fits.
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

// csvRows writes rows as RFC 4180 has them. encoding/csv would turn the newlines
// inside of fields into CRLF too, which is not what was said.
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
