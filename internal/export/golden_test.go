package export_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/export"
	"hark/internal/interview"
)

func TestMarkdownGolden(t *testing.T) {
	m := rich(t)
	summer := time.FixedZone("SUMMER", 2*60*60)
	for file, c := range map[string]struct {
		iv   *interview.Interview
		opts export.Options
	}{
		"by-name.md":   {m.iv, export.Options{Thoughts: true, Location: summer}},
		"by-role.md":   {m.consenting(interview.QuoteByRole), export.Options{}},
		"not-asked.md": {sparse(t).iv, export.Options{}},
		"none.md":      {m.consenting(interview.QuoteNone), export.Options{}},
	} {
		t.Run(file, func(t *testing.T) {
			got := export.NewPage(c.iv, c.opts).Markdown()
			sameAsGolden(t, file, got)
			if again := export.NewPage(c.iv, c.opts).Markdown(); !bytes.Equal(got, again) {
				t.Error("the same interview gave other bytes the second time")
			}
		})
	}
}

func TestTextGolden(t *testing.T) {
	m := rich(t)
	sameAsGolden(t, "show.txt", []byte(export.Text(m.iv, export.Options{Thoughts: true})))
	sameAsGolden(t, "show-narrow.txt", []byte(export.Text(m.consenting(interview.QuoteNone), export.Options{Width: 44})))
	sameAsGolden(t, "show-sparse.txt", []byte(export.Text(sparse(t).iv, export.Options{})))
}

// sparse is a meeting that has just begun, with no playbook and nobody asked
// about quoting.
func sparse(t *testing.T) *meeting {
	t.Helper()
	m := begin(t, interview.Beginning{Customer: "Mill & Sons", Debrief: true})
	m.do(add(interview.Quote, "Lou", "We are fine as we are"))
	return m
}

// Sections without anything in them are left out.
func TestMarkdownLeavesOutEmptySections(t *testing.T) {
	got := string(export.NewPage(sparse(t).iv, export.Options{}).Markdown())
	if n := strings.Count(got, "\n## "); n != 1 || !strings.Contains(got, "\n## The record\n") {
		t.Errorf("want the record as the only section:\n%s", got)
	}
}

// A debrief is of the day of the meeting, where that is known, and says once how long after it it
// was written down.
func TestDebriefSaysWhenTheMeetingWasOver(t *testing.T) {
	over := time.Date(2026, 3, 2, 16, 30, 0, 0, time.UTC)
	m := begin(t, interview.Beginning{Customer: "Mill", Debrief: true, MetUntil: over})
	m.now = over.Add(3 * 24 * time.Hour)
	m.do(add(interview.Paraphrase, "Lou", "Dust gets into everything"))
	opts := export.Options{Location: time.UTC}
	for form, c := range map[string]struct {
		got   string
		wants []string
	}{
		"Markdown": {string(export.NewPage(m.iv, opts).Markdown()), []string{
			`date: "2026-03-02"`, "Monday 2 March 2026, until 16:30 UTC", "All of it was written down after the meeting, 3 days later.",
			"- Dust gets into everything — customer\n",
		}},
		"recap": {export.RecapText(m.iv, opts), []string{"Our conversation on 2 March 2026"}},
		"CSV":   {string(export.CSV(m.iv, export.TableLines, opts)), []string{"Mill,2026-03-02,1,2026-03-02,"}},
		"notes": {string(export.CSV(m.iv, export.TableNotes, opts)), []string{fmt.Sprint("Mill,", over.UnixMilli(), ",")}},
	} {
		for _, want := range c.wants {
			if !strings.Contains(c.got, want) {
				t.Errorf("%s: want %q in\n%s", form, want, c.got)
			}
		}
	}
}

// The first wording of a quote that was a paraphrase until it was corrected stands in no quotation marks.
func TestFirstWordingOfAQuote(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(interview.SetConsent{Quotes: interview.QuoteByName}, add(interview.Paraphrase, "Lou", "Dust gets in"), add(interview.Quote, "Lou", "It's dust"),
		interview.Fix{Number: 1, Text: `"Dust, always`, Said: "Dust, always"}, interview.Fix{Number: 2, Text: "It was dust"})
	r := render(t, export.NewPage(m.iv, export.Options{}).Markdown())
	for _, want := range []string{"“Dust, always” — Lou (first kept as: Dust gets in)", "“It was dust” — Lou (first kept as: “It's dust”)"} {
		if !slices.ContainsFunc(r.items, func(item string) bool { return strings.HasSuffix(item, want) }) {
			t.Errorf("no item %q in %q", want, r.items)
		}
	}
}

// A concurrent wording is shown next to the wording that comes first, until somebody joins them.
func TestConcurrentWordings(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.SetConsent{Quotes: interview.QuoteByName},
		interview.Raise{Text: "Dust", Quoted: true, Speaker: "Lou"},
		interview.Promises{Text: "Call", Owner: "us"},
		interview.Weigh{Problem: 1, HowBad: new(3)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
		interview.AskLeftOut{},
		interview.Solve{Problems: []interview.Number{1}, Text: "A fan"},
	)
	elsewhere := *m
	m.do(
		interview.Fix{Number: 1, Text: "Dust, mostly"}, interview.Fix{Number: 2, Text: "Call Lou"},
		interview.Fix{What: interview.ThingSolution, Number: 1, Text: "A fan by the door"}, interview.Reword{Problem: 1, Text: "Fine dust"},
	)
	elsewhere.incarnation++
	elsewhere.now = elsewhere.now.Add(time.Hour)
	elsewhere.do(
		interview.Fix{Number: 1, Text: "Dust, always"}, interview.Fix{Number: 2, Text: "Call the mill"},
		interview.Fix{What: interview.ThingSolution, Number: 1, Text: "A bigger fan"}, interview.Reword{Problem: 1, Text: "Flour dust"},
	)
	iv := interview.Fold(document.Merge(m.iv.Document(), elsewhere.iv.Document()))
	r := render(t, export.NewPage(iv, export.Options{}).Markdown())
	for _, want := range []string{
		"Nobody has picked one yet — wording: Fine dust (Jo, 5 Nov 14:11) or Flour dust (Jo, 5 Nov 15:11)",
		"14:02 “Dust, always” — Lou (first kept as: “Dust”) (nobody has picked one yet — wording: Dust, mostly (Jo, 5 Nov 14:08) or Dust, always (Jo, 5 Nov 15:08))",
		"Call the mill — us (first kept as: Call) (nobody has picked one yet — wording: Call Lou (Jo, 5 Nov 14:09) or Call the mill (Jo, 5 Nov 15:09))",
		"Nobody has picked one yet — wording: A fan by the door (Jo, 5 Nov 14:10) or A bigger fan (Jo, 5 Nov 15:10)",
		"Held: not every problem it is for is confirmed and weighed as it is worded today",
	} {
		if !slices.Contains(r.items, want) {
			t.Errorf("no item %q in %q", want, r.items)
		}
	}
}
