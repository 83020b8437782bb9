package demo

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
)

// days are days of the week to look at the sample on, one of them a Sunday.
func days() []time.Time {
	zone := time.FixedZone("somewhere", 2*60*60)
	return []time.Time{
		time.Date(2026, 11, 22, 15, 4, 5, 0, time.UTC), // a Sunday
		time.Date(2026, 11, 24, 0, 10, 0, 0, zone),
		time.Date(2027, 3, 3, 9, 0, 0, 0, zone),
	}
}

func newBook(t testing.TB) *notebook.Notebook {
	t.Helper()
	book, err := notebook.New(notebook.Options{Store: notebooktest.New(t), Now: time.Now, Random: rand.Reader, Author: "me"})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// all opens all interviews of a notebook, newest first.
func all(t testing.TB, book *notebook.Notebook) []*interview.Interview {
	t.Helper()
	list, err := book.List(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	ivs := make([]*interview.Interview, len(list))
	for i, s := range list {
		v, err := book.Open(context.Background(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		ivs[i] = v.Interview
	}
	return ivs
}

// filled returns the sample as it is at a time.
func filled(t testing.TB, now time.Time) []*interview.Interview {
	t.Helper()
	book := newBook(t)
	if err := Fill(context.Background(), book, now); err != nil {
		t.Fatal(err)
	}
	return all(t, book)
}

// same compares interviews by what people see of them.
func same(a, b []*interview.Interview) string {
	return cmp.Diff(a, b, cmpopts.IgnoreUnexported(interview.Interview{}), cmpopts.EquateEmpty(),
		cmp.Comparer(func(a, b interview.ID) bool { return a == b }))
}

func TestFillIsTheSameForTheSameNow(t *testing.T) {
	now := days()[0]
	if diff := same(filled(t, now), filled(t, now)); diff != "" {
		t.Errorf("the sample differs from itself:\n%s", diff)
	}
}

// Filling again adds what is missing and leaves the rest alone.
func TestFillTwice(t *testing.T) {
	ctx, book, now := context.Background(), newBook(t), days()[0]
	if there, err := Filled(ctx, book); err != nil || there {
		t.Errorf("an empty notebook has the sample: %v, %v", there, err)
	}
	if err := Fill(ctx, book, now); err != nil {
		t.Fatal(err)
	}
	ivs := all(t, book)
	if _, err := book.Apply(ctx, ivs[0].ID, interview.Add{Kind: interview.Quote, Text: "one more"}, notebook.Live); err != nil {
		t.Fatal(err)
	}
	if err := Fill(ctx, book, now.AddDate(0, 0, 3)); err != nil {
		t.Fatal(err)
	}
	again := all(t, book)
	if len(again) != len(ivs) || len(again[0].Lines) != len(ivs[0].Lines)+1 {
		t.Errorf("after filling twice there are %d interviews, and %d lines in the newest", len(again), len(again[0].Lines))
	}
	if there, err := Filled(ctx, book); err != nil || !there {
		t.Errorf("a filled notebook has no sample: %v, %v", there, err)
	}
}

// Nothing in the sample is in the future but what is promised.
func TestSampleTimes(t *testing.T) {
	for _, now := range days() {
		var overdue, soon int
		for i, iv := range filled(t, now) {
			if open := !iv.Ended(); open != (i == 0) {
				t.Errorf("%s: open is %v, and the newest alone should be", iv.Customer, open)
			}
			times := []time.Time{iv.StartedAt, iv.EndedAt}
			for _, l := range iv.Lines {
				times = append(times, l.At)
			}
			for _, r := range iv.Routes {
				times = append(times, r.AnsweredAt, r.ToldAt)
			}
			for _, p := range iv.Promises {
				times = append(times, p.DoneAt, p.ToldAt)
				today := interview.DateOf(now)
				switch in := p.Due.Time().Sub(today.Time()).Hours() / 24; {
				case !p.DoneAt.IsZero():
				case p.Due.IsZero():
					t.Errorf("%s: nothing says when %q is due", iv.Customer, p.Text)
				case in < 0:
					overdue++
				case in <= 7:
					soon++
				}
			}
			for _, at := range times {
				if at.After(now) {
					t.Errorf("%s, seen at %s: something is at %s", iv.Customer, now, at)
				}
			}
			if weekday := iv.StartedAt.Weekday(); i > 0 && (weekday == time.Saturday || weekday == time.Sunday) {
				t.Errorf("%s met on a %s", iv.Customer, weekday)
			}
		}
		if overdue < 2 || soon < 2 {
			t.Errorf("seen at %s, %d promises are overdue and %d due within a week; both should be some", now, overdue, soon)
		}
	}
}

// What hark can do is all to be seen in the sample.
func TestSampleShowsEverything(t *testing.T) {
	ivs := filled(t, days()[1])
	if len(ivs) < 10 {
		t.Fatalf("the sample has %d interviews", len(ivs))
	}
	seen := map[string]int{}
	for _, iv := range ivs {
		for _, what := range shown(iv) {
			seen[what]++
		}
	}
	for what, least := range map[string]int{
		"customer Harbour Welding": 3, "customer Quillon Software": 2, "customer Cooperativa Valdoliva": 1,
		"theme handover": 5, "theme rework": 3, "theme trust": 3, // at so many interviews
		"line quote": 10, "line paraphrase": 5, "line observation": 8, "line thought": 5, "line follow-up": 5,
		"recalled": 3, "recalled after": 1, "corrected line": 1, "too early": 2, "asked later": 1,
		"consent name": 2, "consent role": 2, "consent none": 2, "consent no": 1,
		"outcome worked-out": 5, "outcome no-fit": 1, "outcome more-to-learn": 2, "outcome ": 1,
		"status heard": 1, "status weighed": 1, "status confirmed": 9, "status set-aside": 3,
		"raised unprompted": 4, "raised asked": 5, "reworded": 6, "answer no": 1, "whole impact": 6, "evidence": 6,
		"solution agreed": 6, "solution declined": 2, "solution ": 2, "held": 1, "respect": 8, "advice": 2,
		"adviser true": 6, "adviser false": 1,
		"promise ours": 9, "promise theirs": 8, "done": 6, "told": 4,
		"route engineering": 4, "route marketing": 2, "route accounting": 2, "route administration": 1, "route leadership": 2,
		"answered": 4, "answer told": 3, "answer not told": 1,
		"left out": 6, "nothing left out": 2, "gate shut": 1,
	} {
		if seen[what] < least {
			t.Errorf("%q is to be seen in %d interviews of the sample, want %d at least", what, seen[what], least)
		}
	}
}

// shown lists what an interview has to show, each once.
func shown(iv *interview.Interview) []string {
	var all []string
	add := func(is bool, words ...string) {
		if text := strings.Join(words, " "); is && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	add(true, "customer", iv.Customer)
	add(true, "consent", string(iv.Consent.Quotes))
	add(true, "consent", string(iv.Consent.Notes))
	add(true, "outcome", string(iv.Outcome))
	add(!iv.Gate.Open, "gate shut")
	add(iv.LeftOut.Text != "", "left out")
	add(iv.LeftOut.Asked && iv.LeftOut.Text == "", "nothing left out")
	add(iv.LeftOut.Quoted, "left out, quoted")
	add(len(iv.Respects) > 0, "respect")
	add(len(iv.Advice) > 0, "advice")
	for _, l := range iv.Lines {
		add(true, "line", string(l.Kind))
		add(l.Recalled, "recalled")
		add(l.RecalledAfter > 0, "recalled after")
		add(l.First != "", "corrected line")
		add(l.TooEarly, "too early")
		add(!l.AskedAt.IsZero(), "asked later")
	}
	for _, p := range iv.Problems {
		add(true, "status", string(p.Status))
		add(true, "raised", string(p.Raised))
		add(len(p.Wordings) > 1, "reworded")
		add(p.TypedAsQuote(), "typed as a quote")
		add(!p.Quoted, "in our words")
		add(len(p.Evidence) > 1, "evidence")
		i := p.Impact
		add(i.HowOften != "" && i.HowBad > 0 && i.Costs != "" && i.Bears != "" && i.Tried != "" && i.Wants != "", "whole impact")
		for _, theme := range p.Themes {
			add(true, "theme", theme)
		}
		for _, b := range p.Playbacks {
			add(true, "answer", string(b.Answer))
		}
	}
	for _, s := range iv.Solutions {
		add(true, "solution", string(s.Decision))
		add(s.Held, "held")
	}
	for _, p := range iv.People {
		add(p.AskedToAdvise && p.Adviser, "adviser true")
		add(p.AskedToAdvise && !p.Adviser, "adviser false")
	}
	for _, p := range iv.Promises {
		add(true, "promise", string(p.Side))
		add(!p.DoneAt.IsZero(), "done")
		add(!p.ToldAt.IsZero(), "told")
	}
	for _, r := range iv.Routes {
		add(true, "route", r.Department)
		add(r.Answer != "", "answered")
		add(r.Answer != "" && !r.ToldAt.IsZero(), "answer told")
		add(r.Answer != "" && r.ToldAt.IsZero(), "answer not told")
		add(!r.Earlier.At.IsZero(), "told earlier")
	}
	return all
}

func TestReadScriptRefuses(t *testing.T) {
	const head = "Customer: X\nPlaybook: gap\nBegan: 3 days ago at 9:00\n\n"
	tests := []struct{ name, text, want string }{
		{"unknown head", "Customers: X\n", "line 1: "},
		{"no beginning", "Customer: X\nBegan: yesterday\n", "line 2: "},
		{"no time", head + "soon /end\n", "line 5: "},
		{"back in time", head + "0:10 one\n0:09 two\n", "line 6: "},
		{"no day", head + "--- later\n", "line 5: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readScript(tt.text)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want one that begins with %q", err, tt.want)
			}
		})
	}
}
