package interview_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
)

func TestNumber(t *testing.T) {
	var row []interview.Number
	for _, text := range []string{"1", "2", "2a", "2ab", "2k", "3", "10", "10z", "1000000", "1000000zzzzzzz"} {
		n, ok := interview.ParseNumber(text)
		if !ok || n.String() != text {
			t.Fatalf("%q is read as %s, %v", text, n, ok)
		}
		if upper, ok := interview.ParseNumber(strings.ToUpper(text)); !ok || upper != n {
			t.Errorf("%q in capitals is %s, %v", text, upper, ok)
		}
		row = append(row, n)
	}
	if !slices.IsSortedFunc(row, interview.Number.Compare) {
		t.Errorf("out of order: %v", row)
	}
	if n := interview.Number(7).With("kq"); n.Count() != 7 || n.Letters() != "kq" || n.With("") != 7 {
		t.Errorf("7 with kq is %s: %d and %q", n, n.Count(), n.Letters())
	}
	for _, text := range []string{"", "k", "0", "-1", "1 k", "k1", "1k1", "1ä", "1000001", "99999999999999999999", "1abcdefgh", "1."} {
		if n, ok := interview.ParseNumber(text); ok {
			t.Errorf("%q is read as %s", text, n)
		}
	}
}

func TestNumberOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) interview.Number {
			text := rapid.StringMatching(`[1-9][0-9]?[ab]{0,7}`).Draw(t, name)
			n, ok := interview.ParseNumber(text)
			if !ok || n.String() != text {
				t.Fatalf("%q is read as %s, %v", text, n, ok)
			}
			return n
		}
		a, b := draw("a"), draw("b")
		want := a.Count() - b.Count()
		if want == 0 {
			want = strings.Compare(a.Letters(), b.Letters())
		}
		if got := a.Compare(b); got < 0 != (want < 0) || got > 0 != (want > 0) {
			t.Errorf("%s against %s: %d, want %d", a, b, got, want)
		}
	})
}

// numbersOf returns the numbers of the problems by their wordings, and those of everything else.
func numbersOf(iv *interview.Interview) map[string]interview.Number {
	all := map[string]interview.Number{}
	for _, p := range iv.Problems {
		all["problem "+p.Statement] = p.Number
	}
	for _, l := range iv.Lines {
		all["line "+l.Text] = l.Number
	}
	for _, p := range iv.Promises {
		all["promise "+p.Text] = p.Number
	}
	return all
}

// Three laptops raise a problem each, and one of them imports the others'. No problem gets another
// count, and a yes to a bare number reaches none of them.
func TestANumberGivenThreeTimes(t *testing.T) {
	base := start(t)
	base.do(interview.Introduce{Name: "Ana", Role: "foreman"}, interview.Raise{Text: "rework"})
	a := newWindow(t, base.iv, 2).step(interview.Raise{Text: "the skip is full"}).After.Document()
	b := newWindow(t, base.iv, 3).step(interview.Raise{Text: "no parking"}).After.Document()
	c := newWindow(t, base.iv, 4).step(interview.Raise{Text: "the crane is slow"}).After.Document()

	two := newWindow(t, interview.Fold(document.Merge(a, b)), 5)
	skip, parking := byStatement(t, two.iv, "the skip is full"), byStatement(t, two.iv, "no parking")
	for _, p := range []interview.Problem{skip, parking} {
		if p.Number.Count() != 2 || p.Number.Letters() == "" || !strings.HasPrefix(letters(p.ID), p.Number.Letters()) {
			t.Errorf("%q has number %s and ID %s", p.Statement, p.Number, p.ID)
		}
		if got, ok := two.iv.Problem(p.Number); !ok || got.ID != p.ID {
			t.Errorf("number %s is %q", p.Number, got.Statement)
		}
	}
	yes := interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ana"}
	refusal := two.fails(yes, interview.NotFound)
	first, second := skip, parking
	if first.Number.Compare(second.Number) > 0 {
		first, second = second, first
	}
	want := "There are two problems 2: " + first.Number.String() + " “" + first.Statement + "”, " + second.Number.String() + " “" + second.Statement + "”"
	if refusal.Message != want || refusal.Next != "say which: "+first.Number.String()+" or "+second.Number.String() {
		t.Errorf("refused with %q, next %q; want %q", refusal.Message, refusal.Next, want)
	}

	orders := []*interview.Interview{
		interview.Fold(document.Merge(document.Merge(a, b), c)), interview.Fold(document.Merge(document.Merge(c, b), a)), interview.Fold(document.Merge(c, document.Merge(a, b))),
	}
	for _, iv := range orders {
		if got, want := numbersOf(iv), numbersOf(orders[0]); !mapsEqual(got, want) {
			t.Errorf("the order of merging tells: %v and %v", got, want)
		}
		for _, p := range iv.Problems[1:] {
			if p.Number.Count() != 2 {
				t.Errorf("%q moved to %s", p.Statement, p.Number)
			}
			// With all its letters a number names its problem wherever it is typed.
			for _, there := range append(orders, two.iv) {
				had, known := there.ProblemByID(p.ID)
				if got, ok := there.Problem(p.Number.With(letters(p.ID)[:7])); ok != known || got.ID != had.ID {
					t.Errorf("%s with all its letters is %q, want %q", p.Number, got.Statement, had.Statement)
				}
			}
		}
		m := newWindow(t, iv, 6)
		m.fails(yes, interview.NotFound)
		if l := interview.Number(3).With("x"); !strings.Contains(m.fails(interview.Fix{Number: l, Text: "x"}, interview.NotFound).Message, "3x") {
			t.Error("a number with letters that is not there is not named")
		}
		for _, p := range m.iv.Problems {
			if len(p.Playbacks) > 0 {
				t.Errorf("somebody said %+v to %q", p.Playbacks, p.Statement)
			}
		}
		m.do(interview.PlayBack{Problem: first.Number.With(letters(first.ID)[:7]), Answer: interview.Yes, By: "Ana"})
		for _, p := range m.iv.Problems {
			if (p.Status == interview.Confirmed) != (p.ID == first.ID) {
				t.Errorf("%q is %s", p.Statement, p.Status)
			}
		}
	}
}

// keepsNumbers checks that everything has the count that it had whenever it was seen before, letters
// of its own ID alone, and is what its number names. counts is what was seen.
func keepsNumbers(t rapid.TB, iv *interview.Interview, counts map[interview.ID]int) {
	check := func(what string, id interview.ID, n, lasting interview.Number, find func(interview.Number) interview.ID) {
		if had, seen := counts[id]; seen && had != n.Count() {
			t.Fatalf("%s %d has become %s", what, had, n)
		}
		counts[id] = n.Count()
		if !strings.HasPrefix(letters(id), n.Letters()) || find(n) != id || find(lasting) != id {
			t.Fatalf("%s %s with the ID %s: its number names %s, and %s names %s", what, n, id, find(n), lasting, find(lasting))
		}
		if bare := n.With(""); bare != n && !find(bare).IsZero() {
			t.Fatalf("%s is %s %s, and %s names something", what, id, n, bare)
		}
	}
	for _, p := range iv.Problems {
		check("problem", p.ID, p.Number, p.Lasting(), func(n interview.Number) interview.ID { p, _ := iv.Problem(n); return p.ID })
	}
	for _, s := range iv.Solutions {
		check("solution", s.ID, s.Number, s.Lasting(), func(n interview.Number) interview.ID { s, _ := iv.Solution(n); return s.ID })
	}
	for _, l := range iv.Lines {
		check("line", l.ID, l.Number, l.Lasting(), func(n interview.Number) interview.ID { l, _ := iv.Line(n); return l.ID })
	}
	for _, p := range iv.Promises {
		check("promise", p.ID, p.Number, p.Lasting(), func(n interview.Number) interview.ID { p, _ := iv.Promise(n); return p.ID })
	}
	for _, r := range iv.Routes {
		check("route", r.ID, r.Number, r.Lasting(), func(n interview.Number) interview.ID { r, _ := iv.Route(n); return r.ID })
	}
}

func byStatement(t *testing.T, iv *interview.Interview, text string) interview.Problem {
	t.Helper()
	i := slices.IndexFunc(iv.Problems, func(p interview.Problem) bool { return p.Statement == text })
	if i < 0 {
		t.Fatalf("no problem %q", text)
	}
	return iv.Problems[i]
}

func letters(id interview.ID) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' {
			return -1
		}
		return r
	}, id.String())
}

func mapsEqual(a, b map[string]interview.Number) bool {
	for k, n := range a {
		if b[k] != n {
			return false
		}
	}
	return len(a) == len(b)
}

// Two windows whose store fails give a line and a promise the same number. Both keep it, whatever is
// typed, changed and dropped afterwards.
func TestNoNumberMoves(t *testing.T) {
	base := start(t)
	base.do(interview.Add{Kind: interview.Quote, Text: "one"})
	merged := apart(t, base.iv, interview.Add{Kind: interview.Quote, Text: "mine"}, interview.Promises{Text: "theirs"})
	m := newWindow(t, merged, 5)
	had := numbersOf(m.iv)
	for _, what := range []string{"line mine", "promise theirs"} {
		if n := had[what]; n.Count() != 2 || n.Letters() == "" {
			t.Errorf("%s has number %s", what, n)
		}
	}
	same := func(after string) {
		t.Helper()
		now := numbersOf(m.iv)
		for what, n := range had {
			if now[what] != n {
				t.Errorf("after %s the %s moved from %s to %s", after, what, n, now[what])
			}
		}
	}
	for i, text := range []string{"a", "b", "c"} {
		m.do(interview.Add{Kind: interview.Quote, Text: text})
		same("a line")
		if n := numbersOf(m.iv)["line "+text]; n != interview.Number(3+i) {
			t.Errorf("line %d has number %s", i, n)
		}
	}
	m.do(interview.Fix{Number: had["promise theirs"], Text: "theirs", Due: &interview.Date{Year: 2026, Month: 12, Day: 3}})
	same("a correction")
	if refusal := m.fails(interview.Drop{Number: 2}, interview.NotFound); !strings.Contains(refusal.Message, "“mine”") || !strings.Contains(refusal.Message, "“theirs”") {
		t.Errorf("refused with %q", refusal.Message)
	}
	m.do(interview.Drop{Number: had["line mine"]})
	delete(had, "line mine")
	same("dropping the other")
	if refusal := m.fails(interview.Done{Number: 2}, interview.NotFound); refusal.Next != "say "+had["promise theirs"].String()+" if that is meant" {
		t.Errorf("refused with %q, next %q", refusal.Message, refusal.Next)
	}
	m.do(interview.Done{Number: had["promise theirs"]})
	same("being done")
}

// A correction stores the number that the problem was given, so that it says the same where the
// other problem of that number is not known.
func TestACorrectionStoresTheNumberAsItWas(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "rework"})
	mine := newWindow(t, base.iv, 2).step(interview.Raise{Text: "mine"}).After
	theirs := newWindow(t, base.iv, 3).step(interview.Raise{Text: "theirs"}).After
	m := newWindow(t, interview.Fold(document.Merge(mine.Document(), theirs.Document())), 5)
	for _, text := range []string{"mine", "theirs"} {
		m.do(interview.Reword{Problem: byStatement(t, m.iv, text).Number, Text: text + " again"})
	}
	for _, p := range m.iv.Problems {
		it, _ := m.iv.Document().Item(p.ID)
		if body := string(it.Latest().Body); !strings.Contains(body, `"number":`+map[bool]string{true: "1", false: "2"}[p.Statement == "rework"]+",") {
			t.Errorf("stored as %s", body)
		}
	}
}

// What is open about a thing holds its lasting number: it reaches that thing and nothing else, also
// when others were given the same number meanwhile, or when it was dropped.
func TestALastingNumber(t *testing.T) {
	base := start(t)
	base.do(interview.Introduce{Name: "Ana"}, interview.Raise{Text: "rework"})
	mine := newWindow(t, base.iv, 2).step(interview.Raise{Text: "mine"}).After
	theirs := newWindow(t, base.iv, 3).step(interview.Raise{Text: "theirs"}).After
	p := byStatement(t, mine, "mine")
	line := mine.Lines[1]
	held, heldLine := p.Lasting(), line.Lasting()
	if p.Number != 2 || line.Number != 2 || held == heldLine {
		t.Fatalf("problem %s, line %s, lasting %s and %s", p.Number, line.Number, held, heldLine)
	}
	m := newWindow(t, interview.Fold(document.Merge(mine.Document(), theirs.Document())), 5)
	step := m.do(interview.PlayBack{Problem: held, Answer: interview.Yes, By: "Ana", Said: "mine"})
	now := byStatement(t, m.iv, "mine")
	if now.Status != interview.Confirmed || byStatement(t, m.iv, "theirs").Status == interview.Confirmed {
		t.Errorf("the yes reached another problem: %+v", m.iv.Problems)
	}
	if step.Touched[0].Number != now.Number || step.Label != "playback of problem "+now.Number.String()+": yes" {
		t.Errorf("touched %v: %s", step.Touched, step.Label)
	}
	m.do(interview.Drop{Number: heldLine})
	if len(m.iv.Lines) != 2 || m.iv.Lines[1].Text != "theirs" {
		t.Errorf("dropped another line: %+v", m.iv.Lines)
	}
	if refusal := m.fails(interview.Drop{Number: heldLine}, interview.NotFound); refusal.Message != "There is no number 2 here" {
		t.Errorf("dropped again: %s", refusal.Message)
	}
}

// What a preview shows is what is written, also where another window was faster and the number is
// another one in the end.
func TestAPreviewAndItsWriteMakeTheSame(t *testing.T) {
	base := start(t)
	base.do(interview.Add{Kind: interview.Quote, Text: "one"})
	drawn := interview.Drawn{Action: interview.Raise{Text: "mine", Speaker: "Zoe"}, IDs: &interview.IDs{}}
	shown := newWindow(t, base.iv, 2).step(drawn).After
	theirs := newWindow(t, base.iv, 3)
	theirs.do(interview.Introduce{Name: "Zoe"}, interview.Raise{Text: "theirs"})
	written := newWindow(t, theirs.iv, 4).step(drawn).After
	before, after := byStatement(t, shown, "mine"), byStatement(t, written, "mine")
	if before.ID != after.ID || before.Number != 1 || after.Number != 2 {
		t.Errorf("shown as %s (%s), written as %s (%s)", before.Number, before.ID, after.Number, after.ID)
	}
	line := shown.Lines[len(shown.Lines)-1]
	if got := written.Lines[len(written.Lines)-1]; got.ID != line.ID || got.Text != "mine" {
		t.Errorf("the line was %s, and is %s %q", line.ID, got.ID, got.Text)
	}
	if again := newWindow(t, base.iv, 6).step(interview.Raise{Text: "mine"}).After; byStatement(t, again, "mine").ID == before.ID {
		t.Error("another action has the same IDs")
	}
}

// The problem that another one was joined into keeps being meant when its number gets letters.
func TestAJoinedProblemAndLetters(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "first"})
	merged := laptops(t, base.iv,
		[]interview.Action{interview.Raise{Text: "mine"}, interview.Join{Problem: 1, Into: 2}, interview.SetAside{Problem: 1}},
		[]interview.Action{interview.Raise{Text: "theirs"}})
	mine := merged.Problems[slices.IndexFunc(merged.Problems, func(p interview.Problem) bool { return p.Statement == "mine" })]
	if got, want := merged.Problems[0].Reason, "the same as problem "+mine.Number.String(); got != want || mine.Number == 2 {
		t.Errorf("set aside: %q, want %q", got, want)
	}
	for _, problem := range merged.Summarise().Problems {
		if problem.Number == 1 && problem.Joined != mine.Number {
			t.Errorf("listed as joined into %s", problem.Joined)
		}
	}
}
