package interview_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/document"
	"hark/internal/interview"
)

func TestLinesShareNumbersWithPromises(t *testing.T) {
	m := start(t)
	m.do(
		interview.Add{Kind: interview.Quote, Text: "We rework", Speaker: "Ana"},
		interview.Promises{Text: "send the price list", Owner: "us"},
		interview.Add{Kind: interview.Observation, Text: "skip is full"},
	)
	if m.iv.Lines[0].Number != 1 || m.iv.Promises[0].Number != 2 || m.iv.Lines[1].Number != 3 {
		t.Fatalf("numbers: %+v %+v", m.iv.Lines, m.iv.Promises)
	}
	m.do(interview.Drop{Number: 3}, interview.Add{Kind: interview.Thought, Text: "hm"})
	if got := m.iv.Lines[1].Number; got != 4 {
		t.Fatalf("a dropped number was given again: %s", got)
	}
	e := m.fails(interview.Done{Number: 1}, interview.NotFound)
	if !strings.Contains(e.Error(), "Number 1 is a quote") || !strings.Contains(e.Error(), ": 2") {
		t.Errorf("%v", e)
	}
}

func TestUnknownSpeakerJoinsTheirSide(t *testing.T) {
	m := start(t)
	step := m.do(interview.Add{Kind: interview.Quote, Text: "yes", Speaker: "Ana"})
	if len(step.Notices) != 1 || step.Notices[0].Kind != interview.NoticePerson {
		t.Errorf("notices %+v", step.Notices)
	}
	m.do(interview.Introduce{Name: "ana", Role: "foreman"}, interview.Add{Kind: interview.Quote, Text: "no", Speaker: "ANA"})
	if len(m.iv.People) != 1 {
		t.Fatalf("people: %+v", m.iv.People)
	}
	p := m.iv.People[0]
	if p.Side != interview.Theirs || p.Role != "foreman" || m.iv.Lines[1].Speaker != p.ID {
		t.Fatalf("person %+v, line %+v", p, m.iv.Lines[1])
	}
	m.do(interview.Introduce{Name: "Ben Stone"}, interview.Introduce{Name: "Ben Wood"})
	m.fails(interview.Add{Kind: interview.Quote, Text: "x", Speaker: "Ben"}, interview.NotFound)
	m.do(interview.Add{Kind: interview.Quote, Text: "x", Speaker: "wood"})
	if got := m.iv.Name(m.iv.Lines[2].Speaker); got != "Ben Wood" {
		t.Fatalf("spoken by %q", got)
	}
}

func TestPromiseOwners(t *testing.T) {
	m := start(t)
	m.do(interview.Introduce{Name: "Tom", Side: interview.Ours})
	due := interview.Date{Year: 2026, Month: 12, Day: 3}
	for _, tc := range []struct {
		give  interview.Promises
		owner string
		side  interview.Side
	}{
		{interview.Promises{Text: "a", Due: due}, "", interview.Ours},
		{interview.Promises{Text: "b", Owner: "me"}, "", interview.Ours},
		{interview.Promises{Text: "c", Owner: "Tom"}, "Tom", interview.Ours},
		{interview.Promises{Text: "d", Owner: "Ana"}, "Ana", interview.Theirs},
		{interview.Promises{Text: "e", Speaker: "Ana"}, "Ana", interview.Theirs},
		{interview.Promises{Text: "f", Speaker: "Ana", Owner: "us"}, "", interview.Ours},
	} {
		m.do(tc.give)
		p := m.iv.Promises[len(m.iv.Promises)-1]
		if m.iv.Name(p.Owner) != tc.owner || p.Side != tc.side || p.Due != tc.give.Due {
			t.Errorf("%+v became %+v", tc.give, p)
		}
	}
	m.do(interview.Done{Number: 1}, interview.Told{Number: 1})
	if p := m.iv.Promises[0]; p.DoneAt.IsZero() || p.ToldAt.IsZero() {
		t.Errorf("promise %+v", p)
	}
	m.fails(interview.Done{Number: 1}, interview.Invalid)
}

// To own a promise or a route is not to be in the room; to speak, to be introduced, to answer and
// to advise is.
func TestOwnerAloneIsNotInTheRoom(t *testing.T) {
	base := func(t *testing.T) *meeting {
		m := start(t)
		how := "daily"
		m.do(
			interview.Raise{Text: "x", Speaker: "Zoe"}, interview.Weigh{Problem: 1, HowOften: &how},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Zoe"},
			interview.Carry{Problem: 1, Department: "engineering", Owner: "Ines"},
			interview.Promises{Text: "y", Owner: "Ruth", Speaker: "Pat"}, interview.Carry{Problem: 1, Department: "legal", Owner: "Mara"},
		)
		return m
	}
	for name, c := range map[string]struct {
		then []interview.Action
		want string
	}{
		"owners alone":       {nil, "Zoe Pat"},
		"what they own went": {[]interview.Action{interview.Drop{Number: 2}, interview.Drop{Number: 3}}, "Zoe Pat"},
		"spoke":              {[]interview.Action{interview.Add{Kind: interview.Quote, Text: "q", Speaker: "Ines"}}, "Zoe Pat Ines"},
		"promised":           {[]interview.Action{interview.Promises{Text: "q", Speaker: "Mara"}}, "Zoe Pat Mara"},
		"answered":           {[]interview.Action{interview.PlayBack{Problem: 1, Answer: interview.No, By: "Ruth"}}, "Zoe Pat Ruth"},
		"advises":            {[]interview.Action{interview.SetAdviser{Name: "Ruth", Joins: true}}, "Zoe Pat Ruth"},
		"introduced":         {[]interview.Action{interview.Introduce{Name: "ines"}}, "Zoe Pat ines"},
		"got a role":         {[]interview.Action{interview.Introduce{Name: "Ines", Role: "engineer", Side: interview.Ours}}, "Zoe Pat Ines"},
		"was there before":   {[]interview.Action{interview.Introduce{Name: "Kim"}, interview.Promises{Text: "q", Owner: "Kim"}}, "Zoe Pat Kim"},
	} {
		m := base(t)
		m.do(c.then...)
		there := map[string]bool{}
		for _, side := range []interview.Side{interview.Theirs, interview.Ours} {
			for _, p := range m.iv.InRoom(side) {
				there[p.Name] = true
			}
		}
		var summed []string
		for _, p := range m.iv.Summarise().People {
			summed = append(summed, p.Name)
		}
		want := strings.Fields(c.want)
		all := true
		for _, w := range want {
			all = all && there[w] && slices.Contains(summed, w)
		}
		if !all || len(there) != len(want) || len(summed) != len(want) {
			t.Errorf("%s: in the room %v, in the summary %v, want %v", name, there, summed, want)
		}
		if again := interview.Fold(m.iv.Document()); !reflect.DeepEqual(again.People, m.iv.People) {
			t.Errorf("%s: folded anew %+v, want %+v", name, again.People, m.iv.People)
		}
	}
}

func TestFixKeepsTheFirstWording(t *testing.T) {
	m := start(t)
	m.do(
		interview.Add{Kind: interview.Quote, Text: "one in for"},
		interview.Fix{Number: 1, Text: "one in four"},
		interview.Fix{Number: 1, Text: "one in five"},
	)
	if l := m.iv.Lines[0]; l.Text != "one in five" || l.First != "one in for" {
		t.Fatalf("line %+v", l)
	}
}

func TestProblemOfALine(t *testing.T) {
	m := start(t)
	m.do(
		interview.Ask{Number: 3},
		interview.Add{Kind: interview.Quote, Text: "It breaks", Themes: []string{"Scrap"}},
		interview.Raise{Line: 1},
		interview.Add{Kind: interview.Quote, Text: "And again"},
		interview.Tie{Number: 2, Problem: 1},
	)
	p := m.problem(1)
	if p.Statement != "It breaks" || p.Raised != interview.WhenAsked {
		t.Errorf("problem %+v", p)
	}
	if d := cmp.Diff([]interview.Number{1, 2}, p.Evidence); d != "" {
		t.Errorf("evidence: %s", d)
	}
	if d := cmp.Diff([]string{"scrap"}, p.Themes); d != "" {
		t.Errorf("themes: %s", d)
	}
	m.fails(interview.Raise{Line: 1}, interview.Invalid)
	m.do(interview.Tie{Number: 2}, interview.Tag{Problem: 1, Add: []string{"#Welds"}, Remove: []string{"scrap"}})
	if p := m.problem(1); len(p.Evidence) != 1 || p.Themes[0] != "welds" {
		t.Errorf("problem %+v", p)
	}
}

func TestMovesBetweenQuestions(t *testing.T) {
	m := start(t)
	if m.iv.Current() != 1 || m.iv.Asked(1) {
		t.Fatal("a new interview begins before question 1")
	}
	m.do(interview.Next{})
	if m.iv.Current() != 2 || m.iv.Asked(1) {
		t.Fatalf("after next: at %d", m.iv.Current())
	}
	m.do(interview.EnterStage{Name: "the prob"}, interview.Add{Kind: interview.Paraphrase, Text: "rework"})
	if l := m.iv.Lines[0]; l.Question != 3 || l.Stage != "The problem" || !m.iv.Asked(3) {
		t.Fatalf("line %+v", l)
	}
	if d := cmp.Diff([]int{1, 2}, m.iv.NotAsked()); d != "" {
		t.Errorf("not asked: %s", d)
	}
	m.fails(interview.Ask{Number: 9}, interview.NotFound)
	m.fails(interview.EnterStage{Name: "nowhere"}, interview.NotFound)
}

func TestJoiningProblemsThatAreOne(t *testing.T) {
	m := start(t)
	m.do(
		interview.Raise{Text: "It breaks", Themes: []string{"welds"}}, interview.Raise{Text: "It cracks", Themes: []string{"scrap"}},
		interview.Add{Kind: interview.Quote, Text: "again"}, interview.Tie{Number: 3, Problem: 2},
		interview.Join{Problem: 2, Into: 1},
	)
	p, q := m.problem(1), m.problem(2)
	if diff := cmp.Diff([]interview.Number{1, 2, 3}, p.Evidence); diff != "" {
		t.Errorf("evidence: %s", diff)
	}
	if diff := cmp.Diff([]string{"welds", "scrap"}, p.Themes); diff != "" {
		t.Errorf("themes: %s", diff)
	}
	if q.Status != interview.Aside || q.Reason != "the same as problem 1" {
		t.Errorf("problem 2: %+v", q)
	}
	m.fails(interview.Join{Problem: 1, Into: 1}, interview.Invalid)
	m.fails(interview.Join{Problem: 1, Into: 2}, interview.Invalid)
	m.fails(interview.Join{Problem: 1, Into: 7}, interview.NotFound)
}

func TestFollowUpsAreTicked(t *testing.T) {
	m := start(t)
	m.do(interview.Add{Kind: interview.FollowUp, Text: "what does a skip cost"}, interview.Add{Kind: interview.FollowUp, Text: "who counts"})
	m.do(interview.Done{Number: 1})
	if open := m.iv.FollowUps(); len(open) != 1 || open[0].Number != 2 || m.iv.Lines[0].AskedAt.IsZero() {
		t.Fatalf("open follow-ups: %+v", open)
	}
	m.fails(interview.Done{Number: 1}, interview.Invalid)
}

func TestRoutes(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It breaks", Speaker: "Ana"})
	m.refused(interview.Carry{Problem: 1, Department: "engineering"})
	m.do(
		interview.PlayBack{Problem: 1, Answer: interview.Yes},
		interview.Carry{Problem: 1, Department: "engineering", Owner: "Eve", Due: interview.Date{Year: 2026, Month: 12, Day: 1}},
	)
	n := m.iv.Routes[0].Number
	m.do(interview.AnswerRoute{Number: n, Text: "a thicker plate"}, interview.Told{Number: n})
	r := m.iv.Routes[0]
	if r.Answer != "a thicker plate" || r.ToldAt.IsZero() || m.iv.Name(r.Owner) != "Eve" {
		t.Fatalf("route %+v", r)
	}
	if eve, _ := m.iv.Person(r.Owner); eve.Side != interview.Ours {
		t.Error("the owner of a route is not on our side")
	}
	if _, ok := m.iv.Line(n); ok {
		t.Error("a route has the number of a line")
	}
}

// Doubt about a day is reported first, with the right number; nothing is due until it is settled.
func TestADoubtAboutADayIsNoted(t *testing.T) {
	m := start(t)
	friday, next := interview.Date{Year: 2026, Month: 11, Day: 27}, interview.Date{Year: 2026, Month: 12, Day: 4}
	m.do(interview.Add{Kind: interview.Paraphrase, Text: "one"})
	for i, c := range []struct {
		doubt interview.DayDoubt
		tells string
	}{
		{interview.DayDoubt{Words: "by asap"}, "There is no day in “by asap”. /due 2 says the day, or none"},
		{interview.DayDoubt{Words: "by firday", Readings: []interview.Date{friday}}, "“by firday” is read as Fri 27 Nov 2026, which may be wrong. /due 3 says the day, or none"},
		{
			interview.DayDoubt{Words: "by next friday", Readings: []interview.Date{friday, next}},
			"“by next friday” is read as Fri 27 Nov 2026, and can be Fri 4 Dec 2026. /due 4 says the day, or none",
		},
	} {
		step := m.do(interview.Promises{Text: "send it " + c.doubt.Words, Due: next, Doubt: c.doubt, Speaker: "Zoe" + strings.Repeat("x", i)})
		if n := step.Notices; len(n) != 2 || n[0].Text != c.tells {
			t.Errorf("noticed %+v", n)
		}
		if p, ok := m.iv.Promise(interview.Number(i + 2)); !ok || !p.Due.IsZero() || !cmp.Equal(p.Doubt, c.doubt) {
			t.Errorf("kept %+v", p)
		}
	}
	want := []interview.ToSettle{
		{Number: 2, Thing: interview.ThingPromise, Text: "send it by asap", Why: "There is no day in “by asap”"},
		{Number: 3, Thing: interview.ThingPromise, Text: "send it by firday", Why: "“by firday” is read as Fri 27 Nov 2026, which may be wrong"},
		{
			Number: 4, Thing: interview.ThingPromise, Text: "send it by next friday",
			Why: "“by next friday” is read as Fri 27 Nov 2026, and can be Fri 4 Dec 2026",
		},
	}
	if d := cmp.Diff(want, m.iv.ToSettle()); d != "" {
		t.Errorf("waiting (-want +got):\n%s", d)
	}
	m.do(interview.Fix{Number: 4, Due: &next}, interview.Fix{Number: 3, Due: &interview.Date{}})
	if p, _ := m.iv.Promise(4); p.Due != next || !p.Doubt.IsZero() || p.Text != "send it by next friday" {
		t.Errorf("settled %+v", p)
	}
	if p, _ := m.iv.Promise(3); !p.Due.IsZero() || !p.Doubt.IsZero() {
		t.Errorf("settled %+v", p)
	}
	m.fails(interview.Fix{Number: 1, Due: &next}, interview.Invalid)
}

// A correction brings a promise another day, a doubt, or none, and says which day it has then; a
// line has no day, and takes the words.
func TestFixOfAPromiseChangesTheDay(t *testing.T) {
	m := start(t)
	first, then := interview.Date{Year: 2026, Month: 12, Day: 3}, interview.Date{Year: 2026, Month: 12, Day: 9}
	m.do(interview.Promises{Text: "send it", Due: first}, interview.Add{Kind: interview.Paraphrase, Text: "one"})
	none := interview.DayDoubt{Words: "by asap"}
	doubt := interview.DayDoubt{Words: "by firday", Readings: []interview.Date{first}}
	for _, c := range []struct {
		fix   interview.Fix
		text  string
		due   interview.Date
		doubt interview.DayDoubt
		tells string
	}{
		{interview.Fix{Number: 1, Text: "send all"}, "send all", first, interview.DayDoubt{}, "Promise 1 is still due 2026-12-03"},
		{interview.Fix{Number: 1, Text: "send it due 9 dec", Owed: &interview.Owed{Text: "send it", Due: then}}, "send it", then, interview.DayDoubt{}, ""},
		{interview.Fix{Number: 1, Text: "due 3 dec", Owed: &interview.Owed{Due: first}}, "send it", first, interview.DayDoubt{}, ""},
		{
			interview.Fix{Number: 1, Text: "x by asap", Owed: &interview.Owed{Text: "x by asap", Doubt: none}}, "x by asap", first, interview.DayDoubt{},
			"There is no day in “by asap”, so it is still due Thu 3 Dec 2026. /due 1 says another day",
		},
		{
			interview.Fix{Number: 1, Text: "by firday", Owed: &interview.Owed{Doubt: doubt}}, "x by asap", interview.Date{}, doubt,
			"“by firday” is read as Thu 3 Dec 2026, which may be wrong. /due 1 says the day, or none",
		},
		{interview.Fix{Number: 1, Text: "y"}, "y", interview.Date{}, doubt, ""},
		{interview.Fix{Number: 1, Text: "y due 9 dec", Owed: &interview.Owed{Text: "y", Due: then}}, "y", then, interview.DayDoubt{}, ""},
	} {
		noticed := ""
		for _, n := range m.do(c.fix).Notices {
			noticed += n.Text
		}
		if p, _ := m.iv.Promise(1); p.Text != c.text || p.Due != c.due || !cmp.Equal(p.Doubt, c.doubt) || noticed != c.tells {
			t.Errorf("%q: kept %+v, noticed %q", c.fix.Text, p, noticed)
		}
	}
	m.do(interview.Fix{Number: 2, Text: "due 31 feb", Owed: &interview.Owed{Doubt: none}})
	if l, _ := m.iv.Line(2); l.Text != "due 31 feb" {
		t.Errorf("line %+v", l)
	}
}

// A route is given its day later, too.
func TestARouteIsGivenItsDay(t *testing.T) {
	m := start(t)
	m.do(
		interview.Raise{Text: "It breaks", Speaker: "Ana"}, interview.PlayBack{Problem: 1, Answer: interview.Yes},
		interview.Carry{Problem: 1, Department: "engineering"},
	)
	n, due := m.iv.Routes[0].Number, interview.Date{Year: 2026, Month: 12, Day: 3}
	m.do(interview.Fix{Number: n, Due: &due})
	if r, _ := m.iv.Route(n); r.Due != due {
		t.Errorf("route %+v", r)
	}
}

func TestBadTextCostsNothing(t *testing.T) {
	m := start(t)
	before := m.iv.Document().Len()
	m.fails(interview.Add{Kind: interview.Quote, Text: "\xff\xfe"}, interview.Invalid)
	m.fails(interview.Add{Kind: interview.Quote, Text: strings.Repeat("x", interview.MaxText+1)}, interview.Invalid)
	m.fails(interview.Add{Kind: interview.Quote, Text: " \t"}, interview.Invalid)
	m.fails(interview.Add{Kind: "shout", Text: "x"}, interview.Invalid)
	m.fails(interview.Introduce{Name: "two\nlines"}, interview.Invalid)
	m.fails(interview.Weigh{Problem: 1}, interview.NotFound)
	if m.iv.Document().Len() != before {
		t.Error("a failed action changed the document")
	}
	if _, err := interview.Begin(document.DerivedID("x"), interview.Beginning{Customer: " "}, m.stamp()); err == nil {
		t.Error("an interview without a customer began")
	}
}

// Two concurrent wordings are both shown, and neither can be confirmed before somebody picks or
// joins them.
func TestTwoConcurrentWordings(t *testing.T) {
	m := unlocked(t)
	other := m.iv.Document().Clone()
	m.do(interview.Reword{Problem: 1, Text: "One in four"})
	step, err := interview.Apply(interview.Fold(other), interview.Reword{Problem: 1, Text: "One in six"}, interview.Stamp{
		Now: m.now.Add(time.Second), Writer: document.Writer{Incarnation: 2}, NewID: m.stamp().NewID,
	})
	if err != nil {
		t.Fatal(err)
	}
	m.iv = interview.Fold(document.Merge(m.iv.Document(), step.After.Document()))
	p := m.problem(1)
	if p.Statement != "One in six" || !slices.Equal(p.OtherWordings(), []string{"One in four"}) {
		t.Fatalf("problem %+v", p)
	}
	m.fails(interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.Invalid)
	m.do(interview.Reword{Problem: 1, Text: "One in four, some say six"}, interview.PlayBack{Problem: 1, Answer: interview.Yes})
	p = m.problem(1)
	if p.Status != interview.Confirmed || len(p.Concurrent) != 0 {
		t.Fatalf("problem %+v", p)
	}
	var all []string
	for _, w := range p.Wordings {
		all = append(all, w.Text)
	}
	if got := strings.Join(all, "|"); !strings.Contains(got, "One in four|") {
		t.Errorf("a wording was lost: %s", got)
	}
}

func TestDepartmentsByTheirBeginning(t *testing.T) {
	m := unlocked(t)
	st := m.stamp()
	st.Departments = []string{"Sales", "Marketing", "Market research", "Market"}
	for typed, want := range map[string]string{
		"sa": "Sales", " SALES ": "Sales", "market": "Market", "marketi": "Marketing", "mark": "mark", "legal": "legal",
	} {
		step, err := interview.Apply(m.iv, interview.Carry{Problem: 1, Department: typed}, st)
		if err != nil {
			t.Fatal(err)
		}
		if got := step.After.Routes[0].Department; got != want {
			t.Errorf("%q is carried to %q, want %q", typed, got, want)
		}
	}
	m.fails(interview.Carry{Problem: 1, Department: " "}, interview.Invalid)
}

func TestAThoughtThatBecameASolutionIsHeldNoMore(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "It breaks", Speaker: "Ana"})
	m.refused(interview.Solve{Problems: []interview.Number{1}, Text: "a jig"})
	m.do(interview.Weigh{Problem: 1, HowBad: ptr(3)}, interview.PlayBack{Problem: 1, Answer: interview.Yes}, interview.AskLeftOut{})
	if n := len(m.iv.HeldThoughts()); n != 1 {
		t.Fatalf("%d held thoughts", n)
	}
	m.do(interview.Solve{Problems: []interview.Number{1}, Text: "a jig"})
	if n := len(m.iv.HeldThoughts()); n != 0 {
		t.Fatalf("%d held thoughts after it was solved", n)
	}
}

// A correction that says who does it gives the promise to them; one that does not leaves the owner.
func TestFixOfAPromiseChangesTheOwner(t *testing.T) {
	m := start(t)
	m.do(
		interview.Introduce{Name: "Tom", Side: interview.Ours}, interview.Introduce{Name: "Ana", Side: interview.Theirs},
		interview.Promises{Text: "send it", Owner: "Ana"},
		interview.Fix{Number: 1, Text: "send all of it"},
	)
	if p, _ := m.iv.Promise(1); m.iv.Name(p.Owner) != "Ana" || p.Side != interview.Theirs {
		t.Errorf("a correction of the words takes the promise from Ana: %+v", p)
	}
	m.do(interview.Fix{Number: 1, Text: "Tom sends it", Owed: &interview.Owed{Text: "Tom sends it", Owner: "Tom"}})
	if p, _ := m.iv.Promise(1); m.iv.Name(p.Owner) != "Tom" || p.Side != interview.Ours || p.Text != "Tom sends it" {
		t.Errorf("Tom sends it, and the promise is %+v", p)
	}
	m.do(interview.Fix{Number: 1, Text: "they send it", Owed: &interview.Owed{Text: "they send it", Owner: "them"}})
	if p, _ := m.iv.Promise(1); !p.Owner.IsZero() || p.Side != interview.Theirs {
		t.Errorf("they send it, and the promise is %+v", p)
	}
}
