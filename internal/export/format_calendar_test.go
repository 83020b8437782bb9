package export_test

import (
	"bytes"
	"cmp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/export"
	"hark/internal/insight"
	"hark/internal/interview"
)

// promising is the summary of an interview on the first of November 2026, with promises.
func promising(customer string, promises ...interview.PromiseSummary) interview.Summary {
	return interview.Summary{
		ID: document.DerivedID(customer), Customer: customer, StartedAt: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC), Promises: promises,
	}
}

func nov(day int) interview.Date { return interview.Date{Year: 2026, Month: 11, Day: day} }
func morning(day int) time.Time  { return time.Date(2026, 11, day, 8, 0, 0, 0, time.UTC) }

// property is one line of a calendar file, unfolded.
type property struct{ name, value string }

// parse reads a calendar file as RFC 5545 has it: lines end in CRLF, have at most
// 75 octets, and go on after CRLF and a blank.
func parse(t rapid.TB, file []byte) []property {
	t.Helper()
	text, ok := strings.CutSuffix(string(file), "\r\n")
	if !ok {
		t.Fatalf("no CRLF at the end: %q", file)
	}
	var all []property
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("a line of %d octets: %q", len(line), line)
		}
		for _, r := range line {
			if r < ' ' || r == 0x7F {
				t.Fatalf("a control character in %q", line)
			}
		}
		if rest, more := strings.CutPrefix(line, " "); more {
			all[len(all)-1].value += rest
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("no property: %q", line)
		}
		all = append(all, property{name, value})
	}
	return all
}

// unescaped reads a value of type TEXT.
func unescaped(t rapid.TB, value string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		switch c := value[i]; c {
		case ';', ',':
			t.Fatalf("an unescaped %q in %q", c, value)
		case '\\':
			i++
			if i == len(value) || !strings.ContainsRune(`\;,`, rune(value[i])) {
				t.Fatalf("a stray backslash in %q", value)
			}
			b.WriteByte(value[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func promiseID(number interview.Number) interview.ID {
	return document.DerivedID("promise", number.String())
}

// lookedUp returns the dated promises of a summary, as an interview has them.
func lookedUp(s interview.Summary) []export.Event {
	var events []export.Event
	for _, p := range insight.Promises([]interview.Summary{s}) {
		if p.Due.IsZero() {
			continue
		}
		events = append(events, export.Event{Promise: p, Dated: interview.Dated{
			Promise: interview.Promise{ID: promiseID(p.Number), Due: p.Due, DoneAt: p.DoneAt}, Day: p.Due, Revision: max(0, int(p.DoneAt.Sub(p.Since()).Hours())), ChangedAt: cmp.Or(p.DoneAt, p.Since()),
		}})
	}
	return events
}

func TestCalendar(t *testing.T) {
	s := promising("Mill; Sons, Ltd", []interview.PromiseSummary{
		{Number: 3, Text: `Send the list, "all" of it; and C:\drawings`, Side: interview.Ours, Due: interview.Date{Year: 2026, Month: 12, Day: 31}, At: morning(2)},
		{Number: 4, Text: "No day", Side: interview.Ours},
		{Number: 5, Text: "Count", Owner: "Ana", Side: interview.Theirs, Due: nov(9), DoneAt: morning(8)},
	}...)
	got := export.Calendar(lookedUp(s))
	want := []property{
		{"BEGIN", "VCALENDAR"},
		{"VERSION", "2.0"},
		{"PRODID", "-//hark//promises//EN"},
		{"CALSCALE", "GREGORIAN"},
		{"METHOD", "PUBLISH"},
		{"BEGIN", "VEVENT"},
		{"UID", promiseID(3).String() + "@hark"},
		{"DTSTAMP", "20261102T080000Z"},
		{"LAST-MODIFIED", "20261102T080000Z"},
		{"SEQUENCE", "0"},
		{"DTSTART;VALUE=DATE", "20261231"},
		{"DTEND;VALUE=DATE", "20270101"},
		{"STATUS", "CONFIRMED"},
		{"SUMMARY", `Send the list\, "all" of it\; and C:\\drawings (Mill\; Sons\, Ltd)`},
		{"DESCRIPTION", `We promised this on 2026-11-02\; hark show ` + s.ID.Short()},
		{"TRANSP", "TRANSPARENT"},
		{"END", "VEVENT"},
		{"BEGIN", "VEVENT"},
		{"UID", promiseID(5).String() + "@hark"},
		{"DTSTAMP", "20261108T080000Z"},
		{"LAST-MODIFIED", "20261108T080000Z"},
		{"SEQUENCE", "167"},
		{"DTSTART;VALUE=DATE", "20261109"},
		{"DTEND;VALUE=DATE", "20261110"},
		{"STATUS", "CANCELLED"},
		{"SUMMARY", `Done: Count (Mill\; Sons\, Ltd)`},
		{"DESCRIPTION", `Ana promised this on 2026-11-01\; hark show ` + s.ID.Short()},
		{"TRANSP", "TRANSPARENT"},
		{"END", "VEVENT"},
		{"END", "VCALENDAR"},
	}
	all := parse(t, got)
	for i, p := range all {
		if i >= len(want) || p != want[i] {
			t.Fatalf("property %d is %q", i, p)
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d properties, want %d", len(all), len(want))
	}
	if again := export.Calendar(lookedUp(s)); !bytes.Equal(got, again) {
		t.Error("the same promises gave other bytes the second time")
	}
}

// Whatever was typed comes out as one event with that text, and nothing besides.
func TestCalendarHoldsAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"a\r\nEND:VEVENT", "ü€𝄞\\n;,", strings.Repeat("日本", 90)})).Draw(t, "text")
		s := promising("Acme", interview.PromiseSummary{Number: 1, Text: text, Side: interview.Theirs, Due: nov(9)})
		events := 0
		for _, p := range parse(t, export.Calendar(lookedUp(s))) {
			switch p.name {
			case "BEGIN":
				events++
			case "SUMMARY":
				if got := unescaped(t, p.value); utf8.ValidString(text) && !strings.ContainsFunc(text, odd) && got != text+" (Acme)" {
					t.Fatalf("%q came out as %q", text, got)
				}
			}
		}
		if events != 2 {
			t.Fatalf("%d components begin", events)
		}
	})
}

// odd reports whether package plain may write a character out.
func odd(r rune) bool { return r < ' ' || r > '~' }
