package export

import (
	"fmt"
	"slices"
	"strings"
	"time"
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

// Calendar returns the promises with a due date and an ID as an iCalendar file (RFC 5545). Each
// becomes an event of one day, because few calendars import tasks. The UID of an event is the ID of
// the promise, and never changes, so that importing a later file updates it; a promise that is done
// is marked as such. The result is deterministic.
func Calendar(promises []insight.Promise) []byte {
	var c calendar
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//hark//promises//EN")
	c.line("CALSCALE:GREGORIAN")
	c.line("METHOD:PUBLISH")
	for _, p := range promises {
		if !p.Due.IsZero() && !p.ID.IsZero() {
			c.event(p)
		}
	}
	c.line("END:VCALENDAR")
	return c.text
}

type calendar struct{ text []byte }

func (c *calendar) event(p insight.Promise) {
	day := p.Due.Time()
	c.line("BEGIN:VEVENT")
	c.line("UID:" + p.ID.String() + "@hark")
	// The last known change, not the time of the export: the same promises give the same file.
	changed := slices.MaxFunc([]time.Time{p.Since(), p.DoneAt, p.ToldAt}, time.Time.Compare)
	c.line("DTSTAMP:" + changed.UTC().Format(stampForm))
	c.line("DTSTART;VALUE=DATE:" + day.Format(dayForm))
	c.line("DTEND;VALUE=DATE:" + day.AddDate(0, 0, 1).Format(dayForm)) // exclusive
	summary := p.Text + " (" + p.Ref.Customer + ")"
	if !p.Waits() {
		summary = "Done: " + summary
	}
	c.property("SUMMARY", summary)
	c.property("DESCRIPTION", describe(p))
	c.line("TRANSP:TRANSPARENT")
	c.line("END:VEVENT")
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
