package capture_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// now is a Tuesday.
var now = time.Date(2026, time.November, 24, 14, 32, 0, 0, time.UTC)

func day(year int, month time.Month, d int) interview.Date {
	return interview.Date{Year: year, Month: month, Day: d}
}

func due(year int, month time.Month, d int) *interview.Date {
	of := day(year, month, d)
	return &of
}

type lineCase struct {
	line string
	want interview.Action
}

func paraphrase(text string, themes ...string) interview.Action {
	return interview.Add{Kind: interview.Paraphrase, Text: text, Themes: themes}
}

func quote(text string, themes ...string) interview.Action {
	return interview.Add{Kind: interview.Quote, Text: text, Themes: themes}
}

// lineCases are lines that keep something, and what they keep.
func lineCases() []lineCase {
	by := func(who string, kind interview.LineKind, text string, themes ...string) interview.Action {
		return interview.Add{Kind: kind, Text: text, Speaker: who, Themes: themes}
	}
	return []lineCase{
		// The table of marks, row by row.
		{`They weld everything twice`, paraphrase("They weld everything twice")},
		{`"We weld everything twice`, quote("We weld everything twice")},
		{`"We weld everything twice"`, quote("We weld everything twice")},
		{`!One weld in five is done twice`, interview.Raise{Text: "One weld in five is done twice"}},
		{`~Scrap goes in the skip`, by("", interview.Observation, "Scrap goes in the skip")},
		{`>They want us to guess`, by("", interview.Thought, "They want us to guess")},
		{`?What does a skip cost`, by("", interview.FollowUp, "What does a skip cost")},
		{`+send the drawings`, interview.Promises{Text: "send the drawings"}},
		{`@Ana They weld everything twice`, by("Ana", interview.Paraphrase, "They weld everything twice")},
		{`the skip costs a lot #scrap`, paraphrase("the skip costs a lot", "scrap")},
		{`\/not a command`, paraphrase("/not a command")},

		// Blanks.
		{"  \t\"We weld  everything\ttwice \n", quote("We weld  everything\ttwice")},
		{`" We weld "`, quote("We weld")},
		{`!"One weld in five`, interview.Raise{Text: "One weld in five", Quoted: true}},
		{`!"One weld in five" #scrap`, interview.Raise{Text: "One weld in five", Quoted: true, Themes: []string{"scrap"}}},
		{`!"Swarm" is what they call it`, interview.Raise{Text: `"Swarm" is what they call it`}},
		{`!\"One weld`, interview.Raise{Text: `"One weld`}},
		{`! One weld`, interview.Raise{Text: "One weld"}},
		{"\"first\nsecond\r\nthird\"", quote("first\nsecond\r\nthird")},
		{"They said\n/undo\n#not now", paraphrase("They said\n/undo\nnot now", "not")},

		// Closing quotes.
		{`“We weld it twice”`, quote("We weld it twice")},
		{`“We weld it twice`, quote("We weld it twice")},
		{`“We weld it twice"`, quote("We weld it twice")},
		{`"We weld it twice”`, quote("We weld it twice")},
		{`"the 6" pipe leaks"`, quote(`the 6" pipe leaks`)},
		{`"the 6" pipe leaks`, quote(`the 6" pipe leaks`)},
		{`"he said "no" to me"`, quote(`he said "no" to me`)},
		{`"he said "no""`, quote(`he said "no"`)},
		{`"he said "no"`, quote(`he said "no"`)},
		{`"he said “no”`, quote(`he said “no”`)},
		{`“he said “no””`, quote(`he said “no”`)},
		{`"he wants \"it\"`, quote(`he wants "it"`)},
		{`"We weld it twice" #welding`, quote("We weld it twice", "welding")},
		{`"We fight about #invoices"`, quote("We fight about invoices", "invoices")},
		{`They call it "the hole"`, paraphrase(`They call it "the hole"`)},

		// Speakers.
		{`@Ana "We weld`, by("Ana", interview.Quote, "We weld")},
		{`@Ana: "We weld"`, by("Ana", interview.Quote, "We weld")},
		{`@Ana, We weld`, by("Ana", interview.Paraphrase, "We weld")},
		{`@Ana"We weld"`, by("Ana", interview.Quote, "We weld")},
		{`@"Ana Ruiz" ~ frowns`, by("Ana Ruiz", interview.Observation, "frowns")},
		{`@“Ana Ruiz”: >nervous`, by("Ana Ruiz", interview.Thought, "nervous")},
		{`@"Dwayne \"Rock\" J": ?why`, by(`Dwayne "Rock" J`, interview.FollowUp, "why")},
		{`@O'Brien-Łuś Jr. is late`, by("O'Brien-Łuś", interview.Paraphrase, "Jr. is late")},
		{`@J.R. !It breaks`, interview.Raise{Text: "It breaks", Speaker: "J.R."}},
		{`@Ana +send it`, interview.Promises{Text: "send it", Speaker: "Ana"}},
		{`@Ana \/slash`, by("Ana", interview.Paraphrase, "/slash")},
		{`@Ana @Tom said so`, by("Ana", interview.Paraphrase, "@Tom said so")},
		{`we told @tom and ana@example.com`, paraphrase("we told @tom and ana@example.com")},

		// Themes.
		{`#scrap #cost "The skip costs a lot`, quote("The skip costs a lot", "scrap", "cost")},
		{`@Ana #scrap !The skip`, interview.Raise{Text: "The skip", Speaker: "Ana", Themes: []string{"scrap"}}},
		{`#scrap @Ana !The skip`, interview.Raise{Text: "The skip", Speaker: "Ana", Themes: []string{"scrap"}}},
		{`#scrap the skip costs a lot`, paraphrase("the skip costs a lot", "scrap")},
		{`the #invoices come late`, paraphrase("the invoices come late", "invoices")},
		{`"#Invoices come late`, quote("Invoices come late", "invoices")},
		{`the (#invoices) come late #cash #late-fees`, paraphrase("the (invoices) come late", "invoices", "cash", "late-fees")},
		{`we fight about #invoices.`, paraphrase("we fight about invoices.", "invoices")},
		{`#a x #A #b #a`, paraphrase("x", "a", "b")},
		{`they use C# and F#m, weld #1, ##x and a/#b`, paraphrase("they use C# and F#m, weld #1, ##x and a/#b")},
		{`#1 is the price`, paraphrase("#1 is the price")},
		{`über #größe_2 #日本`, paraphrase("über", "größe_2", "日本")},
		{`#invoices #late`, paraphrase("invoices late", "invoices", "late")},
		{`"#Invoices`, quote("Invoices", "invoices")},
		{`@Ana #late`, by("Ana", interview.Paraphrase, "late", "late")},
		{`+#scrap due friday`, interview.Promises{Text: "scrap", Themes: []string{"scrap"}, Due: day(2026, 11, 27)}},

		// Escapes.
		{`\"no quote"`, paraphrase(`"no quote"`)},
		{`\“no quote”`, paraphrase(`“no quote”`)},
		{`\!x`, paraphrase("!x")},
		{`\~/docs`, paraphrase("~/docs")},
		{`\>x`, paraphrase(">x")},
		{`\?x`, paraphrase("?x")},
		{`\+49 30 123`, paraphrase("+49 30 123")},
		{`\@tom is his handle`, paraphrase("@tom is his handle")},
		{`\#tag first`, paraphrase("#tag first")},
		{`\#1`, paraphrase("#1")},
		{`\\x`, paraphrase(`\x`)},
		{`\\`, paraphrase(`\`)},
		{`\\/x`, paraphrase(`\/x`)},
		{`\\#tag`, paraphrase(`\#tag`)},
		{`\x`, paraphrase(`\x`)},
		{`it is \#hash and \@home and \"so\" #t`, paraphrase(`it is #hash and @home and "so"`, "t")},
		{`it is \\\#hash`, paraphrase(`it is \#hash`)},
		{`see C:\temp\new, \\server\files and a\\b, 5\#6`, paraphrase(`see C:\temp\new, \\server\files and a\\b, 5\#6`)},
		{`"it is in C:\temp\"`, quote(`it is in C:\temp"`)},
		{`"it is in C:\temp\\"`, quote(`it is in C:\temp\`)},
		{`x \#tag`, paraphrase("x #tag")},

		// Promises.
		{`+send the offer @tom due friday`, interview.Promises{Text: "send the offer", Owner: "tom", Due: day(2026, 11, 27)}},
		{`+send the offer due fri @tom. #offer`, interview.Promises{Text: "send the offer", Owner: "tom", Due: day(2026, 11, 27), Themes: []string{"offer"}}},
		{`+ @"Ana Ruiz": send the offer`, interview.Promises{Text: "send the offer", Owner: "Ana Ruiz"}},
		{`+@tom's boss calls`, interview.Promises{Text: "tom's boss calls"}},
		{`+ask @tom, then (@ana) about it`, interview.Promises{Text: "ask tom, then (ana) about it"}},
		{`+ask @"Ana Ruiz" about it`, interview.Promises{Text: "ask Ana Ruiz about it"}},
		{`+@tom ask @ana`, interview.Promises{Text: "ask ana", Owner: "tom"}},
		{`+@Tom sends the drawings`, interview.Promises{Text: "sends the drawings", Owner: "Tom"}},
		{`+send drawings to @Tom by friday`, interview.Promises{Text: "send drawings to Tom", Due: day(2026, 11, 27)}},
		{`+send drawings to @"Tom Li". #cad`, interview.Promises{Text: "send drawings to Tom Li.", Themes: []string{"cad"}}},
		{`+send drawings to @Ana @Tom due friday`, interview.Promises{Text: "send drawings to Ana", Owner: "Tom", Due: day(2026, 11, 27)}},
		{`+meet @Ana and @Tom`, interview.Promises{Text: "meet Ana and Tom"}},
		{`+@us send drawings for @Tom`, interview.Promises{Text: "send drawings for Tom", Owner: "us"}},
		{`+send it by friday`, interview.Promises{Text: "send it", Due: day(2026, 11, 27)}},
		{`+send it @tom due next friday. #x`, interview.Promises{
			Text: "send it due next friday.", Owner: "tom", Doubt: doubt("due next friday", day(2026, 11, 27), day(2026, 12, 4)), Themes: []string{"x"},
		}},
		{`+@us send it asap by friday`, interview.Promises{Text: "send it asap", Owner: "us", Due: day(2026, 11, 27)}},
		{`+send it by whenever`, interview.Promises{Text: "send it by whenever", Doubt: doubt("by whenever")}},
		{`+by friday send it`, interview.Promises{Text: "send it", Due: day(2026, 11, 27)}},
		{`+pay what is \by friday`, interview.Promises{Text: "pay what is by friday"}},
		{`+write to ana@example.com, meet @3pm`, interview.Promises{Text: "write to ana@example.com, meet @3pm"}},
		{`+ask \@tom`, interview.Promises{Text: "ask @tom"}},
		{`+pay the fee due`, interview.Promises{Text: "pay the fee due"}},
		{`+pay what is \due friday`, interview.Promises{Text: "pay what is due friday"}},
		{`+pay what is due friday due 3 dec`, interview.Promises{Text: "pay what is due friday", Due: day(2026, 12, 3)}},
		{`+ask what was due friday at their place`, interview.Promises{Text: "ask what was due friday at their place"}},
		{`+the #offer goes out`, interview.Promises{Text: "the offer goes out", Themes: []string{"offer"}}},
	}
}

// commandCases are commands, and what they do.
func commandCases() []lineCase {
	p := func(s string) *string { return &s }
	n := func(i int) *int { return &i }
	return []lineCase{
		{`/person Ana Ruiz, shop foreman`, interview.Introduce{Name: "Ana Ruiz", Role: "shop foreman"}},
		{`/person Tom`, interview.Introduce{Name: "Tom"}},
		{`/person Tom, OURS`, interview.Introduce{Name: "Tom", Side: interview.Ours}},
		{`/person @Tom, head of IT, EMEA, theirs`, interview.Introduce{Name: "Tom", Role: "head of IT, EMEA", Side: interview.Theirs}},
		{`/person "Ruiz, Ana", "sales, ours", ours`, interview.Introduce{Name: "Ruiz, Ana", Role: "sales, ours", Side: interview.Ours}},
		{`/person "Big" Tom, "Chief" of all`, interview.Introduce{Name: `"Big" Tom`, Role: `"Chief" of all`}},
		{`/person "Tom ours"`, interview.Introduce{Name: "Tom ours"}},
		{`/consent yes`, interview.SetConsent{Notes: interview.NotesAllowed}},
		{`/consent y by name`, interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByName}},
		{`/consent no none`, interview.SetConsent{Notes: interview.NotesRefused, Quotes: interview.QuoteNone}},
		{`/consent yes, that's fine, by role please`, interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole}},
		{`/consent no quotes please`, interview.SetConsent{Quotes: interview.QuoteNone}},
		{`/consent: sure, but don't name us`, interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteNone, Doubt: "sure, but don't name us"}},
		{`/consent by ROLE`, interview.SetConsent{Quotes: interview.QuoteByRole}},
		{`/adviser Ana Ruiz`, interview.SetAdviser{Name: "Ana Ruiz", Joins: true}},
		{`/adviser @Ana no`, interview.SetAdviser{Name: "Ana"}},
		{`/adviser "Li No" y`, interview.SetAdviser{Name: "Li No", Joins: true}},

		{`/ask 12`, interview.Ask{Number: 12}},
		{`/ask Q12`, interview.Ask{Number: 12}},
		{`/next`, interview.Next{}},
		{`/stage The problem`, interview.EnterStage{Name: "The problem"}},
		{`/stage "The problem"`, interview.EnterStage{Name: "The problem"}},

		{`/problem 3`, interview.Raise{Line: 3}},
		{`/problem 3 the #skip is full #scrap`, interview.Raise{Line: 3, Text: "the skip is full", Themes: []string{"skip", "scrap"}}},
		{`/problem 3: #scrap`, interview.Raise{Line: 3, Themes: []string{"scrap"}}},
		{`/impact 2 how-often="twice a week" how-bad=4 costs=5000, bears=Ana tried=“a list” wants=`, interview.Weigh{
			Problem: 2, HowOften: p("twice a week"), HowBad: n(4), Costs: p("5000"), Bears: p("Ana"), Tried: p("a list"), Wants: p(""),
		}},
		{`/impact p2 HOW_BAD= costs="a 6\" pipe", bears=a"b`, interview.Weigh{Problem: 2, HowBad: n(0), Costs: p(`a 6" pipe`), Bears: p(`a"b`)}},
		{`/playback 2 yes`, interview.PlayBack{Problem: 2, Answer: interview.Yes}},
		{`/playback 2 y by Ana Ruiz`, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ana Ruiz"}},
		{`/playback 2 nearly by Ana Ruiz : one weld in four`, interview.PlayBack{Problem: 2, Answer: interview.Nearly, By: "Ana Ruiz", Correction: "one weld in four"}},
		{`/playback 2 nearly: one weld: in four`, interview.PlayBack{Problem: 2, Answer: interview.Nearly, Correction: "one weld: in four"}},
		{`/playback P2 N, by @"A: B": wrong`, interview.PlayBack{Problem: 2, Answer: interview.No, By: "A: B", Correction: "wrong"}},
		{`/nearly 2: how-bad=3`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Figures: interview.Weigh{Problem: 2, HowBad: new(3)},
		}},
		{`/nearly 2 how-often="every day", wording="one weld in four"`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Correction: "one weld in four", Quoted: true,
			Figures: interview.Weigh{Problem: 2, HowOften: new("every day")},
		}},
		{`/nearly 2: wording=one weld in four, at least; they say x=4, how-bad=3`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Correction: "one weld in four, at least; they say x=4",
			Figures: interview.Weigh{Problem: 2, HowBad: new(3)},
		}},
		{`/nearly 2: wording="one weld in four how-bad=3`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Correction: "one weld in four", Quoted: true,
			Figures: interview.Weigh{Problem: 2, HowBad: new(3)},
		}},
		{`/nearly 2: how-bad=3 wording="nearly" is how we weld`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Correction: `"nearly" is how we weld`,
			Figures: interview.Weigh{Problem: 2, HowBad: new(3)},
		}},
		{`/nearly 2: wording=it says \how-bad=3 there`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Correction: `it says how-bad=3 there`,
		}},
		{`/nearly 2: costs too much time`, interview.PlayBack{
			Problem: 2, Answer: interview.Nearly, Correction: "costs too much time",
		}},
		{`@Ana /playback 2 yes`, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ana"}},
		{`@Ana /playback 2 yes by ana`, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "ana"}},
		{`/aside 2`, interview.SetAside{Problem: 2}},
		{`/aside 2: later`, interview.SetAside{Problem: 2, Reason: "later"}},
		{`/aside 2 : later`, interview.SetAside{Problem: 2, Reason: "later"}},
		{`/aside 2 not now`, interview.SetAside{Problem: 2, Reason: "not now"}},
		{`/take-up 2`, interview.TakeUp{Problem: 2}},
		{`/raised 2 unprompted`, interview.SetRaised{Problem: 2, Raised: interview.Unprompted}},
		{`/raised 2 asked`, interview.SetRaised{Problem: 2, Raised: interview.WhenAsked}},
		{`/left-out`, interview.AskLeftOut{}},
		{`/left-out the #night shift`, interview.AskLeftOut{Text: "the #night shift"}},
		{`/left-out: the night shift`, interview.AskLeftOut{Text: "the night shift"}},
		{`/left-out "the night shift`, interview.AskLeftOut{Text: "the night shift", Quoted: true}},
		{`/left-out “the night shift”`, interview.AskLeftOut{Text: "the night shift", Quoted: true}},
		{`/left-out: "they call it "the hole"`, interview.AskLeftOut{Text: `they call it "the hole"`, Quoted: true}},
		{`/left-out "the hole" and "the pit"`, interview.AskLeftOut{Text: `"the hole" and "the pit"`}},
		{`/left-out "a 6\" pipe"`, interview.AskLeftOut{Text: `a 6" pipe`, Quoted: true}},
		{`/left-out "`, interview.AskLeftOut{}},
		{`/problem 3 "the skip is full #scrap`, interview.Raise{Line: 3, Text: "the skip is full", Quoted: true, Themes: []string{"scrap"}}},
		{`/playback 2 nearly: "one weld in four"`, interview.PlayBack{Problem: 2, Answer: interview.Nearly, Correction: "one weld in four", Quoted: true}},
		{`/tie 12 2`, interview.Tie{Number: 12, Problem: 2}},
		{`/tie 12 to p2`, interview.Tie{Number: 12, Problem: 2}},
		{`/untie 12`, interview.Tie{Number: 12}},
		{`/join 2 1`, interview.Join{Problem: 2, Into: 1}},
		{`/join p2 with p1`, interview.Join{Problem: 2, Into: 1}},
		{`/join Anna with Ana Ruiz`, interview.JoinPeople{Person: "Anna", Into: "Ana Ruiz"}},
		{`/join @Anna with @Ana`, interview.JoinPeople{Person: "Anna", Into: "Ana"}},
		{`/join Bob into Robert`, interview.JoinPeople{Person: "Bob", Into: "Robert"}},
		{`/join 3M with Ana`, interview.JoinPeople{Person: "3M", Into: "Ana"}},
		{`/join Bob Robert`, interview.JoinPeople{Person: "Bob", Into: "Robert"}},
		{`/join @Bob @Robert`, interview.JoinPeople{Person: "Bob", Into: "Robert"}},
		{`/join "Bob Hay" "Robert Hay"`, interview.JoinPeople{Person: "Bob Hay", Into: "Robert Hay"}},
		{`/join "Bob into the day" into Robert`, interview.JoinPeople{Person: "Bob into the day", Into: "Robert"}},
		{`/join 2 into 1`, interview.Join{Problem: 2, Into: 1}},
		{`/rename Bob Robert`, interview.Rename{Person: "Bob", Name: "Robert"}},
		{`/rename Anna to Ana Ruiz`, interview.Rename{Person: "Anna", Name: "Ana Ruiz"}},
		{`/rename Anna: Ana`, interview.Rename{Person: "Anna", Name: "Ana"}},
		{`/rename "Go to" to "Jo: x"`, interview.Rename{Person: "Go to", Name: "Jo: x"}},
		{`/drop @Ana Ruiz`, interview.DropPerson{Person: "Ana Ruiz"}},
		{`/drop "12"`, interview.DropPerson{Person: "12"}},

		{`/solve 1,2 a board at the gate`, interview.Solve{Problems: []interview.Number{1, 2}, Text: "a board at the gate"}},
		{`/solve 1, 2 a board`, interview.Solve{Problems: []interview.Number{1, 2}, Text: "a board"}},
		{`/solve p1 ,p2: , a board`, interview.Solve{Problems: []interview.Number{1, 2}, Text: ", a board"}},
		{`/solve 1 2 boards`, interview.Solve{Problems: []interview.Number{1}, Text: "2 boards"}},
		{`/solve 1, 2nd board`, interview.Solve{Problems: []interview.Number{1}, Text: "2nd board"}},
		{`/respect 2 they know steel`, interview.MustRespect{Problem: 2, Text: "they know steel"}},
		{`/advise 2 measure it first`, interview.Advise{Problem: 2, Text: "measure it first"}},
		{`/share 1 ours="draw it" theirs=weld`, interview.Share{Solution: 1, Ours: p("draw it"), Theirs: p("weld")}},
		{`/share s1 ours=`, interview.Share{Solution: 1, Ours: p("")}},
		{`/react 1 sounds right`, interview.React{Solution: 1, Text: "sounds right"}},
		{`/react 1 “That we can do ourselves.”`, interview.React{Solution: 1, Text: "“That we can do ourselves.”"}},
		{`/agree 1`, interview.Decide{Solution: 1, Decision: interview.Agreed}},
		{`/decline s1`, interview.Decide{Solution: 1, Decision: interview.Declined}},

		{`/route 2 customer service @tom due friday`, interview.Carry{Problem: 2, Department: "customer service", Owner: "tom", Due: day(2026, 11, 27)}},
		{`/route 2 engineering due in 3 days @"Ana Ruiz"`, interview.Carry{Problem: 2, Department: "engineering", Owner: "Ana Ruiz", Due: day(2026, 11, 27)}},
		{`/route 2 R&D #2`, interview.Carry{Problem: 2, Department: "R&D #2"}},
		{`/answer 14 next quarter #soon`, interview.AnswerRoute{Number: 14, Text: "next quarter #soon"}},
		{`/due 13 3 dec`, interview.Fix{Number: 13, Due: due(2026, 12, 3)}},
		{`/due 13 none`, interview.Fix{Number: 13, Due: &interview.Date{}}},
		{`/done 13`, interview.Done{Number: 13}},
		{`/done 13, please`, interview.Done{Number: 13}},
		{`/undo bitte`, interview.Undo{}},
		{`/person: Ana`, interview.Introduce{Name: "Ana"}},
		{`+send it @5pm`, interview.Promises{Text: "send it @5pm"}},
		{`/adviser Ana yes please`, interview.SetAdviser{Name: "Ana", Joins: true}},
		{`/told 13`, interview.Told{Number: 13}},

		{`/reword 2 one weld in \#four`, interview.Reword{Problem: 2, Text: `one weld in \#four`}},
		{`/reword 2 "one weld in four`, interview.Reword{Problem: 2, Text: "one weld in four", Quoted: true}},
		{`/fix p2 "one weld in four"`, interview.Fix{What: interview.ThingProblem, Number: 2, Text: "one weld in four", Quoted: true}},
		{`/reword 2: one weld in four`, interview.Reword{Problem: 2, Text: "one weld in four"}},
		{`/reword 2 : one weld in four`, interview.Reword{Problem: 2, Text: ": one weld in four"}},
		{`/theme 2 #a #B -#c d, -e`, interview.Tag{Problem: 2, Add: []string{"a", "b", "d"}, Remove: []string{"c", "e"}}},
		{`/fix 12 @Ana late again`, interview.Fix{Number: 12, Speaker: p("Ana"), Text: "late again"}},
		{`/fix 12 \@work they wait`, interview.Fix{Number: 12, Text: "@work they wait"}},
		{`/fix 12 "what they said`, interview.Fix{Number: 12, Text: `"what they said`, Said: "what they said"}},
		{`/fix 12 @Ana “what they said”`, interview.Fix{Number: 12, Speaker: p("Ana"), Text: `“what they said”`, Said: "what they said"}},
		{`/fix 12 "Swarm" is what they call it`, interview.Fix{Number: 12, Text: `"Swarm" is what they call it`}},
		{`/fix 12 \"what they said`, interview.Fix{Number: 12, Text: `"what they said`}},
		{`/fix 12 what they said`, interview.Fix{Number: 12, Text: "what they said"}},
		{`/fix p2 the problem`, interview.Fix{What: interview.ThingProblem, Number: 2, Text: "the problem"}},
		{`/fix S1 the solution`, interview.Fix{What: interview.ThingSolution, Number: 1, Text: "the solution"}},
		{`/drop 12`, interview.Drop{Number: 12}},
		{`/drop p2`, interview.Drop{What: interview.ThingProblem, Number: 2}},
		{`/drop s1`, interview.Drop{What: interview.ThingSolution, Number: 1}},
		{`/pick 3`, interview.Pick{Number: 3}},
		{`/pick 3 2`, interview.Pick{Number: 3, Nth: 2}},
		{`/pick line 3: 2.`, interview.Pick{Number: 3, Nth: 2}},
		{`/pick 3 2 please`, interview.Pick{Number: 3, Nth: 2}},
		{`/pick p2 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Nth: 1}},
		{`/pick problem 2 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Nth: 1}},
		{`/pick s1 2`, interview.Pick{What: interview.ThingSolution, Number: 1, Nth: 2}},
		{`/pick solution 1 decision 2`, interview.Pick{What: interview.ThingSolution, Number: 1, Field: interview.FieldDecision, Nth: 2}},
		{`/pick solution 1 wording 2`, interview.Pick{What: interview.ThingSolution, Number: 1, Field: interview.FieldText, Nth: 2}},
		{`/pick 3 due`, interview.Pick{Number: 3, Field: interview.FieldDue}},
		{`/pick 3 due 2`, interview.Pick{Number: 3, Field: interview.FieldDue, Nth: 2}},
		{`/pick 3 due=2`, interview.Pick{Number: 3, Field: interview.FieldDue, Nth: 2}},
		{`/pick 3 2 deadline`, interview.Pick{Number: 3, Field: interview.FieldDue, Nth: 2}},
		{`/pick 3 Said By 2`, interview.Pick{Number: 3, Field: interview.FieldSpeaker, Nth: 2}},
		{`/pick 3 speaker 2`, interview.Pick{Number: 3, Field: interview.FieldSpeaker, Nth: 2}},
		{`/pick 3 owner 1`, interview.Pick{Number: 3, Field: interview.FieldOwner, Nth: 1}},
		{`/pick 3 text 1`, interview.Pick{Number: 3, Field: interview.FieldText, Nth: 1}},
		{`/pick 3 shows 1`, interview.Pick{Number: 3, Field: interview.FieldProblem, Nth: 1}},
		{`/pick 3 answer 1`, interview.Pick{Number: 3, Field: interview.FieldAnswer, Nth: 1}},
		{`/pick p2 text 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Field: interview.FieldStatement, Nth: 1}},
		{`/pick p2 wording 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Field: interview.FieldStatement, Nth: 1}},
		{`/pick p2 how bad 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Field: interview.FieldHowBad, Nth: 1}},
		{`/pick p2 how_bad 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Field: interview.FieldHowBad, Nth: 1}},
		{`/pick p2 rating: 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Field: interview.FieldHowBad, Nth: 1}},
		{`/pick p2 came up 1`, interview.Pick{What: interview.ThingProblem, Number: 2, Field: interview.FieldRaised, Nth: 1}},
		{`/pick outcome`, interview.Pick{Field: interview.FieldOutcome}},
		{`/pick outcome 1`, interview.Pick{Field: interview.FieldOutcome, Nth: 1}},
		{`/pick left out 2`, interview.Pick{Field: interview.FieldLeftOut, Nth: 2}},
		{`/pick how to quote: 2`, interview.Pick{Field: interview.FieldQuotes, Nth: 2}},
		{`/pick notes 2`, interview.Pick{Field: interview.FieldNotes, Nth: 2}},
		{`/pick interview`, interview.Pick{}},
		{`/pick interview 1`, interview.Pick{Nth: 1}},
		{`/pick interview outcome 1`, interview.Pick{Field: interview.FieldOutcome, Nth: 1}},
		{`/undo`, interview.Undo{}},
		{`/redo`, interview.Redo{}},

		{`/outcome worked-out`, interview.SetOutcome{Outcome: interview.WorkedOut}},
		{`/outcome No fit`, interview.SetOutcome{Outcome: interview.NoFit}},
		{`/outcome more`, interview.SetOutcome{Outcome: interview.MoreToLearn}},
		{`/end`, interview.End{}},
		{`/reopen`, interview.Reopen{}},

		// Kinds of line by their words.
		{`/note they weld everything twice`, paraphrase("they weld everything twice")},
		{`/note >50% leave late #rework`, paraphrase(">50% leave late", "rework")},
		{`/quote We weld everything twice`, quote("We weld everything twice")},
		{`/quote "We weld everything twice"`, quote("We weld everything twice")},
		{`@Ana /quote: We weld`, interview.Add{Kind: interview.Quote, Text: "We weld", Speaker: "Ana"}},
		{`/quote @Ana "We weld"`, interview.Add{Kind: interview.Quote, Text: "We weld", Speaker: "Ana"}},
		{`/observation scrap goes in the skip`, interview.Add{Kind: interview.Observation, Text: "scrap goes in the skip"}},
		{`/strength they pick up the phone`, interview.Add{Kind: interview.Strength, Text: "they pick up the phone"}},
		{`/thought they want us to guess`, interview.Add{Kind: interview.Thought, Text: "they want us to guess"}},
		{`/ask-later what a skip costs`, interview.Add{Kind: interview.FollowUp, Text: "what a skip costs"}},
		{`/ask later what a skip costs`, interview.Add{Kind: interview.FollowUp, Text: "what a skip costs"}},
		{`/ask what a skip costs`, interview.Add{Kind: interview.FollowUp, Text: "what a skip costs"}},
		{`/promise send the drawings @tom due friday`, interview.Promises{Text: "send the drawings", Owner: "tom", Due: day(2026, 11, 27)}},
		{`/problem one weld in five`, interview.Raise{Text: "one weld in five"}},
		{`/problem "one weld in five" #scrap`, interview.Raise{Text: "one weld in five", Quoted: true, Themes: []string{"scrap"}}},
		{`@Ana /problem no two jobs are alike`, interview.Raise{Text: "no two jobs are alike", Speaker: "Ana"}},
		{`/problem 5% leave late`, interview.Raise{Text: "5% leave late"}},
		{`/problem two welders left`, interview.Raise{Text: "two welders left"}},
		{`/problem line 3`, interview.Raise{Line: 3}},

		// Names of commands.
		{`/UNDO`, interview.Undo{}},
		{`/ undo`, interview.Undo{}},
		{`/left`, interview.AskLeftOut{}},
		{`/leftout`, interview.AskLeftOut{}},
		{`/takeup 2`, interview.TakeUp{Problem: 2}},
		{`/set aside 2: later`, interview.SetAside{Problem: 2, Reason: "later"}},
		{`/Set-Aside p2 "later"`, interview.SetAside{Problem: 2, Reason: "later"}},
		{`/left out: nothing`, interview.AskLeftOut{Text: "nothing"}},
		{`/play back 2 yes`, interview.PlayBack{Problem: 2, Answer: interview.Yes}},
		{`/how it ended no fit`, interview.SetOutcome{Outcome: interview.NoFit}},
		{`/imp 2 costs=1`, interview.Weigh{Problem: 2, Costs: p("1")}},
	}
}

func TestParse(t *testing.T) {
	for _, c := range append(lineCases(), commandCases()...) {
		got, err := capture.Parse(c.line, now)
		if err != nil {
			t.Errorf("Parse(%q): %v", c.line, err)
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", c.line, d)
		}
		again, err := capture.Parse(capture.Format(got), now)
		if d := cmp.Diff(got, again); d != "" || err != nil {
			t.Errorf("%q is written as %q: %v\n%s", c.line, capture.Format(got), err, d)
		}
	}
}

func TestEveryCommandIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, c := range commandCases() {
		name, _, _ := strings.Cut(strings.TrimPrefix(c.line, "/"), " ")
		tried[strings.TrimSuffix(name, ":")] = true
	}
	for _, c := range capture.Commands() {
		if !tried[c.Name] && !c.Shows() {
			t.Errorf("no case tries /%s", c.Name)
		}
		if !strings.HasPrefix(c.Usage, "/"+c.Name) || c.Does == "" || c.Group == "" {
			t.Errorf("the row of /%s is not whole: %+v", c.Name, c)
		}
	}
}

func TestParseNothing(t *testing.T) {
	for _, line := range []string{"", " ", "\t\r\n", "\u00A0"} {
		if got, err := capture.Parse(line, now); !errors.Is(err, capture.ErrEmpty) || got != nil {
			t.Errorf("Parse(%q) = %v, %v; want ErrEmpty", line, got, err)
		}
	}
}

// A text that nothing has a meaning in is kept byte for byte, whatever else is
// in it.
func TestTextIsVerbatim(t *testing.T) {
	for _, s := range []string{
		"tab\tand  blanks", "\x1b[31mred\x07", "a\u202Eb", "zero\x00", "Grüße, 日本, 👍🏽", `back\slash`, "not UTF-8 \xff\xfe",
		"<b>&amp;</b> [x](y) *z*", "line one\nline two", "=1+1", "a – b … c",
	} {
		got, err := capture.Parse(`"`+s, now)
		if d := cmp.Diff(quote(s), got); d != "" || err != nil {
			t.Errorf("%q: %v\n%s", s, err, d)
		}
	}
}

func TestDatesUseTheCalendarOfNow(t *testing.T) {
	late := time.Date(2026, time.November, 24, 23, 30, 0, 0, time.UTC)
	east := late.In(time.FixedZone("east", 3*60*60))
	for _, c := range []struct {
		now  time.Time
		want interview.Date
	}{{late, day(2026, 11, 24)}, {east, day(2026, 11, 25)}} {
		got, err := capture.Parse("+call due today", c.now)
		if d := cmp.Diff(interview.Action(interview.Promises{Text: "call", Due: c.want}), got); d != "" || err != nil {
			t.Errorf("at %v: %v\n%s", c.now, err, d)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for name, line := range map[string]string{
		"paraphrase": "They rework about one weld in five, and nobody counts it",
		"quote":      `@Ana "We rework about one weld in five." #scrap`,
		"promise":    "+send the drawings @tom due 3 dec",
		"command":    `/impact 2 how-often="twice a week" how-bad=4`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := capture.Parse(line, now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
