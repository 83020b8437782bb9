package export

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Limits and formats of RFC 5545.
const (
	foldAt    = 75 // octets in a line, without its end
	stampForm = "20060102T150405Z"
	dayForm   = "20060102"
)

// Event is a promise as a calendar has it. The words and names are those of the summary.
type Event struct {
	insight.Promise
	Dated interview.Dated
}

// Calendar returns promises as an iCalendar file (RFC 5545), an event of one day each, because few
// calendars import tasks. The UID of an event is the ID of the promise, and never changes; a change
// comes with a higher SEQUENCE, so that a calendar into which a later file is imported takes it for
// the newer state of the event that it has. What is no longer to be kept on its day is cancelled,
// and its title says why, since some calendars show cancelled events like any other. The result is
// deterministic: DTSTAMP is the time of the last change, not of the export.
func Calendar(events []Event) []byte {
	var c calendar
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//hark//promises//EN")
	c.line("CALSCALE:GREGORIAN")
	c.line("METHOD:PUBLISH")
	for _, e := range events {
		c.event(e)
	}
	c.line("END:VCALENDAR")
	return c.text
}

type calendar struct{ text []byte }

func (c *calendar) event(e Event) {
	day := e.Dated.Day.Time()
	changed := e.Dated.ChangedAt.UTC().Format(stampForm)
	c.line("BEGIN:VEVENT")
	c.line("UID:" + e.Dated.ID.String() + "@hark")
	c.line("DTSTAMP:" + changed)
	c.line("LAST-MODIFIED:" + changed)
	c.line(fmt.Sprintf("SEQUENCE:%d", e.Dated.Revision))
	c.line("DTSTART;VALUE=DATE:" + day.Format(dayForm))
	c.line("DTEND;VALUE=DATE:" + day.AddDate(0, 0, 1).Format(dayForm)) // exclusive
	c.line("STATUS:" + status(e.Dated))
	c.property("SUMMARY", became(e.Dated)+e.Text+" ("+e.Ref.Customer+")")
	c.property("DESCRIPTION", describe(e.Promise))
	c.line("TRANSP:TRANSPARENT")
	c.line("END:VEVENT")
}

func status(d interview.Dated) string {
	if d.Stands() {
		return "CONFIRMED"
	}
	return "CANCELLED"
}

// became says in front of a promise why nothing is due on its day any more.
func became(d interview.Dated) string {
	switch {
	case d.Dropped:
		return "Dropped: "
	case !d.Waits():
		return "Done: "
	case !d.Doubt.IsZero():
		return "Day in doubt: "
	case d.Due.IsZero():
		return "No day: "
	}
	return ""
}

// describe returns whose promise it is and where it was made.
func describe(p insight.Promise) string {
	who := p.Owner
	switch {
	case who != "":
	case p.Side == interview.Theirs:
		who = p.Ref.Customer
	case p.Side == "":
		who = "Somebody"
	default:
		who = "We"
	}
	return fmt.Sprintf("%s promised this on %s; hark show %s", who, interview.DateOf(p.Since()), p.Ref.Interview.Short())
}

// property writes a property with a value of type TEXT.
func (c *calendar) property(name, value string) {
	value = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`).Replace(plain.Terminal(value))
	c.line(name + ":" + value)
}

// line writes one line, folded between characters where it is too long.
func (c *calendar) line(s string) {
	limit := foldAt
	for len(s) > limit {
		cut := limit
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		c.text = append(append(c.text, s[:cut]...), "\r\n "...)
		s, limit = s[cut:], foldAt-1 // the blank counts
	}
	c.text = append(append(c.text, s...), "\r\n"...)
}

// Allowed changes a promise of an interview to what may be handed on, with the names as far as the
// customer allowed, and returns who is named in it all the same. is the promise in the interview.
func Allowed(iv *interview.Interview, opts Options, p *insight.Promise, is interview.Promise) Still {
	a := others(iv, opts)
	if a.names {
		return Still{}
	}
	p.Text = a.withoutNames(p.Text)
	if owner, known := iv.Person(is.Owner); known && owner.Side != interview.Ours || interview.InDoubt(is.Concurrent, interview.FieldOwner) != nil {
		p.Owner = ""
		if known && interview.InDoubt(is.Concurrent, interview.FieldOwner) == nil {
			p.Owner = "[" + a.label(owner) + "]"
		}
	}
	var c Called
	a.unnamed.In(p.Text, &c)
	a.unnamed.In(p.Ref.Customer, &c)
	return a.unnamed.still(c)
}
