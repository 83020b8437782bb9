package insight

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// The form of a calendar file, RFC 5545.
const (
	foldAt    = 75 // octets of a line, without its end
	stampForm = "20060102T150405Z"
	dayForm   = "20060102"
)

// Calendar returns the promises that have a due date as a calendar file: an event
// of the whole day each, as calendars import them where few know tasks. The same
// promises give the same bytes. An event keeps its UID, so that a calendar that
// takes the file again changes what it has; a promise that is done says so.
func Calendar(promises []Promise) []byte {
	var c calendar
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//hark//promises//EN")
	c.line("CALSCALE:GREGORIAN")
	c.line("METHOD:PUBLISH")
	for _, p := range promises {
		if !p.Due.IsZero() {
			c.event(p)
		}
	}
	c.line("END:VCALENDAR")
	return c.text
}

type calendar struct{ text []byte }

func (c *calendar) event(p Promise) {
	day := p.Due.Time()
	c.line("BEGIN:VEVENT")
	c.line(fmt.Sprintf("UID:%s-%d@hark", p.Ref.Interview, p.Ref.Line))
	// When it was changed last, as far as is known: not the time of the export,
	// which would make each file another one.
	c.line("DTSTAMP:" + latest(p.Since(), p.DoneAt, p.ToldAt).UTC().Format(stampForm))
	c.line("DTSTART;VALUE=DATE:" + day.Format(dayForm))
	c.line("DTEND;VALUE=DATE:" + day.AddDate(0, 0, 1).Format(dayForm)) // the day after is the first one free
	summary := p.Text + " (" + p.Ref.Customer + ")"
	if !p.DoneAt.IsZero() {
		summary = "Done: " + summary
	}
	c.property("SUMMARY", summary)
	c.property("DESCRIPTION", describe(p))
	c.line("TRANSP:TRANSPARENT")
	c.line("END:VEVENT")
}

// describe says whose promise it is and where it was made.
func describe(p Promise) string {
	who := p.Owner
	switch {
	case who != "":
	case p.Side == interview.Theirs:
		who = p.Ref.Customer
	default:
		who = "We"
	}
	return fmt.Sprintf("%s promised this on %s; hark show %s", who, interview.DateOf(p.Since()), p.Ref.Interview.Short())
}

func latest(times ...time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// property writes a property whose value is text.
func (c *calendar) property(name, value string) {
	value = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`).Replace(plain.Terminal(value))
	c.line(name + ":" + value)
}

// line writes one line, folded where it is too long, and never inside a character.
func (c *calendar) line(s string) {
	room := foldAt
	for len(s) > room {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		c.text = append(append(c.text, s[:cut]...), "\r\n "...)
		s, room = s[cut:], foldAt-1 // the blank counts
	}
	c.text = append(append(c.text, s...), "\r\n"...)
}
