package interview_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
)

// laptops lets two do what they do apart, each after the other's clock, and returns what both see
// after a merge.
func laptops(t *testing.T, iv *interview.Interview, mine, theirs []interview.Action) *interview.Interview {
	t.Helper()
	one, other := newWindow(t, iv, 2), newWindow(t, iv, 3)
	for w, actions := range map[*window][]interview.Action{one: mine, other: theirs} {
		for _, a := range actions {
			w.iv = w.step(a).After
		}
	}
	ab := interview.Fold(document.Merge(one.iv.Document(), other.iv.Document()))
	ba := interview.Fold(document.Merge(other.iv.Document(), one.iv.Document()))
	if d := interview.Difference(ab, ba); d != "" {
		t.Errorf("the two see different interviews:\n%s", d)
	}
	if err := interview.Verify(ab.Document(), nil); err != nil {
		t.Errorf("it would be refused elsewhere: %v", err)
	}
	return ab
}

// everybody returns the people as "Bob (theirs, foreman)".
func everybody(iv *interview.Interview) string {
	var all []string
	for _, p := range iv.People {
		all = append(all, strings.ReplaceAll(fmt.Sprintf("%s (%s, %s)", p.Name, p.Side, p.Role), ", )", ")"))
	}
	return strings.Join(all, " · ")
}

func said(by string) interview.Action {
	return interview.Add{Kind: interview.Quote, Text: "said by " + by, Speaker: by}
}

// Two laptops that name somebody have one person, whatever each wrote about them.
func TestOneNameOnOneSideIsOnePerson(t *testing.T) {
	base := start(t)
	base.do(interview.Raise{Text: "One weld in five is done twice"}, interview.Weigh{Problem: 1, HowBad: ptr(4)})
	for name, tc := range map[string]struct {
		mine, theirs []interview.Action
		want         string
	}{
		"named in both":          {[]interview.Action{said("Bob")}, []interview.Action{said("Bob")}, "Bob (theirs)"},
		"in other letters":       {[]interview.Action{said("Bob  O’Neil")}, []interview.Action{interview.Introduce{Name: "bob o'neil"}}, "Bob  O’Neil (theirs)"},
		"a role here":            {[]interview.Action{interview.Introduce{Name: "Bob", Role: "foreman"}}, []interview.Action{said("Bob")}, "Bob (theirs, foreman)"},
		"an owner, and a person": {[]interview.Action{interview.Promises{Text: "the list", Owner: "Bob"}}, []interview.Action{said("Bob")}, "Bob (theirs)"},
		"on two sides":           {[]interview.Action{interview.Introduce{Name: "Bob", Side: interview.Ours}}, []interview.Action{said("Bob")}, "Bob (ours) · Bob (theirs)"},
		"renamed to it": {
			[]interview.Action{said("Rob"), interview.Rename{Person: "Rob", Name: "Bob"}}, []interview.Action{said("Bob")}, "Bob (theirs)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			iv := laptops(t, base.iv, tc.mine, tc.theirs)
			if got := everybody(iv); got != tc.want && got != strings.Join(reversed(strings.Split(tc.want, " · ")), " · ") {
				t.Errorf("there are %s, want %s", got, tc.want)
			}
		})
	}
	yes := interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Bob"}
	iv := laptops(t, base.iv,
		[]interview.Action{interview.Introduce{Name: "Bob", Role: "foreman"}, yes, interview.Promises{Text: "the list", Speaker: "Bob", Owner: "Bob"}},
		[]interview.Action{said("Bob"), interview.SetAdviser{Name: "Bob", Joins: true}, yes})
	if len(iv.People) != 1 {
		t.Fatalf("there are %s", everybody(iv))
	}
	bob, p := iv.People[0], iv.Problems[0]
	proofs := iv.Proofs(p)
	if p.Status != interview.Confirmed || len(proofs) != 2 || proofs[0].By != bob.ID || proofs[1].By != bob.ID {
		t.Errorf("problem %+v", p)
	}
	if l := iv.Lines[len(iv.Lines)-1]; l.Speaker != bob.ID || iv.Promises[0].Owner != bob.ID || iv.Promises[0].Speaker != bob.ID || !bob.Adviser || bob.Absent || bob.Role != "foreman" {
		t.Errorf("%+v said %+v and promised %+v", bob, l, iv.Promises[0])
	}
	if s := iv.Summarise(); len(s.People) != 1 || !slices.Equal(s.Problems[0].By, []string{"Bob"}) {
		t.Errorf("in lists %+v", s)
	}
}

func reversed(all []string) []string {
	slices.Reverse(all)
	return all
}

// Of one person whom two laptops gave two roles both stand, until somebody says which.
func TestTwoRolesOfOnePerson(t *testing.T) {
	base := start(t)
	iv := laptops(t, base.iv,
		[]interview.Action{interview.Introduce{Name: "Bob", Role: "foreman"}},
		[]interview.Action{interview.Introduce{Name: "Bob", Role: "buyer"}})
	roles := func(iv *interview.Interview) (all []string) {
		for _, c := range interview.InDoubt(iv.People[0].Concurrent, interview.FieldRole) {
			all = append(all, c.Value)
		}
		slices.Sort(all)
		return all
	}
	if got := roles(iv); !slices.Equal(got, []string{"buyer", "foreman"}) || len(iv.People) != 1 {
		t.Fatalf("%s: %q", everybody(iv), got)
	}
	picked := newWindow(t, iv, 4).step(interview.Introduce{Name: "Bob", Role: "foreman"}).After
	if got := roles(picked); len(got) > 0 || everybody(picked) != "Bob (theirs, foreman)" {
		t.Errorf("after picking one: %s, %q", everybody(picked), got)
	}
	renamed := newWindow(t, picked, 5).step(interview.Rename{Person: "Bob", Name: "Robert"}).After
	if everybody(renamed) != "Robert (theirs, foreman)" {
		t.Errorf("after renaming: %s", everybody(renamed))
	}
	ours := newWindow(t, renamed, 6).step(interview.Introduce{Name: "Robert", Side: interview.Ours}).After
	if everybody(ours) != "Robert (ours, foreman)" {
		t.Errorf("after another side: %s", everybody(ours))
	}
	if gone := newWindow(t, ours, 7).step(interview.DropPerson{Person: "Robert"}).After; len(gone.People) > 0 {
		t.Errorf("after dropping: %s", everybody(gone))
	}
	asked := laptops(t, iv, []interview.Action{interview.SetAdviser{Name: "Bob", Joins: false}}, []interview.Action{interview.SetAdviser{Name: "Bob", Joins: true}})
	if asked.People[0].Adviser || !asked.People[0].AskedToAdvise {
		t.Errorf("of whom one laptop has a no: %+v", asked.People[0])
	}
	if now := newWindow(t, asked, 8).step(interview.SetAdviser{Name: "Bob", Joins: true}).After; !now.People[0].Adviser {
		t.Errorf("said so: %+v", now.People[0])
	}
}

// To join people rewrites nothing: what is written about them at the same time elsewhere follows,
// and undo makes two of them again.
func TestJoinedPeople(t *testing.T) {
	base := start(t)
	base.do(said("Bob"), interview.Introduce{Name: "Robert", Role: "foreman"})
	join := interview.JoinPeople{Person: "Bob", Into: "Robert"}
	iv := laptops(t, base.iv, []interview.Action{join}, []interview.Action{said("Bob"), interview.Promises{Text: "the list", Owner: "Bob"}})
	if everybody(iv) != "Robert (theirs, foreman)" {
		t.Fatalf("there are %s", everybody(iv))
	}
	for _, l := range iv.Lines {
		if iv.Name(l.Speaker) != "Robert" {
			t.Errorf("line %+v is of %q", l, iv.Name(l.Speaker))
		}
	}
	if iv.Name(iv.Promises[0].Owner) != "Robert" {
		t.Errorf("the promise is %q's", iv.Name(iv.Promises[0].Owner))
	}
	m := newWindow(t, base.iv, 2)
	step := m.step(join)
	after := newWindow(t, step.After, 3).step(said("Bob")).After // whom the joined name still means
	if everybody(after) != "Robert (theirs, foreman)" || after.Name(after.Lines[1].Speaker) != "Robert" {
		t.Errorf("there are %s, and the line is of %q", everybody(after), after.Name(after.Lines[1].Speaker))
	}
	// Another Bob is not made Robert without a word.
	var refusal *interview.Error
	if _, err := interview.Apply(after, interview.Introduce{Name: "Bob", Role: "the new boss"}, m.stamp()); !errors.As(err, &refusal) || refusal.Message != "Bob is Robert here: the two were joined" {
		t.Errorf("a new Bob: %v", err)
	}
	undone, err := interview.Revert(step.After, step.Change, false, step.Label, m.stamp())
	if err != nil {
		t.Fatal(err)
	}
	if everybody(undone.After) != "Bob (theirs) · Robert (theirs, foreman)" || undone.After.Name(undone.After.Lines[0].Speaker) != "Bob" {
		t.Errorf("undone, there are %s", everybody(undone.After))
	}
}

// People who were joined apart, in a chain or in a circle, are one person on all laptops.
func TestChainsAndCircles(t *testing.T) {
	base := start(t)
	base.do(said("Ana"), said("Bea"), said("Cleo"))
	join := func(person, into string) interview.Action { return interview.JoinPeople{Person: person, Into: into} }
	for name, tc := range map[string]struct {
		mine, theirs []interview.Action
		want         string
	}{
		"a chain":    {[]interview.Action{join("Ana", "Bea")}, []interview.Action{join("Bea", "Cleo")}, "Cleo (theirs)"},
		"into two":   {[]interview.Action{join("Ana", "Bea")}, []interview.Action{join("Ana", "Cleo")}, "Bea (theirs)"},
		"a circle":   {[]interview.Action{join("Ana", "Bea")}, []interview.Action{join("Bea", "Ana")}, "Ana (theirs) · Cleo (theirs)"},
		"of three":   {[]interview.Action{join("Ana", "Bea"), join("Bea", "Cleo")}, []interview.Action{join("Cleo", "Ana")}, "Ana (theirs)"},
		"both alike": {[]interview.Action{join("Ana", "Bea")}, []interview.Action{join("Ana", "Bea")}, "Bea (theirs) · Cleo (theirs)"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := everybody(laptops(t, base.iv, tc.mine, tc.theirs)); got != tc.want {
				t.Errorf("there are %s, want %s", got, tc.want)
			}
		})
	}
}

// Two of one name on two sides are told apart where one is meant, and can be joined.
func TestTwoOfOneName(t *testing.T) {
	base := start(t)
	iv := laptops(t, base.iv, []interview.Action{interview.Introduce{Name: "Bob", Side: interview.Ours}}, []interview.Action{said("Bob")})
	w := newWindow(t, iv, 4)
	refusal := w.fails(said("Bob"), interview.NotFound)
	if !strings.Contains(refusal.Error(), "Bob (ours)") || !strings.Contains(refusal.Error(), "Bob (theirs)") || !strings.Contains(refusal.Error(), "/join Bob with Bob") {
		t.Errorf("answered: %v", refusal)
	}
	if one := w.step(interview.JoinPeople{Person: "Bob", Into: "Bob"}).After; everybody(one) != "Bob (theirs)" {
		t.Errorf("joined, there are %s", everybody(one))
	}
	if one := w.step(interview.Introduce{Name: "Bob", Side: interview.Theirs, Role: "buyer"}).After; everybody(one) != "Bob (ours) · Bob (theirs, buyer)" {
		t.Errorf("a role for one of them: %s", everybody(one))
	}
}

// No joining makes a yes of one of ours count, nor of somebody whose side is in doubt.
func TestNoYesOfOursCounts(t *testing.T) {
	for _, of := range []interview.Introduce{
		{Name: "Ana", Side: interview.Ours}, {Name: "Ana", Doubt: interview.SideDoubt{Words: "ourz", Reading: interview.Theirs}},
	} {
		base := start(t)
		base.do(
			interview.Raise{Text: "P"}, interview.Weigh{Problem: 1, HowBad: ptr(4)}, interview.Introduce{Name: "Robert"},
			interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"}, interview.AskLeftOut{}, of,
		)
		if base.problem(1).Status == interview.Confirmed {
			t.Fatalf("%+v confirmed it", of)
		}
		base.do(interview.JoinPeople{Person: "Ana", Into: "Robert"})
		p := base.problem(1)
		if p.Status == interview.Confirmed || !p.Playbacks[0].NotTheirs {
			t.Errorf("joined with one of theirs, the yes of %+v counts: %+v", of, p)
		}
		// Merged the other way round, by a laptop that joined them while the other changed the side.
		apart := start(t)
		apart.do(interview.Raise{Text: "P"}, interview.Weigh{Problem: 1, HowBad: ptr(4)}, interview.Introduce{Name: "Robert"}, interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"})
		iv := laptops(t, apart.iv, []interview.Action{interview.JoinPeople{Person: "Ana", Into: "Robert"}}, []interview.Action{of})
		if iv.Problems[0].Status == interview.Confirmed {
			t.Errorf("joined on one laptop, %+v on the other: the yes counts", of)
		}
	}
}

// Who joins two people sees their roles and sides; what somebody sets of the joined one meanwhile stands
// next to it, and whose side is in doubt so confirms nothing.
func TestWhatIsSetWhileSomebodyJoins(t *testing.T) {
	join := []interview.Action{interview.JoinPeople{Person: "Cem", Into: "Bob"}}
	for name, tc := range map[string]struct {
		theirs interview.Action
		field  interview.Field
		want   []string
		then   interview.Action
		people string
	}{
		"a side": {
			interview.Introduce{Name: "Cem", Side: interview.Ours}, interview.FieldSide, []string{"theirs", "ours"},
			interview.Introduce{Name: "Bob", Side: interview.Theirs}, "Bob (theirs, buyer)",
		},
		"a role": {
			interview.Introduce{Name: "Cem", Role: "foreman"}, interview.FieldRole, []string{"buyer", "foreman"},
			interview.Introduce{Name: "Bob", Role: "foreman"}, "Bob (theirs, foreman)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			base := start(t)
			base.do(interview.Introduce{Name: "Bob", Role: "buyer"}, interview.Introduce{Name: "Cem"})
			merged := laptops(t, base.iv, join, []interview.Action{tc.theirs})
			if len(merged.People) != 1 {
				t.Fatal(everybody(merged))
			}
			if got := whatStands(merged.People[0].Concurrent, tc.field); !slices.Equal(got, tc.want) {
				t.Errorf("stands: %q, want %q", got, tc.want)
			}
			if tc.field == interview.FieldSide && merged.People[0].Side != "" {
				t.Error("a side in doubt is", merged.People[0].Side)
			}
			set := newWindow(t, merged, 4).step(tc.then).After
			if got := everybody(set); got != tc.people || len(set.People[0].Concurrent) > 0 {
				t.Errorf("set again: %s, %v", got, set.People[0].Concurrent)
			}
		})
	}
}

// Somebody joined into another, of whose name another person was introduced elsewhere, and given a role
// there: who set it did not see the joining.
func TestWhatIsSetOfANamesakeWhileSomebodyJoins(t *testing.T) {
	base := start(t)
	base.do(interview.Introduce{Name: "Ana"})
	merged := laptops(t, base.iv,
		[]interview.Action{interview.Introduce{Name: "Bob"}, interview.JoinPeople{Person: "Bob", Into: "Ana"}, interview.Introduce{Name: "Ana", Role: "buyer"}},
		[]interview.Action{said("Bob"), interview.Introduce{Name: "Bob", Role: "owner"}})
	got := whatStands(merged.People[0].Concurrent, interview.FieldRole)
	if slices.Sort(got); !slices.Equal(got, []string{"buyer", "owner"}) || len(merged.People) != 1 {
		t.Errorf("%s, and there stands %q", everybody(merged), got)
	}
}

// Two into whom a third one was joined apart are one person, of whom both roles stand.
func TestOneJoinedIntoTwo(t *testing.T) {
	base := start(t)
	base.do(interview.Introduce{Name: "Cem"}, interview.Introduce{Name: "Bob"}, interview.Introduce{Name: "Ana", Role: "foreman"})
	merged := laptops(t, base.iv,
		[]interview.Action{interview.JoinPeople{Person: "Ana", Into: "Cem"}},
		[]interview.Action{interview.JoinPeople{Person: "Ana", Into: "Bob"}, interview.Introduce{Name: "Bob", Role: "owner"}})
	if len(merged.People) != 1 || merged.People[0].Role != "owner" {
		t.Errorf("%s", everybody(merged))
	}
	merged = laptops(t, base.iv,
		[]interview.Action{interview.JoinPeople{Person: "Ana", Into: "Cem"}, interview.Introduce{Name: "Cem", Role: "buyer"}},
		[]interview.Action{interview.JoinPeople{Person: "Ana", Into: "Bob"}, interview.Introduce{Name: "Bob", Role: "owner"}})
	got := whatStands(merged.People[0].Concurrent, interview.FieldRole)
	if slices.Sort(got); !slices.Equal(got, []string{"buyer", "owner"}) {
		t.Errorf("%s, and there stands %q", everybody(merged), got)
	}
}

// Somebody who was dropped on one laptop, and whom the other one speaks of, is there again, and in
// what goes out as well; otherwise not.
func TestADroppedPersonIsThereAgain(t *testing.T) {
	base := start(t)
	base.do(interview.Introduce{Name: "Bob", Role: "foreman"}, interview.Raise{Text: "P"})
	for name, tc := range map[string]struct {
		theirs []interview.Action
		want   string
	}{
		"a line":              {[]interview.Action{said("Bob")}, "Bob (theirs, foreman)"},
		"a promise":           {[]interview.Action{interview.Promises{Text: "the list", Owner: "Bob"}}, "Bob (theirs, foreman)"},
		"an answer":           {[]interview.Action{interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Bob"}}, "Bob (theirs, foreman)"},
		"an adviser":          {[]interview.Action{interview.SetAdviser{Name: "Bob", Joins: true}}, "Bob (theirs, foreman)"},
		"a line that is gone": {[]interview.Action{said("Bob"), interview.Drop{Number: 2}}, ""},
		"nothing":             {[]interview.Action{interview.Add{Kind: interview.Quote, Text: "Bob?"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			iv := laptops(t, base.iv, []interview.Action{interview.DropPerson{Person: "Bob"}}, tc.theirs)
			if got := everybody(iv); got != tc.want {
				t.Errorf("there are %q, want %q", got, tc.want)
			}
			out := interview.Withhold(iv.Document())
			if got := everybody(interview.Fold(out)); got != tc.want {
				t.Errorf("in an export there are %q, want %q", got, tc.want)
			}
			if named := strings.Contains(everything(interview.Fold(out)), `"Bob"`); named != (tc.want != "") {
				t.Errorf("an export names Bob: %v", named)
			}
			if tc.want != "" {
				renamed := newWindow(t, iv, 4).step(interview.Rename{Person: "Bob", Name: "Robert"}).After
				if got := everybody(renamed); got != "Robert (theirs, foreman)" {
					t.Errorf("renamed: %q", got)
				}
			}
		})
	}
}

// Of two names that two laptops gave somebody, both stand until one is picked.
func TestTwoNewNames(t *testing.T) {
	base := start(t)
	base.do(said("Bob"))
	iv := laptops(t, base.iv, []interview.Action{interview.Rename{Person: "Bob", Name: "Robert"}}, []interview.Action{interview.Rename{Person: "Bob", Name: "Bobby"}})
	both := interview.InDoubt(iv.People[0].Concurrent, interview.FieldName)
	if len(iv.People) != 1 || len(both) != 2 {
		t.Fatalf("%s: %+v", everybody(iv), both)
	}
	picked := newWindow(t, iv, 4).step(interview.Rename{Person: iv.People[0].Name, Name: "Robert"}).After
	if everybody(picked) != "Robert (theirs)" || len(picked.People[0].Concurrent) > 0 {
		t.Errorf("picked: %+v", picked.People)
	}
}
