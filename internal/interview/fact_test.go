package interview_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// negotiated is a meeting that has one of everything: problem 1, confirmed and weighed, problem 2, line
// 3, promise 4, route 5, solution 1.
func negotiated(t *testing.T) *meeting {
	m := unlocked(t)
	m.do(
		interview.Raise{Text: "Nobody knows which job is next"},
		interview.Add{Kind: interview.Paraphrase, Text: "scrap goes in the skip"},
		interview.Promises{Text: "send the list"},
		interview.Carry{Problem: 1, Department: "Engineering"},
		interview.AnswerRoute{Number: 5, Text: "in spring"},
		interview.Solve{Problems: []interview.Number{1}, Text: "count it together"},
		interview.Introduce{Name: "Ben", Side: interview.Ours},
		interview.Introduce{Name: "Piet", Side: interview.Theirs},
	)
	return m
}

// setting is one field that two windows can set: by what, what the values are called, and what else
// of the same thing another window may correct.
type setting struct {
	mine, theirs interview.Action
	values       []string // in the order of the versions
	fix          interview.Action
	of           func(*interview.Interview) []interview.Concurrent
	// fixed reports whether fix holds.
	fixed func(*interview.Interview) bool
}

func line3(iv *interview.Interview) interview.Line { l, _ := iv.Line(3); return l }

func settings() map[interview.Field][]setting {
	ofLine := func(iv *interview.Interview) []interview.Concurrent { return line3(iv).Concurrent }
	ofProblem := func(iv *interview.Interview) []interview.Concurrent { return iv.Problems[0].Concurrent }
	ofPromise := func(iv *interview.Interview) []interview.Concurrent { return iv.Promises[0].Concurrent }
	ofRoute := func(iv *interview.Interview) []interview.Concurrent { return iv.Routes[0].Concurrent }
	ofSolution := func(iv *interview.Interview) []interview.Concurrent { return iv.Solutions[0].Concurrent }
	ofInterview := func(iv *interview.Interview) []interview.Concurrent { return iv.Concurrent }
	ofPiet := func(iv *interview.Interview) []interview.Concurrent {
		i := slices.IndexFunc(iv.People, func(p interview.Person) bool { return strings.HasPrefix(p.Name, "P") })
		return iv.People[i].Concurrent
	}
	fixLine := interview.Fix{Number: 3, Text: "fixed"}
	lineFixed := func(iv *interview.Interview) bool { return line3(iv).Text == "fixed" }
	reword := interview.Reword{Problem: 1, Text: "fixed"}
	reworded := func(iv *interview.Interview) bool { return iv.Problems[0].Statement == "fixed" }
	fixPromise := interview.Fix{Number: 4, Text: "fixed"}
	promiseFixed := func(iv *interview.Interview) bool { return iv.Promises[0].Text == "fixed" }
	answer := interview.AnswerRoute{Number: 5, Text: "fixed"}
	answered := func(iv *interview.Interview) bool { return iv.Routes[0].Answer == "fixed" }
	fixSolution := interview.Fix{What: interview.ThingSolution, Number: 1, Text: "fixed"}
	solutionFixed := func(iv *interview.Interview) bool { return iv.Solutions[0].Text == "fixed" }
	rename := interview.Rename{Person: "Piet", Name: "Pieter"}
	renamed := func(iv *interview.Interview) bool {
		return slices.ContainsFunc(iv.People, func(p interview.Person) bool { return p.Name == "Pieter" })
	}
	leftOut := interview.AskLeftOut{Text: "fixed"}
	leftOutFixed := func(iv *interview.Interview) bool { return iv.LeftOut.Text == "fixed" }
	due := func(day int) *interview.Date { return &interview.Date{Year: 2026, Month: 12, Day: day} }
	weigh := func(set func(*interview.Weigh)) interview.Action {
		w := interview.Weigh{Problem: 1}
		set(&w)
		return w
	}
	text := func(of func(*interview.Weigh) **string) []setting {
		return []setting{{
			weigh(func(w *interview.Weigh) { *of(w) = ptr("mine") }), weigh(func(w *interview.Weigh) { *of(w) = ptr("theirs") }),
			[]string{"mine", "theirs"}, reword, ofProblem, reworded,
		}}
	}
	return map[interview.Field][]setting{
		interview.FieldText: {
			{interview.Fix{Number: 3, Text: "mine"}, interview.Fix{Number: 3, Text: "theirs"}, []string{"mine", "theirs"}, nil, ofLine, nil},
			{interview.Fix{Number: 4, Text: "mine"}, interview.Fix{Number: 4, Text: "theirs"}, []string{"mine", "theirs"}, nil, ofPromise, nil},
			{
				interview.Fix{What: interview.ThingSolution, Number: 1, Text: "mine"}, interview.Fix{What: interview.ThingSolution, Number: 1, Text: "theirs"},
				[]string{"mine", "theirs"}, nil, ofSolution, nil,
			},
		},
		interview.FieldStatement: {{interview.Reword{Problem: 1, Text: "mine"}, interview.Reword{Problem: 1, Text: "theirs"}, []string{"mine", "theirs"}, nil, ofProblem, nil}},
		interview.FieldKind: {{
			interview.Fix{Number: 3, Kind: ptr(interview.Quote)}, interview.Fix{Number: 3, Kind: ptr(interview.Observation)},
			[]string{"quote", "observation"}, fixLine, ofLine, lineFixed,
		}},
		interview.FieldSpeaker: {{interview.Fix{Number: 3, Speaker: ptr("Ana")}, interview.Fix{Number: 3, Speaker: ptr("Piet")}, []string{"Ana", "Piet"}, fixLine, ofLine, lineFixed}},
		interview.FieldProblem: {{interview.Tie{Number: 3, Problem: 1}, interview.Tie{Number: 3, Problem: 2}, []string{"problem 1", "problem 2"}, fixLine, ofLine, lineFixed}},
		interview.FieldRaised: {{
			interview.SetRaised{Problem: 1, Raised: interview.Unprompted}, interview.SetRaised{Problem: 1, Raised: interview.WhenAsked},
			[]string{"unprompted", "asked"}, reword, ofProblem, reworded,
		}},
		interview.FieldReason: {{
			interview.SetAside{Problem: 1, Reason: "mine"}, interview.SetAside{Problem: 1, Reason: "theirs"},
			[]string{"mine", "theirs"}, reword, ofProblem, reworded,
		}},
		interview.FieldHowOften: text(func(w *interview.Weigh) **string { return &w.HowOften }),
		interview.FieldCosts:    text(func(w *interview.Weigh) **string { return &w.Costs }),
		interview.FieldBears:    text(func(w *interview.Weigh) **string { return &w.Bears }),
		interview.FieldTried:    text(func(w *interview.Weigh) **string { return &w.Tried }),
		interview.FieldWants:    text(func(w *interview.Weigh) **string { return &w.Wants }),
		interview.FieldHowBad: {{
			weigh(func(w *interview.Weigh) { w.HowBad = ptr(5) }), weigh(func(w *interview.Weigh) { w.HowBad = ptr(3) }),
			[]string{"5", "3"}, reword, ofProblem, reworded,
		}},
		interview.FieldDue: {
			{interview.Fix{Number: 4, Due: due(3)}, interview.Fix{Number: 4, Due: due(4)}, []string{"2026-12-03", "2026-12-04"}, fixPromise, ofPromise, promiseFixed},
			{interview.Fix{Number: 5, Due: due(3)}, interview.Fix{Number: 5, Due: due(4)}, []string{"2026-12-03", "2026-12-04"}, answer, ofRoute, answered},
		},
		interview.FieldOwner: {
			{interview.Fix{Number: 4, Owner: ptr("Piet")}, interview.Fix{Number: 4, Owner: ptr("them")}, []string{"Piet", "theirs"}, fixPromise, ofPromise, promiseFixed},
			{interview.Fix{Number: 5, Owner: ptr("Ben")}, interview.Fix{Number: 5, Owner: ptr("Piet")}, []string{"Ben", "Piet"}, answer, ofRoute, answered},
		},
		interview.FieldDepartment: {{interview.Fix{Number: 5, Department: ptr("Sales")}, interview.Fix{Number: 5, Department: ptr("Service")}, []string{"Sales", "Service"}, answer, ofRoute, answered}},
		interview.FieldAnswer:     {{interview.AnswerRoute{Number: 5, Text: "mine"}, interview.AnswerRoute{Number: 5, Text: "theirs"}, []string{"mine", "theirs"}, nil, ofRoute, nil}},
		interview.FieldOurs: {{
			interview.Share{Solution: 1, Ours: ptr("mine")}, interview.Share{Solution: 1, Ours: ptr("theirs")},
			[]string{"mine", "theirs"}, fixSolution, ofSolution, solutionFixed,
		}},
		interview.FieldTheirs: {{
			interview.Share{Solution: 1, Theirs: ptr("mine")}, interview.Share{Solution: 1, Theirs: ptr("theirs")},
			[]string{"mine", "theirs"}, interview.Share{Solution: 1, Ours: ptr("fixed")}, ofSolution,
			func(iv *interview.Interview) bool { return iv.Solutions[0].Ours == "fixed" },
		}},
		interview.FieldReaction: {{
			interview.React{Solution: 1, Text: "mine"}, interview.React{Solution: 1, Text: "theirs"},
			[]string{"mine", "theirs"}, interview.Decide{Solution: 1, Decision: interview.Agreed}, ofSolution,
			func(iv *interview.Interview) bool { return iv.Solutions[0].Decision == interview.Agreed },
		}},
		interview.FieldDecision: {{
			interview.Decide{Solution: 1, Decision: interview.Agreed}, interview.Decide{Solution: 1, Decision: interview.Declined},
			[]string{"agreed", "declined"}, interview.React{Solution: 1, Text: "fixed"}, ofSolution,
			func(iv *interview.Interview) bool { return iv.Solutions[0].Reaction == "fixed" },
		}},
		interview.FieldName: {{interview.Rename{Person: "Piet", Name: "Pieter"}, interview.Rename{Person: "Piet", Name: "Pete"}, []string{"Pieter", "Pete"}, nil, ofPiet, nil}},
		interview.FieldRole: {{
			interview.Introduce{Name: "Piet", Role: "foreman"}, interview.Introduce{Name: "Piet", Role: "welder"},
			[]string{"foreman", "welder"}, rename, ofPiet, renamed,
		}},
		interview.FieldSide: {{
			interview.Introduce{Name: "Piet", Side: interview.Ours}, interview.Introduce{Name: "Piet", Side: interview.Theirs},
			[]string{"ours", "theirs"}, interview.Introduce{Name: "Piet", Role: "fixed"}, ofPiet,
			func(iv *interview.Interview) bool { return iv.People[2].Role == "fixed" },
		}},
		interview.FieldAdviser: {{
			interview.SetAdviser{Name: "Piet", Joins: true}, interview.SetAdviser{Name: "Piet"},
			[]string{"yes", "no"}, rename, ofPiet, renamed,
		}},
		interview.FieldOutcome: {{
			interview.SetOutcome{Outcome: interview.WorkedOut}, interview.SetOutcome{Outcome: interview.NoFit},
			[]string{"worked-out", "no-fit"}, leftOut, ofInterview, leftOutFixed,
		}},
		interview.FieldLeftOut: {{interview.AskLeftOut{Text: "mine"}, interview.AskLeftOut{}, []string{"mine", "nothing"}, nil, ofInterview, nil}},
		interview.FieldNotes: {{
			interview.SetConsent{Notes: interview.NotesAllowed}, interview.SetConsent{Notes: interview.NotesRefused},
			[]string{"yes", "no"}, leftOut, ofInterview, leftOutFixed,
		}},
		interview.FieldQuotes: {{
			interview.SetConsent{Quotes: interview.QuoteByName}, interview.SetConsent{Quotes: interview.QuoteByRole},
			[]string{"name", "role"}, leftOut, ofInterview, leftOutFixed,
		}},
	}
}

// whatStands returns the values of a field with their authors.
func whatStands(all []interview.Concurrent, field interview.Field) (values []string) {
	for _, c := range interview.InDoubt(all, field) {
		values = append(values, c.Value)
	}
	return values
}

// Whatever two windows set apart: different values both stand, with who and when, until one is set
// again; the same value stands once; and what another one corrects of the same thing holds as well.
func TestBothValuesStand(t *testing.T) {
	for field, all := range settings() {
		for i, s := range all {
			t.Run(fmt.Sprintf("%s %d", field, i), func(t *testing.T) {
				base := negotiated(t)
				merged := apart(t, base.iv, s.mine, s.theirs)
				if got := whatStands(s.of(merged), field); !slices.Equal(got, s.values) {
					t.Fatalf("both set: %q, want %q", got, s.values)
				}
				for _, c := range s.of(merged) {
					if c.Field != field {
						t.Errorf("%s is in doubt as well: %+v", c.Field, c)
					}
					if c.Author != "me" || c.At.IsZero() || c.Item.IsZero() || c.Dot == (document.Dot{}) {
						t.Errorf("without who and when: %+v", c)
					}
				}
				if same := apart(t, base.iv, s.mine, s.mine); len(s.of(same)) > 0 {
					t.Errorf("both set the same: %+v", s.of(same))
				}
				settlesAndReturns(t, merged, s, field)
				if s.fix == nil {
					return
				}
				for _, both := range []*interview.Interview{apart(t, base.iv, s.mine, s.fix), apart(t, base.iv, s.fix, s.mine)} {
					if got := s.of(both); len(got) > 0 || !s.fixed(both) {
						t.Errorf("one set, the other corrected: %+v, corrected %v", got, s.fixed(both))
					}
				}
			})
		}
	}
}

// settlesAndReturns sets a field in doubt again, and takes that back.
func settlesAndReturns(t *testing.T, merged *interview.Interview, s setting, field interview.Field) {
	t.Helper()
	if field == interview.FieldName {
		s.mine = interview.Rename{Person: merged.People[2].Name, Name: "Peter"}
	}
	w := newWindow(t, merged, 4)
	step := w.step(s.mine)
	if got := s.of(step.After); len(got) > 0 {
		t.Errorf("set again: %+v", got)
	}
	back, err := interview.Revert(step.After, step.Change, false, step.Label, w.stamp())
	if err != nil {
		t.Fatal(err)
	}
	if got := whatStands(s.of(back.After), field); !slices.Equal(got, s.values) {
		t.Errorf("taken back: %q, want %q", got, s.values)
	}
	again, err := interview.Revert(back.After, step.Change, true, step.Label, w.stamp())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.of(again.After); len(got) > 0 {
		t.Errorf("brought back: %+v", got)
	}
}

// otherText is an action that corrects a text, with another text.
func otherText(a interview.Action) interview.Action {
	switch a := a.(type) {
	case interview.Fix:
		a.Text = "other"
		return a
	case interview.Reword:
		a.Text = "other"
		return a
	case interview.AnswerRoute:
		a.Text = "other"
		return a
	case interview.React:
		a.Text = "other"
		return a
	case interview.AskLeftOut:
		a.Text = "other"
		return a
	}
	return nil
}

// Two texts of a thing stay, whatever else is set of it.
func TestTwoTextsStayWhateverIsSet(t *testing.T) {
	for field, all := range settings() {
		for i, s := range all {
			other := otherText(s.fix)
			if other == nil || field == interview.FieldNotes { // after a refusal of notes nothing is set
				continue
			}
			t.Run(fmt.Sprintf("%s %d", field, i), func(t *testing.T) {
				merged := apart(t, negotiated(t).iv, s.fix, other)
				texts := func(iv *interview.Interview) (values []string) {
					for _, c := range s.of(iv) {
						values = append(values, c.Value)
					}
					return values
				}
				want := []string{"fixed", "other"}
				if got := texts(merged); !slices.Equal(got, want) {
					t.Fatalf("two texts: %q", got)
				}
				if got := texts(newWindow(t, merged, 4).step(s.mine).After); !slices.Equal(got, want) {
					t.Errorf("after %T: %q", s.mine, got)
				}
			})
		}
	}
}

// Bodies that an earlier hark wrote apart, with more than the text in them, are read as well: what both
// say differently stands twice, and what only one says holds.
func TestBodiesOfEarlierHarks(t *testing.T) {
	base := negotiated(t)
	write := func(by document.Incarnation, item interview.ID, kind string, change func(body map[string]any)) *document.Document {
		doc := base.iv.Document().Clone()
		body := map[string]any{}
		if it, ok := doc.Item(item); ok {
			if err := json.Unmarshal(it.Latest().Body, &body); err != nil {
				t.Fatal(err)
			}
		}
		change(body)
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		doc.Put(document.Writer{Incarnation: by, Author: "somebody"}, base.now, document.Put{Item: item, Kind: kind, Body: b})
		return doc
	}
	apart := func(item interview.ID, kind string, mine, theirs func(body map[string]any)) *interview.Interview {
		return interview.Fold(document.Merge(write(2, item, kind, mine), write(3, item, kind, theirs)))
	}
	set := func(field string, value any) func(map[string]any) {
		return func(body map[string]any) { body[field] = value }
	}
	promise, line, problem := base.iv.Promises[0].ID, line3(base.iv).ID, base.iv.Problems[0].ID

	iv := apart(promise, "promise", set("due", "2026-12-03"), set("due", "2026-12-04"))
	if p := iv.Promises[0]; !slices.Equal(whatStands(p.Concurrent, interview.FieldDue), []string{"2026-12-03", "2026-12-04"}) || !p.Due.IsZero() {
		t.Errorf("two days: %+v", p)
	}
	if got := newWindow(t, iv, 4).step(interview.Fix{Number: 4, Due: &interview.Date{Year: 2026, Month: 12, Day: 5}}).After.Promises[0]; len(got.Concurrent) > 0 || got.Due.Day != 5 {
		t.Errorf("set again: %+v", got)
	}
	iv = apart(promise, "promise", set("due", "2026-12-03"), set("side", "theirs"))
	if p := iv.Promises[0]; p.Due.Day != 3 || len(whatStands(p.Concurrent, interview.FieldDue)) > 0 || !slices.Equal(whatStands(p.Concurrent, interview.FieldOwner), []string{"ours", "theirs"}) {
		t.Errorf("a day next to another side: %+v", p)
	}
	iv = apart(line, "line", set("problem", problem), set("text", "fixed"))
	if l := line3(iv); l.Problem != problem || !slices.Equal(whatStands(l.Concurrent, interview.FieldText), []string{"scrap goes in the skip", "fixed"}) {
		t.Errorf("a tie next to a text: %+v", l)
	}
	iv = apart(problem, "problem", set("themes", []string{"scrap"}), set("themes", []string{"rework"}))
	if got := slices.Sorted(slices.Values(iv.Problems[0].Themes)); !slices.Equal(got, []string{"rework", "scrap"}) || len(iv.Problems[0].Concurrent) > 0 {
		t.Errorf("themes: %q, %+v", got, iv.Problems[0].Concurrent)
	}
	if got := newWindow(t, iv, 4).step(interview.Reword{Problem: 1, Text: "fixed"}).After.Problems[0]; len(got.Themes) != 2 || got.Statement != "fixed" || len(got.Concurrent) > 0 {
		t.Errorf("reworded: %+v", got)
	}
	solution := base.iv.Solutions[0].ID
	reaction := document.DerivedID("reaction", solution.String())
	iv = apart(reaction, "reaction", func(body map[string]any) { body["solution"], body["decision"] = solution, "agreed" },
		func(body map[string]any) { body["solution"], body["text"] = solution, "we could live with that" })
	if s := iv.Solutions[0]; s.Decision != interview.Agreed || s.Reaction != "we could live with that" || len(s.Concurrent) > 0 {
		t.Errorf("agreed next to a reaction: %+v", s)
	}
	if s := newWindow(t, iv, 4).step(interview.React{Solution: 1, Text: "fixed"}).After.Solutions[0]; s.Decision != interview.Agreed || s.Reaction != "fixed" || len(s.Concurrent) > 0 {
		t.Errorf("another reaction: %+v", s)
	}
}

// A line that became a thought goes to nobody, nor does what was set of something dropped; what became a
// quote goes out.
func TestFactsAreWithheld(t *testing.T) {
	m := negotiated(t)
	m.do(
		interview.Add{Kind: interview.Thought, Text: "open words"},
		interview.Tag{Problem: 1, Add: []string{"secret-theme", "open-theme"}},
		interview.Tag{Problem: 1, Remove: []string{"secret-theme"}},
		interview.Fix{Number: 6, Kind: ptr(interview.Quote)},
		interview.Fix{Number: 3, Text: "secret words", Kind: ptr(interview.Thought)},
		interview.Share{Solution: 1, Ours: ptr("secret share")},
		interview.React{Solution: 1, Text: "secret reaction"},
		interview.Drop{What: interview.ThingSolution, Number: 1},
		interview.Weigh{Problem: 2, Costs: ptr("secret costs")},
		interview.PlayBack{Problem: 2, Answer: interview.Nearly, Correction: "secret correction"},
		interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ana"},
		interview.Advise{Problem: 2, Text: "secret advice"},
		interview.MustRespect{Problem: 2, Text: "secret respect"},
		interview.SetAside{Problem: 2, Reason: "secret reason"},
		interview.Drop{What: interview.ThingProblem, Number: 2},
		interview.AnswerRoute{Number: 5, Text: "secret answer"},
		interview.Told{Number: 5},
		interview.Drop{Number: 5},
		interview.Raise{Text: "open problem", Themes: []string{"secret-beginning"}},
		interview.Tag{Problem: 3, Remove: []string{"secret-beginning"}},
	)
	doc := interview.Withhold(m.iv.Document())
	var all strings.Builder
	for _, it := range doc.Items() {
		for _, v := range it.Versions {
			all.Write(v.Body)
		}
	}
	if strings.Contains(all.String(), "secret") || !strings.Contains(all.String(), "open words") {
		t.Errorf("goes out: %s", all.String())
	}
	if err := interview.Verify(doc, nil); err != nil {
		t.Error(err)
	}
	if got := interview.Fold(doc).Problems[0].Themes; !slices.Equal(got, []string{"open-theme"}) {
		t.Errorf("themes for others: %q", got)
	}
	if diff := interview.Difference(m.iv, interview.Fold(document.Merge(doc, m.iv.Document()))); diff != "" {
		t.Errorf("filled again it differs:\n%s", diff)
	}
}

// A fact that arrives before its line, which the journal can bring later, holds once the line is there.
func TestAFactBeforeItsLine(t *testing.T) {
	m := start(t)
	before := m.iv.Document()
	line := m.do(interview.Add{Kind: interview.Paraphrase, Text: "scrap"})
	fact := m.do(interview.Fix{Number: 1, Kind: ptr(interview.Quote)})
	doc := before.Clone()
	doc.Replay(fact.Change)
	early := interview.Refold(doc, nil)
	late := doc.Clone()
	late.Replay(line.Change)
	iv := interview.Refold(late, early)
	if l, ok := iv.Line(1); !ok || l.Kind != interview.Quote {
		t.Errorf("line 1 is %+v", l)
	}
}

// Both themes that two windows put to a problem stay, one that was taken away is gone, and what one
// puts there stays although another takes it away.
func TestThemesOfTwoWindows(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "P", Themes: []string{"welds"}})
	tag := func(add, remove string) interview.Action {
		a := interview.Tag{Problem: 1}
		if add != "" {
			a.Add = []string{add}
		}
		if remove != "" {
			a.Remove = []string{remove}
		}
		return a
	}
	for name, tc := range map[string]struct {
		mine, theirs interview.Action
		want         []string
	}{
		"two":                       {tag("scrap", ""), tag("rework", ""), []string{"welds", "scrap", "rework"}},
		"one and one away":          {tag("scrap", ""), tag("", "welds"), []string{"scrap"}},
		"put and taken away":        {tag("welds", ""), tag("", "welds"), []string{"welds"}},
		"next to a correction":      {tag("scrap", ""), interview.Reword{Problem: 1, Text: "Q"}, []string{"welds", "scrap"}},
		"the same":                  {tag("scrap", ""), tag("scrap", ""), []string{"welds", "scrap"}},
		"taken away by both":        {tag("", "welds"), tag("", "welds"), nil},
		"next to another wording":   {interview.Reword{Problem: 1, Text: "R"}, interview.Reword{Problem: 1, Text: "Q"}, []string{"welds"}},
		"away next to a correction": {tag("", "welds"), interview.Reword{Problem: 1, Text: "Q"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			merged := apart(t, base.iv, tc.mine, tc.theirs)
			if got := merged.Problems[0].Themes; !slices.Equal(got, tc.want) {
				t.Fatalf("themes %q, want %q", got, tc.want)
			}
			w := newWindow(t, merged, 4)
			step := w.step(tag("third", ""))
			if got := step.After.Problems[0].Themes; len(got) != len(tc.want)+1 {
				t.Errorf("with a third: %q", got)
			}
			back, err := interview.Revert(step.After, step.Change, false, step.Label, w.stamp())
			if err != nil {
				t.Fatal(err)
			}
			if got := back.After.Problems[0].Themes; !slices.Equal(got, tc.want) {
				t.Errorf("taken back: %q, want %q", got, tc.want)
			}
		})
	}
	m := newWindow(t, base.iv, 2)
	gone := m.step(tag("", "welds"))
	back, err := interview.Revert(gone.After, gone.Change, false, gone.Label, m.stamp())
	if err != nil || !slices.Equal(back.After.Problems[0].Themes, []string{"welds"}) {
		t.Errorf("a theme that was taken away comes back: %v, %v", err, back)
	}
}

// A line that two windows tied to two problems shows both, until somebody ties it again.
func TestALineTiedTwice(t *testing.T) {
	base := negotiated(t)
	merged := apart(t, base.iv, interview.Tie{Number: 3, Problem: 1}, interview.Tie{Number: 3, Problem: 2})
	for _, p := range merged.Problems {
		if !slices.Contains(p.Evidence, interview.Number(3)) {
			t.Errorf("problem %s shows in %v", p.Number, p.Evidence)
		}
	}
	after := newWindow(t, merged, 4).step(interview.Tie{Number: 3, Problem: 1}).After
	if slices.Contains(after.Problems[1].Evidence, 3) || !slices.Contains(after.Problems[0].Evidence, 3) {
		t.Errorf("tied again: %v and %v", after.Problems[0].Evidence, after.Problems[1].Evidence)
	}
	joined := newWindow(t, merged, 4).step(interview.Join{Problem: 2, Into: 1}).After
	if l := line3(joined); len(l.Concurrent) > 0 || !slices.Contains(joined.Problems[0].Evidence, 3) {
		t.Errorf("joined: %+v, problem 1 shows in %v", l, joined.Problems[0].Evidence)
	}
}

// What is in doubt decides nothing: no day, no decision, no adviser, nobody's yes. What weighs a problem
// still does.
func TestWhatIsInDoubt(t *testing.T) {
	base := negotiated(t)
	both := func(field interview.Field) *interview.Interview {
		s := settings()[field][0]
		return apart(t, base.iv, s.mine, s.theirs)
	}
	if iv := both(interview.FieldHowBad); !iv.Problems[0].Weighed() || iv.Solutions[0].Held || iv.Problems[0].Status != interview.Confirmed {
		t.Errorf("two ratings: %+v, held %v", iv.Problems[0], iv.Solutions[0].Held)
	}
	if p := both(interview.FieldDue).Promises[0]; !p.Due.IsZero() || len(p.Doubt.Readings) != 2 {
		t.Errorf("two days: due %v, doubt %+v", p.Due, p.Doubt)
	}
	if s := both(interview.FieldDecision).Solutions[0]; s.Decision != interview.Undecided {
		t.Errorf("two decisions: %q", s.Decision)
	}
	if p := both(interview.FieldAdviser).People[2]; p.Adviser || !p.AskedToAdvise {
		t.Errorf("yes and no to advising: %+v", p)
	}
	iv := both(interview.FieldSide)
	if p := iv.People[2]; p.Side != "" || p.Doubt.IsZero() {
		t.Errorf("two sides: %+v", p)
	}
	_, err := interview.Apply(iv, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Piet"}, newWindow(t, iv, 4).stamp())
	if err == nil {
		t.Error("somebody on two sides can say yes")
	}
	// Somebody who said yes, and may be ours, confirms nothing.
	iv = apart(t, base.iv, interview.Introduce{Name: "Ana", Side: interview.Theirs}, interview.Introduce{Name: "Ana", Side: interview.Ours})
	if iv.Problems[0].Status == interview.Confirmed || !iv.Solutions[0].Held {
		t.Errorf("the yes of somebody on two sides counts: %s, held %v", iv.Problems[0].Status, iv.Solutions[0].Held)
	}
}

// What one window drops and another sets meanwhile is there, with its words, also for those who get
// an export; dropping it again takes it away, and undoing that brings it back.
func TestAFactSetMeanwhileKeepsWhatWasDropped(t *testing.T) {
	type there func(*interview.Interview) bool
	line := func(iv *interview.Interview) bool { return line3(iv).Text == "scrap goes in the skip" }
	problem := func(iv *interview.Interview) bool { p, ok := iv.Problem(2); return ok && p.Statement != "" }
	promise := func(iv *interview.Interview) bool { p, _ := iv.Promise(4); return p.Text == "send the list" }
	route := func(iv *interview.Interview) bool { r, _ := iv.Route(5); return r.Answer == "in spring" }
	solution := func(iv *interview.Interview) bool { s, _ := iv.Solution(1); return s.Text == "count it together" }
	piet := func(iv *interview.Interview) bool {
		return slices.ContainsFunc(iv.People, func(p interview.Person) bool { return p.Name == "Piet" })
	}
	dropProblem := interview.Drop{What: interview.ThingProblem, Number: 2}
	for name, tc := range map[string]struct {
		drop, set interview.Action
		there     there
		correct   interview.Action
	}{
		"a line":                     {interview.Drop{Number: 3}, interview.Tie{Number: 3, Problem: 1}, line, interview.Fix{Number: 3, Text: "put right"}},
		"a problem":                  {interview.Drop{What: interview.ThingProblem, Number: 2}, interview.Tag{Problem: 2, Add: []string{"jobs"}}, problem, interview.Reword{Problem: 2, Text: "put right"}},
		"a promise":                  {interview.Drop{Number: 4}, interview.Fix{Number: 4, Due: &interview.Date{Year: 2026, Month: 12, Day: 4}}, promise, interview.Fix{Number: 4, Text: "put right"}},
		"a route":                    {interview.Drop{Number: 5}, interview.Fix{Number: 5, Owner: ptr("Ben")}, route, interview.AnswerRoute{Number: 5, Text: "put right"}},
		"a solution":                 {interview.Drop{What: interview.ThingSolution, Number: 1}, interview.Decide{Solution: 1, Decision: interview.Agreed}, solution, interview.Fix{What: interview.ThingSolution, Number: 1, Text: "put right"}},
		"a problem weighed":          {dropProblem, interview.Weigh{Problem: 2, Costs: ptr("an hour")}, problem, interview.Reword{Problem: 2, Text: "put right"}},
		"a problem agreed to":        {dropProblem, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ana"}, problem, interview.Reword{Problem: 2, Text: "put right"}},
		"a problem set aside":        {dropProblem, interview.SetAside{Problem: 2, Reason: "later"}, problem, interview.Reword{Problem: 2, Text: "put right"}},
		"a problem that has respect": {dropProblem, interview.MustRespect{Problem: 2, Text: "they count by hand"}, problem, interview.Reword{Problem: 2, Text: "put right"}},
		"a promise kept":             {interview.Drop{Number: 4}, interview.Done{Number: 4}, promise, interview.Fix{Number: 4, Text: "put right"}},
		"a promise told of":          {interview.Drop{Number: 4}, interview.Told{Number: 4}, promise, interview.Fix{Number: 4, Text: "put right"}},
		"a route told of":            {interview.Drop{Number: 5}, interview.Told{Number: 5}, route, interview.AnswerRoute{Number: 5, Text: "put right"}},
		"a solution reacted to":      {interview.Drop{What: interview.ThingSolution, Number: 1}, interview.React{Solution: 1, Text: "fine"}, solution, interview.Fix{What: interview.ThingSolution, Number: 1, Text: "put right"}},
		"a person":                   {interview.DropPerson{Person: "Piet"}, interview.Introduce{Name: "Piet", Role: "welder"}, piet, interview.Rename{Person: "Piet", Name: "put right"}},
	} {
		t.Run(name, func(t *testing.T) {
			base := negotiated(t)
			if !tc.there(base.iv) {
				t.Fatal("it is not there to begin with")
			}
			for _, late := range []time.Duration{-time.Minute, time.Minute} {
				dropping := newWindow(t, base.iv, 2)
				dropping.now = dropping.now.Add(late)
				if other := newWindow(t, base.iv, 3).step(tc.set); !tc.there(interview.Fold(document.Merge(dropping.step(tc.drop).After.Document(), other.After.Document()))) {
					t.Errorf("dropped %s after it was changed, it is not there", late)
				}
			}
			merged := apart(t, base.iv, tc.drop, tc.set)
			exported := interview.Fold(interview.Withhold(merged.Document()))
			if !tc.there(merged) || !tc.there(exported) {
				t.Fatalf("there: %v, for others: %v", tc.there(merged), tc.there(exported))
			}
			if err := interview.Verify(merged.Document(), nil); err != nil {
				t.Error(err)
			}
			if page := shown(t, newWindow(t, merged, 4).step(tc.correct).After); !strings.Contains(page, "put right") {
				t.Error("what is corrected of it is not there")
			}
			w := newWindow(t, merged, 4)
			if again := w.step(tc.drop); tc.there(again.After) {
				t.Error("dropped again, it is there")
			}
		})
	}
}

// What two windows set apart waits to be settled, and the reason names both values, with who and when.
func TestWhatWasSetApartIsToSettle(t *testing.T) {
	for name, tc := range map[string]struct {
		mine, theirs interview.Action
		want, shown  string
	}{
		"a rating":   {interview.Weigh{Problem: 2, HowBad: ptr(5)}, interview.Weigh{Problem: 2, HowBad: ptr(3)}, "how bad, from 1 to 5: 5 (me, ", "problem 2  Nobody knows"},
		"a wording":  {interview.Fix{Number: 3, Text: "in the skip"}, interview.Fix{Number: 3, Text: "in the bin"}, "wording: in the skip (me, ", "3  in the bin"},
		"an outcome": {interview.SetOutcome{Outcome: interview.WorkedOut}, interview.SetOutcome{Outcome: interview.NoFit}, "outcome: worked-out (me, ", "the interview  "},
		"an answer":  {interview.AnswerRoute{Number: 5, Text: "soon"}, interview.AnswerRoute{Number: 5, Text: "never"}, "answer: soon (me, ", "5  Engineering"},
		"a reaction": {interview.React{Solution: 1, Text: "good"}, interview.React{Solution: 1, Text: "bad"}, "reaction: good (me, ", "solution 1  count it"},
		"a day": {
			interview.Fix{Number: 4, Due: &interview.Date{Year: 2026, Month: 12, Day: 4}}, interview.Fix{Number: 4, Due: &interview.Date{Year: 2026, Month: 12, Day: 11}},
			"It was set to several values apart, due: 2026-12-04 (me, ", "4  send the list",
		},
		"a side": {
			interview.Introduce{Name: "Piet", Side: interview.Ours}, interview.Introduce{Name: "Piet", Side: interview.Theirs},
			"It was set to several values apart, side: ours (me, ", "Piet",
		},
	} {
		open := apart(t, negotiated(t).iv, tc.mine, tc.theirs).ToSettle()
		if len(open) != 1 || !strings.HasPrefix(open[0].Why, tc.want) || !strings.Contains(open[0].Why, " or ") || !strings.HasPrefix(open[0].Shown(), tc.shown) {
			t.Errorf("%s: %+v", name, open)
		}
	}
}

// Lists have no room for two values, and hand on neither of them as the truth.
func TestListsHandOnNeitherOfTwoValues(t *testing.T) {
	weigh := func(n int) interview.Action { return interview.Weigh{Problem: 1, HowBad: &n} }
	for name, tc := range map[string]struct {
		mine, theirs interview.Action
		want         string
		said         func(interview.Summary) string
	}{
		"a rating":   {weigh(5), weigh(3), "0", func(s interview.Summary) string { return fmt.Sprint(s.Problems[0].HowBad) }},
		"an outcome": {interview.SetOutcome{Outcome: interview.WorkedOut}, interview.SetOutcome{Outcome: interview.NoFit}, "", func(s interview.Summary) string { return string(s.Outcome) }},
		"an owner": {
			interview.Fix{Number: 4, Owner: ptr("Ben")}, interview.Fix{Number: 4, Owner: ptr("Piet")}, "Ben or Piet, ",
			func(s interview.Summary) string { return s.Promises[0].Owner + ", " + string(s.Promises[0].Side) },
		},
		"a yes and a no": {
			interview.PlayBack{Problem: 2, Answer: interview.No, By: "Piet"}, interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Piet"}, "no, true",
			func(s interview.Summary) string {
				return fmt.Sprintf("%s, %v", s.Problems[1].Answer, s.Problems[1].Denied)
			},
		},
	} {
		if got := tc.said(apart(t, negotiated(t).iv, tc.mine, tc.theirs).Summarise()); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
