package export_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/document"
	"hark/internal/export"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Unless they may be quoted by name, nobody on the customer's side is named
// anywhere in the file, and nobody is quoted who asked not to be.
func TestMarkdownKeepsToConsent(t *testing.T) {
	m := rich(t)
	asked := interview.SetConsent{Notes: interview.NotesAllowed}
	for _, c := range []struct {
		quoting       interview.Quoting
		names, quotes bool
		says          string
		attributed    string // one line of the record
	}{
		{interview.QuoteByName, true, true, "They may be quoted by name.", "“Friday is the worst day” — Ben (recalled, 2 hours later)"},
		{interview.QuoteByRole, false, true, "They may be quoted by role only.", "“Friday is the worst day” — customer (recalled, 2 hours later)"},
		{interview.QuoteNone, false, false, "their quotes are left out", "14:17 Drawings arrive late"},
	} {
		t.Run(string(c.quoting), func(t *testing.T) {
			md := export.NewPage(m.consenting(c.quoting), export.Options{Thoughts: true}).Markdown()
			r := render(t, md)
			file := string(md)
			for _, who := range []string{"Ana", "Ben"} {
				if got := strings.Contains(file, who); got != c.names {
					t.Errorf("%s is in the file: %v, want %v", who, got, c.names)
				}
			}
			if got := strings.ContainsAny(file, "“”"); got != c.quotes {
				t.Errorf("quotation marks: %v, want %v", got, c.quotes)
			}
			if got := strings.Contains(file, "Friday"); got != c.quotes {
				t.Errorf("the words of a quote are in the file: %v, want %v", got, c.quotes)
			}
			if !strings.Contains(file, c.says) {
				t.Errorf("the file does not say %q", c.says)
			}
			if !slices.Contains(r.items, c.attributed) {
				t.Errorf("no item %q in %q", c.attributed, r.items)
			}
			if slices.Contains(r.paragraphs, "From ours: Jo (sales), Kim") {
				t.Error("who owns a promise alone was there")
			}
			for _, of := range []string{"Jo", "Kim"} {
				if !strings.Contains(file, of) {
					t.Errorf("%s of our side is not named", of)
				}
			}
		})
	}

	unasked := begin(t, interview.Beginning{Customer: "Mill"})
	unasked.do(interview.Introduce{Name: "Lou", Role: "miller"}, asked, add(interview.Quote, "Lou", "It is the dust"))
	md := string(export.NewPage(unasked.iv, export.Options{}).Markdown())
	for _, want := range []string{"They were not asked whether they may be quoted, so they are quoted by role only.", "“It is the dust” — miller"} {
		if !strings.Contains(md, want) {
			t.Errorf("nobody asked about quoting: want %q in\n%s", want, md)
		}
	}
	if strings.Contains(md, "Lou") {
		t.Errorf("nobody asked about quoting, and Lou is named:\n%s", md)
	}
}

// Where they asked not to be quoted, that does not go for our own people.
func TestMarkdownQuotesOurOwn(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.Introduce{Name: "Jo", Side: interview.Ours},
		interview.SetConsent{Quotes: interview.QuoteNone},
		add(interview.Quote, "Jo", "I shall ask our engineers"),
		add(interview.Quote, "", "Nobody knows who said this"),
	)
	r := render(t, export.NewPage(m.iv, export.Options{}).Markdown())
	if want := []string{"14:03 “I shall ask our engineers” — Jo"}; !slices.Equal(r.items, want) {
		t.Errorf("got %q, want %q", r.items, want)
	}
}

// A person whose side is in doubt is on neither, and is not named where the customer's people are
// not.
func TestSideInDoubtIsNotExported(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.Introduce{Name: "Lou", Role: "miller"},
		interview.Introduce{Name: "Hy", Doubt: interview.SideDoubt{Words: "ourz", Reading: interview.Ours}},
		interview.Raise{Text: "It is the dust", Quoted: true, Speaker: "Hy"},
		interview.Promises{Text: "sie rufen an", Whose: interview.SideDoubt{Words: "sie", Reading: interview.Theirs}},
		interview.SetConsent{Quotes: interview.QuoteByRole},
	)
	md := string(export.NewPage(m.iv, export.Options{}).Markdown())
	for _, want := range []string{"From their side: miller\n", "Also there: somebody\n", "sie rufen an — somebody"} {
		if !strings.Contains(md, want) {
			t.Errorf("no %q in\n%s", want, md)
		}
	}
	if strings.Contains(md, "Hy") || strings.Contains(md, "ourz") || strings.Contains(md, "“It is the dust” — customer") {
		t.Errorf("what is in doubt is told:\n%s", md)
	}
	doc := export.Shared(m.iv, export.Options{})
	if p := doc.People[1]; p.Name != "somebody" || p.Side != "" || p.Doubt.Words != "" || doc.Promises[0].Side != "" {
		t.Errorf("the fields are %+v, %+v", p, doc.Promises[0])
	}
}

// People whose roles are the same, or not known, are counted and not told apart.
func TestMarkdownCountsThoseWithoutNames(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.Introduce{Name: "Lou", Role: "miller"},
		interview.Introduce{Name: "Max", Role: "miller"},
		interview.Introduce{Name: "Nan"},
		interview.SetConsent{Quotes: interview.QuoteByRole},
	)
	r := render(t, export.NewPage(m.iv, export.Options{}).Markdown())
	if want := "From their side: miller (2 people), customer"; !slices.Contains(r.paragraphs, want) {
		t.Errorf("no paragraph %q in %q", want, r.paragraphs)
	}
	if want := []string{"miller", "customer"}; !slices.Equal(r.front["people"], want) {
		t.Errorf("front matter has the people %q, want %q", r.front["people"], want)
	}
}

// Quotation marks are for what the customer is known to have said: not for the
// words that the seller put a problem in.
func TestMarkdownQuotesNobodyElsesWords(t *testing.T) {
	begun := func(actions ...interview.Action) *interview.Interview {
		m := begin(t, interview.Beginning{Customer: "Mill"})
		m.do(interview.Introduce{Name: "Lou"}, interview.SetConsent{Quotes: interview.QuoteByName})
		m.do(actions...)
		return m.iv
	}
	raised := interview.Raise{Text: "The dust is everywhere", Quoted: true, Speaker: "Lou"}
	weighed := interview.Weigh{Problem: 1, HowBad: new(3)}
	for _, c := range []struct {
		name  string
		iv    *interview.Interview
		quote string // what is set off as a quote, "" for nothing
	}{
		{"a quote", begun(raised), "“The dust is everywhere” — Lou"},
		{"made of a paraphrase", begun(add(interview.Paraphrase, "Lou", "Dust"), interview.Raise{Line: 1}), ""},
		{"made of a quote", begun(add(interview.Quote, "Lou", "Dust"), interview.Raise{Line: 1}), "“Dust” — Lou"},
		{"reworded by the seller", begun(raised, interview.Reword{Problem: 1, Text: "Dust"}), ""},
		{"reworded, and confirmed", begun(raised, weighed, interview.Reword{Problem: 1, Text: "Dust"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"}), "“Dust” — Lou"},
		{"confirmed, and the yes taken back", begun(raised, weighed, interview.Reword{Problem: 1, Text: "Dust"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
			interview.PlayBack{Problem: 1, Answer: interview.No, By: "Lou"}), ""},
		{"corrected by the customer", begun(raised, interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Lou", Correction: "Flour dust"}), ""},
		{"corrected by the customer in their words",
			begun(raised, interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Lou", Correction: "Flour dust", Quoted: true}), "“Flour dust” — Lou"},
		{"the quote was corrected", begun(raised, interview.Fix{Number: 1, Text: "The dust is all over"}), "“The dust is everywhere” — Lou"},
	} {
		t.Run(c.name, func(t *testing.T) {
			quotes := render(t, export.NewPage(c.iv, export.Options{}).Markdown()).quotes
			if got := strings.Join(quotes, "\n"); got != c.quote {
				t.Errorf("got %q, want %q", got, c.quote)
			}
		})
	}
}

// The seller's own thoughts are nobody's business unless asked for, in any form:
// neither in the record nor as what shows a problem.
func TestThoughtsAreHeldBack(t *testing.T) {
	m := rich(t)
	m.do(interview.Tie{Number: 6, Problem: 1})
	const thought, meant = "own thought: They could do with our weld camera", "own thought, for problem 1: Camera on line two"
	for _, thoughts := range []bool{false, true} {
		opts := export.Options{Thoughts: thoughts, Width: 120}
		for form, file := range map[string]string{"Markdown": string(export.NewPage(m.iv, opts).Markdown()), "Text": export.Text(m.iv, opts)} {
			want := 0
			if thoughts {
				want = 2 // in the record and as evidence
			}
			if got := strings.Count(file, thought); got != want {
				t.Errorf("%s, thoughts %v: %q is there %d times, want %d", form, thoughts, thought, got, want)
			}
			if got := strings.Contains(file, meant); got != thoughts {
				t.Errorf("%s, thoughts %v: %q is there: %v", form, thoughts, meant, got)
			}
		}
	}
}

// What is still to settle is not passed on: neither a line that was not understood, even when
// thoughts are, nor the days that a promise may have.
func TestWhatIsToSettleStays(t *testing.T) {
	m := rich(t)
	const line = "/impcat 1 how-bad=3"
	doubt := interview.DayDoubt{Words: "by next friday", Readings: []interview.Date{{Year: 2031, Month: 7, Day: 4}, {Year: 2031, Month: 7, Day: 11}}}
	before := export.Undated(m.iv)
	m.do(interview.Typed{Text: line, Why: "There is no command “/impcat”"}, interview.Promises{Text: "send it by next friday", Doubt: doubt})
	if got := export.Undated(m.iv) - before; got != 1 {
		t.Errorf("%d promises more are without a day", got)
	}
	opts := export.Options{Thoughts: true, Width: 200}
	page := export.NewPage(m.iv, opts)
	shared, err := plain.JSON(export.Shared(m.iv, opts))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{
		"Markdown": string(page.Markdown()), "HTML": string(page.HTML()), "recap": export.RecapText(m.iv, opts), "recap in Markdown": string(export.Recap(m.iv, opts)),
		"template": string(shared),
	}
	for _, table := range export.Tables() {
		out["CSV of "+string(table)] = string(export.CSV(m.iv, table, opts))
	}
	for form, text := range out {
		promises := form != "CSV of lines" && form != "CSV of problems"
		if strings.Contains(text, "send it by next friday") != promises {
			t.Errorf("%s: the promise is there: %v", form, !promises)
		}
		for _, held := range []string{"impcat", "2031", "July"} {
			if strings.Contains(text, held) {
				t.Errorf("%s has %q", form, held)
			}
		}
	}
}

// Shared leaves thoughts out, and out of what shows a problem, and does not change the interview
// for it.
func TestSharedWithoutThoughts(t *testing.T) {
	m := rich(t)
	m.do(interview.Tie{Number: 6, Problem: 1})
	before, whole := interchange.Shown(m.iv), export.Shared(m.iv, export.Options{Thoughts: true})
	got := export.Shared(m.iv, export.Options{})
	for _, l := range got.Lines {
		if l.Kind == interview.Thought {
			t.Errorf("thought %d is still there", l.Number)
		}
	}
	if got.LineCount != len(got.Lines) || len(got.Lines) != len(whole.Lines)-2 {
		t.Errorf("%d lines are left, and %d are said to be, of %d", len(got.Lines), got.LineCount, len(whole.Lines))
	}
	if diff := cmp.Diff([]int{2, 3, 4}, got.Problems[0].Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, interchange.Shown(m.iv)); diff != "" {
		t.Errorf("the interview was changed (-before +after):\n%s", diff)
	}
}

// What says who does or bears something does not name the customer's people
// either, where they are not to be named. Words that are no names stay.
func TestWhoDoesAndBearsItIsNotNamed(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.Introduce{Name: "Ana van Ruíz", Role: "foreman"},
		interview.Introduce{Name: "Will"},
		interview.Introduce{Name: "Jo", Side: interview.Ours},
		interview.Raise{Text: "Dust", Quoted: true, Speaker: "Will"},
		interview.Weigh{Problem: 1, Bears: new("ana, RUIZ's crew, will and Anabel in the van")},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Will"},
		interview.AskLeftOut{},
		interview.Solve{Problems: []interview.Number{1}, Text: "A fan"},
		interview.Share{Solution: 1, Ours: new("Jo calls Ana van Ruiz"), Theirs: new("Will signs, if there is the will")},
		interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Promises{Text: "will write to Ana", Owner: "us"},
		interview.Fix{Number: 2, Text: "shall write to Will"},
	)
	named := []string{
		"ana, RUIZ's crew, will and Anabel in the van", "Jo calls Ana van Ruiz", "Will signs, if there is the will",
		"shall write to Will", "will write to Ana",
	}
	roles := []string{
		"[foreman], [foreman]'s crew, [customer] and Anabel in the van", "Jo calls [foreman]", "[customer] signs, if there is the will",
		"shall write to [customer]", "will write to [foreman]",
	}
	for _, q := range []interview.Quoting{interview.QuoteByName, interview.QuoteByRole, interview.QuoteNone} {
		want, never := roles, named
		if q == interview.QuoteByName {
			want, never = named, roles
		}
		iv, opts := m.consenting(q), export.Options{}
		shared := export.Shared(iv, opts)
		for form, file := range map[string]string{
			"Markdown": string(export.NewPage(iv, opts).Markdown()),
			"template": strings.Join([]string{
				shared.Problems[0].Impact.Bears, shared.Solutions[0].Ours, shared.Solutions[0].Theirs, shared.Promises[0].Text, shared.Promises[0].FirstWording,
			}, "\n"),
			"recap": string(export.Recap(iv, opts)),
		} {
			compared := len(want)
			if form == "recap" {
				compared-- // the first wording of a promise is not in it
			}
			file = strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(file)
			for i := range compared {
				if !strings.Contains(file, want[i]) || strings.Contains(file, never[i]) {
					t.Errorf("%s, %s: want %q in\n%s", q, form, want[i], file)
				}
			}
		}
	}
}

// Words that were said or noted stay as they are, and the export says whose names stand in them.
func TestStillNamed(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.Introduce{Name: "Ana Ruiz", Role: "foreman"}, interview.Introduce{Name: "Ben"}, interview.Introduce{Name: "Lou"},
		interview.Introduce{Name: "Jo", Side: interview.Ours},
		add(interview.Quote, "Lou", "Ruiz does it twice, and Jo knows"),
		add(interview.Paraphrase, "", "the Benches are from Anatolia"),
		add(interview.Thought, "", "Lou is no friend of it"),
		interview.Promises{Text: "write to Ben", Owner: "Ben"},
	)
	for _, c := range []struct {
		quoting  interview.Quoting
		thoughts bool
		want     []string
	}{
		{interview.QuoteByName, true, nil},
		{interview.QuoteByRole, false, []string{"Ana Ruiz"}},
		{interview.QuoteByRole, true, []string{"Ana Ruiz", "Lou"}},
		{interview.QuoteNone, false, nil}, // the quote is left out
	} {
		if got := export.NewPage(m.consenting(c.quoting), export.Options{Thoughts: c.thoughts}).Still().Sure; !slices.Equal(got, c.want) {
			t.Errorf("%s, thoughts %t: %q, want %q", c.quoting, c.thoughts, got, c.want)
		}
	}
}

// The other names of somebody who was joined are names of theirs.
func TestJoinedNamesAreHidden(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.Introduce{Name: "Ana Ruiz", Role: "foreman"}, interview.Introduce{Name: "Nita"},
		add(interview.Paraphrase, "", "Nita does it twice"),
		interview.JoinPeople{Person: "Nita", Into: "Ana Ruiz"},
		interview.Promises{Text: "write to Nita", Owner: "us"},
	)
	iv := m.consenting(interview.QuoteByRole)
	if got := export.NewPage(iv, export.Options{}).Still().Sure; !slices.Equal(got, []string{"Ana Ruiz"}) {
		t.Errorf("still named: %q", got)
	}
	shared := export.Shared(iv, export.Options{})
	if got := shared.Promises[0].Text; strings.Contains(got, "Nita") || len(shared.People[0].Also) > 0 {
		t.Errorf("the promise is %q, and the people are %+v", got, shared.People)
	}
}

// With no consent to quotes nothing that they said word for word goes out, whatever it was said of and
// whichever of two values of it stand.
func TestNoQuoteGoesOutWithAReaction(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.SetConsent{Quotes: interview.QuoteNone},
		interview.Raise{Text: "Dust", Speaker: "Lou"},
		interview.Weigh{Problem: 1, HowBad: new(3)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
		interview.AskLeftOut{},
		interview.Solve{Problems: []interview.Number{1}, Text: "A fan"},
		interview.MustRespect{Problem: 1, Text: "\u201cnobody touches my lathe"},
		interview.MustRespect{Problem: 1, Text: "the night shift"},
	)
	elsewhere := *m
	m.do(interview.React{Solution: 1, Text: `"I could live with that`})
	elsewhere.incarnation++
	elsewhere.do(interview.React{Solution: 1, Text: `"never in my life`})
	iv := interview.Fold(document.Merge(m.iv.Document(), elsewhere.iv.Document()))
	shared, err := plain.JSON(export.Shared(iv, export.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]string{"page": string(export.NewPage(iv, export.Options{}).Markdown()), "fields": string(shared)} {
		for _, said := range []string{"live with that", "never in my life", "my lathe"} {
			if strings.Contains(out, said) {
				t.Errorf("%s has %q", name, said)
			}
		}
		if !strings.Contains(out, "the night shift") {
			t.Errorf("%s has not what was noted", name)
		}
	}
}

// A rating for which two values stand says so where the solution is, with who and when; the names of
// people go out as everywhere.
func TestTwoValuesGoOut(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill"})
	m.do(
		interview.SetConsent{Quotes: interview.QuoteByRole},
		interview.Introduce{Name: "Lou", Role: "miller"},
		interview.Introduce{Name: "Max", Role: "owner"},
		interview.Raise{Text: "Dust"},
		interview.Weigh{Problem: 1, HowBad: new(3)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
		interview.AskLeftOut{},
		interview.Solve{Problems: []interview.Number{1}, Text: "A fan"},
		interview.Promises{Text: "Call", Owner: "us"},
	)
	elsewhere := *m
	day := func(n int) *interview.Date { return &interview.Date{Year: 2026, Month: time.December, Day: n} }
	number := m.iv.Promises[0].Number
	m.do(interview.Weigh{Problem: 1, HowBad: new(5)}, interview.Fix{Number: number, Owner: new("Lou")}, interview.Fix{Number: number, Due: day(3)})
	elsewhere.incarnation++
	elsewhere.do(interview.Weigh{Problem: 1, HowBad: new(4)}, interview.Fix{Number: number, Owner: new("Max")}, interview.Fix{Number: number, Due: day(4)})
	iv := interview.Fold(document.Merge(m.iv.Document(), elsewhere.iv.Document()))
	out := string(export.NewPage(iv, export.Options{}).Markdown())
	for _, want := range []string{"how bad, from 1 to 5: ", "2026-12-03", "2026-12-04", "owner: miller", "owner (Jo"} {
		if !strings.Contains(out, want) {
			t.Errorf("the page has no %q:\n%s", want, out)
		}
	}
	for _, not := range []string{"Lou", "Max"} {
		if strings.Contains(out, not) {
			t.Errorf("the page names %s:\n%s", not, out)
		}
	}
}
