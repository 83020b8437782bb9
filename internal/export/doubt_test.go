package export_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/export"
	"hark/internal/interview"
)

// apart is what two windows make of one meeting, each without seeing the other: a solution agreed by
// both, and two values of what follows.
func apart(t *testing.T, quotes interview.Quoting) *interview.Interview {
	t.Helper()
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.SetConsent{Quotes: quotes},
		interview.Introduce{Name: "Kim", Side: interview.Ours},
		interview.Introduce{Name: "Lou", Role: "miller", Side: interview.Theirs},
		interview.Raise{Text: "Dust", Speaker: "Lou"},
		interview.Promises{Text: "Call", Owner: "us"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
		interview.Weigh{Problem: 1, HowBad: new(3)},
		interview.AskLeftOut{},
		interview.Solve{Problems: []interview.Number{1}, Text: "A fan"},
		interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Carry{Problem: 1, Department: "Engineering"},
	)
	other := *m
	other.incarnation++
	other.now = other.now.Add(time.Hour)
	day := func(d int) *interview.Date { return &interview.Date{Year: 2026, Month: 12, Day: d} }
	m.do(
		interview.Weigh{Problem: 1, HowBad: new(2)}, interview.Fix{Number: 2, Text: "Call Lou"}, interview.Fix{Number: 2, Due: day(3)},
		interview.Fix{Number: 2, Owner: new("Lou")},
		interview.Fix{What: interview.ThingSolution, Number: 1, Text: "A fan by the door"},
		interview.AnswerRoute{Number: 3, Text: "in spring"}, interview.Fix{Number: 3, Department: new("Service")},
		interview.Fix{Number: 3, Owner: new("Kim")}, interview.Fix{Number: 1, Speaker: new("Lou")}, interview.SetOutcome{Outcome: interview.WorkedOut},
	)
	other.do(
		interview.Weigh{Problem: 1, HowBad: new(5)}, interview.Fix{Number: 2, Text: "Call the mill"}, interview.Fix{Number: 2, Due: day(4)},
		interview.Fix{Number: 2, Owner: new("Kim")},
		interview.Fix{What: interview.ThingSolution, Number: 1, Text: "A bigger fan"},
		interview.AnswerRoute{Number: 3, Text: "never"}, interview.Fix{Number: 3, Department: new("Quality")},
		interview.Fix{Number: 3, Owner: new("Lou")}, interview.Fix{Number: 1, Speaker: new("Kim")}, interview.SetOutcome{Outcome: interview.NoFit},
	)
	return interview.Fold(document.Merge(m.iv.Document(), other.iv.Document()))
}

// What stands next to a value has a column of its own, with names as far as the customer allowed.
func TestCSVOfValuesInDoubt(t *testing.T) {
	for quotes, want := range map[interview.Quoting][3]string{
		interview.QuoteByName: {
			"speaker: Lou (Jo, 2026-11-05 15:20); speaker: Kim (Jo, 2026-11-05 16:20)",
			"how_bad: 2 (Jo, 2026-11-05 15:12); how_bad: 5 (Jo, 2026-11-05 16:12)",
			"due: 2026-12-03 (Jo, 2026-11-05 15:14); due: 2026-12-04 (Jo, 2026-11-05 16:14); owner: Lou (Jo, 2026-11-05 15:15); " +
				"owner: Kim (Jo, 2026-11-05 16:15); text: Call Lou (Jo, 2026-11-05 15:13); text: Call the mill (Jo, 2026-11-05 16:13)",
		},
		interview.QuoteByRole: {
			"speaker: miller (Jo, 2026-11-05 15:20); speaker: Kim (Jo, 2026-11-05 16:20)",
			"how_bad: 2 (Jo, 2026-11-05 15:12); how_bad: 5 (Jo, 2026-11-05 16:12)",
			"due: 2026-12-03 (Jo, 2026-11-05 15:14); due: 2026-12-04 (Jo, 2026-11-05 16:14); owner: miller (Jo, 2026-11-05 15:15); " +
				"owner: Kim (Jo, 2026-11-05 16:15); text: Call [miller] (Jo, 2026-11-05 15:13); text: Call the mill (Jo, 2026-11-05 16:13)",
		},
	} {
		iv := apart(t, quotes)
		for i, name := range []export.Table{export.TableLines, export.TableProblems, export.TablePromises} {
			rows := table(t, name, iv)
			if got := rows[0]["concurrent"]; got != want[i] {
				t.Errorf("%s, %s: %q, want %q", quotes, name, got, want[i])
			}
			if head := strings.TrimSpace(string(export.CSVHead(name))); !strings.HasSuffix(head, ",concurrent") {
				t.Errorf("%s: %s does not end with what stands", name, head)
			}
			if rich := table(t, name, rich(t).iv)[0]["concurrent"]; rich != "" {
				t.Errorf("%s: %q stands next to what nobody doubts", name, rich)
			}
		}
	}
}

// Neither the customer nor a department is told one of two values as if it were the only one.
func TestNothingInDoubtIsToldAsTheTruth(t *testing.T) {
	iv := apart(t, interview.QuoteByName)
	recap := export.RecapText(iv, export.Options{})
	for _, want := range []string{"somebody: Call Lou / Call the mill\n", "A fan by the door / A bigger fan\n"} {
		if !strings.Contains(recap, want) {
			t.Errorf("no %q in the recap:\n%s", want, recap)
		}
	}
	for _, never := range []string{"of 5", "December", "worked out", "no fit", "Nobody has picked"} {
		if strings.Contains(recap, never) {
			t.Errorf("%q is in the recap:\n%s", never, recap)
		}
	}

	const answers = "Nobody has picked one yet — answer: in spring (Jo, 5 Nov 14:17) or never (Jo, 5 Nov 15:17)"
	for _, department := range []string{"service", "quality"} {
		d := export.NewDigest(department, export.Options{})
		d.Add(iv, nil)
		if d.Len() != 1 {
			t.Errorf("%s has %d routes", department, d.Len())
			continue
		}
		r := render(t, d.Markdown())
		for _, want := range []string{
			answers, "Answered 5 November 2026", "Carried 5 November 2026",
			"Nobody has picked one yet — how bad, from 1 to 5: 2 (Jo, 5 Nov 14:12) or 5 (Jo, 5 Nov 15:12)",
			"Nobody has picked one yet — owner: Kim (Jo, 5 Nov 14:19) or Lou (Jo, 5 Nov 15:19)",
		} {
			if !slices.Contains(r.items, want) {
				t.Errorf("no %q in the digest for %s: %q", want, department, r.items)
			}
		}
	}

	page := render(t, export.NewPage(iv, export.Options{}).Markdown())
	if !slices.ContainsFunc(page.paragraphs, func(p string) bool { return strings.HasSuffix(p, " · worked out or no fit") }) || page.front["outcome"] != nil {
		t.Errorf("the page has one outcome: %q, %q", page.paragraphs, page.front["outcome"])
	}
	if !slices.ContainsFunc(page.items, func(item string) bool {
		return strings.Contains(item, "to Service / Quality, answered 5 November 2026, not told yet (nobody has picked one yet — answer: in spring (")
	}) {
		t.Errorf("the page has one answer: %q", page.items)
	}
}

// What the seller reads names the command that settles each; what is handed on does not.
func TestTheSellerReadsWhatPicks(t *testing.T) {
	iv := apart(t, interview.QuoteByName)
	read := strings.Join(strings.Fields(string(export.Text(iv, export.Options{Width: 200}))), " ")
	for _, want := range []string{
		"; /pick problem 1 how-bad 1 takes the first", "; /pick solution 1 text 1 takes the first", "; /pick 1 speaker 1 takes the first",
		"; /pick 2 due 1 takes the first", "; /pick 3 answer 1 takes the first", "; /pick outcome 1 takes the first",
	} {
		if !strings.Contains(read, want) {
			t.Errorf("no %q in\n%s", want, read)
		}
	}
	d := export.NewDigest("service", export.Options{})
	d.Add(iv, nil)
	for _, page := range [][]byte{export.NewPage(iv, export.Options{}).Markdown(), d.Markdown(), export.Recap(iv, export.Options{})} {
		if strings.Contains(string(page), "/pick") {
			t.Errorf("a reader cannot pick:\n%s", page)
		}
	}
}
