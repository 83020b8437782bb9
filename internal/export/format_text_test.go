package export_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Whatever was said, the page stays plain and within its width, and starts every
// line of a text further in than the headings, so that no text passes for one.
func TestTextStaysPlainAndNarrow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tb := reporter{t, rt}
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-z作👷🏽\t\n\x1b]{0,20} ){0,12}`)).Draw(rt, "text")
		iv := filled(tb, text)
		if iv == nil {
			return
		}
		width := rapid.IntRange(-1, 120).Draw(rt, "width")
		page := export.Text(iv, export.Options{Thoughts: true, Width: width})
		checkPlain(tb, page)
		most := max(width, 30)
		if width < 1 {
			most = 80
		}
		for l := range strings.Lines(page) {
			l = strings.TrimSuffix(l, "\n")
			if got := plain.Width(l); got > most {
				rt.Errorf("%q takes %d cells of %d", l, got, most)
			}
			if strings.TrimRight(l, " ") != l {
				rt.Errorf("%q has blanks at its end", l)
			}
		}
		_, body, _ := strings.Cut(page, "\nProblems\n────────\n")
		headings := 1
		for l := range strings.Lines(body) {
			if l != "\n" && !strings.HasPrefix(l, "  ") {
				headings++
			}
		}
		// Eight more sections, with a line under each.
		if want := 1 + 2*8; headings != want {
			rt.Errorf("%d lines stand where headings do, want %d:\n%s", headings, want, page)
		}
	})
}

// On a page that is wide enough, all that was said is there to read.
func TestTextShowsWhatWasTyped(t *testing.T) {
	for _, text := range []string{"One weld in five", "*no* # markup", "a\nb", "\x1b[31mred", "作業が二度手間になる"} {
		page := export.Text(filled(t, text), export.Options{Thoughts: true, Width: 500})
		first := plain.TerminalLines(text)[0]
		for _, want := range []string{"14:05  “" + first, "14:06  " + first, "seen: " + first, "own thought: " + first, "What they said to it: " + first} {
			if !strings.Contains(page, want) {
				t.Errorf("%q: no %q in\n%s", text, want, page)
			}
		}
	}
}

// The seller reads names and quotes whatever the customer allowed, and is told
// what that is.
func TestTextIsForTheSeller(t *testing.T) {
	m := rich(t)
	for quoting, says := range map[interview.Quoting]string{
		interview.QuoteByName: "They may be quoted by name.",
		interview.QuoteByRole: "They may be quoted by role only.",
		interview.QuoteNone:   "They asked not to be quoted.",
	} {
		page := export.Text(m.consenting(quoting), export.Options{})
		for _, want := range []string{says + "\n", "  17  “Friday is the worst day” — Ben (recalled, 2 hours later)\n"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q in\n%s", quoting, want, page)
			}
		}
	}
}

// While an answer about consent is in doubt, no page says that it was given.
func TestConsentInDoubtIsNoAnswer(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(add(interview.Quote, "", "Dust"), interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteNone, Doubt: "yes, but no names"})
	for name, page := range map[string]string{"text": export.Text(m.iv, export.Options{Width: 200}), "md": string(export.NewPage(m.iv, export.Options{}).Markdown())} {
		if strings.Contains(page, "asked not to be") || !strings.Contains(page, "still to settle. Until then they are not quoted.") {
			t.Errorf("%s says\n%s", name, page)
		}
	}
}

func TestTimesAreLocal(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(add(interview.Quote, "", "Today"))
	m.now = m.now.Add(30 * time.Hour)
	m.do(add(interview.Quote, "", "Tomorrow"), interview.End{})
	page := export.Text(m.iv, export.Options{Width: 100, Location: time.FixedZone("WEST", -5*60*60)})
	for _, want := range []string{
		"Thursday 5 November 2026, 09:00 to 6 November 2026, 15:03 WEST · no outcome noted",
		"   1  09:01  “Today”\n", "   2  6 November 2026, 15:02  “Tomorrow”\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}

func TestRecalledSaysHowMuchLater(t *testing.T) {
	for after, want := range map[time.Duration]string{
		5 * time.Second:  "(recalled)",
		61 * time.Second: "(recalled, 1 minute later)",
		90 * time.Minute: "(recalled, 1 hour later)",
		23 * time.Hour:   "(recalled, 23 hours later)",
		72 * time.Hour:   "(recalled, 3 days later)",
	} {
		m := begin(t, interview.Beginning{Customer: "Mill"})
		m.do(interview.End{})
		m.now = m.now.Add(after - time.Minute)
		m.do(add(interview.Quote, "", "Yes"))
		if page := export.Text(m.iv, export.Options{}); !strings.Contains(page, "“Yes” "+want+"\n") {
			t.Errorf("%v later: no %q in\n%s", after, want, page)
		}
	}
}
